"""A survey's card in the chat."""

from dataclasses import replace

import pytest

from actions.action import Status, Visibility
from actions.content import Content
from actions.lesson import Lesson
from actions.tallies import Tallies, recount
from actions.text import Text
from actions.viewing import view_of
from cards.parts import Host
from cards.summary import responded_line, summary
from cards.survey import answer, minutes
from tests.actions.builders import CREATOR, NOW, VOTER
from tests.actions.surveys import a_survey, a_survey_view, answers_of
from tests.cards.looks import TEXTS, checked
from tests.cards.test_sizes import MANY_PEOPLE, SIGNS
from tests.dialogs.builders import envelopes
from tests.dialogs.fillings import TYPES, full, many
from tests.teams.card_check import check_inputs_absent
from tests.teams.cards import buttons, text, texts


def test_it_says_how_many_questions_and_how_long() -> None:
    card = checked(summary(a_survey_view(a_survey(), 0), TEXTS, Host.CHAT))
    assert "11 questions · about 3 min" in text(card)
    check_inputs_absent(card)


def test_a_lesson_takes_as_long_as_its_text_is_to_read() -> None:
    assert minutes(Content("", (Lesson("l", "Read", "x" * 6_000),))) == 6


def test_the_first_results_stand_on_it() -> None:
    said = texts(checked(summary(a_survey_view(a_survey(), 12), TEXTS, Host.CHAT)))
    assert said[said.index("Which team are you in?") + 1] == "Kitchen · 50%"
    assert said[said.index("Would you come again?") + 1] == "75% yes"
    assert "How was the food?" not in said


@pytest.mark.parametrize(
    "visibility", [Visibility.AFTER_RESPONDING, Visibility.AFTER_CLOSING, Visibility.CREATOR]
)
def test_results_that_may_not_be_seen_are_not_on_it(visibility: Visibility) -> None:
    view = a_survey_view(a_survey(visibility=visibility), 12)
    assert "Kitchen" not in text(checked(summary(view, TEXTS, Host.CHAT)))


def test_few_anonymous_responses_are_not_on_it() -> None:
    survey = a_survey(anonymous=True)
    assert "Kitchen" not in text(checked(summary(a_survey_view(survey, 2), TEXTS, Host.CHAT)))
    assert "Kitchen" in text(checked(summary(a_survey_view(survey, 3), TEXTS, Host.CHAT)))


def test_three_anonymous_responses_of_one_person_are_not_on_it() -> None:
    survey = a_survey(anonymous=True, several=True)
    tags = [(), (("", "repeated"),), (("", "repeated"),)]
    tallies = recount(survey.content, [(answers_of(n), tag) for n, tag in enumerate(tags)])
    view = view_of(survey, tallies, NOW)
    assert "Kitchen" not in text(checked(summary(view, TEXTS, Host.CHAT)))


@pytest.mark.parametrize(
    ("changes", "took_part", "name"),
    [
        ({}, False, "Answer"),
        ({}, True, "Edit my response"),
        ({"may_change": False}, True, "My response"),
        ({"several": True}, True, "Answer again"),
    ],
)
def test_answering_comes_first(changes: dict[str, bool], name: str, *, took_part: bool) -> None:
    view = a_survey_view(a_survey(**changes), 3, VOTER.key, took_part=took_part)
    card = checked(summary(view, TEXTS, Host.CHAT))
    assert buttons(card) == [name, "Results"]
    assert envelopes(card)[name].verb == "open"


def test_nothing_is_answered_after_closing() -> None:
    view = a_survey_view(a_survey(status=Status.CLOSED), 3, CREATOR.key)
    assert buttons(checked(summary(view, TEXTS, Host.CHAT))) == ["Results", "Manage"]


def test_who_responded_is_told_so() -> None:
    view = a_survey_view(a_survey(), 3, VOTER.key, took_part=True)
    assert "✔ You responded." in text(checked(summary(view, TEXTS, Host.CHAT)))


def test_people_are_counted_once_and_responses_are_told() -> None:
    several = Tallies({("", "responded"): 5, ("", "repeated"): 2})
    known = a_survey(audience=12, several=True)
    assert responded_line(view_of(known, several, NOW), TEXTS) == "3 of 12 responded · 5 responses"
    unknown = view_of(a_survey(several=True), several, NOW)
    assert responded_line(unknown, TEXTS) == "5 responses"


def test_a_response_on_one_line_has_its_first_answers() -> None:
    survey = a_survey()
    assert answer(survey, answers_of(1), TEXTS) == "Service · Gloves · Yes · 2 of 5 · …"
    assert answer(survey, {}, TEXTS) == "nothing"
    assert answer(survey, {"why": "So *be*\nit"}, TEXTS) == "So \\*be\\* it"


def test_a_survey_takes_ten_seconds_a_question_and_the_time_to_read_it() -> None:
    question = Text("q", "")
    assert minutes(Content("T", (question,) * 6)) == 1
    assert minutes(Content("T", (question,) * 7)) == 2
    long = replace(question, text="x" * 2_400)
    assert minutes(Content("T", (long,) * 6)) == 13


@pytest.mark.parametrize("host", list(Host))
@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("name", TYPES)
def test_the_longest_survey_fits_its_card(name: str, sign: str, host: Host) -> None:
    sent = SIGNS[sign]
    questions = many(name, sent, large=True, count=200)
    action = a_survey(*questions, title=sent * 500, recent=MANY_PEOPLE, audience=100_000)
    told = replace(action.content, description=sent * 5_000)
    action = replace(action, content=told)
    typed = full(questions, sent)
    answers = {
        q.id: given
        for q in questions[:5]
        if (given := q.parse({part: typed.get(q.id, "") for part in q.parts[:1]})) is not None
    }
    view = view_of(action, recount(told, [(answers, ())]), NOW, CREATOR.key, answers)
    checked(summary(view, TEXTS, host, "n" * 1_000))
