"""A press of a button, wherever it was, as plain data; and what can come of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from microsoft_teams.cards.core import AdaptiveCard

from actions.caller import Caller
from actions.exporting import Order
from actions.places import Conversation
from actions.ports import Ports
from bot.summaries import Summaries
from cards.envelope import Envelope
from cards.parts import Host
from cards.texts import Texts
from dialogs.screen import Screen, Setting


@dataclass(frozen=True, slots=True)
class Handover:
    """How an export gets to a person.

    `link` gives its address, nothing where there can be none; `offer` begins to make a file,
    which comes to someone's own chat by itself.
    """

    link: Callable[[Order], str]
    offer: Callable[[Conversation, Order, Texts], None]


@dataclass(frozen=True, slots=True)
class Press:
    """Who pressed what, with which inputs; `extension` says that Teams itself shows previews."""

    ports: Ports
    summaries: Summaries
    caller: Caller
    host: Host
    envelope: Envelope
    inputs: Mapping[str, str]
    texts: Texts
    handover: Handover
    extension: bool = False

    def setting(self, notice: str = "", done: str = "") -> Setting:
        """Give what a screen needs to know of the place and the reader."""
        return Setting(self.host, self.texts, notice=notice, done=done)


@dataclass(frozen=True, slots=True)
class CardJson:
    """A summary card, already rendered."""

    json: bytes


@dataclass(frozen=True, slots=True)
class MessagePreview:
    """The card that the message extension shows with its own Send and Edit."""

    card: AdaptiveCard


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing more to look at: a dialog closes."""


Outcome: TypeAlias = Screen | CardJson | MessagePreview | Done

Verb: TypeAlias = Callable[[Press], Awaitable[Outcome]]
"""Carries out one verb. Raises MusterError."""
