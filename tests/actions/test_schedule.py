"""The part of a form that says when something is posted."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.due import fields_of
from actions.errors import InvalidAnswers, Problem
from actions.recurrence import Every, Rule
from actions.schedule import (
    CLOSES_AFTER,
    SCHEDULE_FIELDS,
    is_of_series,
    read_schedule,
    schedule_defaults,
    typed_schedule,
    upcoming,
    with_closing,
)
from tests.actions.builders import BERLIN, NOW, a_draft, a_form

MONDAY = {"post.date": "2026-11-23", "post.time": "07:30"}


def problems(**fields: str) -> Mapping[str, Problem]:
    """Give what is wrong with a form that is right but for these fields."""
    named = {f"post.{name}": value for name, value in fields.items()}
    with pytest.raises(InvalidAnswers) as refused:
        read_schedule({**MONDAY, **named}, BERLIN, NOW)
    return refused.value.problems


def codes(**fields: str) -> dict[str, str]:
    """Give the problems' codes by field."""
    return {name: problem.code for name, problem in problems(**fields).items()}


def a_rule(**fields: str) -> Rule | None:
    """Give the rule that a form with these fields says."""
    named = {f"post.{name}": value for name, value in fields.items()}
    return read_schedule({**MONDAY, **named}, BERLIN, NOW).rule


def test_new_form_posts_once_in_about_an_hour_and_closes_as_the_draft_says() -> None:
    draft = a_draft()
    values = schedule_defaults(draft, NOW)
    assert values["post.date"] == "2026-11-20"
    assert values["post.time"] == "11:00"
    assert values["post.closes_after"] == str(7 * 24 * 60)
    assert values["post.where"] == draft.origin
    when = read_schedule(values, BERLIN, NOW)
    assert (when.first, when.rule) == (NOW + timedelta(hours=1), None)
    assert tuple(values) == SCHEDULE_FIELDS


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        ({"closes": "false"}, ""),
        ({"date": "2026-11-20", "time": "14:30"}, str(4 * 60)),
        ({"date": "2026-11-29", "time": "10:00"}, str(7 * 24 * 60)),
        ({"date": "", "time": "10:00"}, str(7 * 24 * 60)),
        ({"date": "2027-11-29", "time": "10:00"}, str(30 * 24 * 60)),
    ],
)
def test_closing_is_proposed_by_the_drafts_own_due_time(
    changes: dict[str, str], after: str
) -> None:
    draft = a_draft(values=a_form(**changes))
    assert schedule_defaults(draft, NOW)["post.closes_after"] == after


def test_what_was_typed_stays() -> None:
    typed = {"post.time": "", "post.repeat": "week", "post.closes_after": ""}
    draft = a_draft(values={**a_form(), **typed})
    values = schedule_defaults(draft, NOW)
    assert {name: values[name] for name in typed} == typed


def test_closing_by_itself_is_a_choice() -> None:
    when = read_schedule({**MONDAY, "post.closes_after": "90"}, BERLIN, NOW)
    assert when.closes_after == timedelta(minutes=90)
    assert read_schedule(MONDAY, BERLIN, NOW).closes_after is None
    assert codes(closes_after="-1") == {"post.closes_after": "whole_between"}


def test_rules_are_read() -> None:
    assert a_rule() is None
    assert a_rule(repeat="never", interval="0", times="x", end="times") is None
    assert a_rule(repeat="day") == Rule(Every.DAY)
    weekly = a_rule(repeat="week", interval="2", weekdays="3,0", end="times", times="10")
    assert weekly == Rule(Every.WEEK, 2, (0, 3), times=10)
    monthly = a_rule(repeat="month", day="31", end="until", until="2027-12-31")
    assert monthly == Rule(Every.MONTH, day=31, until=date(2027, 12, 31))


def test_day_of_week_or_month_that_is_not_chosen_is_that_of_the_start() -> None:
    assert a_rule(repeat="week") == Rule(Every.WEEK, weekdays=(0,))
    assert a_rule(repeat="week", weekdays="9,x,") == Rule(Every.WEEK, weekdays=(0,))
    assert a_rule(repeat="month") == Rule(Every.MONTH, day=23)


