"""What creators do with what they posted."""

from datetime import UTC, datetime, timedelta

from cards.envelope import Envelope
from tests.scenarios.conftest import Shift
from tests.scenarios.house import running
from tests.scenarios.steps import (
    SQLITE,
    a_shift,
    action_id,
    in_place,
    makes_poll,
    manage,
    opened,
    set_due,
)
from tests.scenarios.votes import counts
from tests.teams import Dialog, Message, Teams
from tests.teams.cards import buttons, find_action, inputs, rows, text
from tests.teams.forms import Value

CLOSED = "This is closed, so your answer was not counted."
DELETED = "This was deleted by the person who made it."


@SQLITE
async def test_the_creator_alone_finds_manage_on_the_card_and_in_the_results(
    shift: Shift,
) -> None:
    poll = await shift.poll()
    assert "Manage" not in buttons(poll.card)
    # The creator's client refreshes the card by itself, as soon as it is looked at.
    assert "Manage" in buttons(await shift.ada.looks_at(shift.chat, poll))
    results = await shift.ada.opens(shift.chat, poll, "Results")
    await results.submits("Manage")
    assert results.title == "Manage"
    for other in (shift.ben, shift.chloe):
        await other.taps(shift.chat, poll, "Choose Pizza")
        own = await other.refreshes(shift.chat, poll)
        assert "Manage" not in buttons(own.card or {})
        results = await other.opens(shift.chat, poll, "Results")
        assert "Manage" not in buttons(results.card)


async def test_a_changed_option_loses_its_votes_and_the_others_keep_theirs(shift: Shift) -> None:
    poll = await shift.poll()
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    await shift.chloe.taps(shift.chat, poll, "Choose Sushi")
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Edit")
    assert dialog.title == "Change poll"
    warning = "Changing the words of an option, or clearing it, removes its votes."
    assert warning in text(dialog.card)
    await dialog.submits("Save changes", {"Option 1": "Pasta", "more": "Soup"})
    assert "Your changes are saved." in text(dialog.card)

    now = {"Pasta": 0, "Sushi": 1, "Salad": 0, "Soup": 0}
    await shift.chat.wait_until(lambda: counts(poll.card) == now)
    assert "1 of 3 responded" in text(poll.card)
    lost = await shift.ben.refreshes(shift.chat, poll)
    assert "✔ You voted" not in text(lost.card)
    kept = await shift.chloe.refreshes(shift.chat, poll)
    assert "✔ You voted: Sushi" in text(kept.card)
    anew = await shift.ben.taps(shift.chat, poll, "Choose Soup")
    assert counts(anew.card or {}) == now | {"Soup": 1}


@SQLITE
async def test_a_tap_on_an_option_that_was_changed_meanwhile_is_told_so(shift: Shift) -> None:
    poll = await shift.poll()
    stale = find_action(poll.card, "Choose Pizza")["data"]
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Edit")
    await dialog.submits("Save changes", {"Option 1": "Pasta"})
    answer = await shift.ben.executes(shift.chat, poll, "choose", stale)
    assert "This option is no longer there. Choose another." in text(answer.card)
    assert counts(answer.card or {}) == {"Pasta": 0, "Sushi": 0, "Salad": 0}


@SQLITE
async def test_title_and_due_time_are_edited_also_in_the_notification(shift: Shift) -> None:
    poll = await shift.poll()
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Edit")
    changes = {"title": "Dinner?", "date": "2099-01-15", "time": "18:30"}
    await dialog.submits("Save changes", changes)
    await shift.chat.wait_until(lambda: "Dinner?" in text(poll.card))
    assert "closes Thu 15 Jan, 18:30" in text(poll.card)
    assert poll.summary == "Poll: Dinner? (closes Thu 15 Jan, 18:30)"
    assert counts(poll.card)["Pizza"] == 1
    await dialog.submits("Edit")
    await dialog.submits("Save changes", {"closes": False})
    own = await shift.ben.refreshes(shift.chat, poll)
    assert "no due time" in text(own.card)


