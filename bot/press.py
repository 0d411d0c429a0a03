"""A press of a button, wherever it was, as plain data; and what can come of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from microsoft_teams.cards.core import AdaptiveCard

from actions.caller import Caller
from actions.ports import Ports
from bot.summaries import Summaries
from cards.envelope import Envelope
from cards.parts import Host
from cards.texts import Texts
from dialogs.screen import Screen, Setting


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
