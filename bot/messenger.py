"""Sending cards to Teams and asking who is there, within Teams' limits."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from functools import partial
from typing import Any

from microsoft_teams.cards.core import AdaptiveCard

from actions.errors import TryLater, Unreachable
from actions.people import Person, person_key
from actions.places import Conversation
from bot.answers import Body, attachment
from bot.connector import Connector
from bot.limits import Lanes

ANSWER_WITHIN = 2.5
"""Seconds that a question may take while someone waits for an invoke's answer."""


class Messenger:
    """Posts, updates and deletes cards; the `Roster` port of the domain."""

    def __init__(self, connector: Connector, lanes: Lanes, app_id: str = "") -> None:
        """Send through `connector`, each conversation in its lane; `app_id` is the bot's."""
        self._connector = connector
        self._lanes = lanes
        self._app_id = app_id

    async def post(
        self, to: Conversation, conversation_id: str, card: AdaptiveCard | bytes, summary: str
    ) -> str:
        """Post a card to a conversation or one of its threads; gives the message's id."""
        async with self._lanes.enter(to.tenant_id, to.id):
            return await self._connector.send(
                to.service_url, conversation_id, _activity(card, summary)
            )

    async def post_file(
        self, to: Conversation, conversation_id: str, file_card: Body, summary: str
    ) -> str:
        """Post a card of Teams' own about a file, ready as an attachment; gives its id."""
        activity = {"type": "message", "summary": summary, "attachments": [file_card]}
        async with self._lanes.enter(to.tenant_id, to.id):
            return await self._connector.send(to.service_url, conversation_id, activity)

    async def update(
        self,
        to: Conversation,
        conversation_id: str,
        activity_id: str,
        card: AdaptiveCard | bytes,
        summary: str,
    ) -> None:
        """Replace a message's card."""
        async with self._lanes.enter(to.tenant_id, to.id):
            await self._connector.update(
                to.service_url, conversation_id, activity_id, _activity(card, summary)
            )

    async def personal(self, person: Person, tenant_id: str, service_url: str) -> str:
        """Open someone's chat with the bot, or find the one there is; gives its id.

        Raises TryLater, Unreachable: where the app is not installed for them (teams.md §3).
        """
        parameters = {
            "bot": {"id": f"28:{self._app_id}"},
            "members": [{"id": person.mri}],
            "tenantId": tenant_id,
            "channelData": {"tenant": {"id": tenant_id}},
            "isGroup": False,
        }
        async with self._lanes.enter(tenant_id, person.mri):
            return await self._connector.create_conversation(service_url, parameters)

    async def members(self, conversation: Conversation) -> Sequence[Person]:
        """Give everyone in a conversation but bots. Raises TryLater, Unreachable."""
        people: list[Person] = []
        async for page in self._pages(conversation):
            people.extend(_person(conversation, member) for member in page if not _is_bot(member))
        return people

    async def holds(self, conversation: Conversation, person: Person) -> bool:
        """Give whether the bot and a person are both there. Raises TryLater."""
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                async with self._lanes.ask(conversation.tenant_id, conversation.id):
                    member = await self._connector.member(
                        conversation.service_url, conversation.id, person.mri
                    )
        except Unreachable:
            return False
        except TimeoutError as failure:
            raise TryLater from failure
        return member is not None

    async def is_in(self, conversation: Conversation) -> bool:
        """Give whether the bot is in a conversation; what Teams does not say now is taken for yes.

        The first page of the roster tells: 403 where the bot is not a member (teams.md §2).
        """
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                async for _ in self._pages(conversation):
                    break
        except Unreachable:
            return False
        except (TryLater, TimeoutError):
            return True
        return True

    def _pages(self, conversation: Conversation) -> AsyncIterator[list[dict[str, Any]]]:
        turn = partial(self._lanes.ask, conversation.tenant_id, conversation.id)
        return self._connector.members(conversation.service_url, conversation.id, turn)


def _activity(card: AdaptiveCard | bytes, summary: str) -> dict[str, Any]:
    """No `text`: with a card it would be split off into a message of its own (teams.md §3)."""
    return {"type": "message", "summary": summary, "attachments": [attachment(card)]}


def _person(conversation: Conversation, member: Mapping[str, Any]) -> Person:
    mri = str(member.get("id") or "")
    object_id = str(member.get("aadObjectId") or member.get("objectId") or "")
    key = person_key(conversation.tenant_id, object_id, conversation.id, mri)
    return Person(key, str(member.get("name") or ""), mri)


def _is_bot(member: Mapping[str, Any]) -> bool:
    return str(member.get("id") or "").startswith("28:")
