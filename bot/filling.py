"""Verbs that answer page by page."""

from collections.abc import Awaitable

from actions import filling
from actions.errors import Closed, NotAllowed, NotFound, NotSaved
from actions.fields import whole
from actions.sheet import REVIEW, Filling, Move, Receipt, Sheet
from actions.typed import Sent
from bot.press import Outcome, Press
from cards.sentences import sentence
from dialogs.fill import kept_screen, page_screen
from dialogs.receipt import receipt_screen
from dialogs.review import fill_screen, review_screen


async def open_form(press: Press) -> Outcome:
    """Open what there is for this person: the form, where they were, or the receipt."""
    action_id, reading = press.envelope.action, press.texts.reading
    return _screen(press, await filling.opened(press.ports, press.caller, action_id, reading))


async def open_one(press: Press) -> Outcome:
    """Open one response: to go on with it, to change it, or to begin the next one."""
    sheet, _ = _read(press)
    return await _told(press, filling.opened_at(press.ports, press.caller, sheet))


async def go_next(press: Press) -> Outcome:
    """Keep a page and go on, or show what is wrong on it."""
    return await _sent(press, _turned(press, Move.NEXT))


async def go_back(press: Press) -> Outcome:
    """Keep a page as it is and go back."""
    return await _sent(press, _turned(press, Move.BACK))


async def done(press: Press) -> Outcome:
    """Keep a page that the review led to and return there, or show what is wrong on it."""
    return await _sent(press, _turned(press, Move.DONE), returns=True)


async def leave(press: Press) -> Outcome:
    """Keep a page that the review led to as it is, and return there."""
    return await _sent(press, _turned(press, Move.LEAVE), returns=True)


async def later(press: Press) -> Outcome:
    """Keep a page as it is and put the form aside."""
    return await _sent(press, _turned(press, Move.STAY), puts_aside=True)


async def open_page(press: Press) -> Outcome:
    """Go from the review to the page of one question."""
    sheet, named = _read(press)
    place = "".join(named[:1])
    work = filling.went_to(press.ports, press.caller, sheet, place)
    return await _told(press, work, returns=True)


async def review(press: Press) -> Outcome:
    """Show the part of the review that holds one question."""
    sheet, named = _read(press)
    found = await filling.went_to(press.ports, press.caller, sheet, REVIEW)
    return review_screen(found, press.setting(), "".join(named[:1]))


async def hand_in(press: Press) -> Outcome:
    """Hand the response in, or show what is wrong with it."""
    sheet, named = _read(press)
    work = filling.hand_in(press.ports, press.caller, sheet, Sent(named, press.inputs))
    return await _sent(press, work, returns=True)


async def discard(press: Press) -> Outcome:
    """Throw away changes of what was handed in."""
    sheet, _ = _read(press)
    return _screen(press, await filling.discard(press.ports, press.caller, sheet))


async def _turned(press: Press, move: Move) -> Filling:
    sheet, named = _read(press)
    sent = Sent(named, press.inputs)
    return await filling.turn(press.ports, press.caller, sheet, sent, move)


async def _sent(
    press: Press,
    work: Awaitable[Filling | Receipt],
    *,
    returns: bool = False,
    puts_aside: bool = False,
) -> Outcome:
    """Show what came of a page; when it could not be kept, the page as it was sent."""
    try:
        return await _told(press, work, returns=returns, puts_aside=puts_aside)
    except NotSaved as failure:
        sheet, named = _read(press)
        if not named:
            raise
        sent = Sent(named, press.inputs)
        page = await filling.unsaved(press.ports, press.caller, sheet, sent)
        return page_screen(page, press.setting(sentence(press.texts, failure)), returns=returns)


async def _told(
    press: Press,
    work: Awaitable[Filling | Receipt],
    *,
    returns: bool = False,
    puts_aside: bool = False,
) -> Outcome:
    """Show what came of it; what may not be is told above what was handed in."""
    try:
        found = await work
    except (Closed, NotAllowed) as refused:
        receipt = await filling.receipt_of(press.ports, press.caller, press.envelope.action)
        return receipt_screen(receipt, press.setting(sentence(press.texts, refused)))
    if puts_aside and isinstance(found, Filling):
        return kept_screen(found, press.setting())
    return _screen(press, found, returns=returns)


def _screen(press: Press, found: Filling | Receipt, *, returns: bool = False) -> Outcome:
    if isinstance(found, Receipt):
        return receipt_screen(found, press.setting())
    return fill_screen(found, press.setting(), returns=returns)


def _read(press: Press) -> tuple[Sheet, tuple[str, ...]]:
    """Read which response a button is about, and which questions. Raises NotFound."""
    text, *named = press.envelope.argument.split() or ["1"]
    number = whole(text)
    if number is None or number < 1:
        raise NotFound("no_such_button")
    return Sheet(press.envelope.action, number, press.texts.reading), tuple(named)
