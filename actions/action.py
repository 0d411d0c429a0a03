"""An action, its draft, and its postings."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from actions.content import Content
from actions.people import Person

RECENT: Final = 60
"""How many recent respondents an action names: so many may a card's `refresh` (teams.md)."""


class Status(StrEnum):
    """Where an action is in its life; a draft is not one yet, a deleted one only says so."""

    SCHEDULED = "scheduled"
    ACTIVE = "active"
    CLOSED = "closed"
    DELETED = "deleted"


class Visibility(StrEnum):
    """Who sees results, and when."""

    EVERYONE = "everyone"
    AFTER_RESPONDING = "after_responding"
    AFTER_CLOSING = "after_closing"
    CREATOR = "creator"


class Notify(StrEnum):
    """What the creator is told of by a message."""

    NEVER = "never"
    EACH = "each"
    DAILY = "daily"
    ALL = "all"
    CLOSE = "close"


REMIND_HOURS: Final = 24
"""How long before the due time people are reminded (product.md §2)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How an action behaves; `anonymous` never changes once posted.

    `shuffle` gives each person their own order of options in the form that answers, `several`
    lets each person respond more than once, `may_add` lets respondents add options.
    `remind_hours` before the due time who has not responded is reminded, 0 for never. `notify`
    says what the creator is told of.
    """

    visibility: Visibility = Visibility.EVERYONE
    anonymous: bool = False
    may_change: bool = True
    shuffle: bool = False
    several: bool = False
    may_add: bool = False
    remind_hours: int = REMIND_HOURS
    notify: Notify = Notify.CLOSE

    def encode(self) -> dict[str, Any]:
        """Give the stored form."""
        return asdict(self)

    @classmethod
    def decode(cls, stored: Mapping[str, Any]) -> "Settings":
        """Read a stored form; a setting that it lacks has its default."""
        return cls(
            Visibility(stored.get("visibility", Visibility.EVERYONE)),
            stored.get("anonymous", False),
            stored.get("may_change", True),
            stored.get("shuffle", False),
            stored.get("several", False),
            stored.get("may_add", False),
            stored.get("remind_hours", REMIND_HOURS),
            Notify(stored.get("notify", Notify.CLOSE)),
        )


@dataclass(frozen=True, slots=True)
class Action:
    """What is posted: content, settings, and where it is in its life.

    `revision` rises with everything a card can show, `content_revision` with the content or the
    settings only. `audience` is the size of the roster snapshot, None until it is taken.
    `recent` holds the `29:` ids of the latest respondents, newest last, never of anonymous ones.
    `series` and `number` say which posting of a series it is, empty and 0 for none. `remind_at` is
    when the clock reminds people, `notify_at` when it tells the creator something, `notified` how
    many responses they were last told of.
    """

    id: str
    kind: str
    tenant_id: str
    creator: Person
    content: Content
    settings: Settings
    status: Status
    created_at: datetime
    locale: str
    time_zone: str
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    co_creators: tuple[Person, ...] = ()
    revision: int = 1
    content_revision: int = 1
    audience: int | None = None
    recent: tuple[str, ...] = ()
    series: str = ""
    number: int = 0
    remind_at: datetime | None = None
    notify_at: datetime | None = None
    notified: int = 0


@dataclass(frozen=True, slots=True)
class Posting:
    """One message of an action in one conversation; `activity_id` is empty until Teams has it.

    Of what was claimed, `due_at` is since when it has been behind, where that is known, and
    `lease_until` until when it is the claimer's.
    """

    id: str
    action_id: str
    conversation_id: str
    activity_id: str = ""
    shown_revision: int = 0
    attempts: int = 0
    due_at: datetime | None = None
    lease_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A form being filled in: what was typed, as it was typed, so that nothing is ever lost.

    Its id becomes the action's, or the series', so that posting twice is posting once. `edits`
    names the posted action, or the series, that it changes, if any; `origin` is the conversation
    it will be posted in.
    """

    id: str
    kind: str
    tenant_id: str
    creator: Person
    locale: str
    time_zone: str
    origin: str = ""
    edits: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    updated_at: datetime | None = None


def latest(mris: Sequence[str]) -> tuple[str, ...]:
    """Give the last few distinct `29:` ids, newest last; nothing else may a `refresh` name."""
    newest_first = dict.fromkeys(mri for mri in reversed(mris) if mri.startswith("29:"))
    return tuple(list(newest_first)[:RECENT][::-1])
