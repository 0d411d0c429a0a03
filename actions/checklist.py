"""The checklist: one to 200 items that are ticked off, together or each person their own.

Once it is posted its items are changed in the list itself, one by one (`actions.ticking`): a form
that holds all of them would undo what others changed while it was open.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from actions import drafted
from actions.action import Action, Settings, Visibility
from actions.builder import Builder, Unit
from actions.content import Content
from actions.due import zone
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields, Values, printable
from actions.item import LEAST_ITEMS, MOST_ITEMS, Item
from actions.pasted_items import find_items
from actions.people import Person
from actions.plan import (
    DESCRIPTION_LIMIT,
    KEPT_INFORMED,
    TITLE_LIMIT,
    Plan,
    common_defaults,
    common_values,
    parse_closes_at,
    parse_settings,
)
from actions.presets import ITEMS, preset, presets_of
from actions.questions import Question
from actions.ticks import Checklist

NAME = "checklist"

SHARED, OWN = "shared", "own"
"""Whose ticks they are: everyone's, or each person's."""

USUAL, ANYONE, MAKER = "usual", "anyone", "maker"
"""Who changes the items: usually everyone on a shared list, else only its maker."""

NAMED = "named"
"""Who ticks an item that is for someone by name: only they; others are anyone's."""

NOBODY, ME = "nobody", "me"
"""Who has to look at what is done before it counts."""

TYPED = frozenset(
    {"title", "description", "closes", "date", "time", "visibility", "mode", "editors", "check"}
    | {"tickers", "shown_from", "add", "pasted"}
    | KEPT_INFORMED
)
"""The fields of the form beside those of its items (as in `actions.survey`)."""

_PARTS: Final = re.compile(r"[|\n]")


def blank(now: datetime, time_zone: str, new_id: Callable[[], str], title: str = "") -> Values:
    """Give a new form's values; of several lines the first is the title, the others are items."""
    first, *lines = title.strip().splitlines() or [""]
    return _begun(now, time_zone, new_id, first, lines)


def values_of(action: Action) -> Values:
    """Give the form's values that say what this is, its items' due times in its own zone."""
    local, kept = zone(action.time_zone), action.content.checklist or Checklist()
    return {
        **common_values(action),
        "mode": OWN if kept.individual else SHARED,
        "editors": _editors(kept),
        "tickers": NAMED if kept.own_only else ANYONE,
        "check": NOBODY if kept.checker is None else ME,
        **drafted.values_of(_with_due(action.content, lambda due: due.astimezone(local))),
    }


def renewed(action: Action, now: datetime) -> Action:
    """Give it as it is made again: every item open, and due as long after today as it was."""
    content, local = action.content, zone(action.time_zone)
    made, today = (moment.astimezone(local).date() for moment in (action.created_at, now))
    moved = _with_due(content, lambda due: _later(due, today - made, local))
    kept = replace(content.checklist or Checklist(), ticks={})
    return replace(action, content=replace(moved, checklist=kept))


def from_line(
    line: str, now: datetime, time_zone: str, new_id: Callable[[], str]
) -> Values | None:
    """Read `Opening | Lights | Till`, or a line for each; None if there are no items."""
    title, *items = _PARTS.split(line)
    if not any(item.strip() for item in items):
        return None
    return _begun(now, time_zone, new_id, title, items)


def typed(values: Values, raw: Mapping[str, str], new_id: Callable[[], str]) -> Values:
    """Give the values with what was just typed in their place; unknown fields are left out."""
    del new_id
    return drafted.typed(values, raw, TYPED)


def read(values: Values, problems: dict[str, Problem]) -> Content:
    """Read all items, their due times as if they were in UTC; adds to the problems."""
    items = drafted.questions_of(values, problems)
    if drafted.ORDER in problems:
        limits = {"least": LEAST_ITEMS, "most": MOST_ITEMS, "given": len(items)}
        problems[drafted.ORDER] = Problem("items_count", limits)
    return Content("", items)


