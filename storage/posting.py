"""Posting actions, and finding them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action, Posting, Status
from actions.audit import posted, taken_back
from storage.audit import audit
from storage.database import Database
from storage.loading import row_of
from storage.managers import write_managers
from storage.rows import posting_of
from storage.schema import (
    actions,
    audience,
    ballots,
    certificates,
    drafts,
    history,
    managers,
    notices,
    participations,
    postings,
    progress,
    responses,
    tallies,
)
from storage.shared import Part

RESPONSES = (responses, ballots, participations, progress, tallies, audience, certificates)
"""What people's responses leave, handed in or not."""

OUTLIVED = tuple(table for table in RESPONSES if table is not certificates)
"""What of that goes with an action that was kept long enough: certificates are people's own."""

_LEAVES_FIRST = (*RESPONSES, history, managers, postings, notices)


class PostingPart(Part):
    """Actions, as they are posted and found."""

    async def post(self, action: Action, posting: Posting) -> bool:
        """Store an action and its posting, and take its draft off the list."""
        now = self._shared.clock.now()
        async with self._database.writing() as connection:
            if not await insert_posted(connection, self._database, action, posting, now):
                return False
            await take_off_the_list(connection, action.id, now)
            await audit(connection, self._shared.ids, posted(action))
        self._shared.on_change()
        return True

    async def unpost(self, action_id: str) -> None:
        """Remove an action that no message ever showed, and put its draft back on the list."""
        async with self._database.writing() as connection:
            loaded = await self._shared.loader.load(connection, [action_id], lock=True)
            shown = select(postings.c.id).where(
                postings.c.action_id == action_id, postings.c.activity_id != ""
            )
            if (await connection.execute(shown)).first() is not None:
                return
            for table in _LEAVES_FIRST:
                await connection.execute(delete(table).where(table.c.action_id == action_id))
            await connection.execute(delete(actions).where(actions.c.id == action_id))
            back = update(drafts).where(drafts.c.id == action_id).values(posted_at=None)
            await connection.execute(back)
            now = self._shared.clock.now()
            acts = [taken_back(action, now) for action in loaded.values()]
            await audit(connection, self._shared.ids, *acts)

    async def action(self, action_id: str) -> Action:
        """Give one action as it is now. Raises NotFound."""
        async with self._database.reading() as connection:
            return await self._shared.loader.one(connection, action_id)

    async def postings(self, action_id: str) -> Sequence[Posting]:
        """Give an action's postings."""
        statement = (
            select(postings).where(postings.c.action_id == action_id).order_by(postings.c.id)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(statement)).all()
        return [posting_of(row) for row in rows]

    async def posting_at(self, conversation_id: str, activity_id: str) -> Posting | None:
        """Give the posting that a message shows, if it is one."""
        statement = (
            select(postings)
            .where(postings.c.conversation_id == conversation_id)
            .where(postings.c.activity_id == activity_id, postings.c.activity_id != "")
            .limit(1)
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else posting_of(row)

    async def due_to_close(self, now: datetime, limit: int) -> Sequence[str]:
        """Give the ids of active actions whose due time has passed."""
        statement = (
            select(actions.c.id)
            .where(actions.c.status == Status.ACTIVE.value, actions.c.closes_at <= now)
            .order_by(actions.c.closes_at, actions.c.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return (await connection.execute(statement)).scalars().all()


async def insert_posted(
    connection: AsyncConnection,
    database: Database,
    action: Action,
    posting: Posting,
    now: datetime,
) -> bool:
    """Store an action and its posting, due now; False when an action of that id exists."""
    new = database.insert(actions).values(row_of(action)).on_conflict_do_nothing()
    if not (await connection.execute(new)).rowcount:
        return False
    await write_managers(connection, action)
    await connection.execute(
        database.insert(postings).values(
            id=posting.id,
            action_id=action.id,
            conversation_id=posting.conversation_id,
            activity_id=posting.activity_id,
            shown_revision=posting.shown_revision,
            attempts=posting.attempts,
            due_at=now,
        )
    )
    return True


async def take_off_the_list(connection: AsyncConnection, draft_id: str, now: datetime) -> None:
    """Note that a draft was posted, or is to be."""
    off = update(drafts).where(drafts.c.id == draft_id).values(posted_at=now)
    await connection.execute(off)
