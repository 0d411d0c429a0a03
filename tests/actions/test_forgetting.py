"""Forgetting what was sent long ago."""

from datetime import timedelta

from actions.forgetting import KEPT, forget_notices
from actions.notices import About, Notice, Outcome
from actions.ports import Ports
from tests.fakes import NOON, TENANT, CountingIds, FakeRoster, FixedClock, MemoryStore


async def test_messages_are_forgotten_ninety_days_after_they_were_sent() -> None:
    clock = FixedClock()
    store = MemoryStore(clock)
    ports = Ports(store, clock, CountingIds(), FakeRoster())
    await store.add_notices([Notice(f"n{n}", About.CLOSED, TENANT) for n in range(3)])
    for notice in await store.claim_notices(NOON, NOON + timedelta(minutes=1), 2):
        await store.settle_notice(notice, Outcome.SENT, NOON)
    clock.time = NOON + KEPT
    assert await forget_notices(ports) == 0
    clock.advance(seconds=1)
    assert await forget_notices(ports, limit=1) == 1
    assert await forget_notices(ports) == 1
    assert await forget_notices(ports) == 0
    assert list(store.sending) == ["n2"]
