"""When something that is posted again and again falls due.

Days and times are those of a clock on the wall in the creator's time zone: nine o'clock stays nine
o'clock when summer time begins or ends. A time that summer time skips is taken an hour later, one
that it repeats is taken the first time. The arithmetic of calendars is dateutil's
(docs/decisions/0011).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final, Literal

from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule

from actions.due import zone

LAST_DAY: Final = 31
"""The day of the month that stands for its last, however long it is."""

MOST_TIMES: Final = 999
MOST_APART: Final = 99


class Every(StrEnum):
    """What passes between two times."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


_FREQUENCIES: Final[Mapping[Every, Literal[1, 2, 3]]] = {
    Every.DAY: DAILY,
    Every.WEEK: WEEKLY,
    Every.MONTH: MONTHLY,
}


_MARGIN: Final = timedelta(days=2)
"""A zone that changes sides of the date line skips a day, or has one twice."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Every `interval` days, weeks on `weekdays` (Monday is 0), or months on `day`.

    Where these are not given, on that of the beginning. A month without the day has it on its
    last one. It ends after the day `until`, or after `times`, or never.
    """

    every: Every
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    day: int = 0
    until: date | None = None
    times: int = 0

    def encode(self) -> dict[str, Any]:
        """Give the stored form."""
        return {
            "every": self.every.value,
            "interval": self.interval,
            "weekdays": list(self.weekdays),
            "day": self.day,
            "until": self.until.isoformat() if self.until else "",
            "times": self.times,
        }

    @classmethod
    def decode(cls, stored: Mapping[str, Any]) -> "Rule":
        """Read a stored form."""
        return cls(
            Every(stored["every"]),
            stored["interval"],
            tuple(stored["weekdays"]),
            stored["day"],
            date.fromisoformat(stored["until"]) if stored["until"] else None,
            stored["times"],
        )


def first(rule: Rule | None, starts_at: datetime, time_zone: str) -> datetime | None:
    """Give the first time of what begins at `starts_at`, None where the rule ends before it.

    With a rule that is on the first of its days, `starts_at` giving the time of day.
    """
    return next(times(rule, starts_at, time_zone), None)


def next_after(
    rule: Rule | None, starts_at: datetime, time_zone: str, after: datetime
) -> datetime | None:
    """Give the first time after `after` of what begins at `starts_at`, None when it is over."""
    return next(times(rule, starts_at, time_zone, after), None)


def times(
    rule: Rule | None, starts_at: datetime, time_zone: str, after: datetime | None = None
) -> Iterator[datetime]:
    """Give, in UTC, the times of what begins at `starts_at`: all, or those after `after`.

    Without a rule there is the one. Where a rule never ends they do not.
    """
    local = zone(time_zone)
    begin = starts_at.astimezone(local).replace(tzinfo=None, fold=0)
    since = begin if after is None else after.astimezone(local)
    latest = after
    for day in (begin.date(),) if rule is None else _days(rule, begin.date(), since.date()):
        wall = datetime.combine(day, begin.time(), local)
        # It may begin in the second of two hours that the wall does not tell apart.
        moment = (starts_at if day == begin.date() else wall).astimezone(UTC)
        if latest is None or moment > latest:
            yield moment
            latest = moment


def _days(rule: Rule, begin: date, since: date) -> Iterator[date]:
    """Give the days of a rule, perhaps without those that are well before `since`."""
    rule = replace(rule, day=rule.day or begin.day)
    anchor = next(_calendar(replace(rule, interval=1, times=0), begin), None)
    if anchor is not None:
        yield from _calendar(rule, _stepped(rule, anchor, since - _MARGIN))


def _calendar(rule: Rule, begin: date) -> Iterator[date]:
    is_monthly = rule.every is Every.MONTH
    found = rrule(
        _FREQUENCIES[rule.every],
        dtstart=datetime.combine(begin, time.min),
        interval=rule.interval,
        byweekday=rule.weekdays if rule.every is Every.WEEK and rule.weekdays else None,
        # The 31st of a month of 30 days is its 30th: of the days up to it the last there is.
        bymonthday=range(min(rule.day, 28), rule.day + 1) if is_monthly else None,
        bysetpos=-1 if is_monthly else None,
        count=rule.times or None,
        until=datetime.combine(rule.until, time.min) if rule.until and not rule.times else None,
    )
    return (day.date() for day in found)


def _stepped(rule: Rule, anchor: date, since: date) -> date:
    """Give a day from which the rule goes on as it does from `anchor`, as near as may be.

    After twenty years a daily rule would otherwise count thousands of days each day. What ends
    after some times has to be counted, and is not long.
    """
    if rule.times or since <= anchor:
        return anchor
    if rule.every is Every.MONTH:
        months = (since.year - anchor.year) * 12 + since.month - anchor.month
        return anchor + relativedelta(months=months - months % rule.interval)
    days = rule.interval * (7 if rule.every is Every.WEEK else 1)
    return since - timedelta(days=(since - anchor).days % days)
