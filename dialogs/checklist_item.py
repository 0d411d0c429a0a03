"""One item of a checklist: all that is known of it, the states it can be brought to, and why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from microsoft_teams.cards.core import (
    Action,
    AdaptiveCard,
    CardElement,
    DateInput,
    TextBlock,
    TextInput,
)

from actions.errors import Problem
from actions.history import Entry
from actions.moment import Date
from actions.rows import Row
from actions.ticking import OWNER_LIMIT, REASON_LIMIT
from actions.ticks import State, Tick
from cards.deeds import deed
from cards.kinds import name_of
from cards.markdown import plain
from cards.parts import LONGEST_LABEL, buttons, card, fitting, label, note, said
from cards.texts import Texts
from cards.ticks import SIGNS, asked, follow_up, state_of, told
from dialogs.checklist_frame import Board
from dialogs.inputs import text_field
from dialogs.screen import Screen, note_problem, shown_value

LENGTHS: Final = (
    *((4_000, longest) for longest in (4_000, 2_000, 1_000, 300)),
    *((longest, 300) for longest in (2_000, 1_000, 300)),
)
"""To how many characters the item, and what else was written, are cut: the first that fit."""

LONGEST_ITEM: Final = 500
"""Characters of an item above a form that is about it."""

LONGEST_TOLD: Final = 300
"""Characters of a reason in a line of the history."""

RIGHT, WRONG = "yes", "no"
"""What a check comes to, as a button says it."""


def item_screen(board: Board, item_id: str, lines: Sequence[Entry] = ()) -> Screen:
    """Give an item, what can be done with it, and `lines` of its history. Raises NotFound."""
    row = board.row(item_id)
    shown = (_item(board, row, lines, longest, more) for longest, more in LENGTHS)
    return Screen(name_of(board.view.action.kind, board.texts), fitting(shown), stays=True)


def reason_screen(board: Board, item_id: str, state: State) -> Screen:
    """Ask why an item is not done or does not apply. Raises NotFound."""
    row, texts = board.row(item_id), board.texts
    send = board.to("list.set", item_id, state)
    is_missed = state is State.NOT_DONE
    title = texts("Mark as not done") if is_missed else texts("Mark as not applicable")
    values = {**_standing(row.tick, state), **board.setting.typed}
    fields = [
        *_reason(board, values, texts("Why?")),
        *(_follow_up(board, values) if is_missed else []),
    ]
    return _form(board, row, title, fields, board.sends(send, title))


def refuse_screen(board: Board, item_id: str) -> Screen:
    """Ask what is not right about an item that is said to be done. Raises NotFound."""
    row, texts = board.row(item_id), board.texts
    title = texts("Not right: open again")
    fields = list(_reason(board, board.setting.typed, texts("What is not right?")))
    send = board.to("list.check", item_id, WRONG)
    return _form(board, row, title, fields, board.sends(send, title))


def _form(board: Board, row: Row, title: str, fields: list[CardElement], send: Action) -> Screen:
    body = [
        *board.head(),
        label(title),
        *said(row.item.text, LONGEST_ITEM),
        *fields,
        *buttons([send, board.button("list.item", board.texts("Back"), row.item.id)]),
    ]
    return Screen(title, card(board.texts, body), stays=True)


def _reason(board: Board, values: Mapping[str, str], title: str) -> Iterator[CardElement]:
    yield from text_field(board.setting, values, "reason", title, REASON_LIMIT, lines=True)


def _follow_up(board: Board, values: Mapping[str, str]) -> Iterator[CardElement]:
    texts = board.texts
    who = texts("Who follows it up (may stay empty)")
    yield from text_field(board.setting, values, "owner", who, OWNER_LIMIT)
    yield _day_field("due", texts("Until when (may stay empty)"), values.get("due", ""))
    yield from note_problem(board.setting, "due")


def _day_field(name: str, title: str, typed: str) -> CardElement:
    """Give the field for a day; what it could not hold is kept in one for words."""
    if typed and isinstance(Date.read(typed), Problem):
        return TextInput(id=name, label=title, value=shown_value({name: typed}, name, 50))
    return DateInput(id=name, label=title, value=typed or None)


def _standing(tick: Tick | None, state: State) -> Mapping[str, str]:
    """Give why it is so already, to be changed."""
    if tick is None or tick.state is not state:
        return {}
    wish = tick.wish
    due = wish.due.isoformat() if wish.due is not None else ""
    return {"reason": wish.reason, "owner": wish.owner, "due": due}


def _item(board: Board, row: Row, lines: Sequence[Entry], longest: int, more: int) -> AdaptiveCard:
    texts = board.texts
    body: list[CardElement] = [
        *board.head(),
        *([note(plain(row.item.section))] if row.item.section else []),
        *said(row.item.text, longest),
        *([label(texts("Note")), *said(row.item.note, more)] if row.item.note else []),
        *_state(board, row, more),
        *buttons(_steps(board, row)),
        *([label(texts("What was done"))] if lines else []),
        *(note(" · ".join(_told(board, line, more))) for line in lines),
        *buttons(_ways_on(board, row)),
    ]
    return card(texts, body)


def _state(board: Board, row: Row, longest: int) -> Iterator[CardElement]:
    texts, time_zone, state = board.texts, board.view.action.time_zone, state_of(row)
    about = " · ".join(asked(row, time_zone, texts))
    if about:
        yield _small(about, is_late=row.is_overdue)
    is_shared = not board.kept.individual
    words = " · ".join(told(row, time_zone, texts, with_name=is_shared))
    yield TextBlock(text=f"{SIGNS[state]} {words}", weight="Bolder", wrap=True)
    if row.tick is not None:
        wish = row.tick.wish
        yield from said(wish.reason, longest)
        follows = follow_up(wish.owner, wish.due, texts)
        yield from [note(follows)] if follows else []


def _small(words: str, *, is_late: bool) -> CardElement:
    small = note(words)
    if is_late:
        small.color, small.is_subtle = "Attention", None
    return small


def _told(board: Board, line: Entry, longest: int) -> Iterator[str]:
    texts = board.texts
    yield deed(line, texts, LONGEST_LABEL)
    yield texts.moment(line.at, board.view.action.time_zone)
    reason = plain(str(line.detail.get("reason", "")), min(longest, LONGEST_TOLD))
    if reason:
        yield reason


def _steps(board: Board, row: Row) -> Iterator[Action]:
    """Give a button for each state that it is not in, and two for who looks at what is done."""
    if not board.view.is_open:
        return
    texts, item_id, state = board.texts, row.item.id, state_of(row)
    is_done = state is State.DONE
    if board.checks and is_done and not row.is_settled:
        yield board.button("list.check", texts("It is right"), item_id, RIGHT)
    if board.checks and is_done:
        yield board.button("list.refuse", texts("Not right: open again"), item_id)
    if not board.may_tick(row):
        return
    if not is_done:
        yield board.button("list.set", texts("Mark as done"), item_id, State.DONE)
    if row.tick is not None and not (board.checks and is_done):
        yield board.button("list.set", texts("Open again"), item_id, State.OPEN)
    yield from _reasons(board, item_id, state, texts)


def _reasons(board: Board, item_id: str, state: State, texts: Texts) -> Iterator[Action]:
    is_there, change = State.NOT_APPLICABLE, texts("Change the reason")
    title = change if state is is_there else texts("Not applicable …")
    yield board.button("list.why", title, item_id, is_there)
    is_there = State.NOT_DONE
    title = change if state is is_there else texts("Not done …")
    yield board.button("list.why", title, item_id, is_there)


def _ways_on(board: Board, row: Row) -> Iterator[Action]:
    yield board.button("list.open", board.texts("Back to the list"))
    if board.may_edit:
        yield board.button("list.change", board.texts("Change this item"), row.item.id)
