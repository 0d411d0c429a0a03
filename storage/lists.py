"""How responses are read: the one interface of `storage.named_lists` and `.anonymous_lists`."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action
from actions.responses import Page, Response
from storage.pages import Keep


class Lists(Protocol):
    """One way to read responses. All is done on the caller's connection."""

    async def responded(
        self, connection: AsyncConnection, action: Action, search: str, after: str, limit: int
    ) -> Page:
        """Give a page of those who responded."""

    async def not_responded(
        self, connection: AsyncConnection, action: Action, search: str, after: str, limit: int
    ) -> Page:
        """Give a page of those in the roster snapshot who did not."""

    async def own(
        self, connection: AsyncConnection, action: Action, person_key: str
    ) -> Sequence[Response]:
        """Give someone's responses, in the order of their numbers."""

    async def one(
        self, connection: AsyncConnection, action: Action, slot: str
    ) -> tuple[Response, str, str]:
        """Give one response, and the slots of the next newer and the next older one."""

    async def matching(
        self, connection: AsyncConnection, action: Action, keep: Keep, after: str, limit: int
    ) -> Page:
        """Give a page of the responses that `keep` takes."""

    def all_of(
        self, connection: AsyncConnection, action: Action
    ) -> AsyncIterator[Sequence[Response]]:
        """Give all responses, some at a time."""
