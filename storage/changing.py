"""Changing and deleting actions, and their roster snapshot."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from weakref import WeakValueDictionary

from sqlalchemy import Table, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action, Status
from actions.audit import act_of
from actions.content import Content
from actions.errors import NotFound
from actions.history import Entry
from actions.people import Person
from storage.audience import replace_audience
from storage.audit import audit
from storage.due import make_due, make_free_due
from storage.history import note
from storage.loading import row_of
from storage.managers import write_managers
from storage.posting import OUTLIVED, RESPONSES
from storage.schema import actions, audience, drafts, history, notices
from storage.shared import Part, Shared


class ChangingPart(Part):
    """Changes of an action, each under its lock."""

    def __init__(self, shared: Shared) -> None:
        """Start with nobody waiting."""
        super().__init__(shared)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def change(
        self, action_id: str, decide: Callable[[Action], Action], entry: Entry
    ) -> Action:
        """Change an action under its lock. Raises NotFound, also when it was deleted."""
        # Many tick one list at once: who waits for its lock waits here, and holds no connection.
        turn = self._turns.setdefault(action_id, asyncio.Lock())
        async with turn, self._database.writing() as connection:
            before = await self._shared.loader.one(connection, action_id, lock=True)
            if before.status is Status.DELETED:
                raise NotFound("deleted")
            after = decide(before)
            if after == before:
                return before
            after = _raised(before, after)
            await self._carry_responses_over(connection, before, after)
            await self._write(connection, before, after, entry)
            if after.co_creators != before.co_creators:
                await write_managers(connection, after)
        self._shared.on_change()
        return after

    async def delete(self, action_id: str, entry: Entry) -> None:
        """Remove all data of an action but the fact that it was. Raises NotFound."""
        async with self._database.writing() as connection:
            before = await self._shared.loader.one(connection, action_id, lock=True)
            if before.status is Status.DELETED:
                return
            await self._database.take_time(connection)
            await self._empty(connection, before, entry, RESPONSES)
        self._shared.on_change()

    async def expire(self, action_id: str, before: datetime, entry: Entry) -> bool:
        """Delete an action, but its certificates, if it was closed before a time, and still is."""
        async with self._database.writing() as connection:
            loaded = await self._shared.loader.load(connection, [action_id], lock=True)
            action = loaded.get(action_id)
            if action is None or action.status is not Status.CLOSED:
                return False
            if action.closed_at is None or action.closed_at >= before:
                return False
            await self._database.take_time(connection)
            await self._empty(connection, action, entry, OUTLIVED)
        self._shared.on_change()
        return True

    async def record(self, action_id: str, entry: Entry) -> None:
        """Add a line to an action's history. Raises NotFound, also when it was deleted."""
        async with self._database.writing() as connection:
            # Under its lock: a deletion at the same time leaves no line of it.
            action = await self._shared.loader.one(connection, action_id, lock=True)
            if action.status is Status.DELETED:
                raise NotFound("deleted")
            await note(connection, self._shared.ids, [(action_id, entry)])
            await audit(connection, self._shared.ids, act_of(action, action, entry))

    async def set_audience(self, action_id: str, people: Sequence[Person]) -> None:
        """Keep the roster snapshot, and count anew who is late. Raises NotFound."""
        async with self._database.writing() as connection:
            before = await self._shared.loader.one(connection, action_id, lock=True)
            await self._database.take_time(connection)
            size = await replace_audience(connection, action_id, people)
            after = replace(before, audience=size, revision=before.revision + 1)
            await self._count(connection, after)
            await connection.execute(
                update(actions)
                .where(actions.c.id == action_id)
                .values(audience=size, revision=after.revision)
            )
            await make_free_due(connection, [action_id], self._shared.clock.now())
        self._shared.on_change()

    async def in_audience(self, action_id: str, person_key: str) -> Person | None:
        """Give someone as the roster snapshot holds them, None if it does not."""
        statement = select(audience.c.person, audience.c.name, audience.c.mri).where(
            audience.c.action_id == action_id, audience.c.person == person_key
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(statement)).first()
        return None if row is None else Person(*row)

    async def _carry_responses_over(
        self, connection: AsyncConnection, before: Action, after: Action
    ) -> None:
        changes = not after.content.keeps_answers(before.content)
        exam = after.content.exam
        ends = exam is not None and not exam.is_course
        closes = after.status is Status.CLOSED is not before.status
        reopens = before.status is Status.CLOSED is not after.status
        # What closing made due, and nobody has ended yet, has its own time again.
        if changes or (ends and reopens):
            await self._database.take_time(connection)
            await self._shared.records(before).rewrite(connection, before, after.content)
        if changes:
            await self._count(connection, after)
        if ends and after.status is Status.CLOSED:
            now = self._shared.clock.now()
            await self._shared.named.end_attempts(connection, after.id, now)
        if closes and after.settings.anonymous:
            await self._seal(connection, after.id)

    async def _empty(
        self,
        connection: AsyncConnection,
        before: Action,
        entry: Entry,
        left: Sequence[Table],
    ) -> None:
        """Leave of an action that it was; `left` are the tables that have its responses."""
        for table in (*left, history, notices):
            await connection.execute(delete(table).where(table.c.action_id == before.id))
        typed = or_(drafts.c.id == before.id, drafts.c.edits == before.id)
        await connection.execute(delete(drafts).where(typed))
        await self._write(connection, before, _emptied(before), entry)
        await write_managers(connection, _emptied(before))

    async def _seal(self, connection: AsyncConnection, action_id: str) -> None:
        """Leave nothing that ties a ballot to a person, whoever has the secret.

        What someone has typed to change their response is mostly what that says.
        """
        await self._database.take_time(connection)
        await self._shared.anonymous.shuffle(connection, action_id)
        if await self._shared.progress.holds(connection, action_id):
            async for people in self._shared.anonymous.took_part(connection, action_id):
                handed_in = [(action_id, one.slot) for _, one in people]
                await self._shared.progress.end(connection, handed_in)
        self._database.forget_log()

    async def _count(self, connection: AsyncConnection, action: Action) -> None:
        counted = await self._shared.records(action).counted(connection, action)
        await self._shared.tallies.replace(connection, action.id, counted)

    async def _write(
        self, connection: AsyncConnection, before: Action, after: Action, entry: Entry
    ) -> None:
        await connection.execute(
            update(actions).where(actions.c.id == after.id).values(row_of(after))
        )
        await note(connection, self._shared.ids, [(after.id, entry)])
        await audit(connection, self._shared.ids, act_of(before, after, entry))
        await make_due(connection, [after.id], self._shared.clock.now())


def _raised(before: Action, after: Action) -> Action:
    told = (after.content, after.settings) != (before.content, before.settings)
    return replace(
        after,
        revision=before.revision + 1,
        content_revision=before.content_revision + told,
    )


def _emptied(action: Action) -> Action:
    return replace(
        _raised(action, replace(action, content=Content(""))),
        status=Status.DELETED,
        closes_at=None,
        remind_at=None,
        notify_at=None,
        co_creators=(),
        audience=None,
        recent=(),
    )
