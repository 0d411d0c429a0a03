"""The items of a list in its sections, and those of them that someone looks for."""

from collections.abc import Sequence
from enum import StrEnum

from actions.fields import fold
from actions.rows import Row
from actions.ticks import State


class Filter(StrEnum):
    """Which items are shown."""

    ALL = "all"
    MINE = "mine"
    OPEN = "open"
    OVERDUE = "overdue"
    TO_CHECK = "to_check"

    def holds(self, row: Row) -> bool:
        """Give whether an item is one of them."""
        match self:
            case Filter.ALL:
                return True
            case Filter.MINE:
                return row.is_own
            case Filter.OPEN:
                return row.tick is None
            case Filter.OVERDUE:
                return row.is_overdue
            case Filter.TO_CHECK:
                return waits_for_check(row)


def waits_for_check(row: Row) -> bool:
    """Give whether an item is done, and somebody has to look at it before it counts."""
    return row.tick is not None and row.tick.state is State.DONE and not row.is_settled


def by_section(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Give items section by section, in the order in which the sections come first."""
    order: dict[str, int] = {}
    for row in rows:
        order.setdefault(section_of(row), len(order))
    return tuple(sorted(rows, key=lambda row: order[section_of(row)]))


def section_of(row: Row) -> str:
    """Give the form of an item's section in which two that say the same are the same."""
    return fold(row.item.section)


def place_beside(rows: Sequence[Row], item_id: str, step: int) -> int | None:
    """Give the place on the whole list, from 0, that moves an item one up (-1) or down (1).

    It moves within its section; None at the ends of that. `rows` are in their sections.
    """
    place = next((n for n, row in enumerate(rows) if row.item.id == item_id), None)
    if place is None or not 0 <= place + step < len(rows):
        return None
    beside = rows[place + step]
    is_same = section_of(beside) == section_of(rows[place])
    return beside.number - 1 if is_same else None
