"""My actions: someone's drafts, what they have posted or will, and what waits for their answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from actions.action import Action, Draft, Status
from actions.caller import Caller
from actions.ports import Ports
from actions.rows import is_left_to
from actions.series import Series
from actions.viewing import View, view_of

PER_PAGE = 8
"""How many drafts, actions or series one page lists."""

LOOKED_AT = 50
"""How many actions are read at a time to find those that wait."""


class Tab(StrEnum):
    """The parts of the list, in the order in which they are looked through for a first page."""

    ACTIVE = "active"
    WAITING = "waiting"
    SCHEDULED = "scheduled"
    DRAFTS = "drafts"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a part of the list; `offset` is how many come before it.

    Drafts, actions, or what is posted later; of actions the view has no question's tallies. Those
    that wait for an answer cannot be searched: there are few. `is_all`: no other part holds
    anything either.
    """

    tab: Tab
    drafts: Sequence[Draft] = ()
    views: Sequence[View] = ()
    search: str = ""
    offset: int = 0
    more: bool = False
    is_all: bool = False
    series: Sequence[Series] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing is on the page."""
        return not (self.drafts or self.views or self.series)


async def first_list(ports: Ports, caller: Caller) -> Listing:
    """Give the first part of the list that holds something."""
    for tab in Tab:
        listing = await own_list(ports, caller, tab)
        if not listing.is_empty:
            return listing
    return Listing(Tab.ACTIVE, is_all=True)


async def own_list(
    ports: Ports, caller: Caller, tab: Tab, search: str = "", offset: int = 0
) -> Listing:
    """Give a page of one part of the list, of what has `search` in its title."""
    store, person, limit = ports.store, caller.person.key, PER_PAGE + 1
    if tab is Tab.DRAFTS:
        drafts = await store.drafts(person, offset, limit, search)
        more = len(drafts) > PER_PAGE
        return Listing(tab, drafts[:PER_PAGE], (), search, offset, more=more)
    if tab is Tab.SCHEDULED:
        series = await store.series_of(person, offset, limit, search)
        more, page = len(series) > PER_PAGE, series[:PER_PAGE]
        return Listing(tab, search=search, offset=offset, more=more, series=page)
    now = ports.clock.now()
    if tab is Tab.WAITING:
        search, actions = "", await _waiting(ports, caller, now, offset + limit)
        actions = actions[offset:]
    else:
        status = Status.ACTIVE if tab is Tab.ACTIVE else Status.CLOSED
        actions = await store.actions_of(person, offset, limit, search, status)
    views = [
        view_of(action, await store.tallies(action.id, ()), now, person)
        for action in actions[:PER_PAGE]
    ]
    return Listing(tab, (), views, search, offset, more=len(actions) > PER_PAGE)


async def _waiting(ports: Ports, caller: Caller, now: datetime, limit: int) -> Sequence[Action]:
    """Give the first that wait for the caller: not lists on which nothing is left to them."""
    found: list[Action] = []
    seen = 0
    while len(found) < limit:
        some = await ports.store.waiting_for(caller.person.key, now, seen, LOOKED_AT)
        found += [action for action in some if _waits(action, caller)]
        seen += len(some)
        if len(some) < LOOKED_AT:
            break
    return found[:limit]


def _waits(action: Action, caller: Caller) -> bool:
    kept = action.content.checklist
    return kept is None or kept.individual or is_left_to(action, caller.person)
