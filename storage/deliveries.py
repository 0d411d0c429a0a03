"""What the deliverer takes and gives back."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, not_, or_, select, update

from actions.action import Posting
from storage.among import Among
from storage.columns import Time
from storage.rows import posting_of
from storage.schema import actions, postings
from storage.shared import Part
from storage.threads import ThreadRoot

_now = bindparam("now", type_=Time)
_IS_FREE = postings.c.lease_until.is_(None)
_MAY = or_(postings.c.not_before.is_(None), postings.c.not_before <= _now)
_IS_CLAIMABLE = or_(
    and_(postings.c.due_at <= _now, _MAY, _IS_FREE),
    # Whoever took it is gone.
    postings.c.lease_until < _now,
)
_root = ThreadRoot(postings.c.conversation_id)
_in_line = (
    select(
        postings.c.action_id,
        postings.c.id,
        func.row_number()
        .over(partition_by=_root, order_by=(postings.c.due_at, postings.c.id))
        .label("place"),
    )
    .where(_IS_CLAIMABLE, not_(Among(_root, "busy")))
    .subquery()
)
_CLAIMABLE = (
    select(postings)
    .join(
        _in_line,
        and_(postings.c.action_id == _in_line.c.action_id, postings.c.id == _in_line.c.id),
    )
    # Once more: PostgreSQL looks at these again where another process was first.
    .where(_in_line.c.place == 1, _IS_CLAIMABLE)
    .order_by(postings.c.due_at, postings.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=postings)
)
_TAKE = (
    update(postings)
    .where(
        postings.c.action_id == bindparam("of_action"), postings.c.id == bindparam("of_posting")
    )
    .values(due_at=None, lease_until=bindparam("until", type_=Time))
)
_FALLS_DUE = case(
    (postings.c.lease_until.is_not(None), postings.c.lease_until),
    (postings.c.not_before > postings.c.due_at, postings.c.not_before),
    else_=postings.c.due_at,
)
_NEXT = select(func.min(_FALLS_DUE)).where(
    or_(postings.c.due_at.is_not(None), postings.c.lease_until.is_not(None))
)


class DeliveryPart(Part):
    """Postings on their way; a posting that is taken has a lease, which ends by itself."""

    async def claim(
        self, now: datetime, lease_until: datetime, limit: int, busy: Collection[str] = ()
    ) -> Sequence[Posting]:
        """Take postings that are due, and those whose taker was not heard of again.

        One of each conversation, since there one is sent at a time: more of them would keep hands
        that others are waiting for.
        """
        async with self._database.writing() as connection:
            asked = {"now": now, "most": limit, "busy": list(busy)}
            rows = (await connection.execute(_CLAIMABLE, asked)).all()
            if rows:
                taken = [
                    {"of_action": row.action_id, "of_posting": row.id, "until": lease_until}
                    for row in rows
                ]
                await connection.execute(_TAKE, taken)
        return [
            replace(posting_of(row), due_at=row.due_at, lease_until=lease_until) for row in rows
        ]

    async def delivered(
        self, posting: Posting, activity_id: str, revision: int, not_before: datetime
    ) -> None:
        """Give a posting back that shows `revision`.

        It may be due again: a change came meanwhile, or a lease ran out and two delivered it, the
        older one last.
        """
        newest = (
            select(actions.c.revision).where(actions.c.id == posting.action_id).scalar_subquery()
        )
        behind = case((newest > revision, not_before), else_=None)
        await self._give_back(
            posting,
            activity_id=activity_id,
            shown_revision=revision,
            attempts=0,
            not_before=not_before,
            due_at=func.coalesce(postings.c.due_at, behind),
        )

    async def postpone(self, posting: Posting, until: datetime) -> None:
        """Give a posting back that could not be delivered now.

        Whoever was so slow that another one took it over leaves it to them.
        """
        mine = postings.c.lease_until.is_not_distinct_from(posting.lease_until)
        await self._give_back(posting, mine, due_at=until, attempts=posting.attempts + 1)

    async def bury(self, posting: Posting, code: str) -> None:
        """Give up a posting that can never be delivered."""
        await self._give_back(posting, due_at=None, dead_code=code)

    async def next_due(self) -> datetime | None:
        """Give when the next posting falls due, None when none does."""
        async with self._database.reading() as connection:
            due: datetime | None = (await connection.execute(_NEXT)).scalar()
        return due

    async def _give_back(
        self, posting: Posting, *only: ColumnElement[bool], **values: Any
    ) -> None:
        these = update(postings).where(_is(posting), *only)
        statement = these.values(lease_until=None, **values)
        async with self._database.writing() as connection:
            await connection.execute(statement)


def _is(posting: Posting) -> ColumnElement[bool]:
    return and_(postings.c.action_id == posting.action_id, postings.c.id == posting.id)
