"""What a filled-in form amounts to, and the fields that every kind's form has.

A form's values are flat text by field name, exactly as typed: that is what a draft keeps.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from unicodedata import category

from actions.action import Action, Settings, Visibility
from actions.content import Content
from actions.due import default_due, fields_of, parse_due
from actions.errors import InvalidAnswers, Problem

Values: TypeAlias = Mapping[str, str]

TITLE_LIMIT, DESCRIPTION_LIMIT, OPTION_LIMIT = 500, 5_000, 1_000
"""Characters after trimming (product.md §2)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A form that was found right."""

    content: Content
    settings: Settings
    closes_at: datetime | None


def common_defaults(now: datetime, time_zone: str) -> dict[str, str]:
    """Give the values that every kind's new form starts with."""
    return {
        "title": "",
        "description": "",
        **fields_of(default_due(now, time_zone), time_zone),
        **_settings_fields(Settings()),
    }


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
    visibility = values.get("visibility", "")
    return Settings(
        Visibility(visibility) if visibility in set(Visibility) else Visibility.EVERYONE,
        values.get("anonymous") == "true",
        values.get("may_change", "true") == "true",
        values.get("shuffle") == "true",
    )


def parse_closes_at(
    values: Values, time_zone: str, now: datetime, problems: dict[str, Problem]
) -> datetime | None:
    """Read the due time, None when there shall be none; adds to `problems`."""
    if values.get("closes") != "true":
        return None
    try:
        return parse_due(values.get("date", ""), values.get("time", ""), time_zone, now)
    except InvalidAnswers as refused:
        problems.update(refused.problems)
        return None


def printable(text: str) -> str:
    """Give a text without the control characters that no database and no card can hold."""
    return "".join(c for c in text if c in "\n\r\t" or category(c) not in {"Cc", "Cs"})


def parse_text(
    values: Values, name: str, limit: int, problems: dict[str, Problem], *, needed: str = ""
) -> str:
    """Read one text field, trimmed; `needed` is the problem's code when it may not be blank."""
    text = values.get(name, "").strip()
    if needed and not text:
        problems[name] = Problem(needed)
    if len(text) > limit:
        problems[name] = Problem("too_long", {"limit": limit, "length": len(text)})
    return text


def _settings_fields(settings: Settings) -> dict[str, str]:
    return {
        "visibility": settings.visibility.value,
        "anonymous": str(settings.anonymous).lower(),
        "may_change": str(settings.may_change).lower(),
        "shuffle": str(settings.shuffle).lower(),
    }
