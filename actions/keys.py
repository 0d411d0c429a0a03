"""What is right: the answer key of a question, read from the form that makes questions.

Keys are a thing of the server alone: a question never holds its key, so that no card that shows
the question can show what is right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self, TypeAlias

from actions.choice import Choice
from actions.either import NO, YES, Either
from actions.entry import MAIN, PLAIN, Reading
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields
from actions.number import Number
from actions.quantity import MOST_DIGITS, read_number
from actions.questions import Question
from actions.text import Text

LEAST_POINTS, MOST_POINTS, USUAL_POINTS = 1, 100, 1
"""How many points a question gives, and how many where nothing is said."""

MOST_SPELLINGS = 20
"""How many spellings of one answer are accepted."""

EXPLANATION_LIMIT = 5_000
"""Characters of an explanation after trimming."""

KEY_FIELDS = ("right", "tolerance", "points", "partial", "explanation")
"""The builder's fields that a key is read from."""

Right: TypeAlias = tuple[str, ...] | str | int


@dataclass(frozen=True, slots=True)
class Key:
    """What is right, how many points it gives, and the explanation shown with the feedback.

    `right` is, as the question's answers are stored: the ids of the options that are right, YES or
    NO, a number in the question's smallest unit; or all accepted spellings of a text. `tolerance`
    is how far from a right number an answer may be, in the same unit. `partial` gives a part of
    the points where some of several options are right (`actions.marking`).
    """

    right: Right
    points: int = USUAL_POINTS
    tolerance: int = 0
    partial: bool = False
    explanation: str = ""

    def encode(self) -> dict[str, Any]:
        """Give the stored form, JSON types only, without what has its default.

        The rule of change is that of `actions.content`.
        """
        more = {
            "points": self.points if self.points != USUAL_POINTS else None,
            "tolerance": self.tolerance,
            "partial": self.partial,
            "explanation": self.explanation,
        }
        right = list(self.right) if isinstance(self.right, tuple) else self.right
        return {"right": right, **{name: value for name, value in more.items() if value}}

    @classmethod
    def decode(cls, stored: Any) -> Self | None:
        """Read the stored form; what is damaged is as if it were missing.

        None where nothing is said to be right: there is no key then.
        """
        parts = stored if isinstance(stored, Mapping) else {}
        right = _stored_right(parts.get("right"))
        if right is None:
            return None
        explanation = parts.get("explanation")
        return cls(
            right,
            points=_stored_whole(parts, "points", LEAST_POINTS, MOST_POINTS, USUAL_POINTS),
            tolerance=_stored_whole(parts, "tolerance", 0, 10**MOST_DIGITS - 1, 0),
            partial=parts.get("partial") is True,
            explanation=explanation if isinstance(explanation, str) else "",
        )


def takes_key(question: Question) -> bool:
    """Give whether answers to a question can be right or wrong."""
    match question:
        case Choice():
            return not question.other
        case Either():
            return question.style != "like"
        case Text():
            return not question.long
        case _:
            return isinstance(question, Number)


def build_key(question: Question, fields: Fields) -> Key | None:
    """Read a question's key from KEY_FIELDS; adds to the problems.

    None where nothing is said to be right, or where nothing can be: the question is not marked.
    """
    if not takes_key(question):
        return None
    right, tolerance = _read_right(question, fields), _read_tolerance(question, fields)
    points = fields.whole("points", LEAST_POINTS, MOST_POINTS, USUAL_POINTS)
    is_partial = fields.flag("partial") and isinstance(question, Choice) and question.several
    explanation = fields.text("explanation", EXPLANATION_LIMIT)
    return None if right is None else Key(right, points, tolerance, is_partial, explanation)


def key_fields(question: Question, key: Key) -> dict[str, str]:
    """Give the builder's fields from which `build_key` makes this key."""
    is_number = isinstance(question, Number)
    return {
        "right": _typed_right(question, key.right),
        "tolerance": question.enter(key.tolerance)[MAIN] if is_number and key.tolerance else "",
        "points": str(key.points),
        "partial": str(key.partial).lower(),
        "explanation": key.explanation,
    }


def key_needed(question: Question) -> Problem:
    """Give what to say of a question without a key where every question is marked."""
    match question:
        case Choice(other=True):
            return Problem("other_not_marked")
        case Choice():
            several = Problem("right_options_needed")
            return several if question.several else Problem("right_option_needed")
        case Either(style="yes_no" | "true_false"):
            return Problem("right_either_needed")
        case Number():
            return Problem("right_number_needed")
        case Text(long=False):
            return Problem("right_text_needed")
        case _:
            return Problem("not_marked")


def _read_right(question: Question, fields: Fields) -> Right | None:
    """Read what is right; None is blank, and a problem has a value of the right type."""
    if not fields.raw("right"):
        return None
    match question:
        case Choice():
            return _read_options(question, fields)
        case Number():
            return _read_number(question, "right", fields)
        case Text():
            lines = fields.lines("right", 1, MOST_SPELLINGS, question.limit)
            return tuple(line.text for line in lines)
        case _:
            return _read_either(fields)


def _read_options(question: Choice, fields: Fields) -> tuple[str, ...] | None:
    ids = {part.strip() for part in fields.raw("right").split(",") if part.strip()}
    if not ids:
        return None
    right = question.ordered(ids)
    if len(right) < len(ids):
        fields.wrong("right", "right_option_gone")
    # Nobody could give the right answer otherwise.
    elif len(right) > question.most and question.several:
        fields.wrong("right", "right_over_most", most=question.most)
    elif len(right) > question.most:
        fields.wrong("right", "right_only_one")
    elif len(right) < question.least:
        fields.wrong("right", "right_under_least", least=question.least)
    return right


def _read_either(fields: Fields) -> str:
    right = fields.raw("right")
    if right not in {YES, NO}:
        fields.wrong("right", "no_such_option")
    return right


def _read_tolerance(question: Question, fields: Fields) -> int:
    if not isinstance(question, Number):
        return 0
    return _read_number(replace(question, least=0, most=None), "tolerance", fields) or 0


def _read_number(question: Number, name: str, fields: Fields) -> int | None:
    """Read a number as the question does, with decimals after a comma where that is clear.

    A problem has the value 0.
    """
    text = fields.raw(name)
    readings = (PLAIN, Reading(","))
    fitting = (r for r in readings if isinstance(read_number(text, question.decimals, r), int))
    try:
        return question.parse({MAIN: text}, next(fitting, PLAIN))
    except InvalidAnswers as refused:
        for problem in refused.problems.values():
            fields.wrong(name, problem.code, **problem.values)
        return 0


def _typed_right(question: Question, right: Right) -> str:
    match question, right:
        case Choice(), tuple():
            return ",".join(right)
        case Text(), tuple():
            return "\n".join(" ".join(spelling.split()) for spelling in right)
        case Number(), int():
            return question.enter(right)[MAIN]
        case Either(), str():
            return right
        case _:
            return ""


def _stored_right(stored: Any) -> Right | None:
    match stored:
        case bool():
            return None
        case int():
            return stored if abs(stored) < 10**MOST_DIGITS else None
        case str():
            return stored or None
        case [_, *_] if all(isinstance(part, str) for part in stored):
            return tuple(stored)
        case _:
            return None


def _stored_whole(parts: Mapping[str, Any], name: str, least: int, most: int, default: int) -> int:
    number = parts.get(name)
    if not isinstance(number, int) or isinstance(number, bool):
        return default
    return number if least <= number <= most else default
