"""What a creator formats is formatted, and nothing else is: whatever else it looks like."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.parts import card, size
from cards.rich_text import blocks, formatted
from tests.cards.looks import TEXTS, checked
from tests.teams.cards import Card, walk


def _drawn(body: str) -> list[Card]:
    shown = [card(TEXTS, [block]) for block in blocks(body)]
    return [node for one in shown for node in walk(checked(one)) if "text" in node]


def _texts(body: str) -> list[str]:
    return [node["text"] for node in _drawn(body)]


def _read_aloud(body: str) -> str:
    """Give the signs of a text without links that are neither spaces nor there to escape."""
    return re.sub(r"[\s\\\u200b]", "", "".join(_texts(body)))


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("a **b c** d", "a **b c** d"),
        ("a __b__, *c* and _d_", "a __b__, *c* and _d_"),
        ("***both*** **_both_**", "***both*** **_both_**"),
        ("**太字**です", "**太字**です"),
        ("[the plan](https://a.example/x)", "[the plan](https://a.example/x)"),
        ("**[x](https://a.example)**", "**[x](https://a.example)**"),
        ("[a](https://a.example/b_(c)*)", "[a](https://a.example/b_%28c%29%2A)"),
        ("[a](https://ä.example/ü?q=1&r=%20)", "[a](https://%C3%A4.example/%C3%BC?q=1&r=%20)"),
        ("see https://a.example/x.", "see [https://a.example/x](https://a.example/x)."),
        (
            "(https://a.example/b_(c))",
            "([https://a.example/b\\_(c)](https://a.example/b_%28c%29))",
        ),
        (r"5 \* 3 \_x\_", r"5 \* 3 \_x\_"),
    ],
)
def test_what_teams_draws_is_formatted(line: str, shown: str) -> None:
    assert formatted(line) == shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("[pay](javascript:alert(1))", r"\[pay\](javascript:alert(1))"),
        ("[pay](http://a.example)", r"\[pay\](http://a.example)"),
        ("[pay](https://teams.microsoft.com@evil.example)",) * 2,
        ("[pay](data:text/html,x)", r"\[pay\](data:text/html,x)"),
        ("<b>x</b> ~~no~~ `code` a|b", r"\<b\>x\</b\> \~\~no\~\~ \`code\` a\|b"),
        ("snake_case_name 2 * 3 * 4", r"snake\_case\_name 2 \* 3 \* 4"),
        ("** not bold ** _ nor _ this", r"\*\* not bold \*\* \_ nor \_ this"),
        ("**never closed", r"\*\*never closed"),
        ("Say {{DATE(2026-11-27T16:00:00Z)}}", "Say {\u200b{DATE(2026-11-27T16:00:00Z)}}"),
        (r"{\{DATE(x)}}", r"{\\{DATE(x)}}"),
        ("#no heading", r"\#no heading"),
        ("---", r"\---"),
        ("**" + "x" * 501 + "**", r"\*\*" + "x" * 501 + r"\*\*"),
    ],
)
def test_all_else_is_shown_as_it_was_typed(line: str, shown: str) -> None:
    expected = shown.replace("[", "\\[").replace("]", "\\]") if shown == line else shown
    assert formatted(line) == expected


@pytest.mark.parametrize("line", ["![x](https://a.example/x.png)", "Look!https://a.example"])
def test_a_link_is_never_a_picture(line: str) -> None:
    assert "![" not in formatted(line)


def test_an_address_that_would_fill_a_card_is_no_link() -> None:
    assert formatted("[x](https://a.example/" + "ü" * 400 + ")").startswith(r"\[x\]")
    shown = formatted("https://a.example/" + "x" * 900)
    assert shown.startswith("[https://a.example/xxx")
    assert "…](https://" in shown


def test_headings_are_blocks_of_their_own() -> None:
    first, second, third = _drawn("# Fire\n## At **night** ##\nLeave.")
    assert (first["text"], first["style"], first["size"]) == ("Fire", "heading", "Medium")
    assert (second["text"], second["style"]) == ("At **night**", "heading")
    assert second["size"] == "Default"
    assert "style" not in third


def test_lines_lists_and_blank_lines_make_blocks() -> None:
    assert _texts("One\ntwo\n\nthree\n- a\n* b\n+ c\n• d\n1. x\n2) y") == [
        "One\n\ntwo",
        "three",
        "- a\n- b\n- c\n- d",
        "1. x\n2. y",
    ]


def test_an_item_is_no_list_in_a_list() -> None:
    assert _texts("- - a\n- 1. b") == ["- \\- a\n- 1\\. b"]


def test_each_paragraph_runs_its_own_way() -> None:
    shown = [block.model_dump(exclude_none=True) for block in blocks("Leave.\nצאו.\n# חדר")]
    assert [block.get("rtl") for block in shown] == [None, True, True]


def test_nothing_makes_no_block() -> None:
    assert list(blocks(" \n\n\t")) == []


@pytest.mark.parametrize(
    "unit",
    [
        "x ",
        "x",
        "**a",
        "*a_",
        "__a ",
        "[",
        '"',
        "\\",
        "(https://a.",
        "[a](https://",
        "é",
        "\n",
        "- \n",
    ],
)
def test_blocks_are_small_whatever_is_typed(unit: str) -> None:
    body = (unit * 10_000)[:10_000]
    assert all(size(card(TEXTS, [block])) < 8_000 for block in blocks(body))


def test_a_long_paragraph_goes_on_at_a_space_with_nothing_lost() -> None:
    body = " ".join(f"word{number}" for number in range(1_500))
    shown = _texts(body)
    assert len(shown) > 2
    assert " ".join(shown) == body


@given(st.text(alphabet='ab \n*_[]()#-1.!\\"{}<>|~`é', max_size=200))
def test_no_letter_is_lost_and_no_link_is_made(body: str) -> None:
    shown = _read_aloud(body)
    letters = 'abé{}<>|~`"!'
    assert [c for c in shown if c in letters] == [c for c in body if c in letters]
    assert "](" not in re.sub(r"\\.", "", "".join(_texts(body)))


@given(st.text(max_size=300))
def test_any_text_can_be_shown(body: str) -> None:
    for block in blocks(body):
        checked(card(TEXTS, [block]))
