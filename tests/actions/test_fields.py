"""Reading the fields of a form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.errors import Problem
from actions.fields import Fields, line_id, printable, whole


def fields(**values: str) -> Fields:
    """Give fields that begin with `q.`."""
    return Fields({f"q.{name}": text for name, text in values.items()}, {}, "q.")


def test_a_text_is_trimmed_before_it_is_measured() -> None:
    read = fields(t="  abc  ")
    assert read.text("t", 3) == "abc"
    assert read.problems == {}


def test_a_text_too_long_is_refused_with_its_length_and_the_limit() -> None:
    read = fields(t="abcd")
    read.text("t", 3)
    assert read.problems == {"q.t": Problem("too_long", {"limit": 3, "length": 4})}


@pytest.mark.parametrize("values", [{}, {"t": ""}, {"t": " \n "}])
def test_a_blank_text_is_refused_only_where_one_is_needed(values: dict[str, str]) -> None:
    read = fields(**values)
    read.text("t", 3)
    assert read.problems == {}
    read.text("t", 3, needed="title_needed")
    assert read.problems == {"q.t": Problem("title_needed")}


@pytest.mark.parametrize(("text", "on"), [("true", True), ("false", False), ("", True)])
def test_a_switch_that_was_not_touched_has_its_default(text: str, *, on: bool) -> None:
    assert fields(s=text).flag("s", default=True) is on


@pytest.mark.parametrize("text", ["0", "11", "3.5", "x", "1e3", "٣"])
def test_a_number_outside_its_range_is_refused_with_the_range(text: str) -> None:
    read = fields(n=text)
    assert read.whole("n", 1, 10, 5) == 5
    assert read.problems == {"q.n": Problem("whole_between", {"least": 1, "most": 10})}


@pytest.mark.parametrize(("text", "number"), [("", 5), ("7", 7), ("7.0", 7), (" 10 ", 10)])
def test_a_number_in_its_range_is_read(text: str, number: int) -> None:
    read = fields(n=text)
    assert read.whole("n", 1, 10, 5) == number
    assert read.problems == {}


def test_lines_are_read_with_an_id_for_their_words() -> None:
    lines = fields(o="Pizza \n\n sushi").lines("o", 2, 5)
    assert [line.text for line in lines] == ["Pizza", "sushi"]
    assert [line.id for line in lines] == [line_id("PIZZA"), line_id("Sushi")]


@pytest.mark.parametrize(
    ("text", "code"),
    [("a", "lines_count"), ("a\nb\nc\nd", "lines_count"), ("a\nA", "duplicate_line")],
)
def test_lines_that_are_wrong_say_so(text: str, code: str) -> None:
    read = fields(o=text)
    read.lines("o", 2, 3)
    assert read.problems["q.o"].code == code


@given(st.text())
def test_any_text_is_a_whole_number_or_none(text: str) -> None:
    number = whole(text)
    assert number is None or str(number).lstrip("-") in text


@given(st.text())
def test_what_is_printable_stays_so(text: str) -> None:
    once = printable(text)
    assert printable(once) == once
    assert "\0" not in once
