"""A press of a button, wherever it was, as plain data; and what can come of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from microsoft_teams.cards.core import AdaptiveCard

from actions.caller import Caller
from actions.exporting import AnyOrder
from actions.places import Conversation
from actions.ports import Ports
from bot.summaries import Summaries
from cards.envelope import Envelope
from cards.parts import Host
from cards.texts import Texts
from dialogs.place import LONGEST_SEARCH, Place
from dialogs.screen import Screen, Setting


@dataclass(frozen=True, slots=True)
class Handover:
    """How files get to a person.

    `link` gives an export's address, nothing where there can be none; `offer` begins to make one,
    which comes to someone's own chat by itself. `certificate` gives where the certificate of a
    code is confirmed and its file is had, and `open_link` where a lesson's link is opened (action,
    person, lesson, link), nothing where there is no such place.
    """

    link: Callable[[AnyOrder], str]
    offer: Callable[[Conversation, AnyOrder, Texts], None]
    certificate: Callable[[str], str]
    open_link: Callable[[str, str, str, str], str]


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

    def place(self) -> Place:
        """Read where in results a button leads; a search just typed starts from the first page.

        Some clients send the field also with the buttons that turn pages (teams.md §1).
        """
        place = Place.read(self.envelope.argument)
        typed = self.inputs.get("search")
        if typed is None or place.start or place.skip:
            return place
        return replace(place, search=typed.strip()[:LONGEST_SEARCH])

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
