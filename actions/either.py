"""The question type with two answers: yes or no, true or false, like or dislike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self, TypeAlias, get_args

from actions.about import NOTHING, About
from actions.conditions import Operator
from actions.entry import MAIN, PLAIN, Cell, Column, Entry, Reading, field_of
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields

YES, NO = "yes", "no"
"""The answers; who likes something says yes to it."""

Style: TypeAlias = Literal["yes_no", "true_false", "like"]


@dataclass(frozen=True, slots=True)
class Either:
    """Say YES or NO; `style` is in which words."""

    type: ClassVar[str] = "either"
    operators: ClassVar[tuple[Operator, ...]] = (Operator.IS, Operator.IS_NOT)
    id: str
    text: str
    style: Style = "yes_no"
    about: About = NOTHING

    @property
    def length(self) -> int:
        """About how many characters the fields take."""
        return 120

    @property
    def parts(self) -> tuple[str, ...]:
        """The own names of its fields: it has one."""
        return (MAIN,)

    @classmethod
    def build(cls, question_id: str, text: str, about: About, fields: Fields) -> Self:
        """Read the builder's field: style."""
        styles: tuple[Style, ...] = get_args(Style)
        style: Style = next((one for one in styles if one == fields.raw("style")), "yes_no")
        return cls(question_id, text, style, about)

    def form(self) -> dict[str, str]:
        """Give the builder's fields that build this question."""
        return {"style": self.style}

    def parse(self, entry: Entry, reading: Reading = PLAIN) -> str | None:
        """Read YES or NO."""
        del reading
        text = entry.get(MAIN, "").strip()
        if text not in {YES, NO, ""}:
            raise InvalidAnswers({field_of(self.id): Problem("no_such_option")})
        return text or None

    def enter(self, answer: object, reading: Reading = PLAIN) -> Entry:
        """Give the field's value that says an answer."""
        del reading
        return {MAIN: str(answer)}

    def gaps(self, answer: object) -> tuple[str, ...]:
        """Give the one field while nothing is chosen."""
        return (MAIN,) if answer is None else ()

    def restore(self, stored: Any) -> str | None:
        """Read a stored answer."""
        return next((answer for answer in (YES, NO) if answer == stored), None)

    def buckets(self, answer: object) -> Iterable[tuple[str, int]]:
        """Count the answer in the bucket named like it."""
        return [(str(answer), 0)]

    def keeps(self, before: object) -> bool:
        """Give whether `before` had the same two answers, in whatever words."""
        return isinstance(before, Either)

    def meets(self, operator: Operator, value: str, answer: object) -> bool:
        """Compare with YES or NO."""
        match operator:
            case Operator.IS:
                return answer == value
            case Operator.IS_NOT:
                return answer != value
            case _:
                return False

    def columns(self) -> tuple[Column, ...]:
        """One column: true for YES."""
        return (Column(type="boolean"),)

    def cells(self, answer: object) -> tuple[Cell, ...]:
        """Give whether it is YES."""
        return (answer == YES,)

    def encode(self) -> dict[str, Any]:
        """Give the stored form."""
        return {"id": self.id, "text": self.text, "style": self.style}

    @classmethod
    def decode(cls, stored: Mapping[str, Any], about: About = NOTHING) -> Self:
        """Read the stored form."""
        return cls(stored["id"], stored["text"], stored["style"], about)
