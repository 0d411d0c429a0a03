"""Drafts of checklists, made as the builder makes them."""

from typing import Any

from actions import checklist, drafted
from actions.action import Action, Draft
from actions.errors import InvalidAnswers, Problem
from actions.fields import Values
from actions.item import Item
from actions.people import Person
from actions.plan import Plan
from tests.actions.builders import BERLIN, NOW, a_draft, new_ids

CLEO = Person("tenant/cleo", "Cleo Marsh", "29:cleo")
"""Who makes the checklists."""


def a_checklist_form(*texts: str, title: str = "Opening", **changes: str) -> Values:
    """Give a form with an item of each text; their ids are i1, i2 and so on."""
    values = checklist.blank(NOW, BERLIN, new_ids(), title)
    for number, text in enumerate(texts, start=1):
        values = drafted.add(values, "item", f"i{number}", {"text": text})
    return {**values, **changes}


def planned(values: Values, before: Action | None = None, time_zone: str = BERLIN) -> Plan:
    """Build a form of Cleo's as it stands now."""
    return checklist.build(values, NOW, time_zone, new_ids(), before, CLEO)


def items_of(values: Values) -> list[Item]:
    """Give the items that a form makes."""
    items = planned(values).content.questions
    return [item for item in items if isinstance(item, Item)]


def problems_of(
    values: Values, before: Action | None = None, time_zone: str = BERLIN
) -> dict[str, Problem]:
    """Give what is wrong with a form, by field; nothing when it can be built."""
    try:
        planned(values, before, time_zone)
    except InvalidAnswers as refused:
        return dict(refused.problems)
    return {}


def codes_of(values: Values, before: Action | None = None) -> dict[str, str]:
    """Give the codes of what is wrong with a form, by field."""
    return {name: problem.code for name, problem in problems_of(values, before).items()}


def a_checklist_draft(values: Values, **changes: Any) -> Draft:
    """Give a draft of a checklist."""
    return a_draft(values=values, kind=checklist.NAME, **changes)
