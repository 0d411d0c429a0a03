"""Answering page by page: what was typed is kept at every step, until it is handed in.

A response that was handed in stands and counts as it is while its author changes it: what is typed
then is kept beside it, and takes its place when it is handed in again.
"""

from dataclasses import replace
from datetime import datetime

from actions.action import Action
from actions.caller import Caller
from actions.entry import PLAIN, Reading
from actions.errors import Closed, InvalidAnswers, MusterError, NotAllowed, NotFound, Problem
from actions.kinds import Way, kind
from actions.policy import check_open, is_open, sees_results
from actions.ports import Ports
from actions.questions import Answers
from actions.responses import Change, Standing, Step, slot_of
from actions.sheet import (
    REVIEW,
    Filling,
    Move,
    Receipt,
    Sheet,
    filling_of,
    first_of,
    question_of,
)
from actions.typed import NOTHING_SENT, Sent, read, taken
from actions.viewing import check_reaches, reached


async def opened(
    ports: Ports, caller: Caller, action_id: str, reading: Reading = PLAIN
) -> Filling | Receipt:
    """Give the form that the caller is to fill in, or what they have handed in.

    A form that was begun, on whatever device, is gone on with. Raises NotFound.
    """
    receipt = await receipt_of(ports, caller, action_id)
    number = receipt.next_number if receipt.action.settings.several else 1
    if not receipt.is_open or receipt.is_sealed(number):
        return receipt
    filling = await _left(ports, receipt, Sheet(action_id, number, reading))
    return filling if filling.begun or not receipt.own else receipt


async def opened_at(ports: Ports, caller: Caller, sheet: Sheet) -> Filling | Receipt:
    """Give one of the caller's responses to go on with, to change or to begin.

    When it is closed, what was handed in. Raises NotFound, NotAllowed.
    """
    receipt = await receipt_of(ports, caller, sheet.action_id)
    if not receipt.is_open:
        return receipt
    filling = await _standing(ports, receipt, sheet)
    if filling.handed_in is not None:
        _check_may_change(filling.action)
        if not filling.begun and not filling.is_single:
            return replace(filling, at=REVIEW)
    return filling


async def receipt_of(ports: Ports, caller: Caller, action_id: str) -> Receipt:
    """Give what the caller has handed in. Raises NotFound."""
    action, key, now = (
        await reached(ports, caller, action_id),
        caller.person.key,
        ports.clock.now(),
    )
    if kind(action.kind).way is not Way.FORM:
        raise NotFound("no_such_button")
    own = tuple(await ports.store.own_responses(action_id, key))
    sees = sees_results(action, key, responded=bool(own), now=now)
    return Receipt(action, key, own, is_open(action, now), sees)


async def turn(ports: Ports, caller: Caller, sheet: Sheet, sent: Sent, move: Move) -> Filling:
    """Keep what a page sent, and give the page that its button leads to.

    Raises NotFound, NotAllowed; Closed, what was typed being kept.
    """
    before = await _stood(ports, caller, sheet)
    after = before.taking(sent, sheet.reading).moved(sent, move)
    return await _kept(ports, sheet, after, sent)


async def went_to(ports: Ports, caller: Caller, sheet: Sheet, place: str) -> Filling:
    """Give the page of a question with its problems told, or REVIEW. Raises as `turn`."""
    before = await _stood(ports, caller, sheet)
    kept = await _kept(ports, sheet, replace(before, at=place))
    return kept if place == REVIEW else kept.telling()


async def discard(ports: Ports, caller: Caller, sheet: Sheet) -> Receipt:
    """Throw away what was typed since the response was handed in. Raises NotFound."""
    before = await _stood(ports, caller, sheet)
    if before.begun and before.handed_in is not None:
        step = Step(sheet.action_id, before.slot, {}, forgets=True)
        await ports.store.keep_progress(step)
    return await receipt_of(ports, caller, sheet.action_id)


