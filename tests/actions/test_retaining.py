"""What is kept for so many days, told by a clock that is set by hand."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from actions.action import Status
from actions.errors import NotFound
from actions.history import Entry
from actions.managing import close_due, reopen
from actions.ports import Ports
from actions.retaining import forget_old
from tests.actions.world import a_caller
from tests.fakes import (
    CountingIds,
    FakeRoster,
    FixedClock,
    MemoryStore,
    a_conversation,
    a_person,
    a_posting,
    an_action,
)

KEPT = timedelta(days=30)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
async def ports(clock: FixedClock) -> Ports:
    """Give an outside with an open action that closes in a week."""
    people = {a_conversation().id: [a_person("Ada")]}
    made = Ports(MemoryStore(clock), clock, CountingIds(), FakeRoster(people))
    action = an_action()
    await made.store.remember_conversation(a_conversation())
    await made.store.post(action, a_posting(action))
    return made


async def days_pass(ports: Ports, clock: FixedClock, days: int) -> None:
    """Let the clock do every hour what it does, and cards be shown."""
    for _ in range(24 * days):
        now = clock.advance(hours=1)
        await close_due(ports)
        await forget_old(ports, KEPT)
        for posting in await ports.store.claim(now, now, 10):
            action = await ports.store.action(posting.action_id)
            await ports.store.delivered(posting, "message", action.revision, now)


async def status(ports: Ports) -> Status:
    """Give where the action is in its life."""
    return (await ports.store.action("action")).status


async def test_an_action_is_deleted_a_month_after_it_closed_and_gone_after_two(
    ports: Ports, clock: FixedClock
) -> None:
    await days_pass(ports, clock, 7 + 30)
    assert await status(ports) is Status.CLOSED
    await days_pass(ports, clock, 1)
    assert await status(ports) is Status.DELETED
    await days_pass(ports, clock, 29)
    assert await status(ports) is Status.DELETED
    await days_pass(ports, clock, 2)
    with pytest.raises(NotFound):
        await status(ports)


async def test_an_action_that_is_open_is_kept_for_years(ports: Ports, clock: FixedClock) -> None:
    entry = Entry(clock.now(), a_person(), "edited")
    await ports.store.change("action", lambda a: replace(a, closes_at=None), entry)
    clock.advance(days=3 * 365)
    await days_pass(ports, clock, 1)
    assert await status(ports) is Status.ACTIVE


async def test_one_that_is_opened_again_is_kept_from_its_next_closing_on(
    ports: Ports, clock: FixedClock
) -> None:
    await days_pass(ports, clock, 7 + 29)
    again = await reopen(ports, a_caller(a_person("Ada")), "action")
    assert again.closes_at is not None
    open_for = (again.closes_at - clock.now()).days
    await days_pass(ports, clock, open_for + 29)
    assert await status(ports) is Status.CLOSED
    await days_pass(ports, clock, 3)
    assert await status(ports) is Status.DELETED


class Spoilt(MemoryStore):
    """Cannot read one of its actions."""

    async def expire(self, action_id: str, before: datetime, entry: Entry) -> bool:
        """Delete, unless it is the one."""
        if action_id == "action":
            raise ValueError("spoilt")
        return await super().expire(action_id, before, entry)


async def test_one_that_cannot_be_read_does_not_keep_the_others(clock: FixedClock) -> None:
    ports = Ports(Spoilt(clock), clock, CountingIds(), FakeRoster())
    for action_id in ("action", "b", "c"):
        old = clock.now() - 2 * KEPT
        action = an_action(action_id, status=Status.CLOSED, closed_at=old)
        await ports.store.post(action, a_posting(action))
    with pytest.raises(ValueError, match="spoilt"):
        await forget_old(ports, KEPT)
    assert (await ports.store.action("c")).status is Status.DELETED


async def test_nothing_is_done_twice(ports: Ports, clock: FixedClock) -> None:
    await close_due(ports)
    clock.advance(days=60)
    await close_due(ports)
    clock.advance(days=60)
    assert await forget_old(ports, KEPT) == 1
    assert await forget_old(ports, KEPT) == 0
