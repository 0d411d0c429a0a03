"""Rules compare answers that have an order."""

import pytest

from actions.conditions import Condition, Operator, ordered_meets


@pytest.mark.parametrize(
    ("operator", "value", "answer", "meets"),
    [
        (Operator.IS, "7", 7, True),
        (Operator.IS_NOT, "7", 7, False),
        (Operator.ABOVE, "7", 8, True),
        (Operator.ABOVE, "7", 7, False),
        (Operator.BELOW, "10", 9, True),
        (Operator.BELOW, "words", 9, False),
        (Operator.ABOVE, "2026-01-31", "2026-02-01", True),
        (Operator.BELOW, "12:00", "09:30", True),
        (Operator.CONTAINS, "7", 7, False),
    ],
)
def test_numbers_and_times_are_compared(
    operator: Operator, value: str, answer: int | str, *, meets: bool
) -> None:
    assert ordered_meets(operator, value, answer) is meets


def test_a_rule_comes_back_as_it_was_stored() -> None:
    rule = Condition("q", Operator.BELOW, "3")
    assert Condition.decode(rule.encode()) == rule