async def hand_in(
    ports: Ports, caller: Caller, sheet: Sheet, sent: Sent = NOTHING_SENT
) -> Filling | Receipt:
    """Make what was typed the caller's response; gives the form where it is not right yet.

    Doing it again does no more, for the number says which response it is. Raises NotFound,
    NotAllowed; Closed, what was typed being kept.
    """
    before = await _stood(ports, caller, sheet)
    if sent.questions and not before.is_single:
        return await turn(ports, caller, sheet, sent, Move.NEXT)
    after = before.taking(sent, sheet.reading)
    try:
        await ports.store.respond(_change(caller, sheet, after, ports.clock.now()))
    except (InvalidAnswers, NotAllowed, Closed) as refused:
        kept = await _kept(ports, sheet, after, sent)
        return await _refused(ports, caller, sheet, kept, refused)
    return await receipt_of(ports, caller, sheet.action_id)


async def unsaved(ports: Ports, caller: Caller, sheet: Sheet, sent: Sent) -> Filling:
    """Give a page that could not be kept as it was sent, to be sent again. Raises NotFound."""
    action = await ports.store.known(sheet.action_id)
    await check_reaches(ports, caller, action)
    values = taken(action.content, sent)
    page = tuple(q for q in action.content.questions if q.id in sent.questions)
    found = read(action.content, values, sheet.reading)
    slot = slot_of(caller.person.key, sheet.number)
    return Filling(action, slot, sheet.number, values, found, first_of(sent), given=page)


async def _stood(ports: Ports, caller: Caller, sheet: Sheet) -> Filling:
    return await _standing(ports, await receipt_of(ports, caller, sheet.action_id), sheet)


async def _standing(ports: Ports, receipt: Receipt, sheet: Sheet) -> Filling:
    """Give what stands of a response; there is no second one before the first was handed in."""
    most = receipt.next_number if receipt.action.settings.several else 1
    if sheet.number > most:
        raise NotFound("no_such_button")
    if receipt.is_sealed(sheet.number):
        raise NotAllowed("sealed")
    return await _left(ports, receipt, sheet)


async def _left(ports: Ports, receipt: Receipt, sheet: Sheet) -> Filling:
    kept = await ports.store.progress(sheet.action_id, slot_of(receipt.person, sheet.number))
    return filling_of(receipt, sheet, kept)


async def _kept(ports: Ports, sheet: Sheet, after: Filling, sent: Sent = NOTHING_SENT) -> Filling:
    """Keep a step; looking through a response that was handed in leaves nothing behind."""
    action = after.action
    if after.begun or not after.is_unchanged:
        if after.handed_in is not None:
            _check_may_change(action)
        values = taken(action.content, sent) if after.begun else after.values
        at = after.at if after.at == REVIEW or action.content.question(after.at) else ""
        progress = await ports.store.keep_progress(Step(action.id, after.slot, values, at))
        values = progress.values
        found = read(action.content, values, sheet.reading)
        after = replace(after, values=values, read=found, begun=True, resumed=False)
    _check_still_open(action, ports.clock.now())
    return after


def _change(caller: Caller, sheet: Sheet, after: Filling, now: datetime) -> Change:
    def decide(standing: Standing) -> Answers | None:
        """Read the form anew: the action may have been edited since its pages were shown."""
        action, old = standing.action, standing.old
        found = read(action.content, after.values, sheet.reading)
        if found.problems:
            raise InvalidAnswers(found.problems)
        if old == found.answers:
            return old
        _check_still_open(action, now)
        if old is not None:
            _check_may_change(action)
        if not found.answers:
            raise NotAllowed("nothing_answered")
        return found.answers

    action, person = after.action, caller.person
    watched = kind(action.kind).watched(action.content)
    return Change(action.id, after.slot, person, now, decide, watched, ends_progress=True)


async def _refused(
    ports: Ports, caller: Caller, sheet: Sheet, kept: Filling, refused: MusterError
) -> Filling:
    """Give the form where it says what is wrong; what is no fault of the form goes on up."""
    if isinstance(refused, InvalidAnswers):
        return await went_to(ports, caller, sheet, question_of(next(iter(refused.problems))))
    if refused.code != "nothing_answered":
        raise refused
    return replace(kept, refused=Problem(refused.code))


def _check_may_change(action: Action) -> None:
    if not action.settings.may_change:
        raise NotAllowed("handed_in")


def _check_still_open(action: Action, now: datetime) -> None:
    try:
        check_open(action, now)
    except Closed as closed:
        raise Closed("too_late") from closed
