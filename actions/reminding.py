"""Reminders: who is asked again to respond, by a creator's press or by the clock."""

import asyncio
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from actions.action import Action
from actions.attendance import Spot, look_around, spots
from actions.caller import Caller
from actions.errors import MusterError
from actions.history import Entry
from actions.managing import CLOCK
from actions.notices import About, Notice, Round
from actions.people import Person
from actions.policy import check_manages, check_open, is_open
from actions.ports import Ports
from actions.questions import Answers
from actions.responses import Response
from actions.rows import is_left_to, ticks_of
from actions.viewing import View, reached, view

MOST_NAMED: Final = 50
"""How many of those whom no reminder reached are named."""

_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a press did: reminders to `sent` of the `missing` people are on their way."""

    missing: int
    sent: int

    @property
    def recent(self) -> int:
        """How many were not reminded again, since they were less than `SELDOM` ago."""
        return self.missing - self.sent


@dataclass(frozen=True, slots=True)
class Reminders:
    """What became of an action's last reminders, None if there were none yet."""

    view: View
    last: Round | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What someone is reminded of, and the message in a chat that shows it, if there is one."""

    action: Action
    spot: Spot | None


async def missing(ports: Ports, caller: Caller, action_id: str) -> int:
    """Give how many people a press would remind. Raises as `remind`."""
    return len(await candidates(ports, await _to_remind_of(ports, caller, action_id)))


async def remind(ports: Ports, caller: Caller, action_id: str) -> Reminded:
    """Put reminders on their way to everyone who is to respond and has not.

    Raises NotFound, NotAllowed, Closed, NotSaved.
    """
    action = await _to_remind_of(ports, caller, action_id)
    people, sent = await _send(ports, action, by=caller.person)
    return Reminded(people, sent)


async def remind_due(ports: Ports, limit: int = 20) -> int:
    """Remind of what it is time for; gives how many people that are.

    What has closed meanwhile, or should have, reminds nobody any more.
    """
    due = await ports.store.due_to_remind(ports.clock.now(), limit)
    return await side_by_side(_remind_by_clock(ports, action_id) for action_id in due)


async def candidates(ports: Ports, action: Action) -> Sequence[Person]:
    """Give everyone of the roster snapshot who is to respond and has not.

    Of attempts those who have finished none, of own checklists those who have an item open, of one
    that all share those to whom something is left.
    """
    if action.audience is None:
        return []
    found: list[Person] = []
    after, is_more = "", True
    while is_more:
        page = await ports.store.not_responded(action.id, "", after, _PAGE)
        found += [one.person for one in page.responses]
        after, is_more = page.following, bool(page.following)
    kept = action.content.checklist
    if kept is None:
        return found
    if kept.individual:
        return found + await _unfinished(ports, action)
    return [person for person in found if is_left_to(action, person)]


async def reminder(ports: Ports, notice: Notice) -> Asked | None:
    """Give what a reminder says; None when nobody waits for the person any more."""
    action = await ports.store.action(notice.action_id)
    if notice.person is None or not await is_waited_for(ports, action, notice.person):
        return None
    shown = await spots(ports, action)
    return Asked(action, shown[0] if shown else None)


async def is_waited_for(ports: Ports, action: Action, person: Person) -> bool:
    """Give whether someone still is to respond: a message may reach them late."""
    store, kept = ports.store, action.content.checklist
    expected = await store.in_audience(action.id, person.key)
    if expected is None or not is_open(action, ports.clock.now()):
        return False
    if kept is None:
        return not await store.took_part(action.id, person.key)
    if kept.individual:
        return _has_open_items(action, await store.answers(action.id, person.key))
    return is_left_to(action, person)


async def last_reminders(ports: Ports, caller: Caller, action_id: str) -> Reminders:
    """Give what became of the last reminders. Raises NotFound, NotAllowed."""
    seen = await view(ports, caller, action_id)
    check_manages(seen.action, caller.person.key)
    return Reminders(seen, await ports.store.last_round(action_id, MOST_NAMED))


async def side_by_side(works: Iterable[Awaitable[int]]) -> int:
    """Do it all at once, since Teams may be slow; gives the sum of what came of it.

    What fails is due again, and keeps nothing else from its turn. Raises what is no MusterError.
    """
    counts = await asyncio.gather(*works, return_exceptions=True)
    for broken in counts:
        if isinstance(broken, BaseException) and not isinstance(broken, MusterError):
            raise broken
    return sum(count for count in counts if isinstance(count, int))


async def _to_remind_of(ports: Ports, caller: Caller, action_id: str) -> Action:
    action = await reached(ports, caller, action_id)
    check_manages(action, caller.person.key)
    check_open(action, ports.clock.now())
    return action


async def _remind_by_clock(ports: Ports, action_id: str) -> int:
    action = await ports.store.action(action_id)
    if is_open(action, ports.clock.now()):
        _, sent = await _send(ports, action)
        return sent
    return await ports.store.remind(action_id, (), ports.clock.now(), by_clock=True)


async def _send(ports: Ports, action: Action, by: Person | None = None) -> tuple[int, int]:
    """Give how many people have not responded, and to how many of them a reminder goes now."""
    await look_around(ports, action)
    people, now = await candidates(ports, action), ports.clock.now()
    notices = _notices(ports, action, people, now)
    sent = await ports.store.remind(action.id, notices, now, by_clock=by is None)
    if sent:
        entry = Entry(now, by or CLOCK, "reminded", {"count": sent})
        await ports.store.record(action.id, entry)
    return len(people), sent


def _notices(
    ports: Ports, action: Action, people: Sequence[Person], now: datetime
) -> Sequence[Notice]:
    """Give the reminders of one round.

    Of an anonymous action their rows shall not tell whose they are: therefore they come in an
    order that nobody can work out, and not by the names of those who are known to be expected.
    """
    together = ports.ids.new()
    made = (
        Notice(
            id=ports.ids.of("reminder", together, str(ports.ids.chance())),
            about=About.REMINDER,
            tenant_id=action.tenant_id,
            action_id=action.id,
            person=person,
            locale=action.locale,
            round=together,
            created_at=now,
            expires_at=action.closes_at,
        )
        for person in people
    )
    return sorted(made, key=lambda notice: notice.id)


async def _unfinished(ports: Ports, action: Action) -> list[Person]:
    """Give who has begun their own checklist and has an item open; who joined later waits not."""

    def is_one(response: Response) -> bool:
        return _has_open_items(action, response.answers)

    begun: list[Person] = []
    after, is_more = "", True
    while is_more:
        page = await ports.store.matching(action.id, is_one, after, _PAGE)
        begun += [one.person for one in page.responses]
        after, is_more = page.following, bool(page.following)
    return [one for one in begun if await ports.store.in_audience(action.id, one.key)]


def _has_open_items(action: Action, answers: Answers | None) -> bool:
    """Give whether something is left to do for whose own checklist it is; to check is not."""
    ticks = ticks_of(action.content, answers)
    return any(item.id not in ticks for item in action.content.questions)
