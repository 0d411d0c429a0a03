"""Due times, in the zones and on the days where clocks are awkward."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.due import default_due, fields_of, parse_due, zone
from actions.errors import InvalidAnswers, Problem
from tests.actions.builders import BERLIN, NOW

ZONES = ("UTC", BERLIN, "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Apia")

moments = st.timedeltas(timedelta(0), timedelta(days=14_000)).map(lambda later: NOW + later)


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _problems(day: str, clock: str, time_zone: str = BERLIN) -> dict[str, Problem]:
    with pytest.raises(InvalidAnswers) as refused:
        parse_due(day, clock, time_zone, NOW)
    return dict(refused.value.problems)


@pytest.mark.parametrize(
    ("now", "time_zone", "due"),
    [
        ("2026-11-20 09:00", BERLIN, "2026-11-27 09:00"),
        ("2026-11-20 09:00:01", BERLIN, "2026-11-27 09:30"),
        ("2026-11-20 09:29:59", BERLIN, "2026-11-27 09:30"),
        ("2026-11-20 09:31", BERLIN, "2026-11-27 10:00"),
        ("2026-11-20 23:45", "UTC", "2026-11-28 00:00"),
        ("2026-12-31 23:45", "UTC", "2027-01-08 00:00"),
        ("2026-11-20 09:05", "Asia/Kathmandu", "2026-11-27 09:15"),
        ("2026-11-20 09:05", "No/Such_Zone", "2026-11-27 09:30"),
    ],
)
def test_the_default_is_the_next_half_hour_a_week_off(now: str, time_zone: str, due: str) -> None:
    assert default_due(_utc(now), time_zone) == _utc(due)


def test_the_default_keeps_the_wall_clock_over_a_change_to_summer_time() -> None:
    assert default_due(_utc("2026-03-25 13:00"), BERLIN) == _utc("2026-04-01 12:00")


def test_the_default_keeps_the_wall_clock_over_a_change_to_winter_time() -> None:
    assert default_due(_utc("2026-10-22 12:00"), BERLIN) == _utc("2026-10-29 13:00")


def test_a_default_inside_the_missing_hour_is_an_hour_that_exists() -> None:
    due = default_due(_utc("2026-03-22 01:20"), BERLIN)
    assert due == _utc("2026-03-29 01:30")
    assert fields_of(due, BERLIN)["time"] == "03:30"


@given(moments, st.sampled_from(ZONES))
def test_the_default_is_a_half_hour_of_the_zone_about_a_week_off(
    now: datetime, time_zone: str
) -> None:
    due = default_due(now, time_zone)
    local = due.astimezone(zone(time_zone))
    assert (local.minute % 30, local.second, local.microsecond) == (0, 0, 0)
    slack = timedelta(hours=2)
    assert timedelta(days=7) - slack <= due - now <= timedelta(days=7, minutes=30) + slack


@given(moments, st.sampled_from(ZONES))
def test_the_default_shown_in_a_form_is_read_back(now: datetime, time_zone: str) -> None:
    due = default_due(now, time_zone)
    shown = fields_of(due, time_zone)
    assert parse_due(shown["date"], shown["time"], time_zone, now) == due


def test_a_due_time_is_shown_in_the_zone() -> None:
    shown = fields_of(_utc("2026-11-27 23:30"), BERLIN)
    assert shown == {"closes": "true", "date": "2026-11-28", "time": "00:30"}


def test_no_due_time_is_shown_as_not_closing() -> None:
    assert fields_of(None, BERLIN) == {"closes": "false"}


def test_a_due_time_is_read_in_the_zone() -> None:
    assert parse_due(" 2026-11-27 ", " 17:00 ", BERLIN, NOW) == _utc("2026-11-27 16:00")


def test_a_time_that_the_clock_skips_is_read_as_it_was_before_the_change() -> None:
    assert parse_due("2027-03-28", "02:30", BERLIN, NOW) == _utc("2027-03-28 01:30")


def test_a_time_that_the_clock_repeats_is_the_first_of_the_two() -> None:
    assert parse_due("2027-10-31", "02:30", BERLIN, NOW) == _utc("2027-10-31 00:30")


def test_day_and_time_are_refused_together() -> None:
    assert _problems("", "") == {"date": Problem("date_needed"), "time": Problem("time_needed")}


@pytest.mark.parametrize("day", ["27.11.2026", "2026-02-30", "2026-13-01", "now", "0000-01-01"])
def test_an_impossible_day_is_refused_alone(day: str) -> None:
    assert _problems(day, "17:00") == {"date": Problem("date_needed")}


@pytest.mark.parametrize("clock", ["5 pm", "25:00", "17:60", "noon", ":"])
def test_an_impossible_time_is_refused_alone(clock: str) -> None:
    assert _problems("2026-11-27", clock) == {"time": Problem("time_needed")}


@pytest.mark.parametrize("clock", ["09:59", "10:00"])
def test_a_due_time_that_has_passed_is_refused(clock: str) -> None:
    assert _problems("2026-11-20", clock) == {"date": Problem("due_in_past")}


def test_a_due_time_a_minute_off_is_taken() -> None:
    assert parse_due("2026-11-20", "10:01", BERLIN, NOW) == NOW + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("day", "clock", "time_zone"),
    [
        ("9999-12-31", "23:59", "America/Los_Angeles"),
        ("0001-01-01", "00:00", "Asia/Tokyo"),
    ],
)
def test_a_day_beyond_the_calendar_is_refused(day: str, clock: str, time_zone: str) -> None:
    assert _problems(day, clock, time_zone) == {"date": Problem("date_needed")}


def test_the_last_day_of_the_calendar_is_taken_where_it_exists() -> None:
    due = parse_due("9999-12-31", "23:30", "UTC", NOW)
    assert fields_of(due, "UTC") == {"closes": "true", "date": "9999-12-31", "time": "23:30"}


@given(st.text(), st.text(), st.sampled_from(ZONES))
def test_reading_any_text_raises_nothing_but_its_own_error(
    day: str, clock: str, time_zone: str
) -> None:
    assert set(_problems(day, clock, time_zone)) <= {"date", "time"}


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "x\0y"])
def test_a_zone_that_is_none_is_utc(name: str) -> None:
    assert zone(name).key == "UTC"
