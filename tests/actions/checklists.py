"""Checklists as the tests of the domain need them."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from actions.action import Action, Settings
from actions.content import Content
from actions.item import Item
from actions.people import Person
from actions.ticking import checklist_of
from actions.ticks import Checklist, State, Tick, Wish
from tests.actions.builders import NOW, VOTER, a_poll

DONE, OPEN = Wish(State.DONE), Wish(State.OPEN)
BROKEN = Wish(State.NOT_DONE, "The lamp is broken", "Facility")
NOT_NEEDED = Wish(State.NOT_APPLICABLE, "It is a holiday")


def a_checklist(*texts: str, count: int = 0, **kept: Any) -> Action:
    """Give a posted checklist; how it is kept is said by Checklist's fields."""
    names = texts or tuple(f"Item {n}" for n in range(count)) or ("Lights", "Till", "Floor")
    items = tuple(Item(f"i{n}", text) for n, text in enumerate(names))
    content = Content("Opening", items, checklist=Checklist(**kept))
    return replace(a_poll(), kind="checklist", content=content, settings=Settings())


def a_tick(wish: Wish = DONE, by: Person = VOTER, at: datetime = NOW) -> Tick:
    """Give what somebody did to an item."""
    return Tick(wish, by, at)


def ticked(action: Action, **ticks: Tick) -> Action:
    """Give a shared list with these ticks besides those that it has, by item."""
    kept = checklist_of(action.content)
    kept = replace(kept, ticks={**kept.ticks, **ticks})
    return replace(action, content=replace(action.content, checklist=kept))
