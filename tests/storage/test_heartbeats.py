"""The processes that run, and what waits for them."""

import asyncio
from datetime import timedelta

from actions.timed_store import Heard, Queue
from storage.engine import open_engine
from storage.processes import _QUEUE
from storage.store import SqlStore
from tests.fakes import NOON, CountingIds, FixedClock, a_posting, an_action
from tests.storage.conftest import SECRET, AnyStore, opened, posted

LEASE = timedelta(seconds=30)
EMPTY = Queue(postings=0, notices=0, under_way=0, dead=0, oldest=0.0)


async def test_process_says_what_it_claims_and_hears_of_the_others(store: AnyStore) -> None:
    a, b = (
        Heard("a", NOON, has_ended=False, claims={"": [7, 60]}),
        Heard("b", NOON, has_ended=False, claims={"": [3, 30]}),
    )
    assert await store.heartbeat("a", NOON, a.claims) == [a]
    assert await store.heartbeat("b", NOON, b.claims) == [a, b]


async def test_newest_claims_hold(store: AnyStore, clock: FixedClock) -> None:
    await store.heartbeat("a", clock.now(), {"": [7, 60]})
    later = clock.advance(seconds=5)
    assert await store.heartbeat("a", later, {"": [3, 30]}) == [
        Heard("a", later, has_ended=False, claims={"": [3, 30]})
    ]


async def test_process_that_ends_is_remembered_for_what_it_claims(store: AnyStore) -> None:
    await store.heartbeat("a", NOON, {"": [7, 60]})
    await store.end_heartbeat("a", NOON, {"19:chat": [0, 12]})
    await store.end_heartbeat("c", NOON, {"": [0, 0]})
    a, b, c = await store.heartbeat("b", NOON, {})
    assert (a, c) == (
        Heard("a", NOON, has_ended=True, claims={"19:chat": [0, 12]}),
        Heard("c", NOON, has_ended=True, claims={"": [0, 0]}),
    )
    assert not b.has_ended


async def test_process_that_is_silent_for_hours_is_forgotten(
    store: AnyStore, clock: FixedClock
) -> None:
    await store.heartbeat("a", clock.now(), {})
    assert len(await store.heartbeat("b", clock.advance(hours=2), {})) == 2
    [alone] = await store.heartbeat("b", clock.advance(seconds=1), {})
    assert alone.id == "b"


async def test_of_processes_that_beat_at_once_one_at_least_knows_of_all(
    postgresql_url: str, clock: FixedClock
) -> None:
    """Who thinks to be alone uses all, so no two may think so."""
    stores = [await opened(postgresql_url, clock)]
    stores += [
        SqlStore(open_engine(postgresql_url), SECRET, CountingIds(), clock) for _ in range(3)
    ]
    heard = await asyncio.gather(
        *(store.heartbeat(f"{n}", clock.now(), {}) for n, store in enumerate(stores))
    )
    counts = [len(some) for some in heard]
    assert max(counts) == len(stores)
    assert counts.count(1) <= 1
    for store in stores:
        await store.close()


async def test_queue_is_empty_where_nothing_waits(store: AnyStore) -> None:
    assert await store.queue(NOON) == EMPTY


async def test_queue_counts_what_is_due_taken_and_given_up(
    store: AnyStore, clock: FixedClock
) -> None:
    for name in ("first", "second", "third"):
        action = an_action(name)
        await store.post(action, a_posting(action, conversation_id=name))
        clock.advance(seconds=10)
    now = clock.now()
    assert await store.queue(now) == Queue(3, 0, 0, 0, 30.0)
    taken = await store.claim(now, now + LEASE, 2)
    assert await store.queue(now) == Queue(1, 0, 2, 0, 10.0)
    await store.bury(taken[0], "MessageSizeTooBig")
    assert await store.queue(now) == Queue(1, 0, 1, 1, 10.0)


async def test_what_is_paced_does_not_wait_yet(store: AnyStore, clock: FixedClock) -> None:
    action = await posted(store)
    [posting] = await store.claim(NOON, NOON + LEASE, 1)
    await store.delivered(posting, "1:message", 0, NOON + timedelta(seconds=2))
    assert action.revision > 0
    assert await store.queue(clock.advance(seconds=1)) == EMPTY
    assert await store.queue(clock.advance(seconds=4)) == Queue(1, 0, 0, 0, 3.0)


async def test_what_is_postponed_does_not_wait_yet(store: AnyStore, clock: FixedClock) -> None:
    await posted(store)
    [posting] = await store.claim(NOON, NOON + LEASE, 1)
    await store.postpone(posting, NOON + timedelta(minutes=1))
    assert await store.queue(clock.now()) == EMPTY
    assert (await store.queue(clock.advance(minutes=1))).postings == 1


async def test_looking_at_the_queue_reads_what_waits_however_much_is_stored(
    sqlite_url: str, clock: FixedClock
) -> None:
    store = await opened(sqlite_url, clock)
    async with store._database.reading() as connection:
        statement = str(_QUEUE.compile(connection.sync_engine))
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", (NOON,) * 6)
        steps = [str(row.detail) for row in plan]
    await store.close()
    reads = [step for step in steps if step.startswith(("SCAN", "SEARCH")) and "ROW" not in step]
    assert reads
    assert all("USING" in step and "ix_" in step for step in reads), steps
