"""Scores in figures."""

from fractions import Fraction

import pytest

from actions.marking import Score
from cards.score import percent, points
from cards.texts import texts_for
from tests.cards.looks import TEXTS


@pytest.mark.parametrize(
    ("score", "shown", "got"),
    [
        (Score(Fraction(16, 3), 8), "66.67 %", "5.33 of 8 points"),
        (Score(Fraction(8), 8), "100 %", "8 of 8 points"),
        (Score(Fraction(0), 1), "0 %", "0 of 1 point"),
        (Score(Fraction(79_999, 1_000), 100), "79.99 %", "79.99 of 100 points"),
    ],
)
def test_a_score_is_shown_as_the_docs_say(score: Score, shown: str, got: str) -> None:
    assert percent(score, TEXTS) == shown
    assert points(score, TEXTS) == got


def test_figures_are_written_as_the_reader_writes_them() -> None:
    assert "66,67" in percent(Score(Fraction(2), 3), texts_for("de"))
