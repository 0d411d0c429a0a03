"""The audit log: who managed what, when; never what anybody answered.

What respondents do leaves no line at all, so that no line can help to join people with ballots.
Titles are in none either: a subject is an id.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from actions.action import Action
from actions.history import Entry
from actions.managing import CLOCK
from actions.people import Person
from actions.scheduling import BY_CREATOR
from actions.series import Series

OPERATOR: Final = Person("operator", "Operator")
"""Who did what was done by a command on the server."""

MANAGES: Final = frozenset({"edited", "closed", "reopened", "deleted", "exported", "reminded"})
"""The verbs of a history that are acts of management: ticks and added options are none."""

_SAID: Final = frozenset({"format", "count"})
"""What of a line in a history is told here, too: it names nobody."""


@dataclass(frozen=True, slots=True)
class Act:
    """One line: who did what, when; `subject` is the id of an action or series, or a person."""

    at: datetime
    tenant_id: str
    person: Person
    verb: str
    subject: str
    detail: Mapping[str, Any] = field(default_factory=dict)


def act_of(before: Action, after: Action, entry: Entry) -> Act | None:
    """Give what a line in an action's history is here, None if that is no act of management."""
    if entry.verb not in MANAGES:
        return None
    detail = {name: value for name, value in entry.detail.items() if name in _SAID}
    if entry.verb == "edited":
        detail = {"changed": changed_parts(before, after)}
    return Act(entry.at, before.tenant_id, entry.person, entry.verb, before.id, detail)


def posted(action: Action) -> Act:
    """Give the line of an action that was posted, in the name of its creator."""
    detail: dict[str, Any] = {"kind": action.kind}
    if action.series:
        detail |= {"series": action.series, "number": action.number}
    at, tenant_id = action.created_at, action.tenant_id
    return Act(at, tenant_id, action.creator, "posted", action.id, detail)


def taken_back(action: Action, now: datetime) -> Act:
    """Give the line of an action that could not be shown, and was taken back."""
    return Act(now, action.tenant_id, CLOCK, "taken_back", action.id)


def scheduled(series: Series, now: datetime) -> Act:
    """Give the line of a series that was made."""
    return _of_series(series, now, "scheduled", {"kind": series.template.kind})


def series_deleted(series: Series, now: datetime) -> Act:
    """Give the line of a series that its creator deleted."""
    return _of_series(series, now, "series_deleted")


def series_changed(before: Series, after: Series, now: datetime) -> Act | None:
    """Give the line of a change of a series.

    None where only what was posted is counted, or who manages that: it is told of what was posted.
    """
    if _as_kept(before) == _as_kept(after):
        return None
    if after.stopped and not before.stopped:
        act = _of_series(after, now, "series_stopped", {"why": after.stopped})
        return act if after.stopped == BY_CREATOR else replace(act, person=CLOCK)
    is_edit = _as_planned(before) != _as_planned(after)
    goes_on = bool(before.stopped) and not after.stopped
    verb = "series_resumed" if goes_on and not is_edit else "series_edited"
    return _of_series(after, now, verb)


def changed_parts(before: Action, after: Action) -> list[str]:
    """Give what an edit changed, by the names of its parts."""
    old, new = _parts(before), _parts(after)
    return [name for name in old if old[name] != new[name]]


def _of_series(
    series: Series, now: datetime, verb: str, detail: Mapping[str, Any] | None = None
) -> Act:
    template = series.template
    return Act(now, template.tenant_id, template.creator, verb, series.id, detail or {})


def _as_kept(series: Series) -> Series:
    return replace(series, posted=0, template=replace(series.template, co_creators=()))


def _as_planned(series: Series) -> Series:
    return replace(series, next_at=None, stopped="", posted=0)


def _parts(action: Action) -> dict[str, object]:
    content, kept = action.content, action.content.checklist
    return {
        "title": content.title,
        "description": content.description,
        "questions": content.questions,
        "keys": content.keys,
        "exam": content.exam,
        "ticking": None if kept is None else replace(kept, ticks={}),
        "settings": action.settings,
        "closes_at": action.closes_at,
        "co_creators": {person.key for person in action.co_creators},
    }
