"""Reading the fields of a form, all their problems at once.

A form's values are flat text by field name, exactly as typed: that is what a draft keeps.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias
from unicodedata import category

from actions.errors import Problem

Values: TypeAlias = Mapping[str, str]

OPTION_LIMIT = 1_000
"""Characters of an option after trimming (product.md §2)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One of several texts that are written one on a line, under an id made of its words.

    The same words have the same id wherever in the list they stand: so answers stay with what
    was answered, and what is said differently is something else.
    """

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one part of a form, whose names begin with `prefix`.

    What is wrong is added to `problems` under the field's whole name; the value that is given
    then is of the right type, so that reading can go on.
    """

    values: Values
    problems: dict[str, Problem]
    prefix: str = ""

    def raw(self, name: str) -> str:
        """Give what was typed, trimmed."""
        return self.values.get(self.prefix + name, "").strip()

    def wrong(self, name: str, code: str, **values: object) -> None:
        """Say what is wrong with a field; the first thing said stands."""
        self.problems.setdefault(self.prefix + name, Problem(code, values))

    def text(self, name: str, limit: int, *, needed: str = "") -> str:
        """Read a text, trimmed; `needed` is the problem's code when it may not be blank."""
        text = self.raw(name)
        if needed and not text:
            self.wrong(name, needed)
        if len(text) > limit:
            self.wrong(name, "too_long", limit=limit, length=len(text))
        return text

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Read a switch."""
        text = self.raw(name)
        return text == "true" if text else default

    def whole(self, name: str, least: int, most: int, default: int) -> int:
        """Read a whole number from `least` to `most`, blank being the default."""
        text = self.raw(name)
        if not text:
            return default
        number = whole(text)
        if number is None or not least <= number <= most:
            self.wrong(name, "whole_between", least=least, most=most)
            return default
        return number

    def lines(self, name: str, least: int, most: int, limit: int = OPTION_LIMIT) -> list[Line]:
        """Read `least` to `most` different texts, one on each line; blank lines are none."""
        texts = [line.strip() for line in self.raw(name).splitlines() if line.strip()]
        seen: set[str] = set()
        for text in texts:
            folded = fold(text)
            if folded in seen:
                self.wrong(name, "duplicate_line", line=text)
            seen.add(folded)
            if len(text) > limit:
                self.wrong(name, "line_too_long", line=text, limit=limit, length=len(text))
        if not least <= len(texts) <= most:
            self.wrong(name, "lines_count", least=least, most=most, given=len(texts))
        return [Line(line_id(text), text) for text in texts]


def whole(text: str) -> int | None:
    """Read a whole number of at most 15 digits; a client may send 8 as `8.0`."""
    digits = text.removesuffix(".0")
    sign, digits = (-1, digits[1:]) if digits.startswith("-") else (1, digits)
    fits = digits.isascii() and digits.isdigit() and len(digits) <= len("999999999999999")
    return sign * int(digits) if fits else None


def fold(text: str) -> str:
    """Give the form in which two texts that say the same are the same."""
    return " ".join(text.casefold().split())


def line_id(text: str) -> str:
    """Give the id of a text among those of one field."""
    return sha256(fold(text).encode()).hexdigest()[:10]


def printable(text: str) -> str:
    """Give a text without the control characters that no database and no card can hold."""
    return "".join(c for c in text if c in "\n\r\t" or category(c) not in {"Cc", "Cs"})
