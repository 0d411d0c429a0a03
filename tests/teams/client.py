"""A person's Teams client, the part that talks to the bot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson

from tests.teams import activities
from tests.teams.answers import Answer, read_body
from tests.teams.cards import Card
from tests.teams.chats import Chat, Message
from tests.teams.keys import SigningKeys
from tests.teams.people import Person
from tests.teams.state import State

PATIENCE = 15
"""Seconds after which Teams gives up on an answer."""

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Forgery:
    """What an attacker changes in an activity; `token` "" sends none at all."""

    token: str | None = None
    conversation_id: str | None = None
    tenant_id: str | None = None
    service_url: str | None = None
    sender: Mapping[str, Any] | None = None
    reply_to_id: str | None = None
    without: tuple[str, ...] = ()

    def apply(self, activity: Json) -> None:
        """Change the activity in place."""
        if self.conversation_id is not None:
            activity["conversation"]["id"] = self.conversation_id
        if self.tenant_id is not None:
            activity["conversation"]["tenantId"] = self.tenant_id
            activity["channelData"]["tenant"] = {"id": self.tenant_id}
        if self.service_url is not None:
            activity["serviceUrl"] = self.service_url
        if self.sender is not None:
            activity["from"] = activity["from"] | self.sender
        if self.reply_to_id is not None:
            activity["replyToId"] = self.reply_to_id
        for key in self.without:
            activity.pop(key, None)


@dataclass(eq=False)
class Line:
    """The way to the bot: one HTTP session, with tokens as Teams sends them.

    Where the bot is several processes each gets an activity in turn, as behind a load balancer.
    """

    state: State
    keys: SigningKeys
    session: aiohttp.ClientSession
    bot_urls: tuple[str, ...] = ()
    _posted: int = 0

    async def post(self, activity: Json, token: str | None = None) -> tuple[int, bytes]:
        """Send an activity and give status and body; `token` "" sends none."""
        good = self.keys.good_token(self.state.service_url) if token is None else token
        headers = {"Content-Type": "application/json"}
        if good:
            headers["Authorization"] = f"Bearer {good}"
        body = orjson.dumps(activity)
        bot_url = self.bot_urls[self._posted % len(self.bot_urls)]
        self._posted += 1
        async with self.session.post(bot_url, data=body, headers=headers) as response:
            return response.status, await response.read()


@dataclass(eq=False, kw_only=True)
class Client(Person):
    """A person with the means to send activities."""

    state: State = field(repr=False)
    line: Line = field(repr=False)

    async def sends(self, activity: Json, forged: Forgery | None = None) -> tuple[int, Any]:
        """Send an activity, forged or not; give status and parsed body."""
        if forged:
            forged.apply(activity)
        status, raw = await self.line.post(activity, forged.token if forged else None)
        return status, read_body(raw)

    async def invokes(
        self,
        chat: Chat,
        name: str,
        value: Any,
        *,
        about: Message | None = None,
        forged: Forgery | None = None,
    ) -> Answer:
        """Send any invoke, well formed or not; the body is not interpreted."""
        activity = activities.invoke(self.state, self, chat, name, value, about)
        status, body = await self.sends(activity, forged)
        return Answer(status, body)

    async def adds_bot(self, chat: Chat) -> int:
        """Install the app in a chat, as its "add" button or just-in-time install does."""
        chat.has_bot = True
        return await self._tells_of_bot(chat, "membersAdded", "add")

    async def removes_bot(self, chat: Chat) -> int:
        """Take the app out of a chat."""
        chat.has_bot = False
        return await self._tells_of_bot(chat, "membersRemoved", "remove")

    def checks(self, card: Card, chat: Chat | None = None) -> Card:
        """Give the card back if Teams would show it; `chat` if it is to be posted there.

        Raises:
            AssertionError: Lists what Teams would choke on.
        """
        problem = self.state.problem_with(card, shared=bool(chat and chat.is_shared))
        if problem:
            raise AssertionError(problem)
        return card

    async def _tells_of_bot(self, chat: Chat, members: str, change: str) -> int:
        bot = [{"id": self.state.bot_mri}]
        update = activities.conversation_update(self.state, self, chat, members, bot)
        status, _ = await self.sends(update)
        install = activities.installation_update(self.state, self, chat, change)
        second, _ = await self.sends(install)
        return max(status, second)
