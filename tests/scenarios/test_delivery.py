"""Cards reach Teams whatever Teams does: once, complete, and never too fast."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack

import pytest

from tests.scenarios.conftest import Shift
from tests.scenarios.house import running
from tests.scenarios.steps import SQLITE, a_shift, in_place, makes_poll, manage
from tests.scenarios.votes import counts, crowd, press
from tests.teams import Chat, Teams
from tests.teams.activities import message
from tests.teams.cards import buttons, find_action, rows, text
from tests.teams.faults import Fault, Faults

Break = Callable[[Faults, str, Chat, bool], Fault]

BREAKS: dict[str, Break] = {
    "429": lambda faults, method, chat, after: faults.answer(
        status=429,
        headers={"Retry-After": "1"},
        method=method,
        path_contains=chat.id,
        after=after,
    ),
    "412": lambda faults, method, chat, after: faults.answer(
        status=412, method=method, path_contains=chat.id, after=after
    ),
    "503": lambda faults, method, chat, after: faults.answer(
        status=503, method=method, path_contains=chat.id, after=after
    ),
    "reset": lambda faults, method, chat, after: faults.reset(
        method=method, path_contains=chat.id, after=after
    ),
    "silence": lambda faults, method, chat, after: faults.never_answer(
        method=method, path_contains=chat.id, after=after
    ),
}
"""What goes wrong once with a call; `after` says that Teams carried it out nevertheless."""

LINE = "poll Lunch? | Pizza | Sushi"


@SQLITE
async def test_a_card_that_could_not_be_posted_arrives_once(shift: Shift) -> None:
    async def fails(name: str) -> None:
        chat = shift.teams.group_chat([shift.ada, shift.ben], name)
        fault = BREAKS[name](shift.teams.faults, "POST", chat, False)
        assert await shift.ada.says(chat, LINE) == 200
        await fault.reached()
        assert not chat.all_messages
        fault.release()
        poll = await chat.wait_for_message(1)
        await shift.ben.taps(chat, poll, "Choose Pizza")
        await chat.wait_until(lambda: counts(poll.card) == {"Pizza": 1, "Sushi": 0})
        assert "1 of 2 responded" in text(poll.card)
        assert len(chat.all_messages) == 1

    await asyncio.gather(*(fails(name) for name in BREAKS))


@SQLITE
@pytest.mark.parametrize("after", [False, True], ids=["undone", "done"])
async def test_an_update_that_failed_is_made_up_for(shift: Shift, *, after: bool) -> None:
    async def fails(name: str) -> None:
        chat = shift.teams.group_chat([shift.ada, shift.ben, shift.chloe], name)
        await shift.ada.says(chat, LINE)
        poll = await chat.wait_for_message(1)
        fault = BREAKS[name](shift.teams.faults, "PUT", chat, after)
        own = await shift.ben.taps(chat, poll, "Choose Pizza")
        assert "✔ You voted: Pizza" in text(own.card)
        await fault.reached()
        own = await shift.chloe.taps(chat, poll, "Choose Pizza")
        assert "✔ You voted: Pizza" in text(own.card)
        fault.release()
        await chat.wait_until(lambda: counts(poll.card) == {"Pizza": 2, "Sushi": 0})
        assert len(chat.all_messages) == 1

    await asyncio.gather(*(fails(name) for name in BREAKS))


@SQLITE
async def test_a_roster_that_does_not_come_delays_the_card_alone(shift: Shift) -> None:
    async def fails(name: str) -> None:
        chat = shift.teams.group_chat([shift.ada, shift.ben], name)
        fault = BREAKS[name](shift.teams.faults, "GET", chat, False)
        await shift.ada.says(chat, LINE)
        await fault.reached()
        fault.release()
        poll = await chat.wait_for_message(1)
        assert "0 of 2 responded" in text(poll.card)

    await asyncio.gather(*(fails(name) for name in BREAKS))


@SQLITE
async def test_an_answer_that_teams_is_too_busy_for_comes_a_little_later(shift: Shift) -> None:
    BREAKS["429"](shift.teams.faults, "POST", shift.chat, False)
    assert await shift.ada.says(shift.chat, "help") == 200
    assert len(shift.chat.messages) == 1


@SQLITE
async def test_a_message_that_teams_delivers_twice_is_one_poll(shift: Shift) -> None:
    chat = shift.teams.personal(shift.ada)
    for where in (shift.chat, chat):
        written = message(shift.teams.state, shift.ada, where, LINE, mention=True)
        for _ in range(3):
            status, _ = await shift.teams.post_raw(written)
            assert status == 200
    await shift.chat.wait_for_message(1)
    await shift.poll("Last? | Yes | No")
    assert sum("Lunch?" in one.summary for one in shift.chat.all_messages) == 1
    await shift.ada.says(chat, "my actions")
    assert rows(chat.latest.card) == ["Last?", "Lunch?"]
    await in_place(shift.ada, chat, chat.latest, "Drafts")
    assert rows(chat.latest.card) == ["Lunch?"]


@SQLITE
async def test_a_post_that_was_done_but_not_answered_leaves_no_second_poll(shift: Shift) -> None:
    """Teams has no way to ask; a second card may show, but both are the same poll."""
    fault = BREAKS["reset"](shift.teams.faults, "POST", shift.chat, True)
    await shift.ada.says(shift.chat, LINE)
    await fault.reached()
    first = await shift.chat.wait_for_message(1)
    await shift.ben.taps(shift.chat, first, "Choose Pizza")
    latest = await shift.chat.wait_for_message(lambda m: counts(m.card)["Pizza"] == 1)
    own = await shift.ben.taps(shift.chat, latest, "Choose Sushi")
    assert counts(own.card or {}) == {"Pizza": 0, "Sushi": 1}
    assert "1 of 3 responded" in text(own.card)


@pytest.mark.parametrize(
    ("status", "code"), [(403, "BotNotInConversationRoster"), (404, "ConversationNotFound")]
)
async def test_a_card_that_teams_refuses_becomes_a_draft_and_its_creator_is_told(
    shift: Shift, status: int, code: str
) -> None:
    own = await shift.ada.installs()
    faults = shift.teams.faults
    faults.answer(status=status, code=code, method="POST", path_contains=shift.chat.id)
    await shift.ada.says(shift.chat, LINE)
    told = await own.wait_for_message(2)
    assert "“Lunch?” could not be posted" in text(told.card)
    assert not shift.chat.messages
    await shift.ada.says(own, "my actions")
    listed = await own.wait_for_message(3)
    assert "✎ Poll · draft" in text(listed.card)
    # The bot is heard from there again, so the same draft can be sent.
    await shift.ben.says(shift.chat, "help")
    await shift.chat.wait_for_message(1)
    await in_place(shift.ada, own, listed, "Lunch?")
    await in_place(shift.ada, own, listed, "Preview")
    await in_place(shift.ada, own, listed, "Send", {"where": "Early shift"})
    poll = await shift.chat.wait_for_message(2)
    answer = await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    assert "1 of 3 responded" in text(answer.card)


@SQLITE
async def test_a_draft_that_came_back_is_posted_as_it_was_changed(shift: Shift) -> None:
    own = await shift.ada.installs()
    shift.teams.faults.answer(status=403, method="POST", path_contains=shift.chat.id)
    await shift.ada.says(shift.chat, LINE)
    await own.wait_for_message(2)
    await shift.ada.says(own, "my actions")
    listed = await own.wait_for_message(3)
    await in_place(shift.ada, own, listed, "Lunch?")
    changed = {"title": "Dinner?", "Option 1": "Pasta"}
    await in_place(shift.ada, own, listed, "Preview", changed)
    await in_place(shift.ada, own, listed, "Send", {"where": "Early shift"})
    poll = await shift.chat.wait_for_message(1)
    assert rows(poll.card) == ["Choose Pasta", "Choose Sushi"]
    assert "Dinner?" in text(poll.card)


@SQLITE
async def test_a_chat_that_has_no_roster_for_the_bot_gives_the_draft_back(shift: Shift) -> None:
    own = await shift.ada.installs()
    shift.teams.faults.answer(status=403, method="GET", path_contains="/pagedmembers")
    await shift.ada.says(shift.chat, LINE)
    told = await own.wait_for_message(2)
    assert "It is kept under “my actions” as a draft." in text(told.card)


@SQLITE
async def test_a_card_that_may_not_be_updated_any_more_is_left_and_votes_count(
    shift: Shift,
) -> None:
    poll = await shift.poll()
    fault = shift.teams.faults.answer(status=403, method="PUT", path_contains=poll.id)
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    await fault.reached()
    own = await shift.chloe.taps(shift.chat, poll, "Choose Pizza")
    assert counts(own.card or {})["Pizza"] == 2
    # A later poll in the same chat is updated, the first is not tried again.
    other = await shift.poll("Dinner? | Pasta | Soup")
    await shift.ben.taps(shift.chat, other, "Choose Soup")
    await shift.chat.wait_until(lambda: counts(other.card)["Soup"] == 1)
    calls = [c for c in shift.teams.calls if c.method == "PUT" and poll.id in c.path]
    assert [call.status for call in calls] == [403]
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Results")
    assert counts(dialog.card)["Pizza"] == 2


async def test_a_burst_of_votes_is_few_updates_and_never_two_at_once(
    teams: Teams, muster: str
) -> None:
    assert muster
    chat, people = crowd(teams, 80)
    poll = await makes_poll(people[0], chat)
    for group in (people[:40], people[40:]):
        stored = await asyncio.gather(*(press(teams, user, poll, "Pizza") for user in group))
        assert all(stored)
    await chat.wait_until(lambda: counts(poll.card)["Pizza"] == 80)
    assert poll.updates <= 8
    assert chat.most_at_once == 1


@SQLITE
async def test_a_chat_that_does_not_answer_holds_up_no_other(shift: Shift) -> None:
    stuck, other = await shift.poll(), shift.teams.group_chat([shift.ada, shift.ben], "Other")
    poll = await makes_poll(shift.ada, other)
    silence = BREAKS["silence"](shift.teams.faults, "PUT", shift.chat, False)
    await shift.ben.taps(shift.chat, stuck, "Choose Pizza")
    await silence.reached()
    await shift.ben.taps(other, poll, "Choose Pizza")
    await other.wait_until(lambda: counts(poll.card)["Pizza"] == 1)
    assert not stuck.updates
    silence.release()
    await shift.chat.wait_until(lambda: counts(stuck.card)["Pizza"] == 1)


@SQLITE
async def test_several_polls_in_one_chat_are_never_sent_at_once(shift: Shift) -> None:
    lines = [f"poll Question {number}? | Yes | No" for number in range(4)]
    await asyncio.gather(*(shift.ada.says(shift.chat, line) for line in lines))
    await shift.chat.wait_for_message(4)
    for poll in list(shift.chat.messages):
        await shift.ben.taps(shift.chat, poll, "Choose Yes")
    await shift.chat.wait_until(lambda: all(m.updates for m in shift.chat.messages))
    assert len(shift.chat.messages) == 4
    assert shift.chat.most_at_once == 1


async def test_a_card_catches_up_after_a_restart(teams: Teams, database_url: str) -> None:
    shift = a_shift(teams)
    async with running(teams, database_url):
        poll = await shift.poll()
        await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    async with running(teams, database_url):
        await shift.chat.wait_until(lambda: counts(poll.card)["Pizza"] == 1)
    assert len(shift.chat.all_messages) == 1


@SQLITE
async def test_stopping_the_bot_lets_it_finish_the_update_it_is_sending(
    teams: Teams, database_url: str
) -> None:
    shift = a_shift(teams)
    async with AsyncExitStack() as bot:
        await bot.enter_async_context(running(teams, database_url))
        poll = await shift.poll()
        fault = teams.faults.delay(method="PUT")
        await shift.ben.taps(shift.chat, poll, "Choose Pizza")
        await fault.reached()
        await shift.chloe.taps(shift.chat, poll, "Choose Pizza")
        await stops(bot, fault)
    async with running(teams, database_url):
        await shift.chat.wait_until(lambda: counts(poll.card)["Pizza"] == 2)


@SQLITE
async def test_stopping_the_bot_lets_it_finish_the_card_it_is_posting(
    teams: Teams, database_url: str
) -> None:
    shift = a_shift(teams)
    async with AsyncExitStack() as bot:
        await bot.enter_async_context(running(teams, database_url))
        fault = teams.faults.delay(method="POST", path_contains=shift.chat.id, after=True)
        await shift.ada.says(shift.chat, LINE)
        await fault.reached()
        poll = await shift.chat.wait_for_message(1)
        await stops(bot, fault)
    async with running(teams, database_url):
        await shift.ben.taps(shift.chat, poll, "Choose Pizza")
        await shift.chat.wait_until(lambda: counts(poll.card)["Pizza"] == 1)
    assert len(shift.chat.all_messages) == 1


@SQLITE
async def test_a_bot_that_stops_does_not_wait_for_ever_and_tries_again_at_its_start(
    teams: Teams, database_url: str
) -> None:
    shift = a_shift(teams)
    async with AsyncExitStack() as bot:
        await bot.enter_async_context(running(teams, database_url))
        poll = await shift.poll()
        silence = BREAKS["silence"](teams.faults, "PUT", shift.chat, False)
        await shift.ben.taps(shift.chat, poll, "Choose Pizza")
        await silence.reached()
    async with running(teams, database_url):
        await shift.chat.wait_until(lambda: counts(poll.card)["Pizza"] == 1)


async def stops(bot: AsyncExitStack, fault: Fault) -> None:
    """Tell the bot to stop while Teams keeps it waiting, and let Teams answer then."""
    stopping = asyncio.create_task(bot.aclose())
    done, _ = await asyncio.wait({stopping}, timeout=0)
    assert not done
    fault.release()
    await stopping


@SQLITE
async def test_old_clients_vote_by_the_fallback_of_the_rows(shift: Shift) -> None:
    poll = await shift.poll()
    answer = await shift.ben.taps(shift.chat, poll, "Choose Pizza", old_client=True)
    assert answer.status == 200
    again = await shift.ben.taps(shift.chat, poll, "Choose Pizza", old_client=True)
    assert again.status == 200
    await shift.chat.wait_until(lambda: counts(poll.card) == {"Pizza": 1, "Sushi": 0, "Salad": 0})
    await shift.ben.taps(shift.chat, poll, "Choose Sushi", old_client=True)
    await shift.chat.wait_until(lambda: counts(poll.card) == {"Pizza": 0, "Sushi": 1, "Salad": 0})
    assert shift.chat.messages == [poll]


@SQLITE
async def test_old_clients_take_each_step_of_the_personal_chat_as_a_new_message(
    shift: Shift,
) -> None:
    chat = await shift.ada.installs()
    await shift.ada.taps(chat, chat.latest, "Make a poll", old_client=True)
    typed = {"title": "Lunch?", "more": "Pizza\nSushi"}
    await shift.ada.taps(chat, chat.latest, "Preview", typed, old_client=True)
    assert "Send" in buttons(chat.latest.card)
    await shift.ada.taps(chat, chat.latest, "Send", old_client=True)
    poll = await chat.wait_for_message(lambda m: "Choose Pizza" in rows(m.card))
    await shift.ada.taps(chat, poll, "Choose Pizza", old_client=True)
    await chat.wait_until(lambda: counts(poll.card) == {"Pizza": 1, "Sushi": 0})


@SQLITE
async def test_a_poll_in_a_channel_is_answered_from_its_thread(shift: Shift) -> None:
    channel = shift.teams.channel("Plant", "General", [shift.ada, shift.ben])
    await shift.ada.says(channel, LINE)
    poll = await channel.wait_for_message(1)
    assert "0 of 2 responded" in text(poll.card)
    answer = await shift.ben.taps(channel, poll, "Choose Pizza")
    assert "✔ You voted: Pizza" in text(answer.card)
    results = await shift.ben.opens(channel, poll, "Results")
    assert counts(results.card)["Pizza"] == 1
    await channel.wait_until(lambda: counts(poll.card)["Pizza"] == 1)


@SQLITE
async def test_what_one_sees_after_a_tap_outlives_the_update_of_the_card(shift: Shift) -> None:
    poll = await shift.poll()
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    await shift.chat.wait_until(lambda: poll.updates)
    assert find_action(poll.card, "Choose Pizza")
    own = await shift.ben.looks_at(shift.chat, poll)
    assert "✔ You voted: Pizza" in text(own)
    assert "Take back Pizza" in rows(own)
