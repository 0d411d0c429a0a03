"""The question type with options: choose one, or several."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self, TypeAlias

from actions.about import NOTHING, About
from actions.conditions import Operator
from actions.entry import MAIN, PLAIN, Cell, Column, Entry, Reading, field_of
from actions.errors import InvalidAnswers, NotFound, Problem
from actions.fields import Fields, fold
from actions.shuffle import shuffled

LEAST_OPTIONS, MOST_OPTIONS = 2, 25
"""How many options a question has (product.md §2)."""

OTHER = "="
"""Begins an answer in someone's own words ("Other: …"), and is the bucket that counts those."""

OTHER_LIMIT = 1_000
"""Characters of such an answer."""

Style: TypeAlias = Literal["list", "drop_down"]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; `places` is how many people may, None being any number.

    `added_by` names the respondent who added it, where that may be known.
    """

    id: str
    text: str
    places: int | None = None
    added_by: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Choose at least `least`, once one is chosen, and at most `most` of the options.

    An answer is option ids in the options' order, last, where `other` allows it, the person's own
    words after OTHER. `shuffle` gives each person their own order of options in the form.
    """

    type: ClassVar[str] = "choice"
    operators: ClassVar[tuple[Operator, ...]] = (
        Operator.IS,
        Operator.IS_NOT,
        Operator.CONTAINS,
    )
    id: str
    text: str
    options: tuple[Option, ...]
    most: int = 1
    least: int = 0
    other: bool = False
    shuffle: bool = False
    style: Style = "list"
    about: About = NOTHING

    @property
    def several(self) -> bool:
        """More than one option may be chosen."""
        return self.most > 1

    @property
    def takes_words(self) -> bool:
        """There is "Other: …"."""
        return self.other

    @property
    def length(self) -> int:
        """About how many characters the fields take."""
        options = sum(len(option.text) + 60 for option in self.options)
        return options + (OTHER_LIMIT if self.other else 0)

    @property
    def parts(self) -> tuple[str, ...]:
        """The own names of its fields: the options', and that of own words."""
        return (MAIN, "other") if self.other else (MAIN,)

    @classmethod
    def build(cls, question_id: str, text: str, about: About, fields: Fields) -> Self:
        """Read the builder's fields: options, several, least, most, other, shuffle, style."""
        lines = fields.lines("options", LEAST_OPTIONS, MOST_OPTIONS)
        several, other = fields.flag("several"), fields.flag("other")
        given = max(len(lines) + other, 1)
        most = fields.whole("most", 2, MOST_OPTIONS, given) if several else 1
        least = fields.whole("least", 0, MOST_OPTIONS, 0) if several else 0
        if least > min(most, given):
            fields.wrong("least", "least_over_most", most=min(most, given))
        return cls(
            question_id,
            text,
            tuple(Option(line.id, line.text) for line in lines),
            min(most, given),
            least=least,
            other=other,
            shuffle=fields.flag("shuffle"),
            style="drop_down" if fields.raw("style") == "drop_down" else "list",
            about=about,
        )

    def form(self) -> dict[str, str]:
        """Give the builder's fields that build this question."""
        limited = self.several and self.most < len(self.options) + self.other
        return {
            "options": "\n".join(option.text for option in self.options),
            "several": str(self.several).lower(),
            "most": str(self.most) if limited else "",
            "least": str(self.least) if self.least else "",
            "other": str(self.other).lower(),
            "shuffle": str(self.shuffle).lower(),
            "style": self.style,
        }

    def option(self, option_id: str) -> Option:
        """Give one option. Raises NotFound."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise NotFound("no_such_option")

    def parse(self, entry: Entry, reading: Reading = PLAIN) -> tuple[str, ...] | None:
        """Read a choice set's value, option ids joined by commas (teams.md §4), and "other"."""
        del reading
        chosen = {part.strip() for part in entry.get(MAIN, "").split(",") if part.strip()}
        words = entry.get("other", "").strip() if self.other else ""
        known = {option.id for option in self.options} | ({OTHER} if self.other else set())
        if chosen - known:
            raise self._wrong("no_such_option")
        if OTHER in chosen and not words:
            raise self._wrong("other_needed", "other")
        if len(words) > OTHER_LIMIT:
            raise self._wrong("too_long", "other", limit=OTHER_LIMIT, length=len(words))
        if words and not self.several and chosen - {OTHER}:
            raise self._wrong("other_or_option", "other")
        answer = self.ordered(chosen) + ((OTHER + words,) if words else ())
        if not answer:
            return None
        if len(answer) > self.most:
            raise self._wrong("choose_at_most", most=self.most)
        if len(answer) < self.least:
            raise self._wrong("choose_at_least", least=self.least)
        return answer

    def enter(self, answer: object, reading: Reading = PLAIN) -> Entry:
        """Give the fields' values that say an answer."""
        del reading
        parts = answer if isinstance(answer, tuple) else ()
        words = next((part[1:] for part in parts if part.startswith(OTHER)), "")
        chosen = [OTHER if part.startswith(OTHER) else part for part in parts]
        entry = {MAIN: ",".join(chosen)}
        return {**entry, "other": words} if words else entry

    def words(self, answer: object) -> str:
        """Give what stands after "Other: "."""
        return self.enter(answer).get("other", "")

    def reworded(self, answer: object, words: str) -> tuple[str, ...]:
        """Give an answer with other words after "Other: "."""
        parts = answer if isinstance(answer, tuple) else ()
        return tuple(OTHER + words if part.startswith(OTHER) else part for part in parts)

    def gaps(self, answer: object) -> tuple[str, ...]:
        """Give the one field while nothing is chosen."""
        return (MAIN,) if answer is None else ()

    def ordered(self, chosen: Iterable[str]) -> tuple[str, ...]:
        """Give the chosen options that exist, in the order of the options."""
        wanted = set(chosen)
        return tuple(option.id for option in self.options if option.id in wanted)

    def shuffled(self, seed: str) -> tuple[Option, ...]:
        """Give the options in an order that is the same for the same seed, any for another."""
        return shuffled(self.options, seed)

    def restore(self, stored: Any) -> tuple[str, ...]:
        """Read a stored list of option ids, those of deleted options left out."""
        if not isinstance(stored, list):
            return ()
        words = [part for part in stored if str(part).startswith(OTHER)] if self.other else []
        return self.ordered(stored) + tuple(words)

    def buckets(self, answer: object) -> Iterable[tuple[str, int]]:
        """Count the answer once for each chosen option."""
        parts = answer if isinstance(answer, tuple) else ()
        return [(OTHER if part.startswith(OTHER) else part, 0) for part in parts]

    def keeps(self, before: object) -> bool:
        """Give whether every option of `before` is still there."""
        return (
            isinstance(before, Choice)
            and {o.id for o in before.options} <= {o.id for o in self.options}
            and self.other >= before.other
        )

    def meets(self, operator: Operator, value: str, answer: object) -> bool:
        """Compare with an option's id, or OTHER."""
        chosen = {bucket for bucket, _ in self.buckets(answer)}
        match operator:
            case Operator.IS:
                return chosen == {value}
            case Operator.IS_NOT:
                return value not in chosen
            case Operator.CONTAINS:
                return value in chosen
            case _:
                return False

    def columns(self) -> tuple[Column, ...]:
        """One column: the option's text, a list where there may be several."""
        return (Column(type="list" if self.several else "text"),)

    def cells(self, answer: object) -> tuple[Cell, ...]:
        """Give the texts of what was chosen."""
        parts = answer if isinstance(answer, tuple) else ()
        texts = {option.id: option.text for option in self.options}
        words = tuple(p[1:] if p.startswith(OTHER) else texts.get(p, "") for p in parts)
        return (words if self.several else "; ".join(words),)

    def encode(self) -> dict[str, Any]:
        """Give the stored form; an option is [id, text, places, added_by], cut where empty."""
        stored: dict[str, Any] = {
            "id": self.id,
            "text": self.text,
            "options": [_encoded(option) for option in self.options],
            "most": self.most,
        }
        extra = {"least": self.least, "other": self.other, "shuffle": self.shuffle}
        stored |= {name: value for name, value in extra.items() if value}
        return stored if self.style == "list" else {**stored, "style": self.style}

    @classmethod
    def decode(cls, stored: Mapping[str, Any], about: About = NOTHING) -> Self:
        """Read the stored form."""
        return cls(
            stored["id"],
            stored["text"],
            tuple(Option(*option) for option in stored["options"]),
            stored["most"],
            least=stored.get("least", 0),
            other=stored.get("other", False),
            shuffle=stored.get("shuffle", False),
            style=stored.get("style", "list"),
            about=about,
        )

    def has(self, text: str) -> bool:
        """Give whether an option says this already."""
        return fold(text) in {fold(option.text) for option in self.options}

    def _wrong(self, code: str, part: str = MAIN, **values: object) -> InvalidAnswers:
        return InvalidAnswers({field_of(self.id, part): Problem(code, values)})


def _encoded(option: Option) -> list[str | int | None]:
    parts = [option.id, option.text, option.places, option.added_by or None]
    while parts[-1] is None:
        parts.pop()
    return parts
