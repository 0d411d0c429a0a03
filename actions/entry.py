"""What is typed into a question's fields, and what comes out in a table.

A field's name is the question's id, or for a question with several fields the id, a dot and the
field's own name. Ids hold no dots.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Final, Literal, TypeAlias

MAIN = ""
"""The name of a question's first field."""

Entry: TypeAlias = Mapping[str, str]
"""What was typed into one question's fields, by their own names."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the person writes: the sign before decimals."""

    decimal: Literal[".", ","] = "."


PLAIN: Final = Reading()
"""Decimals after a point."""

Cell: TypeAlias = str | tuple[str, ...] | bool | int | Decimal | date | time | None
"""One value in a table; None is empty, several texts are a list."""


@dataclass(frozen=True, slots=True)
class Column:
    """One of a question's columns in a table; `name` is empty where there is one only."""

    name: str = ""
    type: Literal["text", "list", "boolean", "number", "date", "time"] = "text"


def field_of(question_id: str, part: str = MAIN) -> str:
    """Give the whole name of one of a question's fields."""
    return f"{question_id}.{part}" if part else question_id


def entry_of(question_id: str, values: Mapping[str, str]) -> Entry:
    """Give what was typed into a question's fields out of a whole form's values."""
    prefix = f"{question_id}."
    entry = {
        name.removeprefix(prefix): text for name, text in values.items() if name.startswith(prefix)
    }
    return {MAIN: values[question_id], **entry} if question_id in values else entry
