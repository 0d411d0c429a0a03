"""The cards of taking a quiz and a training."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from microsoft_teams.cards.core import AdaptiveCard

from actions.action import Status
from actions.certificates import Certificate
from actions.choice import Choice
from actions.errors import Problem
from actions.exam import Feedback
from actions.keys import Key
from actions.lesson import Lesson
from actions.material import Link, Picture
from actions.number import Number
from cards.parts import Host
from cards.texts import Texts
from dialogs.screen import Setting
from dialogs.take import opened_screen, standing_screen
from dialogs.take_cover import cover_screen
from dialogs.take_feedback import feedback_screen
from dialogs.take_frame import Seat
from dialogs.take_page import kept_screen
from dialogs.take_result import certificate_screen, result_screen
from dialogs.take_review import review_screen
from tests.actions.builders import BERLIN, NOW, VOTER
from tests.actions.exams import FIVE, KEYS, ONE, RIGHT, WRONG, a_quiz, a_training
from tests.dialogs.sittings import a_sitting, opened_at

WHY = "Lifts stop when the power is cut, and their shafts fill with smoke.\nTake the stairs."
PICTURE = "https://upload.wikimedia.org/wikipedia/commons/7/70/Example.png"
BODY = (
    "# When you hear the alarm\nLeave by the **nearest** exit.\n\n- Close doors behind you\n"
    "- Do not use the lift\n- Meet at the [assembly point](https://example.com/map)\n\n" * 3
)
LESSONS = (
    Lesson("alarm", "When the alarm rings", BODY, min_seconds=20),
    Choice("one", "Where do you meet?", ONE.options),
    Lesson(
        "tools",
        "Extinguishers",
        "Pull, aim, squeeze, sweep.",
        (Picture(PICTURE, "The pin"), Picture(PICTURE, "The nozzle")),
        (
            Link("film", "How to use one", "https://www.youtube.com/watch?v=x"),
            Link("plan", "Where they hang", "https://example.com/plan.pdf"),
        ),
    ),
    Number("number", "How many metres away do you stand?", unit="m"),
)
HALF = {**RIGHT, "several": "paris", "number": "9", "text": ""}


def taking(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    """Give every card with its name."""
    for name, seat in _seats(texts):
        yield f"take-{name}", standing_screen(seat).card
    yield from _covers(texts)
    yield from _feedback(texts)
    yield from _results(texts)
    yield from _training(texts)


def _seat(texts: Texts, *taken: dict[str, str], host: Host = Host.DIALOG, **more: Any) -> Seat:
    exam: dict[str, Any] = {"feedback": Feedback.EACH, "pass_mark": 70, **more.pop("exam", {})}
    quiz = replace(a_quiz(keys=_keys(), **exam), id="quiz")
    sitting = a_sitting(quiz, *taken, **more)
    return Seat(sitting, Setting(host, texts), BERLIN, opened_at)


def _keys() -> dict[str, Key]:
    return {**KEYS, "true": Key("no", explanation=WHY), "one": Key(("paris",), explanation="So.")}


def _seats(texts: Texts) -> Iterator[tuple[str, Seat]]:
    timed = {"seconds": 20 * 60}
    yield "question-one", _seat(texts, {}, pages=0, exam=timed)
    yield "question-several", _seat(texts, RIGHT, pages=1, exam={"question_seconds": 45})
    yield "question-true", _seat(texts, RIGHT, pages=2, host=Host.IN_PLACE)
    number = _seat(texts, RIGHT, pages=3).sitting
    wrong = replace(number, typed={"number": "two"}, wrong={"number": _problem()})
    yield "question-wrong", Seat(wrong, Setting(Host.DIALOG, texts), BERLIN, opened_at)
    yield "question-text", _seat(texts, RIGHT, pages=4)


def _problem() -> Problem:
    return Problem("answer_or_pass")


def _covers(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    new = _seat(texts, exam={"seconds": 1200, "draw": 3, "attempts": 3, "leaderboard": True})
    yield "take-cover", cover_screen(new).card
    running = _seat(texts, RIGHT, pages=2, exam={"seconds": 1200})
    yield "take-cover-running", cover_screen(running).card
    again = _seat(texts, WRONG, exam={"attempts": 3})
    yield "take-cover-again", cover_screen(again).card
    closed = replace(new.sitting, action=replace(new.sitting.action, status=Status.CLOSED))
    yield "take-cover-closed", cover_screen(replace(new, sitting=closed)).card
    yield "take-kept", kept_screen(running).card


def _feedback(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    for name, typed, pages in (
        ("right", RIGHT, 1),
        ("partly", HALF, 2),
        ("wrong", WRONG, 3),
        ("number", WRONG, 4),
    ):
        yield (
            f"take-said-{name}",
            standing_screen(_seat(texts, typed, pages=pages, pauses=True)).card,
        )
    last = _seat(texts, {**RIGHT, "text": ""})
    yield "take-said-none", feedback_screen(last, 1, FIVE[4]).card
    late = _seat(
        texts,
        {},
        pages=0,
        now=NOW + timedelta(minutes=5),
        exam={"question_seconds": 30},
        pauses=True,
    )
    yield "take-said-late", standing_screen(late).card


def _results(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    yield "take-passed", opened_screen(_seat(texts, RIGHT)).card
    yield "take-failed", opened_screen(_seat(texts, HALF)).card
    several = _seat(texts, WRONG, RIGHT, HALF, exam={"attempts": 4, "leaderboard": True})
    yield "take-several", result_screen(several, 3).card
    yield "take-review", review_screen(several, 3, 1).card
    hidden = _seat(texts, RIGHT, exam={"feedback": Feedback.CLOSED})
    yield "take-hidden", result_screen(hidden, 1).card
    yield "take-review-hidden", review_screen(hidden, 1, 1).card
    over = _seat(texts, RIGHT, pages=2, now=NOW + timedelta(hours=1), exam={"seconds": 600})
    yield "take-over", opened_screen(over).card


def _training(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    long = tuple(Lesson(f"l{n}", f"Chapter {n}: what to know", BODY) for n in range(1, 25))
    settings = Setting(Host.IN_PLACE, texts)

    def seat(*pages: Any, taken: tuple[dict[str, str], ...] = (), **more: Any) -> Seat:
        training = a_training(*(pages or LESSONS), pass_mark=50, months=12)
        return Seat(a_sitting(training, *taken, **more), settings, BERLIN, opened_at)

    yield "take-course-cover", cover_screen(seat()).card
    yield "take-course-long", cover_screen(seat(*long, taken=({},), pages=6)).card
    yield "take-lesson", standing_screen(seat(taken=({},), pages=0)).card
    yield "take-lesson-links", standing_screen(seat(taken=(RIGHT,), pages=2)).card
    yield "take-lesson-seen", standing_screen(seat(taken=(RIGHT,), pages=3, at="alarm")).card
    yield "take-question-seen", standing_screen(seat(taken=(RIGHT,), pages=3, at="one")).card
    done = seat(taken=({**RIGHT, "number": "3"},))
    yield "take-completed", result_screen(done, 1).card
    given = Certificate("7F3K-9QXW-2M4D-8HJT", "a", VOTER.key, 1, VOTER.name, "T", None, NOW)
    yield "take-certificate", certificate_screen(done, given, "https://muster.example/x").card
    yield "take-certificate-nowhere", certificate_screen(done, given, "").card
