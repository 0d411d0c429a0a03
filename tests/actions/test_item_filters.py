"""Sections in their order, and moving within them."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from actions.item import Item
from actions.item_filters import by_section, place_beside, section_of
from actions.rows import Row, rows_of
from tests.actions.builders import NOW
from tests.actions.checklists import a_checklist


def rows_in(*sections: str) -> tuple[Row, ...]:
    """Give open items, one in each of these sections."""
    items = tuple(Item(f"i{n}", f"Item {n}", section=name) for n, name in enumerate(sections))
    content = replace(a_checklist().content, questions=items)
    return rows_of(content, {}, "", NOW)


def names(rows: tuple[Row, ...]) -> list[str]:
    return [row.item.id for row in rows]


def test_sections_are_together_in_the_order_in_which_they_come() -> None:
    assert names(by_section(rows_in("Hall", "Shop", " HALL ", "", "shop"))) == [
        "i0",
        "i2",
        "i1",
        "i4",
        "i3",
    ]


def test_an_item_moves_over_the_next_of_its_section_wherever_that_stands() -> None:
    rows = by_section(rows_in("Hall", "Shop", "Hall"))
    assert place_beside(rows, "i0", 1) == 2
    assert place_beside(rows, "i2", -1) == 0
    assert place_beside(rows, "i0", -1) is place_beside(rows, "i1", 1) is None
    assert place_beside(rows, "gone", 1) is None


@given(st.lists(st.sampled_from(["", "Hall", "Shop"]), min_size=1, max_size=8), st.data())
def test_moving_changes_places_with_the_neighbour_and_with_nothing_else(
    sections: list[str], data: st.DataObject
) -> None:
    before = by_section(rows_in(*sections))
    place = data.draw(st.integers(0, len(before) - 1))
    step = data.draw(st.sampled_from([-1, 1]))
    moved = before[place]
    target = place_beside(before, moved.item.id, step)
    if target is None:
        return
    whole = sorted(before, key=lambda row: row.number)
    items = [row.item for row in whole if row.item.id != moved.item.id]
    items.insert(target, moved.item)
    content = replace(a_checklist().content, questions=tuple(items))
    same = section_of(moved)
    after = [r for r in rows_of(content, {}, "", NOW) if section_of(r) == same]
    wanted = names(tuple(row for row in before if section_of(row) == same))
    at = wanted.index(moved.item.id)
    wanted[at], wanted[at + step] = wanted[at + step], wanted[at]
    assert names(tuple(after)) == wanted
