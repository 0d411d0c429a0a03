"""Responding: the changes' way to the database, and what stands."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial

from actions.questions import Answers
from actions.responses import Change, Due, Written
from actions.tallies import Tallies
from storage.batch import commit
from storage.records import Found
from storage.shared import Part, Shared
from storage.writer import Writer


class RespondingPart(Part):
    """One person's response, and the tallies of all."""

    def __init__(self, shared: Shared) -> None:
        super().__init__(shared)
        self._writer = Writer(partial(commit, shared))

    async def respond(self, change: Change) -> Written:
        """Carry out one change of a response; returns after the commit."""
        written = await self._writer.write(change)
        if written.changed:
            self._shared.on_response(written.action.kind)
        return written

    async def answers(self, action_id: str, slot: str) -> Answers | None:
        """Give one response's answers. Raises NotFound."""
        return (await self._found(action_id, slot)).answers.get(slot)

    async def took_part(self, action_id: str, person_key: str) -> bool:
        """Give whether someone responded. Raises NotFound."""
        return person_key in (await self._found(action_id, person_key)).took_part

    async def due_responses(self, now: datetime, limit: int) -> Sequence[Due]:
        """Give responses with which the clock has to do, those that wait longest first."""
        async with self._database.reading() as connection:
            return await self._shared.named.due(connection, now, limit)

    async def tallies(self, action_id: str, questions: Collection[str] | None = None) -> Tallies:
        """Give an action's tallies, of some questions if they are given."""
        async with self._database.reading() as connection:
            read = await self._shared.tallies.read(connection, [action_id], questions)
        return read[action_id]

    async def recount(self, action_id: str) -> Tallies:
        """Count an action's responses one by one. Raises NotFound."""
        async with self._database.snapshot() as connection:
            action = await self._shared.loader.one(connection, action_id)
            return await self._shared.records(action).counted(connection, action)

    async def _found(self, action_id: str, slot: str) -> Found:
        async with self._database.reading() as connection:
            action = await self._shared.loader.one(connection, action_id)
            return await self._shared.records(action).found(connection, action, [slot])
