"""A response while it is filled in, page by page, and what stands once it was handed in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from actions.action import Action
from actions.entry import PLAIN, Reading
from actions.errors import Problem
from actions.fields import Values
from actions.paging import Page, asked, page_at, pages, spread
from actions.questions import Answers
from actions.responses import Progress, Response, number_of, slot_of
from actions.typed import Read, Sent, entered, read, taken

REVIEW = "*"
"""Where a form is at when everything is looked through before it is handed in."""


class Move(StrEnum):
    """Where a page's button leads: on, back, nowhere, or to the review.

    `NEXT` and `DONE` look at what was typed first, and stay where it is not right.
    """

    NEXT = "next"
    BACK = "back"
    STAY = "stay"
    DONE = "done"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Which of someone's responses to an action is filled in, and how they write numbers.

    `number` is 1 or more. It comes from a button and is not to be trusted.
    """

    action_id: str
    number: int = 1
    reading: Reading = PLAIN


@dataclass(frozen=True, slots=True)
class Filling:
    """A response while it is filled in, and where it is at: a question of its page, or REVIEW.

    `handed_in` are the answers that stand, if this is a change of them; `begun`: something is kept
    of what was typed since; `resumed`: it was come back to. `wrong` are the problems to tell now,
    `refused` is why it could not be handed in. `given` is the page where the values do not tell.
    """

    action: Action
    slot: str
    number: int
    values: Values
    read: Read
    at: str = ""
    handed_in: Answers | None = None
    begun: bool = False
    resumed: bool = False
    wrong: Mapping[str, Problem] = field(default_factory=dict)
    refused: Problem | None = None
    given: Page = ()

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that are shown, given what was typed so far."""
        return pages(self.action.content, self.read.answers)

    @property
    def place(self) -> int:
        """The number of the page that it is at, from 0."""
        return page_at(self.pages, self.at)

    @property
    def page(self) -> Page:
        """The questions of the page that it is at."""
        return self.given or self.pages[self.place]

    @property
    def numbers(self) -> Mapping[str, int]:
        """The numbers of the questions that are asked, from 1, by id."""
        content = self.action.content
        shown = content.questions if self.given else asked(content, self.read.answers)
        return {question.id: number for number, question in enumerate(shown, 1)}

    @property
    def is_single(self) -> bool:
        """Everything stands on one page, which is handed in as it is."""
        return len(spread(self.action.content)) == 1

    @property
    def is_unchanged(self) -> bool:
        """It says what was handed in already."""
        return self.read.answers == self.handed_in and not self.read.problems

    def problems_of(self, questions: Collection[str]) -> Mapping[str, Problem]:
        """Give the problems of some questions, by their fields."""
        problems = self.read.problems.items()
        return {name: problem for name, problem in problems if question_of(name) in questions}

    def telling(self) -> "Filling":
        """Give it with the problems of its page told."""
        return replace(self, wrong=self.problems_of([question.id for question in self.page]))

    def taking(self, sent: Sent, reading: Reading) -> "Filling":
        """Give it with what a page sent."""
        values = {**self.values, **taken(self.action.content, sent)}
        return replace(self, values=values, read=read(self.action.content, values, reading))

    def moved(self, sent: Sent, move: Move) -> "Filling":
        """Give it where the button of the page that was sent leads, if nothing there is wrong."""
        wrong = self.problems_of(sent.questions) if move in {Move.NEXT, Move.DONE} else {}
        if wrong or move is Move.STAY:
            return replace(self, at=first_of(sent) or self.at, wrong=wrong)
        if move in {Move.DONE, Move.LEAVE}:
            return replace(self, at=REVIEW)
        return replace(self, at=self._beside(sent, move))

    def _beside(self, sent: Sent, move: Move) -> str:
        order = {question.id: n for n, question in enumerate(self.action.content.questions)}
        here = [order[name] for name in sent.questions if name in order]
        if move is Move.BACK:
            first = min(here, default=len(order))
            before = (page for page in reversed(self.pages) if order[page[0].id] < first)
            return next((page[0].id for page in before), first_of(sent))
        last = max(here, default=-1)
        after = (page for page in self.pages if order[page[-1].id] > last)
        return next((page[0].id for page in after), REVIEW)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What someone has handed in; `own` has no answers where they can no longer be told."""

    action: Action
    person: str
    own: tuple[Response, ...]
    is_open: bool
    sees_results: bool

    def may_edit(self, response: Response) -> bool:
        """Give whether one of the responses may be changed."""
        return self.is_open and self.action.settings.may_change and response.answers is not None

    @property
    def next_number(self) -> int:
        """The number of their next response."""
        return number_of(self.own[-1].slot, self.person) + 1 if self.own else 1

    def response(self, number: int) -> Response | None:
        """Give one of their responses, None if it was not handed in."""
        slot = slot_of(self.person, number)
        return next((one for one in self.own if one.slot == slot), None)

    def is_sealed(self, number: int) -> bool:
        """Give whether a response can no longer be told from the others."""
        found = self.response(number)
        return found is not None and found.answers is None


def filling_of(receipt: Receipt, sheet: Sheet, kept: Progress | None) -> Filling:
    """Give a response as it was left, else as it was handed in, else blank."""
    action, standing = receipt.action, receipt.response(sheet.number)
    handed_in = standing.answers if standing is not None else None
    begun = kept is not None and bool(kept.values)
    values = entered(action.content, handed_in or {}, sheet.reading)
    if kept is not None and begun:
        values = kept.values
    return Filling(
        action=action,
        slot=slot_of(receipt.person, sheet.number),
        number=sheet.number,
        values=values,
        read=read(action.content, values, sheet.reading),
        at=kept.at if kept is not None and begun else "",
        handed_in=handed_in,
        begun=begun,
        resumed=begun,
    )


def first_of(sent: Sent) -> str:
    """Give the question that stands for the page that was sent."""
    return sent.questions[0] if sent.questions else ""


def question_of(name: str) -> str:
    """Give the id of the question that a field belongs to."""
    return name.partition(".")[0]
