"""The list itself, in a dialog from the chat and in place in the personal chat."""

import pytest

from actions.ticks import State
from tests.actions.checklists import a_checklist
from tests.scenarios.checklists import history, posts_checklist, ticks
from tests.scenarios.conftest import Shift
from tests.scenarios.steps import SQLITE, in_place, manage
from tests.teams import Message
from tests.teams.cards import buttons, find_action, inputs, rows, text

WHY = {"Why?": "The lamp is broken", "Who follows it up (may stay empty)": "Facility"}


@pytest.fixture
async def listed(shift: Shift, database_url: str) -> Message:
    """Give 14 items that Ada posted, for all to tick."""
    return await posts_checklist(database_url, shift.ada, shift.chat, a_checklist(count=14))


async def test_a_list_is_worked_through_in_a_dialog(
    shift: Shift, listed: Message, database_url: str
) -> None:
    dialog = await shift.ben.opens(shift.chat, listed, "Open list")
    await dialog.submits("Next items")
    await dialog.submits("Tick: Item 13")
    assert "✔ Item 13" in text(dialog.card)
    await dialog.submits("More about: Item 12")
    await dialog.submits("Not done …")
    await dialog.submits("Mark as not done", WHY | {"Until when (may stay empty)": "2030-12-01"})
    assert "All (13–14 of 14)" in text(dialog.card)
    assert "The lamp is broken" in text(dialog.card)
    found = await ticks(database_url, listed)
    assert {name: tick.state for name, tick in found.items()} == {
        "i13": State.DONE,
        "i12": State.NOT_DONE,
    }
    assert (found["i12"].wish.owner, str(found["i12"].wish.due)) == ("Facility", "2030-12-01")
    # The card in the chat follows by itself.
    await shift.chat.wait_until(lambda: "2 of 14 dealt with" in text(listed.card))


async def test_a_reason_is_asked_for_and_what_was_typed_stays(
    shift: Shift, listed: Message
) -> None:
    dialog = await shift.ben.opens(shift.chat, listed, "Open list")
    await dialog.submits("More about: Item 0")
    await dialog.submits("Not done …")
    await dialog.submits("Mark as not done", WHY | {"Why?": " "})
    assert "⚠ Write why." in text(dialog.card)
    assert inputs(dialog.card)["owner"] == "Facility"


@SQLITE
async def test_two_change_the_same_item_and_neither_loses_anything(
    shift: Shift, listed: Message
) -> None:
    mine = await shift.ben.opens(shift.chat, listed, "Open list")
    theirs = await shift.chloe.opens(shift.chat, listed, "Open list")
    for dialog in (mine, theirs):
        await dialog.submits("Change items")
        await dialog.submits("Change: Item 3")
    await theirs.submits("Save", {"What is to be done": "Item three"})
    await mine.submits("Save", {"Note": "Mind the step"})
    assert "Change: Item three" in rows(mine.card)
    await mine.submits("Change: Item three")
    assert inputs(mine.card)["q.i3.text"] == "Item three"
    assert inputs(mine.card)["q.i3.note"] == "Mind the step"


async def test_an_item_is_deleted_while_someone_ticks_it_and_put_back(
    shift: Shift, listed: Message, database_url: str
) -> None:
    ben = await shift.ben.opens(shift.chat, listed, "Open list")
    await ben.submits("Tick: Item 0")
    ada = await shift.ada.opens(shift.chat, listed, "Open list")
    await ada.submits("Change items")
    await ada.submits("Change: Item 0")
    await ada.submits("Delete")
    assert "✔ Deleted: Item 0" in text(ada.card)
    await ben.submits("Open again: Item 0")
    assert "⚠ This item was deleted meanwhile." in text(ben.card)
    await ada.submits("Undo")
    found = await ticks(database_url, listed)
    assert {name: tick.state for name, tick in found.items()} == {"i0": State.DONE}
    assert found["i0"].by.name == "Ben Castillo"
    verbs = [line.verb for line in await history(database_url, listed)]
    assert verbs == ["item_done", "item_deleted", "item_put_back"]


async def test_closed_during_a_save_nothing_is_saved_and_what_was_typed_stays(
    shift: Shift, listed: Message
) -> None:
    ben = await shift.ben.opens(shift.chat, listed, "Open list")
    await ben.submits("Change items")
    await ben.submits("Add an item")
    ada = await manage(shift.ada, shift.chat, listed)
    await ada.submits("Close now")
    await ben.submits("Add", {"What is to be done": "Windows"})
    assert "⚠ This was closed meanwhile, so nothing was saved." in text(ben.card)
    assert "Windows" in inputs(ben.card).values()


@SQLITE
async def test_a_dialog_submitted_again_ticks_once(
    shift: Shift, listed: Message, database_url: str
) -> None:
    dialog = await shift.ben.opens(shift.chat, listed, "Open list")
    data = find_action(dialog.card, "Tick: Item 0")["data"]
    for _ in range(3):
        await dialog.submits_data(data)
    assert [line.verb for line in await history(database_url, listed)] == ["item_done"]


@SQLITE
async def test_in_the_personal_chat_every_step_stays_in_its_message(
    shift: Shift, database_url: str
) -> None:
    chat = await shift.ada.installs()
    listed = await posts_checklist(database_url, shift.ada, chat, a_checklist())
    before = list(chat.messages)
    await shift.ada.taps(chat, listed, "Open list")
    message = await chat.wait_for_message(lambda one: one not in before)
    assert "0 of 3 done" in text(message.card)
    await in_place(shift.ada, chat, message, "Tick: Till")
    await in_place(shift.ada, chat, message, "Change items")
    await in_place(shift.ada, chat, message, "Add an item")
    card = await in_place(shift.ada, chat, message, "Add", {"What is to be done": "Windows"})
    assert "✔ Added: Windows" in text(card)
    card = await in_place(shift.ada, chat, message, "Back to the list")
    assert "1 of 4 done" in text(card)
    assert "Change items" in buttons(card)


@SQLITE
async def test_a_list_that_only_its_maker_changes_offers_others_no_change(
    shift: Shift, database_url: str
) -> None:
    made = a_checklist(anyone_edits=False)
    listed = await posts_checklist(database_url, shift.ada, shift.chat, made)
    ben = await shift.ben.opens(shift.chat, listed, "Open list")
    assert "Change items" not in buttons(ben.card)
    ada = await shift.ada.opens(shift.chat, listed, "Open list")
    assert "Change items" in buttons(ada.card)
