"""Making a checklist: in a dialog, pasted, in one line, from a message, and once more."""

from datetime import UTC, datetime

from actions.item import Item
from actions.ticks import Checklist
from tests.scenarios.conftest import Shift
from tests.scenarios.steps import SQLITE, draft_id, in_place, manage, miscounted, opened
from tests.scenarios.test_build_survey import asked, field, listed, sends, stored, writes
from tests.scenarios.test_checklist_results import figures, results
from tests.teams import Message
from tests.teams.cards import buttons, inputs, text

PASTED_FIELD = "Items, one on each line"


async def says(shift: Shift, line: str) -> Message:
    """Let Ada write a line in the chat, and give what the bot says to it."""
    before = len(shift.chat.messages)
    await shift.ada.says(shift.chat, line)
    return await shift.chat.wait_for_message(before + 1)


async def test_a_checklist_is_built_item_by_item(shift: Shift, database_url: str) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "checklist")
    assert dialog.title == "New checklist"
    await dialog.submits("Add item", {"title": "Opening", "mode": "shared"})
    assert dialog.title == "Item 1 of 1"
    await writes(dialog, "Done", text="Lights", due_time="09:00")
    assert "⚠ Give the day, too, or clear the time." in text(dialog.card)
    about = {"note": "Behind the door", "section": "Floor", "assignee": "Ben Castillo"}
    await writes(dialog, "Add another", due_date="2099-01-05", **about)
    await writes(dialog, "Done", text="Till")
    await dialog.submits("Edit item 2")
    await dialog.submits("Duplicate")
    await writes(dialog, "Back to the list", text="Doors")
    await dialog.submits("Move item 3 up")
    assert listed(dialog.card) == ["1. Lights", "2. Doors", "3. Till"]
    assert "Floor · for Ben Castillo · due Mon, 5 Jan 2099 09:00" in text(dialog.card)
    await dialog.submits("Edit item 3")
    await dialog.submits("Delete")
    assert "Item 3 is deleted." in text(dialog.card)
    await dialog.submits("Preview", {"editors": "maker", "check": "me"})
    action = await stored(database_url, await sends(dialog, shift.chat))
    lights, doors = action.content.questions
    due = datetime(2099, 1, 5, 8, 0, tzinfo=UTC)
    note, section, who = about.values()
    assert lights == Item(lights.id, "Lights", note, section, who, due)
    assert doors == Item(doors.id, "Doors")
    kept = action.content.checklist
    assert kept is not None
    assert (kept.individual, kept.anyone_edits) == (False, False)
    assert kept.checker is not None
    assert (kept.checker.key, kept.checker.name) == (action.creator.key, "Ada Okafor")


@SQLITE
async def test_a_due_time_that_was_cleared_is_gone(shift: Shift) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "checklist")
    await dialog.submits("Add item", {"title": "Opening"})
    await writes(dialog, "Done", text="Lights", due_date="2099-01-05", due_time="09:00")
    await dialog.submits("Edit item 1")
    await writes(dialog, "Done", due_date="", due_time="")
    assert listed(dialog.card) == ["1. Lights"]
    assert "due" not in text(dialog.card)


@SQLITE
async def test_items_are_pasted_in_sections(shift: Shift, database_url: str) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "checklist")
    await dialog.submits("Paste many", {"title": "Opening"})
    assert dialog.title == "Paste many items"
    await dialog.submits("Add the items", {PASTED_FIELD: "  "})
    assert "⚠ Write or paste at least one item." in text(dialog.card)
    await dialog.submits("Add the items", {PASTED_FIELD: "- Doors\n# Floor\n[ ] Lights"})
    assert "2 items are added." in text(dialog.card)
    await dialog.submits("Preview", {"mode": "own"})
    action = await stored(database_url, await sends(dialog, shift.chat))
    assert [(i.text, i.form()["section"]) for i in action.content.questions] == [
        *(("Doors", ""), ("Lights", "Floor")),
    ]
    assert action.content.checklist == Checklist(individual=True, anyone_edits=False)


async def test_lists_of_ones_own_count_once_their_maker_has_looked(
    shift: Shift, database_url: str
) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "checklist")
    await dialog.submits("Paste many", {"title": "Opening"})
    await dialog.submits("Add the items", {PASTED_FIELD: "Lights"})
    await dialog.submits("Preview", {"mode": "own", "check": "me"})
    message = await sends(dialog, shift.chat)
    await shift.ben.taps(shift.chat, message, "Tick: Lights")
    dialog = await results(shift.ada, message)
    assert figures(dialog.card, "finished", "in progress") == ["0", "1"]
    await dialog.submits("People")
    await dialog.submits("In progress: 1")
    await dialog.submits(shift.ben.name)
    await dialog.submits("It is right")
    await dialog.submits("All results")
    assert figures(dialog.card, "finished", "in progress") == ["1", "0"]
    assert await miscounted(database_url) == []


