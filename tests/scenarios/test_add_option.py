"""Options that respondents add to a poll, as people in a chat see it."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import select

from cards.envelope import Envelope
from storage.engine import open_engine
from storage.schema import actions, history
from tests.scenarios.conftest import Shift
from tests.scenarios.steps import SQLITE, action_id, in_place, makes_poll, manage, set_due
from tests.scenarios.votes import counts
from tests.teams import Dialog, Message, Teams, User
from tests.teams.cards import buttons, find_action, inputs, labels, rows, text
from tests.teams.forms import Value

FIRST = ["Choose Pizza", "Choose Sushi", "Choose Salad"]
THERE = "This option is there already. Choose it to vote for it."
CLOSED = "This is closed, so your answer was not counted."


async def open_poll(shift: Shift, more: Mapping[str, Value] | None = None) -> Message:
    """Let Ada post a poll to which people may add options."""
    return await makes_poll(shift.ada, shift.chat, {"may_add": True, **(more or {})})


async def adds(user: User, poll: Message, words: str) -> Dialog:
    """Add an option by the form, which stays open."""
    dialog = await user.opens(poll.chat, poll, "Add an option")
    await dialog.submits("Add option", {"Your own option": words})
    return dialog


async def stored(database_url: str, poll: Message) -> str:
    """Read what the database says of the poll itself and its history."""
    engine = open_engine(database_url)
    try:
        async with engine.connect() as connection:
            content = select(actions.c.content).where(actions.c.id == action_id(poll))
            entries = select(history).where(history.c.action_id == action_id(poll))
            found = [*await connection.execute(content), *await connection.execute(entries)]
            return repr(found)
    finally:
        await engine.dispose()


async def test_an_added_option_is_on_everyones_card_and_can_be_voted_for(
    shift: Shift, database_url: str
) -> None:
    poll = await open_poll(shift)
    dialog = await adds(shift.ben, poll, " Ramen\tat the station ")
    assert "“Ramen at the station” can be chosen now." in text(dialog.card)
    assert inputs(dialog.card) == {"answer": None, "own_option": None}
    await shift.chat.wait_until(lambda: "Choose Ramen at the station" in rows(poll.card))
    assert rows(poll.card) == [*FIRST, "Choose Ramen at the station"]
    assert "added by Ben Castillo" in text(poll.card)
    assert "0 of 3 responded" in text(poll.card)

    await dialog.submits("Vote", {"answer": "Ramen at the station (added by Ben Castillo)"})
    assert "Your vote is saved." in text(dialog.card)
    answer = await shift.chloe.taps(shift.chat, poll, "Choose Ramen at the station")
    assert counts(answer.card or {})["added by Ben Castillo"] == 2
    assert "Ben Castillo" in await stored(database_url, poll)


@SQLITE
async def test_a_poll_does_not_take_options_unless_its_maker_says_so(shift: Shift) -> None:
    poll = await shift.poll()
    assert "Add an option" not in buttons(poll.card)
    dialog = await shift.ben.opens(shift.chat, poll, "Open")
    assert "own_option" not in labels(dialog.card)
    forged = Envelope("add_option", action_id(poll)).encode()
    await dialog.submits_data({**forged, "own_option": "Ramen"})
    assert "Options cannot be added here." in text(dialog.card)
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    await shift.chat.wait_until(lambda: "1 of 3 responded" in text(poll.card))
    assert rows(poll.card) == FIRST


async def test_pressing_twice_and_two_people_with_the_same_words_add_one_option(
    shift: Shift,
) -> None:
    poll = await open_poll(shift)
    bens = await shift.ben.opens(shift.chat, poll, "Add an option")
    chloes = await shift.chloe.opens(shift.chat, poll, "Add an option")
    data = {**find_action(bens.card, "Add option")["data"], "own_option": "Ramen"}
    await asyncio.gather(
        *(bens.submits_data(data) for _ in range(3)),
        chloes.submits("Add option", {"own_option": "ramen"}),
    )
    for dialog in (bens, chloes):
        assert "can be chosen now" in text(dialog.card)
    await shift.chat.wait_until(lambda: len(rows(poll.card)) > len(FIRST))
    assert [row.casefold() for row in rows(poll.card)[3:]] == ["choose ramen"]


@SQLITE
async def test_what_is_there_already_is_refused_and_nothing_typed_is_lost(shift: Shift) -> None:
    poll = await open_poll(shift)
    dialog = await shift.ben.opens(shift.chat, poll, "Add an option")
    await dialog.submits("Add option", {"answer": "Salad", "own_option": "sushi"})
    assert THERE in text(dialog.card)
    salad = find_action(poll.card, "Choose Salad")["data"]["muster"].split()[-1]
    assert inputs(dialog.card) == {"answer": salad, "own_option": "sushi"}
    await dialog.submits("Add option", {"own_option": "o" * 1_001})
    assert "This is 1,001 characters long; at most 1,000 fit." in text(dialog.card)
    await dialog.submits("Add option", {"own_option": "Ramen"})
    assert inputs(dialog.card) == {"answer": salad, "own_option": None}
    await dialog.submits("Vote", {"own_option": "Soup"})
    assert "Your vote is saved." in text(dialog.card)
    assert inputs(dialog.card) == {"answer": salad, "own_option": "Soup"}


async def test_nothing_says_who_added_an_option_to_an_anonymous_poll(
    shift: Shift, database_url: str
) -> None:
    poll = await open_poll(shift, {"anonymous": True})
    dialog = await shift.ben.opens(shift.chat, poll, "Add an option")
    assert "Nobody sees who added it." in text(dialog.card)
    await dialog.submits("Add option", {"own_option": "Ramen"})
    await shift.chat.wait_until(lambda: "Choose Ramen" in rows(poll.card))
    assert "added by" not in text(poll.card)
    kept = await stored(database_url, poll)
    assert "option_added" in kept
    assert not any(word in kept for word in (shift.ben.name, shift.ben.mri, shift.ben.object_id))


@SQLITE
async def test_any_number_of_choices_includes_the_added_ones(shift: Shift) -> None:
    poll = await open_poll(shift, {"choose": "several"})
    await adds(shift.ben, poll, "Ramen")
    await shift.chat.wait_until(lambda: "Choose Ramen" in rows(poll.card))
    for row in (*FIRST, "Choose Ramen"):
        answer = await shift.chloe.taps(shift.chat, poll, row)
    assert "✔ You voted: Pizza, Sushi, Salad, Ramen" in text(answer.card)


@SQLITE
async def test_an_edit_begun_earlier_keeps_what_was_added_and_its_votes(shift: Shift) -> None:
    poll = await open_poll(shift)
    editing = await manage(shift.ada, shift.chat, poll)
    await editing.submits("Edit")
    await adds(shift.ben, poll, "Ramen")
    await shift.chat.wait_until(lambda: "Choose Ramen" in rows(poll.card))
    await shift.chloe.taps(shift.chat, poll, "Choose Ramen")
    await editing.submits("Save changes", {"title": "Dinner?", "Option 1": "Pasta"})
    assert "Your changes are saved." in text(editing.card)
    await shift.chat.wait_until(lambda: "Choose Pasta" in rows(poll.card))
    assert rows(poll.card)[-1] == "Choose Ramen"
    assert "added by Ben Castillo\n1 · 100%" in text(poll.card)


@SQLITE
async def test_nothing_is_added_once_the_poll_is_over(shift: Shift, database_url: str) -> None:
    poll = await open_poll(shift)
    dialog = await shift.ben.opens(shift.chat, poll, "Add an option")
    await set_due(database_url, poll, datetime.now(UTC))
    await dialog.submits("Add option", {"own_option": "Ramen"})
    assert CLOSED in text(dialog.card)
    await shift.chat.wait_until(lambda: "POLL · closed" in text(poll.card))
    assert "Add an option" not in buttons(poll.card)
    assert "Ramen" not in text(poll.card)


@SQLITE
async def test_a_25th_option_is_the_last(shift: Shift) -> None:
    lines = "\n".join(f"Option number {n}" for n in range(1, 25))
    poll = await open_poll(shift, {"more": lines})
    late = await shift.chloe.opens(shift.chat, poll, "Add an option")
    await adds(shift.ben, poll, "Ramen")
    await late.submits("Add option", {"own_option": "Soup"})
    assert "There are 25 options already" in text(late.card)
    assert "own_option" not in labels(late.card)
    await shift.chat.wait_until(lambda: "Choose Ramen" in rows(poll.card))
    assert "Add an option" not in buttons(poll.card)
    assert "Soup" not in text(poll.card)


@SQLITE
async def test_an_option_is_added_in_place_in_the_personal_chat(
    teams: Teams, shift: Shift
) -> None:
    chat = teams.personal(shift.ada)
    await shift.ada.says(chat, "poll")
    form = await chat.wait_for_message(lambda m: m.has_card)
    typed: dict[str, Value] = {"title": "Lunch?", "more": "Pizza\nSushi", "may_add": True}
    await in_place(shift.ada, chat, form, "Preview", typed)
    await shift.ada.taps(chat, form, "Send")
    poll = await chat.wait_for_message(lambda m: "Choose Pizza" in rows(m.card))
    await shift.ada.taps(chat, poll, "Add an option")
    answer = await shift.ada.taps(chat, poll, "Add option", {"own_option": "Ramen"})
    assert "“Ramen” can be chosen now." in text(answer.card)
    back = await shift.ada.taps(chat, poll, "Back")
    assert rows(back.card or {}) == ["Choose Pizza", "Choose Sushi", "Choose Ramen"]
