"""Finding actions: what someone manages, and what waits for someone's answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action, Status
from storage.schema import actions, audience, managers, responses
from storage.shared import Part
from storage.text import containing

BATCH = 256
"""Of how many anonymous actions it is looked up at once whether someone took part."""


class FindingPart(Part):
    """Lists of one person's actions."""

    async def actions_of(
        self,
        person_key: str,
        offset: int,
        limit: int,
        search: str = "",
        status: Status | None = None,
    ) -> Sequence[Action]:
        """Give the actions that someone manages, newest first, deleted ones left out."""
        statement = (
            select(actions.c.id)
            .join(managers, managers.c.action_id == actions.c.id)
            .where(managers.c.person == person_key)
            .where(actions.c.status != Status.DELETED.value)
            .order_by(actions.c.created_at.desc(), actions.c.id.desc())
            .offset(offset)
            .limit(limit)
        )
        if search.strip():
            statement = statement.where(actions.c.folded.like(containing(search), escape="\\"))
        if status is not None:
            statement = statement.where(actions.c.status == status.value)
        async with self._database.reading() as connection:
            ids = (await connection.execute(statement)).scalars().all()
            return await self._loaded(connection, ids)

    async def waiting_for(
        self, person_key: str, now: datetime, offset: int, limit: int
    ) -> Sequence[Action]:
        """Give open actions that someone has not responded to, those that close first first."""
        async with self._database.reading() as connection:
            ids = (await connection.execute(_unanswered(person_key, now))).scalars().all()
            waiting: list[str] = []
            for start in range(0, len(ids), BATCH):
                if len(waiting) >= offset + limit:
                    break
                some = ids[start : start + BATCH]
                places = {(action_id, person_key) for action_id in some}
                took_part = await self._shared.anonymous.present(connection, places)
                waiting += [a for a in some if (a, person_key) not in took_part]
            return await self._loaded(connection, waiting[offset : offset + limit])

    async def _loaded(self, connection: AsyncConnection, ids: Sequence[str]) -> list[Action]:
        loaded = await self._shared.loader.load(connection, ids)
        return [loaded[action_id] for action_id in ids if action_id in loaded]


def _unanswered(person_key: str, now: datetime) -> Select[Any]:
    """Select open actions that someone is asked in, without those answered under their name."""
    answered = exists().where(
        responses.c.action_id == audience.c.action_id,
        responses.c.slot == audience.c.person,
        responses.c.submitted_at.is_not(None),
    )
    return (
        select(actions.c.id)
        .join(audience, audience.c.action_id == actions.c.id)
        .where(audience.c.person == person_key)
        .where(actions.c.status == Status.ACTIVE.value)
        .where(or_(actions.c.closes_at.is_(None), actions.c.closes_at > now))
        .where(~answered)
        .order_by(actions.c.closes_at.asc().nulls_last(), actions.c.id)
    )
