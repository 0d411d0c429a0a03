"""Text as databases take it."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.text import clean, containing, dump_json, folded

ANY_TEXT = st.text(alphabet=st.characters(categories=None))


@given(ANY_TEXT)
def test_clean_text_is_what_databases_take(text: str) -> None:
    cleaned = clean(text)
    assert "\0" not in cleaned
    assert cleaned.encode().decode() == cleaned
    assert clean(cleaned) == cleaned


@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_clean_text_is_left_alone(text: str) -> None:
    assert clean(text) == text


@given(st.dictionaries(ANY_TEXT, st.lists(ANY_TEXT)))
def test_any_text_goes_into_json(value: dict[str, list[str]]) -> None:
    dumped = dump_json(value)
    assert "\0" not in "".join(text for texts in orjson.loads(dumped).values() for text in texts)


def test_pairs_of_surrogates_become_their_character() -> None:
    assert clean("\ud83c\udf55") == "🍕"


def test_json_leaves_a_written_escape_alone() -> None:
    assert orjson.loads(dump_json(["\\u0000"])) == ["\\u0000"]


@pytest.mark.parametrize(
    ("search", "pattern"),
    [("100%", "%100\\%%"), ("a_b", "%a\\_b%"), ("\\", "%\\\\%"), (" Ä ", "%ä%")],
)
def test_search_takes_everything_literally(search: str, pattern: str) -> None:
    assert containing(search) == pattern


def test_folded_names_are_compared_as_people_do() -> None:
    assert folded("Zoë") == folded("ZOE\N{COMBINING DIAERESIS}")