async def test_one_line_posts_a_checklist_at_once(shift: Shift, database_url: str) -> None:
    message = await says(shift, "checklist Opening | Lights | Till | Floor")
    action = await stored(database_url, message)
    assert (action.kind, action.content.title) == ("checklist", "Opening")
    assert asked(action) == ["Lights", "Till", "Floor"]
    assert action.content.checklist == Checklist()


@SQLITE
async def test_one_line_with_too_many_items_is_refused_in_words(shift: Shift) -> None:
    message = await says(shift, "checklist Opening | " + " | ".join(["x"] * 201))
    assert "A checklist has 1 to 200 items; here are 201." in text(message.card)


@SQLITE
async def test_one_line_in_the_personal_chat_is_previewed(shift: Shift) -> None:
    chat = await shift.ada.installs()
    await shift.ada.says(chat, "checklist Opening | Lights")
    preview = await chat.wait_for_message(lambda m: "Preview" in text(m.card))
    assert "Lights" in text(preview.card)
    form = await in_place(shift.ada, chat, preview, "Edit")
    assert listed(form) == ["1. Lights"]


async def test_a_message_becomes_a_title_and_items_that_are_not_lost(
    shift: Shift, database_url: str
) -> None:
    html = "<p>Opening</p><p>Floor:</p><ul><li>Lights</li><li>Doors</li></ul><p>Till:<br>Cash</p>"
    dialog = await shift.ada.uses_command(shift.chat, "checklist", message=html)
    assert inputs(dialog.card)["title"] == "Opening"
    assert listed(dialog.card) == ["1. Lights", "2. Doors", "3. Cash"]
    async with opened(database_url) as store:
        draft = await store.draft(draft_id(dialog.card, "Preview"))
    assert draft.values["title"] == "Opening"
    await dialog.submits("Edit item 3")
    assert inputs(dialog.card)[field(dialog.card, "section")] == "Till"
    await dialog.submits("Back to the list")
    await dialog.submits("Preview")
    action = await stored(database_url, await sends(dialog, shift.chat))
    assert asked(action) == ["Lights", "Doors", "Cash"]


@SQLITE
async def test_a_message_of_one_line_is_a_title_and_no_draft_yet(shift: Shift) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "checklist", message="<p>Opening</p>")
    assert inputs(dialog.card)["title"] == "Opening"
    assert "No items yet" in text(dialog.card)
    chat = await shift.ada.installs()
    await shift.ada.says(chat, "my actions")
    assert "Opening" not in text(chat.latest.card)


async def test_an_edit_keeps_items_and_ticks_as_they_are_by_then(
    shift: Shift, database_url: str
) -> None:
    message = await says(shift, "checklist Opening | Lights | Till")
    edit = await manage(shift.ada, shift.chat, message)
    await edit.submits("Edit")
    assert "Open list" in buttons(edit.card)
    assert "Lights" not in text(edit.card)
    await shift.ben.taps(shift.chat, message, "Tick: Lights")
    await edit.submits("Save changes", {"title": "Closing", "editors": "maker"})
    assert "Your changes are saved." in text(edit.card)
    action = await stored(database_url, message)
    kept = action.content.checklist
    assert (action.content.title, asked(action)) == ("Closing", ["Lights", "Till"])
    assert kept is not None
    assert [tick.by.name for tick in kept.ticks.values()] == ["Ben Castillo"]
    assert not kept.anyone_edits


async def test_a_duplicate_has_all_items_open(shift: Shift, database_url: str) -> None:
    message = await says(shift, "checklist Opening | Lights | Till")
    await shift.ben.taps(shift.chat, message, "Tick: Lights")
    dialog = await manage(shift.ada, shift.chat, message)
    await dialog.submits("Duplicate")
    assert listed(dialog.card) == ["1. Lights", "2. Till"]
    await dialog.submits("Preview", {"title": "Tomorrow"})
    before = list(shift.chat.messages)
    await dialog.submits("Send")
    again = await shift.chat.wait_for_message(lambda m: m not in before)
    action = await stored(database_url, again)
    assert (action.content.title, asked(action)) == ("Tomorrow", ["Lights", "Till"])
    assert action.content.checklist == Checklist()
