"""Pages of long lists, and passes over all of an action's rows."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import orjson
from sqlalchemy import Row, Table, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.responses import Page, Response

CHUNK = 1000
"""How many rows a pass over all of them holds at a time."""


async def in_chunks(
    connection: AsyncConnection, table: Table, key: str, action_id: str, after: str | bytes
) -> AsyncIterator[Sequence[Row[Any]]]:
    """Give an action's rows, some at a time, in the order of `key`, those past `after`.

    Rows may be changed and removed on the way.
    """
    column = table.c[key]
    statement = (
        select(table)
        .where(table.c.action_id == action_id, column > bindparam("after", type_=column.type))
        .order_by(column)
        .limit(CHUNK)
    )
    more = True
    while more:
        rows = (await connection.execute(statement, {"after": after})).all()
        if rows:
            yield rows
            after = getattr(rows[-1], key)
        more = len(rows) == CHUNK


def page_of(responses: Sequence[Response], marks: Sequence[str], limit: int) -> Page:
    """Give the page of `limit`, from one response more than that where there are more."""
    more = len(responses) > limit > 0
    return Page(tuple(responses[:limit]), marks[limit - 1] if more else "")


def mark(*parts: str) -> str:
    """Give the mark of a place in a list, for the page that follows."""
    return orjson.dumps(parts).decode()


def place(marked: str, parts: int) -> list[str] | None:
    """Read a mark, None for the start of the list; what cannot be read is that, too."""
    try:
        read = orjson.loads(marked)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(read, list) or len(read) != parts:
        return None
    return read if all(isinstance(part, str) for part in read) else None
