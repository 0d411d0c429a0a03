"""What the questions that are answered with a date or a time read and refuse."""

import json
from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.about import NOTHING
from actions.conditions import Operator
from actions.entry import MAIN, Column
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields
from actions.moment import Date, Moment, TimeOfDay

DAY = Date("q", "When?", "2026-11-01", "2026-11-30")
CLOCK = TimeOfDay("q", "At what time?", "06:00", "20:00")
STORED = (
    '{"id": "q", "text": "When?", "least": "2026-11-01", "most": "2026-11-30"}',
    '{"id": "q", "text": "At what time?", "least": "06:00", "most": "20:00"}',
)
"""As version 1 of content stores them; never edit them."""


def _problem(question: Moment, text: str) -> Problem:
    with pytest.raises(InvalidAnswers) as refused:
        question.parse({MAIN: text})
    (found,) = refused.value.problems.items()
    assert found[0] == question.id
    return found[1]


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-27",
        " 2026-11-27 ",
        "2026-11-27T00:00:00Z",
        "2026-11-27T14:05:00.000+02:00",
    ],
)
def test_a_day_is_read_with_or_without_a_time_behind_it(text: str) -> None:
    assert Date("q", "T").parse({MAIN: text}) == "2026-11-27"


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "2024-02-29"])
def test_every_day_of_the_calendar_is_one(text: str) -> None:
    assert Date("q", "T").parse({MAIN: text}) == text


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "2026-04-31"]
)
def test_a_day_that_there_is_not_is_refused(text: str) -> None:
    assert _problem(Date("q", "T"), text) == Problem("no_such_date")


@pytest.mark.parametrize(
    "text",
    ["27.11.2026", "11/27/2026", "2026-1-1", "20261127", "2026-W48-5", "today", "２026-11-27"],
)
def test_what_is_no_day_is_told_how_to_write_one(text: str) -> None:
    assert _problem(Date("q", "T"), text) == Problem("date_unreadable")


@pytest.mark.parametrize(
    ("text", "read"),
    [("17:30", "17:30"), ("7:05", "07:05"), ("00:00", "00:00"), ("23:59:59", "23:59")],
)
def test_a_time_is_read_to_the_minute(text: str, read: str) -> None:
    assert TimeOfDay("q", "T").parse({MAIN: text}) == read


@pytest.mark.parametrize("text", ["24:00", "12:60", "99:99"])
def test_a_time_that_there_is_not_is_refused(text: str) -> None:
    assert _problem(TimeOfDay("q", "T"), text) == Problem("no_such_time")


@pytest.mark.parametrize("text", ["5", "5 pm", "17.30", "1730", "noon", "٠٥:٠٠", "17:3"])
def test_what_is_no_time_is_told_how_to_write_one(text: str) -> None:
    assert _problem(TimeOfDay("q", "T"), text) == Problem("time_unreadable")


@pytest.mark.parametrize("question", [DAY, CLOCK])
def test_a_blank_field_is_no_answer(question: Moment) -> None:
    assert question.parse({MAIN: " "}) is None
    assert question.parse({}) is None


def test_both_bounds_may_be_answered() -> None:
    assert DAY.parse({MAIN: "2026-11-01"}) == "2026-11-01"
    assert DAY.parse({MAIN: "2026-11-30"}) == "2026-11-30"


def test_what_is_outside_is_refused_with_the_bound() -> None:
    early = Problem("moment_before", {"least": date(2026, 11, 1)})
    assert _problem(DAY, "2026-10-31") == early
    assert _problem(DAY, "2026-12-01") == Problem("moment_after", {"most": date(2026, 11, 30)})
    assert _problem(CLOCK, "05:59") == Problem("moment_before", {"least": time(6)})
    assert _problem(CLOCK, "20:01") == Problem("moment_after", {"most": time(20)})


typed = st.text() | st.dates().map(str) | st.times().map(str) | st.datetimes().map(str)


