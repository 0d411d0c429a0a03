"""Files of questions as bytes: told apart by what is in them, read, and written."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Final

from openpyxl import load_workbook
from xlsxwriter import Workbook

from actions.bank import BankFile, BankItem, Finding, decoded
from actions.bank_csv import read_csv, write_csv
from actions.bank_table import COLUMNS, NEEDED, read_table
from actions.bank_table_writing import write_table
from actions.banked import BankFormat
from actions.banking import placeholder
from actions.choice import MOST_OPTIONS
from actions.entry import Cell
from actions.errors import Problem
from actions.fields import fold
from actions.gift import read_gift
from actions.gift_writing import write_gift
from bot.xlsx_file import OPTIONS, fitting

LARGEST: Final = 2 * 1024 * 1024
"""Bytes of a file that is read."""

UNPACKED: Final = 24 * 1024 * 1024
"""Bytes of a workbook's parts, all together: a small one may hold gigabytes of nothing."""

MOST_TAGS: Final = 1_500_000
MOST_OTHER_TAGS: Final = 30_000
"""XML tags in the sheets and their texts, and in each other part: every one takes memory."""

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 2 * (len(COLUMNS) + MOST_OPTIONS)

WIDTHS: Final = {"question": 50, "explanation": 40}
"""Widths of columns in characters; others have 16."""

_PACKINGS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_BROKEN: Final = (
    *(ArithmeticError, AttributeError, EOFError, LookupError, NotImplementedError, OSError),
    *(RuntimeError, SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error),
)
"""What reading a damaged workbook raises: openpyxl has no error of its own for most of it."""


def read_file(data: bytes, name: str = "") -> BankFile:
    """Read a file of questions; raises nothing, whatever is in it.

    Line 0 in a finding is the file as a whole.
    """
    if len(data) > LARGEST:
        return _nothing("bank_file_too_large", megabytes=LARGEST // 1024**2)
    if data.startswith(b"PK"):
        return _read_workbook(data)
    if data.startswith(_OLD_OFFICE):
        return _nothing("bank_file_old")
    text = decoded(data)
    if "\0" in text or data.startswith(b"%PDF"):
        return _nothing("bank_file_unknown")
    return read_text(text, name)


def read_text(text: str, name: str = "") -> BankFile:
    """Read questions that someone wrote or copied: GIFT, or a table as spreadsheets copy it."""
    if not text.strip():
        return _nothing("table_empty")
    return (read_csv if _is_table(text, name) else read_gift)(text, placeholder)


def write_file(path: Path, items: Sequence[BankItem], form: BankFormat, sheet: str) -> None:
    """Write a file; `sheet` is what the one sheet of a workbook is called."""
    match form:
        case "xlsx":
            _write_workbook(path, write_table(items), sheet)
        case "csv":
            path.write_text(write_csv(items), "utf-8-sig", newline="")
        case "gift":
            # An offered file cannot be empty.
            path.write_text(write_gift(items) or "\n", "utf-8", newline="")


def _nothing(code: str, **values: object) -> BankFile:
    return BankFile(findings=(Finding(0, Problem(code, values)),))


def _is_table(text: str, name: str) -> bool:
    """The first line names columns; a table that does not is told so if it is no GIFT."""
    ending = name.rpartition(".")[2].casefold()
    if ending in {"csv", "tsv", "gift"}:
        return ending != "gift"
    first = text.lstrip("\ufeff\r\n ").partition("\n")[0]
    cells = {fold(cell.strip('"')) for sign in ",;\t" for cell in first.split(sign)}
    return len(cells & set(NEEDED)) > 1 or ("{" not in text and any(s in first for s in ";\t"))


def _read_workbook(data: bytes) -> BankFile:
    try:
        return read_table(_rows(_repacked(data)), placeholder)
    except _BROKEN:
        return _nothing("table_unreadable")


def _repacked(data: bytes) -> BytesIO:
    """Give a zip's parts in another one, unpacked: a zip may lie about how much is in it.

    Raises ValueError when that is more than UNPACKED, and what `_BROKEN` says.
    """
    room, tags, target = UNPACKED, MOST_TAGS, BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as packed, zipfile.ZipFile(target, "w") as unpacked:
        for part in packed.infolist():
            # Pictures are of no use here.
            if not part.filename.endswith((".xml", ".rels")):
                continue
            if part.compress_type not in _PACKINGS:
                raise ValueError("packed otherwise than workbooks are")
            with packed.open(part) as source:
                content = source.read(room + 1)
            room -= len(content)
            tags -= _tags(part.filename, content)
            if room < 0 or tags < 0:
                raise ValueError("too much in the zip")
            unpacked.writestr(part.filename, content)
    return target


def _tags(name: str, content: bytes) -> int:
    """Count a part's XML tags. Raises ValueError if it is none that a workbook has.

    Workbooks may have no DOCTYPE, whose entities would make gigabytes out of kilobytes.
    """
    tags = content.count(b"<")
    is_of_cells = "worksheets/" in name or name.endswith("sharedStrings.xml")
    if tags > MOST_OTHER_TAGS and not is_of_cells:
        raise ValueError("too many tags")
    # In UTF-16 every other byte is zero.
    if b"<!DOCTYPE" in content.replace(b"\0", b""):
        raise ValueError("a DOCTYPE")
    return tags


def _rows(workbook: BytesIO) -> Iterator[Sequence[object]]:
    """Give the rows of the first sheet; formulas have the values that were stored with them.

    A reader that makes a whole rectangle of a sheet would take all memory for one far cell.
    """
    options = {"read_only": True, "data_only": True, "keep_links": False}
    with closing(load_workbook(workbook, **options)) as book:  # type: ignore[no-untyped-call]
        sheet = book.worksheets[0]
        yield from sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)


def _write_workbook(path: Path, rows: Sequence[Sequence[Cell]], sheet_name: str) -> None:
    """Write the table; texts are no formulas, links or numbers.

    They are kept in a table of their own, since only there openpyxl knows escaped signs again.
    """
    with Workbook(str(path), {**OPTIONS, "constant_memory": False}) as book:
        bold = book.add_format({"bold": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(sheet_name)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(rows[0]):
            sheet.set_column(column, column, WIDTHS.get(str(name), 16), plain)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                form = plain if number else bold
                match cell:
                    case bool():
                        sheet.write_boolean(number, column, cell, form)
                    case str() if cell:
                        sheet.write_string(number, column, fitting(cell), form)
                    case int() | Decimal():
                        sheet.write_number(number, column, float(cell), form)
