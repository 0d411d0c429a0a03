"""The kinds: what the use cases ask of each, and the list of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Protocol

from actions import checklist, exam_form, poll, quiz, survey, training
from actions.action import Action
from actions.builder import Builder
from actions.content import Content
from actions.errors import NotFound
from actions.fields import Values
from actions.people import Person
from actions.plan import Plan
from actions.questions import Answers
from actions.responses import Standing


class Build(Protocol):
    """Reads a whole form. Raises InvalidAnswers."""

    def __call__(
        self,
        values: Values,
        now: datetime,
        time_zone: str,
        new_id: Callable[[], str],
        before: Action | None = None,
        maker: Person | None = None,
    ) -> Plan:
        """Give the plan for `maker`; `before` is the posted action that is being edited."""


class Way(StrEnum):
    """How a kind is answered.

    By taps on its card, page by page as a form that is handed in (`actions.filling`), or question
    by question in attempts that are marked (`actions.taking`), or by ticking items
    (`actions.ticking`).
    """

    TAPS = "taps"
    FORM = "form"
    ATTEMPTS = "attempts"
    ITEMS = "items"


def as_it_is(action: Action, now: datetime) -> Action:
    """Give an action of which nothing is another at another time."""
    del now
    return action


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind's rules.

    `responds` says, by a button's verb, how its argument changes a response, where it is answered
    by taps. `watched` names the questions whose tallies its card shows or its rules look at.
    `builder` makes its questions, None where its form has other fields for what it asks.
    `renewed` gives an action as it is made again at a later time, nothing answered.
    """

    name: str
    blank: Callable[[datetime, str, Callable[[], str], str], Values]
    values_of: Callable[[Action], Values]
    from_line: Callable[[str, datetime, str, Callable[[], str]], Values | None]
    typed: Callable[[Values, Mapping[str, str], Callable[[], str]], Values]
    build: Build
    watched: Callable[[Content], tuple[str, ...]]
    responds: Mapping[str, Callable[[Standing, str], Answers | None]]
    way: Way = Way.TAPS
    builder: Builder | None = None
    renewed: Callable[[Action, datetime], Action] = as_it_is

    @property
    def has_pages(self) -> bool:
        """It asks many questions: they are made, answered and shown some at a time."""
        return self.way is not Way.TAPS


KINDS: tuple[Kind, ...] = (
    Kind(
        name="poll",
        blank=poll.blank,
        values_of=poll.values_of,
        from_line=poll.from_line,
        typed=poll.typed,
        build=poll.build,
        watched=poll.watched,
        responds={"choose": poll.choose, "take_back": poll.take_back, "vote": poll.vote},
    ),
    Kind(
        name=survey.NAME,
        blank=survey.blank,
        values_of=survey.values_of,
        from_line=survey.from_line,
        typed=survey.typed,
        build=survey.build,
        watched=survey.watched,
        responds={},
        way=Way.FORM,
        builder=survey.BUILDER,
    ),
    Kind(
        name=quiz.NAME,
        blank=partial(exam_form.blank, quiz.SORT),
        values_of=exam_form.values_of,
        from_line=exam_form.from_line,
        typed=exam_form.typed,
        build=partial(exam_form.build, quiz.SORT),
        watched=exam_form.watched,
        responds={},
        way=Way.ATTEMPTS,
        builder=quiz.BUILDER,
    ),
    Kind(
        name=training.NAME,
        blank=partial(exam_form.blank, training.SORT),
        values_of=exam_form.values_of,
        from_line=exam_form.from_line,
        typed=exam_form.typed,
        build=partial(exam_form.build, training.SORT),
        watched=exam_form.watched,
        responds={},
        way=Way.ATTEMPTS,
        builder=training.BUILDER,
    ),
    Kind(
        name=checklist.NAME,
        blank=checklist.blank,
        values_of=checklist.values_of,
        from_line=checklist.from_line,
        typed=checklist.typed,
        build=checklist.build,
        watched=checklist.watched,
        responds={},
        way=Way.ITEMS,
        builder=checklist.BUILDER,
        renewed=checklist.renewed,
    ),
)
"""Every kind that Muster has."""


def builder(name: str) -> Builder:
    """Give the builder of the kind of that name. Raises NotFound, also if it has none."""
    found = kind(name).builder
    if found is None:
        raise NotFound("no_such_button")
    return found


def kind(name: str) -> Kind:
    """Give the kind of that name. Raises NotFound."""
    for candidate in KINDS:
        if candidate.name == name:
            return candidate
    raise NotFound("no_such_kind")
