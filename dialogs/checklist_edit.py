"""Changing what is on a checklist that people tick already: one item at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from microsoft_teams.cards.core import (
    Action,
    AdaptiveCard,
    CardElement,
    Column,
    ColumnSet,
    Container,
    TextBlock,
)

from actions.drafted import field_prefix
from actions.fields import Values
from actions.item import LEAST_ITEMS, MOST_ITEMS, TEXT_LIMIT
from actions.item_changes import fields_of, marks_of
from actions.item_filters import place_beside
from actions.rows import Row
from cards.markdown import cut, plain
from cards.parts import LONGEST_LABEL, buttons, card, fitting, label, note, submits, tile
from cards.texts import is_right_to_left
from cards.ticks import asked
from dialogs.asked import Asked
from dialogs.checklist import turns, window
from dialogs.checklist_frame import Board, name_of_item, under_headings
from dialogs.inputs import text_field
from dialogs.item_fields import item_fields
from dialogs.screen import OVER, Screen, note_problem

FITS: Final = ((12, 120), (12, 60), (8, 60), (8, 30), (5, 30), (4, 20))
"""How many items a page shows, and to how many characters texts are cut: the first that fit."""

LENGTHS: Final = (TEXT_LIMIT + OVER, 3_000)
"""To how many characters what is too long for its field is cut: the first that fits."""

MARKS: Final = "marks"
"""The hidden value that says what a form showed (`actions.item_changes`)."""

LAST, ANOTHER = "last", "another"
"""What comes after an item was added: the list, or the form for one more."""


def edit_screen(board: Board) -> Screen:
    """Give a page of the items, each to be opened or moved."""
    shown = (_list(board, most, longest) for most, longest in FITS)
    return Screen(board.texts("Change items"), fitting(shown), stays=True)


def change_screen(board: Board, item_id: str, people: Sequence[str] = ()) -> Screen:
    """Give the form that changes an item, among `people` who should do it. Raises NotFound."""
    row, texts = board.row(item_id), board.texts
    stands = fields_of(row.item, board.view.action.time_zone)
    here = board.to("list.save", item_id)
    save = replace(here, hidden=((MARKS, marks_of(stands)),))
    steps = [board.sends(save, texts("Save"))]
    if len(board.rows) > LEAST_ITEMS:
        steps.append(board.button("list.delete", texts("Delete"), item_id))
    lost = texts("Deleting it removes what people ticked there, also if it is put back.")
    below: list[CardElement] = [note(lost)] if board.kept.individual else []
    values = {**stands, **board.setting.typed}
    return _form(board, item_id, texts("Change this item"), values, steps, people, below)


def add_screen(board: Board, item_id: str, people: Sequence[str] = ()) -> Screen:
    """Give the form for one more item, which will have that id: so it is added only once.

    Who should do it is chosen among `people`.
    """
    texts = board.texts
    steps = [
        board.sends(board.to("list.add", item_id, LAST), texts("Add")),
        submits(board.host, board.to("list.add", item_id, ANOTHER), texts("Add, then another")),
    ]
    return _form(board, item_id, texts("New item"), board.setting.typed, steps, people)


def _form(
    board: Board,
    item_id: str,
    title: str,
    values: Values,
    steps: list[Action],
    people: Sequence[str],
    below: Sequence[CardElement] = (),
) -> Screen:
    prefix = field_prefix(item_id)
    problems = {prefix + name: problem for name, problem in board.setting.problems.items()}
    setting = replace(board.setting, problems=problems)
    text = board.texts("What is to be done")

    def form(most: int, offered: Sequence[str]) -> AdaptiveCard:
        shown = {
            # What fits its field is never cut, and what does not has to be shortened anyway.
            prefix + name: cut(value, most) if len(value) > TEXT_LIMIT else value
            for name, value in values.items()
        }
        fields = Asked(shown, item_id, setting, room=TEXT_LIMIT)
        body: list[CardElement] = [
            *board.head(LONGEST_LABEL),
            label(title),
            *text_field(setting, shown, fields.name("text"), text, TEXT_LIMIT, lines=True),
            *item_fields(fields, offered),
            *below,
            *buttons([*steps, board.button("list.edit", board.texts("Back"))]),
        ]
        return card(board.texts, body)

    # Without people to choose from, a name is typed.
    forms = (form(most, offered) for offered in (people, ()) for most in LENGTHS)
    return Screen(title, fitting(forms), stays=True)


def _list(board: Board, most: int, longest: int) -> AdaptiveCard:
    texts, count = board.texts, len(board.rows)
    first, end = window(board, most)
    part = {"first": first + 1, "last": end, "count": count}
    body: list[CardElement] = [
        *board.head(longest * 2),
        label(f"{texts('Change items')} ({texts('{first}–{last} of {count}', **part)})"),
        note(texts("Everyone sees at once what you change; what is ticked stays ticked.")),
        *note_problem(board.setting, "text"),
        *under_headings(board, board.found[first:end], lambda row: _row(board, row, longest)),
        *buttons(turns(board, "list.edit", first, end)),
        *_full(board),
        *buttons(_ways_on(board)),
    ]
    return card(texts, body)


def _full(board: Board) -> Iterator[CardElement]:
    if len(board.rows) >= MOST_ITEMS:
        yield note(board.texts("There are {most} items; no more fit.", most=MOST_ITEMS))


def _row(board: Board, row: Row, longest: int) -> CardElement:
    texts, name = board.texts, name_of_item(row, min(longest, LONGEST_LABEL))
    about = " · ".join(asked(row, board.view.action.time_zone, texts, longest))
    words: list[CardElement] = [
        TextBlock(text=plain(row.item.text, longest), wrap=True),
        *([note(about)] if about else []),
    ]
    change = board.button("list.change", texts("Change: {item}", item=name), row.item.id)
    columns = [
        tile(words, "emphasis", change, width="stretch"),
        *_arrow(board, row, -1, "↑", texts("Move up: {item}", item=name)),
        *_arrow(board, row, 1, "↓", texts("Move down: {item}", item=name)),
    ]
    return Container(
        spacing="Small",
        rtl=True if is_right_to_left(row.item.text) else None,
        items=[ColumnSet(columns=columns)],
    )


def _arrow(board: Board, row: Row, step: int, sign: str, title: str) -> Iterator[Column]:
    """An arrow says where the item shall stand, so that a second tap moves it no further."""
    place = place_beside(board.rows, row.item.id, step)
    if place is None:
        return
    block = TextBlock(text=sign, size="Large", color="Accent", horizontal_alignment="Center")
    move = board.button("list.move", title, row.item.id, place)
    yield tile([block], "emphasis", move, width="auto")


def _ways_on(board: Board) -> Iterator[Action]:
    if len(board.rows) < MOST_ITEMS:
        yield board.button("list.new", board.texts("Add an item"))
    yield board.button("list.open", board.texts("Back to the list"))
