"""The cover of a quiz or training."""

from dataclasses import replace
from typing import Any

import pytest

from actions.action import Status
from actions.exam import Feedback
from actions.lesson import Lesson
from actions.questions import Question
from dialogs.screen import Setting
from dialogs.take import opened_screen
from dialogs.take_cover import cover_screen
from tests.actions.builders import NOW
from tests.actions.exams import FIVE, ONE, READ, RIGHT, TRUE, a_quiz, a_training
from tests.cards.looks import RIGHT_TO_LEFT
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, envelopes, shown
from tests.dialogs.sittings import a_seat, a_sitting
from tests.teams.cards import Card, buttons, rows, text


def cover(*taken: dict[str, str], pages: int | None = None, **exam: Any) -> Card:
    """Give the cover that someone sees who began so often."""
    return shown(cover_screen(a_seat(a_sitting(a_quiz(**exam), *taken, pages=pages))))


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_the_cover_starts_the_first_attempt(setting: Setting) -> None:
    card = shown(cover_screen(a_seat(a_sitting(a_quiz()), setting)))
    assert buttons(card) == ["Start"]
    start = envelopes(card)["Start"]
    assert (start.verb, start.argument) == ("take.begin", "1")


def test_every_condition_is_said_before_the_start() -> None:
    said = text(cover(seconds=1200, question_seconds=45, pass_mark=70, attempts=3, draw=2))
    for line in (
        "Questions\n2 of 5, drawn by lot",
        "20 mins in all",
        "45 secs for each question",
        "70 % or more",
        "3 of 3 left; the best one counts",
        "The clock starts when you press Start, and does not stop.",
        "The clock of each question starts when you see it",
        "An answer that was given cannot be changed.",
        "Who made this sees your answers and your score.",
    ):
        assert line in said
    assert "leaderboard" not in said


def test_the_leaderboard_is_consented_to_by_starting() -> None:
    assert "the others see your name and your score" in text(cover(leaderboard=True))


@pytest.mark.parametrize(
    ("feedback", "said"),
    [
        (Feedback.EACH, "After each question you see what was right."),
        (Feedback.END, "At the end you see your score and what was right."),
        (Feedback.CLOSED, "You see your score and what was right once this is closed."),
        (Feedback.NEVER, "What was right is not shown."),
    ],
)
def test_when_one_sees_what_is_said(feedback: Feedback, said: str) -> None:
    assert said in text(cover(feedback=feedback))


@pytest.mark.parametrize(
    ("exam", "said"),
    [
        ({"attempts": 0, "counts": "last"}, "as many as you like; the last one counts"),
        ({"attempts": 2, "counts": "first"}, "2 of 2 left; the first one counts"),
        ({"attempts": 1}, "Attempts\none"),
    ],
)
def test_the_attempts_are_said(exam: dict[str, Any], said: str) -> None:
    assert said in text(cover(**exam))


def test_an_attempt_under_way_is_gone_on_with() -> None:
    card = cover(RIGHT, pages=2, seconds=600)
    assert "You are at question 3 of 5." in text(card)
    assert "⏱ 9 mins 10 secs left, until 10:10" in text(card)
    assert envelopes(card)["Continue"].verb == "take.page"
    assert "cannot be changed" not in text(card)


def test_the_next_attempt_stands_beside_the_result_of_the_last() -> None:
    card = cover(RIGHT, attempts=3)
    assert buttons(card) == ["Start attempt 2", "My result"]
    assert envelopes(card)["Start attempt 2"].argument == "2"
    assert "Your result: 100 %" in text(card)
    assert "2 of 3 left" in text(card)


def test_a_score_that_may_not_be_known_is_not_on_the_cover() -> None:
    card = cover(RIGHT, attempts=3, feedback=Feedback.CLOSED)
    assert "Your result: handed in" in text(card)
    assert "100" not in text(card)


