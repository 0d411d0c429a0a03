"""The processes that run, and what waits for them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Label,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
)

from actions.timed_store import Heard, Queue
from storage.columns import Time
from storage.database import Insert
from storage.schema import notices, postings, processes
from storage.shared import Part

FORGOTTEN = timedelta(hours=2)
"""After how long in silence a process is forgotten: what it claims holds for an hour."""

_now = bindparam("now", type_=Time)
_DUE_POSTING = and_(
    postings.c.due_at <= _now,
    or_(postings.c.not_before.is_(None), postings.c.not_before <= _now),
    postings.c.lease_until.is_(None),
)
_DUE_NOTICE = and_(notices.c.due_at <= _now, notices.c.lease_until.is_(None))
_POSTING_SINCE = case(
    (postings.c.not_before > postings.c.due_at, postings.c.not_before),
    else_=postings.c.due_at,
)


def _count(table: Table, condition: ColumnElement[bool], name: str) -> Label[Any]:
    counted = select(func.count()).select_from(table).where(condition)
    return counted.scalar_subquery().label(name)


# Each condition is that of a partial index, which holds what waits and nothing else.
_QUEUE = select(
    _count(postings, _DUE_POSTING, "postings"),
    _count(notices, _DUE_NOTICE, "notices"),
    _count(postings, postings.c.lease_until.is_not(None), "postings_taken"),
    _count(notices, notices.c.lease_until.is_not(None), "notices_taken"),
    _count(postings, postings.c.dead_code.is_not(None), "dead"),
    select(func.min(_POSTING_SINCE)).where(_DUE_POSTING).scalar_subquery().label("posting_since"),
    select(func.min(notices.c.due_at)).where(_DUE_NOTICE).scalar_subquery().label("notice_since"),
)


class ProcessPart(Part):
    """The processes that run, and what waits for them."""

    async def heartbeat(
        self, process_id: str, now: datetime, claims: Mapping[str, Sequence[int]]
    ) -> Sequence[Heard]:
        """Say that a process runs, and give all of them.

        They are read after the commit: of two that beat at once, one at least knows of the other.
        """
        silent = select(processes.c.id).where(processes.c.seen_at < now - FORGOTTEN)
        async with self._database.writing() as connection:
            await connection.execute(self._seen(process_id, now, claims, has_ended=False))
            # Others clear up at the same moment; none waits for another.
            silent = silent.with_for_update(skip_locked=True)
            await connection.execute(delete(processes).where(processes.c.id.in_(silent)))
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(processes).order_by(processes.c.id))).all()
        return [Heard(row.id, row.seen_at, row.has_ended, row.claims) for row in rows]

    async def end_heartbeat(
        self, process_id: str, now: datetime, claims: Mapping[str, Sequence[int]]
    ) -> None:
        """Say that a process ends; it is remembered for what it claims."""
        async with self._database.writing() as connection:
            await connection.execute(self._seen(process_id, now, claims, has_ended=True))

    def _seen(
        self,
        process_id: str,
        now: datetime,
        claims: Mapping[str, Sequence[int]],
        *,
        has_ended: bool,
    ) -> Insert:
        values = {"seen_at": now, "has_ended": has_ended, "claims": dict(claims)}
        new = self._database.insert(processes).values(id=process_id, **values)
        return new.on_conflict_do_update(index_elements=[processes.c.id], set_=values)

    async def queue(self, now: datetime) -> Queue:
        """Give what waits to be delivered."""
        async with self._database.reading() as connection:
            row = (await connection.execute(_QUEUE, {"now": now})).one()
        waits = [since for since in (row.posting_since, row.notice_since) if since is not None]
        return Queue(
            postings=row.postings,
            notices=row.notices,
            under_way=row.postings_taken + row.notices_taken,
            dead=row.dead,
            oldest=max(((now - since).total_seconds() for since in waits), default=0.0),
        )
