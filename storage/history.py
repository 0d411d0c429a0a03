"""The history's lines, written with what they tell of, and read newest first."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.history import Entry
from actions.people import Person
from actions.ports import Ids
from storage.schema import history
from storage.shared import Part

_WRITE = insert(history)


async def note(connection: AsyncConnection, ids: Ids, lines: Sequence[tuple[str, Entry]]) -> None:
    """Add lines to the history of actions, by their ids, in the order in which they stand."""
    if lines:
        rows = [_row(ids, action_id, entry) for action_id, entry in lines]
        await connection.execute(_WRITE, rows)


class HistoryPart(Part):
    """What was done."""

    async def history(
        self, action_id: str, before: str, limit: int
    ) -> Sequence[tuple[str, Entry]]:
        """Give lines of an action's history, the newest first, each with its name.

        Those `before` the line of that name, from the newest on where it is empty.
        """
        statement = select(history).where(history.c.action_id == action_id)
        if before:
            statement = statement.where(history.c.id < before)
        statement = statement.order_by(history.c.id.desc()).limit(limit)
        async with self._database.reading() as connection:
            rows = (await connection.execute(statement)).all()
        return [
            (row.id, Entry(row.at, Person(row.person, row.name), row.verb, row.detail))
            for row in rows
        ]


def _row(ids: Ids, action_id: str, entry: Entry) -> dict[str, Any]:
    return {
        "action_id": action_id,
        "id": ids.new(),
        "person": entry.person.key,
        "name": entry.person.name,
        "verb": entry.verb,
        "detail": entry.detail,
        "at": entry.at,
    }
