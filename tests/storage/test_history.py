"""The history: lines that stay beside a change, and lines of their own."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from actions.errors import NotFound
from actions.history import Entry
from storage.schema import history
from storage.store import SqlStore
from tests.fakes import NOON, a_person
from tests.storage.conftest import AnyStore, posted

EXPORTED = Entry(NOON, a_person("Ada"), "exported", {"format": "csv"})


async def lines(store: AnyStore, action_id: str) -> list[Entry]:
    """Give an action's history, the oldest line first."""
    if not isinstance(store, SqlStore):
        return store.posted[action_id].history
    statement = select(history).where(history.c.action_id == action_id).order_by(history.c.id)
    async with store._database.reading() as connection:
        rows = (await connection.execute(statement)).all()
    return [Entry(r.at, replace(a_person("Ada"), name=r.name), r.verb, r.detail) for r in rows]


async def test_a_line_is_added_and_the_action_stays_as_it_is(store: AnyStore) -> None:
    action = await posted(store)
    for _ in range(2):
        await store.record(action.id, EXPORTED)
    assert await lines(store, action.id) == [EXPORTED, EXPORTED]
    assert await store.action(action.id) == action


async def test_of_what_was_deleted_no_more_is_written_down(store: AnyStore) -> None:
    action = await posted(store)
    await store.record(action.id, EXPORTED)
    await store.delete(action.id, Entry(NOON, a_person("Ada"), "deleted"))
    with pytest.raises(NotFound, match="deleted"):
        await store.record(action.id, EXPORTED)
    with pytest.raises(NotFound, match="no_such_action"):
        await store.record("another", EXPORTED)
    assert [line.verb for line in await lines(store, action.id)] == ["deleted"]
