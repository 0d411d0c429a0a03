"""The question type that is answered in words, short or long."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from actions.about import NOTHING, About
from actions.conditions import Operator
from actions.entry import MAIN, PLAIN, Cell, Column, Entry, Reading
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields, fold, printable

LONGEST = 4_000
"""Characters of an answer after trimming (product.md §2)."""

SHORT = 250
"""Characters of an answer on one line, unless the creator says otherwise."""


@dataclass(frozen=True, slots=True)
class Text:
    """Answer in at most `limit` characters, on one line, or with `long` on several.

    What was answered while the limit was another stands as it is.
    """

    type: ClassVar[str] = "text"
    operators: ClassVar[tuple[Operator, ...]] = (
        Operator.IS,
        Operator.IS_NOT,
        Operator.CONTAINS,
    )
    id: str
    text: str
    long: bool = False
    limit: int = SHORT
    about: About = NOTHING

    @property
    def length(self) -> int:
        """About how many characters the fields take."""
        return self.limit

    @property
    def takes_words(self) -> bool:
        """Every answer is someone's own words."""
        return True

    @property
    def parts(self) -> tuple[str, ...]:
        """The own names of its fields: it has one."""
        return (MAIN,)

    @classmethod
    def build(cls, question_id: str, text: str, about: About, fields: Fields) -> Self:
        """Read the builder's fields: long, limit."""
        long = fields.flag("long")
        limit = fields.whole("limit", 1, LONGEST, LONGEST if long else SHORT)
        return cls(question_id, text, long=long, limit=limit, about=about)

    def form(self) -> dict[str, str]:
        """Give the builder's fields that build this question."""
        return {"long": str(self.long).lower(), "limit": str(self.limit)}

    def parse(self, entry: Entry, reading: Reading = PLAIN) -> str | None:
        """Read the words, trimmed and without control characters."""
        del reading
        words = printable(entry.get(MAIN, "")).strip()
        if len(words) > self.limit:
            values = {"limit": self.limit, "length": len(words)}
            raise InvalidAnswers({self.id: Problem("too_long", values)})
        return words or None

    def enter(self, answer: object, reading: Reading = PLAIN) -> Entry:
        """Give the field's value that says an answer."""
        del reading
        return {MAIN: self.words(answer)}

    def gaps(self, answer: object) -> tuple[str, ...]:
        """Give what is still blank."""
        return (MAIN,) if answer is None else ()

    def restore(self, stored: Any) -> str | None:
        """Read a stored text."""
        return stored if isinstance(stored, str) and stored else None

    def words(self, answer: object) -> str:
        """Give the answer: it is all in someone's own words."""
        return answer if isinstance(answer, str) else ""

    def reworded(self, answer: object, words: str) -> str:
        """Give an answer in other words."""
        del answer
        return words

    def buckets(self, answer: object) -> Iterable[tuple[str, int]]:
        """Count in no bucket: words are not counted, they are read."""
        del answer
        return ()

    def keeps(self, before: object) -> bool:
        """Give whether `before` was answered in words, too."""
        return isinstance(before, Text)

    def meets(self, operator: Operator, value: str, answer: object) -> bool:
        """Compare with words, whatever their case and spaces."""
        words, wanted = fold(self.words(answer)), fold(value)
        match operator:
            case Operator.IS:
                return words == wanted
            case Operator.IS_NOT:
                return words != wanted
            case Operator.CONTAINS:
                return wanted in words
            case _:
                return False

    def columns(self) -> tuple[Column, ...]:
        """One column: the words."""
        return (Column(),)

    def cells(self, answer: object) -> tuple[Cell, ...]:
        """Give the words as they are."""
        return (self.words(answer),)

    def encode(self) -> dict[str, Any]:
        """Give the stored form."""
        stored: dict[str, Any] = {"id": self.id, "text": self.text, "limit": self.limit}
        return {**stored, "long": True} if self.long else stored

    @classmethod
    def decode(cls, stored: Mapping[str, Any], about: About = NOTHING) -> Self:
        """Read the stored form."""
        return cls(
            stored["id"],
            stored["text"],
            long=stored.get("long", False),
            limit=stored["limit"],
            about=about,
        )