@pytest.mark.parametrize("question", [DAY, CLOCK, Date("q", "T"), TimeOfDay("q", "T")])
@given(text=typed | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}:[0-9]{2}", fullmatch=True))
def test_any_text_is_an_answer_that_can_be_stored_or_its_own_error(
    question: Moment, text: str
) -> None:
    with suppress(InvalidAnswers):
        answer = question.parse({MAIN: text})
        if answer is not None:
            assert question.restore(json.loads(json.dumps(answer))) == answer
            assert question.parse(question.enter(answer)) == answer


@given(st.dates())
def test_every_day_is_read_as_itself(day: date) -> None:
    assert Date("q", "T").parse({MAIN: day.isoformat()}) == day.isoformat()
    assert Date("q", "T").cells(day.isoformat()) == (day,)


@given(st.times())
def test_every_time_is_read_to_its_minute(at: time) -> None:
    assert TimeOfDay("q", "T").parse({MAIN: at.isoformat()}) == f"{at:%H:%M}"


@pytest.mark.parametrize("stored", [None, 5, ["2026-11-27"], "2026-02-30", "7:05", "", " 17:30"])
def test_what_is_no_moment_is_no_stored_answer(stored: object) -> None:
    assert DAY.restore(stored) is None
    assert CLOCK.restore(stored) is None


def test_an_answer_from_before_narrower_bounds_stands() -> None:
    assert DAY.restore("1999-12-31") == "1999-12-31"
    assert DAY.keeps(Date("q", "T"))


def test_answers_of_another_type_do_not_stand() -> None:
    assert not DAY.keeps(CLOCK)
    assert not CLOCK.keeps(DAY)


def test_a_moment_counts_in_its_own_bucket() -> None:
    assert list(DAY.buckets("2026-11-27")) == [("2026-11-27", 0)]


def test_a_blank_field_is_a_gap() -> None:
    assert DAY.gaps(None) == (MAIN,) == DAY.parts
    assert DAY.gaps("2026-11-27") == ()


@pytest.mark.parametrize(
    ("operator", "value", "meets"),
    [
        (Operator.IS, "2026-11-27", True),
        (Operator.IS_NOT, "2026-11-27", False),
        (Operator.ABOVE, "2026-11-26", True),
        (Operator.ABOVE, "2026-11-27", False),
        (Operator.BELOW, "2026-12-01", True),
        (Operator.BELOW, "2025-12-31", False),
    ],
)
def test_above_is_after_and_below_is_before(
    operator: Operator, value: str, *, meets: bool
) -> None:
    assert DAY.meets(operator, value, "2026-11-27") is meets


def test_a_table_has_dates_and_times() -> None:
    assert DAY.columns() == (Column(type="date"),)
    assert DAY.cells("2026-11-27") == (date(2026, 11, 27),)
    assert CLOCK.columns() == (Column(type="time"),)
    assert CLOCK.cells("17:30") == (time(17, 30),)


@pytest.mark.parametrize("question", [DAY, CLOCK, Date("q", "T"), TimeOfDay("q", "T")])
def test_the_builders_fields_build_the_same_question(question: Moment) -> None:
    problems: dict[str, Problem] = {}
    fields = Fields(question.form(), problems)
    assert type(question).build("q", question.text, NOTHING, fields) == question
    assert problems == {}


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("2026-02-30", "", {"min": "no_such_date"}),
        ("soon", "later", {"min": "date_unreadable", "max": "date_unreadable"}),
        ("2026-11-02", "2026-11-01", {"max": "last_before_first"}),
        ("2026-11-01", "2026-11-01", {}),
    ],
)
def test_bounds_that_cannot_be_are_refused(low: str, high: str, expected: dict[str, str]) -> None:
    problems: dict[str, Problem] = {}
    Date.build("q", "T", NOTHING, Fields({"min": low, "max": high}, problems))
    assert {name: problem.code for name, problem in problems.items()} == expected


@pytest.mark.parametrize(("question", "stored"), [(DAY, STORED[0]), (CLOCK, STORED[1])])
def test_stored_bytes_mean_what_they_meant(question: Moment, stored: str) -> None:
    assert type(question).decode(json.loads(stored)) == question
    assert json.dumps(question.encode()) == stored


def test_a_question_without_bounds_stores_none() -> None:
    assert Date("q", "T").encode() == {"id": "q", "text": "T"}
    assert Date.decode({"id": "q", "text": "T"}) == Date("q", "T")
