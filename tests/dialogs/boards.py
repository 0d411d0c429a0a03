"""Checklists as their own screens show them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from actions.action import Action
from actions.item import Item
from actions.people import Person
from actions.tallies import Tallies
from actions.ticks import State, Tick, Wish
from actions.viewing import view_of
from dialogs.checklist_frame import Board, Spot, board_of
from dialogs.screen import Setting
from tests.actions.builders import CREATOR, NOW, VOTER
from tests.actions.checklists import a_checklist
from tests.dialogs.builders import DIALOG

LONG = "*_“é" * 1_000
"""4,000 characters: some are escaped, and some are more than one unit long."""

HOUR = timedelta(hours=1)


def a_list(*items: Item, **kept: Any) -> Action:
    """Give a posted checklist of these items; how it is kept is said by Checklist's fields."""
    made = a_checklist(**kept)
    return replace(made, content=replace(made.content, questions=items))


def a_board(
    action: Action | None = None,
    reader: Person = VOTER,
    spot: Spot | None = None,
    setting: Setting = DIALOG,
    own: Mapping[str, Tick] | None = None,
) -> Board:
    """Give a list as somebody sees it; `own` are the ticks of their own list."""
    answers = {name: tick.encode() for name, tick in own.items()} if own else None
    seen = view_of(
        action or a_checklist(), Tallies(), NOW, reader.key, answers, reader=reader.name
    )
    return board_of(seen, spot or Spot(), setting)


def ticked(state: State = State.DONE, by: Person = VOTER, **wish: Any) -> Tick:
    """Give what someone did an hour ago."""
    return Tick(Wish(state, **wish), by, NOW - HOUR)


def longest(**kept: Any) -> Action:
    """Give 200 items, all as long as can be, each in a section of its own."""
    items = [
        Item(f"item{n:08}", LONG, LONG, f"{n}{LONG[:97]}", LONG[:100], NOW) for n in range(200)
    ]
    reasons = {
        item.id: ticked(State.NOT_DONE, reason=LONG, owner=LONG[:100], due=NOW.date())
        for item in items[::2]
    }
    made = a_list(*items, ticks=reasons, **kept)
    content = replace(made.content, title=LONG[:500], description=LONG)
    return replace(made, content=content, creator=CREATOR)
