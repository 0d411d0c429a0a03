"""Responses: the writer's way in, and what is read of them."""

from actions.questions import Answers
from actions.responses import Change, Page, Written
from actions.tallies import Tallies
from storage.records import Found
from storage.shared import Part, Shared
from storage.writer import Writer


class RespondingPart(Part):
    """Responses, tallies, and lists of people."""

    def __init__(self, shared: Shared) -> None:
        super().__init__(shared)
        self._writer = Writer(shared)

    async def respond(self, change: Change) -> Written:
        """Carry out one change of a response; returns after the commit."""
        return await self._writer.write(change)

    async def answers(self, action_id: str, slot: str) -> Answers | None:
        """Give one response's answers. Raises NotFound."""
        return (await self._found(action_id, slot)).answers.get(slot)

    async def took_part(self, action_id: str, person_key: str) -> bool:
        """Give whether someone responded. Raises NotFound."""
        return person_key in (await self._found(action_id, person_key)).took_part

    async def tallies(self, action_id: str) -> Tallies:
        """Give an action's tallies."""
        async with self._database.reading() as connection:
            return (await self._shared.tallies.read(connection, [action_id]))[action_id]

    async def recount(self, action_id: str) -> Tallies:
        """Count an action's responses one by one. Raises NotFound."""
        async with self._database.snapshot() as connection:
            action = await self._shared.loader.one(connection, action_id)
            return await self._shared.records(action).counted(connection, action)

    async def responded(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """Give who responded. Raises NotFound."""
        async with self._database.reading() as connection:
            action = await self._shared.loader.one(connection, action_id)
            records = self._shared.records(action)
            return await records.responded(connection, action, search, after, limit)

    async def not_responded(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """Give who of the audience did not respond. Raises NotFound."""
        async with self._database.reading() as connection:
            action = await self._shared.loader.one(connection, action_id)
            records = self._shared.records(action)
            return await records.not_responded(connection, action, search, after, limit)

    async def _found(self, action_id: str, slot: str) -> Found:
        async with self._database.reading() as connection:
            action = await self._shared.loader.one(connection, action_id)
            return await self._shared.records(action).found(connection, action, [slot])
