"""Results question by question: pages, bars to tap, texts, and what fits a card."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from actions.action import Visibility
from actions.choice import Choice, Option
from actions.content import Content
from actions.fields import Line
from actions.likert import Likert
from actions.looking import Results
from actions.questions import Answers, Question
from actions.tallies import Tallies, recount
from actions.text import Text
from actions.viewing import View, view_of
from cards.envelope import Envelope
from cards.parts import Host
from dialogs.place import Place
from dialogs.question_results import question_screen, results_screen
from dialogs.screen import Setting
from tests.actions.builders import ACTION_ID, CREATOR, NOW, VOTER, a_closed_poll
from tests.actions.surveys import EVERY_TYPE, a_survey, a_survey_view
from tests.cards.looks import RIGHT_TO_LEFT, checked
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, envelopes, shown
from tests.teams.cards import Card, buttons, rows, text, texts, walk

EVIL = "[pay](https://evil.example)"
THIRTY = a_survey_view(a_survey(), 30, VOTER.key)
ANONYMOUS = a_survey_view(a_survey(anonymous=True), 30, VOTER.key)


def page_of(
    view: View,
    first: int = 0,
    count: int = 5,
    said: Mapping[str, tuple[str, ...]] | None = None,
    *,
    backwards: bool = False,
) -> Results:
    """Give some questions' results."""
    questions = view.action.content.questions[first : first + count]
    return Results(view, first, questions, said or {}, backwards)


def _page(found: Results, setting: Setting = DIALOG) -> Card:
    return shown(results_screen(found, setting))


def _question(
    view: View, name: str, setting: Setting = DIALOG, part: str = "", said: tuple[str, ...] = ()
) -> Card:
    questions = view.action.content.questions
    index = [question.id for question in questions].index(name)
    found = Results(view, index, (questions[index],), {name: said} if said else {})
    return shown(question_screen(found, Place(question=name, part=part), setting))


def _numbers(card: Card) -> list[int]:
    """Give the numbers of the questions that a card shows."""
    return [int(number) for number in re.findall(r"^(\d+)\\\. ", text(card), re.MULTILINE)]


# A page


def test_a_page_shows_each_question_with_its_result() -> None:
    card = _page(page_of(THIRTY, count=2))
    lines = texts(card)
    assert "1\\. Which team are you in?" in lines
    assert lines[lines.index("Kitchen") + 1] == "15 · 50%"
    assert lines[lines.index("Gloves") + 1] == "30 · 100%"
    assert "Questions 1–2 of 11" in lines


def test_a_survey_that_fits_one_page_has_no_pages() -> None:
    view = a_survey_view(a_survey(*EVERY_TYPE[:3]), 3)
    card = _page(page_of(view))
    assert {"Previous page", "Next page"}.isdisjoint(buttons(card))
    assert not any(line.startswith("Question") for line in texts(card))
    assert _numbers(card) == [1, 2, 3]


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_every_question_is_reached_forth_and_back(setting: Setting) -> None:
    forth = _walked(setting, "Next page", Place())
    assert forth == list(range(1, len(EVERY_TYPE) + 1))
    back = _walked(setting, "Previous page", Place(before=len(EVERY_TYPE)))
    assert sorted(back) == forth
    assert len(back) == len(forth)


def _walked(setting: Setting, button: str, place: Place) -> list[int]:
    """Turn pages as the bot does; gives the questions in the order in which they were met."""
    met: list[int] = []
    while True:
        first = place.first or max(place.before - 5, 0)
        count = min(place.before, 5) if place.before else 5
        found = page_of(THIRTY, first, count, backwards=bool(place.before))
        card = _page(found, setting)
        met += _numbers(card)
        if button not in buttons(card):
            return met
        place = Place.read(envelopes(card)[button].argument)


def test_a_page_reached_from_the_next_one_ends_right_before_it() -> None:
    card = _page(page_of(THIRTY, 3, 5, backwards=True), IN_PLACE)
    assert _numbers(card)[-1] == 8
    assert Place.read(envelopes(card)["Next page"].argument) == Place(first=8)


def test_a_question_leads_to_its_full_result_and_its_texts() -> None:
    card = _page(page_of(THIRTY, 1, 1, {"gear": ("An apron",)}))
    named = envelopes(card)
    assert named["Question 2 in full"] == Envelope("question", ACTION_ID, "question=gear")
    assert named["All texts of question 2"] == Envelope("texts", ACTION_ID, "question=gear")
    assert "All texts of question 1" not in envelopes(_page(page_of(THIRTY, 0, 1)))


