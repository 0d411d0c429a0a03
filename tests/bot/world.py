"""What surrounds the edge in its tests: Teams as the messenger leaves it, a store, turns."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import orjson
from microsoft_teams.cards.core import AdaptiveCard

from actions.action import Posting
from actions.errors import NotSaved
from actions.notices import Notice, Outcome
from actions.people import Person
from actions.places import Conversation
from bot.answers import Body
from bot.limits import Lanes
from bot.messenger import Messenger
from bot.turn import Turn
from tests.fakes import (
    TENANT,
    FixedClock,
    MemoryStore,
    a_conversation,
)
from tests.teams.cards import Card

CHAT = a_conversation().id

PATIENCE = 10.0
"""Seconds after which a test gives up waiting for what should happen at once."""


class Watch:
    """Lets a test wait until something holds; it is looked at whenever something happened."""

    def __init__(self) -> None:
        """Start with nothing having happened."""
        self._happened = asyncio.Event()

    def happened(self) -> None:
        """Say that things may have changed."""
        self._happened.set()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for it."""
        async with asyncio.timeout(PATIENCE):
            while not holds():
                self._happened.clear()
                await self._happened.wait()


class WatchedStore(MemoryStore):
    """The store in memory; a test sees when it is asked, and may have it fail.

    `failing` says by a method's name how many calls of it are not saved from now on.
    """

    def __init__(self, clock: FixedClock, watch: Watch, on_change: Callable[[], None]) -> None:
        """Keep nothing yet."""
        super().__init__(clock, on_change)
        self.watch = watch
        self.failing = Counter[str]()
        self.empty_claims = 0
        self.before_postpone: Callable[[], None] = lambda: None

    @property
    def taken(self) -> list[str]:
        """The ids of the postings and messages that someone has a lease of."""
        postings = [i for i, one in self.deliveries.items() if one.lease_until is not None]
        return postings + [i for i, one in self.sending.items() if one.lease_until is not None]

    async def claim(
        self, now: datetime, lease_until: datetime, limit: int, busy: Collection[str] = ()
    ) -> Sequence[Posting]:
        """Take postings."""
        self._enter("claim")
        found = await super().claim(now, lease_until, limit, busy)
        self.empty_claims += not found
        return found

    async def next_due(self) -> datetime | None:
        """Give the next due time."""
        self._enter("next_due")
        return await super().next_due()

    async def delivered(
        self, posting: Posting, activity_id: str, revision: int, not_before: datetime
    ) -> None:
        """Give a posting back that was shown."""
        self._enter("delivered")
        await super().delivered(posting, activity_id, revision, not_before)

    async def postpone(self, posting: Posting, until: datetime) -> None:
        """Give a posting back for later; like a real database it takes a moment."""
        self._enter("postpone")
        self.before_postpone()
        for _ in range(5):
            await asyncio.sleep(0)
        await super().postpone(posting, until)

    async def bury(self, posting: Posting, code: str) -> None:
        """Give a posting up."""
        self._enter("bury")
        await super().bury(posting, code)

    async def unpost(self, action_id: str) -> None:
        """Drop an action that was not shown."""
        self._enter("unpost")
        await super().unpost(action_id)

    async def claim_notices(
        self, now: datetime, lease_until: datetime, limit: int
    ) -> Sequence[Notice]:
        """Take messages."""
        self._enter("claim_notices")
        found = await super().claim_notices(now, lease_until, limit)
        self.empty_claims += not found
        return found

    async def settle_notice(
        self, notice: Notice, outcome: Outcome, now: datetime, code: str = ""
    ) -> None:
        """Note what became of a message."""
        self._enter("settle_notice")
        await super().settle_notice(notice, outcome, now, code)

    async def postpone_notice(self, notice: Notice, until: datetime) -> None:
        """Give a message back for later."""
        self._enter("postpone_notice")
        await super().postpone_notice(notice, until)

    def _enter(self, name: str) -> None:
        self.watch.happened()
        if self.failing[name] > 0:
            self.failing[name] -= 1
            raise NotSaved("database_failed")


@dataclass(slots=True)
class Shown:
    """A message as Teams has it now; `updates` counts how often it was replaced."""

    card: Card
    summary: str
    updates: int = 0


@dataclass(slots=True)
class Called:
    """One call: "post", "update", "members" or "personal", and where, or by whose key."""

    name: str
    conversation_id: str


@dataclass(slots=True)
class Held:
    """Teams, as long as it does not answer in some conversations."""

    conversations: dict[str, asyncio.Event] = field(default_factory=dict)

    def close(self, conversation_id: str) -> None:
        """Answer nothing there until it is opened."""
        self.conversations[conversation_id] = asyncio.Event()

    def open(self, conversation_id: str) -> None:
        """Answer again."""
        self.conversations[conversation_id].set()

    def open_all(self) -> None:
        """Answer everywhere."""
        for gate in self.conversations.values():
            gate.set()

    async def passed(self, conversation_id: str) -> None:
        """Wait for the answer."""
        if gate := self.conversations.get(conversation_id):
            await gate.wait()


