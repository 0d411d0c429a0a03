"""Due times: the default, and what a form's date and time mean in the creator's time zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from actions.action import Action, Status
from actions.errors import InvalidAnswers, Problem

DEFAULT = timedelta(days=7)
"""How far off the due time is unless someone says otherwise (product.md §2)."""


LONG_ENOUGH = timedelta(hours=48)
"""What is open for a shorter time reminds nobody by itself (product.md §2)."""


def zone(name: str) -> ZoneInfo:
    """Give the time zone of that name, UTC where there is none."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def default_due(now: datetime, time_zone: str, later: timedelta = DEFAULT) -> datetime:
    """Give the next half hour a week from now, or that much later, as the zone's wall has it."""
    local = now.astimezone(zone(time_zone)).replace(tzinfo=None) + later
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


def closing_after(posted: datetime, after: timedelta | None, time_zone: str) -> datetime | None:
    """Give when what is posted then closes, whole days being days on the zone's calendar."""
    if after is None:
        return None
    days, rest = divmod(after, timedelta(days=1))
    if not days:
        return posted + rest
    later = posted.astimezone(zone(time_zone)).replace(tzinfo=None) + timedelta(days=days)
    return later.replace(tzinfo=zone(time_zone)).astimezone(UTC) + rest


def reminder_at(closes_at: datetime | None, since: datetime, hours: int) -> datetime | None:
    """Give when people are reminded of what closes, `hours` before; 0 stands for never.

    `since` is when it was posted: what has passed then is not made up for.
    """
    if closes_at is None or not hours or closes_at - since < LONG_ENOUGH:
        return None
    at = closes_at - timedelta(hours=hours)
    return at if at > since else None


def with_reminder(action: Action, now: datetime) -> Action:
    """Give an action whose due time, settings or status may be others, with its reminder.

    A reminder whose time has passed has been sent, or is not made up for.
    """
    at = None
    if action.status is Status.ACTIVE:
        at = reminder_at(action.closes_at, action.created_at, action.settings.remind_hours)
    return replace(action, remind_at=at if at is not None and at > now else None)
