"""The roster snapshot: who is expected to respond."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    bindparam,
    delete,
    insert,
    literal,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action
from actions.people import Person
from actions.responses import Page, Response
from storage.among import Among
from storage.columns import Words
from storage.pages import CHUNK, mark, page_of, place
from storage.schema import audience
from storage.text import clean, containing, folded

_HELD = select(audience.c.person).where(
    audience.c.action_id == bindparam("action_id"),
    Among(audience.c.person, "people"),
)


async def late_among(
    connection: AsyncConnection, action: Action, people: Collection[str]
) -> set[str]:
    """Give which of the people the roster snapshot does not hold; none before it is taken."""
    if action.audience is None or not people:
        return set()
    stored = {clean(person): person for person in people}
    asked = {"action_id": action.id, "people": sorted(stored)}
    held = (await connection.execute(_HELD, asked)).scalars()
    return set(people) - {stored[person] for person in held}


async def replace_audience(
    connection: AsyncConnection, action_id: str, people: Iterable[Person]
) -> int:
    """Keep a roster snapshot in place of an earlier one; gives how many people it has."""
    rows = [
        {
            "action_id": action_id,
            "person": person.key,
            "name": person.name,
            "mri": person.mri,
            "folded": folded(person.name),
        }
        for person in {person.key: person for person in people}.values()
    ]
    await connection.execute(delete(audience).where(audience.c.action_id == action_id))
    for start in range(0, len(rows), CHUNK):
        await connection.execute(insert(audience), rows[start : start + CHUNK])
    return len(rows)


async def audience_page(
    connection: AsyncConnection,
    action_id: str,
    search: str,
    after: str,
    limit: int,
    only: ColumnElement[bool] | None = None,
) -> Page:
    """Give a page of people of the snapshot by name, all or only some of them."""
    rows = await audience_after(connection, action_id, search, after, limit + 1, only)
    people = [Response(Person(r.person, r.name, r.mri), None, None) for r in rows]
    return page_of(people, [mark(r.folded, r.person) for r in rows], limit)


async def audience_after(
    connection: AsyncConnection,
    action_id: str,
    search: str,
    after: str,
    limit: int,
    only: ColumnElement[bool] | None = None,
) -> Sequence[Row[Any]]:
    """Give rows of the snapshot by name, those after a mark of `folded` and `person`."""
    statement = select(audience).where(audience.c.action_id == action_id)
    if search.strip():
        statement = statement.where(audience.c.folded.like(containing(search), escape="\\"))
    if (start := place(after, 2)) is not None:
        here = tuple_(audience.c.folded, audience.c.person)
        statement = statement.where(here > tuple_(*(literal(part, Words) for part in start)))
    if only is not None:
        statement = statement.where(only)
    statement = statement.order_by(audience.c.folded, audience.c.person).limit(limit)
    return (await connection.execute(statement)).all()
