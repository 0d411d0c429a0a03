"""What people type stays what they typed, whatever Markdown would make of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.markdown import cut, paragraphs, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[pay](https://evil.example)", r"\[pay\](https://evil.example)"),
        ("![x](https://evil.example)", r"!\[x\](https://evil.example)"),
        ("**bold** _it_", r"\*\*bold\*\* \_it\_"),
        ("~~no~~ `code` <b>", r"\~\~no\~\~ \`code\` \<b\>"),
        ("a|b", r"a\|b"),
        ("a\\*b", r"a\\\*b"),
        ("snake_case", r"snake\_case"),
        ("- item", r"\- item"),
        ("+ item", r"\+ item"),
        ("# title", r"\# title"),
        ("> quote", r"\> quote"),
        ("plus + minus - hash #", "plus + minus - hash #"),
        ("It's 5.30 (or 6)", "It's 5.30 (or 6)"),
        ("🍕 Pizza", "🍕 Pizza"),
        ("gnp.\u202egpj\u202c", "gnp.gpj"),
        ("out \u2069\u202eof its isolate", "out of its isolate"),
        ("\u200fשלום", "\u200fשלום"),
    ],
)
def test_signs_of_markdown_are_taken_as_such(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize("text", ["1. Pizza", "12) Sushi", "2026. A good year"])
def test_a_number_at_the_start_makes_no_list(text: str) -> None:
    assert not re.match(r"\d+[.)]\s", plain(text))


def test_a_number_at_the_start_of_a_later_line_makes_no_list() -> None:
    assert not re.search(r"^\d+[.)]\s", paragraphs("First\n1. Pizza"), re.MULTILINE)


@pytest.mark.parametrize("name", ["DATE", "TIME"])
def test_a_macro_of_teams_is_not_carried_out(name: str) -> None:
    shown = plain(f"{{{{{name}(2026-11-27T16:00:00Z, SHORT)}}}}")
    assert f"{{{{{name}(" not in shown
    assert shown.replace("\u200b", "").startswith(f"{{{{{name}(")


def test_other_braces_stay() -> None:
    assert plain("{{name}} {x}") == "{{name}} {x}"


def test_plain_text_is_one_line() -> None:
    assert plain(" Pizza\n\n or\tSushi ") == "Pizza or Sushi"


def test_paragraphs_keep_their_lines_apart() -> None:
    assert paragraphs(" one \n two\n\n\n- three ") == "one\n\ntwo\n\n\\- three"


def test_paragraphs_of_nothing_are_nothing() -> None:
    assert paragraphs(" \n ") == ""


@pytest.mark.parametrize(
    ("text", "longest", "shown"),
    [
        ("Pizza", 5, "Pizza"),
        ("Pizzas", 5, "Pizz…"),
        ("A b c", 3, "A…"),
        ("Pizza", None, "Pizza"),
        ("", 1, ""),
    ],
)
def test_a_long_text_is_cut_with_a_sign(text: str, longest: int | None, shown: str) -> None:
    assert cut(text, longest) == shown


def test_a_text_is_cut_before_it_is_escaped() -> None:
    assert plain("*****", 3) == r"\*\*…"


@given(st.text(), st.integers(1, 50))
def test_a_cut_text_is_never_longer_than_allowed(text: str, longest: int) -> None:
    assert len(cut(text, longest)) <= longest


@given(st.text(alphabet="ab*_[]()`~<>|\\#-+. \n"))
def test_no_sign_of_markdown_is_left_bare(text: str) -> None:
    bare = re.sub(r"\\.", "", plain(text))
    assert not set(bare) & set("*_[]`~<>|\\")


@given(st.text(alphabet="ab*_[]()`~<>|\\#-+ "))
def test_nothing_but_signs_is_added(text: str) -> None:
    assert re.sub(r"\\(.)", r"\1", plain(text)) == " ".join(text.split())
