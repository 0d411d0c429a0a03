"""Deleting an item and putting it back: whole, with its tick, and never twice."""

from datetime import date

import pytest

from actions import item_editing, ticking
from actions.content import encode
from actions.errors import InvalidAnswers, NotAllowed, NotFound
from actions.item import MOST_ITEMS, Item
from actions.item_lines import lines_of
from actions.ticks import State, Wish
from actions.viewing import view
from tests.actions.builders import BERLIN, CREATOR, DUE, VOTER
from tests.actions.checklists import DONE, a_checklist
from tests.actions.world import STRANGER, World, a_caller, a_world


@pytest.fixture
async def world() -> World:
    return await a_world()


async def test_an_item_comes_back_whole_where_it_was(world: World) -> None:
    made = await world.posted(a_checklist())
    ada, ben = a_caller(CREATOR), a_caller(VOTER)
    wish = Wish(State.NOT_DONE, "No key", "Ben", date(2026, 12, 1))
    changes = {"text": "x" * 4_000, "note": "n", "section": "s", "assignee": "a", "due": DUE}
    await item_editing.edit_item(world.ports, ada, made.id, "i1", changes)
    before = await ticking.tick(world.ports, ben, made.id, "i1", wish)
    await item_editing.delete_item(world.ports, ada, made.id, "i1")
    after = await item_editing.put_back(world.ports, ben, made.id, "i1")
    assert encode(after.content) == encode(before.content)


async def test_putting_back_twice_is_once_and_the_history_says_so(world: World) -> None:
    made = await world.posted(a_checklist())
    await item_editing.delete_item(world.ports, a_caller(), made.id, "i1")
    for _ in range(2):
        after = await item_editing.put_back(world.ports, a_caller(), made.id, "i1")
    assert [item.id for item in after.content.questions] == ["i0", "i1", "i2"]
    lines = await world.store.history(made.id, "", 9)
    assert [entry.verb for _, entry in lines] == ["item_put_back", "item_deleted"]


async def test_what_was_never_there_does_not_come_back(world: World) -> None:
    made = await world.posted(a_checklist())
    with pytest.raises(NotFound, match="item_gone"):
        await item_editing.put_back(world.ports, a_caller(), made.id, "mystery")


async def test_only_who_may_change_items_puts_them_back(world: World) -> None:
    made = await world.posted(a_checklist(anyone_edits=False))
    await item_editing.delete_item(world.ports, a_caller(CREATOR), made.id, "i1")
    with pytest.raises(NotAllowed, match="items_fixed"):
        await item_editing.put_back(world.ports, a_caller(VOTER), made.id, "i1")
    elsewhere = a_caller(STRANGER, "19:elsewhere@thread.v2")
    with pytest.raises(NotFound, match="no_such_action"):
        await item_editing.put_back(world.ports, elsewhere, made.id, "i1")


async def test_a_list_that_is_full_by_now_takes_nothing_back(world: World) -> None:
    made = await world.posted(a_checklist(count=MOST_ITEMS))
    await item_editing.delete_item(world.ports, a_caller(), made.id, "i1")
    await item_editing.add_item(world.ports, a_caller(), made.id, Item("new", "Windows"))
    with pytest.raises(InvalidAnswers) as refused:
        await item_editing.put_back(world.ports, a_caller(), made.id, "i1")
    assert refused.value.problems["text"].code == "items_full"


async def test_the_last_item_stays(world: World) -> None:
    made = await world.posted(a_checklist("Lights"))
    with pytest.raises(NotAllowed, match="last_item"):
        await item_editing.delete_item(world.ports, a_caller(), made.id, "i0")


async def test_an_items_lines_are_its_own_and_the_newest_come_first(world: World) -> None:
    made = await world.posted(a_checklist())
    for _ in range(4):
        await ticking.tick(world.ports, a_caller(VOTER), made.id, "i0", DONE)
        await ticking.tick(world.ports, a_caller(VOTER), made.id, "i1", DONE)
        await ticking.tick(world.ports, a_caller(CREATOR), made.id, "i0", Wish(State.OPEN))
    seen = await view(world.ports, a_caller(), made.id)
    lines = await lines_of(world.ports, seen, "i0")
    assert [entry.verb for entry in lines] == [*["item_open", "item_done"] * 2, "item_open"]


async def test_nobody_reads_there_what_others_ticked_on_lists_of_their_own(world: World) -> None:
    made = await world.posted(a_checklist(individual=True))
    await ticking.tick(world.ports, a_caller(VOTER), made.id, "i0", DONE)
    await ticking.tick(world.ports, a_caller(CREATOR), made.id, "i0", Wish(State.NOT_DONE, "Ill"))
    await item_editing.edit_item(world.ports, a_caller(CREATOR), made.id, "i0", {"note": "x"})
    seen = await view(world.ports, a_caller(VOTER, time_zone=BERLIN), made.id)
    lines = await lines_of(world.ports, seen, "i0")
    assert [entry.verb for entry in lines] == ["item_edited", "item_done"]


async def test_what_is_not_right_needs_no_reason_but_no_novel(world: World) -> None:
    made = await world.posted(a_checklist(checker=CREATOR))
    await ticking.tick(world.ports, a_caller(VOTER), made.id, "i0", DONE)
    looks, long = a_caller(CREATOR), "x" * 4_001
    with pytest.raises(InvalidAnswers) as refused:
        await ticking.check(world.ports, looks, made.id, "i0", is_right=False, reason=long)
    assert refused.value.problems["reason"].code == "too_long"
    await ticking.check(world.ports, a_caller(), made.id, "i0", is_right=False, reason=" Wet ")
    (_, entry), *_ = await world.store.history(made.id, "", 1)
    assert (entry.verb, entry.detail["reason"]) == ("item_refused", "Wet")
