"""The checklist as a whole: all items by section, some at a time, each with a tap."""

from collections.abc import Iterator, Mapping
from typing import Final

from microsoft_teams.cards.core import (
    Action,
    AdaptiveCard,
    CardElement,
    ColumnSet,
    Container,
    TextBlock,
)

from actions.item_filters import Filter
from actions.rows import Row, settled
from actions.ticks import State
from cards.envelope import Envelope
from cards.kinds import name_of
from cards.markdown import plain
from cards.parts import (
    LONGEST_LABEL,
    bar,
    buttons,
    card,
    fitting,
    label,
    note,
    opens,
    said,
    tile,
)
from cards.progress import how_far
from cards.texts import Texts, is_right_to_left
from cards.ticks import SIGNS, asked, state_of, style_of, told
from dialogs.checklist_frame import (
    PER_PAGE,
    Board,
    Spot,
    name_of_item,
    under_headings,
)
from dialogs.screen import Screen

FITS: Final = (
    *((PER_PAGE, longest) for longest in (300, 120, 60, 30)),
    *((8, longest) for longest in (60, 30)),
    (5, 30),
)
"""How many items a page shows, and to how many characters texts are cut: the first that fit."""

LONGEST_REASON: Final = 120
"""Characters of why something was not done, in its row."""


def list_screen(board: Board) -> Screen:
    """Give a page of the items that are looked for, as many as fit."""
    shown = (_list(board, most, longest) for most, longest in FITS)
    return Screen(name_of(board.view.action.kind, board.texts), fitting(shown), stays=True)


def window(board: Board, most: int = PER_PAGE) -> tuple[int, int]:
    """Give from which item that is looked for up to before which one a page is.

    Beyond the last one it is the last page that there is.
    """
    count, first = len(board.found), board.spot.first
    first = first if first < count else max(count - most, 0)
    return first, min(first + most, count)


def turns(board: Board, verb: str, first: int, end: int) -> Iterator[Action]:
    """Give the buttons to the pages before and after the items from `first` to before `end`."""
    texts, which = board.texts, board.spot.which
    if first:
        before = board.at(Spot(which, max(first - PER_PAGE, 0)))
        yield before.button(verb, texts("Previous items"))
    if end < len(board.found):
        yield board.at(Spot(which, end)).button(verb, texts("Next items"))


def _list(board: Board, most: int, longest: int) -> AdaptiveCard:
    texts, content = board.texts, board.view.action.content
    first, end = window(board, most)
    rows = board.found[first:end]
    body: list[CardElement] = [
        *board.head(longest * 2),
        *(said(content.description, min(longest * 2, 500)) if not first else []),
        *_progress(board),
        *buttons(_filters(board)),
        label(_heading(board, first, end)),
        *under_headings(board, rows, lambda row: _row(board, row, longest)),
        *([] if rows else [note(_nothing(board))]),
        *buttons(turns(board, "list.open", first, end)),
        *buttons(_ways_on(board)),
    ]
    return card(texts, body)


def _progress(board: Board) -> Iterator[CardElement]:
    rows = board.rows
    if board.kept.individual:
        yield note(board.texts("This is your own list: what you tick is yours."))
    if board.kept.own_only:
        yield note(board.texts("Only the person an item is for by name ticks it."))
    yield TextBlock(text=how_far(board.view, board.texts, rows), weight="Bolder", wrap=True)
    reached = settled(rows)
    if reached:
        yield bar(reached / len(rows), "good" if reached == len(rows) else "accent")


def _names(texts: Texts) -> Mapping[Filter, str]:
    return {
        Filter.ALL: texts("All"),
        Filter.MINE: texts("Mine"),
        Filter.OPEN: texts("Still open"),
        Filter.OVERDUE: texts("Overdue"),
        Filter.TO_CHECK: texts("To check"),
    }


def _filters(board: Board) -> Iterator[Action]:
    """Give a button for each of the other filters, with how many items it finds."""
    names = _names(board.texts)
    for which in Filter:
        is_useful = which is not Filter.TO_CHECK or board.checks
        if is_useful and which is not board.spot.which:
            count = board.texts.number(sum(which.holds(row) for row in board.rows))
            yield board.at(Spot(which)).button("list.open", f"{names[which]} ({count})")


def _heading(board: Board, first: int, end: int) -> str:
    texts, name, count = board.texts, _names(board.texts)[board.spot.which], len(board.found)
    if end - first == count:
        return f"{name} ({texts.number(count)})"
    part = texts("{first}–{last} of {count}", first=first + 1, last=end, count=count)
    return f"{name} ({part})"


def _nothing(board: Board) -> str:
    texts = board.texts
    return {
        Filter.ALL: texts("Nothing is on this list."),
        Filter.MINE: texts("Nothing on this list is meant for you by name."),
        Filter.OPEN: texts("Nothing is open: all of it is ticked."),
        Filter.OVERDUE: texts("Nothing is overdue."),
        Filter.TO_CHECK: texts("Nothing waits for you to look at it."),
    }[board.spot.which]


def _row(board: Board, row: Row, longest: int) -> CardElement:
    texts, name = board.texts, name_of_item(row, min(longest, LONGEST_LABEL))
    words = TextBlock(text=f"{SIGNS[state_of(row)]} {plain(row.item.text, longest)}", wrap=True)
    about = " · ".join(_about(board, row, longest))
    small = TextBlock(text=about, size="Small", wrap=True, spacing="None")
    small.color = "Attention" if row.is_overdue else None
    more = board.button("list.item", texts("More about: {item}", item=name), row.item.id)
    columns = [
        tile(
            [words, small] if about else [words],
            style_of(row),
            _tap(board, row, name) or more,
            width="stretch",
        ),
        tile(
            [TextBlock(text=texts("More"), size="Small", weight="Bolder")],
            style_of(row),
            more,
            width="auto",
        ),
    ]
    return Container(
        spacing="Small",
        rtl=True if is_right_to_left(row.item.text) else None,
        items=[ColumnSet(columns=columns)],
    )


def _about(board: Board, row: Row, longest: int) -> Iterator[str]:
    texts, time_zone = board.texts, board.view.action.time_zone
    if row.tick is None:
        yield from asked(row, time_zone, texts, longest)
        return
    yield from told(row, time_zone, texts, with_name=not board.kept.individual)
    if row.tick.wish.reason:
        yield plain(row.tick.wish.reason, min(longest, LONGEST_REASON))


def _tap(board: Board, row: Row, name: str) -> Action | None:
    """A tap reaches a state by its name, so that a stale or doubled one flips nothing.

    None where the item is opened instead: what was not done for a reason, or is to be looked at
    by the reader, is not thrown away by a slip of a finger.
    """
    if not board.may_tick(row):
        return None
    if row.tick is None:
        state, title = State.DONE, board.texts("Tick: {item}", item=name)
    elif row.tick.state is State.DONE and not board.checks:
        state, title = State.OPEN, board.texts("Open again: {item}", item=name)
    else:
        return None
    return board.button("list.set", title, row.item.id, state)


def _ways_on(board: Board) -> Iterator[Action]:
    texts, view, here = board.texts, board.view, Envelope("", board.view.action.id)
    if board.may_edit:
        yield board.at(Spot()).button("list.edit", texts("Change items"))
    yield opens(board.host, here.with_verb("results"), texts("Results"))
    if view.manages:
        yield opens(board.host, here.with_verb("manage"), texts("Manage"))
