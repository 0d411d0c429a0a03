"""A checklist as tables: its items as they stand, who did which, and all that was ever done."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import datetime
from typing import Final

from actions import rows as listed
from actions.action import Action
from actions.checklist_results import due_of, last_tick
from actions.due import zone
from actions.entry import Cell
from actions.history import Entry
from actions.ports import Store
from actions.responses import Response
from actions.tables import FieldType, Row, Sheet
from actions.tallies import is_finished
from actions.ticks import State, Tick
from actions.viewing import View

ITEMS, HISTORY = "items", "history"
"""The codes of the sheets."""

ABOUT_TICKS: Final = ("name", "person", "last_tick", "settled", "finished")
"""What the rows of everybody's own lists begin with.

Who, their id in Entra, when they last ticked something, how many items are, and whether all are.
"""

ITEM_COLUMNS: Final[Mapping[str, FieldType]] = {
    "section": "text",
    "item": "text",
    "note": "text",
    "assignee": "text",
    "due": "moment",
    "state": "text",
    "overdue": "boolean",
    "by": "text",
    "person": "text",
    "at": "moment",
    "reason": "text",
    "owner": "text",
    "until": "date",
    "checked_by": "text",
}
"""What is said of each item of a list that all share, by code."""

HISTORY_COLUMNS: Final[Mapping[str, FieldType]] = {
    "at": "moment",
    "name": "text",
    "person": "text",
    "what": "text",
    "item": "text",
    "item_id": "text",
    "reason": "text",
    "owner": "text",
    "until": "date",
    "list_of": "text",
}
"""What is said of each line of the history, by code."""

LINES_AT_A_TIME: Final = 500


def is_shared(action: Action) -> bool:
    """Give whether it is a checklist that all share, to which there are no responses."""
    kept = action.content.checklist
    return kept is not None and not kept.individual


def sheets_of(action: Action, names: Mapping[str, str]) -> tuple[Sheet, ...]:
    """Give the sheets that an export has beside the responses; `names` are those of columns."""
    if action.content.checklist is None:
        return ()
    items = [Sheet.of(ITEMS, ITEM_COLUMNS, names)] if is_shared(action) else []
    return (*items, Sheet.of(HISTORY, HISTORY_COLUMNS, names))


async def rows_of_sheet(
    store: Store, view: View, sheet: Sheet, words: Mapping[str, str]
) -> AsyncGenerator[Sequence[Row], None]:
    """Give a sheet's rows, some at a time: items in their order, the history newest first.

    `words` are those for states and for what was done, by code.
    """
    action = view.action
    if sheet.code == ITEMS:
        yield [_item(action, row, words) for row in listed.rows_in(view)]
        return
    before = ""
    while lines := await store.history(action.id, before, LINES_AT_A_TIME):
        yield [_line(action, entry, words) for _, entry in lines]
        before = lines[-1][0]


def about_ticks(response: Response, action: Action) -> Row:
    """Give what the row of somebody's own list begins with."""
    answers, person = response.answers or {}, response.person
    every = listed.rows_of(
        action.content, listed.ticks_of(action.content, answers), "", action.created_at
    )
    last = _local(last_tick(answers), action)
    id_in_entra = person.key.partition("/")[2]
    is_through = is_finished(action.content, answers)
    return person.name, id_in_entra, last, listed.settled(every), is_through


def ticks_by_item(response: Response) -> dict[str, dict[str, Cell]]:
    """Give all that is known of each tick on somebody's own list, by item, for programs."""
    read = {name: Tick.decode(answer) for name, answer in (response.answers or {}).items()}
    return {name: _tick(tick) for name, tick in read.items() if tick is not None}


def _tick(tick: Tick) -> dict[str, Cell]:
    wish = tick.wish
    known: dict[str, Cell] = {"state": wish.state.value, "at": tick.at}
    more = {"reason": wish.reason or None, "owner": wish.owner or None, "until": wish.due}
    if tick.is_checked:
        more["checked_by"] = tick.checked.name
    return known | {name: cell for name, cell in more.items() if cell is not None}


def _item(action: Action, row: listed.Row, words: Mapping[str, str]) -> Row:
    item, tick = row.item, row.tick
    state = State.OPEN if tick is None else tick.state
    stands: Row = (words.get(state, state.value), row.is_overdue)
    asked: Row = (item.section or None, item.text, item.note or None, item.assignee or None)
    asked = *asked, _local(item.due, action)
    if tick is None:
        return *asked, *stands, *_NOTHING
    wish, by = tick.wish, tick.by
    done: Row = (by.name, by.key.partition("/")[2], _local(tick.at, action))
    why: Row = (wish.reason or None, wish.owner or None, wish.due)
    return *asked, *stands, *done, *why, tick.checked.name or None


_NOTHING: Final[Row] = (None,) * 7


def _line(action: Action, entry: Entry, words: Mapping[str, str]) -> Row:
    detail, by = entry.detail, entry.person
    said = [str(detail.get(name, "")) or None for name in ("text", "item", "reason", "owner")]
    what = words.get(entry.verb, entry.verb)
    who: Row = (_local(entry.at, action), by.name, by.key.partition("/")[2])
    return *who, what, *said, due_of(entry), str(detail.get("list_of", "")) or None


def _local(at: datetime | None, action: Action) -> Cell:
    if at is None:
        return None
    return at.astimezone(zone(action.time_zone)).replace(microsecond=0)
