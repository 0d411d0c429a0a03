"""The question types that are answered with a date, or with a time of day.

An answer is in ISO form, "2026-11-27" or "17:30", so that the order of answers is the letters'.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, ClassVar, Final, Self

from actions.about import NOTHING, About
from actions.conditions import Operator, ordered_meets
from actions.entry import MAIN, PLAIN, Cell, Column, Entry, Reading
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields

_DAY: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T[0-9:.+Z-]*)?")
_CLOCK: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::[0-9.]*)?")


@dataclass(frozen=True, slots=True)
class Moment(ABC):
    """What a date and a time of day have in common; `least` and `most` are both included.

    What was answered while the bounds were others stands as it is.
    """

    type: ClassVar[str]
    column: ClassVar[Column]
    operators: ClassVar[tuple[Operator, ...]] = (
        Operator.IS,
        Operator.IS_NOT,
        Operator.ABOVE,
        Operator.BELOW,
    )
    id: str
    text: str
    least: str = ""
    most: str = ""
    about: About = NOTHING

    @classmethod
    @abstractmethod
    def read(cls, text: str) -> str | Problem:
        """Give the ISO form of what was typed, or say why there is none."""

    @classmethod
    @abstractmethod
    def value(cls, answer: object) -> date | time:
        """Give the moment that an answer stands for."""

    @property
    def length(self) -> int:
        """About how many characters the fields take."""
        return 200

    @property
    def parts(self) -> tuple[str, ...]:
        """The own names of its fields: it has one."""
        return (MAIN,)

    @classmethod
    def build(cls, question_id: str, text: str, about: About, fields: Fields) -> Self:
        """Read the builder's fields: min, max."""
        least, most = (cls._bound(fields, name) for name in ("min", "max"))
        if least and most and least > most:
            fields.wrong("max", "last_before_first")
        return cls(question_id, text, least, most, about)

    def form(self) -> dict[str, str]:
        """Give the builder's fields that build this question."""
        return {"min": self.least, "max": self.most}

    def parse(self, entry: Entry, reading: Reading = PLAIN) -> str | None:
        """Read what a date or time field sends."""
        del reading
        text = entry.get(MAIN, "").strip()
        if not text:
            return None
        moment = self.read(text)
        if not isinstance(moment, str):
            raise InvalidAnswers({self.id: moment})
        if self.least and moment < self.least:
            problem = Problem("moment_before", {"least": self.value(self.least)})
            raise InvalidAnswers({self.id: problem})
        if self.most and moment > self.most:
            problem = Problem("moment_after", {"most": self.value(self.most)})
            raise InvalidAnswers({self.id: problem})
        return moment

    def enter(self, answer: object, reading: Reading = PLAIN) -> Entry:
        """Give the field's value that says an answer."""
        del reading
        return {MAIN: answer if isinstance(answer, str) else ""}

    def gaps(self, answer: object) -> tuple[str, ...]:
        """Give what is still blank."""
        return (MAIN,) if answer is None else ()

    def restore(self, stored: Any) -> str | None:
        """Read a stored answer."""
        return stored if isinstance(stored, str) and self.read(stored) == stored else None

    def buckets(self, answer: object) -> Iterable[tuple[str, int]]:
        """Count by the very moment."""
        return [(answer, 0)] if isinstance(answer, str) else []

    def keeps(self, before: object) -> bool:
        """Give whether `before` was answered in the same way."""
        return isinstance(before, type(self))

    def meets(self, operator: Operator, value: str, answer: object) -> bool:
        """Compare with a moment in ISO form; above is after, below before."""
        return isinstance(answer, str) and ordered_meets(operator, value, answer)

    def columns(self) -> tuple[Column, ...]:
        """One column: the moment."""
        return (self.column,)

    def cells(self, answer: object) -> tuple[Cell, ...]:
        """Give the moment."""
        return (self.value(answer),)

    def encode(self) -> dict[str, Any]:
        """Give the stored form, without what has its default."""
        bounds = {"least": self.least, "most": self.most}
        given = {name: value for name, value in bounds.items() if value}
        return {"id": self.id, "text": self.text, **given}

    @classmethod
    def decode(cls, stored: Mapping[str, Any], about: About = NOTHING) -> Self:
        """Read the stored form."""
        least, most = stored.get("least", ""), stored.get("most", "")
        return cls(stored["id"], stored["text"], least, most, about)

    @classmethod
    def _bound(cls, fields: Fields, name: str) -> str:
        text = fields.raw(name)
        moment = cls.read(text) if text else ""
        if isinstance(moment, str):
            return moment
        fields.wrong(name, moment.code)
        return ""


@dataclass(frozen=True, slots=True)
class Date(Moment):
    """Answer with a day."""

    type: ClassVar[str] = "date"
    column: ClassVar[Column] = Column(type="date")

    @classmethod
    def read(cls, text: str) -> str | Problem:
        """Read year, month and day; a client may send a time of day behind them."""
        found = _DAY.fullmatch(text.strip())
        if found is None:
            return Problem("date_unreadable")
        try:
            return date.fromisoformat(found[1]).isoformat()
        except ValueError:
            return Problem("no_such_date")

    @classmethod
    def value(cls, answer: object) -> date:
        """Give the day that an answer stands for."""
        return date.fromisoformat(str(answer))


@dataclass(frozen=True, slots=True)
class TimeOfDay(Moment):
    """Answer with a time of day, to the minute."""

    type: ClassVar[str] = "time"
    column: ClassVar[Column] = Column(type="time")

    @classmethod
    def read(cls, text: str) -> str | Problem:
        """Read hours and minutes; a client may send seconds behind them."""
        found = _CLOCK.fullmatch(text.strip())
        if found is None:
            return Problem("time_unreadable")
        try:
            return f"{time(int(found[1]), int(found[2])):%H:%M}"
        except ValueError:
            return Problem("no_such_time")

    @classmethod
    def value(cls, answer: object) -> time:
        """Give the time that an answer stands for."""
        return time.fromisoformat(str(answer))
