"""What is said of a question that was answered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.exam import Feedback
from actions.keys import Key
from actions.sitting import Sitting
from dialogs.screen import Setting
from dialogs.take import done_screen, stale, standing_screen
from tests.actions.builders import NOW
from tests.actions.exams import FIVE, KEYS, ONE, RIGHT, WRONG, a_quiz, a_training
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, envelopes, shown
from tests.dialogs.sittings import a_seat, a_sitting
from tests.teams.cards import Card, buttons, text

EACH = Feedback.EACH


def standing(sitting: Sitting, setting: Setting = DIALOG) -> Card:
    """Give what stands."""
    return shown(standing_screen(a_seat(sitting, setting)))


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_after_each_question_it_is_said_what_was_right(setting: Setting) -> None:
    sitting = a_sitting(a_quiz(feedback=EACH), WRONG, pages=3, pauses=True)
    card = standing(sitting, setting)
    for line in (
        "3\\. Lifts are safe in a fire.",
        "✘ Wrong · 0 of 1 point",
        "Your answer: Yes",
        "Right is: No",
        "They stop.",
    ):
        assert line in text(card)
    named = {title: (one.verb, one.argument) for title, one in envelopes(card).items()}
    assert named == {"Next": ("take.on", "1"), "Later": ("take.later", "")}


def test_what_was_passed_over_is_told_too() -> None:
    card = standing(a_sitting(a_quiz(feedback=EACH), {}, pages=1, pauses=True))
    assert "– Not answered · 0 of 1 point" in text(card)
    assert "Right is: Paris" in text(card)


def test_after_the_last_question_its_feedback_leads_to_the_result() -> None:
    sitting = a_sitting(a_quiz(feedback=EACH), RIGHT)
    card = shown(done_screen(a_seat(sitting), 1, "text"))
    assert "✔ Right" in text(card)
    assert buttons(card) == ["See the result"]
    assert envelopes(card)["See the result"].argument == "1"


@pytest.mark.parametrize("feedback", [Feedback.END, Feedback.CLOSED, Feedback.NEVER])
def test_where_nothing_is_told_meanwhile_the_last_answer_leads_to_the_result(
    feedback: Feedback,
) -> None:
    sitting = a_sitting(a_quiz(feedback=feedback), RIGHT)
    card = shown(done_screen(a_seat(sitting), 1, "text"))
    assert "My answers" in buttons(card)


@pytest.mark.parametrize("feedback", Feedback)
def test_time_that_was_over_is_told_without_what_may_not_be_known(feedback: Feedback) -> None:
    quiz = a_quiz(feedback=feedback, question_seconds=30)
    later = NOW + timedelta(minutes=5)
    card = standing(a_sitting(quiz, {}, pages=0, pauses=True, now=later))
    assert "The time for this question was over." in text(card)
    assert ("Right is: Paris" in text(card)) is (feedback is EACH)
    assert ("You gave no answer." in text(card)) is (feedback is not EACH)
    assert "Next" in buttons(card)


def test_a_late_last_answer_is_told_before_the_result() -> None:
    quiz = a_quiz(FIVE[:1], question_seconds=30)
    sitting = a_sitting(quiz, {}, pages=0, now=NOW + timedelta(minutes=5))
    card = shown(done_screen(a_seat(sitting), 1, "one"))
    assert "The time for this question was over." in text(card)
    assert buttons(card) == ["See the result"]


def test_a_seen_question_of_a_training_shows_what_may_be_known() -> None:
    told = a_training(feedback=EACH)
    card = standing(a_sitting(told, {"one": "rome"}, pages=2, at="one"))
    assert "✘ Wrong" in text(card)
    assert "Right is: Paris" in text(card)
    silent = standing(a_sitting(a_training(), {"one": "rome"}, pages=2, at="one"))
    assert "Your answer: Rome" in text(silent)
    assert "Paris" not in text(silent)


def test_why_an_answer_did_not_count_is_said() -> None:
    sitting = a_sitting(a_quiz(), RIGHT, pages=2)
    assert stale(sitting, 1, "several", TEXTS) == ""
    assert "what you gave first stands" in stale(sitting, 1, "one", TEXTS)
    over = a_sitting(a_quiz(seconds=60), RIGHT, pages=1, now=NOW + timedelta(hours=1))
    assert "This was over before your answer came" in stale(over, 1, "several", TEXTS)
    assert stale(over, 9, "several", TEXTS) == ""


@pytest.mark.parametrize("sign", ['"', "*", "ש", "😀"])
def test_the_longest_feedback_fits(sign: str) -> None:
    key = Key(("paris",), explanation=sign * 5_000)
    options = tuple(replace(option, text=sign * 1_000) for option in ONE.options)
    question = replace(ONE, text=sign * 5_000, options=options, most=3)
    quiz = a_quiz((question, *FIVE[1:]), {**KEYS, "one": key}, feedback=EACH)
    sitting = a_sitting(quiz, {"one": "rome,bergen"}, pages=1, pauses=True)
    hebrew = replace(IN_PLACE, texts=RIGHT_TO_LEFT, notice="n" * 300)
    assert "Wrong" in text(standing(sitting, hebrew))


def test_an_explanation_as_long_as_it_may_be_is_shown_whole() -> None:
    key = Key(("paris",), explanation="x" * 5_000)
    quiz = a_quiz((ONE, *FIVE[1:]), {**KEYS, "one": key}, feedback=EACH)
    card = standing(a_sitting(quiz, RIGHT, pages=1, pauses=True))
    assert "x" * 5_000 in text(card)
