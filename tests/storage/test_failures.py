"""When the database does not do as it is told."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from actions.errors import NotSaved
from actions.poll import QUESTION
from actions.responses import Standing
from storage.database import Database, Unreached
from storage.engine import open_engine
from storage.store import SqlStore
from tests.fakes import CountingIds, FixedClock, a_change, an_action
from tests.storage.conftest import SECRET, posted

POISONS: list[Any] = [2**80, object()]


@pytest.mark.parametrize("poison", POISONS)
async def test_row_that_the_database_refuses_fails_alone(
    sql_store: SqlStore, poison: object
) -> None:
    await posted(sql_store)

    def poisoned(_standing: Standing) -> Any:
        return {QUESTION: poison}

    changes = [a_change(f"P{i}", "yes") for i in range(20)]
    changes[7] = replace(changes[7], decide=poisoned)
    outcomes = await asyncio.gather(
        *(sql_store.respond(change) for change in changes), return_exceptions=True
    )
    assert isinstance(outcomes[7], NotSaved)
    assert not isinstance(outcomes[7], Unreached)
    assert (await sql_store.tallies("action")).responded == 19
    assert await sql_store.tallies("action") == await sql_store.recount("action")


async def test_database_out_of_reach_is_not_saved(clock: FixedClock) -> None:
    store = SqlStore(
        open_engine("postgresql://nobody:none@127.0.0.1:1/none"), SECRET, CountingIds(), clock
    )
    with pytest.raises(NotSaved):
        await store.action("action")
    outcomes = await asyncio.gather(
        *(store.respond(a_change(f"P{i}", "yes")) for i in range(5)), return_exceptions=True
    )
    assert all(isinstance(outcome, NotSaved) for outcome in outcomes)
    await store.close()


async def test_database_without_tables_is_not_saved(tmp_path: Path, clock: FixedClock) -> None:
    store = SqlStore(open_engine(f"sqlite:///{tmp_path}/empty.db"), SECRET, CountingIds(), clock)
    with pytest.raises(NotSaved):
        await store.action("action")
    await store.close()


async def test_broken_connections_are_made_anew(postgresql_url: str, sql_store: SqlStore) -> None:
    await posted(sql_store)
    await sql_store.respond(a_change("Ada", "yes"))
    if not sql_store._database.is_postgresql:
        return
    other = Database(open_engine(postgresql_url))
    async with other.writing() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        )
    await other.engine.dispose()
    outcomes = await asyncio.gather(
        *(sql_store.respond(a_change(f"P{i}", "no")) for i in range(5))
    )
    assert all(written.changed for written in outcomes)
    assert (await sql_store.tallies("action")).responded == 6


async def test_change_whose_commit_was_not_heard_of_counts_once(
    sql_store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection breaks after the commit, before the answer."""
    await posted(sql_store)
    commit = sql_store._writer._commit
    broken = 0

    async def unheard(changes: Any) -> Any:
        nonlocal broken
        result = await commit(changes)
        if not broken:
            broken += 1
            raise Unreached("not_saved")
        return result

    monkeypatch.setattr(sql_store._writer, "_commit", unheard)
    written = await sql_store.respond(a_change("Ada", "yes"))
    assert written.answers == {QUESTION: ("yes",)}
    assert written.tallies.responded == 1


async def test_closed_store_takes_nothing(sql_store: SqlStore) -> None:
    await posted(sql_store, an_action())
    await sql_store.close()
    with pytest.raises(NotSaved):
        await sql_store.respond(a_change("Ada", "yes"))
