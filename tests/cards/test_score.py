"""Scores in figures."""

from fractions import Fraction

import pytest

from actions.exam import Exam
from actions.marking import Score
from cards.score import judged, percent, points, share
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


@pytest.mark.parametrize(
    ("pass_mark", "said"),
    [(None, "66.67 %"), (60, "66.67 % · passed"), (67, "66.67 % · not passed")],
)
def test_a_score_says_whether_it_passes(pass_mark: int | None, said: str) -> None:
    assert judged(Score(Fraction(2), 3), Exam(pass_mark=pass_mark), TEXTS) == said
    assert judged(Score(Fraction(0), 0), Exam(pass_mark=pass_mark), TEXTS) == ""


@pytest.mark.parametrize(
    ("some", "everyone", "said"),
    [
        (0, 0, "0 %"),
        (0, 9, "0 %"),
        (1, 900, "1 %"),
        (2, 3, "67 %"),
        (899, 900, "99 %"),
        (9, 9, "100 %"),
    ],
)
def test_all_and_none_are_said_only_where_it_is_so(some: int, everyone: int, said: str) -> None:
    assert share(some, everyone, TEXTS) == said
