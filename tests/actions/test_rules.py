"""Rules that show a question, as a form makes them."""

import pytest

from actions import drafted
from actions.conditions import Condition, Operator
from actions.fields import Values, line_id
from actions.questions import Question
from actions.rules import answer_meant, operators_of
from tests.actions.drafts import a_form, codes_of, planned, ruled

RED = line_id("Red")

RULES = [
    ("one", "is", RED, RED),
    ("one", "is_not", "=", "="),
    ("several", "contains", RED, RED),
    ("drop_down", "is", RED, RED),
    ("yes_no", "is", "yes", "yes"),
    ("like", "is_not", "no", "no"),
    ("stars", "above", "3", "3"),
    ("stars", "is", "4.0", "4"),
    ("nps", "below", "7", "7"),
    ("ranking", "is", RED, RED),
    ("short_text", "contains", "soup", "soup"),
    ("long_text", "is", "soup", "soup"),
    ("number", "above", "3.5", "35"),
    ("number", "below", "-1", "-10"),
    ("date", "above", "2026-05-01", "2026-05-01"),
    ("time", "below", "09:00", "09:00"),
]
"""A preset, a comparison, what is typed and what is stored."""


def _after(preset: str, operator: str, value: str) -> Values:
    return ruled(a_form(preset, "yes_no"), "q2", "q1", operator, value)


@pytest.mark.parametrize(("preset", "operator", "value", "stored"), RULES)
def test_a_rule_is_stored_as_answers_are(
    preset: str, operator: str, value: str, stored: str
) -> None:
    question = planned(_after(preset, operator, value)).content.questions[1]
    assert question.about.shown_if == Condition("q1", Operator(operator), stored)


@pytest.mark.parametrize(("preset", "operator", "value", "stored"), RULES)
def test_a_rule_is_written_back_as_it_is_typed(
    preset: str, operator: str, value: str, stored: str
) -> None:
    content = planned(_after(preset, operator, value)).content
    again = drafted.questions_of(drafted.values_of(content), {})
    assert again == content.questions
    assert again[1].about.shown_if == Condition("q1", Operator(operator), stored)


@pytest.mark.parametrize(
    ("preset", "operator", "value", "field", "code"),
    [
        ("one", "is", "", "if_value", "rule_value_needed"),
        ("one", "is", "nothing", "if_value", "rule_option_gone"),
        ("drop_down", "is", "=", "if_value", "rule_option_gone"),
        ("one", "", RED, "if_operator", "rule_operator_needed"),
        ("one", "above", RED, "if_operator", "rule_operator_needed"),
        ("one", "contains", RED, "if_operator", "rule_operator_needed"),
        ("one", "nonsense", RED, "if_operator", "rule_operator_needed"),
        ("likert", "is", "x", "if_operator", "rule_operator_needed"),
        ("yes_no", "is", "maybe", "if_value", "no_such_option"),
        ("stars", "is", "0", "if_value", "rule_value_needed"),
        ("stars", "is", "8", "if_value", "level_outside"),
        ("number", "is", "NaN", "if_value", "number_unreadable"),
        ("number", "is", "99", "if_value", "number_over"),
        ("date", "is", "2026-02-30", "if_value", "no_such_date"),
        ("time", "is", "25:00", "if_value", "no_such_time"),
    ],
)
def test_a_rule_that_says_nothing_possible_is_refused_at_its_field(
    preset: str, operator: str, value: str, field: str, code: str
) -> None:
    assert codes_of(_after(preset, operator, value)) == {f"q.q2.{field}": code}


def test_a_rule_whose_option_is_gone_says_so() -> None:
    values = {**_after("one", "is", RED), "q.q1.options": "Green\nBlue"}
    assert codes_of(values) == {"q.q2.if_value": "rule_option_gone"}


def test_a_rule_whose_option_moved_stands() -> None:
    values = {**_after("one", "is", RED), "q.q1.options": "Blue\nRed\nGreen"}
    assert codes_of(values) == {}


def test_a_rule_whose_question_was_deleted_says_so() -> None:
    values = drafted.remove(_after("one", "is", RED), "q1")
    assert codes_of(values) == {"q.q2.if_question": "rule_question_gone"}


def test_a_rule_whose_question_comes_later_says_so() -> None:
    values = drafted.move(_after("one", "is", RED), "q2", 0)
    assert codes_of(values) == {"q.q2.if_question": "rule_looks_ahead"}


def test_a_rule_may_not_look_at_its_own_question() -> None:
    values = ruled(a_form("yes_no"), "q1", "q1", "is", "yes")
    assert codes_of(values) == {"q.q1.if_question": "rule_looks_ahead"}


def test_a_question_without_a_rule_is_shown_to_everyone() -> None:
    values = ruled(a_form("one", "yes_no"), "q2", "", "is", RED)
    assert planned(values).content.questions[1].about.shown_if is None


def test_a_choice_of_one_is_not_compared_in_two_ways_that_say_the_same() -> None:
    one, several = planned(a_form("one", "several")).content.questions
    assert Operator.CONTAINS not in operators_of(one)
    assert Operator.CONTAINS in operators_of(several)


def _question(preset: str) -> Question:
    return planned(a_form(preset)).content.questions[0]


def test_what_a_rule_compares_with_is_an_answer_to_its_question() -> None:
    assert answer_meant(_question("stars"), "3") == 3
    assert answer_meant(_question("number"), "35") == 35
    assert answer_meant(_question("short_text"), "12") == "12"
    assert answer_meant(_question("date"), "2026-05-01") == "2026-05-01"
    assert answer_meant(_question("date"), "never") is None
    assert answer_meant(_question("one"), RED) is None