def test_every_problem_is_said_at_once() -> None:
    found = codes(
        date="soon", time="", repeat="week", interval="100", end="times", closes_after="x"
    )
    assert found == {
        "post.date": "post_date_needed",
        "post.time": "post_time_needed",
        "post.interval": "whole_between",
        "post.times": "whole_between",
        "post.closes_after": "whole_between",
    }


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"date": "2026-11-20", "time": "10:00"}, "post.date", "due_in_past"),
        ({"date": "0001-01-01"}, "post.date", "due_in_past"),
        ({"date": "2032-01-01"}, "post.date", "post_too_far"),
        ({"date": "9999-12-31"}, "post.date", "post_too_far"),
        ({"repeat": "week", "interval": "0"}, "post.interval", "whole_between"),
        ({"repeat": "day", "end": "times", "times": "1000"}, "post.times", "whole_between"),
        ({"repeat": "day", "end": "times", "times": "0"}, "post.times", "whole_between"),
        ({"repeat": "month", "day": "32"}, "post.day", "whole_between"),
        ({"repeat": "day", "end": "until"}, "post.until", "post_until_needed"),
        (
            {"repeat": "day", "end": "until", "until": "2026-11-22"},
            "post.until",
            "until_before_first",
        ),
        (
            {"repeat": "week", "weekdays": "4", "end": "until", "until": "2026-11-26"},
            "post.until",
            "until_before_first",
        ),
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, str], field: str, code: str) -> None:
    assert codes(**fields) == {field: code}


def test_time_that_summer_time_skips_is_refused() -> None:
    assert codes(date="2027-03-28", time="02:30") == {"post.time": "time_skipped"}


def test_second_of_two_like_hours_is_taken_when_the_first_is_over() -> None:
    values = {"post.date": "2026-10-25", "post.time": "02:30"}
    early = datetime(2026, 10, 25, 0, tzinfo=UTC)
    assert read_schedule(values, BERLIN, early).first == early + timedelta(minutes=30)
    between = early + timedelta(minutes=45)
    assert read_schedule(values, BERLIN, between).first == early + timedelta(minutes=90)


def test_first_posting_is_on_the_first_of_the_rules_days() -> None:
    when = read_schedule({**MONDAY, "post.repeat": "week", "post.weekdays": "3"}, BERLIN, NOW)
    assert when.first.date() == date(2026, 11, 26)
    assert [at.date().day for at in upcoming(when, BERLIN, 3)] == [26, 3, 10]
    assert upcoming(read_schedule(MONDAY, BERLIN, NOW), BERLIN, 3) == [
        datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
    ]


def test_draft_is_planned_with_the_due_time_of_its_first_posting() -> None:
    values = {**a_form(), **MONDAY, "post.closes_after": str(24 * 60)}
    closing = with_closing(values, BERLIN, NOW)
    due = {"closes": "true", "date": "2026-11-24", "time": "07:30"}
    assert closing == {**values, **due}
    for changes in ({"post.closes_after": ""}, {"post.date": ""}):
        assert with_closing({**values, **changes}, BERLIN, NOW)["closes"] == "false"
    assert fields_of(None, BERLIN) == {"closes": "false"}


def test_only_fields_of_the_schedule_are_taken() -> None:
    raw = {"post.date": "2026-11-23\0", "post.evil": "x", "title": "T", "post.where": "y" * 900}
    assert typed_schedule(raw) == {"post.date": "2026-11-23", "post.where": "y" * 500}


def test_draft_of_a_series_is_told_from_others() -> None:
    assert is_of_series(a_draft(edits="series", values={**a_form(), **MONDAY}))
    assert not is_of_series(a_draft(edits="action"))
    assert not is_of_series(a_draft(values={**a_form(), **MONDAY}))


texts = st.one_of(
    st.sampled_from(
        ("", "0", "1", "-1", "99", "31", "day", "week", "month", "until", "times", "2,3")
    ),
    st.sampled_from(("2026-11-23", "9999-12-31", "0001-01-01", "2027-03-28", "07:30", "02:30")),
    st.text(max_size=12),
)


@given(
    st.dictionaries(st.sampled_from(SCHEDULE_FIELDS), texts),
    st.sampled_from(("UTC", BERLIN, "Pacific/Apia", "No/Such_Zone")),
)
def test_whatever_is_typed_is_a_schedule_to_come_or_refused(
    values: dict[str, str], time_zone: str
) -> None:
    wrong: Mapping[str, Problem] = {}
    try:
        when = read_schedule({**MONDAY, **values}, time_zone, NOW)
    except InvalidAnswers as refused:
        wrong = refused.problems
    assert set(wrong) <= set(SCHEDULE_FIELDS)
    if not wrong:
        assert upcoming(when, time_zone, 1) == [when.first]
        assert when.first >= when.starts_at > NOW


def test_closings_offered_rise() -> None:
    assert list(CLOSES_AFTER) == sorted(set(CLOSES_AFTER))
    assert (CLOSES_AFTER[0], CLOSES_AFTER[-1]) == (60, 30 * 24 * 60)