def test_why_nothing_can_be_started_is_said() -> None:
    used = cover(RIGHT)
    assert "You have used all your attempts." in text(used)
    assert buttons(used) == ["My result"]
    closed = replace(a_quiz(), status=Status.CLOSED)
    card = shown(cover_screen(a_seat(a_sitting(closed))))
    assert "This is closed, so it cannot be started any more." in text(card)
    assert buttons(card) == []


def test_a_training_lists_what_is_in_it() -> None:
    pages: tuple[Question, ...] = (READ, ONE, TRUE, replace(READ, id="last", text="*Last*"))
    card = shown(cover_screen(a_seat(a_sitting(a_training(*pages, months=3)))))
    said = text(card)
    assert "Contents\n○ Read this\n○ 2 questions\n○ \\*Last\\*" in said
    assert "Lessons\n2\nQuestions\n2" in said
    assert "Valid for\n3 months" in said
    assert "Capital of France?" not in said
    assert rows(card) == []


def test_a_seen_page_can_be_read_again_from_the_contents() -> None:
    sitting = a_sitting(a_training(), {}, pages=1)
    card = shown(cover_screen(a_seat(sitting)))
    assert "✔ Read this\n○ 1 question\n○ Remember" in text(card)
    assert rows(card) == ["Read it again"]
    again = envelopes(card)["Read it again"]
    assert (again.verb, again.argument) == ("take.page", "read")
    assert "You are at page 2 of 3." in text(card)


CHAPTERS = tuple(Lesson(f"l{n}", f"Chapter {n}") for n in range(24))


def test_long_contents_are_cut_with_their_number() -> None:
    said = text(shown(cover_screen(a_seat(a_sitting(a_training(*CHAPTERS))))))
    assert "Chapter 9" in said
    assert "Chapter 10" not in said
    assert "and 14 more" in said


def test_long_contents_are_turned_and_begin_where_one_is() -> None:
    seat = a_seat(a_sitting(a_training(*CHAPTERS), {}, pages=12))
    here = shown(cover_screen(seat))
    assert "✔ Chapter 11\n○ Chapter 12" in text(here)
    assert "Chapter 9" not in text(here)
    turns = {title: envelopes(here)[title] for title in ("Previous pages", "Next pages")}
    assert {one.verb for one in turns.values()} == {"open"}
    before = shown(opened_screen(seat, turns["Previous pages"].argument))
    assert rows(before) == ["Read it again"] * 10
    assert "Previous pages" not in buttons(before)
    after = text(shown(opened_screen(seat, turns["Next pages"].argument)))
    assert "○ Chapter 20" in after
    assert "more" not in after.split("Contents")[1]


def test_contents_past_their_end_are_those_where_one_is() -> None:
    seat = a_seat(a_sitting(a_training(*CHAPTERS), {}, pages=12))
    assert shown(cover_screen(seat, 240)) == shown(cover_screen(seat))


def test_what_lapsed_is_taken_again() -> None:
    training = replace(a_training(months=1), closes_at=None)
    sitting = a_sitting(training, {"one": "paris"}, now=NOW.replace(year=2027))
    card = shown(cover_screen(a_seat(sitting)))
    assert "no longer valid. Take it again." in text(card)
    assert buttons(card) == ["Start"]
    assert envelopes(card)["Start"].argument == "2"


@pytest.mark.parametrize("sign", ['"', "*", "ש", "😀"])
def test_the_longest_cover_fits(sign: str) -> None:
    lessons = tuple(Lesson(f"l{n:05}", sign * 500) for n in range(200))
    training = a_training(*lessons, *FIVE, months=12, pass_mark=70)
    content = replace(training.content, title=sign * 500, description=sign * 5_000)
    sitting = a_sitting(replace(training, content=content), {}, pages=150)
    hebrew = replace(IN_PLACE, texts=RIGHT_TO_LEFT, notice="n" * 300)
    assert shown(cover_screen(a_seat(sitting, hebrew)))


def test_a_notice_stands_above() -> None:
    seat = a_seat(a_sitting(a_quiz()), replace(DIALOG, notice="Not saved."))
    assert "⚠ Not saved." in text(shown(cover_screen(seat)))