@SQLITE
async def test_an_invalid_edit_changes_nothing_and_keeps_what_was_typed(shift: Shift) -> None:
    poll = await shift.poll()
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Edit")
    typed = {"title": "", "Option 1": "", "Option 2": "salad", "description": "At noon"}
    await dialog.submits("Save changes", typed)
    for problem in (
        "Write what you want to ask.",
        "This option is there already. Change or clear it.",
    ):
        assert problem in text(dialog.card)
    assert inputs(dialog.card)["description"] == "At noon"
    own = await shift.ben.refreshes(shift.chat, poll)
    assert counts(own.card or {}) == {"Pizza": 1, "Sushi": 0, "Salad": 0}
    await dialog.submits("Save changes", {"title": "Dinner?", "Option 2": "Soup"})
    own = await shift.ben.refreshes(shift.chat, poll)
    assert counts(own.card or {}) == {"Soup": 0, "Salad": 0}
    assert "Dinner?\nAt noon" in text(own.card)


async def saved_in_two_windows(shift: Shift, poll: Message) -> None:
    """Let Ada open the form twice, and save in both windows."""
    first = await manage(shift.ada, shift.chat, poll)
    second = await manage(shift.ada, shift.chat, poll)
    await first.submits("Edit")
    await second.submits("Edit")
    await first.submits("Save changes", {"title": "Dinner?"})
    assert "Your changes are saved." in text(first.card)
    await second.submits("Save changes", {"title": "Supper?"})


@SQLITE
async def test_changes_saved_in_two_windows_leave_no_draft(shift: Shift) -> None:
    await saved_in_two_windows(shift, await shift.poll())
    chat = await shift.ada.installs()
    await shift.ada.says(chat, "my actions")
    assert len(rows(chat.latest.card)) == 1
    await in_place(shift.ada, chat, chat.latest, "Drafts")
    assert "No drafts." in text(chat.latest.card)


@SQLITE
async def test_a_poll_whose_changes_were_saved_in_two_windows_can_still_be_edited(
    shift: Shift,
) -> None:
    poll = await shift.poll()
    await saved_in_two_windows(shift, poll)
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Edit")
    assert dialog.title == "Change poll"
    await dialog.submits("Save changes", {"title": "Breakfast?"})
    own = await shift.ben.refreshes(shift.chat, poll)
    assert "Breakfast?" in text(own.card)


@SQLITE
async def test_a_poll_of_the_personal_chat_is_edited_beside_its_card(shift: Shift) -> None:
    chat = await shift.ada.installs()
    await shift.ada.says(chat, "poll Lunch? | Pizza | Sushi")
    await in_place(shift.ada, chat, chat.latest, "Send")
    poll = await chat.wait_for_message(3)
    await shift.ada.taps(chat, poll, "Manage")
    await shift.ada.taps(chat, poll, "Edit")
    form = await chat.wait_for_message(4)
    assert rows(shift.ada.view(chat, poll)) == ["Choose Pizza", "Choose Sushi"]
    await shift.ada.taps(chat, form, "Save changes", {"title": "Dinner?"})
    await chat.wait_until(lambda: "Dinner?" in text(poll.card))
    assert rows(poll.card) == ["Choose Pizza", "Choose Sushi"]
    await shift.ada.taps(chat, poll, "Manage")
    await shift.ada.taps(chat, poll, "Delete")
    await shift.ada.taps(chat, poll, "Delete for good")
    await chat.wait_until(lambda: "deleted" in text(poll.card))


@SQLITE
async def test_a_poll_that_is_edited_before_teams_has_answered_keeps_its_card(
    shift: Shift,
) -> None:
    chat = await shift.ada.installs()
    await shift.ada.says(chat, "poll Lunch? | Pizza | Sushi")
    posting = shift.teams.faults.delay(method="POST", path_contains=chat.id, after=True)
    await shift.ada.taps(chat, chat.latest, "Send")
    poll = await chat.wait_for_message(3)
    await shift.ada.taps(chat, poll, "Manage")
    await shift.ada.taps(chat, poll, "Edit")
    posting.release()
    form = await chat.wait_for_message(4)
    assert "Change poll" in text(form.card)
    assert rows(poll.card) == ["Choose Pizza", "Choose Sushi"]


