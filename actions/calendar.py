"""Many days, or times of day, counted by spans of which there are few enough to draw."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from actions.tallied import Tallied

MOST_SPANS = 12
"""Bars of a histogram: a year's months."""


@dataclass(frozen=True, slots=True)
class Grain:
    """How long a span is: so many days, or so many months of the calendar."""

    days: int = 0
    months: int = 0

    def number(self, day: date) -> int:
        """Give the number of the span that a day lies in."""
        if self.days:
            # The first day of all was a Monday, so that seven days are a week of ISO 8601.
            return (day.toordinal() - 1) // self.days
        return (day.year * 12 + day.month - 1) // self.months

    def first(self, number: int) -> date:
        """Give the first day of a span."""
        if self.days:
            return date.fromordinal(number * self.days + 1)
        year, month = divmod(number * self.months, 12)
        return date(year, month + 1, 1) if year else date.min

    def last(self, number: int) -> date:
        """Give the last day of a span."""
        if number == self.number(date.max):
            return date.max
        return self.first(number + 1) - timedelta(days=1)


def months_after(moment: datetime, months: int) -> datetime:
    """Give the same day and time some months later, the month's last day where it is shorter."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


DAY: Final = Grain(days=1)
WEEK: Final = Grain(days=7)
MONTH: Final = Grain(months=1)
QUARTER: Final = Grain(months=3)
YEAR: Final = Grain(months=12)

_GRAINS = (
    *(DAY, WEEK, MONTH, QUARTER, YEAR),
    *(Grain(months=12 * years) for years in (2, 5, 10, 20, 50, 100, 200, 500, 1_000)),
)


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days, first and last included, and how many answers lie in it."""

    first: date
    last: date
    count: int


@dataclass(frozen=True, slots=True)
class Hours:
    """A span of the day, first and last minute included, and how many answers lie in it."""

    first: time
    last: time
    count: int


def by_days(tallied: Tallied) -> tuple[Grain, tuple[Days, ...]]:
    """Count days by the shortest grain of which MOST_SPANS reach from the first to the last."""
    counted = {date.fromisoformat(bucket): n for bucket, n in tallied.counts.items()}
    if not counted:
        return DAY, ()
    first, last = min(counted), max(counted)
    grain = next(g for g in _GRAINS if g.number(last) - g.number(first) < MOST_SPANS)
    counts = dict.fromkeys(range(grain.number(first), grain.number(last) + 1), 0)
    for day, count in counted.items():
        counts[grain.number(day)] += count
    return grain, tuple(Days(grain.first(n), grain.last(n), count) for n, count in counts.items())


def by_hours(tallied: Tallied) -> tuple[Hours, ...]:
    """Count times by the hour, or by two hours where MOST_SPANS would not reach."""
    hours = [time.fromisoformat(bucket).hour for bucket in tallied.counts]
    if not hours:
        return ()
    first, last = min(hours), max(hours)
    length = 1 if last - first < MOST_SPANS else 2
    counts = dict.fromkeys(range(first // length, last // length + 1), 0)
    for bucket, count in tallied.counts.items():
        counts[time.fromisoformat(bucket).hour // length] += count
    return tuple(
        Hours(time(n * length), time(n * length + length - 1, 59), count)
        for n, count in counts.items()
    )
