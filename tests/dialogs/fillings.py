"""Responses at every stage of being filled in, and questions as large as they get."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from actions.about import About
from actions.action import Action
from actions.choice import Choice, Option
from actions.either import Either
from actions.entry import field_of
from actions.fields import Line, Values
from actions.likert import Likert
from actions.moment import Date, TimeOfDay
from actions.number import Number
from actions.questions import Question
from actions.ranking import Ranking
from actions.responses import Progress, Response, slot_of
from actions.scale import Scale
from actions.sheet import Filling, Receipt, Sheet, filling_of
from actions.text import Text
from tests.actions.builders import NOW, VOTER
from tests.actions.surveys import EVERY_TYPE, a_survey, answers_of

BREAK = About(starts_page=True)
REQUIRED = About(required=True)

PAGES: tuple[Question, ...] = (
    replace(EVERY_TYPE[0], about=REQUIRED),  # type: ignore[type-var]
    Text("why", "Why that one?", about=About(help="In a few words.")),
    Number("far", "How far is it?", unit="km", about=BREAK),
    Text("more", "What else?", long=True, limit=4_000, about=BREAK),
)
"""Three pages: team and why, far, more."""


def a_receipt(action: Action, count: int = 1, **changes: Any) -> Receipt:
    """Give what Vera has handed in, so many responses, one each hour."""
    own = tuple(
        Response(VOTER, answers_of(n), NOW + timedelta(hours=n), slot_of(VOTER.key, n + 1))
        for n in range(count)
    )
    return replace(Receipt(action, VOTER.key, own, is_open=True, sees_results=True), **changes)


def a_filling(
    *questions: Question,
    values: Values | None = None,
    at: str = "",
    handed_in: int = 0,
    **changes: Any,
) -> Filling:
    """Give a response that was left at a question with these values."""
    action = a_survey(*(questions or PAGES), **changes)
    kept = Progress(values, at) if values is not None else None
    filling = filling_of(a_receipt(action, handed_in), Sheet(action.id), kept)
    return replace(filling, at=at, resumed=False)


def lines(count: int, length: int, sign: str) -> tuple[Line, ...]:
    """Give different texts of one sign, of that length."""
    return tuple(Line(f"line-{n:05}", f"{n:02}{sign * length}"[:length]) for n in range(count))


def options(count: int, length: int, sign: str) -> tuple[Option, ...]:
    """Give different options of one sign, of that length."""
    return tuple(Option(line.id, line.text) for line in lines(count, length, sign))


def largest(sign: str, count: int) -> dict[str, Question]:
    """Give each type as its builder gives it, of one sign and so many of it."""
    name, long = sign * count, count * 10
    return {
        "long text": Text("q", "T", long=True, limit=4_000),
        "text": Text("q", "T"),
        "one letter": Text("q", "T", limit=1),
        "number": Number("q", "T", 6, -(10**14), 10**14, sign * 30),
        "date": Date("q", "T", "2020-01-01", "2026-12-31"),
        "time": TimeOfDay("q", "T", "08:00", "17:00"),
        "yes or no": Either("q", "T"),
        "stars": Scale("q", "T", "stars", 10, name, name),
        "numbers": Scale("q", "T", "numbers", 10, name, name),
        "nps": Scale("q", "T", "nps", 5, name, name),
        "25 statements": Likert("q", "T", lines(25, long, sign), lines(6, count, sign)),
        "1 statement": Likert("q", "T", lines(1, long, sign), lines(2, count, sign)),
        "25 places": Ranking("q", "T", lines(25, long, sign)),
        "2 places": Ranking("q", "T", lines(2, long, sign)),
        "25 options": Choice("q", "T", options(25, long, sign), 26, other=True),
        "2 options": Choice("q", "T", options(2, long, sign)),
    }


TYPES = tuple(largest("x", 1))


def many(name: str, sign: str, *, large: bool, count: int = 60) -> tuple[Question, ...]:
    """Give many required questions of one type, as large, or as small, as they may be."""
    about = About(required=True, help=sign * 1_000 if large else "")
    made: Any = largest(sign, 100 if large else 1)[name]
    text = sign * (5_000 if large else 3)
    return tuple(replace(made, id=f"q{n:05}", text=text, about=about) for n in range(count))


def full(questions: Sequence[Question], sign: str) -> dict[str, str]:
    """Give the longest right answer in each field, as far as letters go."""
    return {field_of(q.id, part): _longest(q, part, sign) for q in questions for part in q.parts}


def _longest(question: Question, part: str, sign: str) -> str:
    if isinstance(question, Text):
        return sign * question.limit
    if isinstance(question, Choice):
        chosen = question.options[: question.most - question.other]
        return sign * 1_000 if part else ",".join(option.id for option in chosen)
    return ""
