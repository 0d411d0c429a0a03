"""What a scale reads, counts and works out."""

import json
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.about import NOTHING
from actions.conditions import Operator
from actions.content import Content
from actions.entry import MAIN, Column
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields
from actions.scale import Promotion, Scale
from actions.tallied import Tallied
from actions.tallies import recount

STARS = Scale("q", "How was it?", "stars", 5, "poor", "excellent")
NUMBERS = Scale("q", "How hard was it?", "numbers", 10)
NPS = Scale("q", "Would you recommend us?", "nps", 10)

STORED = (
    '{"id": "q", "text": "How was it?", "style": "stars", "top": 5,'
    ' "low_label": "poor", "high_label": "excellent"}'
)
"""As version 1 stores it; never edit it, add the next beside it."""

WILD = st.sampled_from(["NaN", "Infinity", "-inf", "1e400", "9" * 5_000, "٣", "0x4", "3.", "½"])


def tallied(question: Scale, *levels: int) -> Tallied:
    """Count answers."""
    return recount(Content("", (question,)), [({"q": level}, ()) for level in levels]).of("q")


def refusal(question: Scale, text: str) -> Problem:
    """Give why a text is refused."""
    with pytest.raises(InvalidAnswers) as refused:
        question.parse({MAIN: text})
    assert list(refused.value.problems) == ["q"]
    return refused.value.problems["q"]


@pytest.mark.parametrize("text", ["4", "4.0", " 4 "])
def test_a_level_is_read_however_a_client_writes_it(text: str) -> None:
    assert STARS.parse({MAIN: text}) == 4


@pytest.mark.parametrize("text", ["", " ", "0", "0.0"])
def test_no_stars_are_no_answer(text: str) -> None:
    assert STARS.parse({MAIN: text}) is None


def test_nought_is_a_level_where_one_is_asked_how_likely_one_recommends() -> None:
    assert NPS.parse({MAIN: "0"}) == 0
    assert NPS.parse({MAIN: ""}) is None
    assert NPS.gaps(0) == ()
    assert NPS.gaps(None) == (MAIN,)


@pytest.mark.parametrize("text", ["3.5", "3,5", "4.01", "-1.5"])
def test_a_part_of_a_level_is_refused_in_its_own_words(text: str) -> None:
    assert refusal(STARS, text) == Problem("level_between", {"least": 1, "most": 5})


@pytest.mark.parametrize("text", ["6", "-1", "five", "NaN", "Infinity", "1e400", "9" * 5_000])
def test_what_is_no_level_is_refused_with_the_ends_of_the_scale(text: str) -> None:
    assert refusal(STARS, text) == Problem("level_outside", {"least": 1, "most": 5})


def test_nought_is_outside_a_scale_of_numbers() -> None:
    assert refusal(NUMBERS, "0") == Problem("level_outside", {"least": 1, "most": 10})


@pytest.mark.parametrize("question", [STARS, NUMBERS, NPS])
@given(text=st.text() | WILD | st.decimals().map(str) | st.floats().map(str))
def test_parse_of_any_text_gives_a_level_or_its_own_error(question: Scale, text: str) -> None:
    with suppress(InvalidAnswers):
        answer = question.parse({MAIN: text})
        assert answer is None or answer in question.levels


@pytest.mark.parametrize("question", [STARS, NUMBERS, NPS])
def test_every_level_is_written_read_stored_and_compared_as_such(question: Scale) -> None:
    for level in question.levels:
        assert question.parse(question.enter(level)) == level
        assert question.restore(json.loads(json.dumps(level))) == level
        assert question.meets(Operator.IS, str(level), level)
        assert question.cells(level) == (level,)


@pytest.mark.parametrize("stored", [None, True, 0, 6, 3.0, "3", [3], {}])
def test_what_is_no_level_of_today_is_no_answer(stored: object) -> None:
    assert STARS.restore(stored) is None


def test_rules_compare_by_the_order_of_the_levels() -> None:
    assert NUMBERS.meets(Operator.ABOVE, "9", 10)
    assert NUMBERS.meets(Operator.BELOW, "10", 9)
    assert NUMBERS.meets(Operator.IS_NOT, "1", 10)
    assert not NUMBERS.meets(Operator.ABOVE, "much", 10)


def test_answers_stand_as_long_as_every_level_is_there() -> None:
    assert NUMBERS.keeps(STARS)
    assert not STARS.keeps(NUMBERS)
    assert not NUMBERS.keeps(NPS)
    assert not STARS.keeps(object())


@given(st.lists(st.sampled_from(STARS.levels), min_size=1))
def test_the_average_is_the_mean_of_the_answers(levels: list[int]) -> None:
    assert STARS.average(tallied(STARS, *levels)) == float(Fraction(sum(levels), len(levels)))


def test_the_average_of_nobody_is_nought() -> None:
    assert STARS.average(tallied(STARS)) == 0.0


def test_promoters_give_9_or_10_and_detractors_at_most_6() -> None:
    assert NPS.promotion(tallied(NPS, *NPS.levels)) == Promotion(2, 2, 7)


@pytest.mark.parametrize(
    ("groups", "score"),
    [
        (Promotion(1, 0, 0), 100),
        (Promotion(0, 0, 3), -100),
        (Promotion(0, 5, 0), 0),
        (Promotion(0, 0, 0), 0),
        (Promotion(50, 30, 20), 30),
        (Promotion(2, 0, 1), 33),
        (Promotion(1, 7, 0), 13),
    ],
)
def test_the_score_is_promoters_less_detractors_in_percent(groups: Promotion, score: int) -> None:
    assert groups.score == score


def test_a_table_has_the_number() -> None:
    assert STARS.columns() == (Column(type="number"),)


@pytest.mark.parametrize("question", [STARS, NUMBERS, NPS])
def test_its_form_builds_it_again(question: Scale) -> None:
    problems: dict[str, Problem] = {}
    assert Scale.build("q", question.text, NOTHING, Fields(question.form(), problems)) == question
    assert not problems


def test_the_builder_is_told_of_all_fields_that_are_wrong_at_once() -> None:
    problems: dict[str, Problem] = {}
    values = {"x.levels": "11", "x.low_label": "a" * 101, "x.high_label": "b" * 102}
    Scale.build("q", "?", NOTHING, Fields(values, problems, "x."))
    assert problems == {
        "x.levels": Problem("whole_between", {"least": 2, "most": 10}),
        "x.low_label": Problem("too_long", {"limit": 100, "length": 101}),
        "x.high_label": Problem("too_long", {"limit": 100, "length": 102}),
    }


def test_how_likely_one_recommends_has_its_own_levels_whatever_is_typed() -> None:
    problems: dict[str, Problem] = {}
    fields = Fields({"style": "nps", "levels": "many"}, problems)
    assert Scale.build("q", "?", NOTHING, fields).levels == range(11)
    assert not problems


def test_stored_bytes_mean_what_they_meant() -> None:
    assert Scale.decode(json.loads(STORED)) == STARS
    assert json.dumps(STARS.encode()) == STORED


def test_a_stored_scale_without_words_has_none() -> None:
    assert Scale.decode(json.loads(json.dumps(NPS.encode()))) == NPS
