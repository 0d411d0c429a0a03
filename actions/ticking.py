"""Ticking: a tap brings one item to a named state, however often and from wherever it comes.

Of a shared list a tick is one change of the action under its lock, with its line in the history;
of an individual one it is a change of the person's own response. Nobody ever saves a whole list,
so two people who tick at the same moment cannot undo each other's.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from actions.action import Action, latest
from actions.caller import Caller
from actions.content import Content
from actions.errors import InvalidAnswers, NotAllowed, NotFound, Problem
from actions.history import Entry
from actions.item import Item
from actions.people import Person
from actions.policy import check_checks, check_open, checks, may_tick
from actions.ports import Ports
from actions.questions import Answers
from actions.responses import Change, Standing
from actions.telling import with_news
from actions.ticks import NEED_REASON, Checklist, State, Tick, Wish
from actions.viewing import reached

REASON_LIMIT, OWNER_LIMIT = 4_000, 100
"""Characters of a reason (a comment, product.md §2), and of who follows up."""

LONGEST_NOTED: Final = 200
"""Characters of an item in a line of the history: also of one that is deleted later."""


async def tick(ports: Ports, caller: Caller, action_id: str, item_id: str, wish: Wish) -> Action:
    """Bring an item to a state; one that is in it already stays as it is.

    Raises NotFound, also of an item that is gone, Closed, NotAllowed, InvalidAnswers, NotSaved:
    nothing was stored.
    """
    action, now = await reached(ports, caller, action_id), ports.clock.now()
    _check_wish(wish)
    entry = _entry(now, caller.person, f"item_{wish.state.value}", action.content, item_id, wish)
    if checklist_of(action.content).individual:
        return await _tick_own(ports, caller, action, item_id, wish, entry)

    def ticked(action: Action) -> Action:
        check_open(action, now)
        after = with_wish(action, item_id, wish, caller.person, now)
        return after if after == action else with_news(_seen_by(after, caller.person), now)

    return await ports.store.change(action_id, ticked, entry)


async def check(
    ports: Ports,
    caller: Caller,
    action_id: str,
    item_id: str,
    *,
    is_right: bool,
    reason: str = "",
    slot: str = "",
) -> Action:
    """Look at an item that is done, for the person whose word makes it count.

    Of individual lists it is on the one that is the response of that `slot`. What is not right is
    open again. Raises as `tick`.
    """
    action, now = await reached(ports, caller, action_id), ports.clock.now()
    if bool(slot) != checklist_of(action.content).individual:
        raise NotFound("no_such_button")
    wish = Wish(State.OPEN, reason.strip())
    _check_wish(wish)
    verb = "item_checked" if is_right else "item_refused"
    entry = _entry(now, caller.person, verb, action.content, item_id, wish)
    if checklist_of(action.content).individual:
        return await _check_own(ports, caller, action, item_id, slot, entry, is_right=is_right)

    def checked(action: Action) -> Action:
        check_open(action, now)
        after = with_check(action, item_id, caller.person, is_right=is_right)
        return after if after == action else with_news(after, now)

    return await ports.store.change(action_id, checked, entry)


def checklist_of(content: Content) -> Checklist:
    """Give how it is kept. Raises NotFound for what is no checklist."""
    if content.checklist is None:
        raise NotFound("no_such_button")
    return content.checklist


def item_of(content: Content, item_id: str) -> Item:
    """Give one item. Raises NotFound."""
    item = content.question(item_id)
    if not isinstance(item, Item):
        raise NotFound("item_gone")
    return item


def problems_of(wish: Wish) -> dict[str, Problem]:
    """Give what is wrong with a wish, by its fields."""
    problems: dict[str, Problem] = {}
    if wish.state in NEED_REASON and not wish.reason.strip():
        problems["reason"] = Problem("reason_needed")
    for name, text, limit in (
        ("reason", wish.reason, REASON_LIMIT),
        ("owner", wish.owner, OWNER_LIMIT),
    ):
        if len(text) > limit:
            problems[name] = Problem("too_long", {"limit": limit, "length": len(text)})
    return problems


def with_wish(action: Action, item_id: str, wish: Wish, by: Person, now: datetime) -> Action:
    """Give the action with an item of its one list as is wished. Raises NotFound, NotAllowed."""
    content = action.content
    if not may_tick(action, item_of(content, item_id), by):
        raise NotAllowed("item_of_another")
    kept = checklist_of(content)
    after = _wished(kept.ticks.get(item_id), wish, by, now, kept)
    return replace(action, content=replace(content, checklist=kept.with_tick(item_id, after)))


def with_check(action: Action, item_id: str, by: Person, *, is_right: bool) -> Action:
    """Give the action with what was done looked at. Raises NotFound, NotAllowed."""
    content = action.content
    item_of(content, item_id)
    kept = checklist_of(content)
    check_checks(kept, by.key)
    after = _looked_at(kept.ticks.get(item_id), by, is_right=is_right)
    return replace(action, content=replace(content, checklist=kept.with_tick(item_id, after)))


def _wished(
    tick: Tick | None, wish: Wish, by: Person, now: datetime, kept: Checklist
) -> Tick | None:
    """Give what becomes of a tick: the same where it says so already."""
    if tick is None:
        return None if wish.state is State.OPEN else Tick(wish, by, now)
    if tick.wish == wish:
        return tick
    if tick.is_checked and kept.checker is not None and not checks(kept, by.key):
        raise NotAllowed("item_checked")
    return None if wish.state is State.OPEN else Tick(wish, by, now)


def _looked_at(tick: Tick | None, by: Person, *, is_right: bool) -> Tick | None:
    """Give what becomes of a tick: only what is done is looked at, and once found right so."""
    if tick is None or tick.state is not State.DONE or (is_right and tick.is_checked):
        return tick
    return replace(tick, checked=by) if is_right else None


def _seen_by(action: Action, person: Person) -> Action:
    """Give it with one whose own card follows what others tick."""
    return replace(action, recent=latest([*action.recent, person.mri]))


async def _tick_own(
    ports: Ports, caller: Caller, action: Action, item_id: str, wish: Wish, entry: Entry
) -> Action:
    """Tick on one's own list, which is one's response; with nothing ticked there is none."""

    def decide(tick: Tick | None, kept: Checklist) -> Tick | None:
        return _wished(tick, wish, caller.person, entry.at, kept)

    person = caller.person
    return await _changed_own(ports, action.id, item_id, person.key, person, entry, decide)


async def _check_own(
    ports: Ports,
    caller: Caller,
    action: Action,
    item_id: str,
    slot: str,
    entry: Entry,
    *,
    is_right: bool,
) -> Action:
    """Look at an item of somebody's own list, whose line in the history says whose it is."""
    check_checks(checklist_of(action.content), caller.person.key)
    found, _, _ = await ports.store.response(action.id, slot)

    def decide(tick: Tick | None, kept: Checklist) -> Tick | None:
        check_checks(kept, caller.person.key)
        return _looked_at(tick, caller.person, is_right=is_right)

    whose = {"list_of": found.person.name, "list": found.person.key}
    entry = replace(entry, detail=entry.detail | whose)
    return await _changed_own(ports, action.id, item_id, slot, found.person, entry, decide)


