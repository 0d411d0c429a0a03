"""Others who manage an action beside its creator, and who checks what is done on a list."""

from dataclasses import replace

from actions.item_changes import to_choose
from actions.ticks import Checklist, State
from tests.actions.checklists import a_checklist
from tests.scenarios.checklists import posts_checklist, ticks
from tests.scenarios.conftest import Shift
from tests.scenarios.steps import SQLITE, action_id, manage, opened
from tests.scenarios.surveys import person_of
from tests.teams import Dialog, Message
from tests.teams.cards import buttons, rows, text


async def co_creators(shift: Shift, poll: Message) -> Dialog:
    """Open the co-creators as Ada, who made it."""
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Co-creators")
    return dialog


async def test_a_co_creator_manages_as_the_creator_does_until_they_are_removed(
    shift: Shift,
) -> None:
    poll, personal = await shift.poll(), await shift.ben.installs()
    await shift.chat.wait_until(lambda: "of 3 responded" in text(poll.card))
    told = len(personal.messages)
    dialog = await co_creators(shift, poll)
    assert "Nobody yet." in text(dialog.card)
    assert rows(dialog.card) == ["Add Ben Castillo", "Add Chloé Lefèvre"]
    await dialog.submits("Add Ben Castillo")
    assert "✔ Ben Castillo manages this from now on, too." in text(dialog.card)
    assert rows(dialog.card) == ["Remove Ben Castillo", "Add Chloé Lefèvre"]

    message = await personal.wait_for_message(told + 1)
    assert message.summary == "You manage this from now on, too: Lunch?"
    assert "You manage this together with Ada Okafor from now on." in text(message.card)
    shown = await shift.ben.taps(personal, message, "Manage")
    assert {"Edit", "Close now", "Delete"} <= set(buttons(shown.card or {}))

    theirs = await manage(shift.ben, shift.chat, poll)
    await theirs.submits("Close now")
    await shift.chat.wait_until(lambda: "· closed" in text(poll.card))
    await theirs.submits("Re-open")

    await dialog.submits("Remove Ben Castillo")
    assert "✔ Ben Castillo does not manage this any more." in text(dialog.card)
    await theirs.submits("Close now")
    assert "Only the person who made this can do that." in text(theirs.card)
    await shift.chat.wait_until(lambda: "· closed" not in text(poll.card))


@SQLITE
async def test_pressed_twice_someone_is_added_and_told_once(shift: Shift) -> None:
    poll, personal = await shift.poll(), await shift.ben.installs()
    await shift.chat.wait_until(lambda: "of 3 responded" in text(poll.card))
    told = len(personal.messages)
    first, second = await co_creators(shift, poll), await co_creators(shift, poll)
    for dialog in (first, second):
        await dialog.submits("Add Ben Castillo")
        assert rows(dialog.card) == ["Remove Ben Castillo", "Add Chloé Lefèvre"]
    await personal.wait_for_message(told + 1)
    for dialog in (first, second):
        await dialog.submits("Remove Ben Castillo")
    assert rows(second.card) == ["Add Ben Castillo", "Add Chloé Lefèvre"]
    assert len(personal.messages) == told + 1


@SQLITE
async def test_who_removes_themselves_is_told_so_and_manages_no_longer(shift: Shift) -> None:
    poll = await shift.poll()
    await shift.chat.wait_until(lambda: "of 3 responded" in text(poll.card))
    await (await co_creators(shift, poll)).submits("Add Ben Castillo")
    theirs = await manage(shift.ben, shift.chat, poll)
    await theirs.submits("Co-creators")
    await theirs.submits("Remove Ben Castillo")
    assert "✔ You do not manage this any more." in text(theirs.card)
    own = await shift.ben.refreshes(shift.chat, poll)
    assert "Manage" not in buttons(own.card or {})


@SQLITE
async def test_who_left_the_chat_cannot_be_chosen_any_more(
    shift: Shift, database_url: str
) -> None:
    poll = await shift.poll()
    await shift.chat.wait_until(lambda: "of 3 responded" in text(poll.card))
    dialog = await co_creators(shift, poll)
    async with opened(database_url) as store:
        await store.take_out(action_id(poll), [person_of(shift.ben, shift.chat)])
    await dialog.submits("Add Ben Castillo")
    assert "They are not in the chat any more." in text(dialog.card)


async def test_another_person_checks_what_is_done_once_they_were_named(
    shift: Shift, database_url: str
) -> None:
    creator = person_of(shift.ada, shift.chat)
    made = a_checklist(count=3)
    kept = replace(made.content.checklist or Checklist(), checker=creator)
    made = replace(made, content=replace(made.content, checklist=kept))
    listed = await posts_checklist(database_url, shift.ada, shift.chat, made)
    personal = await shift.ben.installs()
    told = len(personal.messages)
    await shift.chat.wait_until(lambda: "Tick" in "".join(rows(listed.card)))
    first = next(title for title in rows(listed.card) if title.startswith("Tick"))
    await shift.chloe.taps(shift.chat, listed, first)

    dialog = await manage(shift.ada, shift.chat, listed)
    await dialog.submits("Who checks")
    assert "Who checks what was done\nAda Okafor" in text(dialog.card)
    assert rows(dialog.card) == ["Choose Ben Castillo", "Choose Chloé Lefèvre"]
    await dialog.submits("Choose Ben Castillo")
    assert "✔ Ben Castillo checks this list from now on." in text(dialog.card)
    message = await personal.wait_for_message(told + 1)
    assert message.summary == "You check this list from now on: The early round"

    theirs = await shift.ben.opens(shift.chat, listed, "Open list")
    await theirs.submits(f"More about: {first.partition(': ')[2]}")
    await theirs.submits("It is right")
    (tick,) = (await ticks(database_url, listed)).values()
    assert (tick.state, tick.is_checked) == (State.DONE, True)
    assert tick.checked.key == person_of(shift.ben, shift.chat).key


@SQLITE
async def test_who_does_an_item_is_chosen_among_the_people_of_the_chat_and_unchosen(
    shift: Shift, database_url: str
) -> None:
    listed = await posts_checklist(database_url, shift.ada, shift.chat, a_checklist())
    await shift.chat.wait_until(lambda: "0 of 3 done" in text(listed.card))
    dialog = await shift.ben.opens(shift.chat, listed, "Open list")
    await dialog.submits("Change items")
    await dialog.submits("Change: Lights")
    await dialog.submits("Save", {"q.i0.assignee": to_choose("Chloé Lefèvre")})
    assert "for Chloé Lefèvre" in text(dialog.card)
    async with opened(database_url) as store:
        await store.take_out(action_id(listed), [person_of(shift.chloe, shift.chat)])
    await dialog.submits("Change: Lights")
    # Who has left the chat stays until somebody else is chosen.
    await dialog.submits("Save", {"q.i0.text": "All lights"})
    assert "for Chloé Lefèvre" in text(dialog.card)
    await dialog.submits("Change: All lights")
    await dialog.submits("Save", {"q.i0.assignee": to_choose("")})
    assert "for Chloé Lefèvre" not in text(dialog.card)
