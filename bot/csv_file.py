"""An export as CSV: RFC 4180, UTF-8 with its mark, and nothing that a spreadsheet would run."""

import csv
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Final

from actions.entry import Cell
from actions.exporting import Report
from actions.responses import Response
from actions.tables import Field, Row, Sheet

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a text may not begin with: spreadsheets take it for a formula.

https://owasp.org/www-community/attacks/CSV_Injection
"""


class CsvFile:
    """A file that is written row by row."""

    def __init__(self, path: Path, report: Report) -> None:
        """Begin the file with the names of the columns."""
        self._table = report.table
        # Excel takes a file without the mark for one in the system's old code page.
        self._file = path.open("w", encoding="utf-8-sig", errors="replace", newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._tables = 0
        if report.has_responses:
            self._begin(self._table.fields)

    def add(self, responses: Sequence[Response]) -> None:
        """Write responses."""
        self.add_rows([self._table.row(response) for response in responses])

    def begin(self, sheet: Sheet) -> None:
        """Begin a further table: a file holds one, so that those after the first are left out."""
        self._begin(sheet.fields)

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Write rows of the table that was begun last."""
        if self._tables == 1:
            self._writer.writerows([written(cell) for cell in row] for row in rows)

    def close(self) -> None:
        """End the file."""
        self._file.close()

    def _begin(self, fields: Sequence[Field]) -> None:
        self._tables += 1
        if self._tables == 1:
            self._writer.writerow(_safe(field.name) for field in fields)


def written(cell: Cell) -> str:
    """Give a cell's text: numbers with a point, days and times as in ISO 8601."""
    text = ""
    match cell:
        case None:
            pass
        case str():
            text = _safe(cell)
        case tuple():
            text = _safe("; ".join(cell))
        case bool():
            text = str(cell).upper()
        case int():
            text = str(cell)
        case Decimal():
            text = format(cell, "f")
        case datetime():
            # With a space, since spreadsheets read no time with a T.
            text = cell.replace(tzinfo=None).isoformat(" ", "seconds")
        case date():
            text = cell.isoformat()
        case time():
            text = cell.isoformat("minutes")
    return text


def _safe(text: str) -> str:
    """Numbers are cells of their own and never come here, so that "-5" is words of someone."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
