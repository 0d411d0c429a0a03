"""The table of questions as CSV text, as spreadsheets write it and read it (RFC 4180)."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from actions.bank import BankFile, BankItem, Finding
from actions.bank_table import read_table
from actions.bank_table_writing import write_table
from actions.entry import PLAIN, Cell, Reading
from actions.errors import Problem

_GUARDED = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""What begins a text that a spreadsheet would run, and one that had to be kept from that.

https://owasp.org/www-community/attacks/CSV_Injection
"""

_SEPARATORS: Final = (",", ";", "\t")


def read_csv(text: str, new_id: Callable[[], str]) -> BankFile:
    """Read a file's text (`actions.bank.decoded`); the first line tells what separates cells.

    A finding's line is the row's number. Raises nothing, whatever is in it.
    """
    source = text.removeprefix("\ufeff").replace("\0", "")
    first = source.lstrip("\r\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    # Where decimals come after a comma, spreadsheets separate cells by semicolons.
    reading = Reading(",") if separator == ";" else PLAIN
    rows = csv.reader(io.StringIO(source, newline=""), delimiter=separator)
    try:
        return read_table(([_plain(cell) for cell in row] for row in rows), new_id, reading)
    except csv.Error:
        return BankFile(findings=(Finding(1, Problem("table_unreadable")),))


def write_csv(items: Sequence[BankItem]) -> str:
    """Write a file's text, to be encoded with the mark of UTF-8, without which Excel misreads."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerows([_written(cell) for cell in row] for row in write_table(items))
    return target.getvalue()


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).upper()
        case Decimal():
            return f"{cell:f}"
        case str() if _GUARDED.match(cell):
            return f"'{cell}"
        case _:
            return str(cell)


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell
