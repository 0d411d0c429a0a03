"""The audit log: a line is written in the transaction of the act that it tells of."""

from collections.abc import AsyncGenerator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.audit import Act
from actions.people import Person
from actions.ports import Ids
from storage.columns import Time, Words
from storage.pages import CHUNK
from storage.schema import audit as table
from storage.shared import Part

_WRITE = insert(table)


async def audit(connection: AsyncConnection, ids: Ids, *acts: Act | None) -> None:
    """Add lines to the audit log; None is what leaves none."""
    rows = [_row(ids, act) for act in acts if act is not None]
    if rows:
        await connection.execute(_WRITE, rows)


class AuditPart(Part):
    """What was managed."""

    async def note_act(self, act: Act) -> None:
        """Add a line for what is no act on something stored."""
        async with self._database.writing() as connection:
            await audit(connection, self._shared.ids, act)

    async def audited(self, since: datetime) -> AsyncGenerator[Sequence[Act], None]:
        """Give the lines from a time on, some at a time, the oldest first."""
        statement = select(table).where(table.c.at >= since)
        statement = statement.order_by(table.c.at, table.c.id).limit(CHUNK)
        page = statement
        while True:
            async with self._database.reading() as connection:
                rows = (await connection.execute(page)).all()
            if rows:
                yield [act_in(row) for row in rows]
            if len(rows) < CHUNK:
                return
            last = tuple_(literal(rows[-1].at, Time), literal(rows[-1].id, Words))
            page = statement.where(tuple_(table.c.at, table.c.id) > last)


def act_in(row: Row[Any]) -> Act:
    """Give what a row holds."""
    person = Person(row.person, row.name)
    return Act(row.at, row.tenant_id, person, row.verb, row.subject, row.detail)


def _row(ids: Ids, act: Act) -> dict[str, Any]:
    return {
        "id": ids.new(),
        "tenant_id": act.tenant_id,
        "at": act.at,
        "person": act.person.key,
        "name": act.person.name,
        "verb": act.verb,
        "subject": act.subject,
        "detail": dict(act.detail),
    }
