"""How a quiz or a training is taken: feedback, pass mark, attempts, order, time, leaderboard."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self, get_args

from actions.marking import Counts

MOST_ATTEMPTS: Final = 10
"""How many attempts a setting may name; 0 names no limit."""

KEPT_PAGES: Final = 4_000
"""How many pages one person may be asked where attempts have no limit: all of them are kept."""

KEPT_ATTEMPTS: Final = 20
"""How many attempts one person may begin where there is no limit, however long they are."""

MOST_SECONDS: Final = 24 * 60 * 60
"""The longest time limit of a whole quiz, and of one question."""

MOST_MONTHS: Final = 120
"""The longest validity of a completed training."""

GRACE: Final = 5
"""Seconds by which an answer may be late, for the way it takes (product.md §5)."""


class Feedback(StrEnum):
    """When people see what was right, with the explanations."""

    EACH = "each"
    END = "end"
    CLOSED = "closed"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Exam:
    """The settings of a quiz or training; part of the content, since scores depend on them.

    `pass_mark` is in percent, None for none. `attempts` is how many each person has, 0 for as
    many as they like; `counts` is which of them counts. `shuffle` asks the questions in an order
    of each attempt's own, `draw` that many of them, 0 for all. `seconds` is the limit of the whole
    and `question_seconds` that of each question, 0 for none. `is_course`: pages may be gone back
    to, and who stops half way has not finished, however long they stay away; `months` is for how
    long it then holds, 0 for ever.
    """

    feedback: Feedback = Feedback.END
    pass_mark: int | None = None
    attempts: int = 1
    counts: Counts = "best"
    shuffle: bool = False
    draw: int = 0
    seconds: int = 0
    question_seconds: int = 0
    leaderboard: bool = False
    is_course: bool = False
    months: int = 0

    def most_attempts(self, pages: int) -> int:
        """Give how many attempts each person may begin, each of so many pages."""
        return self.attempts or max(KEPT_PAGES // max(pages, 1), KEPT_ATTEMPTS)

    def encode(self) -> dict[str, Any]:
        """Give the stored form, JSON types only. The rule of change is `actions.content`'s."""
        return {
            "feedback": self.feedback.value,
            "pass_mark": self.pass_mark,
            "attempts": self.attempts,
            "counts": self.counts,
            "shuffle": self.shuffle,
            "draw": self.draw,
            "seconds": self.seconds,
            "question_seconds": self.question_seconds,
            "leaderboard": self.leaderboard,
            "is_course": self.is_course,
            "months": self.months,
        }

    @classmethod
    def decode(cls, stored: Mapping[str, Any]) -> Self:
        """Read a stored form; what it lacks has its default."""
        counts = stored.get("counts", "best")
        return cls(
            feedback=Feedback(stored.get("feedback", Feedback.END)),
            pass_mark=stored.get("pass_mark"),
            attempts=stored.get("attempts", 1),
            counts=counts if counts in get_args(Counts) else "best",
            shuffle=stored.get("shuffle", False),
            draw=stored.get("draw", 0),
            seconds=stored.get("seconds", 0),
            question_seconds=stored.get("question_seconds", 0),
            leaderboard=stored.get("leaderboard", False),
            is_course=stored.get("is_course", False),
            months=stored.get("months", 0),
        )
