"""Marking: how many points an answer gets, and what a person's points amount to.

All of it is exact: points are fractions, and nothing is rounded but what is shown. The formulas,
with worked examples, are in docs/marking.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any, Final, Literal, Self, TypeAlias
from unicodedata import normalize

from actions.choice import Choice
from actions.either import Either
from actions.keys import Key
from actions.number import Number
from actions.people import Person
from actions.questions import Answer, Answers, Question
from actions.text import Text

Counts: TypeAlias = Literal["best", "last", "first"]
"""Which of a person's attempts counts."""

PERCENT: Final = 1_000_000
"""One percent, in millionths."""

_CURLY: Final = str.maketrans("‘’“”„", '\'\'"""')
"""Phones put these in by themselves where ' and " are typed."""


@dataclass(frozen=True, slots=True)
class Score:
    """The points that someone got, out of how many."""

    points: Fraction
    of: int

    @property
    def percent(self) -> Fraction:
        """The points in percent, 0 where there are none to get."""
        return 100 * self.points / self.of if self.of else Fraction(0)

    @property
    def millionths(self) -> int:
        """The percent in millionths, rounded down: whole numbers, that databases can compare."""
        return floor(self.percent * PERCENT)

    def passed(self, pass_mark: int | None) -> bool | None:
        """Give whether the pass mark, in percent, is reached: exactly, nothing is rounded.

        None where there is no pass mark, or where there are no points to get.
        """
        if pass_mark is None or not self.of:
            return None
        return self.percent >= pass_mark

    def shown(self) -> Decimal:
        """Give the percentage as it is shown (`shown`)."""
        return shown(self.percent)

    def encode(self) -> list[int]:
        """Give the stored form: numerator and denominator of the points, and out of how many."""
        return [self.points.numerator, self.points.denominator, self.of]

    @classmethod
    def decode(cls, stored: Any) -> Self | None:
        """Read the stored form, None where it is none."""
        match stored:
            case [int(numerator), int(denominator), int(of)] if denominator > 0:
                score = cls(Fraction(numerator, denominator), of)
                return score if 0 <= score.points <= of else None
            case _:
                return None


@dataclass(frozen=True, slots=True)
class Placed:
    """Someone's place on a leaderboard, by `Score.millionths`.

    Equals share a place, and the next ones are left out: "1, 2, 2, 4" is called standard
    competition ranking.
    """

    place: int
    who: Person
    millionths: int

    def shown(self) -> Decimal:
        """Give the percentage as it is shown: the same as that of the score (`shown`)."""
        return shown(Fraction(self.millionths, PERCENT))


def mark(question: Question, key: Key, answer: Answer | None) -> Fraction:
    """Give the points of an answer, from 0 to the key's; no answer gets none."""
    return key.points * _share(question, key, answer)


def score_of(questions: Iterable[Question], keys: Mapping[str, Key], answers: Answers) -> Score:
    """Give what the answers to these questions amount to, those without a key left out."""
    keyed = [(question, keys[question.id]) for question in questions if question.id in keys]
    marks = (mark(question, key, answers.get(question.id)) for question, key in keyed)
    return Score(sum(marks, Fraction(0)), sum(key.points for _, key in keyed))


def counting(scores: Sequence[Score], which: Counts) -> int:
    """Give which of a person's scores counts: its place, from 0, in their order in time.

    There is one at least. The best is that of the most percent, since each attempt may have been
    asked other questions; among equals it is the first.
    """
    match which:
        case "first":
            return 0
        case "last":
            return len(scores) - 1
        case "best":
            return max(range(len(scores)), key=lambda place: scores[place].percent)


def shown(value: Fraction) -> Decimal:
    """Round percent or points, 0 or more, for being shown: to two decimals, halves up.

    What would be rounded up to a whole number is rounded down: so 100 %, a pass mark and full
    points are shown only where they are reached. Whoever shows it must not round it further.
    """
    hundredths = floor(value * 100 + Fraction(1, 2))
    if hundredths % 100 == 0 and hundredths > value * 100:
        hundredths -= 1
    return Decimal(hundredths).scaleb(-2)


def spelling(text: str) -> str:
    """Give the form in which two answers in words that mark alike are the same.

    Case, width (NFKC), spaces and the curliness of quotation marks do not matter; accents do.
    """
    # Folding the case can undo the normal form.
    folded = normalize("NFKC", normalize("NFKC", text).casefold())
    return " ".join(folded.translate(_CURLY).split())


def _share(question: Question, key: Key, answer: Answer | None) -> Fraction:
    """Give how right an answer is, from 0 to 1; of another form than the key's is wrong."""
    match question, key.right, answer:
        case Choice(), (_, *_) as right, tuple() as ticked:
            if key.partial and question.several:
                return _right_minus_wrong(set(right), set(ticked))
            return Fraction(set(ticked) == set(right))
        case Number(), int() as right, int() as number:
            return Fraction(abs(number - right) <= key.tolerance)
        case Text(), tuple() as right, str() as words:
            return Fraction(spelling(words) in {spelling(accepted) for accepted in right})
        case Either(), str() as right, str() as said:
            return Fraction(said == right)
        case _:
            return Fraction(0)


def _right_minus_wrong(right: set[str], ticked: set[str]) -> Fraction:
    """Give right ticks less wrong ticks in relation to what is right, and never less than 0."""
    ticks = len(ticked & right) - len(ticked - right)
    return Fraction(max(ticks, 0), len(right))
