"""What every question type can do, and the list of the types.

A new type is a frozen dataclass in a file of its own that satisfies `Question`, named in
`QUESTION_TYPES`; how it looks is in `cards/questions.py`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Protocol, Self, TypeAlias

from actions.choice import Choice

Answer: TypeAlias = tuple[str, ...] | str | int
"""One question's value: option ids, a text, or a number in the question's smallest unit."""

Answers: TypeAlias = Mapping[str, Answer]
"""One response's answers by question id; a question without an answer is absent."""


class Question(Protocol):
    """What the rest of the domain asks of a question, whatever its type."""

    type: ClassVar[str]

    @property
    def id(self) -> str:
        """Opaque, never reused within an action."""

    @property
    def text(self) -> str:
        """What is asked."""

    def parse(self, raw: str) -> Answer | None:
        """Read what a client sent; blank is None. Raises InvalidAnswers at this question's id."""

    def restore(self, stored: Any) -> Answer:
        """Give the answer that its stored JSON form stands for."""

    def buckets(self, answer: Answer) -> Iterable[tuple[str, int]]:
        """Give the tally's buckets that an answer counts in, each with its amount to sum."""

    def keeps(self, before: "Question") -> bool:
        """Give whether every stored answer to `before` stands as it is."""

    def encode(self) -> dict[str, Any]:
        """Give the stored form, without the type."""

    @classmethod
    def decode(cls, stored: Mapping[str, Any]) -> Self:
        """Read the stored form, of this or any earlier version."""


QUESTION_TYPES: tuple[type[Choice], ...] = (Choice,)
"""Every question type; survey and quiz add theirs."""


def restore_answers(questions: Iterable[Question], stored: Mapping[str, Any]) -> Answers:
    """Give the answers that a stored response holds, those of deleted questions left out."""
    return {q.id: q.restore(stored[q.id]) for q in questions if q.id in stored}