def build(
    values: Values,
    now: datetime,
    time_zone: str,
    new_id: Callable[[], str],
    before: Action | None = None,
    maker: Person | None = None,
) -> Plan:
    """Read a whole form. Raises InvalidAnswers with every problem at once.

    Of what is posted, items and ticks stay as they are, and so does how it is kept but for who may
    tick, and who may change the items.
    """
    del new_id
    problems: dict[str, Problem] = {}
    fields = Fields(values, problems)
    title = fields.text("title", TITLE_LIMIT, needed="untitled")
    description = fields.text("description", DESCRIPTION_LIMIT)
    closes_at = parse_closes_at(values, time_zone, now, problems, before)
    if before is None:
        content = _local(read(values, problems), time_zone, problems)
        kept = _kept(fields, maker)
    else:
        content, old = before.content, before.content.checklist or Checklist()
        anyone = _anyone_edits(fields, individual=old.individual)
        own_only = _own_only(fields, individual=old.individual)
        kept = replace(old, anyone_edits=anyone, own_only=own_only)
    if problems:
        raise InvalidAnswers(problems)
    content = replace(content, title=title, description=description, checklist=kept)
    warnings = () if before is not None or not _is_overdue(content, now) else ("items_overdue",)
    return Plan(content, _settings(values, kept), closes_at, warnings)


def watched(content: Content) -> tuple[str, ...]:
    """Give no items: ticks of a shared list are no tallies, and own ones are too many for it."""
    del content
    return ()


BUILDER = Builder(presets_of(ITEMS), read, unit=Unit.ITEM)


def _begun(
    now: datetime, time_zone: str, new_id: Callable[[], str], title: str, lines: Sequence[str]
) -> Values:
    """Give a form's values in which something is written already."""
    values = {
        **common_defaults(now, time_zone),
        "title": printable(title).strip()[:TITLE_LIMIT],
        "mode": SHARED,
        "editors": USUAL,
        "tickers": ANYONE,
        "check": NOBODY,
    }
    ids = []
    for item in find_items(printable("\n".join(lines))):
        # Twice as long as an option's: there may be 200.
        ids.append(new_id() + new_id())
        fields = {**preset(item.preset).fields, **item.fields, "preset": item.preset}
        prefix = drafted.field_prefix(ids[-1])
        values |= {prefix + name: text for name, text in fields.items()}
    return {**values, drafted.ORDER: " ".join(ids)}


def _kept(fields: Fields, maker: Person | None) -> Checklist:
    individual, is_checked = fields.raw("mode") == OWN, fields.raw("check") == ME
    anyone = _anyone_edits(fields, individual=individual)
    checker = Person(maker.key, maker.name) if is_checked and maker is not None else None
    own_only = _own_only(fields, individual=individual)
    return Checklist(individual, anyone, checker, own_only=own_only)


def _anyone_edits(fields: Fields, *, individual: bool) -> bool:
    chosen = fields.raw("editors")
    return chosen == ANYONE if chosen in {ANYONE, MAKER} else not individual


def _own_only(fields: Fields, *, individual: bool) -> bool:
    """On a list of their own everyone ticks everything, whoever it is meant for."""
    return fields.raw("tickers") == NAMED and not individual


def _editors(kept: Checklist) -> str:
    if kept.anyone_edits is not kept.individual:
        return USUAL
    return ANYONE if kept.anyone_edits else MAKER


def _settings(values: Values, kept: Checklist) -> Settings:
    """Who ticked what is the point of it, and everyone sees a list that they share."""
    read = parse_settings(values)
    visibility = read.visibility if kept.individual else Visibility.EVERYONE
    return Settings(visibility, remind_hours=read.remind_hours, notify=read.notify)


def _local(content: Content, time_zone: str, problems: dict[str, Problem]) -> Content:
    """Give the content with due times that were read as if in UTC moved to where they are from."""
    local = zone(time_zone)
    items = []
    for item in content.questions:
        try:
            items.append(_due(item, lambda due: due.replace(tzinfo=local).astimezone(UTC)))
        except OverflowError:
            name = drafted.field_prefix(item.id) + "due_date"
            problems.setdefault(name, Problem("no_such_date"))
    return replace(content, questions=tuple(items))


def _with_due(content: Content, moved: Callable[[datetime], datetime | None]) -> Content:
    return replace(content, questions=tuple(_due(item, moved) for item in content.questions))


def _due(item: Question, moved: Callable[[datetime], datetime | None]) -> Question:
    if not isinstance(item, Item) or item.due is None:
        return item
    return replace(item, due=moved(item.due))


def _later(due: datetime, by: timedelta, local: ZoneInfo) -> datetime | None:
    """Give the same time of day some days later, none at the end of all days."""
    try:
        moved = due.astimezone(local).replace(tzinfo=None) + by
        return moved.replace(tzinfo=local).astimezone(UTC)
    except OverflowError:
        return None


def _is_overdue(content: Content, now: datetime) -> bool:
    due = (item.due for item in content.questions if isinstance(item, Item))
    return any(moment is not None and moment <= now for moment in due)
