"""Responses with names, as they are read."""

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from itertools import repeat
from typing import Any

from sqlalchemy import Row, Select, exists, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action
from actions.attempts import restored
from actions.errors import NotFound
from actions.people import Person
from actions.responses import Page, Response, number_of
from storage.audience import audience_page
from storage.columns import Time, Words
from storage.pages import CHUNK, Keep, mark, page_chunks, page_of, place, sift
from storage.schema import audience, responses
from storage.text import containing

_BEGUN = exists().where(
    responses.c.action_id == audience.c.action_id,
    responses.c.slot == audience.c.person,
)
_ABSENT = ~_BEGUN.where(responses.c.submitted_at.is_not(None))
_BY_NAME = tuple_(responses.c.folded, responses.c.slot)
_ORDER = tuple_(responses.c.submitted_at, responses.c.slot)
_NEWEST_FIRST = (responses.c.submitted_at.desc(), responses.c.slot.desc())
_OLDEST_FIRST = (responses.c.submitted_at, responses.c.slot)

_Place = tuple[datetime, str]


class NamedLists:
    """The table `responses`, newest first, or oldest first when all are wanted."""

    async def responded(
        self, connection: AsyncConnection, action: Action, search: str, after: str, limit: int
    ) -> Page:
        """Give who responded, newest first, with their answers."""
        statement = _from(action.id, _start(after), newest=True)
        if search.strip():
            statement = statement.where(responses.c.folded.like(containing(search), escape="\\"))
        rows = (await connection.execute(statement.limit(limit + 1))).all()
        return page_of([_response(action, row) for row in rows], [_mark(r) for r in rows], limit)

    async def not_responded(
        self, connection: AsyncConnection, action: Action, search: str, after: str, limit: int
    ) -> Page:
        """Give who did not respond, by name."""
        return await audience_page(connection, action.id, search, after, limit, _ABSENT)

    async def not_begun(
        self, connection: AsyncConnection, action: Action, search: str, after: str, limit: int
    ) -> Page:
        """Give who of the audience has no row at all, by name."""
        return await audience_page(connection, action.id, search, after, limit, ~_BEGUN)

    async def under_way(
        self, connection: AsyncConnection, action: Action, search: str, after: str, limit: int
    ) -> Page:
        """Give whose row does not count yet, by name."""
        statement = select(responses).where(
            responses.c.action_id == action.id, responses.c.submitted_at.is_(None)
        )
        if search.strip():
            statement = statement.where(responses.c.folded.like(containing(search), escape="\\"))
        if (start := place(after, 2)) is not None:
            here = tuple_(*(literal(part, Words) for part in start))
            statement = statement.where(here < _BY_NAME)
        statement = statement.order_by(responses.c.folded, responses.c.slot).limit(limit + 1)
        rows = (await connection.execute(statement)).all()
        marks = [mark(row.folded, row.slot) for row in rows]
        return page_of([_response(action, row) for row in rows], marks, limit)

    async def own(
        self, connection: AsyncConnection, action: Action, person_key: str
    ) -> Sequence[Response]:
        """Give someone's responses; their slots lie together, from the key to the key and `#…`."""
        statement = select(responses).where(
            responses.c.action_id == action.id,
            responses.c.slot >= person_key,
            responses.c.slot < f"{person_key}$",  # The sign that follows `#`.
            responses.c.person == person_key,
        )
        rows = (await connection.execute(statement)).all()
        found = [_response(action, row) for row in rows]
        return sorted(found, key=lambda one: number_of(one.slot, one.person.key))

    async def one(
        self, connection: AsyncConnection, action: Action, slot: str
    ) -> tuple[Response, str, str]:
        """Give one response, and the slots of its neighbours. Raises NotFound."""
        statement = select(responses).where(
            responses.c.action_id == action.id, responses.c.slot == slot
        )
        row = (await connection.execute(statement)).one_or_none()
        if row is None:
            raise NotFound("no_such_response")
        if row.submitted_at is None:
            return _response(action, row), "", ""
        here = (row.submitted_at, row.slot)
        newer = _from(action.id, here, newest=False).with_only_columns(responses.c.slot).limit(1)
        older = _from(action.id, here, newest=True).with_only_columns(responses.c.slot).limit(1)
        return (
            _response(action, row),
            (await connection.execute(newer)).scalar() or "",
            (await connection.execute(older)).scalar() or "",
        )

    async def matching(
        self, connection: AsyncConnection, action: Action, keep: Keep, after: str, limit: int
    ) -> Page:
        """Give a page of the responses that `keep` takes, newest first."""
        chunks = _in_order(connection, action.id, _start(after), page_chunks(), newest=True)
        return await sift(chunks, lambda row: _response(action, row), _mark, keep, limit)

    async def all_of(
        self, connection: AsyncConnection, action: Action
    ) -> AsyncIterator[Sequence[Response]]:
        """Give all responses, some at a time, oldest first."""
        async for rows in _in_order(connection, action.id, None, repeat(CHUNK), newest=False):
            yield [_response(action, row) for row in rows]


def _from(action_id: str, start: _Place | None, *, newest: bool) -> Select[Any]:
    """Select the responses that come after a place in the order."""
    statement = select(responses).where(
        responses.c.action_id == action_id, responses.c.submitted_at.is_not(None)
    )
    if start is not None:
        here = tuple_(literal(start[0], Time), literal(start[1], Words))
        statement = statement.where(here > _ORDER if newest else here < _ORDER)
    return statement.order_by(*(_NEWEST_FIRST if newest else _OLDEST_FIRST))


async def _in_order(
    connection: AsyncConnection,
    action_id: str,
    start: _Place | None,
    sizes: Iterator[int],
    *,
    newest: bool,
) -> AsyncIterator[Sequence[Row[Any]]]:
    for size in sizes:
        statement = _from(action_id, start, newest=newest).limit(size)
        rows = (await connection.execute(statement)).all()
        if rows:
            yield rows
            start = (rows[-1].submitted_at, rows[-1].slot)
        if len(rows) < size:
            return


def _response(action: Action, row: Row[Any]) -> Response:
    answers = restored(action.content, row.answers)
    person = Person(row.person, row.name, row.mri)
    return Response(person, answers, row.submitted_at, row.slot)


def _mark(row: Row[Any]) -> str:
    return mark(row.submitted_at.isoformat(), row.slot)


def _start(after: str) -> _Place | None:
    parts = place(after, 2)
    if parts is None:
        return None
    try:
        at = datetime.fromisoformat(parts[0])
    except ValueError:
        return None
    return (at, parts[1]) if at.tzinfo is not None else None
