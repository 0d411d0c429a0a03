"""What was done to one item of a list, as its history tells."""

from typing import Final

from actions.history import Entry
from actions.item_editing import LINES_BACK
from actions.ports import Ports
from actions.ticking import checklist_of
from actions.viewing import View

MOST_LINES: Final = 5
"""How many lines are told."""

TICKS: Final = frozenset(
    {"item_done", "item_open", "item_not_applicable", "item_not_done"}
    | {"item_checked", "item_refused"}
)
"""What is done on people's own lists, which is theirs to see."""


async def lines_of(ports: Ports, view: View, item_id: str) -> tuple[Entry, ...]:
    """Give what was last done to an item, the newest first; of one's own list what one did."""
    is_own = checklist_of(view.action.content).individual
    lines = await ports.store.history(view.action.id, "", LINES_BACK)
    about = [
        entry
        for _, entry in lines
        if entry.detail.get("item") == item_id
        and not (is_own and entry.verb in TICKS and _list_of(entry) != view.viewer)
    ]
    return tuple(about[:MOST_LINES])


def _list_of(entry: Entry) -> str:
    """Give whose own list a line is about: that of who ticks, or the one that was looked at."""
    return str(entry.detail.get("list") or entry.person.key)
