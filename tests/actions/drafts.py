"""Drafts of surveys, made as the builder makes them."""

from collections.abc import Mapping
from typing import Any

from actions import drafted, survey
from actions.action import Action, Draft
from actions.errors import InvalidAnswers, Problem
from actions.fields import Values
from actions.plan import Plan
from tests.actions.builders import BERLIN, NOW, a_draft, new_ids

COLOURS = "Red\nGreen\nBlue"

FILLED: Mapping[str, Mapping[str, str]] = {
    "one": {"options": COLOURS, "other": "true", "shuffle": "true"},
    "several": {"options": COLOURS, "least": "2", "most": "2"},
    "drop_down": {"options": COLOURS},
    "stars": {"levels": "7", "low_label": "poor", "high_label": "great"},
    "numbers": {"levels": "10"},
    "nps": {"low_label": "never"},
    "likert": {"rows": "I like it\nI need it", "levels": "No\nYes"},
    "ranking": {"options": COLOURS, "shuffle": "true"},
    "short_text": {"limit": "40"},
    "number": {"min": "-1.5", "max": "20", "decimals": "1", "unit": "km"},
    "date": {"min": "2026-01-01", "max": "2026-12-31"},
    "time": {"min": "08:00", "max": "17:30"},
    "lesson": {
        "body": "Leave by the **stairs**.",
        "images": "https://example.org/a.png | The stairs",
        "links": "https://youtu.be/x | The film",
        "min_seconds": "60",
    },
    "item": {
        "note": "The switch is behind the door.",
        "section": "Shop floor",
        "assignee": "Ada Okafor",
        "due_date": "2026-12-01",
        "due_time": "09:00",
    },
}
"""What makes a question of each preset whole; the others need nothing."""


def a_form(*presets: str, title: str = "Canteen", **changes: str) -> Values:
    """Give a form with a right question of each preset; their ids are q1, q2 and so on."""
    values = survey.blank(NOW, BERLIN, new_ids(), title)
    for number, preset in enumerate(presets, start=1):
        fields = {"text": f"{preset}?", **FILLED.get(preset, {})}
        values = drafted.add(values, preset, f"q{number}", fields)
    return {**values, **changes}


def every_type(**changes: str) -> Values:
    """Give a form with a right question of every preset."""
    return a_form(*(one.name for one in survey.BUILDER.presets), **changes)


def typed(values: Values, question_id: str, **fields: str) -> Values:
    """Give the values with something typed about a question."""
    prefix = drafted.field_prefix(question_id)
    return {**values, **{prefix + name: text for name, text in fields.items()}}


def ruled(values: Values, question_id: str, by: str, operator: str, value: str) -> Values:
    """Give the values with a rule for a question."""
    return typed(values, question_id, if_question=by, if_operator=operator, if_value=value)


def planned(values: Values, before: Action | None = None) -> Plan:
    """Build a form as it stands now in Berlin."""
    return survey.build(values, NOW, BERLIN, new_ids(), before)


def problems_of(values: Values, before: Action | None = None) -> dict[str, Problem]:
    """Give what is wrong with a form, by field; nothing when it can be built."""
    try:
        planned(values, before)
    except InvalidAnswers as refused:
        return dict(refused.problems)
    return {}


def codes_of(values: Values, before: Action | None = None) -> dict[str, str]:
    """Give the codes of what is wrong with a form, by field."""
    return {name: problem.code for name, problem in problems_of(values, before).items()}


def a_survey_draft(values: Values, **changes: Any) -> Draft:
    """Give a draft of a survey."""
    return a_draft(values=values, kind=survey.NAME, **changes)
