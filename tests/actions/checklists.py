"""Checklists as the tests of the domain need them."""

from dataclasses import replace
from typing import Any

from actions.action import Action, Settings
from actions.content import Content
from actions.item import Item
from actions.ticks import Checklist, State, Wish
from tests.actions.builders import a_poll

DONE, OPEN = Wish(State.DONE), Wish(State.OPEN)
BROKEN = Wish(State.NOT_DONE, "The lamp is broken", "Facility")


def a_checklist(*texts: str, count: int = 0, **kept: Any) -> Action:
    """Give a posted checklist; how it is kept is said by Checklist's fields."""
    names = texts or tuple(f"Item {n}" for n in range(count)) or ("Lights", "Till", "Floor")
    items = tuple(Item(f"i{n}", text) for n, text in enumerate(names))
    content = Content("Opening", items, checklist=Checklist(**kept))
    return replace(a_poll(), kind="checklist", content=content, settings=Settings())
