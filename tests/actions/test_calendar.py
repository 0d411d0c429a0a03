"""Many days and times, counted by spans of which there are few."""

from collections import Counter
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calendar import (
    DAY,
    MONTH,
    MOST_SPANS,
    QUARTER,
    WEEK,
    YEAR,
    Days,
    Grain,
    Hours,
    by_days,
    by_hours,
)
from actions.tallied import Tallied


def _days(*days: date) -> Tallied:
    return Tallied(len(days), Counter(day.isoformat() for day in days), {})


def _times(*times: str) -> Tallied:
    return Tallied(len(times), Counter(times), {})


def test_nothing_is_counted_of_no_answers() -> None:
    assert by_days(_days())[1] == ()
    assert by_hours(_times()) == ()


def test_days_close_together_are_counted_by_the_day_with_those_between() -> None:
    first, second = date(2026, 11, 26), date(2026, 11, 28)
    grain, spans = by_days(_days(first, second, second))
    between = date(2026, 11, 27)
    assert grain == DAY
    assert spans == (Days(first, first, 1), Days(between, between, 0), Days(second, second, 2))


@pytest.mark.parametrize(
    ("last", "grain"),
    [
        (date(2026, 1, 12), DAY),
        (date(2026, 1, 13), WEEK),
        (date(2026, 3, 22), WEEK),
        (date(2026, 3, 23), MONTH),
        (date(2026, 12, 31), MONTH),
        (date(2027, 1, 1), QUARTER),
        (date(2028, 12, 31), QUARTER),
        (date(2029, 1, 1), YEAR),
        (date(2037, 12, 31), YEAR),
        (date(2038, 1, 1), Grain(months=24)),
    ],
)
def test_the_shortest_span_that_needs_few_is_taken(last: date, grain: Grain) -> None:
    assert by_days(_days(date(2026, 1, 1), last))[0] == grain


def test_a_week_begins_on_monday() -> None:
    spans = by_days(_days(date(2026, 11, 1), date(2026, 11, 27)))[1]
    assert (spans[0].first, spans[0].last) == (date(2026, 10, 26), date(2026, 11, 1))
    assert (spans[-1].first, spans[-1].last) == (date(2026, 11, 23), date(2026, 11, 29))


def test_all_days_there_are_fit() -> None:
    spans = by_days(_days(date.min, date.max))[1]
    assert (spans[0].first, spans[-1].last) == (date.min, date.max)


@given(st.lists(st.dates(), min_size=1, max_size=20))
def test_every_day_is_in_its_span(days: list[date]) -> None:
    spans = by_days(_days(*days))[1]
    assert len(spans) <= MOST_SPANS
    assert [sum(s.first <= day <= s.last for day in days) for s in spans] == [
        span.count for span in spans
    ]
    assert sum(span.count for span in spans) == len(days)


@given(st.lists(st.dates(), min_size=1, max_size=20))
def test_spans_follow_each_other(days: list[date]) -> None:
    spans = by_days(_days(*days))[1]
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(spans))


def test_times_are_counted_by_the_hour_with_those_between() -> None:
    assert by_hours(_times("07:59", "09:00", "09:30")) == (
        Hours(time(7), time(7, 59), 1),
        Hours(time(8), time(8, 59), 0),
        Hours(time(9), time(9, 59), 2),
    )


def test_times_all_over_the_day_are_counted_by_two_hours() -> None:
    spans = by_hours(_times("00:00", "23:59"))
    assert len(spans) == MOST_SPANS
    assert spans[0] == Hours(time(0), time(1, 59), 1)
    assert spans[-1] == Hours(time(22), time(23, 59), 1)


@given(st.lists(st.times().map(lambda at: f"{at:%H:%M}"), min_size=1, max_size=20))
def test_every_time_is_in_its_span(times: list[str]) -> None:
    spans = by_hours(_times(*times))
    assert len(spans) <= MOST_SPANS
    assert [sum(f"{s.first:%H:%M}" <= at <= f"{s.last:%H:%M}" for at in times) for s in spans] == [
        span.count for span in spans
    ]
