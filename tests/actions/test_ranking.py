"""What a ranking reads and refuses, and what comes of many of them."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.conditions import Operator
from actions.content import Content
from actions.entry import MAIN
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields, Line
from actions.ranking import NO_PLACE, Rank, Ranking
from actions.tallies import Tallies, recount

OPTIONS = (Line("a", "Pay"), Line("b", "Team"), Line("c", "Tools"))
QUESTION = Ranking("q", "What matters?", OPTIONS)
STORED = (
    '{"id": "q", "text": "What matters?",'
    ' "options": [["a", "Pay"], ["b", "Team"], ["c", "Tools"]], "shuffle": true}'
)
"""As version 1 of content stores it; never edit it."""

places = st.sampled_from(["", "0", "1", "2", "3", "4", "-1", "1.0", "2.5", "x", "²", "9" * 400])
orders = st.permutations(["a", "b", "c"]).map(tuple)


def _problems(**typed: str) -> dict[str, Problem]:
    with pytest.raises(InvalidAnswers) as refused:
        QUESTION.parse(typed)
    return dict(refused.value.problems)


def _tallies(*answers: tuple[str, ...]) -> Tallies:
    return recount(Content("T", (QUESTION,)), [({"q": answer}, ()) for answer in answers])


def test_the_places_give_the_order() -> None:
    assert QUESTION.parse({"a": "3", "b": " 1 ", "c": "2.0"}) == ("b", "c", "a")


@pytest.mark.parametrize("blank", ["", " ", NO_PLACE])
def test_no_places_are_no_answer(blank: str) -> None:
    assert QUESTION.parse({}) is None
    assert QUESTION.parse(dict.fromkeys("abc", blank)) is None


def test_every_option_without_a_place_is_named() -> None:
    missing = Problem("place_missing")
    assert _problems(b="1", c=NO_PLACE) == {"q.a": missing, "q.c": missing}


def test_a_place_given_twice_is_named_at_both() -> None:
    twice = Problem("place_twice", {"place": 1})
    assert _problems(a="1", b="1", c="2") == {"q.a": twice, "q.b": twice}


@pytest.mark.parametrize("place", ["4", "-1", "1.5", "first", "¹", "9" * 400])
def test_a_place_that_there_is_not_is_refused(place: str) -> None:
    wrong = Problem("whole_between", {"least": 1, "most": 3})
    assert _problems(a=place, b="1", c="2") == {"q.a": wrong}


def test_all_that_is_wrong_is_said_at_once() -> None:
    options = (*OPTIONS, Line("d", "Food"), Line("e", "Home"))
    with pytest.raises(InvalidAnswers) as refused:
        Ranking("q", "T", options).parse({"a": "1", "b": "1", "c": "9"})
    codes = {field: problem.code for field, problem in refused.value.problems.items()}
    assert codes == {
        "q.a": "place_twice",
        "q.b": "place_twice",
        "q.c": "whole_between",
        "q.d": "place_missing",
        "q.e": "place_missing",
    }


def test_places_of_options_that_are_gone_do_not_count() -> None:
    assert QUESTION.parse({"a": "1", "b": "2", "c": "3", "gone": "1"}) == ("a", "b", "c")


@given(st.dictionaries(st.sampled_from("abcx"), places | st.text()))
def test_any_typed_places_give_an_order_or_its_own_error(typed: dict[str, str]) -> None:
    with suppress(InvalidAnswers):
        answer = QUESTION.parse(typed)
        assert answer is None or sorted(answer) == ["a", "b", "c"]


@given(orders)
def test_what_an_answer_enters_is_read_as_that_answer(answer: tuple[str, ...]) -> None:
    assert QUESTION.parse(QUESTION.enter(answer)) == answer


@given(orders)
def test_an_answer_comes_back_from_its_stored_form(answer: tuple[str, ...]) -> None:
    assert QUESTION.restore(json.loads(json.dumps(answer))) == answer


@pytest.mark.parametrize(
    "stored", [["a", "b"], ["a", "b", "d"], ["a", "a", "b"], [], [1, 2, 3], "abc", None, {}]
)
def test_a_stored_order_of_other_options_says_nothing(stored: object) -> None:
    assert QUESTION.restore(stored) is None


def test_a_blank_ranking_has_one_gap() -> None:
    assert QUESTION.gaps(None) == (MAIN,)
    assert QUESTION.gaps(("a", "b", "c")) == ()


def test_an_option_has_a_field_of_its_own() -> None:
    assert QUESTION.parts == ("a", "b", "c")


def test_ranks_are_by_the_average_place() -> None:
    tallied = _tallies(("b", "a", "c"), ("b", "c", "a"), ("a", "b", "c")).of("q")
    assert QUESTION.ranks(tallied) == (
        Rank(OPTIONS[1], 4 / 3, 2),
        Rank(OPTIONS[0], 2.0, 1),
        Rank(OPTIONS[2], 8 / 3, 0),
    )


def test_of_equal_ranks_the_one_that_came_first_more_often_leads() -> None:
    tallied = _tallies(("b", "a", "c"), ("c", "a", "b")).of("q")
    assert [rank.option.id for rank in QUESTION.ranks(tallied)] == ["b", "c", "a"]


def test_there_are_no_ranks_before_the_first_answer() -> None:
    assert QUESTION.ranks(_tallies().of("q")) == ()


@given(st.lists(orders, min_size=1, max_size=20))
def test_average_places_add_up(answers: list[tuple[str, ...]]) -> None:
    ranks = QUESTION.ranks(_tallies(*answers).of("q"))
    assert sum(rank.average for rank in ranks) == pytest.approx(1 + 2 + 3)
    assert sum(rank.first for rank in ranks) == len(answers)


def test_answers_stand_as_long_as_the_options_are_the_same() -> None:
    assert Ranking("q", "Else?", OPTIONS[::-1], shuffle=True).keeps(QUESTION)
    assert not Ranking("q", "T", OPTIONS[:2]).keeps(QUESTION)
    assert not QUESTION.keeps(Ranking("q", "T", OPTIONS[:2]))
    assert not QUESTION.keeps("a question of another type")


@pytest.mark.parametrize(
    ("operator", "value", "meets"),
    [
        (Operator.IS, "b", True),
        (Operator.IS, "a", False),
        (Operator.IS_NOT, "a", True),
        (Operator.IS_NOT, "b", False),
        (Operator.ABOVE, "b", False),
    ],
)
def test_a_condition_is_about_the_first_place(
    operator: Operator, value: str, *, meets: bool
) -> None:
    assert QUESTION.meets(operator, value, ("b", "a", "c")) is meets


def test_a_table_has_the_order_in_one_cell() -> None:
    assert len(QUESTION.columns()) == 1
    assert QUESTION.cells(("b", "a", "c")) == ("Team > Pay > Tools",)


def test_a_shuffle_is_each_persons_own_and_keeps_every_option() -> None:
    options = tuple(Line(str(n), f"Option {n}") for n in range(25))
    question = Ranking("q", "T", options, shuffle=True)
    assert question.shuffled("ada") == question.shuffled("ada") != question.shuffled("ben")
    assert set(question.shuffled("ada")) == set(options)


def test_the_builders_fields_build_the_same_question() -> None:
    problems: dict[str, Problem] = {}
    typed = {"options": "Pay\n\n Team \nTools", "shuffle": "true"}
    built = Ranking.build("q", "T", QUESTION.about, Fields(typed, problems))
    assert [option.text for option in built.options] == ["Pay", "Team", "Tools"]
    assert built.shuffle
    assert problems == {}
    assert Ranking.build("q", "T", built.about, Fields(built.form(), problems)) == built


def test_one_option_alone_cannot_be_ranked() -> None:
    problems: dict[str, Problem] = {}
    Ranking.build("q", "T", QUESTION.about, Fields({"options": "Pay"}, problems))
    assert problems["options"].code == "lines_count"


def test_stored_bytes_mean_what_they_meant() -> None:
    question = Ranking.decode(json.loads(STORED))
    assert question == Ranking("q", "What matters?", OPTIONS, shuffle=True)
    assert json.dumps(question.encode()) == STORED


def test_a_question_comes_back_from_its_stored_form() -> None:
    assert Ranking.decode(QUESTION.encode()) == QUESTION
