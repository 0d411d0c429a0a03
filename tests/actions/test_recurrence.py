"""When something that is posted again and again falls due."""

from collections.abc import Sequence
from cProfile import Profile
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from pstats import Stats
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.recurrence import LAST_DAY, Every, Rule, first, next_after, times

BERLIN = "Europe/Berlin"
ZONES = (BERLIN, "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC", "Asia/Kolkata")
DAILY = Rule(Every.DAY)


def at(text: str, zone: str = BERLIN, fold: int = 0) -> datetime:
    """Give what `2026-03-27 09:00` on the wall is in UTC."""
    wall = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)
    return wall.astimezone(UTC)


def walls(
    rule: Rule | None,
    begin: str,
    most: int = 4,
    zone: str = BERLIN,
    after: datetime | None = None,
    fold: int = 0,
) -> list[str]:
    """Give the first few times as the wall says them."""
    moments = islice(times(rule, at(begin, zone, fold), zone, after), most)
    return [f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" for moment in moments]


def days(rule: Rule, begin: str, most: int = 4) -> list[str]:
    """Give the first few days, the time being that of the beginning."""
    found = walls(rule, f"{begin} 09:00", most)
    assert all(wall.endswith(" 09:00") for wall in found)
    return [wall.removesuffix(" 09:00") for wall in found]


def test_what_has_no_rule_happens_once() -> None:
    begin = at("2026-03-27 09:00")
    assert list(times(None, begin, BERLIN)) == [begin] == [first(None, begin, BERLIN)]
    assert next_after(None, begin, BERLIN, begin) is None


def test_daily_rule_keeps_its_time_when_summer_time_begins_and_ends() -> None:
    assert walls(DAILY, "2026-03-28 09:00", 3)[2] == "2026-03-30 09:00"
    spring = list(islice(times(DAILY, at("2026-03-28 09:00"), BERLIN), 3))
    assert [moment.hour for moment in spring] == [8, 7, 7]
    autumn = list(islice(times(DAILY, at("2026-10-24 09:00"), BERLIN), 3))
    assert [moment.hour for moment in autumn] == [7, 8, 8]


def test_time_that_summer_time_skips_is_taken_an_hour_later() -> None:
    assert walls(DAILY, "2026-03-28 02:30", 3) == [
        "2026-03-28 02:30",
        "2026-03-29 03:30",
        "2026-03-30 02:30",
    ]


def test_rule_whose_first_day_skips_its_time_goes_on_at_its_time() -> None:
    sundays = Rule(Every.WEEK, weekdays=(6,))
    assert walls(sundays, "2026-03-24 02:30", 2) == ["2026-03-29 03:30", "2026-04-05 02:30"]


def test_time_that_winter_repeats_is_taken_the_first_time_only() -> None:
    moments = list(islice(times(DAILY, at("2026-10-24 02:30"), BERLIN), 3))
    assert moments == [
        at("2026-10-24 02:30"),
        at("2026-10-25 02:30", fold=0),
        at("2026-10-26 02:30"),
    ]


def test_rule_may_begin_in_the_second_of_two_like_hours() -> None:
    begin = at("2026-10-25 02:30", fold=1)
    assert first(DAILY, begin, BERLIN) == begin
    assert next_after(DAILY, begin, BERLIN, begin) == at("2026-10-26 02:30")
    year_on = next_after(DAILY, begin, BERLIN, at("2027-10-30 12:00"))
    assert year_on == at("2027-10-31 02:30", fold=0)


def test_zone_that_skips_a_day_has_nothing_twice() -> None:
    assert walls(DAILY, "2011-12-29 09:00", 3, "Pacific/Apia") == [
        "2011-12-29 09:00",
        "2011-12-31 09:00",
        "2012-01-01 09:00",
    ]


def test_interval_counts_days() -> None:
    assert days(Rule(Every.DAY, 3), "2026-02-27", 3) == ["2026-02-27", "2026-03-02", "2026-03-05"]


def test_weekly_rule_begins_on_the_first_of_its_days() -> None:
    monday_and_thursday = Rule(Every.WEEK, weekdays=(0, 3))
    found = days(monday_and_thursday, "2026-11-25", 3)
    assert found == ["2026-11-26", "2026-11-30", "2026-12-03"]


def test_every_other_week_is_counted_from_the_first_posting() -> None:
    # From a Friday on: the Monday after it, and not the one after that.
    mondays = Rule(Every.WEEK, 2, (0,))
    assert days(mondays, "2026-11-27", 2) == ["2026-11-30", "2026-12-14"]
    twice = Rule(Every.WEEK, 2, (0, 3))
    assert days(twice, "2026-11-26") == ["2026-11-26", "2026-12-07", "2026-12-10", "2026-12-21"]


def test_weekly_rule_without_days_keeps_that_of_its_beginning() -> None:
    assert days(Rule(Every.WEEK), "2026-11-25", 2) == ["2026-11-25", "2026-12-02"]


def test_month_without_the_day_has_it_on_its_last() -> None:
    last = ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]
    assert days(Rule(Every.MONTH, day=LAST_DAY), "2027-01-31") == last
    assert days(Rule(Every.MONTH, day=30), "2027-01-31", 3) == [
        "2027-02-28",
        "2027-03-30",
        "2027-04-30",
    ]
    leap = days(Rule(Every.MONTH, 12, day=29), "2027-02-28", 3)
    assert leap == ["2027-02-28", "2028-02-29", "2029-02-28"]
    assert days(Rule(Every.MONTH), "2027-01-31") == last


