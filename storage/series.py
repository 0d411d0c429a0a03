"""Series, and what is posted of them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, case, delete, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions import content as codec
from actions.action import Action, Posting, Settings, Status
from actions.audit import posted, scheduled, series_changed, series_deleted
from actions.errors import NotFound
from actions.notices import Notice
from actions.people import Person
from actions.recurrence import Rule
from actions.series import Series
from storage.audit import audit
from storage.loading import people_of, stored_people
from storage.notice_rows import insert_notices
from storage.posting import insert_posted, take_off_the_list
from storage.schema import actions, drafts
from storage.schema import series as table
from storage.shared import Part
from storage.text import containing, folded

_MINUTE = timedelta(minutes=1)


class SeriesPart(Part):
    """Series, each changed under its lock."""

    async def save_series(self, series: Series) -> None:
        """Store a series, unless there is one of that id, and take its draft off the list."""
        new = self._database.insert(table).values(_row_of(series)).on_conflict_do_nothing()
        now = self._shared.clock.now()
        async with self._database.writing() as connection:
            if (await connection.execute(new)).rowcount:
                await audit(connection, self._shared.ids, scheduled(series, now))
            await take_off_the_list(connection, series.id, now)

    async def series(self, series_id: str) -> Series:
        """Give one series. Raises NotFound."""
        async with self._database.reading() as connection:
            return await _one(connection, _is(series_id))

    async def change_series(self, series_id: str, decide: Callable[[Series], Series]) -> Series:
        """Change a series under its lock. Raises NotFound, and what `decide` does."""
        async with self._database.writing() as connection:
            before = await _one(connection, _is(series_id).with_for_update())
            after = decide(before)
            if after != before:
                await _write(connection, after)
                act = series_changed(before, after, self._shared.clock.now())
                await audit(connection, self._shared.ids, act)
        return after

    async def delete_series(self, series_id: str) -> None:
        """Remove a series and what was typed into its forms; what was posted of it stays."""
        typed = or_(drafts.c.id == series_id, drafts.c.edits == series_id)
        gone = delete(table).where(table.c.id == series_id).returning(table)
        async with self._database.writing() as connection:
            for row in (await connection.execute(gone)).all():
                act = series_deleted(_series_of(row), self._shared.clock.now())
                await audit(connection, self._shared.ids, act)
            await connection.execute(delete(drafts).where(typed))

    async def series_of(
        self, creator_key: str, offset: int, limit: int, search: str = ""
    ) -> Sequence[Series]:
        """Give someone's series that are not over: stopped ones, then those posted next first."""
        statement = (
            select(table)
            .where(table.c.creator == creator_key)
            .where(or_(table.c.next_at.is_not(None), table.c.stopped != ""))
            .order_by(case((table.c.stopped != "", 0), else_=1), table.c.next_at, table.c.id)
            .offset(offset)
            .limit(limit)
        )
        if search.strip():
            statement = statement.where(table.c.folded.like(containing(search), escape="\\"))
        async with self._database.reading() as connection:
            rows = (await connection.execute(statement)).all()
        return [_series_of(row) for row in rows]

    async def due_series(self, now: datetime, limit: int) -> Sequence[str]:
        """Give the ids of series of which a posting is due."""
        statement = (
            select(table.c.id)
            .where(table.c.next_at <= now)
            .order_by(table.c.next_at, table.c.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return (await connection.execute(statement)).scalars().all()

    async def post_of_series(
        self,
        series: Series,
        action: Action,
        posting: Posting,
        next_at: datetime | None,
        notices: Sequence[Notice] = (),
    ) -> bool:
        """Post one action of a series, and move the series on; False unless it still stands so."""
        now = self._shared.clock.now()
        async with self._database.writing() as connection:
            row = (await connection.execute(_is(series.id).with_for_update())).one_or_none()
            if row is None or _series_of(row) != series:
                return False
            if not await insert_posted(connection, self._database, action, posting, now):
                return False
            moved = {"next_at": next_at, "posted": series.posted + 1}
            await connection.execute(update(table).where(table.c.id == series.id).values(moved))
            await insert_notices(connection, self._database, notices, now)
            await audit(connection, self._shared.ids, posted(action))
        self._shared.on_change()
        return True

    async def in_series(self, series_id: str, before: int, limit: int) -> Sequence[Action]:
        """Give what was posted of a series: those before a number, newest first."""
        statement = (
            # The literal is the partial index's: a database does not look into a parameter.
            select(actions.c.id)
            .where(text("actions.series <> ''"), actions.c.series == series_id)
            .where(actions.c.status != Status.DELETED.value)
            .order_by(actions.c.number.desc())
            .limit(limit)
        )
        if before:
            statement = statement.where(actions.c.number < before)
        async with self._database.reading() as connection:
            ids = (await connection.execute(statement)).scalars().all()
            loaded = await self._shared.loader.load(connection, ids)
        return [loaded[action_id] for action_id in ids if action_id in loaded]


def _is(series_id: str) -> Select[Any]:
    return select(table).where(table.c.id == series_id)


async def _one(connection: AsyncConnection, statement: Select[Any]) -> Series:
    row = (await connection.execute(statement)).one_or_none()
    if row is None:
        raise NotFound("no_such_series")
    return _series_of(row)


async def _write(connection: AsyncConnection, after: Series) -> None:
    await connection.execute(update(table).where(table.c.id == after.id).values(_row_of(after)))


def _row_of(series: Series) -> dict[str, Any]:
    template, after = series.template, series.closes_after
    return {
        "id": series.id,
        "kind": template.kind,
        "tenant_id": template.tenant_id,
        "creator": template.creator.key,
        "creator_name": template.creator.name,
        "creator_mri": template.creator.mri,
        "locale": template.locale,
        "time_zone": template.time_zone,
        "created_at": template.created_at,
        "content": codec.encode(template.content),
        "settings": template.settings.encode(),
        "folded": folded(template.content.title),
        "fields": dict(series.values),
        "conversation_id": series.conversation_id,
        "starts_at": series.starts_at,
        "rule": None if series.rule is None else series.rule.encode(),
        "closes_after": None if after is None else after // _MINUTE,
        "next_at": series.next_at,
        "posted": series.posted,
        "stopped": series.stopped,
        "co_creators": stored_people(template.co_creators),
    }


def _series_of(row: Row[Any]) -> Series:
    return Series(
        id=row.id,
        template=_template_of(row),
        conversation_id=row.conversation_id,
        starts_at=row.starts_at,
        rule=None if row.rule is None else Rule.decode(row.rule),
        closes_after=None if row.closes_after is None else row.closes_after * _MINUTE,
        next_at=row.next_at,
        posted=row.posted,
        stopped=row.stopped,
        values=row.fields,
    )


def _template_of(row: Row[Any]) -> Action:
    return Action(
        id=row.id,
        kind=row.kind,
        tenant_id=row.tenant_id,
        creator=Person(row.creator, row.creator_name, row.creator_mri),
        content=codec.decode(row.content),
        settings=Settings.decode(row.settings),
        status=Status.SCHEDULED,
        created_at=row.created_at,
        locale=row.locale,
        time_zone=row.time_zone,
        co_creators=people_of(row.co_creators or ()),
    )
