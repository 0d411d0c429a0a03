"""Rules that show a question only if an earlier answer is such."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Operator(StrEnum):
    """How an answer is compared; which of them make sense is the earlier question's to say."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Condition:
    """An earlier question's id, the comparison, and what is compared with.

    `value` is an option's id, a word, or a number in the earlier question's smallest unit: what
    `Question.meets` of the earlier question takes. A question that was not answered, or was not
    shown itself, meets no condition.
    """

    question: str
    operator: Operator
    value: str

    def encode(self) -> list[str]:
        """Give the stored form."""
        return [self.question, self.operator.value, self.value]

    @classmethod
    def decode(cls, stored: list[str]) -> Self:
        """Read the stored form."""
        question, operator, value = stored
        return cls(question, Operator(operator), value)


def ordered_meets(operator: Operator, value: str, answer: int | str) -> bool:
    """Compare an answer that has an order with a value of the same kind, both as stored.

    Texts that are compared so are dates and times in ISO form, whose order is the letters'.
    """
    other: int | str = value
    if isinstance(answer, int):
        try:
            other = int(value)
        except ValueError:
            return False
    match operator:
        case Operator.IS:
            return answer == other
        case Operator.IS_NOT:
            return answer != other
        case Operator.ABOVE:
            return answer > other  # type: ignore[operator] # Both are of one kind.
        case Operator.BELOW:
            return answer < other  # type: ignore[operator]
        case Operator.CONTAINS:
            return False
