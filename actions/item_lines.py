"""What was done to one item of a list, as its history tells."""

from typing import Final

from actions.history import Entry
from actions.ports import Ports
from actions.ticking import LINES_BACK, checklist_of
from actions.viewing import View

MOST_LINES: Final = 5
"""How many lines are told."""

TICKS: Final = frozenset({"item_done", "item_open", "item_not_applicable", "item_not_done"})
"""What people do on lists of their own, which is theirs to see."""


async def lines_of(ports: Ports, view: View, item_id: str) -> tuple[Entry, ...]:
    """Give what was last done to an item, the newest first; of one's own list what one did."""
    is_own = checklist_of(view.action.content).individual
    lines = await ports.store.history(view.action.id, "", LINES_BACK)
    about = [
        entry
        for _, entry in lines
        if entry.detail.get("item") == item_id
        and not (is_own and entry.verb in TICKS and entry.person.key != view.viewer)
    ]
    return tuple(about[:MOST_LINES])
