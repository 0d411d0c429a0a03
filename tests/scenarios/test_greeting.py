"""The first words, help, and what can be written to the bot: nothing gets silence."""

import pytest

from tests.scenarios.conftest import Shift
from tests.scenarios.steps import SQLITE, in_place
from tests.teams import Chat
from tests.teams.cards import buttons, inputs, rows, text

MAKES = ["Make a poll", "Make a survey", "Make a quiz", "Make a training", "Make a checklist"]
NOT_UNDERSTOOD = "I did not understand that. Here is what I can do."

pytestmark = SQLITE


async def test_who_installs_the_app_is_welcomed_once(shift: Shift) -> None:
    chat = await shift.ada.installs()
    (welcome,) = chat.messages
    assert "Welcome!" in text(welcome.card)
    assert rows(welcome.card) == MAKES
    assert buttons(welcome.card) == ["My actions", "Help"]
    # Teams tells of an installation more than once.
    await shift.ada.adds_bot(chat)
    assert chat.messages == [welcome]


@pytest.mark.parametrize(
    ("button", "shown"),
    [("Make a poll", "New poll"), ("My actions", "Nothing here yet."), ("Help", "What I can do")],
)
async def test_the_buttons_of_the_welcome_work(shift: Shift, button: str, shown: str) -> None:
    chat = await shift.ada.installs()
    assert shown in text(await in_place(shift.ada, chat, chat.latest, button))


async def test_a_poll_is_made_from_the_welcome_onwards(shift: Shift) -> None:
    chat = await shift.ada.installs()
    form = chat.latest
    await in_place(shift.ada, chat, form, "Make a poll")
    await in_place(shift.ada, chat, form, "Preview", {"title": "Lunch?", "more": "A\nB"})
    await in_place(shift.ada, chat, form, "Send")
    poll = await chat.wait_for_message(2)
    assert rows(poll.card) == ["Choose A", "Choose B"]


async def test_who_removes_the_app_and_comes_back_is_welcomed_again(shift: Shift) -> None:
    chat = await shift.ada.installs()
    await shift.ada.uninstalls()
    await shift.ada.installs()
    assert len(chat.messages) == 2


async def test_a_group_that_adds_the_bot_reads_one_introduction(shift: Shift) -> None:
    chat = shift.teams.group_chat([shift.ada, shift.ben], "New", bot=False)
    await shift.teams.add_bot(chat, by=shift.ada)
    (introduction,) = chat.messages
    assert "Hello, I am Muster" in text(introduction.card)
    await shift.teams.add_bot(chat, by=shift.ada)
    dan = shift.teams.user("Dan Osei")
    await shift.teams.add_member(chat, dan, by=shift.ada)
    await shift.teams.remove_member(chat, dan, by=shift.ada)
    assert chat.messages == [introduction]
    dialog = await shift.ben.opens(chat, introduction, "Make a poll")
    await dialog.submits("Preview", {"title": "Lunch?", "more": "Pizza\nSushi"})
    await dialog.submits("Send")
    assert dialog.closed
    poll = await chat.wait_for_message(2)
    assert rows(poll.card) == ["Choose Pizza", "Choose Sushi"]


async def test_a_team_that_adds_the_bot_reads_one_introduction(shift: Shift) -> None:
    channel = shift.teams.channel("Plant", "General", [shift.ada, shift.ben], bot=False)
    await shift.teams.add_bot(channel, by=shift.ada)
    await shift.teams.add_bot(channel, by=shift.ada)
    (introduction,) = channel.messages
    assert "Hello, I am Muster" in text(introduction.card)


@pytest.mark.parametrize("word", ["help", "hi", "Hello!", "HELP", "?", ""])
async def test_help_is_there_for_the_asking(shift: Shift, word: str) -> None:
    for chat in every_scope(shift):
        await shift.ada.says(chat, word)
        shown = text(chat.latest.card)
        assert shown.startswith("What I can do")
        assert len(chat.messages) == 1


@pytest.mark.parametrize("words", ["What is for lunch?", "polls?", "<script>", "🍕" * 200])
async def test_what_is_not_understood_is_answered_with_help(shift: Shift, words: str) -> None:
    for chat in every_scope(shift):
        await shift.ada.says(chat, words)
        shown = text(chat.latest.card)
        assert shown.startswith(NOT_UNDERSTOOD)
        assert "What I can do" in shown
        assert len(chat.messages) == 1


def every_scope(shift: Shift) -> list[Chat]:
    """Give a personal chat, a group chat and a channel in which nothing was said yet."""
    channel = shift.teams.channel("Plant", "General", [shift.ada, shift.ben])
    return [shift.teams.personal(shift.ada), shift.chat, channel]