class FakeMessenger(Messenger):
    """Keeps what was posted; `failures` are raised in turn, by the call's name and place."""

    def __init__(self, watch: Watch) -> None:
        """Hold no message yet."""
        self.watch = watch
        self.messages: dict[tuple[str, str], Shown] = {}
        self.people: dict[str, list[Person]] = {}
        self.calls: list[Called] = []
        self.failures: dict[tuple[str, str], list[Exception]] = {}
        self.held = Held()
        self.has_ids = True
        self.under_way = self.most_at_once = 0

    def fails(self, name: str, conversation_id: str, *failures: Exception) -> None:
        """Raise these in the next calls there."""
        self.failures[name, conversation_id] = list(failures)

    def names(self, conversation_id: str) -> list[str]:
        """Give what was called in a conversation, in order."""
        return [call.name for call in self.calls if call.conversation_id == conversation_id]

    def messages_in(self, conversation_id: str) -> list[Shown]:
        """Give a conversation's messages, the oldest first."""
        return [shown for (where, _), shown in self.messages.items() if where == conversation_id]

    async def post(
        self, to: Conversation, conversation_id: str, card: AdaptiveCard | bytes, summary: str
    ) -> str:
        """Keep a new message."""
        assert conversation_id.startswith(to.id)
        await self._call("post", conversation_id)
        message_id = f"m{len(self.messages) + 1}"
        self.messages[conversation_id, message_id] = Shown(as_json(card), summary)
        return message_id if self.has_ids else ""

    async def post_file(
        self, to: Conversation, conversation_id: str, file_card: Body, summary: str
    ) -> str:
        """Keep a new message about a file, the attachment for its card."""
        assert conversation_id.startswith(to.id)
        await self._call("post_file", conversation_id)
        message_id = f"m{len(self.messages) + 1}"
        self.messages[conversation_id, message_id] = Shown(file_card, summary)
        return message_id

    async def update(
        self,
        to: Conversation,
        conversation_id: str,
        activity_id: str,
        card: AdaptiveCard | bytes,
        summary: str,
    ) -> None:
        """Replace a message."""
        assert conversation_id.startswith(to.id)
        await self._call("update", conversation_id)
        shown = self.messages[conversation_id, activity_id]
        shown.card, shown.summary, shown.updates = as_json(card), summary, shown.updates + 1

    async def personal(self, person: Person, tenant_id: str, service_url: str) -> str:
        """Open someone's chat, by the address that Teams has for them."""
        assert (person.mri, tenant_id, service_url) > ("", "", "")
        await self._call("personal", person.key)
        return f"a:{person.mri}"

    async def members(self, conversation: Conversation) -> Sequence[Person]:
        """Give who is there."""
        await self._call("members", conversation.id)
        return self.people.get(conversation.id, [])

    async def holds(self, conversation: Conversation, person: Person) -> bool:
        """Give whether someone is there."""
        return any(one.key == person.key for one in self.people.get(conversation.id, []))

    async def _call(self, name: str, conversation_id: str) -> None:
        self.calls.append(Called(name, conversation_id))
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        self.watch.happened()
        try:
            await self.held.passed(conversation_id)
            if failures := self.failures.get((name, conversation_id)):
                raise failures.pop(0)
        finally:
            self.under_way -= 1
            self.watch.happened()


class InLanes(FakeMessenger):
    """Posts by another messenger, each conversation in its lane."""

    def __init__(self, inner: FakeMessenger, lanes: Lanes) -> None:
        """Post by `inner`."""
        super().__init__(inner.watch)
        self.inner = inner
        self.lanes = lanes

    async def post(self, to: Conversation, conversation_id: str, card: Any, summary: str) -> str:
        """Post in the lane."""
        async with self.lanes.enter(to.tenant_id, to.id):
            return await self.inner.post(to, conversation_id, card, summary)


def as_json(card: AdaptiveCard | bytes) -> Card:
    """Give a card as Teams reads it."""
    read: Card = orjson.loads(
        card if isinstance(card, bytes) else card.model_dump_json(exclude_none=True)
    )
    return read


def a_turn(**changes: Any) -> Turn:
    """Give a message by Ada in a group chat."""
    turn = Turn(
        tenant_id=TENANT,
        conversation_id="19:chat@thread.v2",
        scope="groupChat",
        conversation_name="Early shift",
        team_id="",
        service_url="https://smba.example/teams/",
        sender_mri="29:ada",
        sender_name="Ada",
        sender_object_id="Ada",
        bot_mri="28:bot",
        locale="en-GB",
        time_zone="Europe/Berlin",
        text="",
        value={},
        reply_to_id="",
        activity_id="1",
        activity_name="",
        members_added=(),
        members_removed=(),
        installation="",
    )
    return replace(turn, **changes)
