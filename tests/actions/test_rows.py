"""A checklist's items as a reader sees them: what comes first, and how far it is."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from actions.action import Action
from actions.item import Item
from actions.people import Person
from actions.rows import (
    Progress,
    latest,
    most_pressing,
    progress,
    rows_in,
    rows_of,
    settled,
    ticks_of,
)
from actions.tallies import Tallies
from actions.ticking import checklist_of
from actions.ticks import State, Tick, Wish
from actions.viewing import view_of
from tests.actions.builders import CREATOR, NOW, VOTER
from tests.actions.checklists import BROKEN, DONE, NOT_NEEDED, a_checklist, a_tick, ticked

LATE, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)


def of(*items: Item) -> Action:
    action = a_checklist()
    return replace(action, content=replace(action.content, questions=items))


def test_own_items_come_first_then_overdue_ones_then_the_rest_in_their_order() -> None:
    made = of(
        Item("a", "A"),
        Item("b", "B", due=LATE),
        Item("c", "C", assignee="Vera Voter"),
        Item("d", "D", assignee="vera  voter", due=LATE),
        Item("e", "E", due=LATER),
    )
    mine = most_pressing(rows_of(made.content, {}, VOTER.name, NOW))
    assert [row.item.id for row in mine] == ["d", "c", "b", "a", "e"]
    anyones = most_pressing(rows_of(made.content, {}, "", NOW))
    assert [row.item.id for row in anyones] == ["b", "d", "a", "c", "e"]


def test_an_item_is_overdue_until_it_is_settled() -> None:
    made = of(Item("a", "A", due=NOW), Item("b", "B", due=LATER))
    assert [row.is_overdue for row in rows_of(made.content, {}, "", NOW)] == [True, False]
    for wish in (DONE, BROKEN, NOT_NEEDED):
        row, _ = rows_of(made.content, {"a": a_tick(wish)}, "", NOW)
        assert row.is_settled
        assert not row.is_overdue


def test_what_waits_to_be_checked_is_overdue_still() -> None:
    made = of(Item("a", "A", due=LATE))
    kept = replace(checklist_of(made.content), checker=CREATOR)
    content = replace(made.content, checklist=kept)
    (row,) = rows_of(content, {"a": a_tick()}, "", NOW)
    assert row.is_overdue
    (row,) = rows_of(content, {"a": replace(a_tick(), checked=CREATOR)}, "", NOW)
    assert not row.is_overdue


def test_those_ticked_last_come_newest_first() -> None:
    made = a_checklist(count=4)
    ticks = {f"i{n}": a_tick(at=NOW + timedelta(minutes=-n)) for n in range(3)}
    ticks["i3"] = a_tick(at=NOW)
    newest = latest(rows_of(made.content, ticks, "", NOW), 3)
    assert [row.item.id for row in newest] == ["i3", "i0", "i1"]


def test_the_view_of_a_list_has_the_viewers_own_ticks_where_each_has_a_list() -> None:
    own = {"i0": a_tick().encode()}
    for is_individual, done in ((True, 1), (False, 0)):
        made = a_checklist(individual=is_individual)
        view = view_of(made, Tallies(), NOW, VOTER.key, own, reader=VOTER.name)
        assert settled(rows_in(view)) == done


def test_without_a_name_nothing_is_ones_own() -> None:
    view = view_of(of(Item("a", "A")), Tallies(), NOW)
    assert [row.is_own for row in rows_in(view)] == [False]


def test_how_far_a_list_is_counts_each_item_in_one_state() -> None:
    ticks = {"i0": a_tick(DONE), "i1": a_tick(BROKEN), "i2": a_tick(NOT_NEEDED)}
    made = ticked(a_checklist(count=5, checker=CREATOR), **ticks)
    rows = rows_of(made.content, ticks_of(made.content, None), "", NOW)
    assert progress(rows) == Progress(0, 1, 1, 1, 2)


ticks = st.builds(
    Tick,
    st.sampled_from([DONE, BROKEN, NOT_NEEDED, Wish(State.NOT_DONE, "x")]),
    st.just(VOTER),
    st.just(NOW),
    st.sampled_from([Person("", ""), CREATOR]),
)


@given(
    st.dictionaries(st.sampled_from([f"i{n}" for n in range(6)]), ticks),
    st.sampled_from([None, CREATOR]),
)
def test_every_item_is_open_waiting_or_settled(
    kept: dict[str, Tick], checker: Person | None
) -> None:
    made = ticked(a_checklist(count=6, checker=checker), **kept)
    rows = rows_of(made.content, kept, "", NOW)
    reached = progress(rows)
    assert reached.count == 6
    assert reached.settled == settled(rows)
    assert reached.open == len(most_pressing(rows)) == 6 - len(kept)
    assert {row.number for row in rows} == set(range(1, 7))
