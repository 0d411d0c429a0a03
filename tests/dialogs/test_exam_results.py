"""The results of a quiz or training as a whole, and question by question."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from actions.action import Action, Settings, Status, Visibility
from actions.choice import Choice, Option
from actions.exam import Feedback
from actions.keys import Key
from actions.looking import Results
from actions.marks import Overview, figures, hardest
from actions.people import Person
from actions.remarking import Remarked
from actions.responses import Response
from cards.envelope import Envelope
from dialogs.exam_results import MOST_NAMED, overview_screen, remarked_words
from dialogs.place import Place
from dialogs.question_results import question_screen, results_screen
from dialogs.screen import Setting
from tests.actions.attempted import an_attempt, attempts_of, persons, responses_of, seen_by
from tests.actions.builders import ACTION_ID, CREATOR, NOW, VOTER
from tests.actions.exams import FIVE, ONE, RIGHT, a_quiz, a_training
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import DIALOG, SETTINGS, envelopes, shown
from tests.teams.cards import Card, buttons, rows, text, texts, walk

QUIZ = replace(a_quiz(pass_mark=60, leaderboard=True), audience=40)
PEOPLE = responses_of(QUIZ, 25)


def _overview(
    action: Action,
    people: Sequence[Response],
    viewer: str = CREATOR.key,
    setting: Setting = DIALOG,
) -> Card:
    view = seen_by(action, people, viewer)
    hard = hardest(action.content, view.tallies) if view.sees_questions else ()
    return shown(overview_screen(Overview(view, figures(view), hard), setting))


def _questions(
    action: Action, people: Sequence[Response], first: int = 0, setting: Setting = DIALOG
) -> Card:
    view = seen_by(action, people, CREATOR.key)
    asked, keys = action.content.answerable[first : first + 5], action.content.keys
    return shown(results_screen(Results(view, first, asked, {}, keys=keys), setting))


def _question(action: Action, people: Sequence[Response], name: str) -> Card:
    view = seen_by(action, people, CREATOR.key)
    asked = action.content.answerable
    place = next(n for n, question in enumerate(asked) if question.id == name)
    found = Results(view, place, (asked[place],), {}, keys=action.content.keys)
    return shown(question_screen(found, Place(question=name), DIALOG))


# The whole


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_it_says_who_is_through_and_how_they_did(setting: Setting) -> None:
    lines = texts(_overview(QUIZ, PEOPLE, setting=setting))
    for value, name in (
        ("25", "finished"),
        ("0", "in progress"),
        ("15", "not started"),
        ("64 %", "average score"),
        ("64 %", "passed: 16 of 25"),
    ):
        assert lines[lines.index(name) - 1] == value


def test_the_scores_are_spread_over_at_most_ten_bars() -> None:
    card = _overview(QUIZ, PEOPLE)
    (chart,) = (node for node in walk(card) if node.get("type") == "Chart.VerticalBar")
    bars = {value["x"]: value["y"] for value in chart["data"]}
    assert list(bars) == [f"{n}–{n + 9} %" for n in range(0, 90, 10)] + ["90–100 %"]
    assert sum(bars.values()) == 25
    assert "Scores" in texts(card)


def test_a_hard_question_leads_to_its_result() -> None:
    card = _overview(QUIZ, PEOPLE)
    lines = texts(card)
    hard = lines[lines.index("Hardest questions") + 1 :]
    assert hard[:2] == ["1\\. Capital of France?", "48 % right"]
    assert envelopes(card)["Capital of France?"] == Envelope("question", ACTION_ID, "question=one")


def test_before_anybody_is_through_there_are_no_scores() -> None:
    lines = texts(_overview(QUIZ, []))
    assert "No scores yet" in lines
    assert lines[lines.index("not started") - 1] == "40"
    assert {"average score", "Hardest questions"}.isdisjoint(lines)


def test_a_training_that_asks_nothing_has_no_scores_to_wait_for() -> None:
    lesson = a_training().content.questions[0]
    card = _overview(a_training(lesson), [])
    assert "No scores yet" not in texts(card)
    assert "Questions" not in buttons(card)


def test_others_are_told_why_there_is_nothing_to_see() -> None:
    later = replace(a_quiz(feedback=Feedback.CLOSED), settings=Settings(Visibility.EVERYONE))
    card = _overview(later, PEOPLE, "tenant/other")
    assert "Everyone sees the results after closing." in texts(card)
    assert "Results: everyone sees them after closing" in text(card)
    assert {"average score", "Hardest questions"}.isdisjoint(texts(card))
    assert buttons(card) == ["My result", "Take it"]


def test_others_who_see_the_whole_do_not_see_what_is_hard() -> None:
    quiz = replace(QUIZ, settings=Settings(Visibility.EVERYONE))
    card = _overview(quiz, PEOPLE, "tenant/other")
    assert "average score" in texts(card)
    assert "Hardest questions" not in texts(card)
    assert "Questions" not in buttons(card)


def test_after_closing_others_see_the_questions_too() -> None:
    over = replace(QUIZ, settings=Settings(), status=Status.CLOSED, closed_at=NOW)
    card = _overview(over, PEOPLE, "tenant/other")
    assert "Hardest questions" in texts(card)
    assert "Questions" in buttons(card)


def test_the_parts_of_the_results_lead_to_each_other() -> None:
    named = envelopes(_overview(QUIZ, PEOPLE))
    parts = ("Questions", "People", "Leaderboard", "My result", "Take it", "Manage")
    verbs = [named[part].verb for part in parts]
    assert verbs == ["questions", "responded", "leaders", "my_response", "open", "manage"]


def test_who_took_part_finds_their_result_and_no_start() -> None:
    card = _overview(QUIZ, PEOPLE, PEOPLE[3].person.key)
    assert "Take it" not in buttons(card)
    assert "Leaderboard" in buttons(card)


# Question by question


def test_right_options_are_marked_and_the_commonest_wrong_one_is_named() -> None:
    lines = texts(_question(QUIZ, PEOPLE, "one"))
    assert lines[lines.index("answered it right") - 1] == "48 %"
    assert "✔ Paris" in lines
    assert "Rome" in lines
    assert "Most frequent wrong answer: Rome (13 times)" in lines
    assert not any("🏆" in line for line in lines)


def test_partial_credit_shows_the_points_on_average() -> None:
    lines = texts(_question(QUIZ, PEOPLE, "several"))
    assert {"✔ Paris", "✔ Rome", "Bergen"} <= set(lines)
    assert lines[lines.index("of 2 points, on average") - 1] == "1.28"


def test_what_is_true_is_marked() -> None:
    lines = texts(_question(QUIZ, PEOPLE, "true"))
    assert "✔ No" in lines
    assert "Yes" in lines


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        (
            "number",
            "Right is: 2\\.5, up to 0.5 more or less",
            "Most frequent wrong answer: 9 (4 times)",
        ),
        ("text", "Right is: 112 / one one two", ""),
    ],
)
def test_a_right_number_or_text_is_said_in_words(name: str, right: str, wrong: str) -> None:
    lines = texts(_question(QUIZ, PEOPLE, name))
    assert right in lines
    assert not wrong or wrong in lines


def test_a_question_that_was_never_drawn_says_so() -> None:
    quiz = a_quiz(draw=1)
    one = attempts_of(quiz, an_attempt(quiz, RIGHT))
    (asked,) = one.attempts[0].asked
    people = [Response(VOTER, one, NOW, VOTER.key)]
    other = next(question for question in FIVE if question.id != asked)
    assert "Not asked yet" in texts(_question(quiz, people, other.id))
    assert "Not asked yet" not in texts(_question(quiz, people, asked))


def test_lessons_have_no_results_and_questions_are_numbered_without_them() -> None:
    training = a_training()
    card = _questions(training, [])
    assert "1\\. Capital of France?" in texts(card)
    assert "Read this" not in text(card)
    assert "Next page" not in buttons(card)


def test_two_hundred_questions_take_pages() -> None:
    questions = tuple(replace(ONE, id=f"q{n}") for n in range(200))
    quiz = a_quiz(questions, {q.id: Key(("paris",)) for q in questions})
    people = [Response(VOTER, attempts_of(quiz, an_attempt(quiz, {})), NOW, VOTER.key)]
    card = _questions(quiz, people)
    assert "Questions 1–5 of 200" in texts(card)
    assert envelopes(card)["Next page"] == Envelope("questions", ACTION_ID, "first=5")
    last = _questions(quiz, people, 195)
    assert envelopes(last)["Previous page"] == Envelope("questions", ACTION_ID, "before=195")


def test_the_way_back_from_a_question_is_its_page() -> None:
    named = envelopes(_question(QUIZ, PEOPLE, "true"))
    assert named["All results"] == Envelope("questions", ACTION_ID, "first=2")


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_whatever_was_typed_fits_a_card(sign: str) -> None:
    options = tuple(Option(f"o{n}", sign * 1_000) for n in range(25))
    asked = tuple(Choice(f"q{n}", sign * 5_000, options) for n in range(3))
    quiz = a_quiz(
        asked, {q.id: Key(("o3",), explanation=sign * 5_000) for q in asked}, pass_mark=9
    )
    quiz = replace(quiz, content=replace(quiz.content, title=sign * 500, description=sign * 5_000))
    typed = {question.id: "o4" for question in asked}
    people = [Response(VOTER, attempts_of(quiz, an_attempt(quiz, typed)), NOW, VOTER.key)]
    for setting in SETTINGS.values():
        assert len(rows(_overview(quiz, people, setting=setting))) >= 3
        _questions(quiz, people, setting=setting)
    _question(quiz, people, "q1")


def test_words_in_a_title_are_no_markdown() -> None:
    evil = replace(ONE, text="[pay](https://evil.example)")
    quiz = a_quiz((evil,), {"one": Key(("paris",))})
    people = [Response(VOTER, attempts_of(quiz, an_attempt(quiz, {})), NOW, VOTER.key)]
    assert "\\[pay\\](" in text(_overview(quiz, people))
    assert "\\[pay\\](" in text(_question(quiz, people, "one"))


def test_readers_of_other_scripts_get_a_card_in_their_direction() -> None:
    card = _overview(QUIZ, PEOPLE, setting=Setting(DIALOG.host, RIGHT_TO_LEFT))
    assert card["rtl"] is True


# Corrections


def test_a_correction_says_what_it_moved() -> None:
    ada, ben = Person("a", "Ada *x*"), Person("b", "")
    said = list(remarked_words(Remarked(1, (ada, ben), (ada,)), TEXTS))
    assert said == [
        "1 score has changed.",
        "Now passed: Ada \\*x\\*, Someone without a name.",
        "No longer passed: Ada \\*x\\*.",
    ]
    assert list(remarked_words(Remarked(), TEXTS)) == []


def test_of_many_names_the_first_are_said() -> None:
    (said,) = remarked_words(Remarked(passed=tuple(persons(MOST_NAMED + 14))), TEXTS)
    assert said.endswith(" 019, and 14 more.")
    assert said.count(",") == MOST_NAMED
