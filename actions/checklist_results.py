"""What comes of a checklist: figures, who did how much, what was not done, who is through."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from actions.caller import Caller
from actions.content import Content
from actions.errors import NotAllowed, NotFound
from actions.fields import fold
from actions.history import Entry
from actions.item import Item
from actions.looking import one_response
from actions.notices import Round
from actions.people import Person
from actions.policy import checks
from actions.ports import Ports
from actions.questions import Answers
from actions.responses import Page, Response
from actions.rows import Row, rows_in, rows_of, ticks_of
from actions.tallies import FINISHED, is_finished
from actions.ticking import checklist_of, item_of
from actions.ticks import State, Tick
from actions.viewing import (
    PEOPLE_PER_PAGE,
    People,
    Shown,
    View,
    last_reminded,
    not_responded,
    view,
)

LINES_PER_PAGE: Final = 15
"""How many lines of the history one page holds."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The one list of everybody; without rows where its results may not be seen.

    `reminded` is what became of the last reminders, for who may know that.
    """

    view: View
    rows: tuple[Row, ...]
    reminded: Round | None = None


@dataclass(frozen=True, slots=True)
class PeopleFigures:
    """How many people's own lists are what; `waiting` None where nobody knows who is expected."""

    finished: int
    under_way: int
    waiting: int | None


@dataclass(frozen=True, slots=True)
class OneList:
    """Somebody's own list, and the slots of the next newer and the next older one."""

    view: View
    response: Response
    rows: tuple[Row, ...]
    newer: str = ""
    older: str = ""

    @property
    def checks(self) -> bool:
        """It is the viewer whose word makes count what is done, and it still can."""
        kept = checklist_of(self.view.action.content)
        return checks(kept, self.view.viewer) and self.view.is_open


@dataclass(frozen=True, slots=True)
class OfItem:
    """A page of those in whose own lists an item is in a state."""

    view: View
    item: Item
    state: State
    page: Page


@dataclass(frozen=True, slots=True)
class History:
    """A page of what was done, the newest first; `following` is where the next one starts."""

    view: View
    lines: tuple[Entry, ...]
    start: str
    following: str


async def shared(ports: Ports, caller: Caller, action_id: str) -> Shared:
    """Give the one list as it stands. Raises NotFound; what may not be seen is not there."""
    seen = await view(ports, caller, action_id)
    if checklist_of(seen.action.content).individual:
        raise NotFound("no_such_button")
    rows = rows_in(seen) if seen.shown is Shown.YES else ()
    return Shared(seen, rows, await last_reminded(ports, seen))


async def shared_seen(ports: Ports, caller: Caller, action_id: str) -> Shared:
    """Give the one list to who may see its results. Raises NotFound, NotAllowed."""
    found = await shared(ports, caller, action_id)
    _check_shown(found.view)
    return found


async def people(ports: Ports, caller: Caller, action_id: str) -> View:
    """Give what all lists come to: a view with the tallies of each item. Raises NotFound."""
    seen = await _individual(ports, caller, action_id)
    tallies = await ports.store.tallies(action_id)
    return replace(seen, tallies=tallies)


async def finished(
    ports: Ports, caller: Caller, action_id: str, search: str, start: str
) -> People:
    """Give a page of those with no item left open. Raises NotFound, NotAllowed."""
    return await _people(ports, caller, action_id, search, start, is_finished)


async def under_way(
    ports: Ports, caller: Caller, action_id: str, search: str, start: str
) -> People:
    """Give a page of those who have begun and not finished. Raises NotFound, NotAllowed."""

    def is_under_way(content: Content, answers: Answers) -> bool:
        return not is_finished(content, answers)

    found = await _people(ports, caller, action_id, search, start, is_under_way)
    return replace(found, reminded=await last_reminded(ports, found.view))


async def waiting(ports: Ports, caller: Caller, action_id: str, search: str, start: str) -> People:
    """Give a page of those who are expected and have not begun. Raises NotFound, NotAllowed."""
    await _individual(ports, caller, action_id)
    return await not_responded(ports, caller, action_id, search, start)


