"""A lesson of a training: the page that someone is at, or one that they went back to."""

from collections.abc import Iterator

from microsoft_teams.cards.core import Action, AdaptiveCard, CardElement

from actions.lesson import Lesson
from cards.kinds import name_of
from cards.lesson import lesson_elements
from cards.parts import buttons, card, fitting, note
from dialogs.screen import Screen
from dialogs.take_frame import Seat, head, pages_back, pages_on, time_lines, where

TITLES = (200, 60, 20)
"""To how many characters the title above a lesson is cut, which has a heading of its own."""


def lesson_screen(seat: Seat, lesson: Lesson, part: int) -> Screen:
    """Give a lesson; `part` is the one of a long lesson that is shown, from 0."""
    shown = (_lesson(seat, lesson, part, longest) for longest in TITLES)
    return Screen(name_of(seat.sitting.action.kind, seat.texts), fitting(shown), stays=True)


def _lesson(seat: Seat, lesson: Lesson, part: int, longest: int) -> AdaptiveCard:
    elements, more = lesson_elements(
        lesson,
        seat.texts,
        address=lambda link: seat.address(lesson.id, link),
        opened=seat.sitting.attempts.attempts[-1].opened,
        part=part,
    )
    body = [
        *head(seat, longest),
        *(note(line) for line in (*where(seat), *time_lines(seat))),
        *elements,
        *_stay(seat, lesson),
        *buttons(_buttons(seat, lesson, part, more=more)),
    ]
    return card(seat.texts, body)


def _stay(seat: Seat, lesson: Lesson) -> Iterator[CardElement]:
    """Say for how long to stay, as long as that is not over."""
    sitting, texts = seat.sitting, seat.texts
    shown = sitting.running.shown if sitting.running is not None else None
    if sitting.at or shown is None:
        return
    if (sitting.now - shown).total_seconds() < lesson.min_seconds:
        span = texts.span(lesson.min_seconds)
        yield note(texts("Please take at least {span} for this page.", span=span))


def _buttons(seat: Seat, lesson: Lesson, part: int, *, more: bool) -> Iterator[Action]:
    sitting, texts = seat.sitting, seat.texts
    if more:
        yield seat.button("take.page", texts("Read on"), lesson.id, part + 1)
    elif sitting.at:
        yield from pages_on(seat)
    else:
        yield seat.button("take.pass", texts("Next"), sitting.number, lesson.id, part)
    if part:
        yield seat.button("take.page", texts("Back"), lesson.id, part - 1)
    else:
        yield from pages_back(seat)
    if not sitting.at:
        yield seat.button("take.later", texts("Later"))
