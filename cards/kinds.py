"""How each kind looks: one row per kind, the files beside this one being the columns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from microsoft_teams.cards.core import CardElement

from actions.action import Action
from actions.errors import NotFound
from actions.questions import Answers
from actions.viewing import View
from cards import poll
from cards.parts import Fit
from cards.texts import Texts


class Rows(Protocol):
    """Gives the middle of a summary card: what there is to tap."""

    def __call__(self, view: View, texts: Texts, *, live: bool, fit: Fit) -> list[CardElement]:
        """Give the rows; `live` ones can be tapped, `fit` says how much there is room for."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a kind is called, whole phrases because languages join words differently."""

    name: str
    new: str
    change: str
    make: str


@dataclass(frozen=True, slots=True)
class Look:
    """A kind's part of its cards.

    `answer` gives a response on one line; `fits` are how much a card may show, the most first.
    """

    name: str
    phrases: Phrases
    rows: Rows
    lines: Callable[[View, Texts], Iterable[str]]
    answer: Callable[[Action, Answers, Texts], str]
    fits: tuple[Fit, ...]


LOOKS: tuple[Look, ...] = (
    Look(
        name=poll.NAME,
        phrases=Phrases("Poll", "New poll", "Change poll", "Make a poll"),
        rows=poll.rows,
        lines=poll.lines,
        answer=poll.answer,
        fits=poll.FITS,
    ),
)
"""Every kind's look."""


def name_of(kind: str, texts: Texts) -> str:
    """Give a kind's name as a card's first word."""
    return texts(look(kind).phrases.name)


def look(name: str) -> Look:
    """Give the look of the kind of that name. Raises NotFound."""
    for candidate in LOOKS:
        if candidate.name == name:
            return candidate
    raise NotFound("no_such_kind")