def test_a_question_answered_in_words_has_its_texts_alone() -> None:
    card = _page(page_of(THIRTY, 7, 1, {"why": ("Because *it* is", "So")}))
    assert "Question 8 in full" not in buttons(card)
    assert "All texts of question 8" in buttons(card)
    lines = texts(card)
    assert lines[lines.index("The newest:") + 1 :][:2] == ["Because \\*it\\* is", "So"]


def test_an_anonymous_surveys_texts_are_not_called_the_newest() -> None:
    card = _page(page_of(ANONYMOUS, 7, 1, {"why": ("So",)}))
    assert "Some of them:" in texts(card)


def test_a_question_that_nobody_answered_says_so_and_leads_nowhere() -> None:
    view = a_survey_view(a_survey(), 0)
    card = _page(page_of(view, count=2))
    assert texts(card).count("No answers yet") == 2
    assert rows(card) == []
    assert not any(title.startswith(("Question", "All texts")) for title in buttons(card))


@pytest.mark.parametrize(
    ("visibility", "why"),
    [
        (Visibility.AFTER_RESPONDING, "once you have responded"),
        (Visibility.AFTER_CLOSING, "after closing"),
        (Visibility.CREATOR, "Only the creator"),
    ],
)
def test_hidden_results_say_why_and_name_no_question(visibility: Visibility, why: str) -> None:
    view = a_survey_view(a_survey(visibility=visibility), 5, VOTER.key)
    card = _page(Results(view, 0, (), {}))
    assert why in text(card)
    assert "%" not in text(card)
    assert "team" not in text(card)
    assert {"Next page", "Responded"}.isdisjoint(buttons(card))


def test_few_anonymous_responses_say_why_they_are_hidden() -> None:
    view = a_survey_view(a_survey(anonymous=True), 2, VOTER.key)
    assert "from three responses on" in text(_page(Results(view, 0, (), {})))


def test_an_open_survey_can_be_answered_from_its_results() -> None:
    assert envelopes(_page(page_of(THIRTY)))["Answer"] == Envelope("open", ACTION_ID)
    closed = replace(a_survey(), status=a_closed_poll().status)
    assert "Answer" not in buttons(_page(page_of(a_survey_view(closed, 3))))


# Bars to tap


def test_a_bar_leads_to_the_people_behind_it() -> None:
    card = _page(page_of(THIRTY, 0, 1))
    assert rows(card) == ["Kitchen", "Service"]
    place = Place(question="team", bucket="b")
    assert envelopes(card)["Service"] == Envelope("drill", ACTION_ID, place.encode())


def test_a_bar_of_nobody_leads_nowhere() -> None:
    assert "A helmet" not in rows(_page(page_of(THIRTY, 1, 1)))


@pytest.mark.parametrize("first", range(len(EVERY_TYPE)))
@pytest.mark.parametrize("viewer", [VOTER.key, CREATOR.key])
def test_no_bar_of_an_anonymous_survey_leads_to_people(first: int, viewer: str) -> None:
    view = a_survey_view(a_survey(anonymous=True), 30, viewer)
    for card in (
        _page(page_of(view, first, 1)),
        _question(view, EVERY_TYPE[first].id),
    ):
        assert "drill" not in {envelope.verb for envelope in envelopes(card).values()}


def test_the_winner_is_marked_once_it_is_over() -> None:
    closed = replace(a_survey(), status=a_closed_poll().status)
    assert "🏆 Gloves" in text(_page(page_of(a_survey_view(closed, 5), 1, 1)))
    assert "🏆" not in text(_page(page_of(THIRTY, 1, 1)))


# One question


@pytest.mark.parametrize("question", EVERY_TYPE, ids=lambda question: question.id)
@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_each_type_is_shown_in_full(question: Question, setting: Setting) -> None:
    card = _question(THIRTY, question.id, setting)
    number = EVERY_TYPE.index(question) + 1
    assert f"{number}\\. {question.text}" in texts(card)
    assert "SURVEY · How was it?" in texts(card)


