"""The question type that puts options in order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from actions.about import NOTHING, About
from actions.choice import LEAST_OPTIONS, MOST_OPTIONS
from actions.conditions import Operator
from actions.entry import MAIN, PLAIN, Cell, Column, Entry, Reading, field_of
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields, Line, whole
from actions.shuffle import shuffled
from actions.tallied import Tallied

NO_PLACE = "0"
"""What a field says that gives its option no place, like a blank one."""

FIRST = "1:"
"""Begins the bucket that counts how often the option after it came first."""


@dataclass(frozen=True, slots=True)
class Rank:
    """How an option did: its average place, 1 being the best, and how often it came first."""

    option: Line
    average: float
    first: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """Give every option a place; an answer is all option ids, the first place first.

    There is one field for each option, named by its id, that holds its place from 1.
    """

    type: ClassVar[str] = "ranking"
    operators: ClassVar[tuple[Operator, ...]] = (Operator.IS, Operator.IS_NOT)
    id: str
    text: str
    options: tuple[Line, ...]
    shuffle: bool = False
    about: About = NOTHING

    @property
    def length(self) -> int:
        """About how many characters the fields take."""
        return sum(len(option.text) + 200 for option in self.options)

    @property
    def parts(self) -> tuple[str, ...]:
        """The own names of its fields: the options' ids."""
        return tuple(option.id for option in self.options)

    @classmethod
    def build(cls, question_id: str, text: str, about: About, fields: Fields) -> Self:
        """Read the builder's fields: options, shuffle."""
        lines = fields.lines("options", LEAST_OPTIONS, MOST_OPTIONS)
        return cls(question_id, text, tuple(lines), shuffle=fields.flag("shuffle"), about=about)

    def form(self) -> dict[str, str]:
        """Give the builder's fields that build this question."""
        return {
            "options": "\n".join(option.text for option in self.options),
            "shuffle": str(self.shuffle).lower(),
        }

    def shuffled(self, seed: str) -> tuple[Line, ...]:
        """Give the options in an order that is the same for the same seed, any for another."""
        return shuffled(self.options, seed)

    def parse(self, entry: Entry, reading: Reading = PLAIN) -> tuple[str, ...] | None:
        """Read the places; one for every option, or none at all."""
        del reading
        typed = {o.id: entry.get(o.id, "").strip() for o in self.options}
        given = {o: text for o, text in typed.items() if text not in {"", NO_PLACE}}
        if not given:
            return None
        places = {o: self._place(text) for o, text in given.items()}
        times = Counter(places.values())
        problems = {}
        for option in typed:
            place = places.get(option)
            if option not in given:
                problems[option] = Problem("place_missing")
            elif place is None:
                problems[option] = Problem("whole_between", {"least": 1, "most": len(typed)})
            elif times[place] > 1:
                problems[option] = Problem("place_twice", {"place": place})
        if problems:
            raise InvalidAnswers({field_of(self.id, part): p for part, p in problems.items()})
        return tuple(sorted(typed, key=lambda o: places[o] or 0))

    def enter(self, answer: object, reading: Reading = PLAIN) -> Entry:
        """Give the fields' values that say an answer."""
        del reading
        return {option: str(place) for place, option in _placed(answer)}

    def gaps(self, answer: object) -> tuple[str, ...]:
        """Give what is still blank: it is said once, above all the places."""
        return (MAIN,) if answer is None else ()

    def restore(self, stored: Any) -> tuple[str, ...] | None:
        """Read a stored order; without an option of today, or with one more, it says nothing."""
        if not isinstance(stored, list) or not all(isinstance(part, str) for part in stored):
            return None
        ids = [option.id for option in self.options]
        return tuple(stored) if sorted(stored) == sorted(ids) else None

    def buckets(self, answer: object) -> Iterable[tuple[str, int]]:
        """Sum each option's places, and count the first one."""
        for place, option in _placed(answer):
            yield option, place
            if place == 1:
                yield FIRST + option, 0

    def ranks(self, tallied: Tallied) -> tuple[Rank, ...]:
        """Give the options with the best average place first; none before the first answer."""
        counts, sums = tallied.counts, tallied.sums
        found = [
            Rank(o, sums[o.id] / counts[o.id], counts.get(FIRST + o.id, 0))
            for o in self.options
            if counts.get(o.id)
        ]
        return tuple(sorted(found, key=lambda rank: (rank.average, -rank.first)))

    def keeps(self, before: object) -> bool:
        """Give whether the options are the same, in whatever order they are asked."""
        return isinstance(before, Ranking) and {o.id for o in before.options} == {
            o.id for o in self.options
        }

    def meets(self, operator: Operator, value: str, answer: object) -> bool:
        """Compare the option that came first with an option's id."""
        first = next((option for _, option in _placed(answer)), "")
        match operator:
            case Operator.IS:
                return first == value
            case Operator.IS_NOT:
                return first != value
            case _:
                return False

    def columns(self) -> tuple[Column, ...]:
        """One column: the options' texts in the order of their places."""
        return (Column(),)

    def cells(self, answer: object) -> tuple[Cell, ...]:
        """Give the texts, the first place first."""
        return (" > ".join(self.named(answer)),)

    def named(self, answer: object) -> list[str]:
        """Give the texts of an answer's options, the first place first."""
        names = {option.id: option.text for option in self.options}
        return [names.get(option, "") for _, option in _placed(answer)]

    def encode(self) -> dict[str, Any]:
        """Give the stored form; an option is [id, text]."""
        stored: dict[str, Any] = {
            "id": self.id,
            "text": self.text,
            "options": [[option.id, option.text] for option in self.options],
        }
        return {**stored, "shuffle": True} if self.shuffle else stored

    @classmethod
    def decode(cls, stored: Mapping[str, Any], about: About = NOTHING) -> Self:
        """Read the stored form."""
        return cls(
            stored["id"],
            stored["text"],
            tuple(Line(*option) for option in stored["options"]),
            shuffle=stored.get("shuffle", False),
            about=about,
        )

    def _place(self, text: str) -> int | None:
        place = whole(text)
        return place if place is not None and 1 <= place <= len(self.options) else None


def _placed(answer: object) -> Iterable[tuple[int, str]]:
    return enumerate(answer, 1) if isinstance(answer, tuple) else ()
