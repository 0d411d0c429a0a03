"""Numbers as people in several countries write them, and what is no number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.entry import Reading
from actions.errors import Problem
from actions.quantity import read_number, scaled

POINT, COMMA = Reading("."), Reading(",")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5", 500),
        ("3.5", 350),
        ("-3.5", -350),
        ("\u22123.5", -350),
        ("+3.5", 350),
        ("0", 0),
        ("-0", 0),
        ("007", 700),
        (".5", 50),
        ("5.", 500),
        ("3.500", 350),
        ("1,234", 123_400),
        ("1,234.5", 123_450),
        ("12,345,678", 1_234_567_800),
        ("1 234.5", 123_450),
        ("1\u00a0234", 123_400),
        ("1\u202f234", 123_400),
        ("1'234", 123_400),
        ("1’234.56", 123_456),
        (" 5 ", 500),
        ("9999999999999.99", 999_999_999_999_999),
    ],
)
def test_a_number_with_decimals_after_a_point_is_read(text: str, amount: int) -> None:
    assert read_number(text, 2, POINT) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("3,5", 350),
        ("1.234,5", 123_450),
        ("1.234.567", 123_456_700),
        ("1 234,5", 123_450),
        (",5", 50),
        # Number fields send a point in every country.
        ("3.5", 350),
        ("-0.25", -25),
    ],
)
def test_a_number_with_decimals_after_a_comma_is_read(text: str, amount: int) -> None:
    assert read_number(text, 2, COMMA) == amount


def test_a_single_point_is_never_between_thousands() -> None:
    assert read_number("1.234", 3, COMMA) == 1_234
    assert read_number("1.234", 0, COMMA) == Problem("whole_needed")


@pytest.mark.parametrize(
    ("text", "reading", "example"),
    [
        ("3,5", POINT, "3.5"),
        ("1,23", POINT, "3.5"),
        ("1.234,5", POINT, "3.5"),
        ("1.234.567", POINT, "3.5"),
        ("1,234.5", COMMA, "3,5"),
        ("1,234,567", COMMA, "3,5"),
    ],
)
def test_a_number_in_the_way_of_another_country_is_told_the_right_one(
    text: str, reading: Reading, example: str
) -> None:
    assert read_number(text, 2, reading) == Problem("decimal_sign", {"example": example})


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "+", ".", ",", "-.", " ", "''"),
        *("NaN", "nan", "Infinity", "-inf", "1e5", "1E400", "0x10", "1_000", "5 kg", "five"),
        *("٣", "５", "½", "²", "1.2.3.", "1,2,3", "1 2", "12 34", "1,,234", "--5", "5-", "1\n2"),
    ],
)
@pytest.mark.parametrize("reading", [POINT, COMMA])
def test_what_is_no_number_is_refused(text: str, reading: Reading) -> None:
    assert read_number(text, 2, reading) == Problem("number_unreadable")


@pytest.mark.parametrize("text", ["10000000000000", "1" * 5_000, "-99999999999999.99"])
def test_more_digits_than_can_be_kept_are_refused(text: str) -> None:
    assert read_number(text, 2, POINT) == Problem("number_too_long", {"most": 13})


def test_more_decimals_than_asked_for_are_refused() -> None:
    expected = Problem("decimals_over", {"most": 2, "given": 3})
    assert read_number("3.505", 2, POINT) == expected
    assert read_number("3.5", 0, POINT) == Problem("whole_needed")
    assert read_number("3.0", 0, POINT) == 3


@given(st.text(), st.integers(0, 6), st.sampled_from([POINT, COMMA]))
def test_any_text_is_a_number_that_can_be_kept_or_a_problem(
    text: str, decimals: int, reading: Reading
) -> None:
    number = read_number(text, decimals, reading)
    assert isinstance(number, Problem) or abs(number) < 10**15


@given(
    st.text("0123456789.,-+ '\u00a0eE", max_size=12),
    st.integers(0, 6),
    st.sampled_from([POINT, COMMA]),
)
def test_text_like_a_number_never_means_something_else(
    text: str, decimals: int, reading: Reading
) -> None:
    number = read_number(text, decimals, reading)
    if isinstance(number, int):
        digits = "".join(letter for letter in text if letter.isdigit())
        assert str(abs(number)).strip("0") == digits.strip("0")


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 6))
def test_a_number_written_out_is_read_as_itself(amount: int, decimals: int) -> None:
    text = f"{scaled(amount, decimals):f}"
    for reading in (POINT, COMMA):
        assert read_number(text, decimals, reading) == amount
    assert read_number(text.replace(".", ","), decimals, COMMA) == amount


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 6))
def test_thousands_set_apart_mean_the_same(amount: int, decimals: int) -> None:
    assert read_number(f"{scaled(amount, decimals):,f}", decimals, POINT) == amount


def test_an_amount_is_scaled_exactly() -> None:
    assert scaled(999_999_999_999_999, 6) == Decimal("999999999.999999")
