"""What the question with two answers reads, and what it counts."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.about import NOTHING
from actions.conditions import Operator
from actions.either import NO, YES, Either
from actions.entry import MAIN, Column
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields

QUESTION = Either("q", "Will you come?")

STORED = '{"id": "q", "text": "Will you come?", "style": "yes_no"}'
"""As version 1 stores it; never edit it, add the next beside it."""


@pytest.mark.parametrize("answer", [YES, NO])
def test_an_answer_is_read_written_stored_and_read_again(answer: str) -> None:
    assert QUESTION.parse({MAIN: f" {answer} "}) == answer
    assert QUESTION.parse(QUESTION.enter(answer)) == answer
    assert QUESTION.restore(json.loads(json.dumps(answer))) == answer


@pytest.mark.parametrize("text", ["", " ", "\t"])
def test_blank_is_no_answer_and_a_gap(text: str) -> None:
    assert QUESTION.parse({MAIN: text}) is None
    assert QUESTION.gaps(None) == (MAIN,)
    assert QUESTION.gaps(NO) == ()


@pytest.mark.parametrize("text", ["maybe", "YES", "true", "yes,no", "1"])
def test_anything_else_is_refused_at_the_question(text: str) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        QUESTION.parse({MAIN: text})
    assert refused.value.problems == {"q": Problem("no_such_option")}


@given(st.dictionaries(st.sampled_from([MAIN, "other"]), st.text()))
def test_parse_of_any_text_raises_nothing_else(entry: dict[str, str]) -> None:
    with suppress(InvalidAnswers):
        assert QUESTION.parse(entry) in {YES, NO, None}


@pytest.mark.parametrize("stored", [None, "maybe", 1, True, [], ["yes"], {}])
def test_what_is_stored_of_another_question_is_no_answer(stored: object) -> None:
    assert QUESTION.restore(stored) is None


def test_an_answer_counts_in_its_bucket() -> None:
    assert list(QUESTION.buckets(YES)) == [(YES, 0)]


def test_answers_stand_when_only_the_words_change() -> None:
    assert Either("q", "Like it?", "like").keeps(QUESTION)
    assert not QUESTION.keeps(object())


def test_a_rule_compares_with_yes_or_no() -> None:
    assert QUESTION.meets(Operator.IS, YES, YES)
    assert not QUESTION.meets(Operator.IS, YES, NO)
    assert QUESTION.meets(Operator.IS_NOT, YES, NO)
    assert not QUESTION.meets(Operator.IS_NOT, YES, YES)
    assert not QUESTION.meets(Operator.CONTAINS, YES, YES)


def test_a_table_has_true_for_yes() -> None:
    assert QUESTION.columns() == (Column(type="boolean"),)
    assert (QUESTION.cells(YES), QUESTION.cells(NO)) == ((True,), (False,))


@pytest.mark.parametrize("question", [QUESTION, Either("q", "Like it?", "like")])
def test_its_form_builds_it_again(question: Either) -> None:
    fields = Fields(question.form(), {})
    assert Either.build("q", question.text, NOTHING, fields) == question


def test_stored_bytes_mean_what_they_meant() -> None:
    assert Either.decode(json.loads(STORED)) == QUESTION
    assert json.dumps(QUESTION.encode()) == STORED
