"""Verbs that change what is on a checklist: add, change, move and delete items."""

from dataclasses import replace
from typing import Final

from actions import item_changes, item_editing, ticking
from actions.drafted import field_prefix
from actions.errors import MusterError, NotAllowed, NotFound
from actions.policy import may_edit_items
from bot.building import ID_LENGTH
from bot.press import Outcome, Press
from bot.ticking import again, board_at, if_there, named, with_done
from cards.markdown import plain
from cards.parts import LONGEST_LABEL
from dialogs.checklist_edit import (
    ANOTHER,
    LAST,
    MARKS,
    add_screen,
    change_screen,
    edit_screen,
)
from dialogs.checklist_frame import Board, Spot
from dialogs.place import whole
from dialogs.screen import Screen

MOST_OFFERED: Final = 100
"""Of so many people in the chat one is chosen from a list; of more a name is typed."""


async def show_items(press: Press) -> Outcome:
    """Show a page of the items to change. Raises NotAllowed."""
    _, spot = named(press, 0)
    return edit_screen(await _editable(press, spot))


async def new_item(press: Press) -> Outcome:
    """Open the form for one more item. Raises NotAllowed."""
    _, spot = named(press, 0)
    board = await _editable(press, spot)
    return add_screen(board, _new_id(press), await _people(press))


async def add_item(press: Press) -> Outcome:
    """Add an item; added again, it is there once."""
    (item_id, then), spot = named(press, 2)
    if not (item_id.isalnum() and len(item_id) <= ID_LENGTH and then in {LAST, ANOTHER}):
        raise NotFound("no_such_button")
    typed = _typed(press, item_id)
    ports, caller, action_id = press.ports, press.caller, press.envelope.action
    try:
        action = (await _editable(press, spot)).view.action
        item = item_changes.build_item(item_id, typed, action.time_zone)
        await item_editing.add_item(ports, caller, action_id, item)
    except MusterError as refused:
        people = await _people(press)

        def form(board: Board) -> Screen:
            return add_screen(board, item_id, people)

        return await again(press, refused, spot, form, typed)
    said = press.texts("Added: {item}", item=plain(typed["text"], LONGEST_LABEL))
    board = _turned(with_done(await board_at(press, spot), said), item_id)
    if then == LAST:
        return edit_screen(board)
    # What comes next is likely to belong under the same heading.
    setting = replace(board.setting, typed={"section": typed["section"]})
    return add_screen(replace(board, setting=setting), _new_id(press), await _people(press))


async def open_form(press: Press) -> Outcome:
    """Open the form that changes an item. Raises NotAllowed."""
    (item_id,), spot = named(press, 1)
    board, people = await _editable(press, spot), await _people(press)
    return if_there(press, board, lambda board: change_screen(board, item_id, people), edit_screen)


async def save_item(press: Press) -> Outcome:
    """Save what was changed of an item, and nothing else of it."""
    (item_id,), spot = named(press, 1)
    typed = _typed(press, item_id)
    ports, caller, action_id = press.ports, press.caller, press.envelope.action
    try:
        action = (await _editable(press, spot)).view.action
        now, marks = ticking.item_of(action.content, item_id), press.inputs.get(MARKS, "")
        changed = item_changes.changes(typed, marks, now, action.time_zone)
        await item_editing.edit_item(ports, caller, action_id, item_id, changed)
    except MusterError as refused:
        people = await _people(press)

        def form(board: Board) -> Screen:
            return change_screen(board, item_id, people)

        return await again(press, refused, spot, form, typed, edit_screen)
    board, name = await board_at(press, spot), plain(typed["text"], LONGEST_LABEL)
    said = press.texts("Saved: {item}", item=name)
    return edit_screen(with_done(board, said) if changed else board)


async def move_item(press: Press) -> Outcome:
    """Move an item to where the button says."""
    (item_id, place), spot = named(press, 2)
    ports, caller, action_id = press.ports, press.caller, press.envelope.action
    try:
        await item_editing.move_item(ports, caller, action_id, item_id, whole(place))
    except MusterError as refused:
        return await again(press, refused, spot, edit_screen, {})
    return edit_screen(_turned(await board_at(press, spot), item_id))


async def delete_item(press: Press) -> Outcome:
    """Take an item out, and offer to put it back; one that is gone already is gone."""
    (item_id,), spot = named(press, 1)
    ports, caller, action_id = press.ports, press.caller, press.envelope.action
    try:
        before = await ports.store.action(action_id)
        name = plain(ticking.item_of(before.content, item_id).text, LONGEST_LABEL)
        await item_editing.delete_item(ports, caller, action_id, item_id)
    except MusterError as refused:
        return await again(press, refused, spot, edit_screen, {})
    board = with_done(await board_at(press, spot), press.texts("Deleted: {item}", item=name))
    undo = board.to("list.put_back", item_id)
    return edit_screen(replace(board, setting=replace(board.setting, undo=undo)))


async def put_back(press: Press) -> Outcome:
    """Put an item that was deleted back; pressed again, show where it is."""
    (item_id,), spot = named(press, 1)
    ports, caller, action_id = press.ports, press.caller, press.envelope.action
    try:
        await item_editing.put_back(ports, caller, action_id, item_id)
    except MusterError as refused:
        return await again(press, refused, spot, edit_screen, {})
    return edit_screen(_turned(await board_at(press, spot), item_id))


async def _editable(press: Press, spot: Spot) -> Board:
    """Give the list, to who may change it. Raises NotFound, NotAllowed."""
    board = await board_at(press, spot)
    if not may_edit_items(board.view.action, board.view.viewer):
        raise NotAllowed("items_fixed")
    return board


async def _people(press: Press) -> list[str]:
    """Give the names of who is in the chat; of nobody where that is too many to choose from."""
    page = await press.ports.store.audience(press.envelope.action, "", "", MOST_OFFERED)
    if page.following:
        return []
    return [one.person.name for one in page.responses]


def _new_id(press: Press) -> str:
    return press.ports.ids.new().replace("-", "")[-ID_LENGTH:]


def _typed(press: Press, item_id: str) -> dict[str, str]:
    """Read the form of an item, without what its fields' names begin with."""
    prefix = field_prefix(item_id)
    names = {name.removeprefix(prefix): value for name, value in press.inputs.items()}
    return item_changes.typed(names)


def _turned(board: Board, item_id: str) -> Board:
    """Turn to the page on which an item stands, unless the list is there already."""
    place = next((n for n, row in enumerate(board.rows) if row.item.id == item_id), 0)
    return board.at(board.spot.around(place))
