"""Chats and channels, and what the bot posted there."""

import asyncio
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.teams.cards import Card
from tests.teams.files import CONSENT, INFO, attached
from tests.teams.people import Person

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
T = TypeVar("T")


class Bell:
    """Rings whenever something changed, so that a test can wait for what it wants to see."""

    def __init__(self) -> None:
        """Start silent."""
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Let all who wait look again."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def until(self, ready: Callable[[], T], seconds: float) -> T:
        """Wait until `ready` gives something true and return that.

        Raises:
            TimeoutError: It did not within so many seconds.
        """
        async with asyncio.timeout(seconds):
            while not (found := ready()):
                await self._rung.wait()
        return found


@dataclass(eq=False)
class Message:
    """A message of the bot with all its `versions`, the newest last."""

    id: str
    chat: "Chat"
    thread: str
    versions: list[dict[str, Any]]
    deleted: bool = False

    @property
    def activity(self) -> dict[str, Any]:
        """The newest version, as the bot sent it."""
        return self.versions[-1]

    @property
    def card(self) -> Card:
        """The newest base card; raises LookupError where the message has none."""
        cards = cards_of(self.activity)
        if not cards:
            msg = f"message {self.id} has no card: {self.activity.get('text')!r}"
            raise LookupError(msg)
        return deepcopy(cards[0])

    @property
    def has_card(self) -> bool:
        """Whether the message holds a card."""
        return bool(cards_of(self.activity))

    @property
    def offered(self) -> dict[str, Any]:
        """The file that it offers to save; raises LookupError where it offers none."""
        consent = attached(self.activity, CONSENT)
        if consent is None:
            msg = f"message {self.id} offers no file"
            raise LookupError(msg)
        return deepcopy(consent)

    @property
    def offers_file(self) -> bool:
        """Whether the message offers a file."""
        return attached(self.activity, CONSENT) is not None

    @property
    def saved_file(self) -> str:
        """The name of the file that the message shows as saved, empty where it shows none."""
        info = attached(self.activity, INFO)
        return info["name"] if info else ""

    @property
    def text(self) -> str:
        """The newest text, empty where it has none."""
        return self.activity.get("text") or ""

    @property
    def summary(self) -> str:
        """What a notification shows, empty where it has none."""
        return self.activity.get("summary") or ""

    @property
    def updates(self) -> int:
        """How often the bot replaced it."""
        return len(self.versions) - 1


@dataclass(eq=False, kw_only=True)
class Chat:
    """A personal chat, group chat or channel; `kind` is Teams' own word."""

    id: str
    kind: str
    name: str
    tenant_id: str
    members: list[Person]
    bell: Bell
    has_bot: bool = True
    team_id: str = ""
    team_name: str = ""
    all_messages: list[Message] = field(default_factory=list)
    open_calls: int = 0
    most_at_once: int = 0

    @property
    def is_shared(self) -> bool:
        """Whether several people see the same card."""
        return self.kind != "personal"

    @property
    def messages(self) -> list[Message]:
        """The bot's messages that are not deleted, oldest first."""
        return [message for message in self.all_messages if not message.deleted]

    @property
    def latest(self) -> Message:
        """The bot's newest message."""
        return self.messages[-1]

    def message(self, message_id: str) -> Message | None:
        """Give the bot's message with this id unless it is deleted."""
        return next((one for one in self.messages if one.id == message_id), None)

    async def wait_until(self, ready: Callable[[], T], timeout: float = 10) -> T:
        """Wait until `ready` gives something true; it is asked after each call of the bot.

        Raises:
            TimeoutError: Says what the chat holds instead.
        """
        try:
            return await self.bell.until(ready, timeout)
        except TimeoutError:
            held = [(m.text or m.summary or "card", m.updates) for m in self.messages]
            msg = f"waited {timeout} s in vain; messages and their updates: {held}"
            raise TimeoutError(msg) from None

    async def wait_for_message(
        self,
        wanted: int | Callable[[Message], object] = 1,
        timeout: float = 10,
    ) -> Message:
        """Wait for so many messages, or for one that fits, and give the newest such.

        Raises:
            TimeoutError: Says what the chat holds instead.
        """

        def found() -> Message | None:
            if isinstance(wanted, int):
                return self.latest if len(self.messages) >= wanted else None
            return next((one for one in reversed(self.messages) if wanted(one)), None)

        message = await self.wait_until(found, timeout)
        assert message is not None
        return message


def cards_of(activity: dict[str, Any]) -> list[Card]:
    """Give the Adaptive Cards attached to an activity."""
    attachments = activity.get("attachments") or ()
    return [one["content"] for one in attachments if one.get("contentType") == CARD_TYPE]