def test_one_question_leads_to_those_beside_it_and_back() -> None:
    named = envelopes(_question(THIRTY, "gear"))
    assert named["Previous question"] == Envelope("question", ACTION_ID, "question=team")
    assert named["Next question"] == Envelope("question", ACTION_ID, "question=again")
    assert named["All results"] == Envelope("results", ACTION_ID, "first=1")
    assert "Previous question" not in envelopes(_question(THIRTY, "team"))
    assert "Next question" not in envelopes(_question(THIRTY, "start"))


def test_one_part_of_a_large_result_is_looked_at_by_a_tap() -> None:
    statements = tuple(Line(f"s{n}", f"Statement {n}") for n in range(10))
    levels = tuple(Line(str(n), f"Level {n}") for n in range(5))
    action = a_survey(Likert("work", "How far do you agree?", statements, levels))
    answers = {"work": tuple(f"s{n}={n % 5}" for n in range(10))}
    view = replace(
        a_survey_view(action, 0), tallies=_tallied(action.content.questions[0], answers["work"])
    )
    card = _question(view, "work")
    tap = envelopes(card)["Statement 3"]
    assert tap == Envelope("question", ACTION_ID, "question=work&part=s3")
    closely = _question(view, "work", part="s3")
    assert "Statement 3" in texts(closely)
    assert "Statement 4" not in text(closely)
    assert envelopes(closely)["Level 3"].verb == "drill"
    assert envelopes(closely)["The whole question"].argument == "question=work"


def _tallied(question: Question, answer: tuple[str, ...]) -> Tallies:
    return recount(Content("T", (question,)), [({question.id: answer}, ())] * 3)


# What fits


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("other", [True, False])
def test_questions_and_options_as_long_as_they_get_fit(
    sign: str, setting: Setting, *, other: bool
) -> None:
    view = _full_view(SIGNS[sign], other=other)
    said = {q.id: (SIGNS[sign] * 4_000,) * 3 for q in view.action.content.questions}
    assert _numbers(_page(page_of(view, said=said), setting))
    assert _question(view, "c1", setting, said=said["c1"])
    assert _question(view, "t", setting, said=said["t"])


def _full_view(sign: str, *, other: bool) -> View:
    options = tuple(Option(f"opt{n:07}", (f"{n} " + sign * 1_000)[:1_000]) for n in range(25))
    choices = [Choice(f"c{n}", sign * 5_000, options, most=26, other=other) for n in range(4)]
    action = a_survey(*choices, Text("t", sign * 5_000), title=sign * 500, audience=100_000)
    every = tuple(option.id for option in options) + (("=x",) if other else ())
    answers: Answers = {**{choice.id: every for choice in choices}, "t": "x"}
    return view_of(action, recount(action.content, [(answers, ())]), NOW, CREATOR.key)


def test_two_hundred_questions_are_shown_five_at_a_time() -> None:
    action = a_survey(*(Text(f"t{n}", f"Question number {n}?") for n in range(200)))
    card = _page(page_of(a_survey_view(action, 0), 100))
    assert _numbers(card) == [101, 102, 103, 104, 105]
    assert "Questions 101–105 of 200" in texts(card)


def test_what_people_typed_makes_no_link() -> None:
    choice = Choice("c", EVIL, (Option("a", EVIL), Option("b", "B")), other=True)
    view = a_survey_view(a_survey(choice, title=EVIL), 0)
    view = replace(view, tallies=_tallied(choice, ("a",)))
    said = {"c": (EVIL,)}
    for card in (_page(page_of(view, said=said)), _question(view, "c", said=(EVIL,))):
        blocks = [node["text"] for node in walk(card) if node.get("type") == "TextBlock"]
        assert not any(EVIL in block for block in blocks)
        assert sum(r"\[pay\]" in block for block in blocks) == 4


def test_results_for_a_reader_from_right_to_left_run_that_way() -> None:
    setting = Setting(Host.DIALOG, RIGHT_TO_LEFT)
    said = {"why": ("שלום",)}
    card = checked(results_screen(page_of(THIRTY, 7, 1, said), setting).card)
    assert card["rtl"] is True
    assert any(node.get("rtl") and "שלום" in str(node) for node in walk(card))


def test_a_notice_is_told() -> None:
    setting = replace(DIALOG, notice="Not saved.")
    assert "⚠ Not saved." in text(_page(page_of(THIRTY), setting))
    assert "⚠ Not saved." in text(_question(THIRTY, "team", setting))
