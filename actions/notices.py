"""Messages of the bot's own accord: to a person, or to a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from actions.action import Action
from actions.people import Person

SELDOM: Final = timedelta(hours=12)
"""The least time between two reminders of one action to one person (product.md §2)."""

MENTIONS: Final = 20
"""People named in one message; with more of them Teams may refuse it (issue 6)."""

MENTION_MESSAGES: Final = 5
"""Messages with mentions in a chat for one round of reminders: more would be a flood."""


class About(StrEnum):
    """What a message is about; `cards.notices` has its words.

    To respondents: a reminder, or the one message that mentions those who cannot be reminded in a
    chat of their own; a training that no longer holds. To who helps from now on: that they manage
    something, or check a list. To creators: the rest.
    """

    REMINDER = "reminder"
    MENTION = "mention"
    ASK_AGAIN = "ask_again"
    CLOSED = "closed"
    RESPONSES = "responses"
    EVERYONE = "everyone"
    DIGEST = "digest"
    POSTED_LATE = "posted_late"
    NOT_POSTED = "not_posted"
    CO_CREATOR = "co_creator"
    CHECKER = "checker"


class Outcome(StrEnum):
    """What became of a message.

    UNREACHED waits for its round to end: the person is then mentioned in the chat (MENTIONED), or
    cannot be reached at all.
    """

    PENDING = ""
    SENT = "sent"
    NOT_NEEDED = "not_needed"
    UNREACHED = "unreached"
    MENTIONED = "mentioned"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Notice:
    """One message; its id is made of what it is for, so that sending it twice is sending it once.

    `person` is whose chat it goes to, None where it goes to the conversation `conversation_id`.
    `action_id` may name a series, or be empty. `round` names the reminders that were sent
    together. After `expires_at` it is not sent any more.
    """

    id: str
    about: About
    tenant_id: str
    action_id: str = ""
    person: Person | None = None
    conversation_id: str = ""
    locale: str = ""
    round: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    created_at: datetime | None = None
    expires_at: datetime | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What a creator is told of an action, which is as it was read for that.

    `count` is how many responses they know of then, `next_at` when they are told something next.
    """

    action: Action
    count: int
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unreached:
    """Someone whom no message reached, and why, in Teams' words or ours."""

    person: Person
    code: str


@dataclass(frozen=True, slots=True)
class Round:
    """What became of one round of reminders: how many by outcome, and some of the unreachable."""

    id: str
    at: datetime
    counts: Mapping[Outcome, int]
    unreachable: tuple[Unreached, ...] = ()

    @property
    def is_over(self) -> bool:
        """Nothing of it is on its way any more."""
        return not self.counts.get(Outcome.PENDING) and not self.counts.get(Outcome.UNREACHED)
