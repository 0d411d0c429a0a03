"""A poll's life, as people in a chat see it."""

from tests.scenarios.conftest import Shift
from tests.teams import Teams
from tests.teams.cards import buttons, rows, text, texts

LUNCH = "poll Lunch? | Pizza | Sushi | Salad"


async def test_one_line_posts_a_poll_that_counts_votes_on_the_shared_card(shift: Shift) -> None:
    assert await shift.ada.says(shift.chat, LUNCH) == 200
    message = await shift.chat.wait_for_message(lambda m: m.has_card)
    assert message.summary.startswith("Poll: Lunch? (closes ")
    assert rows(message.card) == ["Choose Pizza", "Choose Sushi", "Choose Salad"]
    assert "0 of 3 responded" in text(message.card)

    answer = await shift.ben.taps(shift.chat, message, "Choose Sushi")
    assert "✔ You voted: Sushi" in text(answer.card)
    await shift.chat.wait_until(lambda: "1 of 3 responded" in text(message.card))
    assert "✔" not in text(message.card)
    await shift.ben.refreshes(shift.chat, message)
    await shift.ben.taps(shift.chat, message, "Take back Sushi")
    await shift.chat.wait_until(lambda: "0 of 3 responded" in text(message.card))


async def test_a_poll_is_made_by_the_message_extension(shift: Shift) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "poll", message="<p>Lunch?</p>")
    assert dialog.title == "New poll"
    await dialog.submits("Preview", {"Option 1": "Pizza"})
    assert "Give 2 to 25 options; you have 1." in text(dialog.card)
    await dialog.submits("Preview", {"more": "Sushi\nSalad"})
    assert "Lunch?" in text(dialog.preview)
    await dialog.edits()
    await dialog.submits("Preview", {"title": "Lunch on Friday?"})
    await dialog.sends()
    message = await shift.chat.wait_for_message(lambda m: m.has_card)
    assert "Lunch on Friday?" in text(message.card)
    assert rows(message.card) == ["Choose Pizza", "Choose Sushi", "Choose Salad"]


async def test_a_poll_is_made_in_the_personal_chat(teams: Teams, shift: Shift) -> None:
    chat = teams.personal(shift.ada)
    await shift.ada.says(chat, "poll")
    form = await chat.wait_for_message(lambda m: m.has_card)
    await shift.ada.taps(chat, form, "Preview", {"title": "Lunch?", "more": "Pizza\nSushi"})
    await shift.ada.taps(chat, form, "Send")
    poll = await chat.wait_for_message(lambda m: "Choose Pizza" in rows(m.card))
    answer = await shift.ada.taps(chat, poll, "Choose Pizza")
    assert "✔ You voted: Pizza" in text(answer.card)
    await chat.wait_until(lambda: "✔ You voted: Pizza" in text(poll.card))
    assert "Manage" in buttons(poll.card)
    results = await shift.ada.taps(chat, poll, "Results")
    assert "1 · 100%" in texts(results.card)