@SQLITE
async def test_a_form_whose_changes_are_saved_is_not_shown_again(shift: Shift) -> None:
    await shift.poll()
    chat = await shift.ada.installs()
    await shift.ada.says(chat, "my actions")
    listed = chat.latest
    await shift.ada.taps(chat, listed, "Lunch?")
    await in_place(shift.ada, chat, listed, "Edit")
    await in_place(shift.ada, chat, listed, "Save changes", {"title": "Dinner?"})
    assert "Your changes are saved." in text(listed.card)


@SQLITE
async def test_the_form_shows_the_due_time_that_holds_now(shift: Shift, database_url: str) -> None:
    poll = await shift.poll()
    await set_due(database_url, poll, datetime.now(UTC) - timedelta(hours=1))
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Edit")
    # Nothing is typed, and the window is closed.
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Re-open")
    await dialog.submits("Edit")
    await dialog.submits("Save changes", {"title": "Dinner?"})
    assert "Your changes are saved." in text(dialog.card)
    own = await shift.ben.refreshes(shift.chat, poll)
    assert "Choose Pizza" in rows(own.card or {})


@SQLITE
async def test_editing_a_closed_poll_leaves_it_closed(shift: Shift) -> None:
    poll = await shift.poll()
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Close now")
    await dialog.submits("Edit")
    await dialog.submits("Save changes", {"title": "Lunch on Friday?"})
    assert "Your changes are saved." in text(dialog.card)
    own = await shift.ben.refreshes(shift.chat, poll)
    assert "POLL · closed\nLunch on Friday?" in text(own.card)
    assert counts(own.card or {}) == {"Pizza": 1, "Sushi": 0, "Salad": 0}


async def test_closing_shows_the_winner_and_counts_nothing_that_comes_later(shift: Shift) -> None:
    poll = await shift.poll()
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    voting = await shift.chloe.opens(shift.chat, poll, "Open")
    stale = find_action(poll.card, "Choose Sushi")["data"]
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Close now")
    assert "It is closed. The card shows the final results." in text(dialog.card)
    assert "Close now" not in buttons(dialog.card)

    await shift.chat.wait_until(lambda: "POLL · closed" in text(poll.card))
    assert "🏆 Pizza" in text(poll.card)
    assert "🏆 Sushi" not in text(poll.card)
    assert rows(poll.card) == []
    tapped = await shift.chloe.executes(shift.chat, poll, "choose", stale)
    assert CLOSED in text(tapped.card)
    await voting.submits("Vote", {"answer": "Sushi"})
    assert CLOSED in text(voting.card)
    assert "Vote" not in buttons(voting.card)
    own = await shift.ben.refreshes(shift.chat, poll)
    assert "✔ You voted: Pizza" in text(own.card)
    assert counts(own.card or {}) == {"Pizza": 1, "Sushi": 0, "Salad": 0}
    assert "1 of 3 responded" in text(own.card)


@SQLITE
async def test_closing_twice_and_closing_a_deleted_poll_are_no_errors(shift: Shift) -> None:
    poll = await shift.poll()
    first, second = [await manage(shift.ada, shift.chat, poll) for _ in range(2)]
    await first.submits("Close now")
    await second.submits("Close now")
    assert "It is closed." in text(second.card)
    third = await shift.ada.opens(shift.chat, poll, "Results")
    await first.submits("Delete")
    await first.submits("Delete for good")
    await third.submits("Manage")
    assert DELETED in text(third.card)


