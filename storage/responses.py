"""Responses as they are read: lists of people, pages of answers, and all of them."""

from collections.abc import AsyncGenerator, Collection, Sequence
from dataclasses import replace

from actions.action import Action
from actions.responses import Page, Response
from storage.audience import audience_page
from storage.pages import Keep
from storage.shared import Part


class ResponsesPart(Part):
    """An action's responses; all raise NotFound when there is no such action."""

    async def responded(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """Give who responded."""
        async with self._database.reading() as connection:
            action = await self._shared.loader.one(connection, action_id)
            lists = self._shared.lists(action)
            return await lists.responded(connection, action, search, after, limit)

    async def not_responded(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """Give who of the audience did not respond."""
        async with self._database.reading() as connection:
            action = await self._shared.loader.one(connection, action_id)
            lists = self._shared.lists(action)
            return await lists.not_responded(connection, action, search, after, limit)

    async def audience(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """Give a page of the roster snapshot."""
        async with self._database.reading() as connection:
            await self._shared.loader.one(connection, action_id)
            return await audience_page(connection, action_id, search, after, limit)

    async def under_way(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """Give who has begun attempts and ended none."""
        async with self._database.reading() as connection:
            action = await self._shared.loader.one(connection, action_id)
            lists = self._shared.named_lists
            return await lists.under_way(connection, action, search, after, limit)

    async def not_begun(self, action_id: str, search: str, after: str, limit: int) -> Page:
        """Give who of the audience has begun no attempt."""
        async with self._database.reading() as connection:
            action = await self._shared.loader.one(connection, action_id)
            lists = self._shared.named_lists
            return await lists.not_begun(connection, action, search, after, limit)

    async def own_responses(self, action_id: str, person_key: str) -> Sequence[Response]:
        """Give someone's responses, in the order of their numbers."""
        async with self._database.reading() as connection:
            action = await self._shared.loader.one(connection, action_id)
            return await self._shared.lists(action).own(connection, action, person_key)

    async def response(self, action_id: str, slot: str) -> tuple[Response, str, str]:
        """Give one named response, and the slots of the next newer and the next older one."""
        async with self._database.reading() as connection:
            action = await self._shared.loader.one(connection, action_id)
            return await self._shared.lists(action).one(connection, action, slot)

    async def matching(
        self,
        action_id: str,
        keep: Keep,
        after: str,
        limit: int,
        questions: Collection[str] | None = None,
    ) -> Page:
        """Give a page of the responses that `keep` takes, with the answers to some questions.

        Only those are restored: that is most of the work where there are many.
        """
        async with self._database.reading() as connection:
            action = await self._shared.loader.one(connection, action_id)
            if questions is not None:
                action = _asking(action, questions)
            lists = self._shared.lists(action)
            return await lists.matching(connection, action, keep, after, limit)

    async def all_responses(self, action_id: str) -> AsyncGenerator[Sequence[Response], None]:
        """Give all responses, some at a time, as they are at one moment.

        It holds a connection until it is read to its end or closed (`contextlib.aclosing`).
        """
        async with self._database.snapshot() as connection:
            action = await self._shared.loader.one(connection, action_id)
            async for some in self._shared.lists(action).all_of(connection, action):
                yield some


def _asking(action: Action, questions: Collection[str]) -> Action:
    if action.content.exam is not None:
        # Which attempt counts depends on all of its questions.
        return action
    asked = tuple(q for q in action.content.questions if q.id in questions)
    return replace(action, content=replace(action.content, questions=asked))
