"""What the question with options reads, and what it counts."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.choice import Choice, Option
from actions.errors import InvalidAnswers, NotFound, Problem
from tests.actions.builders import a_choice

QUESTION = a_choice("Pizza", "Sushi", "Salad", most=2)


@pytest.mark.parametrize("raw", ["", " ", ",", " , ,", "\t"])
def test_a_blank_value_is_no_answer(raw: str) -> None:
    assert QUESTION.parse(raw) is None


def test_an_answer_is_in_the_order_of_the_options() -> None:
    assert QUESTION.parse("c,a") == ("a", "c")


def test_an_option_named_twice_is_chosen_once() -> None:
    assert QUESTION.parse("b,b, b ,b") == ("b",)


def test_spaces_around_an_option_do_not_matter() -> None:
    assert QUESTION.parse(" a , b ") == ("a", "b")


def test_an_unknown_option_is_refused_at_the_question() -> None:
    with pytest.raises(InvalidAnswers) as refused:
        QUESTION.parse("a,x")
    assert refused.value.problems == {QUESTION.id: Problem("no_such_option")}


def test_more_than_allowed_is_refused_with_the_limit() -> None:
    with pytest.raises(InvalidAnswers) as refused:
        QUESTION.parse("a,b,c")
    assert refused.value.problems == {QUESTION.id: Problem("too_many_chosen", {"most": 2})}


def test_an_unknown_option_counts_before_the_number_of_them() -> None:
    with pytest.raises(InvalidAnswers) as refused:
        QUESTION.parse("a,b,c,x")
    assert refused.value.problems[QUESTION.id].code == "no_such_option"


def test_the_text_of_an_option_is_not_its_name() -> None:
    with pytest.raises(InvalidAnswers):
        QUESTION.parse("Pizza")


@given(st.text(alphabet="abcx, \n"))
def test_parse_gives_a_storable_answer_or_its_own_error(raw: str) -> None:
    with suppress(InvalidAnswers):
        answer = QUESTION.parse(raw)
        assert answer is None or QUESTION.restore(list(answer)) == answer


@given(st.text())
def test_parse_of_any_text_raises_nothing_else(raw: str) -> None:
    with suppress(InvalidAnswers):
        QUESTION.parse(raw)


def test_options_that_were_deleted_are_left_out_of_a_stored_answer() -> None:
    assert QUESTION.restore(["gone", "c", "a"]) == ("a", "c")


def test_an_option_is_found_by_its_id() -> None:
    assert QUESTION.option("b") == Option("b", "Sushi")


def test_an_option_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound) as missing:
        QUESTION.option("x")
    assert missing.value.code == "no_such_option"


def test_an_answer_counts_once_in_each_chosen_option() -> None:
    assert list(QUESTION.buckets(("a", "c"))) == [("a", 0), ("c", 0)]


def test_an_answer_of_another_type_counts_nowhere() -> None:
    assert list(QUESTION.buckets("a")) == []


@pytest.mark.parametrize(("most", "several"), [(1, False), (2, True), (3, True)])
def test_several_means_more_than_one(most: int, *, several: bool) -> None:
    assert a_choice(most=most).several is several


@pytest.mark.parametrize(
    ("now", "keeps"),
    [
        (a_choice("Pizza", "Sushi"), True),
        (a_choice("Pizza", "Sushi", "Salad"), True),
        (a_choice("Soup", "Sushi"), True),
        (a_choice("Pizza"), False),
    ],
    ids=["same", "one more", "other words", "one less"],
)
def test_answers_stand_as_long_as_every_option_is_there(now: Choice, *, keeps: bool) -> None:
    assert now.keeps(a_choice("Pizza", "Sushi")) is keeps


def test_answers_to_something_else_do_not_stand() -> None:
    assert not QUESTION.keeps("a question of another type")


def test_a_shuffle_keeps_every_option_and_is_the_same_for_the_same_seed() -> None:
    options = tuple(Option(str(number), f"Option {number}") for number in range(25))
    question = Choice("q", "T", options)
    one, other = question.shuffled("ada"), question.shuffled("ben")
    assert one == question.shuffled("ada")
    assert one != other
    assert set(one) == set(other) == set(options)
