"""One's own answers of an attempt, page by page; what was right where that may be known."""

from collections.abc import Iterator

from microsoft_teams.cards.core import Action, CardElement, Container

from actions.attempts import Attempt
from actions.lesson import Lesson
from actions.questions import Question
from cards.kinds import name_of
from cards.parts import LONGEST_CARD, buttons, card, label, note, room_of, size
from dialogs.screen import Screen
from dialogs.take_feedback import answered
from dialogs.take_frame import LENGTHS, Seat, head

PER_PAGE = 10
"""How many answers one page shows at most."""

TURNING = 1_500
"""Characters of the line and the buttons below the answers."""


def review_screen(seat: Seat, number: int, page: int) -> Screen:
    """Give one page of the answers of an attempt; `page` is its number, from 1."""
    attempt, texts = seat.sitting.attempts.attempts[number - 1], seat.texts
    above = [*head(seat, 100), label(texts("Your answers"))]
    room = LONGEST_CARD - size(card(texts, above)) - TURNING
    pages = list(_pages(_blocks(seat, attempt, room), room))
    place = min(max(page, 1), max(len(pages), 1))
    shown = pages[place - 1] if pages else [note(texts("There is nothing to see here."))]
    body = [*above, *shown, *_turning(seat, number, place, len(pages))]
    return Screen(name_of(seat.sitting.action.kind, texts), card(texts, body), stays=True)


def _blocks(seat: Seat, attempt: Attempt, room: int) -> Iterator[CardElement]:
    """Give what one may see again: what was given, and what one is told is right."""
    for place, question in enumerate(attempt.pages(seat.sitting.content), 1):
        is_told = seat.sitting.key(attempt, question.id) is not None
        if not isinstance(question, Lesson) and (question.id in attempt.given or is_told):
            yield _block(seat, attempt, question, place, room)


def _block(seat: Seat, attempt: Attempt, question: Question, place: int, room: int) -> CardElement:
    """Give a question and its answer, with the longest texts that fit a page of their own."""
    for longest in LENGTHS:
        items = list(answered(seat, attempt, question, place, longest))
        block = Container(items=items, spacing="Large", separator=place > 1)
        if room_of(block) <= room:
            break
    return block


def _pages(blocks: Iterator[CardElement], room: int) -> Iterator[list[CardElement]]:
    page: list[CardElement] = []
    left = room
    for block in blocks:
        weight = room_of(block)
        if page and (weight > left or len(page) == PER_PAGE):
            yield page
            page, left = [], room
        page.append(block)
        left -= weight
    if page:
        yield page


def _turning(seat: Seat, number: int, place: int, total: int) -> Iterator[CardElement]:
    texts = seat.texts
    if total > 1:
        yield note(texts("Page {number} of {total}", number=place, total=total))
    turns: list[Action] = []
    if place < total:
        turns.append(seat.button("take.review", texts("Next page"), number, place + 1))
    if place > 1:
        turns.append(seat.button("take.review", texts("Previous page"), number, place - 1))
    yield from buttons([*turns, seat.button("take.result", texts("My result"), number)])
