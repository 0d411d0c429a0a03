"""What statements on one scale read, count and work out."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.about import NOTHING
from actions.conditions import Operator
from actions.content import Content
from actions.entry import Column
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields, Line, line_id
from actions.likert import Likert, Rated
from actions.tallies import recount

ROWS = (Line("r1", "My manager listens"), Line("r2", "The lift works"))
LEVELS = (Line("no", "Disagree"), Line("so", "Neither"), Line("ok", "Agree"))
QUESTION = Likert("q", "How far do you agree?", ROWS, LEVELS)

STORED = (
    '{"id": "q", "text": "How far do you agree?",'
    ' "rows": [["r1", "My manager listens"], ["r2", "The lift works"]],'
    ' "levels": [["no", "Disagree"], ["so", "Neither"], ["ok", "Agree"]]}'
)
"""As version 1 stores it; never edit it, add the next beside it."""

names = st.sampled_from(["r1", "r2", "r3", ""])
levels = st.sampled_from(["no", "so", "ok", "gone", ""])


def built(rows: list[str], options: list[str]) -> tuple[Likert, dict[str, Problem]]:
    """Build a question from lines."""
    problems: dict[str, Problem] = {}
    values = {"rows": "\n".join(rows), "levels": "\n".join(options)}
    return Likert.build("q", "?", NOTHING, Fields(values, problems)), problems


def test_an_answer_is_in_the_order_of_the_rows() -> None:
    assert QUESTION.parse({"r2": "ok", "r1": " no "}) == ("r1=no", "r2=ok")


def test_rows_that_are_blank_are_not_answered() -> None:
    assert QUESTION.parse({"r1": " ", "r2": "so"}) == ("r2=so",)
    assert QUESTION.parse({"r1": "", "": "so"}) is None


def test_a_required_one_needs_every_row() -> None:
    assert QUESTION.gaps(None) == ("r1", "r2")
    assert QUESTION.gaps(("r1=no",)) == ("r2",)
    assert QUESTION.gaps(("r1=no", "r2=no")) == ()


def test_unknown_levels_are_refused_at_all_their_rows_at_once() -> None:
    with pytest.raises(InvalidAnswers) as refused:
        QUESTION.parse({"r1": "Agree", "r2": "no,so"})
    problem = Problem("no_such_option")
    assert refused.value.problems == {"q.r1": problem, "q.r2": problem}


@given(st.dictionaries(names, levels | st.text()))
def test_parse_gives_an_answer_that_can_be_stored_and_written_or_its_own_error(
    entry: dict[str, str],
) -> None:
    with suppress(InvalidAnswers):
        answer = QUESTION.parse(entry)
        if answer is not None:
            assert QUESTION.restore(json.loads(json.dumps(answer))) == answer
            assert QUESTION.parse(QUESTION.enter(answer)) == answer


@given(st.none() | st.text() | st.lists(st.text() | st.integers() | st.none()))
def test_restore_of_anything_gives_an_answer_or_none(stored: Any) -> None:
    answer = QUESTION.restore(stored)
    assert answer is None or QUESTION.parse(QUESTION.enter(answer)) == answer


def test_what_was_said_of_rows_and_levels_that_are_gone_is_left_out() -> None:
    assert QUESTION.restore(["r3=ok", "r2=ok", "r1=gone"]) == ("r2=ok",)
    assert QUESTION.restore(["r3=ok"]) is None


@given(
    st.lists(st.dictionaries(st.sampled_from(["r1", "r2"]), st.sampled_from(["no", "so", "ok"])))
)
def test_how_each_row_was_answered_is_what_its_answers_say(entries: list[dict[str, str]]) -> None:
    given_answers = [answer for entry in entries if (answer := QUESTION.parse(entry))]
    tallies = recount(Content("", (QUESTION,)), [({"q": a}, ()) for a in given_answers])
    for rated in QUESTION.rated(tallies.of("q")):
        said = [entry[rated.row.id] for entry in entries if rated.row.id in entry]
        assert rated.counts == tuple(said.count(level.id) for level in LEVELS)


def test_the_average_is_that_of_the_levels_positions() -> None:
    rated = Rated(ROWS[0], (1, 0, 3))
    assert (rated.answered, rated.average, rated.share(3)) == (4, 2.5, 0.75)


def test_a_row_that_nobody_answered_has_neither_average_nor_share() -> None:
    rated = Rated(ROWS[0], (0, 0, 0))
    assert (rated.average, rated.share(0)) == (0.0, 0.0)


def test_answers_stand_as_long_as_every_row_and_level_is_there() -> None:
    assert QUESTION.keeps(Likert("q", "?", ROWS[1:], LEVELS[::-1]))
    assert not QUESTION.keeps(Likert("q", "?", (*ROWS, Line("r3", "x")), LEVELS))
    assert not QUESTION.keeps(Likert("q", "?", ROWS, (*LEVELS, Line("x", "x"))))
    assert not QUESTION.keeps(object())


def test_no_rule_asks_for_it() -> None:
    assert QUESTION.operators == ()
    assert not QUESTION.meets(Operator.IS, "r1=no", ("r1=no",))


def test_a_table_has_a_column_for_each_statement() -> None:
    assert QUESTION.columns() == (Column("My manager listens"), Column("The lift works"))
    assert QUESTION.cells(("r2=ok",)) == (None, "Agree")


def test_the_builder_names_rows_and_levels_by_their_words() -> None:
    question, problems = built(["The lift works"], ["No", "Yes"])
    assert not problems
    assert question.rows == (Line(line_id("the  LIFT works"), "The lift works"),)
    assert Likert.build("q", "?", NOTHING, Fields(question.form(), {})) == question


def test_the_builder_is_told_of_all_fields_that_are_wrong_at_once() -> None:
    _, problems = built([], ["x" * 101])
    assert {name: problem.code for name, problem in problems.items()} == {
        "rows": "lines_count",
        "levels": "line_too_long",
    }


def test_more_statements_than_fit_a_card_are_refused_with_how_many_do() -> None:
    seven = [f"Level {n}" for n in range(7)]
    _, problems = built([f"Row {n}" for n in range(18)], seven)
    expected = Problem("too_many_rows", {"most": 17, "levels": 7, "given": 18})
    assert problems == {"rows": expected}
    _, problems = built([f"Row {n}" for n in range(17)], seven)
    assert not problems


def test_stored_bytes_mean_what_they_meant() -> None:
    assert Likert.decode(json.loads(STORED)) == QUESTION
    assert json.dumps(QUESTION.encode()) == STORED
