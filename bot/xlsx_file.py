"""An export as an Excel workbook: a sheet that sums up, and its tables, in typed cells."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from actions.entry import Cell
from actions.exporting import Report
from actions.responses import Response
from actions.tables import Field, Row, Sheet
from bot.export_summary import Line, lines
from cards.texts import Texts

MOST_ROWS: Final = 1_048_576
"""Rows of a sheet, its heading included; more go on the next sheet.

https://support.microsoft.com/office/excel-specifications-and-limits
"""

LONGEST_TEXT: Final = 32_767
"""What a cell holds, in units of UTF-16."""

MINUTES: Final = 24 * 60
"""A time of day is a part of a day."""

FIRST_DAY: Final = date(1900, 3, 1)
"""Programs do not agree on days before it, since Excel has a 29 February 1900; those are texts."""

OPTIONS: Final[dict[str, Any]] = {
    # Rows go to a file as they come; texts are no formulas, links or numbers.
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
"""How workbooks are written."""

_FORMATS: Final = {
    "date": "yyyy-mm-dd",
    "time": "hh:mm",
    "moment": "yyyy-mm-dd hh:mm:ss",
    "share": "0%",
    "figure": "0.00",
}

_WIDTHS: Final = {"text": 28, "list": 28, "moment": 19}
"""Columns' widths in characters, by what is in them; others are as wide as a number needs."""


class XlsxFile:
    """A workbook that is written row by row."""

    def __init__(
        self, path: Path, report: Report, texts: Texts, most_rows: int = MOST_ROWS
    ) -> None:
        """Begin the workbook; while it is written, its sheets are files beside it."""
        self._report, self._most_rows = report, most_rows
        self._fields: Sequence[Field] = ()
        self._row = 0
        self._book = Workbook(str(path), {**OPTIONS, "tmpdir": str(path.parent)})
        # It changes nothing in files of less than 2 GiB.
        self._book.use_zip64()
        self._bold = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._formats = {
            name: self._book.add_format({"num_format": form, "align": "left", "valign": "top"})
            for name, form in _FORMATS.items()
        }
        summary = self._book.add_worksheet(sheet_name(texts("Summary")))
        self._write_summary(summary, lines(report, texts))
        self._sheet = summary
        if report.has_responses:
            self._begin(texts("Responses"), report.table.fields)

    def add(self, responses: Sequence[Response]) -> None:
        """Write responses."""
        self.add_rows([self._report.table.row(response) for response in responses])

    def begin(self, sheet: Sheet) -> None:
        """Begin a further table, on a sheet of its own."""
        self._end_sheet()
        self._begin(sheet.name, sheet.fields)

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Write rows of the table that was begun last."""
        for row in rows:
            if self._row == self._most_rows:
                self._end_sheet()
                self._next_sheet()
            for column, cell in enumerate(row):
                self._write(self._sheet, self._row, column, cell)
            self._row += 1

    def close(self) -> None:
        """End the workbook."""
        self._end_sheet()
        self._book.close()

    def _begin(self, name: str, fields: Sequence[Field]) -> None:
        self._name, self._fields, self._sheets = name, fields, 0
        self._next_sheet()

    def _write_summary(self, sheet: Worksheet, summary: Sequence[Line]) -> None:
        """Values of all types begin at the same edge, and long texts are seen whole."""
        whole = {"align": "left", "text_wrap": True, "valign": "top"}
        sheet.set_column(0, 1, 46, self._book.add_format(whole))
        sheet.fit_to_pages(1, 0)
        for row, line in enumerate(summary):
            form = self._bold if line.is_heading else None
            sheet.write_string(row, 0, fitting(line.name) or " ", form)
            self._write(sheet, row, 1, line.value)
            if line.share is not None:
                sheet.write_number(row, 2, line.share, self._formats["share"])

    def _next_sheet(self) -> None:
        """Begin a sheet of the table: its heading stays where it is when one scrolls."""
        self._sheets += 1
        number = f" {self._sheets}" if self._sheets > 1 else ""
        sheet = self._book.add_worksheet(sheet_name(self._name, number))
        sheet.freeze_panes(1, 0)
        for column, field in enumerate(self._fields):
            sheet.set_column(column, column, _width(field))
            sheet.write_string(0, column, fitting(field.name), self._bold)
        self._sheet, self._row = sheet, 1

    def _end_sheet(self) -> None:
        """Let one choose among the rows by what is in a column."""
        last = len(self._fields) - 1
        if last >= 0 and self._row > 1:
            self._sheet.autofilter(0, 0, self._row - 1, last)

    def _write(self, sheet: Worksheet, row: int, column: int, cell: Cell | float) -> None:
        match cell:
            case str() if cell:
                sheet.write_string(row, column, fitting(cell))
            case tuple() if cell:
                sheet.write_string(row, column, fitting("; ".join(cell)))
            case bool():
                sheet.write_boolean(row, column, cell)
            case int() | Decimal():
                sheet.write_number(row, column, float(cell))
            case float():
                sheet.write_number(row, column, cell, self._formats["figure"])
            case datetime():
                local = cell.replace(tzinfo=None)
                sheet.write_datetime(row, column, local, self._formats["moment"])
            case date() if cell < FIRST_DAY:
                sheet.write_string(row, column, cell.isoformat())
            case date():
                day = datetime.combine(cell, time())
                sheet.write_datetime(row, column, day, self._formats["date"])
            case time():
                share = (cell.hour * 60 + cell.minute) / MINUTES
                sheet.write_number(row, column, share, self._formats["time"])


def fitting(text: str) -> str:
    """Give a text as a cell takes it: cut, and never what XlsxWriter takes for its own markup."""
    if 2 * len(text) > LONGEST_TEXT:
        units = text.encode("utf-16-le", "replace")
        if len(units) > 2 * LONGEST_TEXT:
            text = units[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
    if text.startswith("<r>") and text.endswith("</r>"):
        # It writes such a text into the file as it is; a space keeps it one.
        return f" {text}"
    return text


def sheet_name(name: str, number: str = "") -> str:
    """Give a name as a sheet takes it: without the signs of references, not too long."""
    plain = "".join(sign for sign in name if sign not in "[]:*?/\\").strip("' ")
    return plain[: LONGEST_NAME - len(number)] + number


LONGEST_NAME: Final = 31
"""Characters of a sheet's name."""


def _width(field: Field) -> int:
    return max(_WIDTHS.get(field.type, 12), min(len(field.name), 28))
