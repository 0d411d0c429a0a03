"""Tables as exports write them: typed columns, rows of cells, and sheets of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self, TypeAlias

from actions.entry import Cell

FieldType: TypeAlias = Literal["text", "list", "boolean", "number", "date", "time", "moment"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table, under a name that no other has.

    `question` is the id of the question that it belongs to, `part` that question's own name for
    it where it has several; both are empty for what is about the response. `is_points`: it holds
    what the answer was worth.
    """

    name: str
    type: FieldType
    question: str = ""
    part: str = ""
    is_points: bool = False


Row: TypeAlias = tuple[Cell, ...]
"""A row's cells; moments are datetimes in the creator's time zone."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that is no list of responses.

    `code` and `codes` name it and its columns to programs, `name` and the fields to people.
    """

    code: str
    name: str
    codes: tuple[str, ...]
    fields: tuple[Field, ...]

    @classmethod
    def of(cls, code: str, columns: Mapping[str, FieldType], names: Mapping[str, str]) -> Self:
        """Give a sheet of columns by their codes; `names` are those of them all in words."""
        fields = [Field(names.get(name, name), kind) for name, kind in columns.items()]
        return cls(code, names.get(code, code), tuple(columns), told_apart(fields))


def told_apart(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Give the fields with a number after each name that another has before."""
    names: set[str] = set()
    told = []
    for field in fields:
        name, number = field.name, 1
        while name in names:
            number += 1
            name = f"{field.name} ({number})"
        names.add(name)
        told.append(replace(field, name=name))
    return tuple(told)