async def _changed_own(
    ports: Ports,
    action_id: str,
    item_id: str,
    slot: str,
    person: Person,
    entry: Entry,
    decide: Callable[[Tick | None, Checklist], Tick | None],
) -> Action:
    """Change one item of the list that is the response of a slot, and nothing else of it."""

    def decided(standing: Standing) -> Answers | None:
        check_open(standing.action, entry.at)
        content, old = standing.action.content, dict(standing.old or {})
        item_of(content, item_id)
        before = Tick.decode(old.pop(item_id, ()))
        after = decide(before, checklist_of(content))
        if after == before:
            return standing.old
        return (old if after is None else {**old, item_id: after.encode()}) or None

    change = Change(action_id, slot, person, entry.at, decided, entry=entry)
    return (await ports.store.respond(change)).action


def _entry(
    now: datetime, person: Person, verb: str, content: Content, item_id: str, wish: Wish
) -> Entry:
    entry = noted(now, person, verb, item_of(content, item_id))
    due = wish.due.isoformat() if wish.due is not None else ""
    more = {"reason": wish.reason, "owner": wish.owner, "due": due}
    return replace(entry, detail=entry.detail | {n: v for n, v in more.items() if v})


def noted(now: datetime, person: Person, verb: str, item: Item) -> Entry:
    """Give the line that tells what somebody did to an item."""
    return Entry(now, person, verb, {"item": item.id, "text": item.text[:LONGEST_NOTED]})


def _check_wish(wish: Wish) -> None:
    if problems := problems_of(wish):
        raise InvalidAnswers(problems)
