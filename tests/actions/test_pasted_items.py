"""Items out of lines of text."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.errors import InvalidAnswers, Problem
from actions.pasted_items import EXAMPLE, find_items, read_items


def read(text: str) -> list[tuple[str, str]]:
    """Give section and text of each item."""
    return [(one.fields["section"], one.fields["text"]) for one in read_items(text)]


def problems_of(text: str, room: int = 200) -> dict[str, Problem]:
    """Give what is wrong with lines."""
    with pytest.raises(InvalidAnswers) as refused:
        read_items(text, room)
    return dict(refused.value.problems)


def test_the_example_is_read() -> None:
    assert read(EXAMPLE) == [
        ("Shop floor", "Switch the lights on"),
        ("Shop floor", "Check the emergency exits"),
        ("Till", "Count the cash"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        *("Lights", "  Lights ", "- Lights", "* Lights", "• Lights", "1. Lights", "12) Lights"),
        *("[ ] Lights", "[] Lights", "- [x] Lights", "☐ Lights", "3. ☐ Lights"),
    ],
)
def test_signs_of_a_list_are_left_out(line: str) -> None:
    assert read(line) == [("", "Lights")]


@pytest.mark.parametrize("line", ["-5 °C in the fridge", "10 o'clock: open", "[sic] Lights", "#"])
def test_signs_that_belong_to_the_words_stay(line: str) -> None:
    assert read(line) == [("", line)]


@pytest.mark.parametrize(
    "line", ["Floor:", "Floor :", "# Floor", "## Floor", "#Floor", "- Floor:"]
)
def test_a_heading_is_the_section_of_what_follows(line: str) -> None:
    assert read(f"Doors\n{line}\nLights\n\nTill") == [
        *(("", "Doors"), ("Floor", "Lights"), ("Floor", "Till")),
    ]


def test_lines_that_say_nothing_are_no_items() -> None:
    assert read("\n---\nLights\n  \n- \n====\n") == [("", "Lights")]


@pytest.mark.parametrize("text", ["", " \n ", "# Floor\n", "---"])
def test_without_an_item_nothing_is_read(text: str) -> None:
    assert problems_of(text) == {"pasted": Problem("paste_items_needed")}


def test_what_is_too_long_is_told_by_its_line() -> None:
    text = "\n".join(["Lights", "x" * 4_001, f"# {'s' * 101}", "Till", "Cash"])
    assert problems_of(text) == {
        "pasted.2": Problem("paste_too_long", {"line": 2, "limit": 4_000, "length": 4_001}),
        "pasted.4": Problem("paste_too_long", {"line": 4, "limit": 100, "length": 101}),
        "pasted.5": Problem("paste_too_long", {"line": 5, "limit": 100, "length": 101}),
    }


def test_more_than_there_is_room_for_is_refused() -> None:
    room = {"given": 3, "room": 2, "most": 200}
    assert problems_of("a\nb\nc", 2) == {"pasted": Problem("paste_items_too_many", room)}


@given(st.text())
def test_every_text_is_read_or_refused(text: str) -> None:
    with suppress(InvalidAnswers):
        found = read_items(text)
        assert found == find_items(text)
        assert all(one.fields["text"].strip() for one in found)
