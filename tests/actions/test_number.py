"""What the question that is answered with a number reads, refuses and gives to a table."""

import json
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.about import NOTHING
from actions.conditions import Operator
from actions.entry import MAIN, Column, Reading
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields
from actions.number import Number
from actions.quantity import Quantity

COUNT = Number("q", "How many?")
LENGTH = Number("q", "How long?", 2, least=0, most=25_050, unit="km")
STORED = '{"id": "q", "text": "How long?", "decimals": 2, "least": 0, "most": 25050, "unit": "km"}'
"""As version 1 of content stores it; never edit it."""


def _problem(question: Number, text: str, reading: Reading | None = None) -> Problem:
    with pytest.raises(InvalidAnswers) as refused:
        question.parse({MAIN: text}, reading or Reading())
    (found,) = refused.value.problems.items()
    assert found[0] == question.id
    return found[1]


def _built(**typed: str) -> tuple[Number, dict[str, Problem]]:
    problems: dict[str, Problem] = {}
    return Number.build("q", "T", NOTHING, Fields(typed, problems)), problems


def test_an_answer_is_in_the_smallest_unit() -> None:
    assert COUNT.parse({MAIN: " 12 "}) == 12
    assert LENGTH.parse({MAIN: "12.5"}) == 1_250
    assert LENGTH.parse({MAIN: "12,5"}, Reading(",")) == 1_250


@pytest.mark.parametrize("blank", ["", "  ", "\t"])
def test_a_blank_field_is_no_answer(blank: str) -> None:
    assert COUNT.parse({MAIN: blank}) is None
    assert COUNT.parse({}) is None


def test_both_bounds_may_be_answered() -> None:
    assert LENGTH.parse({MAIN: "0"}) == 0
    assert LENGTH.parse({MAIN: "250.50"}) == 25_050


def test_what_is_outside_is_refused_with_the_bound_and_its_unit() -> None:
    least = Quantity(Decimal("0.00"), "km")
    assert _problem(LENGTH, "-0.01") == Problem("number_under", {"least": least})
    most = Quantity(Decimal("250.50"), "km")
    assert _problem(LENGTH, "250.51") == Problem("number_over", {"most": most})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NaN", "number_unreadable"),
        ("Infinity", "number_unreadable"),
        ("1e5", "number_unreadable"),
        ("3,5", "decimal_sign"),
        ("3.505", "decimals_over"),
        ("1" * 16, "number_too_long"),
    ],
)
def test_what_cannot_be_read_is_refused_in_its_own_words(text: str, code: str) -> None:
    assert _problem(LENGTH, text).code == code


@given(st.text() | st.floats().map(str) | st.decimals().map(str))
def test_any_text_is_an_answer_that_can_be_stored_or_its_own_error(text: str) -> None:
    with suppress(InvalidAnswers):
        answer = LENGTH.parse({MAIN: text})
        if answer is not None:
            assert LENGTH.restore(json.loads(json.dumps(answer))) == answer


@given(st.integers(0, 25_050), st.sampled_from([".", ","]))
def test_what_an_answer_enters_is_read_as_that_answer(answer: int, sign: str) -> None:
    reading = Reading("," if sign == "," else ".")
    assert LENGTH.parse(LENGTH.enter(answer, reading), reading) == answer


def test_an_answer_is_entered_without_needless_decimals() -> None:
    assert LENGTH.enter(1_250) == {MAIN: "12.5"}
    assert LENGTH.enter(10_000) == {MAIN: "100"}
    assert COUNT.enter(100) == {MAIN: "100"}


@pytest.mark.parametrize("stored", [None, "5", 5.0, True, [5], 10**15, -(10**15)])
def test_what_is_no_number_is_no_stored_answer(stored: object) -> None:
    assert COUNT.restore(stored) is None


def test_an_answer_from_before_narrower_bounds_stands() -> None:
    assert LENGTH.restore(99_999) == 99_999
    assert LENGTH.keeps(Number("q", "T", 2))


