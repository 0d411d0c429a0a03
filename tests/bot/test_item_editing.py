"""Changing a list that people tick: only what was touched, only once, and never silently."""

import pytest

from actions.errors import NotAllowed
from actions.item import MOST_ITEMS
from actions.ticks import State
from cards.envelope import decode
from tests.actions.checklists import a_checklist
from tests.bot.listed import ListDesk, a_list_desk
from tests.teams.cards import Card, buttons, find_action, inputs, rows, text

NEW = {"text": "Windows", "note": "All", "section": "Hall", "assignee": "Ben"}


def fields(item_id: str, **typed: str) -> dict[str, str]:
    """Give what a form sends."""
    return {f"q.{item_id}.{name}": value for name, value in typed.items()}


def new_id(card: Card) -> str:
    """Give the id that the form for a new item has in store."""
    return str(find_action(card, "Add")["data"]["muster"]).split()[3]


async def edited(desk: ListDesk, card: Card, item_id: str, **typed: str) -> Card:
    """Save a form with what it shows but for what was typed."""
    shown = {name: value or "" for name, value in inputs(card).items()}
    return await desk.follows(card, "Save", shown | fields(item_id, **typed))


async def test_an_item_is_added_and_ticked() -> None:
    desk = await a_list_desk()
    card = await desk.follows(await desk.pressed("list.open"), "Change items")
    form = await desk.follows(card, "Add an item")
    item_id = new_id(form)
    due = {"due_date": "2026-12-01", "due_time": "08:30"}
    card = await desk.follows(form, "Add", fields(item_id, **NEW, **due))
    assert "✔ Added: Windows" in text(card)
    item = (await desk.items())[item_id]
    assert (item.text, item.note, item.section, item.assignee) == tuple(NEW.values())
    assert item.due is not None
    assert item.due.isoformat() == "2026-12-01T07:30:00+00:00"
    card = await desk.pressed("list.set", f"{item_id} done")
    assert await desk.states() == {item_id: State.DONE}


async def test_the_same_form_sent_twice_adds_one_item() -> None:
    desk = await a_list_desk()
    form = await desk.pressed("list.new")
    for _ in range(2):
        await desk.follows(form, "Add", fields(new_id(form), text="Windows"))
    assert len(await desk.items()) == 4


async def test_another_one_is_added_under_the_same_heading() -> None:
    desk = await a_list_desk()
    form = await desk.pressed("list.new")
    card = await desk.follows(form, "Add, then another", fields(new_id(form), **NEW))
    assert "✔ Added: Windows" in text(card)
    assert new_id(card) != new_id(form)
    shown = {name.split(".")[2]: value for name, value in inputs(card).items() if value}
    assert shown == {"section": "Hall"}


async def test_a_new_item_that_is_refused_stays_typed() -> None:
    desk = await a_list_desk()
    form = await desk.pressed("list.new")
    card = await desk.follows(form, "Add", fields(new_id(form), **{**NEW, "text": ""}))
    assert "⚠ Write what is to be done." in text(card)
    assert inputs(card)[f"q.{new_id(form)}.note"] == "All"
    assert new_id(card) == new_id(form)
    assert len(await desk.items()) == 3


async def test_a_list_that_filled_up_meanwhile_says_so_and_keeps_what_was_typed() -> None:
    desk = await a_list_desk(count=MOST_ITEMS)
    form_id = "abc123"
    card = await desk.pressed("list.add", f"{form_id} last", fields(form_id, **NEW))
    assert f"⚠ There are {MOST_ITEMS} items already" in text(card)
    assert inputs(card)[f"q.{form_id}.text"] == "Windows"


async def test_only_what_was_touched_is_saved_and_anothers_change_stays() -> None:
    desk = await a_list_desk()
    mine = await desk.pressed("list.change", "i0")
    theirs = await desk.pressed("list.change", "i0", who="Ada")
    await edited(desk, theirs, "i0", text="All lights")
    card = await edited(desk, mine, "i0", note="Hall first")
    assert "✔ Saved: Lights" in text(card)
    item = (await desk.items())["i0"]
    assert (item.text, item.note) == ("All lights", "Hall first")


async def test_saving_without_a_change_leaves_no_line() -> None:
    desk = await a_list_desk()
    card = await edited(desk, await desk.pressed("list.change", "i0"), "i0")
    assert "Saved" not in text(card)
    assert await desk.verbs() == []


