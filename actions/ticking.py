"""Ticking: a tap brings one item to a named state, however often and from wherever it comes.

Of a shared list a tick is one change of the action under its lock, with its line in the history;
of an individual one it is a change of the person's own response. Nobody ever saves a whole list,
so two people who tick at the same moment cannot undo each other's.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from actions.action import Action, latest
from actions.caller import Caller
from actions.content import Content
from actions.errors import InvalidAnswers, NotAllowed, NotFound, Problem
from actions.history import Entry
from actions.item import LEAST_ITEMS, MOST_ITEMS, TEXT_LIMIT, Item
from actions.people import Person
from actions.policy import check_open, manages
from actions.ports import Ports
from actions.questions import Answers
from actions.responses import Change, Standing
from actions.ticks import NEED_REASON, Checklist, State, Tick, Wish
from actions.viewing import reached

REASON_LIMIT, OWNER_LIMIT = 4_000, 100
"""Characters of a reason (a comment, product.md §2), and of who follows up."""

LONGEST_NOTED: Final = 200
"""Characters of an item in a line of the history: also of one that is deleted later."""

LINES_BACK: Final = 500
"""How many lines of the history an item that was deleted is looked for in."""


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
        return after if after == action else _seen_by(after, caller.person)

    return await ports.store.change(action_id, ticked, entry)


async def check(
    ports: Ports, caller: Caller, action_id: str, item_id: str, *, is_right: bool, reason: str = ""
) -> Action:
    """Look at an item that is done, for the person whose word makes it count.

    What is not right is open again. Raises as `tick`.
    """
    action, now = await reached(ports, caller, action_id), ports.clock.now()
    wish = Wish(State.OPEN, reason.strip())
    _check_wish(wish)
    verb = "item_checked" if is_right else "item_refused"
    entry = _entry(now, caller.person, verb, action.content, item_id, wish)

    def checked(action: Action) -> Action:
        check_open(action, now)
        return with_check(action, item_id, caller.person, is_right=is_right)

    return await ports.store.change(action_id, checked, entry)


async def add_item(ports: Ports, caller: Caller, action_id: str, item: Item) -> Action:
    """Put one more item last; added again, it is there once. Raises as `tick`."""

    def added(content: Content) -> Content:
        if content.question(item.id) is not None:
            return content
        _check_room(content)
        return replace(content, questions=(*content.questions, item))

    _check_text(item.text)
    return await _edited(ports, caller, action_id, "item_added", item, added)


async def edit_item(
    ports: Ports, caller: Caller, action_id: str, item_id: str, changes: Mapping[str, object]
) -> Action:
    """Change what was changed of an item, and nothing else of it: `changes` by Item's fields.

    What another one changed meanwhile stays. Its tick stays, too. Raises as `tick`.
    """
    if "text" in changes:
        _check_text(str(changes["text"]))
    before = await reached(ports, caller, action_id)
    after = replace(item_of(before.content, item_id), **changes)  # type: ignore[arg-type]

    def edited(content: Content) -> Content:
        new = replace(item_of(content, item_id), **changes)  # type: ignore[arg-type]
        items = (new if one.id == item_id else one for one in content.questions)
        return replace(content, questions=tuple(items))

    return await _edited(ports, caller, action_id, "item_edited", after, edited)


async def delete_item(ports: Ports, caller: Caller, action_id: str, item_id: str) -> Action:
    """Take an item out, with its tick; its history stays, and can bring it back.

    Raises as `tick`; the last one stays.
    """
    before = await reached(ports, caller, action_id)
    was: dict[str, Any] = {}

    def deleted(content: Content) -> Content:
        # Noted under the lock, so that what another changed just now comes back as well.
        was.update(_noted_whole(content, item_id))
        if len(content.questions) <= LEAST_ITEMS:
            raise NotAllowed("last_item")
        items = tuple(one for one in content.questions if one.id != item_id)
        kept = checklist_of(content).kept_for(frozenset(one.id for one in items))
        return replace(content, questions=items, checklist=kept)

    item = item_of(before.content, item_id)
    return await _edited(ports, caller, action_id, "item_deleted", item, deleted, was)


async def put_back(ports: Ports, caller: Caller, action_id: str, item_id: str) -> Action:
    """Put an item that was deleted back where it was, with the tick that a shared list had.

    One that is there stays as it is. Raises as `tick`, NotFound when its deletion is long ago.
    """
    before = await reached(ports, caller, action_id)
    if before.content.question(item_id) is not None:
        return before
    was = await _deleted(ports, action_id, item_id)
    item, tick = Item.decode(was["item"]), Tick.decode(was["tick"])

    def restored(content: Content) -> Content:
        if content.question(item_id) is not None:
            return content
        _check_room(content)
        items = list(content.questions)
        items.insert(was["place"], item)
        kept = checklist_of(content).with_tick(item_id, tick)
        return replace(content, questions=tuple(items), checklist=kept)

    return await _edited(ports, caller, action_id, "item_put_back", item, restored)


async def move_item(
    ports: Ports, caller: Caller, action_id: str, item_id: str, place: int
) -> Action:
    """Put an item at a place, from 0; it stops at the ends. Raises as `tick`."""
    before = await reached(ports, caller, action_id)

    def moved(content: Content) -> Content:
        item = item_of(content, item_id)
        others = [one for one in content.questions if one.id != item_id]
        others.insert(max(place, 0), item)
        return replace(content, questions=tuple(others))

    item = item_of(before.content, item_id)
    return await _edited(ports, caller, action_id, "item_moved", item, moved)


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


def may_edit_items(action: Action, person_key: str) -> bool:
    """Give whether someone may change what is on the list."""
    return checklist_of(action.content).anyone_edits or manages(action, person_key)


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
    item_of(content, item_id)
    kept = checklist_of(content)
    after = _wished(kept.ticks.get(item_id), wish, by, now, kept)
    return replace(action, content=replace(content, checklist=kept.with_tick(item_id, after)))


def with_check(action: Action, item_id: str, by: Person, *, is_right: bool) -> Action:
    """Give the action with what was done looked at. Raises NotFound, NotAllowed."""
    content = action.content
    item_of(content, item_id)
    kept = checklist_of(content)
    if kept.checker is None or kept.checker.key != by.key:
        raise NotAllowed("checker_only")
    tick = kept.ticks.get(item_id)
    if tick is None or tick.state is not State.DONE:
        return action
    after = replace(tick, checked=by) if is_right else None
    if tick.is_checked and is_right:
        return action
    return replace(action, content=replace(content, checklist=kept.with_tick(item_id, after)))


def _wished(
    tick: Tick | None, wish: Wish, by: Person, now: datetime, kept: Checklist
) -> Tick | None:
    """Give what becomes of a tick: the same where it says so already."""
    if tick is None:
        return None if wish.state is State.OPEN else Tick(wish, by, now)
    if tick.wish == wish:
        return tick
    if tick.is_checked and kept.checker is not None and kept.checker.key != by.key:
        raise NotAllowed("item_checked")
    return None if wish.state is State.OPEN else Tick(wish, by, now)


def _seen_by(action: Action, person: Person) -> Action:
    """Give it with one whose own card follows what others tick."""
    return replace(action, recent=latest([*action.recent, person.mri]))


async def _tick_own(
    ports: Ports, caller: Caller, action: Action, item_id: str, wish: Wish, entry: Entry
) -> Action:
    """Tick on one's own list, which is one's response; with nothing ticked there is none."""

    def decide(standing: Standing) -> Answers | None:
        check_open(standing.action, entry.at)
        content, old = standing.action.content, dict(standing.old or {})
        item_of(content, item_id)
        kept = checklist_of(content)
        before = Tick.decode(old.get(item_id, ()))
        after = _wished(before, wish, caller.person, entry.at, kept)
        if after == before:
            return standing.old
        others = {name: answer for name, answer in old.items() if name != item_id}
        return (others if after is None else {**others, item_id: after.encode()}) or None

    key = caller.person.key
    change = Change(action.id, key, caller.person, entry.at, decide, entry=entry)
    return (await ports.store.respond(change)).action


async def _edited(
    ports: Ports,
    caller: Caller,
    action_id: str,
    verb: str,
    item: Item,
    change: Callable[[Content], Content],
    was: dict[str, Any] | None = None,
) -> Action:
    """Change the items, for who may; `change` may say in `was` what it took away."""
    action, now = await reached(ports, caller, action_id), ports.clock.now()
    entry = _noted(now, caller.person, verb, item)
    if was is not None:
        entry.detail["was"] = was
    checklist_of(action.content)

    def edited(action: Action) -> Action:
        check_open(action, now)
        if not may_edit_items(action, caller.person.key):
            raise NotAllowed("items_fixed")
        return replace(action, content=change(action.content))

    return await ports.store.change(action_id, edited, entry)


def _entry(
    now: datetime, person: Person, verb: str, content: Content, item_id: str, wish: Wish
) -> Entry:
    entry = _noted(now, person, verb, item_of(content, item_id))
    due = wish.due.isoformat() if wish.due is not None else ""
    more = {"reason": wish.reason, "owner": wish.owner, "due": due}
    return replace(entry, detail=entry.detail | {n: v for n, v in more.items() if v})


def _noted(now: datetime, person: Person, verb: str, item: Item) -> Entry:
    return Entry(now, person, verb, {"item": item.id, "text": item.text[:LONGEST_NOTED]})


def _check_wish(wish: Wish) -> None:
    if problems := problems_of(wish):
        raise InvalidAnswers(problems)


def _noted_whole(content: Content, item_id: str) -> dict[str, Any]:
    """Give all that there is of an item, JSON types only, to be put back."""
    item, tick = item_of(content, item_id), checklist_of(content).ticks.get(item_id)
    return {
        "item": item.encode(),
        "tick": list(tick.encode()) if tick is not None else None,
        "place": content.questions.index(item),
    }


async def _deleted(ports: Ports, action_id: str, item_id: str) -> dict[str, Any]:
    """Give what the last deletion of an item took away. Raises NotFound."""
    lines = await ports.store.history(action_id, "", LINES_BACK)
    for _, entry in lines:
        if entry.verb == "item_deleted" and entry.detail.get("item") == item_id:
            was: dict[str, Any] = entry.detail["was"]
            return was
    raise NotFound("item_gone")


def _check_room(content: Content) -> None:
    if len(content.questions) >= MOST_ITEMS:
        raise InvalidAnswers({"text": Problem("items_full", {"most": MOST_ITEMS})})


def _check_text(text: str) -> None:
    if not text.strip():
        raise InvalidAnswers({"text": Problem("item_needed")})
    if len(text) > TEXT_LIMIT:
        values = {"limit": TEXT_LIMIT, "length": len(text)}
        raise InvalidAnswers({"text": Problem("too_long", values)})