def test_monthly_rule_begins_on_the_first_of_its_days() -> None:
    tenth = Rule(Every.MONTH, 3, day=10)
    assert days(tenth, "2026-11-11", 3) == ["2026-12-10", "2027-03-10", "2027-06-10"]
    assert days(tenth, "2026-11-10", 2) == ["2026-11-10", "2027-02-10"]


def test_rule_ends_with_its_last_day() -> None:
    until = Rule(Every.DAY, until=date(2026, 11, 27))
    assert days(until, "2026-11-25") == ["2026-11-25", "2026-11-26", "2026-11-27"]
    # In Berlin that day has begun while it is still the day before in UTC.
    assert walls(until, "2026-11-27 00:30") == ["2026-11-27 00:30"]
    assert walls(until, "2026-11-27 23:30") == ["2026-11-27 23:30"]
    assert first(until, at("2026-11-28 00:00"), BERLIN) is None
    thursday = Rule(Every.WEEK, weekdays=(3,), until=date(2026, 11, 25))
    assert first(thursday, at("2026-11-23 09:00"), BERLIN) is None


def test_rule_ends_after_its_times() -> None:
    assert len(days(Rule(Every.DAY, times=3), "2026-11-25", 9)) == 3
    found = days(Rule(Every.MONTH, day=31, times=2), "2026-11-25", 9)
    assert found == ["2026-11-30", "2026-12-31"]
    late = at("2026-11-26 09:00")
    assert len(walls(Rule(Every.DAY, times=3), "2026-11-25 09:00", 9, after=late)) == 1


def test_daily_rule_costs_no_more_after_twenty_years() -> None:
    begin, profile = at("2026-11-25 09:00"), Profile()
    late = profile.runcall(next_after, DAILY, begin, BERLIN, at("2046-11-25 12:00"))
    assert late == at("2046-11-26 09:00")
    assert Stats(profile).total_calls < 1_000  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "rule",
    [
        DAILY,
        Rule(Every.WEEK, 2, (0, 6), until=date(2030, 2, 28)),
        Rule(Every.MONTH, 99, day=31, times=999),
    ],
)
def test_rule_is_read_as_it_was_stored(rule: Rule) -> None:
    assert Rule.decode(rule.encode()) == rule


rules = st.builds(
    Rule,
    st.sampled_from(Every),
    st.integers(1, 5),
    st.sets(st.integers(0, 6)).map(lambda days: tuple(sorted(days))),
    st.integers(0, 31),
    st.none() | st.dates(date(2009, 1, 1), date(2030, 1, 1)),
    st.just(0) | st.integers(1, 40),
)
beginnings = st.builds(
    lambda day, clock, zone: datetime.combine(day, clock, ZoneInfo(zone)),
    st.dates(date(2009, 1, 1), date(2028, 1, 1)),
    st.times(),
    st.sampled_from(ZONES),
)


def some(rule: Rule, starts_at: datetime, zone: str) -> Sequence[datetime]:
    """Give the first times of a rule."""
    return list(islice(times(rule, starts_at, zone), 50))


def is_on_the_wall(wall: datetime) -> bool:
    """Give whether a clock on the wall ever shows this."""
    shown = wall.astimezone(UTC).astimezone(wall.tzinfo)
    return shown.replace(tzinfo=None) == wall.replace(tzinfo=None)


@given(rules, beginnings.filter(is_on_the_wall))
def test_times_rise_and_keep_the_time_of_day(rule: Rule, begin: datetime) -> None:
    zone = str(begin.tzinfo)
    found = some(rule, begin, zone)
    assert all(moment >= begin for moment in found)
    assert list(found) == sorted(set(found))
    for moment in found:
        local = moment.astimezone(begin.tzinfo)
        asked = datetime.combine(local.date(), begin.time(), begin.tzinfo)
        assert local.time() == begin.time() or not is_on_the_wall(asked)


@given(rules, beginnings.filter(is_on_the_wall))
def test_rule_ends_where_it_says(rule: Rule, begin: datetime) -> None:
    found = some(rule, begin, str(begin.tzinfo))
    if rule.times:
        assert len(found) <= rule.times
    elif rule.until is not None:
        last = rule.until + timedelta(days=1)
        assert all(moment.astimezone(begin.tzinfo).date() <= last for moment in found)
    else:
        assert len(found) == 50


@given(rules, beginnings.filter(is_on_the_wall), st.integers(0, 49), st.integers(1, 100_000))
def test_next_time_is_that_of_the_list(
    rule: Rule, begin: datetime, place: int, seconds: int
) -> None:
    zone = str(begin.tzinfo)
    found = some(rule, begin, zone)
    assert first(rule, begin, zone) == (found[0] if found else None)
    for moment, following in pairwise(found):
        assert next_after(rule, begin, zone, moment) == following
    if place < len(found):
        after = found[place] - timedelta(seconds=seconds)
        assert next_after(rule, begin, zone, after) == min(m for m in found if m > after)
