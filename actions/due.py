"""Due times: the default, and what a form's date and time mean in the creator's time zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from actions.errors import InvalidAnswers, Problem

DEFAULT = timedelta(days=7)
"""How far off the due time is unless someone says otherwise (product.md §2)."""


def zone(name: str) -> ZoneInfo:
    """Give the time zone of that name, UTC where there is none."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def default_due(now: datetime, time_zone: str) -> datetime:
    """Give the next half hour a week from now, as wall-clock time in the zone."""
    local = now.astimezone(zone(time_zone)).replace(tzinfo=None) + DEFAULT
    whole = local.replace(minute=local.minute // 30 * 30, second=0, microsecond=0)
    rounded = local if local == whole else whole + timedelta(minutes=30)
    return rounded.replace(tzinfo=zone(time_zone)).astimezone(UTC)


def fields_of(due: datetime | None, time_zone: str) -> dict[str, str]:
    """Give the form's fields for a due time."""
    if due is None:
        return {"closes": "false"}
    local = due.astimezone(zone(time_zone))
    return {"closes": "true", "date": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"}


def parse_due(day: str, clock: str, time_zone: str, now: datetime) -> datetime:
    """Read a form's date and time. Raises InvalidAnswers at `date` or `time`, or both."""
    problems: dict[str, Problem] = {}
    try:
        parsed_day = date.fromisoformat(day.strip())
    except ValueError:
        problems["date"] = Problem("date_needed")
    try:
        parsed_clock = time.fromisoformat(clock.strip()).replace(tzinfo=None)
    except ValueError:
        problems["time"] = Problem("time_needed")
    if problems:
        raise InvalidAnswers(problems)
    try:
        due = datetime.combine(parsed_day, parsed_clock, zone(time_zone)).astimezone(UTC)
    except OverflowError as impossible:
        raise InvalidAnswers({"date": Problem("date_needed")}) from impossible
    if due <= now:
        raise InvalidAnswers({"date": Problem("due_in_past")})
    return due
