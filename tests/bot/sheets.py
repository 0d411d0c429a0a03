"""Reads workbooks as they are stored: the zip's XML, with nothing that could be lenient."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's cells by their names (`B2`), each with its type's letter and format; its XML."""

    name: str
    cells: dict[str, tuple[str, str, str]]
    xml: str

    @property
    def rows(self) -> int:
        """How many rows hold something."""
        return len({name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for name in self.cells})

    def row(self, name: str) -> str:
        """Give the number of the first row that begins with a text. Raises StopIteration."""
        cells = self.cells.items()
        return next(n[1:] for n, (_, value, _) in cells if n[0] == "A" and value == name)

    def text(self, cell: str) -> str:
        """Give a cell that holds a text. Raises AssertionError when it holds something else."""
        kind, value, _ = self.cells[cell]
        assert kind == "inlineStr", kind
        return value

    def number(self, cell: str, form: str = "General") -> float:
        """Give a cell that holds a number shown so. Raises AssertionError otherwise."""
        kind, value, shown = self.cells[cell]
        assert (kind, shown) == ("n", form)
        return float(value)


def sheets(path: Path | BinaryIO) -> list[Sheet]:
    """Give a workbook's sheets in their order."""
    with ZipFile(path) as book:
        assert book.testzip() is None
        forms = _forms(book.read("xl/styles.xml"))
        links = {
            link.get("Id"): link.get("Target", "")
            for link in _parsed(book.read("xl/_rels/workbook.xml.rels"))
        }
        listed = _parsed(book.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
        return [
            _sheet(sheet.get("name", ""), book.read(f"xl/{links[sheet.get(_LINK)]}"), forms)
            for sheet in listed
        ]


def _sheet(name: str, xml: bytes, forms: list[str]) -> Sheet:
    cells = {}
    for cell in _parsed(xml).iter(f"{_MAIN}c"):
        value = "".join(cell.itertext())
        assert cell.find(f"{_MAIN}f") is None, "a formula"
        form = forms[int(cell.get("s", "0"))]
        cells[cell.get("r", "")] = (cell.get("t", "n"), value, form)
    return Sheet(name, cells, xml.decode())


def _forms(xml: bytes) -> list[str]:
    """Give the number formats by the numbers that cells have for them."""
    styles = _parsed(xml)
    own = {f.get("numFmtId"): f.get("formatCode", "") for f in styles.iter(f"{_MAIN}numFmt")}
    builtin = {"0": "General", "2": "0.00", "9": "0%"} | own
    used = styles.find(f"{_MAIN}cellXfs")
    assert used is not None
    return [builtin[one.get("numFmtId")] for one in used]


def _parsed(xml: bytes) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314 - our own files
