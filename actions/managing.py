"""What creators do with their actions once posted: close, re-open, delete, list."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from actions import telling
from actions.action import Action, Status
from actions.caller import Caller
from actions.due import default_due, with_reminder
from actions.errors import MusterError
from actions.history import Entry
from actions.people import Person
from actions.policy import check_manages, is_open
from actions.ports import Ports, Store
from actions.viewing import reached

CLOCK = Person("clock", "Muster")
"""Who closed an action that closed by itself."""


async def close(ports: Ports, caller: Caller, action_id: str) -> Action:
    """Close an action now; closing twice is no error. Raises NotFound, NotAllowed."""
    await _check(ports, caller, action_id)
    now = ports.clock.now()
    entry = Entry(now, caller.person, "closed")
    return await ports.store.change(action_id, lambda action: _closed(action, now), entry)


async def close_due(ports: Ports, limit: int = 1000) -> int:
    """Close every action whose due time has passed, wherever the process was meanwhile.

    Due times are whole half hours mostly, so hundreds may be due at once.
    """
    now = ports.clock.now()
    due = await ports.store.due_to_close(now, limit)
    entry, closed, broken = Entry(now, CLOCK, "closed"), 0, None
    for action_id in due:
        # One that was deleted just now, or cannot be read, does not keep the others open.
        try:
            await ports.store.change(action_id, lambda a: _closed_if_due(a, now), entry)
            closed += 1
        except MusterError:
            continue
        except Exception as error:  # noqa: BLE001 - raised below, once all had their turn
            broken = error
    if broken is not None:
        raise broken
    return closed


async def close_at_once(store: Store, action_ids: Iterable[str], now: datetime) -> None:
    """Close actions that cannot go on, whoever made them."""
    entry = Entry(now, CLOCK, "closed")
    for action_id in action_ids:
        await store.change(action_id, lambda action: _closed(action, now), entry)


async def reopen(ports: Ports, caller: Caller, action_id: str) -> Action:
    """Take responses again; a due time that has passed is moved on. Raises as `close`."""
    await _check(ports, caller, action_id)
    now = ports.clock.now()

    def opened(action: Action) -> Action:
        if is_open(action, now):
            return action
        passed = action.closes_at is not None and action.closes_at <= now
        closes_at = default_due(now, action.time_zone) if passed else action.closes_at
        again = replace(action, status=Status.ACTIVE, closed_at=None, closes_at=closes_at)
        return telling.reopened(with_reminder(again, now), now)

    return await ports.store.change(action_id, opened, Entry(now, caller.person, "reopened"))


async def delete(ports: Ports, caller: Caller, action_id: str) -> None:
    """Delete an action and all its responses for good. Raises as `close`."""
    await _check(ports, caller, action_id)
    await ports.store.delete(action_id, Entry(ports.clock.now(), caller.person, "deleted"))


async def _check(ports: Ports, caller: Caller, action_id: str) -> None:
    check_manages(await reached(ports, caller, action_id), caller.person.key)


def _closed(action: Action, now: datetime) -> Action:
    if action.status is not Status.ACTIVE:
        return action
    closed = replace(action, status=Status.CLOSED, closed_at=now, remind_at=None)
    return telling.closed(closed, now)


def _closed_if_due(action: Action, now: datetime) -> Action:
    """The due time may have been moved since it was looked up."""
    due = action.closes_at is not None and action.closes_at <= now
    return _closed(action, action.closes_at or now) if due else action
