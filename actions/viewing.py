"""What someone may see of an action, worked out once for every card that shows it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from actions.action import Action, Status
from actions.attempts import is_handed_in
from actions.caller import Caller
from actions.choice import Choice, Option
from actions.errors import NotAllowed, NotFound
from actions.kinds import kind
from actions.notices import Round
from actions.places import thread_root
from actions.policy import (
    is_open,
    knows,
    manages,
    sees_breakdown,
    sees_leaderboard,
    sees_questions,
    sees_results,
    tells_who_answered,
    visibility_of,
)
from actions.ports import Ports
from actions.questions import Answers
from actions.responses import Page, Response, Written
from actions.tallies import LATE, Tallies

PEOPLE_PER_PAGE = 10
"""How many people one page of a list names."""


class Shown(StrEnum):
    """Whether counts may be shown, and if not, why."""

    YES = "yes"
    AFTER_RESPONDING = "after_responding"
    AFTER_CLOSING = "after_closing"
    CREATOR = "creator"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class View:
    """An action as `viewer` (a person's key, empty for anyone in the chat) may see it.

    `answers` are the viewer's own; `took_part` is also true where an anonymous answer can no
    longer be told from the others. `reader` is the viewer's name, empty where it is not known.
    """

    action: Action
    tallies: Tallies
    viewer: str
    answers: Answers | None
    took_part: bool
    is_open: bool
    shown: Shown
    now: datetime
    reader: str = ""

    @property
    def manages(self) -> bool:
        """The viewer is the creator or a co-creator."""
        return bool(self.viewer) and manages(self.action, self.viewer)

    @property
    def sees_questions(self) -> bool:
        """The viewer may see the results of each question."""
        is_seen = sees_questions(self.action, self.viewer, is_open=self.is_open)
        return self.shown is Shown.YES and is_seen

    @property
    def sees_leaderboard(self) -> bool:
        """The viewer may see who was best."""
        took_part, is_open = self.took_part, self.is_open
        return sees_leaderboard(self.action, self.viewer, responded=took_part, is_open=is_open)

    @property
    def expected(self) -> int | None:
        """How many people are expected to respond; who joined later counts once they did."""
        late = self.tallies.counts.get(LATE, 0)
        return None if self.action.audience is None else self.action.audience + late


@dataclass(frozen=True, slots=True)
class Bar:
    """One option's result; `share` is of the people who responded, 0 to 1."""

    option: Option
    count: int
    share: float
    wins: bool

    @property
    def is_full(self) -> bool:
        """No place is left."""
        return self.option.places is not None and self.count >= self.option.places


@dataclass(frozen=True, slots=True)
class People:
    """A page of people in an action's results; the search and the start that led to it.

    `reminded` is what became of the last reminders, for who may know that.
    """

    view: View
    page: Page
    search: str
    start: str
    reminded: Round | None = None


def view_of(
    action: Action,
    tallies: Tallies,
    now: datetime,
    viewer: str = "",
    answers: Answers | None = None,
    *,
    took_part: bool = False,
    reader: str = "",
) -> View:
    """Work out what `viewer` may see."""
    responded = took_part or is_handed_in(answers)
    shown = _shown(action, tallies, viewer, responded=responded, now=now)
    opened = is_open(action, now)
    return View(action, tallies, viewer, answers, responded, opened, shown, now, reader)


def bars(view: View, question: Choice) -> tuple[Bar, ...]:
    """Give the options' results in their order; winners once it is closed and they may be seen."""
    counts = [view.tallies.count(question.id, option.id) for option in question.options]
    people, best = view.tallies.responded, max(counts, default=0)
    decided = view.shown is Shown.YES and not view.is_open
    return tuple(
        Bar(
            option,
            count,
            count / people if people else 0.0,
            wins=decided and count == best > 0,
        )
        for option, count in zip(question.options, counts, strict=True)
    )


async def reached(ports: Ports, caller: Caller, action_id: str) -> Action:
    """Give an action that the caller may know of. Raises NotFound otherwise."""
    action = await ports.store.action(action_id)
    if action.status is Status.DELETED:
        raise NotFound("deleted")
    await check_reaches(ports, caller, action)
    return action


async def check_reaches(ports: Ports, caller: Caller, action: Action) -> None:
    """Raise NotFound unless the caller may know of the action.

    It must have been posted in the conversation that they ask from, or they manage it, or its
    roster snapshot holds them, or they have responded or begun to; and always in their tenant.
    """
    here, person = thread_root(caller.conversation_id), caller.person.key
    has_met = (
        await ports.store.is_posted_in(action.id, here)
        or await ports.store.in_audience(action.id, person) is not None
        or await ports.store.answers(action.id, person) is not None
    )
    if not knows(action, caller, has_met=has_met):
        raise NotFound("no_such_action")


async def view(ports: Ports, caller: Caller, action_id: str) -> View:
    """Give an action as the caller may see it. Raises NotFound."""
    action = await reached(ports, caller, action_id)
    slot, reader = caller.person.key, caller.person.name
    answers = await ports.store.answers(action_id, slot)
    took_part = is_handed_in(answers) or await ports.store.took_part(action_id, slot)
    watched = kind(action.kind).watched(action.content)
    tallies, now = await ports.store.tallies(action_id, watched), ports.clock.now()
    return view_of(action, tallies, now, slot, answers, took_part=took_part, reader=reader)


def view_after(caller: Caller, written: Written, now: datetime) -> View:
    """Give the view of someone whose response was just stored, from what the writer knows."""
    viewer, reader = caller.person.key, caller.person.name
    return view_of(written.action, written.tallies, now, viewer, written.answers, reader=reader)


async def responded(
    ports: Ports, caller: Caller, action_id: str, search: str, start: str
) -> People:
    """Give a page of those who responded. Raises NotFound, NotAllowed."""
    seen = await view(ports, caller, action_id)
    _check_people(seen)
    page = await ports.store.responded(action_id, search, start, PEOPLE_PER_PAGE)
    if not sees_answers(seen):
        people = tuple(Response(r.person, None, None) for r in page.responses)
        page = Page(people, page.following)
    return People(seen, page, search, start)


async def not_responded(
    ports: Ports, caller: Caller, action_id: str, search: str, start: str
) -> People:
    """Give a page of those who did not respond. Raises NotFound, NotAllowed."""
    seen = await view(ports, caller, action_id)
    _check_people(seen)
    page = await ports.store.not_responded(action_id, search, start, PEOPLE_PER_PAGE)
    return People(seen, page, search, start, await last_reminded(ports, seen))


async def last_reminded(ports: Ports, seen: View) -> Round | None:
    """Give the figures of the last reminders to who may know them."""
    return await ports.store.last_round(seen.action.id, 0) if seen.manages else None


def sees_answers(seen: View) -> bool:
    """Give whether the viewer may see who answered what."""
    return seen.shown is Shown.YES and tells_who_answered(seen.action, seen.viewer)


def sees_people(seen: View) -> bool:
    """Give whether the viewer may see who responded: who may see the results, and the creator."""
    return seen.manages or seen.shown in {Shown.YES, Shown.TOO_FEW}


def _check_people(seen: View) -> None:
    if not sees_people(seen):
        raise NotAllowed("results_hidden")


def _shown(
    action: Action, tallies: Tallies, viewer: str, *, responded: bool, now: datetime
) -> Shown:
    if not sees_results(action, viewer, responded=responded, now=now):
        return Shown(visibility_of(action).value)
    return Shown.YES if sees_breakdown(action, tallies.people) else Shown.TOO_FEW
