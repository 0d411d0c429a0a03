"""The part of a draft's form that says when it is posted: once or again and again, and where.

Its fields are values of the draft, under names that begin with `post.`: `date`, `time`, `repeat`
(`never` or one of `Every`), `interval`, `weekdays` (0 to 6, joined by commas), `day`, `end`
(`never`, `until`, `times`), `until`, `times`, `closes_after` (minutes, blank for not by itself),
and `where`, a conversation's id.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Final

from actions.action import Draft
from actions.due import DEFAULT, closing_after, default_due, fields_of, parse_due, zone
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields, Values, printable, whole
from actions.recurrence import LAST_DAY, MOST_APART, MOST_TIMES, Every, Rule, first, times

PREFIX: Final = "post."

SCHEDULE_FIELDS: Final = (
    *("post.date", "post.time", "post.repeat", "post.interval", "post.weekdays", "post.day"),
    *("post.end", "post.until", "post.times", "post.closes_after", "post.where"),
)
"""The names of all of them."""

_HOURS, _DAYS = (1, 2, 4, 8, 12), (1, 2, 3, 5, 7, 14, 30)
CLOSES_AFTER: Final = (*(hours * 60 for hours in _HOURS), *(days * 24 * 60 for days in _DAYS))
"""How many minutes after its posting something may close."""

MOST_YEARS: Final = 5
"""How far off the first posting may be."""

KEPT: Final = 500
"""Characters of a field that are kept: more than any conversation's id has."""

_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class When:
    """What the form says: from when on, how often, and how long each posting is open.

    `first` is the first posting: the first day of the rule that is not before `starts_at`.
    """

    starts_at: datetime
    rule: Rule | None
    closes_after: timedelta | None
    first: datetime


def is_of_series(draft: Draft) -> bool:
    """Give whether a draft changes what is posted later, and not something that was posted."""
    return bool(draft.edits) and "post.date" in draft.values


def is_of_posted(draft: Draft) -> bool:
    """Give whether a draft changes something that was posted, and answered perhaps."""
    return bool(draft.edits) and not is_of_series(draft)


def schedule_defaults(draft: Draft, now: datetime) -> Values:
    """Give the form's values: what was typed, else in about an hour, once.

    It closes as long after that as the draft itself says that it closes after now.
    """
    start = default_due(now + _HOUR, draft.time_zone, timedelta(0))
    defaults = {
        **moment_fields(start, draft.time_zone),
        "post.repeat": "never",
        "post.interval": "1",
        "post.weekdays": "",
        "post.day": "",
        "post.end": "never",
        "post.until": "",
        "post.times": "",
        "post.closes_after": _closes_after_by(draft, now),
        "post.where": draft.origin,
    }
    return {name: draft.values.get(name, value) for name, value in defaults.items()}


def typed_schedule(raw: Values) -> Values:
    """Give what was typed into fields of this form."""
    return {name: printable(raw[name])[:KEPT] for name in SCHEDULE_FIELDS if name in raw}


def with_closing(values: Values, time_zone: str, now: datetime) -> Values:
    """Give a draft's values with the due time of its first posting.

    What they say themselves was chosen for a posting at once. Where nothing can be read here
    there is no due time, and what is wrong is said by `read_schedule`.
    """
    try:
        when = read_schedule(values, time_zone, now)
    except InvalidAnswers:
        return {**values, **fields_of(None, time_zone)}
    due = closing_after(when.first, when.closes_after, time_zone)
    return {**values, **fields_of(due, time_zone)}


def moment_fields(at: datetime, time_zone: str) -> Values:
    """Give the fields for the first posting's day and time."""
    local = at.astimezone(zone(time_zone))
    return {"post.date": f"{local:%Y-%m-%d}", "post.time": f"{local:%H:%M}"}


def read_schedule(values: Values, time_zone: str, now: datetime) -> When:
    """Read the form. Raises InvalidAnswers with every problem at once, by field."""
    problems: dict[str, Problem] = {}
    fields = Fields(values, problems, PREFIX)
    starts_at = _starts_at(fields, time_zone, now)
    day = now if starts_at is None else starts_at
    rule = _rule(fields, day.astimezone(zone(time_zone)).date())
    after = fields.whole("closes_after", 1, CLOSES_AFTER[-1], 0)
    begins = None if starts_at is None else first(rule, starts_at, time_zone)
    if starts_at is not None and begins is None:
        fields.wrong("until", "until_before_first")
    if problems or starts_at is None or begins is None:
        raise InvalidAnswers(problems)
    return When(starts_at, rule, after * _MINUTE or None, begins)


def upcoming(when: When, time_zone: str, most: int) -> list[datetime]:
    """Give the first few times at which it is posted."""
    return list(islice(times(when.rule, when.starts_at, time_zone), most))


def _starts_at(fields: Fields, time_zone: str, now: datetime) -> datetime | None:
    day, clock = _day(fields, "date", "post_date_needed"), _clock(fields)
    if day is None or clock is None:
        return None
    if abs(day.year - now.year) > MOST_YEARS:
        is_past = day.year < now.year
        fields.wrong("date", "due_in_past" if is_past else "post_too_far", years=MOST_YEARS)
        return None
    wall = datetime.combine(day, clock, zone(time_zone))
    # Of an hour that the wall shows twice the first one may be over, and the second still come.
    moments = [wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    if moments[0].astimezone(wall.tzinfo).replace(tzinfo=None) != wall.replace(tzinfo=None):
        fields.wrong("time", "time_skipped")
        return None
    to_come = [moment for moment in moments if moment > now]
    if not to_come:
        fields.wrong("date", "due_in_past")
        return None
    return to_come[0]


def _day(fields: Fields, name: str, needed: str) -> date | None:
    try:
        return date.fromisoformat(fields.raw(name))
    except ValueError:
        fields.wrong(name, needed)
        return None


def _clock(fields: Fields) -> time | None:
    try:
        return time.fromisoformat(fields.raw("time")).replace(tzinfo=None, second=0, microsecond=0)
    except ValueError:
        fields.wrong("time", "post_time_needed")
        return None


def _rule(fields: Fields, start: date) -> Rule | None:
    repeat = fields.raw("repeat")
    if repeat not in set(Every):
        return None
    every, ends = Every(repeat), fields.raw("end")
    return Rule(
        every,
        fields.whole("interval", 1, MOST_APART, 1),
        (_weekdays(fields) or (start.weekday(),)) if every is Every.WEEK else (),
        fields.whole("day", 1, LAST_DAY, start.day) if every is Every.MONTH else 0,
        _day(fields, "until", "post_until_needed") if ends == "until" else None,
        _count(fields) if ends == "times" else 0,
    )


def _count(fields: Fields) -> int:
    count = fields.whole("times", 1, MOST_TIMES, 0)
    if not count:
        fields.wrong("times", "whole_between", least=1, most=MOST_TIMES)
    return count


def _weekdays(fields: Fields) -> tuple[int, ...]:
    chosen = {whole(part.strip()) for part in fields.raw("weekdays").split(",")}
    return tuple(day for day in range(7) if day in chosen)


def _closes_after_by(draft: Draft, now: datetime) -> str:
    values = draft.values
    if values.get("closes") == "false":
        return ""
    try:
        due = parse_due(values.get("date", ""), values.get("time", ""), draft.time_zone, now)
        wanted = due - now
    except InvalidAnswers:
        wanted = DEFAULT
    return str(min(CLOSES_AFTER, key=lambda minutes: abs(minutes * _MINUTE - wanted)))
