"""Making export files: a few at a time, in threads, in a folder of the process."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import structlog
from xlsxwriter.exceptions import XlsxWriterException

from actions.banked import BankOrder
from actions.banking import all_of
from actions.errors import NotSaved
from actions.exporting import (
    POINTS,
    AnyOrder,
    Format,
    Order,
    Report,
    exportable,
    record,
    report,
    responses,
)
from actions.exporting_ticks import rows_of_sheet
from actions.ports import Ports
from actions.responses import Response
from actions.tables import Row, Sheet
from bot.bank_files import write_file
from bot.csv_file import CsvFile
from bot.json_file import JsonFile
from bot.xlsx_file import XlsxFile, sheet_name
from cards.deeds import WORDS
from cards.texts import Texts, texts_for
from cards.ticks import STATES

log = structlog.get_logger()

AT_ONCE: Final = 3
"""How many exports a process makes at a time; others wait, so that votes do not."""

LONGEST_NAME: Final = 80
"""Characters of a file's name before its ending."""

_NOT_IN_NAMES: Final = frozenset('"#%*:<>?/\\|~')
"""What OneDrive or a file system takes in no name.

https://support.microsoft.com/office/restrictions-and-limitations-in-onedrive-and-sharepoint
"""


class Writer(Protocol):
    """A file that is written row by row; made, used and closed in a thread."""

    def add(self, responses: Sequence[Response]) -> None:
        """Write responses."""

    def begin(self, sheet: Sheet) -> None:
        """Begin a further table."""

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Write rows of the table that was begun last."""

    def close(self) -> None:
        """End the file."""


WRITERS: Final[Mapping[Format, Callable[[Path, Report, Texts], Writer]]] = {
    "xlsx": XlsxFile,
    "csv": lambda path, of, _: CsvFile(path, of),
    "json": lambda path, of, _: JsonFile(path, of),
}


@dataclass(frozen=True, slots=True)
class Made:
    """An export as a file, alone in its folder, to be discarded by who made it."""

    path: Path
    name: str
    size: int

    def discard(self) -> None:
        """Remove the file."""
        shutil.rmtree(self.path.parent, ignore_errors=True)


class Exports:
    """Makes files out of orders."""

    def __init__(self, ports: Ports, folder: Path) -> None:
        """Read from `ports`, write below `folder`."""
        self._ports = ports
        self._folder = folder
        self._hands = asyncio.Semaphore(AT_ONCE)

    async def name(self, order: AnyOrder) -> str:
        """Give what a file is called, to who may have it. Raises NotFound, NotAllowed."""
        if isinstance(order, BankOrder):
            return file_name(texts_for(order.locale)("Question bank"), order.format)
        action = await exportable(self._ports, order.person, order.action_id)
        return file_name(action.content.title, order.format)

    async def record(self, order: AnyOrder, person_name: str) -> None:
        """Write down who was given what; what is one's own concerns nobody. Raises as `make`."""
        if isinstance(order, Order):
            await record(self._ports, order, person_name)

    async def make(self, order: AnyOrder) -> Made:
        """Make a file.

        Raises NotFound, NotAllowed, NotSaved ("export_failed" when the disk did not take it).
        """
        async with self._hands:
            name = await self.name(order)
            path = Path(tempfile.mkdtemp(dir=self._folder)) / f"export.{order.format}"
            try:
                await self._write(path, order, texts_for(order.locale))
            except BaseException as error:
                shutil.rmtree(path.parent, ignore_errors=True)
                if isinstance(error, OSError | XlsxWriterException):
                    log.warning("export_failed", action=order.subject, error=type(error).__name__)
                    raise NotSaved("export_failed") from error
                raise
        return Made(path, name, path.stat().st_size)

    async def _write(self, path: Path, order: AnyOrder, texts: Texts) -> None:
        if isinstance(order, BankOrder):
            pages = all_of(self._ports, order.person, order.selection)
            items = [item async for some in pages for item in some]
            sheet = sheet_name(texts("Questions"))
            await asyncio.to_thread(write_file, path, items, order.format, sheet)
            return
        # What a program reads is in the codes that it knows.
        words = {} if order.format == "json" else code_words(texts)
        of = await report(self._ports, order, column_names(texts), words)
        await self._write_report(path, of, order, texts)

    async def _write_report(self, path: Path, of: Report, order: Order, texts: Texts) -> None:
        """The event loop only waits: rows are read by the driver and written by a thread."""
        writer = await asyncio.to_thread(WRITERS[order.format], path, of, texts)
        try:
            async with aclosing(responses(self._ports.store, of.view.action)) as all_of_them:
                async for some in all_of_them:
                    await asyncio.to_thread(writer.add, some)
            for sheet in of.sheets:
                await asyncio.to_thread(writer.begin, sheet)
                await self._write_rows(writer, of, sheet)
        finally:
            await asyncio.to_thread(writer.close)

    async def _write_rows(self, writer: Writer, of: Report, sheet: Sheet) -> None:
        rows = rows_of_sheet(self._ports.store, of.view, sheet, of.table.words)
        async with aclosing(rows):
            async for some in rows:
                await asyncio.to_thread(writer.add_rows, some)


def column_names(texts: Texts) -> dict[str, str]:
    """Give what the columns are called that are not a question's own."""
    return {
        "name": texts("Name"),
        "person": texts("Person"),
        "submitted": texts("Submitted"),
        "response": texts("Response"),
        "score": texts("Score"),
        "of": texts("Out of"),
        "percent": texts("Percent"),
        "passed": texts("Passed"),
        "attempt_count": texts("Attempts"),
        "seconds": texts("Seconds spent"),
        POINTS: texts("{question} – points"),
        **_names_of_ticks(texts),
    }


def code_words(texts: Texts) -> dict[str, str]:
    """Give the words for what is stored as a code: states of items, and what was done."""
    words = {state.value: texts(STATES[state]) for state in STATES}
    return words | {verb: texts(WORDS[verb]) for verb in WORDS}


def _names_of_ticks(texts: Texts) -> dict[str, str]:
    """Give what the sheets of checklists and their columns are called."""
    return {
        "items": texts("Items"),
        "history": texts("History"),
        "last_tick": texts("Last tick"),
        "settled": texts("Items ticked"),
        "finished": texts("Finished"),
        "section": texts("Section"),
        "item": texts("Item"),
        "note": texts("Note"),
        "assignee": texts("For"),
        "due": texts("Due"),
        "state": texts("State"),
        "overdue": texts("Overdue"),
        "by": texts("By"),
        "at": texts("When"),
        "reason": texts("Reason"),
        "owner": texts("Follow-up by"),
        "until": texts("Until"),
        "checked_by": texts("Checked by"),
        "list_of": texts("List of"),
        "what": texts("What"),
        "item_id": texts("Item’s name"),
    }


def file_name(title: str, ending: str) -> str:
    """Give a file the title's name, without what no file system takes."""
    plain = "".join(
        " " if sign in _NOT_IN_NAMES or not sign.isprintable() else sign for sign in title
    )
    words = " ".join(plain.split())[:LONGEST_NAME].strip(" .")
    return f"{words or 'Muster'}.{ending}"
