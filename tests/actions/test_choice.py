"""What the question with options reads, and what it counts."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.choice import OTHER, Choice, Option
from actions.conditions import Operator
from actions.entry import MAIN
from actions.errors import InvalidAnswers, NotFound, Problem
from actions.fields import Fields, line_id
from tests.actions.builders import a_choice

QUESTION = a_choice("Pizza", "Sushi", "Salad", most=2)


@pytest.mark.parametrize("raw", ["", " ", ",", " , ,", "\t"])
def test_a_blank_value_is_no_answer(raw: str) -> None:
    assert QUESTION.parse({MAIN: raw}) is None


def test_an_answer_is_in_the_order_of_the_options() -> None:
    assert QUESTION.parse({MAIN: "c,a"}) == ("a", "c")


def test_an_option_named_twice_is_chosen_once() -> None:
    assert QUESTION.parse({MAIN: "b,b, b ,b"}) == ("b",)


def test_spaces_around_an_option_do_not_matter() -> None:
    assert QUESTION.parse({MAIN: " a , b "}) == ("a", "b")


def test_an_unknown_option_is_refused_at_the_question() -> None:
    with pytest.raises(InvalidAnswers) as refused:
        QUESTION.parse({MAIN: "a,x"})
    assert refused.value.problems == {QUESTION.id: Problem("no_such_option")}


def test_more_than_allowed_is_refused_with_the_limit() -> None:
    with pytest.raises(InvalidAnswers) as refused:
        QUESTION.parse({MAIN: "a,b,c"})
    assert refused.value.problems == {QUESTION.id: Problem("choose_at_most", {"most": 2})}


def test_an_unknown_option_counts_before_the_number_of_them() -> None:
    with pytest.raises(InvalidAnswers) as refused:
        QUESTION.parse({MAIN: "a,b,c,x"})
    assert refused.value.problems[QUESTION.id].code == "no_such_option"


def test_the_text_of_an_option_is_not_its_name() -> None:
    with pytest.raises(InvalidAnswers):
        QUESTION.parse({MAIN: "Pizza"})


@given(st.text(alphabet="abcx, \n"))
def test_parse_gives_a_storable_answer_or_its_own_error(raw: str) -> None:
    with suppress(InvalidAnswers):
        answer = QUESTION.parse({MAIN: raw})
        assert answer is None or QUESTION.restore(list(answer)) == answer


@given(st.text())
def test_parse_of_any_text_raises_nothing_else(raw: str) -> None:
    with suppress(InvalidAnswers):
        QUESTION.parse({MAIN: raw})


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


OPEN = Choice("q", "Lunch?", (Option("a", "Pizza"), Option("b", "Sushi")), 3, least=2, other=True)


def test_own_words_are_an_answer_where_they_are_asked_for() -> None:
    answer = OPEN.parse({MAIN: "b,=", "other": " Soup "})
    assert answer == ("b", "=Soup")
    assert OPEN.enter(answer) == {MAIN: "b,=", "other": "Soup"}
    assert list(OPEN.buckets(answer)) == [("b", 0), (OTHER, 0)]
    assert OPEN.cells(answer) == (("Sushi", "Soup"),)


def test_own_words_count_as_an_answer_without_the_tick_beside_them() -> None:
    assert OPEN.parse({MAIN: "a", "other": "Soup"}) == ("a", "=Soup")


@pytest.mark.parametrize(
    ("entry", "field", "code"),
    [
        ({MAIN: "a,="}, "q.other", "other_needed"),
        ({MAIN: "a"}, "q", "choose_at_least"),
        ({MAIN: "a,b", "other": "x" * 1001}, "q.other", "too_long"),
        ({MAIN: "a,c"}, "q", "no_such_option"),
    ],
)
def test_each_wrong_answer_has_its_own_sentence(
    entry: dict[str, str], field: str, code: str
) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        OPEN.parse(entry)
    assert [(f, p.code) for f, p in refused.value.problems.items()] == [(field, code)]


def test_an_option_and_own_words_are_two_answers_where_one_is_asked() -> None:
    one = Choice("q", "Lunch?", OPEN.options, other=True)
    with pytest.raises(InvalidAnswers) as refused:
        one.parse({MAIN: "a", "other": "Soup"})
    assert refused.value.problems["q.other"].code == "other_or_option"
    assert one.parse({MAIN: "=", "other": "Soup"}) == ("=Soup",)


def test_words_where_none_are_asked_for_are_not_looked_at() -> None:
    assert QUESTION.parse({MAIN: "a", "other": "Soup"}) == ("a",)
    with pytest.raises(InvalidAnswers):
        QUESTION.parse({MAIN: "="})


@pytest.mark.parametrize(
    ("operator", "value", "answer", "meets"),
    [
        (Operator.IS, "a", ("a",), True),
        (Operator.IS, "a", ("a", "b"), False),
        (Operator.IS_NOT, "a", ("b",), True),
        (Operator.IS_NOT, "a", ("a", "b"), False),
        (Operator.CONTAINS, "a", ("a", "b"), True),
        (Operator.CONTAINS, OTHER, ("a", "=Soup"), True),
        (Operator.ABOVE, "a", ("b",), False),
    ],
)
def test_answers_are_compared_with_an_option(
    operator: Operator, value: str, answer: tuple[str, ...], *, meets: bool
) -> None:
    assert OPEN.meets(operator, value, answer) is meets


def built(**fields: str) -> tuple[Choice, dict[str, Problem]]:
    """Build a choice from the fields of a form."""
    problems: dict[str, Problem] = {}
    values = {f"f.{name}": text for name, text in fields.items()}
    return Choice.build("q", "Lunch?", OPEN.about, Fields(values, problems, "f.")), problems


def test_a_choice_is_built_from_lines_and_gives_the_same_form_again() -> None:
    fields = {"options": "Pizza\n\n Sushi ", "several": "true", "least": "1", "other": "true"}
    question, problems = built(**fields)
    assert problems == {}
    assert [o.text for o in question.options] == ["Pizza", "Sushi"]
    assert [o.id for o in question.options] == [line_id("pizza"), line_id("Sushi")]
    assert (question.most, question.least) == (3, 1)
    assert built(**question.form())[0] == question


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"options": "Pizza"}, "f.options", "lines_count"),
        ({"options": "Pizza\nPIZZA"}, "f.options", "duplicate_line"),
        ({"options": "a\n" + "b" * 1001}, "f.options", "line_too_long"),
        ({"options": "a\nb", "several": "true", "most": "x"}, "f.most", "whole_between"),
        ({"options": "a\nb", "several": "true", "least": "3"}, "f.least", "least_over_most"),
    ],
)
def test_a_choice_that_is_wrong_says_where(fields: dict[str, str], field: str, code: str) -> None:
    assert built(**fields)[1][field].code == code


def test_a_stored_answer_of_another_shape_is_none() -> None:
    assert OPEN.restore("text") == ()
    assert OPEN.restore(["=Soup", "b", "gone"]) == ("b", "=Soup")


def test_taking_own_words_away_does_not_keep_the_answers() -> None:
    without = Choice("q", "Lunch?", OPEN.options, 3)
    assert OPEN.keeps(without)
    assert not without.keeps(OPEN)
