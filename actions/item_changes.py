"""What someone changed of an item in a form: that is saved, and nothing else of it.

The form carries a mark of each text that it showed. A field whose text still has its mark was not
touched, and keeps what another one wrote into it meanwhile.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final
from urllib.parse import quote, unquote

from actions.about import NOTHING
from actions.due import zone
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields, Values, printable
from actions.item import TEXT_LIMIT, Item

FIELDS: Final = ("text", "note", "section", "assignee", "due_date", "due_time")
"""The form's fields."""

_SAME: Final[Mapping[str, str]] = {"due_date": "due", "due_time": "due"}
"""Fields that make one field of an item."""

_MARK_LENGTH: Final = 8

_CHOSEN: Final = "="
"""Begins what is chosen, and no name."""

_QUOTED: Final = str.maketrans({sign: quote(sign) for sign in "%,"})


def fields_of(item: Item, time_zone: str) -> dict[str, str]:
    """Give the form's fields that say what an item is."""
    local = item.due.astimezone(zone(time_zone)) if item.due is not None else None
    return {"text": item.text, **replace(item, due=local).form()}


def typed(inputs: Mapping[str, str]) -> dict[str, str]:
    """Give what was typed; clients leave a field out that was cleared."""
    read = {name: _tidy(inputs.get(name, "")) for name in FIELDS}
    return {**read, "assignee": _chosen(read["assignee"])}


def to_choose(name: str) -> str:
    """Give a name, or none, as what is sent when it is chosen: not empty, and without commas.

    Clients join what is chosen by commas, and cannot choose nothing (teams.md §4).
    """
    return _CHOSEN + name.translate(_QUOTED)


def marks_of(values: Values) -> str:
    """Give the marks of what a form shows, as words in the order of its fields."""
    return " ".join(_mark(values.get(name, "")) for name in FIELDS)


def build_item(item_id: str, values: Values, time_zone: str) -> Item:
    """Read a whole form. Raises InvalidAnswers."""
    problems: dict[str, Problem] = {}
    fields = Fields(values, problems)
    text = fields.text("text", TEXT_LIMIT, needed="item_needed")
    built = Item.build(item_id, text, NOTHING, fields)
    if problems:
        raise InvalidAnswers(problems)
    if built.due is None:
        return built
    try:
        due = built.due.replace(tzinfo=zone(time_zone)).astimezone(UTC)
    except OverflowError as impossible:
        raise InvalidAnswers({"due_date": Problem("no_such_date")}) from impossible
    return replace(built, due=due)


def changes(
    values: Values, shown: str, now: Item, time_zone: str
) -> Mapping[str, str | datetime | None]:
    """Give the fields of an item that were changed, with what they shall be.

    `shown` are the marks of what the form showed, `now` is the item as it stands. Raises
    InvalidAnswers, also where another one changed the same field to something else meanwhile.
    """
    stands = fields_of(now, time_zone)
    marks = dict(zip(FIELDS, shown.split(), strict=False))
    touched = {name for name in FIELDS if marks.get(name) != _mark(values.get(name, ""))}
    wanted = {name: values.get(name, "") if name in touched else stands[name] for name in FIELDS}
    problems: dict[str, Problem] = {
        name: Problem("changed_meanwhile", {"text": stands[name]})
        for name in FIELDS
        if name in touched and _mark(stands[name]) not in {marks.get(name), _mark(wanted[name])}
    }
    try:
        item = build_item(now.id, wanted, time_zone)
    except InvalidAnswers as refused:
        raise InvalidAnswers({**problems, **refused.problems}) from refused
    if problems:
        raise InvalidAnswers(problems)
    names = dict.fromkeys(_SAME.get(name, name) for name in FIELDS if name in touched)
    return {name: getattr(item, name) for name in names}


def _chosen(sent: str) -> str:
    """Give a name that was chosen, or typed where there was nothing to choose from."""
    return unquote(sent.removeprefix(_CHOSEN)) if sent.startswith(_CHOSEN) else sent


def _tidy(text: str) -> str:
    return printable(text).replace("\r\n", "\n").replace("\r", "\n").strip()


def _mark(text: str) -> str:
    return sha256(_tidy(text).encode()).hexdigest()[:_MARK_LENGTH]
