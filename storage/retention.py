"""What is older than an operator wants it kept, some at a time; nothing that is open."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, delete, exists, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Status
from storage.among import Among
from storage.posting import OUTLIVED
from storage.schema import (
    actions,
    certificates,
    drafts,
    history,
    managers,
    notices,
    postings,
    series,
)
from storage.shared import Part

_IS_CLOSED = text("actions.status = 'closed'")  # As it stands in the partial index.
_IS_DELETED = text("actions.status = 'deleted'")


class RetentionPart(Part):
    """What goes by its age; of several processes that look at once each finds what is left."""

    async def closed_before(self, before: datetime, limit: int) -> Sequence[str]:
        """Give the ids of actions that have been closed since before a time, the oldest first."""
        closed = select(actions.c.id).where(_IS_CLOSED, actions.c.closed_at < before)
        statement = closed.order_by(actions.c.closed_at).limit(limit)
        async with self._database.reading() as connection:
            return (await connection.execute(statement)).scalars().all()

    async def forget_old(self, before: datetime, limit: int) -> int:
        """Remove what is left of deleted actions, and what else is old; gives how much.

        A transaction for each table: who deletes an action has its lock before others.
        """
        done = 0
        for table, is_old in _old(before):
            some = select(table.primary_key.columns[0]).where(is_old).limit(limit)
            async with self._database.writing() as connection:
                ids = (await connection.execute(some)).scalars().all()
                if ids:
                    await _delete(connection, table, table.primary_key.columns[0], ids)
                if ids and table is series:
                    for typed in (drafts.c.id, drafts.c.edits):
                        await _delete(connection, drafts, typed, ids)
            done += len(ids)
        return done + await self._forget_actions(before, limit)

    async def _forget_actions(self, before: datetime, limit: int) -> int:
        async with self._database.writing() as connection:
            asked = _gone(before).limit(limit).with_for_update(skip_locked=True, of=actions)
            ids = (await connection.execute(asked)).scalars().all()
            if ids:
                await _outlive(connection, ids)
                for table in (*OUTLIVED, history, managers, postings, notices):
                    await _delete(connection, table, table.c.action_id, ids)
                await _delete(connection, actions, actions.c.id, ids)
        return len(ids)


def _old(before: datetime) -> Sequence[tuple[Table, ColumnElement[bool]]]:
    untouched = drafts.c.posted_at.is_(None) & (drafts.c.updated_at < before)
    is_there = exists().where(
        actions.c.id == certificates.c.action_id, actions.c.status != Status.DELETED.value
    )
    left = exists().where(
        text("actions.series <> ''"),
        actions.c.series == series.c.id,
        or_(actions.c.status != Status.DELETED.value, actions.c.created_at >= before),
    )
    is_over = series.c.next_at.is_(None) & (series.c.stopped == "")
    return (
        (drafts, untouched),
        (notices, notices.c.settled_at < before),
        (series, is_over & (series.c.starts_at < before) & ~left),
        (certificates, (certificates.c.valid_until < before) & ~is_there),
    )


def _gone(before: datetime) -> Select[Any]:
    """Give deleted actions all of whose cards say so, or can never be updated again."""
    deleted_since = exists().where(
        history.c.action_id == actions.c.id, history.c.at >= before, history.c.verb == "deleted"
    )
    is_on_its_way = exists().where(
        postings.c.action_id == actions.c.id,
        postings.c.dead_code.is_(None),
        or_(postings.c.due_at.is_not(None), postings.c.lease_until.is_not(None)),
    )
    return select(actions.c.id).where(_IS_DELETED, ~deleted_since, ~is_on_its_way)


async def _outlive(connection: AsyncConnection, ids: Sequence[str]) -> None:
    """Let certificates remember what they had from their trainings: where their days are."""
    zone = select(actions.c.time_zone).where(actions.c.id == certificates.c.action_id)
    theirs = update(certificates).where(Among(certificates.c.action_id, "ids"))
    statement = theirs.values(time_zone=zone.scalar_subquery())
    await connection.execute(statement, {"ids": list(ids)})


async def _delete(
    connection: AsyncConnection, table: Table, column: ColumnElement[str], ids: Sequence[str]
) -> None:
    await connection.execute(delete(table).where(Among(column, "ids")), {"ids": list(ids)})
