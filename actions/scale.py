"""The question type with a scale of numbers: stars, a rating, how likely one is to recommend."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self, TypeAlias

from actions.about import NOTHING, About
from actions.conditions import Operator, ordered_meets
from actions.entry import MAIN, PLAIN, Cell, Column, Entry, Reading, field_of
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields, whole
from actions.tallied import Tallied

LEAST_LEVELS, MOST_LEVELS, USUAL_LEVELS = 2, 10, 5
"""How many levels stars and numbers have (product.md §4), and how many where nothing is said."""

LABEL_LIMIT = 100
"""Characters of the words at an end of the scale."""

RECOMMENDING = range(11)
"""The levels of "nps", from not at all to extremely likely."""

PROMOTERS, DETRACTORS = range(9, 11), range(7)
"""Which levels of "nps" are whose; those between are the passives'."""

NO_STARS = 0
"""What phones send for stars of which none was tapped (RatingInputHandler of Teams' renderer)."""

Style: TypeAlias = Literal["stars", "numbers", "nps"]

_FRACTION = re.compile(r"-?[0-9]{1,15}[.,][0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Promotion:
    """How many would recommend something, are passive about it, or would not."""

    promoters: int
    passives: int
    detractors: int

    @property
    def score(self) -> int:
        """The net promoter score, -100 to 100, halves rounded up.

        Promoters less detractors in percent of all who answered (F. F. Reichheld, "The One Number
        You Need to Grow", Harvard Business Review, December 2003). 0 when nobody did.
        """
        answered = self.promoters + self.passives + self.detractors
        net = self.promoters - self.detractors
        return (200 * net + answered) // (2 * answered) if answered else 0


@dataclass(frozen=True, slots=True)
class Scale:
    """Choose a level: 1 to `top`, 0 to 10 for "nps"; the ends of the scale may have words.

    An answer is the level.
    """

    type: ClassVar[str] = "scale"
    operators: ClassVar[tuple[Operator, ...]] = (
        Operator.IS,
        Operator.IS_NOT,
        Operator.ABOVE,
        Operator.BELOW,
    )
    id: str
    text: str
    style: Style = "stars"
    top: int = USUAL_LEVELS
    low_label: str = ""
    high_label: str = ""
    about: About = NOTHING

    @property
    def levels(self) -> range:
        """All levels, the lowest first."""
        return RECOMMENDING if self.style == "nps" else range(1, self.top + 1)

    @property
    def length(self) -> int:
        """About how many characters the fields take."""
        labels = len(self.low_label) + len(self.high_label)
        return 60 * len(self.levels) + 2 * labels + 200

    @property
    def parts(self) -> tuple[str, ...]:
        """The own names of its fields: it has one."""
        return (MAIN,)

    @classmethod
    def build(cls, question_id: str, text: str, about: About, fields: Fields) -> Self:
        """Read the builder's fields: style, levels, low_label, high_label."""
        styles: dict[str, Style] = {"numbers": "numbers", "nps": "nps"}
        style = styles.get(fields.raw("style"), "stars")
        top = RECOMMENDING[-1]
        if style != "nps":
            top = fields.whole("levels", LEAST_LEVELS, MOST_LEVELS, USUAL_LEVELS)
        low, high = (fields.text(name, LABEL_LIMIT) for name in ("low_label", "high_label"))
        return cls(question_id, text, style, top, low, high, about)

    def form(self) -> dict[str, str]:
        """Give the builder's fields that build this question."""
        return {
            "style": self.style,
            "levels": str(self.top),
            "low_label": self.low_label,
            "high_label": self.high_label,
        }

    def parse(self, entry: Entry, reading: Reading = PLAIN) -> int | None:
        """Read a level; a client may send 4 as `4.0`."""
        del reading
        text = entry.get(MAIN, "").strip()
        level = whole(text)
        if not text or (level == NO_STARS and self.style == "stars"):
            return None
        if level is not None and level in self.levels:
            return level
        least, most = self.levels[0], self.levels[-1]
        problem = Problem("level_outside", {"least": least, "most": most})
        if _FRACTION.fullmatch(text):
            problem = Problem("level_between", {"least": least, "most": most})
        raise InvalidAnswers({field_of(self.id): problem})

    def enter(self, answer: object, reading: Reading = PLAIN) -> Entry:
        """Give the field's value that says an answer."""
        del reading
        return {MAIN: str(answer)}

    def gaps(self, answer: object) -> tuple[str, ...]:
        """Give the one field while nothing is chosen."""
        return (MAIN,) if answer is None else ()

    def restore(self, stored: Any) -> int | None:
        """Read a stored level; one that the scale no longer has is no answer."""
        is_level = isinstance(stored, int) and not isinstance(stored, bool)
        return stored if is_level and stored in self.levels else None

    def buckets(self, answer: object) -> Iterable[tuple[str, int]]:
        """Count the answer in its level's bucket, and sum the levels."""
        return [(str(answer), answer)] if isinstance(answer, int) else []

    def average(self, tallied: Tallied) -> float:
        """Give the mean level of those who answered, 0 when nobody did."""
        return sum(tallied.sums.values()) / tallied.answered if tallied.answered else 0.0

    def promotion(self, tallied: Tallied) -> Promotion:
        """Give the three groups that "nps" tells apart."""
        count = {level: tallied.counts.get(str(level), 0) for level in RECOMMENDING}
        promoters = sum(count[level] for level in PROMOTERS)
        detractors = sum(count[level] for level in DETRACTORS)
        return Promotion(promoters, sum(count.values()) - promoters - detractors, detractors)

    def keeps(self, before: object) -> bool:
        """Give whether every level of `before` is still there."""
        return isinstance(before, Scale) and set(before.levels) <= set(self.levels)

    def meets(self, operator: Operator, value: str, answer: object) -> bool:
        """Compare with a level."""
        return isinstance(answer, int) and ordered_meets(operator, value, answer)

    def columns(self) -> tuple[Column, ...]:
        """One column: the level."""
        return (Column(type="number"),)

    def cells(self, answer: object) -> tuple[Cell, ...]:
        """Give the level."""
        return (answer if isinstance(answer, int) else None,)

    def encode(self) -> dict[str, Any]:
        """Give the stored form, without words where there are none."""
        labels = {"low_label": self.low_label, "high_label": self.high_label}
        return {
            "id": self.id,
            "text": self.text,
            "style": self.style,
            "top": self.top,
            **{name: words for name, words in labels.items() if words},
        }

    @classmethod
    def decode(cls, stored: Mapping[str, Any], about: About = NOTHING) -> Self:
        """Read the stored form."""
        return cls(
            stored["id"],
            stored["text"],
            stored["style"],
            stored["top"],
            stored.get("low_label", ""),
            stored.get("high_label", ""),
            about,
        )
