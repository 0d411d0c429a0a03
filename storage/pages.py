"""Pages of long lists, and passes over all of an action's rows."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from itertools import chain, repeat
from typing import Any, TypeAlias

import orjson
from sqlalchemy import Row, Table, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.responses import Page, Response

CHUNK = 1000
"""How many rows a pass over all of them holds at a time."""

LOOKED_AT = 5 * CHUNK
"""How many responses are looked at for one page: a fraction of a second, at most a few.

Who looks for what is rare gets an answer in time, and goes on from there.
"""

Keep: TypeAlias = Callable[[Response], bool]
"""Gives whether a response is one that is looked for."""


def page_chunks() -> Iterator[int]:
    """Give how many rows to look at next for a page: few often fill it.

    Nor many at once later: while rows are decoded, nobody else is served.
    """
    return chain((50, 200), repeat(250))


async def in_chunks(
    connection: AsyncConnection,
    table: Table,
    key: str,
    action_id: str,
    after: str | bytes,
    sizes: Iterator[int] | None = None,
) -> AsyncIterator[Sequence[Row[Any]]]:
    """Give an action's rows, some at a time, in the order of `key`, those past `after`.

    Rows may be changed and removed on the way.
    """
    column = table.c[key]
    statement = (
        select(table)
        .where(table.c.action_id == action_id, column > bindparam("after", type_=column.type))
        .order_by(column)
    )
    for size in sizes or repeat(CHUNK):
        rows = (await connection.execute(statement.limit(size), {"after": after})).all()
        if rows:
            yield rows
            after = getattr(rows[-1], key)
        if len(rows) < size:
            return


def page_of(responses: Sequence[Response], marks: Sequence[str], limit: int) -> Page:
    """Give the page of `limit`, from one response more than that where there are more."""
    more = len(responses) > limit > 0
    return Page(tuple(responses[:limit]), marks[limit - 1] if more else "")


async def sift(
    chunks: AsyncIterator[Sequence[Row[Any]]],
    response_of: Callable[[Row[Any]], Response],
    mark_of: Callable[[Row[Any]], str],
    keep: Keep,
    limit: int,
) -> Page:
    """Give the page of the first `limit` that `keep` takes, of LOOKED_AT rows at most."""
    found: list[Response] = []
    marks: list[str] = []
    looked_at = 0
    async for rows in chunks:
        for row in rows:
            response = response_of(row)
            if keep(response):
                found.append(response)
                marks.append(mark_of(row))
            if len(found) > limit:
                return page_of(found, marks, limit)
        looked_at += len(rows)
        if looked_at >= LOOKED_AT:
            return Page(tuple(found), mark_of(rows[-1]))
    return Page(tuple(found))


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
