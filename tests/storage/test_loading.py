"""Reading actions whose content changes all the time, as that of a checklist does."""

import asyncio
from dataclasses import replace
from typing import Any, cast

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action
from actions.history import Entry
from storage.engine import open_engine
from storage.store import SqlStore
from tests.fakes import NOON, CountingIds, FixedClock, a_person
from tests.storage.conftest import SECRET, opened, posted

ENTRY = Entry(NOON, a_person("Ada"), "edited")


def retitled(action: Action) -> Action:
    """Give it a title that no revision before had."""
    return replace(action, content=replace(action.content, title=f"{action.revision}"))


class Interrupted:
    """A connection on which an action changes after the first statement."""

    def __init__(self, connection: AsyncConnection, store: SqlStore) -> None:
        self.connection, self.store, self.changes = connection, store, 1

    async def execute(self, *statement: Any) -> Any:
        """Execute a statement, and let the action change."""
        result = await self.connection.execute(*statement)
        if self.changes:
            self.changes -= 1
            await self.store.change("action", retitled, ENTRY)
        return result


async def test_what_another_process_changes_while_it_is_read_is_given_as_it_is_then(
    database_url: str, clock: FixedClock
) -> None:
    store = await opened(database_url, clock)
    other = SqlStore(open_engine(database_url), SECRET, CountingIds(), clock)
    await posted(store)
    await other.change("action", retitled, ENTRY)
    async with store._database.reading() as connection:
        interrupted = cast("AsyncConnection", Interrupted(connection, other))
        read = await store._shared.loader.one(interrupted, "action")
    assert (read.revision, read.content.title) == (3, "2")
    assert read == await store.action("action")
    await store.close()
    await other.close()


async def test_many_read_what_many_change(database_url: str, clock: FixedClock) -> None:
    store = await opened(database_url, clock)
    await posted(store)

    async def read() -> None:
        for _ in range(20):
            action = await store.action("action")
            assert action.content.title == f"{action.revision - 1}" or action.revision == 1

    changes = [store.change("action", retitled, ENTRY) for _ in range(40)]
    await asyncio.gather(*changes, *(read() for _ in range(5)))
    assert (await store.action("action")).revision == 41
    await store.close()


async def test_of_all_revisions_of_a_content_one_is_remembered(
    database_url: str, clock: FixedClock
) -> None:
    store = await opened(database_url, clock)
    await posted(store)
    for _ in range(5):
        await store.change("action", retitled, ENTRY)
    assert len(store._shared.loader._known) == 1
    await store.close()


async def test_a_place_in_the_history_that_makes_no_sense_is_none(
    database_url: str, clock: FixedClock
) -> None:
    store = await opened(database_url, clock)
    await posted(store)
    await store.change("action", retitled, ENTRY)
    for start in ("\x00", "\ud800", "~" * 10_000, "' or 1=1"):
        assert len(await store.history("action", start, 5)) <= 1
    await store.close()