async def one_list(ports: Ports, caller: Caller, action_id: str, slot: str) -> OneList:
    """Give somebody's own list. Raises NotFound, NotAllowed."""
    await _individual(ports, caller, action_id)
    found = await one_response(ports, caller, action_id, slot)
    content, name = found.view.action.content, found.response.person.name
    rows = rows_of(content, ticks_of(content, found.response.answers), name, found.view.now)
    return OneList(found.view, found.response, rows, found.newer, found.older)


async def own_list(ports: Ports, caller: Caller, action_id: str) -> OneList:
    """Give the caller's own list, whoever may see the results. Raises NotFound."""
    seen = await _individual(ports, caller, action_id)
    own = Response(caller.person, seen.answers, None, caller.person.key)
    return OneList(seen, own, rows_in(seen))


async def of_item(
    ports: Ports, caller: Caller, action_id: str, item_id: str, state: State, start: str
) -> OfItem:
    """Give a page of those in whose lists an item is in a state. Raises NotFound, NotAllowed.

    Open it is in the lists of those who have begun.
    """
    seen = await people(ports, caller, action_id)
    _check_shown(seen)
    item = item_of(seen.action.content, item_id)

    def is_so(response: Response) -> bool:
        tick = Tick.decode((response.answers or {}).get(item_id))
        return (State.OPEN if tick is None else tick.state) is state

    page = await ports.store.matching(action_id, is_so, start, PEOPLE_PER_PAGE, [item_id])
    return OfItem(seen, item, state, page)


async def history(ports: Ports, caller: Caller, action_id: str, start: str = "") -> History:
    """Give a page of what was done to a list or the lists. Raises NotFound, NotAllowed.

    What was done to items that are gone stays.
    """
    seen = await view(ports, caller, action_id)
    checklist_of(seen.action.content)
    _check_shown(seen)
    found = await ports.store.history(action_id, start, LINES_PER_PAGE + 1)
    page = found[:LINES_PER_PAGE]
    following = page[-1][0] if len(found) > LINES_PER_PAGE else ""
    return History(seen, tuple(entry for _, entry in page), start, following)


def by_person(rows: Iterable[Row]) -> tuple[tuple[Person, int], ...]:
    """Give who brought how many items to the state that they are in, the most first."""
    counts: Counter[str] = Counter()
    known: dict[str, Person] = {}
    for row in rows:
        if row.tick is not None:
            by = row.tick.by
            counts[by.key] += 1
            known[by.key] = by
    most_first = sorted(known.values(), key=lambda one: (-counts[one.key], fold(one.name)))
    return tuple((person, counts[person.key]) for person in most_first)


def missed(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Give what was not done."""
    return tuple(row for row in rows if row.tick is not None and row.tick.state is State.NOT_DONE)


def people_figures(seen: View) -> PeopleFigures:
    """Give how many people's lists are what."""
    began, through = seen.tallies.people, seen.tallies.counts.get(FINISHED, 0)
    expected = seen.expected
    waiting = None if expected is None else max(expected - began, 0)
    return PeopleFigures(through, began - through, waiting)


def due_of(entry: Entry) -> date | None:
    """Give until when somebody follows up what a line says was not done."""
    due = str(entry.detail.get("due", ""))
    return date.fromisoformat(due) if due else None


def last_tick(answers: Answers | None) -> datetime | None:
    """Give when somebody last ticked something that is so still."""
    ticks = (Tick.decode(answer) for answer in (answers or {}).values())
    return max((tick.at for tick in ticks if tick is not None), default=None)


async def _individual(ports: Ports, caller: Caller, action_id: str) -> View:
    """Give the view of lists that everybody has their own of. Raises NotFound of others."""
    seen = await view(ports, caller, action_id)
    if not checklist_of(seen.action.content).individual:
        raise NotFound("no_such_button")
    return seen


async def _people(
    ports: Ports,
    caller: Caller,
    action_id: str,
    search: str,
    start: str,
    keep: Callable[[Content, Answers], bool],
) -> People:
    seen = await _individual(ports, caller, action_id)
    _check_shown(seen)
    content, wanted = seen.action.content, fold(search)

    def is_one(response: Response) -> bool:
        is_named = wanted in fold(response.person.name)
        return is_named and keep(content, response.answers or {})

    page = await ports.store.matching(action_id, is_one, start, PEOPLE_PER_PAGE)
    return People(seen, page, search, start)


def _check_shown(seen: View) -> None:
    if seen.shown is not Shown.YES:
        raise NotAllowed("results_hidden")
