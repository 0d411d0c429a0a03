"""Cells of a spreadsheet as questions' fields, typed or as texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from actions.bank import tidy
from actions.either import NO, YES
from actions.entry import Reading
from actions.errors import Problem
from actions.fields import fold
from actions.quantity import MOST_DECIMALS, read_number, scaled

_YES: Final = frozenset({"yes", "y", "true", "t", "1", "x", "ja", "wahr"})
_NO: Final = frozenset({"no", "n", "false", "f", "0", "nein", "falsch"})
"""German is here since Excel writes TRUE so into a CSV file there."""


@dataclass(frozen=True, slots=True)
class CellReader:
    """One row's cells by the builder's fields; what is wrong is added to `problems`."""

    cells: Mapping[str, object]
    reading: Reading
    problems: dict[str, Problem] = field(default_factory=dict)

    def wrong(self, name: str, code: str, **values: object) -> None:
        """Say what is wrong with a cell; the first thing said stands."""
        self.problems.setdefault(name, Problem(code, values))

    def text(self, name: str) -> str:
        """Give what a cell says."""
        return cell_text(self.cells.get(name))

    def flag(self, name: str) -> str:
        """Read a switch, as the builder's fields say it."""
        text = fold(self.text(name))
        if text and text not in _YES | _NO:
            self.wrong(name, "table_flag")
        return str(text in _YES).lower()

    def truth(self, name: str) -> str:
        """Read whether something is true, as the builder's fields say it."""
        text = fold(self.text(name))
        if text and text not in _YES | _NO:
            self.wrong(name, "table_truth")
        return YES if text in _YES else NO if text in _NO else ""

    def number(self, name: str) -> str:
        """Give a number with a point, or what stands there where it is none that can be kept."""
        text = self.text(name)
        amount = self._amount(text)
        return text if amount is None else f"{amount:f}"

    def decimals(self) -> str:
        """Give how many decimals the row's numbers have, where it is not said."""
        said = self.text("decimals")
        amounts = [self._amount(self.text(name)) for name in ("right", "tolerance", "min", "max")]
        return said or str(max(places(amount) for amount in [*amounts, Decimal(0)]))

    def _amount(self, text: str) -> Decimal | None:
        """Read a number with as few decimals as it takes."""
        other = Reading("," if self.reading.decimal == "." else ".")
        for reading in (self.reading, other):
            for decimals in range(MOST_DECIMALS + 1):
                amount = read_number(text, decimals, reading)
                if isinstance(amount, int):
                    return scaled(amount, decimals)
        return None


def cell_text(cell: object) -> str:
    """Give what a cell says; numbers have the 15 digits that spreadsheets keep."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        number = Decimal(f"{cell:.15g}")
        return f"{number:f}" if number.is_finite() else ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return tidy(str(cell))


def places(amount: Decimal | None) -> int:
    """Give how many decimals a number needs."""
    exponent = (amount or Decimal(0)).normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
