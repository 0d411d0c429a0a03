"""What can be asked: the ready-made kinds of questions that a builder offers.

A preset is a question type with fields to start from; a type may have several presets.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from actions.errors import NotFound
from actions.questions import Question

DECIDED = frozenset({"several", "style", "long"})
"""Fields that the choice of a preset decides; there is nothing to type for them."""

_CHOICE = {"options": "", "other": "false", "shuffle": "false", "least": "", "most": ""}
_SCALE = {"levels": "5", "low_label": "", "high_label": ""}
_LESSON = {"body": "", "images": "", "links": "", "min_seconds": ""}
_ITEM = {"note": "", "section": "", "assignee": "", "due_date": "", "due_time": ""}


MARKED = ("one", "several", "drop_down", "yes_no", "number", "short_text")
"""Presets whose answers can be right or wrong."""

TAUGHT = ("lesson",)
"""Presets that ask nothing."""

ITEMS = ("item",)
"""Presets that are ticked."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A question type with all fields that build it, by their names in the builder's form.

    `untitled` is the code of the problem when its text is blank.
    """

    name: str
    type: str
    fields: Mapping[str, str]
    untitled: str = "question_needed"


PRESETS: tuple[Preset, ...] = (
    Preset("one", "choice", _CHOICE | {"several": "false", "style": "list"}),
    Preset("several", "choice", _CHOICE | {"several": "true", "style": "list"}),
    Preset("drop_down", "choice", _CHOICE | {"several": "false", "style": "drop_down"}),
    Preset("yes_no", "either", {"style": "yes_no"}),
    Preset("stars", "scale", _SCALE | {"style": "stars"}),
    Preset("numbers", "scale", _SCALE | {"style": "numbers"}),
    Preset("like", "either", {"style": "like"}),
    Preset("nps", "scale", _SCALE | {"style": "nps"}),
    Preset("likert", "likert", {"rows": "", "levels": ""}),
    Preset("ranking", "ranking", {"options": "", "shuffle": "false"}),
    Preset("short_text", "text", {"long": "false", "limit": ""}),
    Preset("long_text", "text", {"long": "true", "limit": ""}),
    Preset("number", "number", {"min": "", "max": "", "decimals": "", "unit": ""}),
    Preset("date", "date", {"min": "", "max": ""}),
    Preset("time", "time", {"min": "", "max": ""}),
    Preset("lesson", "lesson", _LESSON, untitled="heading_needed"),
    Preset("item", "item", _ITEM, untitled="item_needed"),
)
"""Every preset, in the order in which they are offered."""


def preset(name: str) -> Preset:
    """Give the preset of that name. Raises NotFound."""
    for candidate in PRESETS:
        if candidate.name == name:
            return candidate
    raise NotFound("no_such_preset")


def presets_of(names: Iterable[str]) -> tuple[Preset, ...]:
    """Give the presets of those names, in their order."""
    return tuple(one for name in names for one in PRESETS if one.name == name)


def preset_of(question: Question) -> Preset:
    """Give the preset that a question was, or could have been, made by."""
    fields = question.form()
    fitting = [one for one in PRESETS if one.type == question.type]
    for candidate in fitting:
        if all(fields.get(n) == v for n, v in candidate.fields.items() if n in DECIDED):
            return candidate
    return fitting[0]
