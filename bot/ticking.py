"""Verbs of a checklist's own screens: looking through it, ticking, saying why, checking."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from actions import ticking
from actions.errors import (
    Closed,
    InvalidAnswers,
    MusterError,
    NotAllowed,
    NotFound,
    NotSaved,
    Problem,
)
from actions.fields import printable
from actions.item_lines import lines_of
from actions.moment import Date
from actions.policy import check_checks
from actions.ticks import NEED_REASON, State, Wish
from actions.viewing import view
from bot.press import Outcome, Press
from cards.markdown import plain
from cards.parts import LONGEST_LABEL
from cards.sentences import sentence
from dialogs.checklist import list_screen
from dialogs.checklist_frame import Board, Spot, board_of
from dialogs.checklist_item import RIGHT, WRONG, item_screen, reason_screen, refuse_screen
from dialogs.screen import Screen

Show: TypeAlias = Callable[[Board], Screen]
"""Draws a list, or a part of it. Raises NotFound when the item is gone."""

REASONS: Final = ("reason", "owner", "due")
"""The fields of a form that asks why."""


async def open_list(press: Press) -> Outcome:
    """Show a page of the items that are looked for."""
    _, spot = named(press, 0)
    return list_screen(await board_at(press, spot))


async def open_item(press: Press) -> Outcome:
    """Show one item."""
    (item_id,), spot = named(press, 1)
    board = await board_at(press, spot)
    lines = await lines_of(press.ports, board.view, item_id)
    return if_there(press, board, lambda board: item_screen(board, item_id, lines))


async def ask_why(press: Press) -> Outcome:
    """Ask why an item is not done or does not apply."""
    (item_id, name), spot = named(press, 2)
    state = _state(name)
    if state not in NEED_REASON:
        raise NotFound("no_such_button")
    board = await board_at(press, spot)
    return if_there(press, board, lambda board: reason_screen(board, item_id, state))


async def set_state(press: Press) -> Outcome:
    """Bring an item to a state, and show the list where it was, or why nothing was changed."""
    (item_id, name), spot = named(press, 2)
    state, typed = _state(name), _typed(press)

    def form(board: Board) -> Screen:
        return reason_screen(board, item_id, state) if state in NEED_REASON else list_screen(board)

    try:
        wish = _wish(state, typed)
        await ticking.tick(press.ports, press.caller, press.envelope.action, item_id, wish)
    except MusterError as refused:
        return await again(press, refused, spot, form, typed)
    return list_screen(_told(press, await board_at(press, spot), item_id, state))


async def ask_what(press: Press) -> Outcome:
    """Ask what is not right about an item that is said to be done. Raises NotAllowed."""
    (item_id,), spot = named(press, 1)

    def form(board: Board) -> Screen:
        screen = refuse_screen(board, item_id)
        check_checks(board.kept, press.caller.person.key)
        return screen

    return if_there(press, await board_at(press, spot), form)


async def check(press: Press) -> Outcome:
    """Say that what was done is right, or that it is not and so open again."""
    (item_id, verdict), spot = named(press, 2)
    if verdict not in {RIGHT, WRONG}:
        raise NotFound("no_such_button")
    typed, is_right = _typed(press), verdict == RIGHT
    ports, caller, action_id = press.ports, press.caller, press.envelope.action

    def form(board: Board) -> Screen:
        return list_screen(board) if is_right else refuse_screen(board, item_id)

    try:
        reason = typed["reason"]
        await ticking.check(ports, caller, action_id, item_id, is_right=is_right, reason=reason)
    except MusterError as refused:
        return await again(press, refused, spot, form, typed)
    board = await board_at(press, spot)
    name = _name(board, item_id)
    right = press.texts("It is right: {item}", item=name)
    wrong = press.texts("Open again: {item}", item=name)
    return list_screen(with_done(board, right if is_right else wrong))


def named(press: Press, count: int) -> tuple[list[str], Spot]:
    """Read what a button is about, in so many words, and where in the list it is."""
    words = press.envelope.argument.split()
    return [*words[:count], *[""] * (count - len(words))], Spot.read(words[count:])


async def board_at(press: Press, spot: Spot, notice: str = "") -> Board:
    """Give the list as it stands. Raises NotFound."""
    seen = await view(press.ports, press.caller, press.envelope.action)
    return board_of(seen, spot, press.setting(notice))


def with_done(board: Board, done: str) -> Board:
    """Give a list that says what was done."""
    return replace(board, setting=replace(board.setting, done=done))


def if_there(press: Press, board: Board, show: Show, gone: Show = list_screen) -> Screen:
    """Draw what is about one item; where that is gone, the list, with these words above it."""
    try:
        return show(board)
    except NotFound as refused:
        notice = sentence(press.texts, refused)
        setting = replace(press.setting(notice), typed={}, problems={})
        return gone(replace(board, setting=setting))


async def again(
    press: Press,
    refused: MusterError,
    spot: Spot,
    show: Show,
    typed: Mapping[str, str],
    gone: Show = list_screen,
) -> Screen:
    """Show what stands, with what was typed, and why nothing was changed.

    Raises what is no fault of the press.
    """
    if not isinstance(refused, Closed | InvalidAnswers | NotAllowed | NotFound | NotSaved):
        raise refused
    board = await board_at(press, spot, _why(press, refused))
    problems = refused.problems if isinstance(refused, InvalidAnswers) else {}
    setting = replace(board.setting, typed=typed, problems=problems)
    return if_there(press, replace(board, setting=setting), show, gone)


def _why(press: Press, refused: MusterError) -> str:
    match refused:
        case InvalidAnswers():
            return press.texts("Please look at the fields marked below.")
        case Closed():
            return press.texts("This was closed meanwhile, so nothing was saved.")
        case _:
            return sentence(press.texts, refused)


def _state(name: str) -> State:
    """Read a state. Raises NotFound."""
    if name not in set(State):
        raise NotFound("no_such_button")
    return State(name)


def _typed(press: Press) -> dict[str, str]:
    return {name: printable(press.inputs.get(name, "")).strip() for name in REASONS}


def _wish(state: State, typed: Mapping[str, str]) -> Wish:
    """Read the state that is wished, and why. Raises InvalidAnswers with every problem."""
    if state not in NEED_REASON:
        return Wish(state)
    wish, due = Wish(state, typed["reason"]), None
    problems: dict[str, Problem] = {}
    if state is State.NOT_DONE:
        due = Date.read(typed["due"]) if typed["due"] else None
        wish = replace(wish, owner=typed["owner"])
    if isinstance(due, Problem):
        problems["due"] = due
    problems |= ticking.problems_of(wish)
    if problems:
        raise InvalidAnswers(problems)
    return replace(wish, due=Date.value(due) if due else None)


def _told(press: Press, board: Board, item_id: str, state: State) -> Board:
    """Say what was done where the list does not show it: it may be none of those looked for."""
    shown = any(row.item.id == item_id for row in board.found)
    if shown and state not in NEED_REASON:
        return board
    texts, name = press.texts, _name(board, item_id)
    said = {
        State.OPEN: texts("Open again: {item}", item=name),
        State.DONE: texts("Done: {item}", item=name),
        State.NOT_APPLICABLE: texts("Not applicable: {item}", item=name),
        State.NOT_DONE: texts("Not done: {item}", item=name),
    }[state]
    undo = board.to("list.set", item_id, State.OPEN) if state is not State.OPEN else None
    return replace(board, setting=replace(board.setting, done=said, undo=undo))


def _name(board: Board, item_id: str) -> str:
    """Give an item's first words, nothing where it is gone by now."""
    found = (row.item.text for row in board.rows if row.item.id == item_id)
    return plain(next(found, ""), LONGEST_LABEL)
