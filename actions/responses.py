"""A response, and a change to one as the writer carries it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from actions.action import Action
from actions.history import Entry
from actions.people import Person
from actions.questions import Answers
from actions.tallies import Tallies


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds at the moment a change is decided, inside the transaction that stores it."""

    action: Action
    old: Answers | None
    tallies: Tallies


Decide: TypeAlias = Callable[[Standing], Answers | None]
"""Gives the response as it shall be, None for none. Raises a MusterError to refuse."""


@dataclass(frozen=True, slots=True)
class Change:
    """One person's wish to change one response.

    `slot` is what there is one response for: the person, the person and the number of the
    response, or later the item of a shared list. `decide` may run more than once, so it changes
    nothing itself. `watched` are the questions whose tallies it looks at and is told of
    afterwards; `ends_progress` when what was filled in so far is handed in with it.
    `entry` is the line that it leaves in the history if it changes something.
    """

    action_id: str
    slot: str
    person: Person
    at: datetime
    decide: Decide
    watched: tuple[str, ...] = ()
    ends_progress: bool = False
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What stands after a change was committed."""

    action: Action
    answers: Answers | None
    tallies: Tallies
    changed: bool


@dataclass(frozen=True, slots=True)
class Response:
    """One stored response; of an anonymous action it has no answers, of a ballot no person."""

    person: Person
    answers: Answers | None
    at: datetime | None
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A response with which the clock has to do: its time is over, or it lapses."""

    action_id: str
    slot: str
    person: Person


NOBODY = Person("", "")
"""Whose a ballot is."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A form while it is filled in: what was typed so far, and the question that it is at.

    `values` are texts by field name (`actions.entry`), as they were typed.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    at: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of filling in a form: what was typed is added to what stands, nothing is lost.

    `forgets`: what stands is thrown away first.
    """

    action_id: str
    slot: str
    values: Mapping[str, str]
    at: str = ""
    forgets: bool = False

    def after(self, standing: Progress | None) -> Progress:
        """Give what stands then."""
        kept = {} if standing is None or self.forgets else standing.values
        return Progress({**kept, **self.values}, self.at)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of people, and where the next one starts, empty when there is none."""

    responses: tuple[Response, ...]
    following: str = ""


def slot_of(person_key: str, number: int = 1) -> str:
    """Give the slot of someone's first, second … response to an action."""
    return person_key if number == 1 else f"{person_key}#{number}"


def number_of(slot: str, person_key: str) -> int:
    """Give which of someone's responses a slot is for, from 1."""
    text = slot.removeprefix(person_key).removeprefix("#")
    return int(text) if text.isascii() and text.isdigit() else 1
