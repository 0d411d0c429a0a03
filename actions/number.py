"""The question type that is answered with a number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from actions.about import NOTHING, About
from actions.conditions import Operator, ordered_meets
from actions.entry import MAIN, PLAIN, Cell, Column, Entry, Reading
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields
from actions.quantity import MOST_DECIMALS, MOST_DIGITS, Quantity, read_number, scaled
from actions.spread import bucket_of

UNIT_LIMIT = 30
"""Characters of what the number counts."""


@dataclass(frozen=True, slots=True)
class Number:
    """Answer with a number; `least` and `most`, both included, and answers are in 10^-decimals.

    What was answered while the bounds were others stands as it is.
    """

    type: ClassVar[str] = "number"
    operators: ClassVar[tuple[Operator, ...]] = (
        Operator.IS,
        Operator.IS_NOT,
        Operator.ABOVE,
        Operator.BELOW,
    )
    id: str
    text: str
    decimals: int = 0
    least: int | None = None
    most: int | None = None
    unit: str = ""
    about: About = NOTHING

    @property
    def length(self) -> int:
        """About how many characters the fields take."""
        return 300

    @property
    def parts(self) -> tuple[str, ...]:
        """The own names of its fields: it has one."""
        return (MAIN,)

    @classmethod
    def build(cls, question_id: str, text: str, about: About, fields: Fields) -> Self:
        """Read the builder's fields: decimals, min, max, unit."""
        decimals = fields.whole("decimals", 0, MOST_DECIMALS, 0)
        least, most = (_bound(fields, name, decimals) for name in ("min", "max"))
        if least is not None and most is not None and least > most:
            fields.wrong("max", "most_under_least")
        unit = " ".join(fields.text("unit", UNIT_LIMIT).split())
        return cls(question_id, text, decimals, least, most, unit, about)

    def form(self) -> dict[str, str]:
        """Give the builder's fields that build this question."""
        return {
            "decimals": str(self.decimals),
            "min": "" if self.least is None else self._plain(self.least),
            "max": "" if self.most is None else self._plain(self.most),
            "unit": self.unit,
        }

    def value(self, answer: object) -> Decimal:
        """Give the number that an answer stands for."""
        return scaled(answer if isinstance(answer, int) else 0, self.decimals)

    def quantity(self, answer: object) -> Quantity:
        """Give the number that an answer stands for, with the unit."""
        return Quantity(self.value(answer), self.unit)

    def parse(self, entry: Entry, reading: Reading = PLAIN) -> int | None:
        """Read a number in the way the person writes numbers (`actions.quantity`)."""
        text = entry.get(MAIN, "").strip()
        if not text:
            return None
        number = read_number(text, self.decimals, reading)
        if not isinstance(number, int):
            raise InvalidAnswers({self.id: number})
        if self.least is not None and number < self.least:
            problem = Problem("number_under", {"least": self.quantity(self.least)})
            raise InvalidAnswers({self.id: problem})
        if self.most is not None and number > self.most:
            problem = Problem("number_over", {"most": self.quantity(self.most)})
            raise InvalidAnswers({self.id: problem})
        return number

    def enter(self, answer: object, reading: Reading = PLAIN) -> Entry:
        """Give the field's value that says an answer, with a point as number fields take it."""
        del reading
        return {MAIN: self._plain(answer)}

    def gaps(self, answer: object) -> tuple[str, ...]:
        """Give what is still blank."""
        return (MAIN,) if answer is None else ()

    def restore(self, stored: Any) -> int | None:
        """Read a stored number."""
        is_number = isinstance(stored, int) and not isinstance(stored, bool)
        return stored if is_number and abs(stored) < 10**MOST_DIGITS else None

    def buckets(self, answer: object) -> Iterable[tuple[str, int]]:
        """Count in the bucket of the number rounded down (`actions.spread`)."""
        return [bucket_of(answer)] if isinstance(answer, int) else []

    def keeps(self, before: object) -> bool:
        """Give whether the numbers of `before` are in the same unit of 10^-decimals."""
        return isinstance(before, Number) and before.decimals == self.decimals

    def meets(self, operator: Operator, value: str, answer: object) -> bool:
        """Compare with a number in 10^-decimals."""
        return isinstance(answer, int) and ordered_meets(operator, value, answer)

    def columns(self) -> tuple[Column, ...]:
        """One column: the number, without the unit."""
        return (Column(type="number"),)

    def cells(self, answer: object) -> tuple[Cell, ...]:
        """Give the number, exactly."""
        return (self.value(answer) if self.decimals else int(self.value(answer)),)

    def encode(self) -> dict[str, Any]:
        """Give the stored form, without what has its default."""
        more = {
            "decimals": self.decimals or None,
            "least": self.least,
            "most": self.most,
            "unit": self.unit or None,
        }
        given = {name: value for name, value in more.items() if value is not None}
        return {"id": self.id, "text": self.text, **given}

    @classmethod
    def decode(cls, stored: Mapping[str, Any], about: About = NOTHING) -> Self:
        """Read the stored form."""
        return cls(
            stored["id"],
            stored["text"],
            stored.get("decimals", 0),
            stored.get("least"),
            stored.get("most"),
            stored.get("unit", ""),
            about,
        )

    def _plain(self, answer: object) -> str:
        text = f"{self.value(answer):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


def _bound(fields: Fields, name: str, decimals: int) -> int | None:
    """Read a bound, with decimals after a comma where that can mean nothing else."""
    text = fields.raw(name)
    if not text:
        return None
    number = read_number(text, decimals, PLAIN)
    if isinstance(number, int):
        return number
    with_comma = read_number(text, decimals, Reading(","))
    if isinstance(with_comma, int):
        return with_comma
    fields.wrong(name, number.code, **number.values)
    return None
