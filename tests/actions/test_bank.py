"""Questions that are kept with their keys: what is common to all files of them."""

import pytest
from hypothesis import given

from actions.about import About
from actions.bank import (
    MOST_TAGS,
    NAME_LIMIT,
    TAG_LIMIT,
    BankItem,
    build_item,
    decoded,
    item_fields,
    tags_in,
)
from actions.errors import InvalidAnswers
from actions.fields import line_id
from actions.keys import Key
from actions.presets import preset_of
from tests.actions.bank_items import QUESTION_ID, bank_items

ICE = {"text": "Ice floats.", "right": "yes"}


def wrong(preset: str, fields: dict[str, str], **more: str) -> dict[str, str]:
    """Give the codes of what is wrong, by part."""
    with pytest.raises(InvalidAnswers) as refused:
        build_item("q1", preset, fields, [more.get("tag", "")], more.get("name", ""))
    return {part: problem.code for part, problem in refused.value.problems.items()}


def test_a_question_is_built_with_its_key() -> None:
    item = build_item("q1", "yes_no", ICE | {"explanation": "It is\r\nlight.", "points": "2"})
    assert item.question.id == "q1"
    assert item.key == Key("yes", points=2, explanation="It is\nlight.")


@given(bank_items())
def test_a_question_is_built_from_its_own_fields(item: BankItem) -> None:
    fields, preset = item_fields(item), preset_of(item.question).name
    again = build_item(QUESTION_ID, preset, fields, item.tags, item.name)
    assert again.question == item.question
    assert item_fields(again) == fields


def test_a_question_without_what_is_right_is_refused() -> None:
    assert wrong("yes_no", {"text": "Ice floats."}) == {"right": "right_either_needed"}
    assert wrong("one", {"text": "Q", "options": "a\nb"}) == {"right": "right_option_needed"}


def test_everything_that_is_wrong_is_told_at_once() -> None:
    fields = {"text": "", "right": "maybe", "points": "0", "image": "http://example.com/a.png"}
    assert wrong("yes_no", fields, name="n" * (NAME_LIMIT + 1), tag="t" * (TAG_LIMIT + 1)) == {
        "text": "question_needed",
        "right": "no_such_option",
        "points": "whole_between",
        "image": "image_address",
        "name": "too_long",
        "tags": "too_long",
    }


def test_an_option_that_is_there_twice_is_the_only_problem() -> None:
    assert wrong("one", {"text": "Q", "options": "a\nA", "right": line_id("a")}) == {
        "options": "duplicate_line"
    }


def test_tags_are_different_and_not_too_many() -> None:
    item = build_item("q1", "yes_no", ICE, ["Fire,  smoke\u00a0 alarm", "FIRE", "", "gas"])
    assert item.tags == ("Fire", "smoke alarm", "gas")
    many = ",".join(map(str, range(MOST_TAGS + 1)))
    assert wrong("yes_no", ICE, tag=many) == {"tags": "tags_over"}


def test_a_picture_is_described_only_where_there_is_one() -> None:
    assert build_item("q1", "yes_no", ICE | {"image_alt": "A cat"}).question.about == About()


def test_commas_and_lines_separate_tags() -> None:
    assert tags_in(" a b,c\n,d ") == ["a b", "c", "d"]


@pytest.mark.parametrize(
    "data",
    [
        "Größe?".encode(),
        "Größe?".encode("utf-8-sig"),
        "Größe?".encode("utf-16"),
        b"\xfe\xff" + "Größe?".encode("utf-16-be"),
        "Größe?".encode("cp1252"),
    ],
)
def test_files_are_read_whatever_editor_wrote_them(data: bytes) -> None:
    assert decoded(data) == "Größe?"


@pytest.mark.parametrize("data", [b"", b"\xff\xfea", b"\x81\x8d", b"\xff\xfe\x00\xd8"])
def test_bytes_that_are_no_text_do_not_raise(data: bytes) -> None:
    assert isinstance(decoded(data), str)
