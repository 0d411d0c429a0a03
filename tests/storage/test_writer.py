"""The writer: who waits together is committed together, and the deliverer hears of it."""

import asyncio

from storage.engine import open_engine
from storage.store import SqlStore
from tests.fakes import CountingIds, FixedClock, a_change, an_action
from tests.storage.conftest import SECRET, posted
from tests.storage.databases import emptied


async def test_deliverer_is_woken_once_for_what_was_committed_together(
    database_url: str, clock: FixedClock
) -> None:
    woken: list[int] = []
    await emptied(database_url)
    engine = open_engine(database_url)
    store = SqlStore(engine, SECRET, CountingIds(), clock, lambda: woken.append(1))
    await posted(store)
    assert len(woken) == 1
    written = await asyncio.gather(*(store.respond(a_change(f"P{i}", "yes")) for i in range(100)))
    assert len(woken) == 2
    assert {one.action.revision for one in written} == {2}
    assert {one.tallies.responded for one in written} == {100}
    await store.respond(a_change("P1", "yes"))
    assert len(woken) == 2
    await store.close()


async def test_more_than_one_batch_holds_is_all_written(sql_store: SqlStore) -> None:
    await posted(sql_store, an_action())
    written = await asyncio.gather(
        *(sql_store.respond(a_change(f"P{i}", "yes")) for i in range(1200))
    )
    assert [one.changed for one in written] == [True] * 1200
    assert {one.action.revision for one in written} == {2, 3, 4}
    assert (await sql_store.tallies("action")).responded == 1200
