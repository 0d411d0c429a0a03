"""Changing what is on a checklist: one item at a time, under the action's lock, with its line."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from actions.action import Action
from actions.caller import Caller
from actions.content import Content
from actions.errors import InvalidAnswers, NotAllowed, NotFound, Problem
from actions.item import LEAST_ITEMS, MOST_ITEMS, TEXT_LIMIT, Item
from actions.policy import check_open, may_edit_items
from actions.ports import Ports
from actions.ticking import checklist_of, item_of, noted
from actions.ticks import Tick
from actions.viewing import reached

LINES_BACK: Final = 500
"""How many lines of the history an item that was deleted is looked for in."""


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
    _check_may_edit(before, caller)
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
    await reached(ports, caller, action_id)
    now = ports.clock.now()
    entry = noted(now, caller.person, verb, item)
    if was is not None:
        entry.detail["was"] = was

    def edited(action: Action) -> Action:
        check_open(action, now)
        _check_may_edit(action, caller)
        return replace(action, content=change(action.content))

    return await ports.store.change(action_id, edited, entry)


def _check_may_edit(action: Action, caller: Caller) -> None:
    checklist_of(action.content)
    if not may_edit_items(action, caller.person.key):
        raise NotAllowed("items_fixed")


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