async def test_a_reopened_poll_counts_again_and_its_due_time_is_moved_on(
    shift: Shift, database_url: str
) -> None:
    poll = await shift.poll()
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    await set_due(database_url, poll, datetime.now(UTC) - timedelta(hours=1))
    await shift.chat.wait_until(lambda: "POLL · closed" in text(poll.card))
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Re-open")
    assert "It is open again, until " in text(dialog.card)
    await shift.ben.refreshes(shift.chat, poll)
    answer = await shift.ben.taps(shift.chat, poll, "Choose Sushi")
    assert "POLL · closes " in text(answer.card)
    assert "🏆" not in text(answer.card)
    assert counts(answer.card or {}) == {"Pizza": 0, "Sushi": 1, "Salad": 0}


@SQLITE
async def test_a_poll_closed_early_reopens_with_the_due_time_that_it_had(shift: Shift) -> None:
    poll = await shift.poll()
    header = text(poll.card).splitlines()[0]
    assert header.startswith("POLL · closes ")
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Close now")
    own = await shift.ben.refreshes(shift.chat, poll)
    assert "POLL · closed" in text(own.card)
    await dialog.submits("Re-open")
    own = await shift.ben.refreshes(shift.chat, poll)
    assert header in text(own.card)


async def test_a_deleted_poll_says_so_and_its_data_is_gone(
    shift: Shift, database_url: str
) -> None:
    poll = await shift.poll()
    key = action_id(poll)
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    stale = find_action(poll.card, "Choose Pizza")["data"]
    voting = await shift.chloe.opens(shift.chat, poll, "Open")
    results = await shift.ben.opens(shift.chat, poll, "Results")
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Delete")
    assert "Delete this and all its responses? This cannot be undone." in text(dialog.card)
    await dialog.submits("Delete for good")
    assert "It is deleted." in text(dialog.card)

    await shift.chat.wait_until(lambda: "Lunch?" not in text(poll.card))
    assert text(poll.card) == "Poll · deleted by the person who made it"
    assert "Lunch" not in poll.summary
    tapped = await shift.ben.executes(shift.chat, poll, "choose", stale)
    assert tapped.message == DELETED
    await voting.submits("Vote", {"answer": "Sushi"})
    assert text(voting.card) == f"⚠ {DELETED}"
    await results.submits("Responded")
    assert text(results.card) == f"⚠ {DELETED}"

    chat = await shift.ada.installs()
    await shift.ada.says(chat, "my actions")
    assert "Nothing here yet." in text(chat.latest.card)
    async with opened(database_url) as store:
        assert (await store.action(key)).content.title == ""
        assert (await store.responded(key, "", "", 10)).responses == ()
        assert (await store.not_responded(key, "", "", 10)).responses == ()
        assert (await store.tallies(key)).counts == {}


@SQLITE
async def test_who_keeps_instead_of_deleting_is_back_where_they_were(shift: Shift) -> None:
    poll = await shift.poll()
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Delete")
    await dialog.submits("Keep")
    assert dialog.title == "Manage"
    own = await shift.ben.refreshes(shift.chat, poll)
    assert "Choose Pizza" in rows(own.card or {})


@SQLITE
async def test_a_duplicate_asks_the_same_and_starts_from_nothing(shift: Shift) -> None:
    more: dict[str, Value] = {
        "choose": "several",
        "most": 2,
        "visibility": "after_closing",
        "description": "Noon",
    }
    poll = await makes_poll(shift.ada, shift.chat, more)
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Close now")
    await dialog.submits("Duplicate")
    assert dialog.title == "New poll"
    form = inputs(dialog.card)
    assert form["title"] == "Lunch?"
    assert form["description"] == "Noon"
    assert form["visibility"] == "after_closing"
    await dialog.submits("Preview")
    await dialog.submits("Send")
    assert dialog.closed

    copy = await shift.chat.wait_for_message(lambda m: m is not poll)
    assert rows(copy.card) == ["Choose Pizza", "Choose Sushi", "Choose Salad"]
    assert "Tap to choose, at most 2." in text(copy.card)
    assert "POLL · closes " in text(copy.card)
    assert "0 of 3 responded" in text(copy.card)
    answer = await shift.ben.taps(shift.chat, copy, "Choose Sushi")
    assert counts(answer.card or {}) == {}
    assert "✔ You voted: Sushi" in text(answer.card)
    assert "1 of 3 responded" in text(answer.card)
    assert action_id(copy) != action_id(poll)


