"""What the question that is answered in words reads and refuses."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.about import NOTHING
from actions.conditions import Operator
from actions.entry import MAIN
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields
from actions.questions import takes_words, words_of
from actions.text import LONGEST, SHORT, Text

QUESTION = Text("q", "Name?")
LONG = Text("q", "Why?", long=True, limit=4_000)
STORED = '{"id": "q", "text": "Why?", "limit": 4000, "long": true}'
"""As version 1 of content stores it; never edit it."""


def _built(**typed: str) -> tuple[Text, dict[str, Problem]]:
    problems: dict[str, Problem] = {}
    return Text.build("q", "T", NOTHING, Fields(typed, problems)), problems


def test_words_are_trimmed() -> None:
    assert QUESTION.parse({MAIN: "  Ada \n"}) == "Ada"


def test_line_breaks_inside_stay() -> None:
    assert LONG.parse({MAIN: "One\r\n\nTwo\tx"}) == "One\r\n\nTwo\tx"


@pytest.mark.parametrize("blank", ["", "  \n ", "\x00\x07", "\ud800"])
def test_nothing_to_read_is_no_answer(blank: str) -> None:
    assert QUESTION.parse({MAIN: blank}) is None


def test_control_characters_are_left_out() -> None:
    assert QUESTION.parse({MAIN: "A\x00d\x1b[0ma\ud800"}) == "Ad[0ma"


def test_one_character_too_many_is_refused_with_the_limit() -> None:
    assert QUESTION.parse({MAIN: " " + "x" * SHORT + " "}) == "x" * SHORT
    with pytest.raises(InvalidAnswers) as refused:
        QUESTION.parse({MAIN: "x" * (SHORT + 1)})
    values = {"limit": SHORT, "length": SHORT + 1}
    assert refused.value.problems == {"q": Problem("too_long", values)}


@given(st.text(st.characters()))
def test_any_text_is_an_answer_that_can_be_stored_or_its_own_error(text: str) -> None:
    with suppress(InvalidAnswers):
        answer = LONG.parse({MAIN: text})
        if answer is not None:
            assert LONG.restore(json.loads(json.dumps(answer))) == answer
            assert LONG.parse(LONG.enter(answer)) == answer


@pytest.mark.parametrize("stored", [None, "", 7, ["a"], {}])
def test_what_is_no_text_is_no_stored_answer(stored: object) -> None:
    assert QUESTION.restore(stored) is None


def test_an_answer_from_before_a_shorter_limit_stands() -> None:
    assert QUESTION.restore("x" * 1_000) == "x" * 1_000
    assert QUESTION.keeps(LONG)
    assert not QUESTION.keeps("a question of another type")


def test_every_answer_is_someones_own_words() -> None:
    assert takes_words(QUESTION)
    assert words_of(QUESTION, "Ada") == "Ada"
    assert words_of(QUESTION, None) == ""


def test_words_are_not_counted() -> None:
    assert list(QUESTION.buckets("Ada")) == []


def test_a_blank_field_is_a_gap() -> None:
    assert QUESTION.gaps(None) == (MAIN,) == QUESTION.parts
    assert QUESTION.gaps("Ada") == ()


@pytest.mark.parametrize(
    ("operator", "value", "meets"),
    [
        (Operator.IS, "ada  LOVELACE", True),
        (Operator.IS, "Ada", False),
        (Operator.IS_NOT, "Ada", True),
        (Operator.IS_NOT, "ada lovelace", False),
        (Operator.CONTAINS, "LOVE", True),
        (Operator.CONTAINS, "hate", False),
        (Operator.ABOVE, "A", False),
    ],
)
def test_words_are_compared_without_case_and_spaces(
    operator: Operator, value: str, *, meets: bool
) -> None:
    assert QUESTION.meets(operator, value, " Ada Lovelace") is meets


def test_a_table_has_the_words_in_one_cell() -> None:
    assert len(QUESTION.columns()) == 1
    assert QUESTION.cells("One\nTwo") == ("One\nTwo",)


def test_a_short_text_and_a_long_one_have_their_own_limits() -> None:
    assert _built() == (Text("q", "T", long=False, limit=SHORT), {})
    assert _built(long="true") == (Text("q", "T", long=True, limit=LONGEST), {})
    assert _built(limit="40")[0].limit == 40


@pytest.mark.parametrize("limit", ["0", "4001", "many", "-1"])
def test_a_limit_that_cannot_be_is_refused(limit: str) -> None:
    expected = Problem("whole_between", {"least": 1, "most": LONGEST})
    assert _built(limit=limit)[1] == {"limit": expected}


@pytest.mark.parametrize("question", [QUESTION, LONG, Text("q", "T", limit=7)])
def test_the_builders_fields_build_the_same_question(question: Text) -> None:
    built = Text.build("q", question.text, NOTHING, Fields(question.form(), {}))
    assert built == question


def test_stored_bytes_mean_what_they_meant() -> None:
    assert Text.decode(json.loads(STORED)) == LONG
    assert json.dumps(LONG.encode()) == STORED
    assert Text.decode(QUESTION.encode()) == QUESTION
