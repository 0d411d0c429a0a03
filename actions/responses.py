"""A response, and a change to one as the writer carries it out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from actions.action import Action
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

    `slot` is what there is one response for: the person, or later the person and the attempt, or
    the item of a shared list. `decide` may run more than once, so it changes nothing itself.
    """

    action_id: str
    slot: str
    person: Person
    at: datetime
    decide: Decide


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


@dataclass(frozen=True, slots=True)
class Page:
    """One page of people, and where the next one starts, empty when there is none."""

    responses: tuple[Response, ...]
    following: str = ""
