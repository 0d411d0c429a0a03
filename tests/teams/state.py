"""What the stand-in knows: who there is, which chats, and what went wrong."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from tests.teams.card_check import check_card, check_inputs_absent
from tests.teams.cards import Card
from tests.teams.chats import Bell, Chat
from tests.teams.onedrive import OneDrive
from tests.teams.people import Person


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Call:
    """One request that the bot made to the stand-in; `at` is `time.monotonic`."""

    method: str
    path: str
    status: int
    at: float


@dataclass(eq=False, kw_only=True)
class State:
    """The stand-in's memory, shared by its servers and its people."""

    bot_name: str = "Muster"
    tenant_id: str = field(default_factory=lambda: str(uuid4()))
    app_id: str = field(default_factory=lambda: str(uuid4()))
    app_password: str = field(default_factory=lambda: uuid4().hex)
    service_url: str = ""
    now: Callable[[], datetime] = _now
    checks_cards: bool = True
    bell: Bell = field(default_factory=Bell)
    people: dict[str, Person] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    team_ids: dict[str, str] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    onedrive: OneDrive = field(init=False)
    _personal: dict[str, str] = field(default_factory=dict)
    _last_id: int = field(default_factory=lambda: time.time_ns() // 1_000_000)

    def __post_init__(self) -> None:
        """Give people a OneDrive."""
        self.onedrive = OneDrive(self.bell, self.complaints)

    @property
    def bot_mri(self) -> str:
        """The bot's id in Teams."""
        return f"28:{self.app_id}"

    def next_id(self) -> str:
        """Make the id of a message: it looks like a time in milliseconds, as in Teams."""
        self._last_id += 1
        return str(self._last_id)

    def personal_chat(self, person: Person) -> Chat:
        """Give the 1:1 chat of the bot and this person; it is made without the bot in it."""
        chat_id = self._personal.setdefault(person.mri, f"a:1{uuid4().hex}")
        if chat_id in self.chats:
            return self.chats[chat_id]
        return self.add_chat("personal", [person], id=chat_id, has_bot=False)

    def add_chat(self, kind: str, members: list[Person], **more: Any) -> Chat:
        """Keep a new chat."""
        known: dict[str, Any] = {"name": "", "tenant_id": self.tenant_id} | more
        chat = Chat(kind=kind, members=members, bell=self.bell, **known)
        self.chats[chat.id] = chat
        return chat

    def find_chat(self, conversation_id: str) -> Chat | None:
        """Give the chat of a conversation's id, with or without a thread, or of a team's id."""
        root = conversation_id.partition(";messageid=")[0]
        if root in self.chats:
            return self.chats[root]
        if root not in self.team_ids.values():
            return None
        return next(one for one in self.chats.values() if one.team_id == root)

    def problem_with(self, card: Card, *, shared: bool) -> str:
        """Say what Teams would choke on in a card, nothing if all is well."""
        if not self.checks_cards:
            return ""
        try:
            check_card(card)
            if shared:
                check_inputs_absent(card)
        except AssertionError as error:
            return str(error)
        return ""
