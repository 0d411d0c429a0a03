"""Messages of the bot's own accord, as the notifier takes and settles them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action
from actions.notices import About, Notice, Outcome, Told
from actions.telling import GATHER
from storage.among import Among
from storage.columns import Time
from storage.notice_rows import insert_notices, notice_of
from storage.schema import actions
from storage.schema import notices as table
from storage.shared import Part

_now = bindparam("now", type_=Time)
_IS_FREE = and_(table.c.due_at <= _now, table.c.lease_until.is_(None))
_HAS_NO_TAKER = table.c.lease_until < _now  # Whoever took it is gone.


def _claimable(condition: ColumnElement[bool], first: ColumnElement[Any]) -> Select[Any]:
    """Many messages fall due at once: any further order would sort them all for each claim."""
    taken = select(table).where(condition).order_by(first).limit(bindparam("most"))
    return taken.with_for_update(skip_locked=True)


_CLAIMABLE = (
    _claimable(_IS_FREE, table.c.due_at),
    _claimable(_HAS_NO_TAKER, table.c.lease_until),
)
_TAKE = (
    update(table)
    .where(table.c.id == bindparam("of_notice"))
    .values(due_at=None, lease_until=bindparam("until", type_=Time))
)
# Each is the first entry of a partial index.
_NEXT = select(
    select(func.min(table.c.due_at)).where(table.c.due_at.is_not(None)).scalar_subquery(),
    select(func.min(table.c.lease_until))
    .where(table.c.lease_until.is_not(None))
    .scalar_subquery(),
)
_TOLD = (
    update(actions)
    .where(actions.c.id == bindparam("of_action"))
    .values(notify_at=bindparam("next_at", type_=Time), notified=bindparam("count"))
)


class NoticePart(Part):
    """Messages on their way; one that is taken has a lease, which ends by itself."""

    async def due_to_notify(self, now: datetime, limit: int) -> Sequence[Action]:
        """Give actions of which the creator is to be told something, creator by creator."""
        statement = (
            select(actions.c.id)
            .where(actions.c.notify_at <= now)
            .order_by(actions.c.creator, actions.c.notify_at, actions.c.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            ids = (await connection.execute(statement)).scalars().all()
            loaded = await self._shared.loader.load(connection, ids)
        return [loaded[action_id] for action_id in ids if action_id in loaded]

    async def notify(self, told: Sequence[Told], notices: Sequence[Notice]) -> bool:
        """Put messages to a creator on their way, unless another process was first."""
        now = self._shared.clock.now()
        async with self._database.writing() as connection:
            names = [one.action.id for one in told]
            stands = await self._shared.loader.load(connection, names, lock=True)
            if not all(_is_as_read(stands.get(one.action.id), one) for one in told):
                return False
            await insert_notices(connection, self._database, notices, now)
            rows = [_told_row(stands[one.action.id], one, now) for one in told]
            await connection.execute(_TOLD, rows)
        self._shared.on_change()
        return True

    async def add_notices(self, notices: Sequence[Notice]) -> int:
        """Put messages on their way; gives how many are new."""
        now = self._shared.clock.now()
        async with self._database.writing() as connection:
            count = await insert_notices(connection, self._database, notices, now)
        if count:
            self._shared.on_change()
        return count

    async def claim_notices(
        self, now: datetime, lease_until: datetime, limit: int
    ) -> Sequence[Notice]:
        """Take messages that are due, and those whose taker was not heard of again."""
        due = await self.next_notice_due()
        if due is None or due > now:
            return []  # Nobody has to wait for a turn to write that takes nothing.
        rows: list[Row[Any]] = []
        async with self._database.writing() as connection:
            for claimable in _CLAIMABLE:
                asked = {"now": now, "most": limit - len(rows)}
                rows += (await connection.execute(claimable, asked)).all()
            if rows:
                taken = [{"of_notice": row.id, "until": lease_until} for row in rows]
                await connection.execute(_TAKE, taken)
        return [notice_of(row, self._shared.secrecy) for row in rows]

    async def settle_notice(
        self, notice: Notice, outcome: Outcome, now: datetime, code: str = ""
    ) -> None:
        """Say what became of a message; what was said first holds."""
        async with self._database.writing() as connection:
            if notice.about is About.MENTION:
                # Who deletes the action takes its lock first, and then these rows.
                await self._shared.loader.load(connection, [notice.action_id], lock=True)
            settled = await connection.execute(
                update(table)
                .where(table.c.id == notice.id, table.c.outcome == Outcome.PENDING.value)
                .values(code=code, due_at=None, lease_until=None, **_settled(outcome, now))
            )
            if notice.about is About.MENTION and settled.rowcount:
                await self._settle_mentioned(connection, notice, outcome, now)

    async def postpone_notice(self, notice: Notice, until: datetime) -> None:
        """Give a message back that could not be sent now."""
        statement = (
            update(table)
            .where(table.c.id == notice.id, table.c.outcome == Outcome.PENDING.value)
            .values(due_at=until, lease_until=None, attempts=notice.attempts + 1)
        )
        async with self._database.writing() as connection:
            await connection.execute(statement)

    async def next_notice_due(self) -> datetime | None:
        """Give when the next message falls due, None when none does."""
        async with self._database.reading() as connection:
            times = (await connection.execute(_NEXT)).one()
        return min((time for time in times if time is not None), default=None)

    async def forget_notices(self, before: datetime, limit: int) -> int:
        """Remove messages that were settled before a time, some of them; gives how many."""
        old = select(table.c.id).where(table.c.settled_at < before).limit(limit)
        async with self._database.reading() as connection:
            ids = (await connection.execute(old)).scalars().all()
        if ids:
            async with self._database.writing() as connection:
                await connection.execute(
                    delete(table).where(Among(table.c.id, "ids")), {"ids": ids}
                )
        return len(ids)

    async def _settle_mentioned(
        self, connection: AsyncConnection, mention: Notice, outcome: Outcome, now: datetime
    ) -> None:
        """Why the reminder itself did not arrive stays the reason that is told."""
        people = list(mention.detail.get("people", ()))
        key = self._shared.secrecy.reminder_key
        # Of an anonymous action they stand under these, of others under their own.
        hashes = [key(mention.action_id, person) for person in people]
        theirs = Outcome.MENTIONED if outcome is Outcome.SENT else outcome
        await connection.execute(
            update(table)
            .where(table.c.action_id == mention.action_id, table.c.round == mention.round)
            .where(table.c.about == About.REMINDER.value)
            .where(table.c.outcome == Outcome.PENDING.value, Among(table.c.person, "people"))
            .where(table.c.due_at.is_(None), table.c.lease_until.is_(None))
            .values(_settled(theirs, now)),
            {"people": [*people, *hashes]},
        )


def _settled(outcome: Outcome, now: datetime) -> dict[str, Any]:
    return {"outcome": outcome.value, "settled_at": now}


def _is_as_read(stands: Action | None, told: Told) -> bool:
    return stands is not None and stands.notify_at == told.action.notify_at


def _told_row(stands: Action, told: Told, now: datetime) -> dict[str, Any]:
    may_lack = told.next_at is None and stands.revision != told.action.revision
    next_at = now + GATHER if may_lack else told.next_at
    return {"of_action": told.action.id, "next_at": next_at, "count": told.count}