async def test_the_help_of_the_personal_chat_leads_on(shift: Shift) -> None:
    chat = await shift.ada.installs()
    await shift.ada.says(chat, "help")
    assert rows(chat.latest.card) == MAKES
    await in_place(shift.ada, chat, chat.latest, "My actions")
    assert "Nothing here yet." in text(chat.latest.card)
    await in_place(shift.ada, chat, chat.latest, "New poll")
    assert "title" in inputs(chat.latest.card)


async def test_the_word_alone_invites_to_the_form(shift: Shift) -> None:
    await shift.ada.says(shift.chat, "poll")
    assert buttons(shift.chat.latest.card) == ["Make a poll"]
    dialog = await shift.ada.opens(shift.chat, shift.chat.latest, "Make a poll")
    assert dialog.title == "New poll"
    assert inputs(dialog.card)["title"] is None


@pytest.mark.parametrize("words", ["poll Lunch on Friday?", "make a poll: Lunch on Friday?"])
async def test_a_title_alone_is_filled_into_the_form(shift: Shift, words: str) -> None:
    await shift.ada.says(shift.chat, words)
    # Whoever presses makes a poll of their own, with the title that was written.
    dialog = await shift.ben.opens(shift.chat, shift.chat.latest, "Make a poll")
    assert inputs(dialog.card)["title"] == "Lunch on Friday?"
    await dialog.submits("Preview", {"more": "Pizza\nSushi"})
    await dialog.submits("Edit")
    await dialog.submits("Preview", {"description": "At noon"})
    await dialog.submits("Send")
    poll = await shift.chat.wait_for_message(2)
    assert "Lunch on Friday?" in text(poll.card)
    assert "At noon" in text(poll.card)
    chat = await shift.ada.installs()
    await shift.ada.says(chat, words)
    assert inputs(chat.latest.card)["title"] == "Lunch on Friday?"


async def test_one_line_with_one_option_is_told_why_it_is_not_posted(shift: Shift) -> None:
    await shift.ada.says(shift.chat, "poll Lunch? | Pizza")
    assert text(shift.chat.latest.card) == "⚠ Give 2 to 25 options; you have 1."
    chat = await shift.ada.installs()
    await shift.ada.says(chat, "my actions")
    assert "Nothing here yet." in text(chat.latest.card)
    await shift.ada.says(chat, "poll Lunch? | Pizza")
    form = chat.latest
    assert "Give 2 to 25 options; you have 1." in text(form.card)
    assert inputs(form.card)["title"] == "Lunch?"
    await in_place(shift.ada, chat, form, "Preview", {"more": "Sushi"})
    assert "Sushi" in text(form.card)


async def test_one_line_is_previewed_in_the_personal_chat(shift: Shift) -> None:
    chat = await shift.ada.installs()
    await shift.ada.says(chat, "poll Lunch? | Pizza | Sushi")
    preview = await chat.wait_for_message(2)
    assert rows(preview.card) == []
    assert "Pizza" in text(preview.card)
    await in_place(shift.ada, chat, preview, "Send")
    poll = await chat.wait_for_message(3)
    assert rows(poll.card) == ["Choose Pizza", "Choose Sushi"]


@pytest.mark.parametrize("words", ["my actions", "My Drafts"])
async def test_my_actions_are_listed_in_the_personal_chat_alone(shift: Shift, words: str) -> None:
    await shift.poll()
    await shift.ada.says(shift.chat, words)
    pointer = "Your own list is in our personal chat: write “my actions” there."
    assert text(shift.chat.latest.card).startswith(pointer)
    chat = await shift.ada.installs()
    await shift.ada.says(chat, words)
    assert rows(chat.latest.card) == ["Lunch?"]


async def test_many_actions_are_listed_page_by_page(shift: Shift) -> None:
    chat = await shift.ada.installs()
    for number in range(10):
        await shift.ada.says(shift.chat, f"poll Question {number}? | Yes | No")
    for number in range(5):
        await shift.ada.says(chat, f"poll Draft {number}? | Yes | No")
    await shift.ada.says(chat, "my actions")
    listed = chat.latest
    newest = [f"Question {number}?" for number in reversed(range(10))]
    assert rows(listed.card) == newest[:8]
    await in_place(shift.ada, chat, listed, "Next page")
    assert rows(listed.card) == newest[8:]
    await in_place(shift.ada, chat, listed, "Previous page")
    assert rows(listed.card) == newest[:8]
    await in_place(shift.ada, chat, listed, "Drafts")
    assert rows(listed.card) == [f"Draft {number}?" for number in reversed(range(5))]


async def test_each_reads_the_bot_in_their_own_language(shift: Shift) -> None:
    greta = shift.teams.user("Greta", locale="de-DE")
    chat = await greta.installs()
    await greta.says(chat, "help")
    assert chat.latest.card["lang"].startswith("de")
    await shift.ada.says(shift.chat, "help")
    assert shift.chat.latest.card["lang"].startswith("en")
