"""The page that someone is at: a question or a lesson."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from actions.action import Settings
from actions.errors import Problem
from actions.lesson import Lesson
from actions.questions import Question
from actions.sitting import Sitting
from dialogs.screen import Setting
from dialogs.take import standing_screen
from dialogs.take_page import kept_screen
from tests.actions.builders import NOW
from tests.actions.exams import ONE, READ, RIGHT, a_quiz, a_training
from tests.cards.looks import RIGHT_TO_LEFT
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, below, envelopes, shown
from tests.dialogs.fillings import TYPES, full, many
from tests.dialogs.sittings import a_seat, a_sitting, opened_at
from tests.teams.cards import (
    Card,
    actions,
    buttons,
    find_action,
    input_elements,
    inputs,
    rows,
    text,
)


def page(sitting: Sitting, setting: Setting = DIALOG, part: int = 0) -> Card:
    """Give what stands."""
    return shown(standing_screen(a_seat(sitting, setting), part))


def choices(card: Card) -> list[str]:
    """Give the options in their order."""
    return [choice["value"] for choice in input_elements(card)[0]["choices"]]


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_one_question_is_asked_at_a_time(setting: Setting) -> None:
    card = page(a_sitting(a_quiz(), RIGHT, pages=1), setting)
    assert "Question 2 of 5 · 2 points" in text(card)
    assert list(inputs(card)) == ["several"]
    assert buttons(card) == ["Answer", "Later", "Go on without an answer"]
    named = {title: (one.verb, one.argument) for title, one in envelopes(card).items()}
    assert named == {
        "Answer": ("take.answer", "1 several"),
        "Go on without an answer": ("take.pass", "1 several"),
        "Later": ("take.later", ""),
    }


def test_answering_and_leaving_send_what_was_typed_and_passing_over_does_not() -> None:
    card = page(a_sitting(a_quiz(), {}, pages=0), IN_PLACE)
    for title in ("Answer", "Later"):
        assert find_action(card, title).get("associatedInputs") != "none"
    assert find_action(card, "Go on without an answer")["associatedInputs"] == "none"


def test_the_time_that_is_left_is_said_by_the_readers_clock() -> None:
    sitting = a_sitting(a_quiz(seconds=300), {}, pages=0, now=NOW + timedelta(seconds=50))
    assert "⏱ 4 mins 10 secs left, until 10:05" in text(page(sitting))
    abroad = replace(a_seat(sitting), time_zone="Asia/Tokyo")
    assert "until 18:05" in text(shown(standing_screen(abroad)))
    days = a_sitting(a_quiz(seconds=86_400), {}, pages=0)
    assert "until Sat 21 Nov, 10:00" in text(page(days))


def test_the_time_of_one_question_is_said() -> None:
    sitting = a_sitting(a_quiz(question_seconds=30), {}, pages=0, now=NOW + timedelta(seconds=9))
    assert "⏱ 21 secs left for this question" in text(page(sitting))


def test_what_is_wrong_stands_at_the_field_and_what_was_typed_stays() -> None:
    wrong = {"number": Problem("number_unreadable")}
    sitting = a_sitting(a_quiz(), RIGHT, pages=3, typed={"number": "two"}, wrong=wrong)
    card = page(sitting)
    assert inputs(card) == {"number": "two"}
    assert below(card, "number").startswith("⚠ This is not a number.")


def test_options_have_another_order_in_each_attempt_and_keep_it() -> None:
    many_options = replace(ONE, options=many_of(12))
    quiz = replace(a_quiz((many_options,), attempts=9), settings=Settings(shuffle=True))
    orders = [choices(page(a_sitting(quiz, *[{}] * n, pages=0))) for n in range(1, 5)]
    assert len({tuple(order) for order in orders}) > 1
    assert all(sorted(order) == sorted(orders[0]) for order in orders)
    assert orders[0] == choices(page(a_sitting(quiz, {}, pages=0)))
    fixed = replace(quiz, settings=Settings())
    assert choices(page(a_sitting(fixed, {}, pages=0))) == [o.id for o in many_of(12)]


def many_of(count: int) -> Any:
    """Give options."""
    return tuple(replace(ONE.options[0], id=f"o{n:02}", text=f"Option {n}") for n in range(count))


def test_a_lesson_is_read_and_gone_on_from() -> None:
    card = page(a_sitting(a_training(), {}, pages=0))
    assert "Page 1 of 3" in text(card)
    assert "Read this\nWell." in text(card)
    assert envelopes_of_verbs(card) == {"Next": "1 read 0", "Later": ""}
    film = next(action for action in actions(card) if action["type"] == "Action.OpenUrl")
    assert film["url"] == opened_at("read", "film")


def envelopes_of_verbs(card: Card) -> dict[str, str]:
    """Give the arguments of the buttons that press something."""
    pressed = {
        action["title"]: str(action["data"]["muster"]).split(" ", 3)
        for action in actions(card)
        if action["type"] != "Action.OpenUrl"
    }
    return {title: "".join(parts[3:]) for title, parts in pressed.items()}


def test_a_lesson_says_for_how_long_to_stay_until_that_is_over() -> None:
    training = a_training(replace(READ, min_seconds=90))
    early = a_sitting(training, {}, pages=0)
    assert "Please take at least 1 min 30 secs for this page." in text(page(early))
    over = a_sitting(training, {}, pages=0, now=NOW + timedelta(seconds=90))
    assert "Please take" not in text(page(over))


def test_a_link_that_was_opened_is_marked() -> None:
    sitting = a_sitting(a_training(), {}, pages=0)
    attempt = replace(sitting.attempts.attempts[0], opened=("read.film", "last.film"))
    opened = replace(sitting, attempts=replace(sitting.attempts, attempts=(attempt,)))
    assert rows(page(opened)) == ["✔ 🔗 Page: Film"]
    assert rows(page(sitting)) == ["🔗 Page: Film"]


def test_a_long_lesson_is_read_part_by_part() -> None:
    long = Lesson("long", "Long", "\n\n".join(f"{n} {'x' * 900}" for n in range(10)) * 2)
    sitting = a_sitting(a_training(long, ONE), {}, pages=0)
    first = page(sitting)
    assert envelopes_of_verbs(first) == {"Read on": "long 1", "Later": ""}
    second = page(sitting, part=1)
    assert envelopes_of_verbs(second) == {"Next": "1 long 1", "Back": "long 0", "Later": ""}


def test_a_training_leads_back_and_a_quiz_does_not() -> None:
    course = page(a_sitting(a_training(), {}, pages=1))
    assert envelopes(course)["Back"].argument == "read"
    assert "Back" not in buttons(page(a_sitting(a_quiz(), RIGHT, pages=2)))


def test_a_lesson_that_was_gone_back_to_leads_on() -> None:
    sitting = a_sitting(a_training(), {"one": "paris"}, pages=2, at="read")
    card = page(sitting)
    assert envelopes_of_verbs(card) == {"Next": "one"}
    seen = page(replace(sitting, at="one"))
    assert "2\\. Capital of France?" in text(seen)
    assert "Your answer: Paris" in text(seen)
    assert "✔ Right" not in text(seen)
    assert input_elements(seen) == []
    assert envelopes_of_verbs(seen) == {"Continue": "", "Back": "read"}


def test_what_was_put_aside_says_whether_the_time_runs_on() -> None:
    timed = shown(kept_screen(a_seat(a_sitting(a_quiz(seconds=600), RIGHT, pages=1))))
    assert "and the time runs on." in text(timed)
    assert "left, until 10:10" in text(timed)
    free = shown(kept_screen(a_seat(a_sitting(a_training(), {}, pages=1))))
    assert "Go on whenever you like." in text(free)
    assert envelopes(free)["Continue"].verb == "take.page"


@pytest.mark.parametrize("large", [True, False], ids=["large", "small"])
@pytest.mark.parametrize("sign", ['"', "*", "😀"])
@pytest.mark.parametrize("name", TYPES)
def test_the_largest_question_fits_and_keeps_what_was_typed(
    name: str, sign: str, *, large: bool
) -> None:
    questions: tuple[Question, ...] = many(name, sign, large=large, count=2)
    typed = full(questions[:1], sign)
    quiz = a_quiz(questions, {}, seconds=600)
    problem = Problem("too_long", {"limit": 4_000, "length": 4_001})
    sitting = a_sitting(quiz, {}, pages=0, typed=typed, wrong=dict.fromkeys(typed, problem))
    setting = replace(IN_PLACE, texts=RIGHT_TO_LEFT, notice="n" * 300)
    assert inputs(page(sitting, setting)) == {name: text or None for name, text in typed.items()}


def test_every_screen_stays_in_the_personal_chat() -> None:
    for sitting in (
        a_sitting(a_quiz(), {}, pages=0),
        a_sitting(a_training(), {}, pages=0),
        a_sitting(a_quiz(), RIGHT),
    ):
        assert standing_screen(a_seat(sitting, IN_PLACE)).stays