def test_answers_in_another_unit_do_not_stand() -> None:
    assert not LENGTH.keeps(COUNT)
    assert not COUNT.keeps("a question of another type")


def test_a_blank_field_is_a_gap() -> None:
    assert COUNT.gaps(None) == (MAIN,) == COUNT.parts
    assert COUNT.gaps(0) == ()


@pytest.mark.parametrize(
    ("operator", "value", "meets"),
    [
        (Operator.IS, "1250", True),
        (Operator.IS_NOT, "1250", False),
        (Operator.ABOVE, "1249", True),
        (Operator.ABOVE, "1250", False),
        (Operator.BELOW, "1251", True),
        (Operator.BELOW, "999", False),
        (Operator.BELOW, "x", False),
    ],
)
def test_numbers_are_compared_as_numbers(operator: Operator, value: str, *, meets: bool) -> None:
    assert LENGTH.meets(operator, value, 1_250) is meets


def test_a_table_has_the_exact_number() -> None:
    assert LENGTH.columns() == (Column(type="number"),)
    assert LENGTH.cells(1_250) == (Decimal("12.50"),)
    (cell,) = COUNT.cells(12)
    assert cell == 12
    assert isinstance(cell, int)


def test_the_builder_reads_bounds_in_plain_units() -> None:
    built, problems = _built(decimals="2", min="0", max="250.5", unit=" km ")
    assert problems == {}
    assert built == Number("q", "T", 2, 0, 25_050, "km")


@pytest.mark.parametrize(
    ("text", "bound"), [("1,5", 150), ("1.234,5", 123_450), ("1,234", 123_400)]
)
def test_a_bound_may_have_a_comma_where_that_is_clear(text: str, bound: int) -> None:
    assert _built(decimals="2", min=text)[0].least == bound


@pytest.mark.parametrize(
    ("typed", "field", "code"),
    [
        ({"decimals": "7"}, "decimals", "whole_between"),
        ({"decimals": "x"}, "decimals", "whole_between"),
        ({"min": "low"}, "min", "number_unreadable"),
        ({"max": "1.5"}, "max", "whole_needed"),
        ({"decimals": "1", "max": "1.55"}, "max", "decimals_over"),
        ({"min": "2", "max": "1"}, "max", "most_under_least"),
        ({"unit": "x" * 31}, "unit", "too_long"),
    ],
)
def test_what_the_builder_cannot_use_is_refused(
    typed: dict[str, str], field: str, code: str
) -> None:
    problems = _built(**typed)[1]
    assert {name: problem.code for name, problem in problems.items()} == {field: code}


def test_all_that_is_wrong_in_the_builder_is_said_at_once() -> None:
    assert set(_built(decimals="9", min="x", max="y", unit="u" * 99)[1]) == {
        *("decimals", "min", "max", "unit"),
    }


questions = st.builds(
    Number,
    st.just("q"),
    st.text(),
    st.integers(0, 6),
    st.none() | st.integers(-(10**14), 0),
    st.none() | st.integers(0, 10**14),
    st.sampled_from(["", "kg", "€ per day"]),
)


@given(questions)
def test_the_builders_fields_build_the_same_question(question: Number) -> None:
    problems: dict[str, Problem] = {}
    fields = Fields(question.form(), problems)
    assert Number.build("q", question.text, NOTHING, fields) == question
    assert problems == {}


@given(questions)
def test_a_question_comes_back_from_its_stored_form(question: Number) -> None:
    assert Number.decode(json.loads(json.dumps(question.encode()))) == question


def test_stored_bytes_mean_what_they_meant() -> None:
    assert Number.decode(json.loads(STORED)) == LENGTH
    assert json.dumps(LENGTH.encode()) == STORED
    assert Number.decode({"id": "q", "text": "How many?"}) == COUNT
