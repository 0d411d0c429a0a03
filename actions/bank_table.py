"""Questions as a table, a row each: how trainers write them in a spreadsheet.

The first row names the columns, in any order and case. `right` says which option is right by its
number ("2", "1; 3") or its words, true or false, a number, or accepted spellings, one on a line.
A sheet's cells may be typed or texts. What is written is read back the same.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from actions.bank import (
    MOST_READ,
    BankFile,
    BankItem,
    Finding,
    build_item,
    one_line,
    tags_in,
    tidy,
)
from actions.bank_cells import CellReader, cell_text
from actions.choice import MOST_OPTIONS
from actions.entry import PLAIN, Reading
from actions.errors import InvalidAnswers, Problem
from actions.fields import fold, line_id
from actions.text import LONGEST, SHORT

COLUMNS: Final[Mapping[str, str]] = {
    "type": "type",
    "question": "text",
    "right": "right",
    "points": "points",
    "tolerance": "tolerance",
    "partial": "partial",
    "explanation": "explanation",
    "tags": "tags",
    "name": "name",
    "picture": "image",
    "picture in words": "image_alt",
    "help": "help",
    "required": "required",
    "shuffle": "shuffle",
    "choose at least": "least",
    "choose at most": "most",
    "unit": "unit",
    "decimals": "decimals",
    "smallest": "min",
    "largest": "max",
    "longest": "limit",
}
"""What a column's first cell says and the builder's field that it is; options are beside them."""

NEEDED: Final = ("type", "question", "right")
"""Columns that every table has."""

TYPES: Final[Mapping[str, str]] = {
    "one": "one",
    "several": "several",
    "drop-down": "drop_down",
    "true/false": "yes_no",
    "number": "number",
    "text": "short_text",
}
"""What stands in the column `type`, and the preset that it is."""

NUMBERS = frozenset({"tolerance", "min", "max"})
"""Fields that are numbers like the right one."""

FLAGS = frozenset({"partial", "required", "shuffle"})
"""Fields that are yes or no."""

_ALSO: Final[Mapping[str, str]] = {
    "choose one": "one",
    "single choice": "one",
    "multiple choice": "one",
    "choose several": "several",
    "multiple answers": "several",
    "dropdown": "drop_down",
    "true or false": "yes_no",
    "truefalse": "yes_no",
    "yes/no": "yes_no",
    "numerical": "number",
    "short text": "short_text",
    "short answer": "short_text",
}
_WITH_OPTIONS = frozenset({"one", "several", "drop_down"})
_OPTION = re.compile(r"option ?([1-9][0-9]?)")
_PLACES = re.compile(r"#?[0-9]{1,2}(?:[,; ]+#?[0-9]{1,2})*")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where in a row things stand: fields by name, options by number."""

    fields: Mapping[str, int]
    options: Mapping[int, int]


def read_table(
    rows: Iterable[Sequence[object]], new_id: Callable[[], str], reading: Reading = PLAIN
) -> BankFile:
    """Read rows of cells; `reading` is how numbers are written in those that are texts.

    A finding's line is the row's number, from 1. Raises nothing, whatever is in the cells.
    """
    numbered = (row for row in enumerate(rows, start=1) if any(map(cell_text, row[1])))
    heading = next(numbered, None)
    if heading is None:
        return BankFile(findings=(Finding(1, Problem("table_empty")),))
    findings: list[Finding] = []
    columns = _columns(heading[0], [cell_text(cell) for cell in heading[1]], findings)
    if columns is None:
        return BankFile(findings=tuple(findings))
    items: list[BankItem] = []
    for line, row in islice(numbered, MOST_READ):
        try:
            items.append(_item(row, columns, new_id, reading))
        except InvalidAnswers as wrong:
            findings += [Finding(line, problem, part) for part, problem in wrong.problems.items()]
    return BankFile(tuple(items), tuple(findings), sum(1 for _ in numbered))


def option_column(number: int) -> str:
    """Give what the column of an option is called."""
    return f"option {number}"


def right_places(text: str, options: Mapping[int, str]) -> tuple[int, ...] | Problem:
    """Read which options, by their numbers, a cell of the column `right` names.

    What would be the number of one option and the words of another is refused; `#2` is always a
    number.
    """
    folded = {place: fold(words) for place, words in options.items()}
    if _PLACES.fullmatch(fold(text)):
        return _numbered(text, folded)
    whole = tuple(place for place, words in folded.items() if words == fold(text))
    if whole:
        return whole
    named: list[int] = []
    for words in filter(None, map(fold, re.split(r"[;\n]", text))):
        place = next((place for place, said in folded.items() if said == words), None)
        if place is None:
            return Problem("table_no_option", {"text": words})
        named.append(place)
    return tuple(named)


