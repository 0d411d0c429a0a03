"""Drafts of quizzes and trainings, made as the builder makes them."""

from collections.abc import Mapping
from typing import Any

from actions import drafted
from actions.action import Action, Draft
from actions.errors import InvalidAnswers, Problem
from actions.fields import Values
from actions.kinds import kind
from actions.plan import Plan
from tests.actions.builders import BERLIN, NOW, a_draft, new_ids

RIGHT: Mapping[str, Mapping[str, str]] = {
    "one": {"options": "*Paris\nRome\nBerlin", "points": "2", "explanation": "Since 987."},
    "several": {"options": "*Paris\n*Rome\nYork", "partial": "true"},
    "drop_down": {"options": "Red\n*Green"},
    "yes_no": {"right": "no"},
    "number": {"right": "9.81", "tolerance": "0.05", "unit": "m/s²"},
    "short_text": {"right": "Goethe\nJ. W. Goethe"},
    "lesson": {"body": "Read this."},
}
"""What makes a question of each preset whole."""


def a_quiz_form(*presets: str, kind_name: str = "quiz", **changes: str) -> Values:
    """Give a form with a right question of each preset; their ids are q1, q2 and so on."""
    values = kind(kind_name).blank(NOW, BERLIN, new_ids(), "Capitals")
    for number, preset in enumerate(presets, start=1):
        fields = {"text": f"{preset}?", **RIGHT[preset]}
        values = drafted.add(values, preset, f"q{number}", fields)
    return {**values, **changes}


def planned(values: Values, before: Action | None = None, kind_name: str = "quiz") -> Plan:
    """Build a form as it stands now in Berlin."""
    return kind(kind_name).build(values, NOW, BERLIN, new_ids(), before)


def problems_of(
    values: Values, before: Action | None = None, kind_name: str = "quiz"
) -> dict[str, Problem]:
    """Give what is wrong with a form, by field; nothing when it can be built."""
    try:
        planned(values, before, kind_name)
    except InvalidAnswers as refused:
        return dict(refused.problems)
    return {}


def codes_of(
    values: Values, before: Action | None = None, kind_name: str = "quiz"
) -> dict[str, str]:
    """Give the codes of what is wrong with a form, by field."""
    problems = problems_of(values, before, kind_name)
    return {name: problem.code for name, problem in problems.items()}


def a_quiz_draft(values: Values, kind_name: str = "quiz", **changes: Any) -> Draft:
    """Give a draft of a quiz, or of another kind that is marked."""
    return a_draft(values=values, kind=kind_name, **changes)
