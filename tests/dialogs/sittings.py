"""People at every stage of a quiz or training, as the screens of taking need them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from actions.action import Action, Status
from actions.attempts import Attempts
from actions.sitting import Sitting, answered, begun, gone_on, settled
from actions.typed import entry
from dialogs.screen import Setting
from dialogs.take_frame import Seat
from tests.actions.builders import BERLIN, NOW, VOTER
from tests.dialogs.builders import DIALOG

PACE = timedelta(seconds=25)
"""How long someone takes for a page, in these tests."""


def opened_at(lesson_id: str, link_id: str) -> str:
    """Give where a link is followed and noted."""
    return f"https://muster.example/open/{lesson_id}/{link_id}"


def a_sitting(
    action: Action,
    *taken: Mapping[str, str],
    pages: int | None = None,
    pauses: bool = False,
    now: datetime | None = None,
    **changes: Any,
) -> Sitting:
    """Give where someone is who began once for each of `taken`, with what they typed.

    The last attempt stops after so many `pages`, with what is said of its last one if it `pauses`.
    """
    attempts, at = Attempts(), NOW
    for number, typed in enumerate(taken, 1):
        attempts = begun(action, attempts, number, f"seed {number}", at)
        most = pages if number == len(taken) else None
        attempts, at = _taken(action, attempts, number, typed, at, most)
    if not pauses:
        attempts = gone_on(action, attempts, len(taken), at)
    now = now or at
    attempts = settled(action, attempts, now)
    return replace(Sitting(action, VOTER.key, attempts, now), **changes)


def closed(sitting: Sitting) -> Sitting:
    """Give where someone is once it was closed, just now."""
    action = replace(sitting.action, status=Status.CLOSED, closed_at=sitting.now)
    later = sitting.now + PACE
    judged = Attempts.of(action.content, sitting.attempts.attempts, sitting.attempts.lapsed)
    attempts = settled(action, judged, later)
    return replace(sitting, action=action, attempts=attempts, now=later)


def a_seat(sitting: Sitting, setting: Setting = DIALOG) -> Seat:
    """Give a place to look from."""
    return Seat(sitting, setting, BERLIN, opened_at)


def _taken(
    action: Action,
    attempts: Attempts,
    number: int,
    typed: Mapping[str, str],
    at: datetime,
    pages: int | None,
) -> tuple[Attempts, datetime]:
    asked: Sequence[str] = attempts.attempts[-1].asked
    for name in asked[:pages]:
        attempts = gone_on(action, attempts, number, at)
        at += PACE
        question = action.content.question(name)
        assert question is not None
        given = question.parse(entry(question, typed))
        attempts = answered(action, attempts, number, name, given, at)
    return attempts, at
