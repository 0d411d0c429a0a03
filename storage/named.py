"""Responses with names."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action
from actions.content import Content
from actions.people import Person
from actions.questions import restore_answers
from actions.responses import Page, Response
from actions.tallies import Tallies
from storage.among import Among
from storage.audience import audience_after, late_among
from storage.columns import Time, Words
from storage.counting import Count, still_answered
from storage.database import Database
from storage.pages import in_chunks, mark, page_of, place
from storage.records import Found, Kept
from storage.schema import audience, responses
from storage.text import clean, containing, folded

_FOUND = select(responses.c.slot, responses.c.answers).where(
    responses.c.action_id == bindparam("action_id"),
    Among(responses.c.slot, "slots"),
)
_THIS = (
    responses.c.action_id == bindparam("of_action"),
    responses.c.slot == bindparam("of_slot"),
)
_REMOVE = delete(responses).where(*_THIS)
_REWRITE = update(responses).where(*_THIS).values(answers=bindparam("new_answers"))
_ABSENT = ~exists().where(
    responses.c.action_id == audience.c.action_id,
    responses.c.slot == audience.c.person,
    responses.c.submitted_at.is_not(None),
)


class NamedRecords:
    """The table `responses`."""

    def __init__(self, database: Database) -> None:
        upsert = database.insert(responses)
        new = upsert.excluded
        self._upsert = upsert.on_conflict_do_update(
            index_elements=[responses.c.action_id, responses.c.slot],
            set_={
                name: new[name]
                for name in ("person", "name", "mri", "folded", "answers", "changed_at")
            },
        )

    async def found(
        self, connection: AsyncConnection, action: Action, slots: Sequence[str]
    ) -> Found:
        """Give the answers of some slots."""
        stored = {clean(slot): slot for slot in slots}
        asked = {"action_id": action.id, "slots": list(stored)}
        rows = await connection.execute(_FOUND, asked)
        questions = action.content.questions
        answers = {stored[row.slot]: restore_answers(questions, row.answers) for row in rows}
        return Found(answers, answers.keys())

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
                if was and not stands:
                    emptied.append(row.slot)
                elif was != stands:
                    key = {"of_action": before.id, "of_slot": row.slot}
                    changed.append({**key, "new_answers": stands})
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
                answers = restore_answers(action.content.questions, row.answers)
                count.add(answers, late=row.person in late)
        return count.tallies()

    async def responded(
        self, connection: AsyncConnection, action: Action, search: str, after: str, limit: int
    ) -> Page:
        """Give who responded, newest first, with their answers."""
        order = tuple_(responses.c.submitted_at, responses.c.slot)
        statement = select(responses).where(
            responses.c.action_id == action.id, responses.c.submitted_at.is_not(None)
        )
        if search.strip():
            statement = statement.where(responses.c.folded.like(containing(search), escape="\\"))
        if (start := _start(after)) is not None:
            at, slot = start
            statement = statement.where(order < tuple_(literal(at, Time), literal(slot, Words)))
        statement = statement.order_by(
            responses.c.submitted_at.desc(), responses.c.slot.desc()
        ).limit(limit + 1)
        rows = (await connection.execute(statement)).all()
        marks = [mark(row.submitted_at.isoformat(), row.slot) for row in rows]
        return page_of([_response(action, row) for row in rows], marks, limit)

    async def not_responded(
        self, connection: AsyncConnection, action: Action, search: str, after: str, limit: int
    ) -> Page:
        """Give who did not respond, by name."""
        rows = await audience_after(connection, action.id, search, after, limit + 1, _ABSENT)
        people = [Response(Person(r.person, r.name, r.mri), None, None) for r in rows]
        return page_of(people, [mark(r.folded, r.person) for r in rows], limit)

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
        "answers": dict(kept.answers),
        "submitted_at": kept.at,
        "changed_at": kept.at,
    }


def _response(action: Action, row: Row[Any]) -> Response:
    answers = restore_answers(action.content.questions, row.answers)
    return Response(Person(row.person, row.name, row.mri), answers, row.submitted_at)


def _start(after: str) -> tuple[datetime, str] | None:
    parts = place(after, 2)
    if parts is None:
        return None
    try:
        at = datetime.fromisoformat(parts[0])
    except ValueError:
        return None
    return (at, parts[1]) if at.tzinfo is not None else None
