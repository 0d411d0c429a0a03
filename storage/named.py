"""Responses with names, as they are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, delete, func, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action
from actions.attempts import attempts_in, is_handed_in, restored, stored_form
from actions.content import Content
from actions.people import Person
from actions.responses import Due
from actions.tallies import Tallies, tags_of
from storage.among import Among
from storage.audience import late_among
from storage.columns import Time
from storage.counting import Count, still_answered
from storage.database import Database
from storage.pages import in_chunks
from storage.records import Found, Kept
from storage.schema import responses
from storage.text import clean, folded

_FOUND = select(responses.c.slot, responses.c.answers).where(
    responses.c.action_id == bindparam("action_id"),
    Among(responses.c.slot, "slots"),
)
_THIS = (
    responses.c.action_id == bindparam("of_action"),
    responses.c.slot == bindparam("of_slot"),
)
_REMOVE = delete(responses).where(*_THIS)
_REWRITE = (
    update(responses)
    .where(*_THIS)
    .values(
        answers=bindparam("new_answers"),
        due_at=bindparam("new_due_at"),
        percent=bindparam("new_percent"),
    )
)
_END = (
    update(responses)
    .where(responses.c.action_id == bindparam("of_action"), responses.c.due_at.is_not(None))
    .values(due_at=bindparam("now", type_=Time))
)
_DUE = (
    select(
        responses.c.action_id,
        responses.c.slot,
        responses.c.person,
        responses.c.name,
        responses.c.mri,
    )
    .where(responses.c.due_at <= bindparam("now", type_=Time))
    .order_by(responses.c.due_at)
)


_NEWEST_WINS = (
    *("person", "name", "mri", "folded"),
    *("answers", "changed_at", "due_at", "percent"),
)


class NamedRecords:
    """The table `responses`."""

    def __init__(self, database: Database) -> None:
        upsert = database.insert(responses)
        new = upsert.excluded
        self._upsert = upsert.on_conflict_do_update(
            index_elements=[responses.c.action_id, responses.c.slot],
            set_={
                **{name: new[name] for name in _NEWEST_WINS},
                # When it was handed in first, for as long as it counts.
                "submitted_at": case(
                    (new["submitted_at"].is_(None), null()),
                    else_=func.coalesce(responses.c.submitted_at, new["submitted_at"]),
                ),
            },
        )

    async def found(
        self, connection: AsyncConnection, action: Action, slots: Sequence[str]
    ) -> Found:
        """Give the answers of some slots."""
        stored = {clean(slot): slot for slot in slots}
        asked = {"action_id": action.id, "slots": list(stored)}
        rows = await connection.execute(_FOUND, asked)
        answers = {stored[row.slot]: restored(action.content, row.answers) for row in rows}
        return Found(answers, {slot for slot, one in answers.items() if is_handed_in(one)})

    async def write(
        self,
        connection: AsyncConnection,
        action: Action,
        kept: Sequence[Kept],
        withdrawn: Sequence[str],
    ) -> None:
        """Store responses; who gave one has the newest name."""
        if kept:
            await connection.execute(self._upsert, [_row(action.id, one) for one in kept])
        if withdrawn:
            await self._remove(connection, action.id, withdrawn)

    async def rewrite(self, connection: AsyncConnection, before: Action, after: Content) -> None:
        """Take out what answers nothing any more, and responses that are left empty."""
        async for rows in in_chunks(connection, responses, "slot", before.id, ""):
            changed, emptied = [], []
            for row in rows:
                was, stands = still_answered(before.content, after, row.answers)
                attempts = attempts_in(stands)
                due_at, percent = attempts.due_at(after), attempts.percent(after)
                if was and not stands:
                    emptied.append(row.slot)
                elif was != stands or (due_at, percent) != (row.due_at, row.percent):
                    key = {"of_action": before.id, "of_slot": row.slot}
                    new = {"new_answers": stored_form(stands), "new_due_at": due_at}
                    changed.append({**key, **new, "new_percent": percent})
            if changed:
                await connection.execute(_REWRITE, changed)
            if emptied:
                await self._remove(connection, before.id, emptied)

    async def counted(self, connection: AsyncConnection, action: Action) -> Tallies:
        """Count all responses."""
        count = Count(action.content)
        async for rows in in_chunks(connection, responses, "slot", action.id, ""):
            late = await late_among(connection, action, {row.person for row in rows})
            for row in rows:
                answers = restored(action.content, row.answers)
                count.add(answers, tags_of(row.slot, row.person, late=row.person in late))
        return count.tallies()

    async def end_attempts(
        self, connection: AsyncConnection, action_id: str, now: datetime
    ) -> None:
        """Make the attempts that are under way end now."""
        await connection.execute(_END, {"of_action": action_id, "now": now})

    async def due(self, connection: AsyncConnection, now: datetime, limit: int) -> Sequence[Due]:
        """Give the responses with which the clock has to do, those that wait longest first."""
        rows = await connection.execute(_DUE.limit(limit), {"now": now})
        return [Due(r.action_id, r.slot, Person(r.person, r.name, r.mri)) for r in rows]

    async def _remove(
        self, connection: AsyncConnection, action_id: str, slots: Sequence[str]
    ) -> None:
        keys = [{"of_action": action_id, "of_slot": slot} for slot in slots]
        await connection.execute(_REMOVE, keys)


def _row(action_id: str, kept: Kept) -> dict[str, Any]:
    return {
        "action_id": action_id,
        "slot": kept.slot,
        "person": kept.person.key,
        "name": kept.person.name,
        "mri": kept.person.mri,
        "folded": folded(kept.person.name),
        "answers": stored_form(kept.answers),
        "submitted_at": kept.at if is_handed_in(kept.answers) else None,
        "changed_at": kept.at,
        "due_at": kept.due_at,
        "percent": kept.percent,
    }