@SQLITE
async def test_a_duplicate_is_a_draft_until_it_is_sent(shift: Shift) -> None:
    poll = await shift.poll()
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Duplicate")
    chat = await shift.ada.installs()
    await shift.ada.says(chat, "my actions")
    assert rows(chat.latest.card) == ["Lunch?"]
    assert "✎ Poll · draft" not in text(chat.latest.card)
    await in_place(shift.ada, chat, chat.latest, "Drafts")
    assert rows(chat.latest.card) == ["Lunch?"]
    assert "✎ Poll · draft" in text(chat.latest.card)
    assert len(shift.chat.messages) == 1


@SQLITE
async def test_the_personal_chat_lists_what_was_posted_and_manages_it(shift: Shift) -> None:
    poll = await shift.poll()
    chat = await shift.ada.installs()
    await shift.ada.says(chat, "my actions")
    listed = chat.latest
    assert "0 of 3 responded" in text(listed.card)
    await shift.ada.taps(chat, listed, "Lunch?")
    closed = await shift.ada.taps(chat, listed, "Close now")
    assert "It is closed." in text(closed.card)
    await shift.chat.wait_until(lambda: "POLL · closed" in text(poll.card))
    await in_place(shift.ada, chat, listed, "My actions")
    assert "Poll · closed · 0 of 3 responded" in text(listed.card)


async def test_a_poll_closes_by_itself_when_its_due_time_comes(
    shift: Shift, database_url: str
) -> None:
    poll = await shift.poll()
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    stale = find_action(poll.card, "Choose Pizza")["data"]
    await set_due(database_url, poll, datetime.now(UTC) + timedelta(seconds=1))
    await shift.chat.wait_until(lambda: "POLL · closed" in text(poll.card))
    assert "🏆 Pizza" in text(poll.card)
    answer = await shift.chloe.executes(shift.chat, poll, "choose", stale)
    assert CLOSED in text(answer.card)


async def test_a_poll_that_came_due_while_the_bot_was_down_is_closed_at_its_start(
    teams: Teams, database_url: str
) -> None:
    shift = a_shift(teams)
    async with running(teams, database_url):
        poll = await shift.poll()
        await shift.ben.taps(shift.chat, poll, "Choose Pizza")
        await shift.chat.wait_until(lambda: counts(poll.card)["Pizza"] == 1)
    await set_due(database_url, poll, datetime.now(UTC) - timedelta(hours=3))
    async with running(teams, database_url):
        await shift.chat.wait_until(lambda: "POLL · closed" in text(poll.card))
        assert "🏆 Pizza" in text(poll.card)


@SQLITE
async def test_a_tap_after_the_due_time_does_not_count_even_before_the_card_says_so(
    teams: Teams, database_url: str
) -> None:
    shift = a_shift(teams)
    async with running(teams, database_url):
        poll = await shift.poll()
        await set_due(database_url, poll, datetime.now(UTC))
        answer = await shift.ben.taps(shift.chat, poll, "Choose Pizza")
        assert CLOSED in text(answer.card)
        assert "0 of 3 responded" in text(answer.card)


@SQLITE
async def test_manage_opened_by_a_stranger_with_a_forged_dialog_is_refused(
    shift: Shift,
) -> None:
    poll = await shift.poll()
    for verb in ("manage", "edit", "close", "reopen", "delete", "duplicate"):
        dialog = Dialog(client=shift.ben, chat=shift.chat, about=poll)
        await dialog.opens({"data": Envelope(verb, action_id(poll)).encode()})
        assert text(dialog.card) == "⚠ Only the person who made this can do that."
