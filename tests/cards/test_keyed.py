"""How an answer was marked."""

from typing import Any

import pytest

from actions.choice import Choice, Option
from actions.either import NO, YES, Either
from actions.keys import Key
from actions.number import Number
from actions.questions import Answer, Question
from actions.text import Text
from cards.keyed import right_words, solution, verdict
from cards.parts import card
from tests.cards.looks import TEXTS, checked
from tests.teams.cards import text

OPTIONS = (Option("a", "Paris"), Option("b", "Rome, *old*"), Option("c", "Bergen"))
SEVERAL = Choice("q", "Capitals?", OPTIONS, most=3)


def told(question: Question, key: Key, given: Answer | None, longest: int = 500) -> str:
    """Give what is said of an answer."""
    said = [
        verdict(question, key, given, TEXTS),
        *solution(question, key, given, TEXTS, longest),
    ]
    return text(checked(card(TEXTS, said)))


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (("a", "b"), "✔ Right · 2 of 2 points"),
        (("a",), "◐ Partly right · 1 of 2 points"),
        (("c",), "✘ Wrong · 0 of 2 points"),
        (None, "– Not answered · 0 of 2 points"),
    ],
)
def test_the_verdict_is_said_in_words_with_a_sign_and_the_points(
    given: Answer | None, line: str
) -> None:
    key = Key(("a", "b"), points=2, partial=True)
    assert told(SEVERAL, key, given).splitlines()[0] == line


def test_what_is_right_is_said_unless_it_was_answered() -> None:
    key = Key(("a", "b"), points=3)
    assert "Right is: Paris, Rome, \\*old\\*" in told(SEVERAL, key, ("a",))
    assert "Right is" not in told(SEVERAL, key, ("a", "b"))
    assert "Right is" not in told(Text("q", "?"), Key(("112", "one one two")), "112")
    assert "Right is: 5" in told(Number("q", "?"), Key(5, tolerance=1), 6)
    assert "Right is: 112 / one one two" in told(Text("q", "?"), Key(("112", "one one two")), "9")


@pytest.mark.parametrize(
    ("question", "key", "words"),
    [
        (Number("q", "?", decimals=1, unit="m"), Key(25), "2.5\u00a0m"),
        (
            Number("q", "?", decimals=1),
            Key(25, tolerance=5),
            "2.5, up to 0.5 more or less",
        ),
        (Either("q", "?"), Key(NO), "No"),
        (Either("q", "?", "true_false"), Key(YES), "True"),
        (SEVERAL, Key(("c",)), "Bergen"),
    ],
)
def test_what_is_right_is_said_as_people_answer(question: Any, key: Key, words: str) -> None:
    assert right_words(question, key, TEXTS) == words


def test_the_explanation_stands_below_with_its_lines_and_no_markup_of_its_own() -> None:
    key = Key(("a",), explanation="Since *1790*.\nSee [here](https://x.example).")
    said = told(SEVERAL, key, ("a",))
    assert "Why\nSince \\*1790\\*.\n\nSee \\[here\\](https://x.example)." in said
    assert "Why" not in told(SEVERAL, Key(("a",)), ("a",))


def test_long_words_are_cut() -> None:
    key = Key(("x" * 400,), explanation="y" * 400)
    said = told(Text("q", "?"), key, "z", longest=20)
    assert f"Right is: {'x' * 19}…" in said
    assert f"{'y' * 19}…" in said