async def test_the_same_field_changed_by_two_is_told_and_saving_again_decides() -> None:
    desk = await a_list_desk()
    mine = await desk.pressed("list.change", "i0")
    await edited(desk, await desk.pressed("list.change", "i0"), "i0", text="All *lights*")
    card = await edited(desk, mine, "i0", text="No lights")
    assert "Someone changed this meanwhile, to “All \\*lights\\*”" in text(card)
    assert inputs(card)["q.i0.text"] == "No lights"
    assert (await desk.items())["i0"].text == "All *lights*"
    await edited(desk, card, "i0")
    assert (await desk.items())["i0"].text == "No lights"


async def test_a_change_keeps_the_tick() -> None:
    desk = await a_list_desk()
    await desk.pressed("list.set", "i0 done")
    await edited(desk, await desk.pressed("list.change", "i0"), "i0", text="All lights")
    assert await desk.states() == {"i0": State.DONE}


@pytest.mark.parametrize("failing", [False, True])
async def test_what_cannot_be_saved_stays_typed_and_is_said(*, failing: bool) -> None:
    desk = await a_list_desk()
    form = await desk.pressed("list.change", "i0")
    new = await desk.pressed("list.new")
    if failing:
        desk.store.failing["change"] = 2
    else:
        await desk.close()
    changed = await edited(desk, form, "i0", text="All lights")
    added = await desk.follows(new, "Add", fields(new_id(new), **NEW))
    why = "I could not confirm" if failing else "This was closed meanwhile, so nothing was saved."
    for card in (changed, added):
        assert f"⚠ {why}" in text(card)
    assert inputs(changed)["q.i0.text"] == "All lights"
    assert inputs(added)[f"q.{new_id(new)}.text"] == "Windows"
    assert (await desk.items())["i0"].text == "Lights"
    assert len(await desk.items()) == 3


async def test_items_move_to_the_place_that_the_arrow_names() -> None:
    desk = await a_list_desk()
    card = await desk.pressed("list.edit")
    for _ in range(2):
        after = await desk.follows(card, "Move up: Till")
    assert list(await desk.items()) == ["i1", "i0", "i2"]
    assert "Move up: Till" not in rows(after)


async def test_an_item_is_deleted_and_comes_back_with_its_tick() -> None:
    desk = await a_list_desk()
    await desk.pressed("list.set", "i1 done")
    card = await desk.follows(await desk.pressed("list.change", "i1"), "Delete")
    assert "✔ Deleted: Till" in text(card)
    assert "Till" not in str(rows(card))
    for _ in range(2):
        after = await desk.follows(card, "Undo")
        assert "Change: Till" in rows(after)
    assert list(await desk.items()) == ["i0", "i1", "i2"]
    assert await desk.states() == {"i1": State.DONE}
    assert await desk.verbs() == ["item_done", "item_deleted", "item_put_back"]


async def test_the_last_item_is_not_deleted() -> None:
    desk = await a_list_desk("Lights")
    card = await desk.pressed("list.delete", "i0")
    assert "⚠ A list needs one item at least." in text(card)


async def test_a_page_follows_the_item_that_was_added_or_moved() -> None:
    desk = await a_list_desk(count=30)
    form = await desk.pressed("list.new")
    card = await desk.follows(form, "Add", fields(new_id(form), text="Windows"))
    assert "Change: Windows" in rows(card)
    assert "25–31 of 31" in text(card)
    card = await desk.pressed("list.move", "i29 0 all 24")
    assert "Change: Item 29" in rows(card)


@pytest.mark.parametrize("verb", ["edit", "new", "change"])
async def test_only_its_maker_opens_the_forms_of_a_fixed_list(verb: str) -> None:
    desk = await ListDesk(a_checklist(anyone_edits=False)).posted()
    assert "Change items" not in buttons(await desk.pressed("list.open"))
    with pytest.raises(NotAllowed, match="items_fixed"):
        await desk.pressed(f"list.{verb}", "i0")
    assert buttons(await desk.pressed(f"list.{verb}", "i0", who="Ada"))


@pytest.mark.parametrize(
    ("verb", "argument"), [("add", "abc last"), ("save", "i0"), ("move", "i0 1"), ("delete", "i0")]
)
async def test_only_its_maker_changes_a_fixed_list(verb: str, argument: str) -> None:
    desk = await a_list_desk(anyone_edits=False)
    form = await desk.pressed("list.change", "i0", who="Ada")
    _, hidden = decode(find_action(form, "Save")["data"])
    typed = {**hidden, **fields("abc", text="x"), **fields("i0", text="x")}
    card = await desk.pressed(f"list.{verb}", argument, typed)
    assert "⚠ Only the person who made this list can change what is on it." in text(card)
    assert [item.text for item in (await desk.items()).values()] == ["Lights", "Till", "Floor"]
