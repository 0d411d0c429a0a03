"""Verbs that take a quiz or training, question by question."""

from collections.abc import Awaitable

from actions import completing, taking
from actions.errors import Closed, NotAllowed, NotFound, NotSaved
from actions.sitting import Sitting
from actions.typed import Sent
from bot.press import Outcome, Press
from cards.sentences import sentence
from dialogs.place import whole
from dialogs.take import done_screen, opened_screen, stale, standing_screen
from dialogs.take_frame import LEFT, Seat
from dialogs.take_page import kept_screen
from dialogs.take_result import certificate_screen, result_screen
from dialogs.take_review import review_screen


async def open_cover(press: Press) -> Outcome:
    """Open the cover, or the result where nothing more can be done."""
    return opened_screen(_seat(press, await _stands(press)), press.envelope.argument)


async def begin(press: Press) -> Outcome:
    """Begin an attempt; one that was begun before is gone on with."""
    number, _ = _numbered(press)
    work = taking.begin(press.ports, press.caller, press.envelope.action, number)
    try:
        sitting = await work
    except NotAllowed as refused:
        notice = sentence(press.texts, refused)
    except Closed:
        # The cover and the result say so themselves.
        notice = ""
    else:
        return standing_screen(_seat(press, sitting))
    return opened_screen(_seat(press, await _stands(press), notice))


async def answer(press: Press) -> Outcome:
    """Give an answer; where it could not be kept, the page as it was sent."""
    number, (question_id, _) = _numbered(press)
    ports, caller, action_id = press.ports, press.caller, press.envelope.action
    sent, reading = Sent((question_id,), press.inputs), press.texts.reading
    try:
        sitting = await taking.answer(ports, caller, action_id, number, sent, reading)
    except NotSaved as failure:
        sitting = await taking.unsaved(ports, caller, action_id, sent)
        return standing_screen(_seat(press, sitting, sentence(press.texts, failure)))
    notice = stale(sitting, number, question_id, press.texts)
    return done_screen(_seat(press, sitting, notice), number, question_id)


async def pass_over(press: Press) -> Outcome:
    """Go on without an answer, or from a lesson."""
    number, (question_id, part) = _numbered(press)
    ports, caller, action_id = press.ports, press.caller, press.envelope.action
    try:
        sitting = await taking.pass_over(ports, caller, action_id, number, question_id)
    except NotAllowed as refused:
        seat = _seat(press, await _stands(press), sentence(press.texts, refused))
        return standing_screen(seat, whole(part))
    return done_screen(_seat(press, sitting), number, question_id)


async def go_on(press: Press) -> Outcome:
    """Go on from what is said of a question to the next page, whose time begins."""
    number, _ = _numbered(press)
    work = taking.go_on(press.ports, press.caller, press.envelope.action, number)
    return standing_screen(_seat(press, await work))


async def page(press: Press) -> Outcome:
    """Show what one is at, or a page that was seen before; of a long lesson one part."""
    question_id, part = _named(press.envelope.argument.split())
    await _put_aside(press)
    ports, caller, action_id = press.ports, press.caller, press.envelope.action
    sitting = await taking.gone_back(ports, caller, action_id, question_id)
    is_there = sitting.page is not None and sitting.page.id == question_id
    return standing_screen(_seat(press, sitting), whole(part) if is_there else 0)


async def later(press: Press) -> Outcome:
    """Put it aside, with what was typed."""
    await _put_aside(press)
    sitting = await _stands(press)
    seat = _seat(press, sitting)
    return standing_screen(seat) if sitting.running is None else kept_screen(seat)


async def result(press: Press) -> Outcome:
    """Show the result of an attempt that has ended, of the newest where none is named."""
    seat = _seat(press, await _stands(press))
    number = _ended(seat.sitting, press.envelope.argument)
    return result_screen(seat, number) if number else opened_screen(seat)


async def review(press: Press) -> Outcome:
    """Show a page of one's own answers of an attempt that has ended."""
    number, page_number = _named(press.envelope.argument.split())
    seat = _seat(press, await _stands(press))
    ended = _ended(seat.sitting, number)
    return review_screen(seat, ended, whole(page_number)) if ended else opened_screen(seat)


async def certificate(press: Press) -> Outcome:
    """Show one's certificate, which is given out the first time."""
    ports, caller, action_id = press.ports, press.caller, press.envelope.action
    try:
        sitting, given = await completing.certified(ports, caller, action_id)
    except NotAllowed as refused:
        seat = _seat(press, await _stands(press), sentence(press.texts, refused))
        return opened_screen(seat)
    address = press.handover.certificate(given.code)
    return certificate_screen(_seat(press, sitting), given, address)


async def _put_aside(press: Press) -> None:
    """Keep what was typed into the page that is left, if it was a question."""
    number, question_id = _named(press.inputs.get(LEFT, "").split())
    if question_id:
        ports, caller, action_id = press.ports, press.caller, press.envelope.action
        sent = Sent((question_id,), press.inputs)
        await taking.put_aside(ports, caller, action_id, whole(number), question_id, sent)


def _stands(press: Press) -> Awaitable[Sitting]:
    return taking.opened(press.ports, press.caller, press.envelope.action)


def _seat(press: Press, sitting: Sitting, notice: str = "") -> Seat:
    action_id, person = sitting.action.id, sitting.person

    def address(lesson_id: str, link_id: str) -> str:
        return press.handover.open_link(action_id, person, lesson_id, link_id)

    time_zone = press.caller.time_zone or sitting.action.time_zone
    return Seat(sitting, press.setting(notice), time_zone, address)


def _ended(sitting: Sitting, text: str) -> int:
    """Give the number of an attempt that has ended: the one that is named, else the newest.

    0 where there is none.
    """
    ended = [n for n, one in enumerate(sitting.attempts.attempts, 1) if one.ended is not None]
    number = whole(text)
    return number if number in ended else (ended or [0])[-1]


def _numbered(press: Press) -> tuple[int, tuple[str, str]]:
    """Read which attempt a button is about, and which page. Raises NotFound."""
    text, *named = press.envelope.argument.split() or [""]
    number = whole(text)
    if number < 1:
        raise NotFound("no_such_button")
    return number, _named(named)


def _named(words: list[str]) -> tuple[str, str]:
    first, second, *_ = [*words, "", ""]
    return first, second
