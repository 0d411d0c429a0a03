"""When something is posted, and posted again, in words."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from babel.dates import get_day_names
from babel.lists import format_list

from actions.due import zone
from actions.recurrence import LAST_DAY, Every, Rule
from cards.texts import Texts

_MINUTE, _HOUR, _DAY, _WEEK = 60, 3_600, 86_400, 604_800

EVERY_MONTH = 28
"""The last day that every month has."""


def repeats(rule: Rule | None, starts_at: datetime, time_zone: str, texts: Texts) -> str:
    """Give on which days and at what time: "Every week on Monday and Thursday at 07:30"."""
    at = starts_at.astimezone(zone(time_zone))
    if rule is None:
        return texts("Once, on {day} at {time}", day=at.date(), time=at.time())
    match rule.every:
        case Every.DAY:
            words = _daily(rule, at, texts)
        case Every.WEEK:
            words = _weekly(rule, at, texts)
        case Every.MONTH:
            words = _monthly(rule, at, texts)
    if rule.times:
        times = texts.many("{count} time in all", "{count} times in all", rule.times)
        return texts("{repeats}, {times}", repeats=words, times=times)
    if rule.until is not None:
        return texts("{repeats}, until {day}", repeats=words, day=rule.until)
    return words


def exactly(at: datetime, time_zone: str, texts: Texts) -> str:
    """Give a day with its year, and the time."""
    local = at.astimezone(zone(time_zone))
    return texts("{day} at {time}", day=local.date(), time=local.time())


def closing(after: timedelta | None, texts: Texts) -> str:
    """Give when what is posted closes."""
    if after is None:
        return texts("Does not close by itself")
    return texts("Closes after {span}", span=lasting(after, texts))


def lasting(span: timedelta, texts: Texts) -> str:
    """Give a time in the largest unit of which it is a whole number: "8 hours"."""
    seconds = int(span.total_seconds())
    if seconds % _WEEK == 0:
        return texts.many("{count} week", "{count} weeks", seconds // _WEEK)
    if seconds % _DAY == 0:
        return texts.many("{count} day", "{count} days", seconds // _DAY)
    if seconds % _HOUR == 0:
        return texts.many("{count} hour", "{count} hours", seconds // _HOUR)
    return texts.many("{count} minute", "{count} minutes", seconds // _MINUTE)


def weekday(number: int, texts: Texts) -> str:
    """Give the name of a day of the week, Monday being 0."""
    return str(get_day_names("wide", "stand-alone", texts.locale)[number])


def _daily(rule: Rule, at: datetime, texts: Texts) -> str:
    if rule.interval == 1:
        return texts("Every day at {time}", time=at.time())
    return texts.many(
        "Every {count} day at {time}",
        "Every {count} days at {time}",
        rule.interval,
        time=at.time(),
    )


def _weekly(rule: Rule, at: datetime, texts: Texts) -> str:
    names = get_day_names("wide", "format", texts.locale)
    listed = [str(names[number]) for number in rule.weekdays or (at.weekday(),)]
    days = format_list(listed, locale=texts.locale)
    if rule.interval == 1:
        return texts("Every week on {days} at {time}", days=days, time=at.time())
    return texts.many(
        "Every {count} week on {days} at {time}",
        "Every {count} weeks on {days} at {time}",
        rule.interval,
        days=days,
        time=at.time(),
    )


def _monthly(rule: Rule, at: datetime, texts: Texts) -> str:
    day = rule.day or at.day
    values = {"day": texts.number(day), "time": at.time()}
    is_last = day == LAST_DAY
    if rule.interval == 1:
        if is_last:
            return texts("Every month on its last day at {time}", **values)
        return texts("Every month on day {day} at {time}", **values)
    if is_last:
        return texts.many(
            "Every {count} month on the last day of the month at {time}",
            "Every {count} months on the last day of the month at {time}",
            rule.interval,
            **values,
        )
    return texts.many(
        "Every {count} month on day {day} at {time}",
        "Every {count} months on day {day} at {time}",
        rule.interval,
        **values,
    )


def shortened(rule: Rule | None, texts: Texts) -> Iterator[str]:
    """Say what happens in months that do not have the day."""
    if rule is not None and rule.every is Every.MONTH and EVERY_MONTH < rule.day < LAST_DAY:
        yield texts("In a month without that day it is the last one.")
