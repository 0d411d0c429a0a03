"""Options with a star in front of those that are right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.fields import line_id
from actions.starred import plain_fields, starred_fields


def read(options: str) -> tuple[list[str], list[str]]:
    """Give the options without stars, and the right ones among them."""
    fields = plain_fields({"options": options})
    lines = fields["options"].split("\n")
    right = fields["right"].split(",")
    return lines, [line for line in lines if line_id(line) in right]


def test_a_star_says_what_is_right() -> None:
    assert read("*Paris\nRome\n * Berlin") == (["Paris", "Rome", "Berlin"], ["Paris", "Berlin"])


def test_nothing_is_right_without_a_star() -> None:
    assert plain_fields({"options": "Paris\nRome"})["right"] == ""
    assert plain_fields({})["right"] == ""


@pytest.mark.parametrize(
    ("line", "option", "is_right"),
    [
        (r"\*ptr", "*ptr", False),
        (r"*\*ptr", "*ptr", True),
        ("**bold", "*bold", True),
        (r"\\*x", r"\*x", False),
        (r"\n", r"\n", False),
        (r"2*3", "2*3", False),
    ],
)
def test_an_option_may_begin_with_a_star_itself(line: str, option: str, *, is_right: bool) -> None:
    assert read(line) == ([option], [option] if is_right else [])


def test_every_option_stays_on_its_line() -> None:
    assert plain_fields({"options": "*A\n\n*\nB"})["options"].split("\n") == ["A", "", "", "B"]


def test_a_star_alone_is_no_option_that_is_right() -> None:
    assert plain_fields({"options": "*\n*A"})["right"] == line_id("A")


def test_what_was_said_in_stars_is_said_no_other_way() -> None:
    fields = starred_fields({"options": "A\nB", "right": line_id("B"), "points": "2"})
    assert fields == {"options": "A\n*B", "right": "", "points": "2"}


def test_fields_without_options_stay_as_they_are() -> None:
    fields = {"right": "Goethe", "text": "Who?"}
    assert starred_fields(fields) == fields


LINES = st.lists(
    st.text(alphabet="*\\ab ", min_size=1).map(str.strip).filter(bool), min_size=1, unique=True
)


@given(LINES, st.sets(st.integers(0, 9)))
def test_stars_are_read_as_they_were_written(lines: list[str], places: set[int]) -> None:
    ids = [line_id(line) for n, line in enumerate(lines) if n in places]
    fields = {"options": "\n".join(lines), "right": ",".join(dict.fromkeys(ids))}
    again = plain_fields(starred_fields(fields))
    assert again["options"] == fields["options"]
    assert set(again["right"].split(",")) == set(fields["right"].split(","))
