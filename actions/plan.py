"""What a filled-in form amounts to, and the fields that every kind's form has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from actions.action import REMIND_HOURS, Action, Notify, Settings, Visibility
from actions.content import Content
from actions.due import default_due, fields_of, parse_due
from actions.errors import InvalidAnswers, Problem
from actions.fields import Values

TITLE_LIMIT, DESCRIPTION_LIMIT = 500, 5_000
"""Characters after trimming (product.md §2)."""

KEPT_INFORMED: Final = frozenset({"remind_hours", "notify"})
"""The fields that say when people are reminded, and what the creator is told of."""

REMINDED: Final = (1, 4, 12, 24, 48, 72, 0)
"""How many hours before the due time people may be reminded, 0 for never."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A form that was found right; `warnings` are codes of what its maker should look at."""

    content: Content
    settings: Settings
    closes_at: datetime | None
    warnings: tuple[str, ...] = ()


def common_defaults(now: datetime, time_zone: str) -> dict[str, str]:
    """Give the values that every kind's new form starts with."""
    return {
        "title": "",
        "description": "",
        **fields_of(default_due(now, time_zone), time_zone),
        **_settings_fields(Settings()),
    }


def with_cleared(raw: Mapping[str, str]) -> Mapping[str, str]:
    """Give what was typed with the day and time that a client leaves out when they are cleared.

    They stand beside the switch, which is always sent.
    """
    return {"date": "", "time": "", **raw} if "closes" in raw else raw


def common_values(action: Action) -> dict[str, str]:
    """Give the form's values that say what an action is, to edit or duplicate it."""
    return {
        "title": action.content.title,
        "description": action.content.description,
        **fields_of(action.closes_at, action.time_zone),
        **_settings_fields(action.settings),
    }


def parse_settings(values: Values) -> Settings:
    """Read the settings; what is missing or unknown has its default."""
    visibility, notify = values.get("visibility", ""), values.get("notify", "")
    hours = values.get("remind_hours", "")
    return Settings(
        Visibility(visibility) if visibility in set(Visibility) else Visibility.EVERYONE,
        values.get("anonymous") == "true",
        values.get("may_change", "true") == "true",
        values.get("shuffle") == "true",
        values.get("several") == "true",
        values.get("may_add") == "true",
        int(hours) if hours in map(str, REMINDED) else REMIND_HOURS,
        Notify(notify) if notify in set(Notify) else Notify.CLOSE,
    )


def parse_closes_at(
    values: Values,
    time_zone: str,
    now: datetime,
    problems: dict[str, Problem],
    before: Action | None,
) -> datetime | None:
    """Read the due time, None when there shall be none; adds to `problems`.

    One that was not touched may lie in the past (that of the closed action `before`).
    """
    if before is not None:
        untouched = common_values(before)
        if all(values.get(n) == untouched.get(n) for n in ("closes", "date", "time")):
            return before.closes_at
    if values.get("closes") != "true":
        return None
    try:
        return parse_due(values.get("date", ""), values.get("time", ""), time_zone, now)
    except InvalidAnswers as refused:
        problems.update(refused.problems)
        return None


def _settings_fields(settings: Settings) -> dict[str, str]:
    return {
        "visibility": settings.visibility.value,
        "anonymous": str(settings.anonymous).lower(),
        "may_change": str(settings.may_change).lower(),
        "shuffle": str(settings.shuffle).lower(),
        "several": str(settings.several).lower(),
        "may_add": str(settings.may_add).lower(),
        "remind_hours": str(settings.remind_hours),
        "notify": settings.notify.value,
    }
