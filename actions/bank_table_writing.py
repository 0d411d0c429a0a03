"""Questions as the rows of a table that `actions.bank_table` reads back the same."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from actions.bank import BankItem, is_plain, item_fields
from actions.bank_cells import places
from actions.bank_table import COLUMNS, FLAGS, NUMBERS, TYPES, option_column, right_places
from actions.choice import Choice
from actions.either import YES
from actions.entry import Cell
from actions.number import Number
from actions.presets import preset_of
from actions.quantity import scaled

ALWAYS = frozenset({"type", "question", "right", "points", "explanation", "tags"})
"""Columns that are written even if no question needs them, as are four options."""

LEAST_COLUMNS = 4


def write_table(items: Sequence[BankItem]) -> list[tuple[Cell, ...]]:
    """Give the rows, the first of them the names of the columns."""
    rows = [_row(item) for item in items]
    options = [option_column(number) for number in range(1, _most_options(items) + 1)]
    names = [name for name in COLUMNS if name in ALWAYS or any(name in row for row in rows)]
    names[2:2] = options
    return [tuple(names), *(tuple(row.get(name) for name in names) for row in rows)]


def _most_options(items: Iterable[BankItem]) -> int:
    asked = (item.question for item in items)
    counts = (len(question.options) for question in asked if isinstance(question, Choice))
    return max(LEAST_COLUMNS, *counts, 0)


def _row(item: BankItem) -> Mapping[str, Cell]:
    """Give the cells that say something, by the names of their columns."""
    question, fields = item.question, item_fields(item)
    words = {preset: word for word, preset in TYPES.items()}
    named = {
        name: _cell(item, field, fields[field])
        for name, field in COLUMNS.items()
        if not is_plain(field, fields.get(field, ""))
    }
    row = {name: cell for name, cell in named.items() if cell is not None}
    if isinstance(question, Choice):
        row |= {option_column(n): o.text for n, o in enumerate(question.options, start=1)}
    return {
        **row,
        "type": words[preset_of(question).name],
        "points": item.key.points,
        "right": _right(item),
        "tags": ", ".join(item.tags),
        **({"name": item.name} if item.name else {}),
    }


def _cell(item: BankItem, field: str, text: str) -> Cell:
    """Give a field's cell, None where it says what an empty cell says."""
    if field == "decimals" and isinstance(item.question, Number):
        return item.question.decimals if _drops_decimals(item.question, item) else None
    if field in NUMBERS:
        return Decimal(text)
    if field in {"limit", "least", "most"}:
        return int(text)
    return "yes" if field in FLAGS else text


def _right(item: BankItem) -> Cell:
    question, right = item.question, item.key.right
    match question, right:
        case Choice(), tuple():
            return _right_options(question, right)
        case Number(), int():
            return question.value(right)
        case _, tuple():
            return "\n".join(right)
        case _:
            return right == YES


def _right_options(question: Choice, right: Sequence[str]) -> str | int:
    options = {number: option.text for number, option in enumerate(question.options, start=1)}
    chosen = [n for n, option in enumerate(question.options, start=1) if option.id in right]
    plain = "; ".join(map(str, chosen))
    if right_places(plain, options) != tuple(chosen):
        return "; ".join(f"#{number}" for number in chosen)
    return chosen[0] if len(chosen) == 1 else plain


def _drops_decimals(question: Number, item: BankItem) -> bool:
    """Spreadsheets drop zeros at a number's end, so what is seen there may be fewer."""
    amounts = (item.key.right, item.key.tolerance, question.least, question.most)
    seen = [places(scaled(amount, question.decimals)) for amount in amounts if type(amount) is int]
    return max(seen, default=0) != question.decimals
