"""Rules in words."""

import pytest

from actions.conditions import Condition, Operator
from actions.drafted import questions_of
from actions.fields import line_id
from cards.rules import rule_words, value_name
from tests.actions.drafts import a_form, ruled, typed
from tests.cards.looks import TEXTS

RED = line_id("Red")


@pytest.mark.parametrize(
    ("preset", "operator", "value", "words"),
    [
        ("one", "is", RED, "is “Red”"),
        ("one", "is_not", "=", "is not “Other”"),
        ("several", "contains", RED, "contains “Red”"),
        ("yes_no", "is", "no", "is “No”"),
        ("ranking", "is", RED, "puts first “Red”"),
        ("number", "above", "3.5", "is above “3.5\u00a0km”"),
        ("short_text", "contains", "*soup*", "contains “*soup*”"),
        ("time", "below", "09:00", "is before “09:00”"),
    ],
)
def test_a_rule_is_said_in_words(preset: str, operator: str, value: str, words: str) -> None:
    questions = questions_of(ruled(a_form(preset, "date"), "q2", "q1", operator, value), {})
    rule_of = questions[1].about.shown_if
    assert rule_of is not None
    said = rule_words(rule_of, questions, TEXTS)
    assert said == f"Shown only if the answer to “1. {preset}?” {words}."


def test_a_rule_about_nothing_says_nothing() -> None:
    rule = Condition("gone", Operator.IS, "x")
    assert rule_words(rule, questions_of(a_form("date"), {}), TEXTS) == ""


def test_long_questions_and_options_are_cut() -> None:
    long = typed(a_form("one", "date"), "q1", text="Why? " * 100, options=f"{'x' * 900}\nBlue")
    questions = questions_of(ruled(long, "q2", "q1", "is", line_id("x" * 900)), {})
    rule = questions[1].about.shown_if
    assert rule is not None
    assert len(rule_words(rule, questions, TEXTS)) < 200


def test_an_option_that_is_gone_is_said_as_it_stands() -> None:
    (question,) = questions_of(a_form("one"), {})
    assert value_name(question, "gone", TEXTS) == "gone"