def _numbered(text: str, folded: Mapping[int, str]) -> tuple[int, ...] | Problem:
    saying = {words: place for place, words in folded.items()}
    signs = re.findall("#?[0-9]+", text)
    is_ambiguous = len(signs) > 1 and fold(text) in saying
    places: list[int] = []
    for sign in signs:
        numbered, worded = int(sign.removeprefix("#")), saying.get(sign)
        place = numbered if numbered in folded else worded
        if place is None:
            return Problem("table_no_option", {"text": sign})
        is_ambiguous |= not sign.startswith("#") and worded not in {None, place}
        places.append(place)
    return Problem("table_right_ambiguous", {"text": text}) if is_ambiguous else tuple(places)


def _columns(line: int, names: Sequence[str], findings: list[Finding]) -> _Columns | None:
    fields: dict[str, int] = {}
    options: dict[int, int] = {}
    for place, name in enumerate(map(fold, names)):
        option = _OPTION.fullmatch(name)
        if option and int(option[1]) <= MOST_OPTIONS:
            is_first = options.setdefault(int(option[1]), place) == place
        elif name in COLUMNS:
            is_first = fields.setdefault(COLUMNS[name], place) == place
        else:
            is_first = True
            if name:
                findings.append(Finding(line, Problem("table_column", {"text": name}), kept=True))
        if not is_first:
            findings.append(Finding(line, Problem("table_column_twice", {"text": name})))
    missing = [name for name in NEEDED if COLUMNS[name] not in fields]
    if missing:
        problem = Problem("table_columns_needed", {"columns": ", ".join(missing)})
        findings.append(Finding(line, problem))
    is_whole = all(finding.kept for finding in findings)
    return _Columns(fields, options) if is_whole else None


def _item(
    row: Sequence[object], columns: _Columns, new_id: Callable[[], str], reading: Reading
) -> BankItem:
    cells = {name: row[place] for name, place in columns.fields.items() if place < len(row)}
    texts = {n: cell_text(row[place]) for n, place in columns.options.items() if place < len(row)}
    options = {n: one_line(tidy(text)) for n, text in sorted(texts.items()) if text}
    reader = CellReader(cells, reading)
    sort = fold(reader.text("type"))
    preset = TYPES.get(sort, _ALSO.get(sort, ""))
    if not preset:
        reader.wrong("type", "table_type")
        raise InvalidAnswers(reader.problems)
    fields = _fields(reader) | _answers(preset, reader, options)
    name, tags = reader.text("name"), tags_in(reader.text("tags"))
    try:
        item = build_item(new_id(), preset, fields, tags, name)
    except InvalidAnswers as wrong:
        raise InvalidAnswers({**wrong.problems, **reader.problems}) from wrong
    if reader.problems:
        raise InvalidAnswers(reader.problems)
    return item


def _fields(reader: CellReader) -> dict[str, str]:
    """Read what is the same whatever is asked; an empty cell says nothing."""
    fields = {}
    for name in COLUMNS.values():
        if name in {"type", "tags", "name", "right", "decimals"} or not reader.text(name):
            continue
        if name in NUMBERS:
            fields[name] = reader.number(name)
        elif name in FLAGS:
            fields[name] = reader.flag(name)
        else:
            fields[name] = reader.text(name)
    return fields


def _answers(preset: str, reader: CellReader, options: Mapping[int, str]) -> dict[str, str]:
    if preset in _WITH_OPTIONS:
        places = right_places(reader.text("right"), options)
        if isinstance(places, Problem):
            reader.wrong("right", places.code, **places.values)
            places = ()
        right = ",".join(line_id(options[place]) for place in places)
        return {"options": "\n".join(options.values()), "right": right}
    if preset == "short_text":
        return _spellings(reader, options)
    if options:
        reader.wrong("options", "table_takes_no_options")
    if preset == "yes_no":
        return {"right": reader.truth("right")}
    return {"right": reader.number("right"), "decimals": reader.decimals()}


def _spellings(reader: CellReader, options: Mapping[int, str]) -> dict[str, str]:
    """Whoever cannot make lines in a cell may write spellings into the options' columns."""
    lines = [line.strip() for line in reader.text("right").splitlines()]
    spelled = list(filter(None, [*lines, *options.values()]))
    longest = max(map(len, spelled), default=0)
    limit = reader.text("limit") or str(min(max(longest, SHORT), LONGEST))
    return {"right": "\n".join(spelled), "limit": limit}
