"""The question type with several statements that are answered on one scale."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from actions.about import NOTHING, About
from actions.conditions import Operator
from actions.entry import PLAIN, Cell, Column, Entry, Reading, field_of
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields, Line
from actions.tallied import Tallied

MOST_ROWS = 25
"""How many statements a question has at most."""

LEAST_LEVELS, MOST_LEVELS = 2, 10
"""How many levels its scale has."""

LEVEL_LIMIT = 100
"""Characters of a level's words."""

MOST_CELLS = 125
"""Statements times levels: each is a choice on one card of 20,000 characters (product.md §2)."""


@dataclass(frozen=True, slots=True)
class Rated:
    """How one statement was answered: how often at each level, the lowest level first."""

    row: Line
    counts: tuple[int, ...]

    @property
    def answered(self) -> int:
        """How many answered this statement."""
        return sum(self.counts)

    @property
    def average(self) -> float:
        """The mean position of the level that was chosen, the first being 1; 0 if none was."""
        total = sum(position * count for position, count in enumerate(self.counts, 1))
        return total / self.answered if self.answered else 0.0

    def share(self, count: int) -> float:
        """Give what part of those who answered this statement a count is, 0 to 1."""
        return count / self.answered if self.answered else 0.0


@dataclass(frozen=True, slots=True)
class Likert:
    """Choose one of the `levels`, the lowest first, for each of the `rows`, the statements.

    There is one field for each row, named by its id. An answer is the row's id, "=" and the
    level's id for each row that was answered, in the rows' order.
    """

    type: ClassVar[str] = "likert"
    operators: ClassVar[tuple[Operator, ...]] = ()
    id: str
    text: str
    rows: tuple[Line, ...]
    levels: tuple[Line, ...]
    about: About = NOTHING

    @property
    def length(self) -> int:
        """About how many characters the fields take."""
        levels = sum(len(level.text) + 50 for level in self.levels)
        return sum(len(row.text) + 200 + levels for row in self.rows)

    @property
    def parts(self) -> tuple[str, ...]:
        """The own names of its fields: the rows' ids."""
        return tuple(row.id for row in self.rows)

    @classmethod
    def build(cls, question_id: str, text: str, about: About, fields: Fields) -> Self:
        """Read the builder's fields: rows, levels."""
        rows = fields.lines("rows", 1, MOST_ROWS)
        levels = fields.lines("levels", LEAST_LEVELS, MOST_LEVELS, LEVEL_LIMIT)
        if len(rows) * len(levels) > MOST_CELLS:
            most = MOST_CELLS // len(levels)
            fields.wrong("rows", "too_many_rows", most=most, levels=len(levels), given=len(rows))
        return cls(question_id, text, tuple(rows), tuple(levels), about)

    def form(self) -> dict[str, str]:
        """Give the builder's fields that build this question."""
        lines = {"rows": self.rows, "levels": self.levels}
        return {name: "\n".join(line.text for line in each) for name, each in lines.items()}

    def parse(self, entry: Entry, reading: Reading = PLAIN) -> tuple[str, ...] | None:
        """Read the level of each row; a blank row is not answered."""
        del reading
        known = {level.id for level in self.levels}
        given = {row.id: entry.get(row.id, "").strip() for row in self.rows}
        chosen = {row: level for row, level in given.items() if level}
        wrong = [row for row, level in chosen.items() if level not in known]
        if wrong:
            problem = Problem("no_such_option")
            raise InvalidAnswers({field_of(self.id, row): problem for row in wrong})
        return tuple(bucket_of(row, level) for row, level in chosen.items()) or None

    def enter(self, answer: object, reading: Reading = PLAIN) -> Entry:
        """Give the fields' values that say an answer."""
        del reading
        return chosen_in(answer)

    def gaps(self, answer: object) -> tuple[str, ...]:
        """Give the rows that are not answered."""
        chosen = chosen_in(answer)
        return tuple(row.id for row in self.rows if row.id not in chosen)

    def restore(self, stored: Any) -> tuple[str, ...] | None:
        """Read a stored list, what was said of rows and levels that are gone left out."""
        if not isinstance(stored, list):
            return None
        chosen = chosen_in(tuple(part for part in stored if isinstance(part, str)))
        known = {level.id for level in self.levels}
        fitting = [row.id for row in self.rows if chosen.get(row.id) in known]
        return tuple(bucket_of(row, chosen[row]) for row in fitting) or None

    def buckets(self, answer: object) -> Iterable[tuple[str, int]]:
        """Count the answer once for each row that it answers, at the row's level."""
        return [(part, 0) for part in answer] if isinstance(answer, tuple) else []

    def rated(self, tallied: Tallied) -> tuple[Rated, ...]:
        """Give how each row was answered."""
        return tuple(
            Rated(
                row,
                tuple(tallied.counts.get(bucket_of(row.id, o.id), 0) for o in self.levels),
            )
            for row in self.rows
        )

    def keeps(self, before: object) -> bool:
        """Give whether every row and level of `before` is still there."""
        return (
            isinstance(before, Likert)
            and {row.id for row in before.rows} <= {row.id for row in self.rows}
            and {level.id for level in before.levels} <= {level.id for level in self.levels}
        )

    def meets(self, operator: Operator, value: str, answer: object) -> bool:
        """Give no: an answer of several rows compares with nothing."""
        del operator, value, answer
        return False

    def columns(self) -> tuple[Column, ...]:
        """One column for each row, named by the statement: the level's text."""
        return tuple(Column(row.text) for row in self.rows)

    def cells(self, answer: object) -> tuple[Cell, ...]:
        """Give the text of each row's level."""
        chosen = chosen_in(answer)
        texts = {level.id: level.text for level in self.levels}
        return tuple(texts.get(chosen.get(row.id, "")) for row in self.rows)

    def encode(self) -> dict[str, Any]:
        """Give the stored form; a row or level is [id, text]."""
        return {
            "id": self.id,
            "text": self.text,
            "rows": [[row.id, row.text] for row in self.rows],
            "levels": [[level.id, level.text] for level in self.levels],
        }

    @classmethod
    def decode(cls, stored: Mapping[str, Any], about: About = NOTHING) -> Self:
        """Read the stored form."""
        return cls(
            stored["id"],
            stored["text"],
            tuple(Line(*row) for row in stored["rows"]),
            tuple(Line(*level) for level in stored["levels"]),
            about,
        )


def bucket_of(row: str, level: str) -> str:
    """Give the bucket of a row's level, which is also how an answer says it."""
    return f"{row}={level}"


def chosen_in(answer: object) -> dict[str, str]:
    """Give the level's id by the row's id."""
    parts = answer if isinstance(answer, tuple) else ()
    return {row: level for row, _, level in (part.partition("=") for part in parts)}
