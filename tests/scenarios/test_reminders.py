"""Reminders, by a press and by the clock: in people's own chats, and by mentions in the chat."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text as sql

from storage.engine import open_engine
from tests.fakes import FixedClock
from tests.scenarios.conftest import Shift
from tests.scenarios.house import running
from tests.scenarios.pace import beats
from tests.scenarios.steps import SQLITE, a_shift, action_id, makes_poll, manage, opened
from tests.scenarios.votes import counts
from tests.teams import Chat, Dialog, Message, Teams, User
from tests.teams.cards import buttons, find_action, text
from tests.teams.forms import Value

FRIDAY = datetime(2026, 11, 20, 9, tzinfo=UTC)
DUE = FRIDAY + timedelta(days=7)

BLOCKED = "ConversationBlockedByUser"


def own_chat(user: User) -> Chat:
    """Give someone's own chat with the bot."""
    return user.state.personal_chat(user)


def is_reminder(message: Message) -> bool:
    """Give whether a message asks someone to respond."""
    return message.summary.startswith("Reminder: ")


def reminders(chat: Chat) -> list[Message]:
    """Give the reminders in a chat."""
    return [message for message in chat.messages if is_reminder(message)]


def mentioned(message: Message) -> list[str]:
    """Give whom a message mentions, by their addresses."""
    return [one["mentioned"]["id"] for one in message.card["msteams"]["entities"]]


async def reminds(shift: Shift, poll: Message) -> Dialog:
    """Let Ada press Remind; a card of an anonymous poll has no view of hers."""
    dialog = await shift.ada.opens(shift.chat, poll, "Results")
    await dialog.submits("Manage")
    await dialog.submits("Remind")
    return dialog


async def outcome(dialog: Dialog) -> str:
    """Look how it went until nothing is on its way."""
    await dialog.submits("See how it went")
    async for _ in beats(per_second=5, count=100):
        if "Refresh" not in buttons(dialog.card):
            break
        await dialog.submits("Refresh")
    return text(dialog.card)


async def install(*users: User) -> None:
    """Let people have the bot in a chat of their own."""
    for user in users:
        await user.installs()


# Who is reminded, and where


async def test_only_they_are_reminded_who_have_not_responded_each_where_they_can_be(
    shift: Shift,
) -> None:
    await install(shift.ben, shift.chloe)
    poll = await shift.poll()
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    dialog = await reminds(shift, poll)
    assert "✔ 2 people are being reminded." in text(dialog.card)
    told = await outcome(dialog)
    assert "2\nreminded\n1\nof these mentioned in the chat\n0\nnot reached" in told
    assert len(reminders(own_chat(shift.chloe))) == 1
    assert reminders(own_chat(shift.ben)) == []
    # Ada has not the bot in a chat of her own.
    (mention,) = reminders(shift.chat)
    assert mentioned(mention) == [shift.ada.mri]
    assert f"<at>{shift.ada.name}</at>" in text(mention.card)


async def test_one_answers_from_the_reminder_in_ones_own_chat(shift: Shift) -> None:
    await install(shift.ben)
    poll = await shift.poll()
    await outcome(await reminds(shift, poll))
    (reminder,) = reminders(own_chat(shift.ben))
    assert f"{shift.ada.name} asks you to respond." in text(reminder.card)
    await shift.ben.taps(own_chat(shift.ben), reminder, "Show in the chat")
    assert poll.id in shift.ben.opened_urls[0]
    form = await shift.ben.taps(own_chat(shift.ben), reminder, "Vote")
    assert "Lunch?" in text(form.card)
    await shift.ben.taps(own_chat(shift.ben), reminder, "Vote", {"answer": "Sushi"})
    await shift.chat.wait_until(lambda: counts(poll.card)["Sushi"] == 1)
    assert "1 of 3 responded" in text(poll.card)


async def test_one_answers_from_the_message_that_mentions_one(shift: Shift) -> None:
    poll = await shift.poll()
    await outcome(await reminds(shift, poll))
    (mention,) = reminders(shift.chat)
    assert set(mentioned(mention)) == {one.mri for one in (shift.ada, shift.ben, shift.chloe)}
    dialog = await shift.ben.opens(shift.chat, mention, "Vote")
    await dialog.submits("Vote", {"answer": "Salad"})
    await shift.chat.wait_until(lambda: counts(poll.card)["Salad"] == 1)


@SQLITE
async def test_a_mention_goes_to_the_thread_of_the_card(shift: Shift) -> None:
    people = [shift.ada, shift.ben]
    channel = shift.teams.channel("Kitchen", "General", people)
    poll = await makes_poll(shift.ada, channel)
    dialog = await manage(shift.ada, channel, poll)
    await dialog.submits("Remind")
    await outcome(dialog)
    (mention,) = reminders(channel)
    assert set(mentioned(mention)) == {shift.ada.mri, shift.ben.mri}


# Who is not reached, and why


async def test_who_blocked_the_bot_is_mentioned_and_is_named_where_that_fails_too(
    shift: Shift,
) -> None:
    await install(shift.ada, shift.ben, shift.chloe)
    poll, faults = await shift.poll(), shift.teams.faults
    faults.answer(status=403, code=BLOCKED, path_contains=own_chat(shift.ben).id, times=None)
    told = await outcome(await reminds(shift, poll))
    assert "3\nreminded\n1\nof these mentioned in the chat" in told
    (mention,) = reminders(shift.chat)
    assert mentioned(mention) == [shift.ben.mri]

    other = await shift.poll("Dinner? | Fish | Rice")
    chat = f"{shift.chat.id}/activities"
    faults.answer(status=403, method="POST", code="MessageWritesBlocked", path_contains=chat)
    told = await outcome(await reminds(shift, other))
    assert "2\nreminded\n0\nof these mentioned in the chat\n1\nnot reached" in told
    assert f"{shift.ben.name}: has blocked me" in told


@SQLITE
async def test_who_left_is_not_expected_any_more_or_told_to_have_left(shift: Shift) -> None:
    poll = await shift.poll()
    shift.chat.members.remove(shift.ben)  # The bot is not told.
    dialog = await reminds(shift, poll)
    assert "✔ 2 people are being reminded." in text(dialog.card)
    await outcome(dialog)
    await shift.chat.wait_until(lambda: "0 of 2 responded" in text(poll.card))

    other = await shift.poll("Dinner? | Fish | Rice")
    fault = shift.teams.faults.answer(status=503, path_contains="pagedmembers")
    shift.chat.members.remove(shift.chloe)
    told = await outcome(await reminds(shift, other))
    assert fault.hits == 1
    assert f"{shift.chloe.name}: is not in the chat any more" in told
    assert mentioned(reminders(shift.chat)[-1]) == [shift.ada.mri]


@SQLITE
async def test_where_the_bot_was_removed_the_others_are_named_as_having_no_app(
    shift: Shift,
) -> None:
    await install(shift.ada)
    poll, mine = await shift.poll(), own_chat(shift.ada)
    await shift.ada.says(shift.teams.group_chat([shift.ada], "Elsewhere"), "help")
    await shift.teams.remove_bot(shift.chat, by=shift.ada)
    await shift.ada.says(mine, "my actions")
    listed = await mine.wait_for_message(lambda one: "Active" in text(one.card))
    for title in ("Lunch?", "Remind", "See how it went"):
        answer = await shift.ada.taps(mine, listed, title)
    async for _ in beats(per_second=5, count=100):
        if "Refresh" not in buttons(answer.card or {}):
            break
        answer = await shift.ada.taps(mine, listed, "Refresh")
    told = text(answer.card or {})
    assert len(reminders(mine)) == 1
    for user in (shift.ben, shift.chloe):
        assert f"{user.name}: does not have the app" in told
    assert "0 of 3 responded" in text(poll.card)


async def test_a_reminder_that_teams_does_not_take_now_comes_later(shift: Shift) -> None:
    await install(shift.ben)
    poll, there = await shift.poll(), own_chat(shift.ben).id
    fault = shift.teams.faults.answer(status=503, method="POST", path_contains=there)
    told = await outcome(await reminds(shift, poll))
    assert fault.hits == 1
    assert "3\nreminded" in told
    assert len(reminders(own_chat(shift.ben))) == 1


# Seldom


async def test_pressing_twice_at_once_reminds_once(shift: Shift) -> None:
    await install(shift.ada, shift.ben, shift.chloe)
    poll = await shift.poll()
    dialogs = [await manage(shift.ada, shift.chat, poll) for _ in range(2)]
    await asyncio.gather(*(dialog.submits("Remind") for dialog in dialogs))
    told = sorted("being reminded" in text(dialog.card) for dialog in dialogs)
    assert told == [False, True]
    again = next(d for d in dialogs if "being reminded" not in text(d.card))
    assert "3 people were reminded less than 12 hours ago" in text(again.card)
    await outcome(again)
    for user in (shift.ada, shift.ben, shift.chloe):
        assert len(reminders(own_chat(user))) == 1
    assert reminders(shift.chat) == []


@SQLITE
async def test_many_people_are_asked_about_first(shift: Shift) -> None:
    crowd = [shift.teams.user(f"Person {number}") for number in range(22)]
    chat = shift.teams.group_chat([shift.ada, *crowd], "Everyone")
    poll = await makes_poll(shift.ada, chat)
    dialog = await manage(shift.ada, chat, poll)
    await dialog.submits("Remind")
    assert "Remind 23 people?" in text(dialog.card)
    assert reminders(chat) == []
    await dialog.submits("Remind 23 people")
    assert "23\nreminded\n23\nof these mentioned" in await outcome(dialog)
    assert sorted(len(mentioned(one)) for one in reminders(chat)) == [3, 20]
    assert len({mri for one in reminders(chat) for mri in mentioned(one)}) == 23


@SQLITE
async def test_who_is_missing_is_where_they_are_reminded_from(shift: Shift) -> None:
    poll = await shift.poll()
    await shift.ada.refreshes(shift.chat, poll)
    dialog = await shift.ada.opens(shift.chat, poll, "Results")
    await dialog.submits("Not responded")
    await dialog.submits("Remind")
    await outcome(dialog)
    await dialog.submits("Manage")
    await dialog.submits("Results")
    await dialog.submits("Not responded")
    assert "3 reached, 0 not" in text(dialog.card)
    await dialog.submits("Last reminders")
    assert dialog.title == "Reminders"
    results = await shift.ben.opens(shift.chat, poll, "Results")
    await results.submits("Not responded")
    assert {"Remind", "Last reminders"}.isdisjoint(buttons(results.card))


# Who may not


@SQLITE
async def test_nobody_else_reminds_and_nobody_from_elsewhere_learns_of_it(shift: Shift) -> None:
    await install(shift.ada, shift.ben, shift.chloe)
    poll = await shift.poll()
    dialog = await manage(shift.ada, shift.chat, poll)
    for verb in ("remind", "reminders"):
        data = find_action(dialog.card, "Remind")["data"]["muster"].replace("remind", verb)
        answer = await shift.ben.executes(shift.chat, poll, verb, {"muster": data})
        assert answer.message == "Only the person who made this can do that."
        stranger = shift.teams.user("Sam Stranger")
        elsewhere = shift.teams.group_chat([stranger], "Elsewhere")
        answer = await stranger.executes(elsewhere, None, verb, {"muster": data})
        assert "Lunch" not in str(answer.body)
        assert answer.card is None
    assert not any(reminders(own_chat(one)) for one in (shift.ada, shift.ben, shift.chloe))


@SQLITE
async def test_who_was_not_asked_cannot_open_it_from_their_own_chat(shift: Shift) -> None:
    await install(shift.ben)
    poll = await shift.poll()
    await outcome(await reminds(shift, poll))
    (reminder,) = reminders(own_chat(shift.ben))
    data = find_action(reminder.card, "Vote")["data"]
    stranger = shift.teams.user("Sam Stranger")
    chat = await stranger.installs()
    for verb in ("open", "show", "vote", "choose"):
        stolen = {"muster": data["muster"].replace("open", verb), "answer": "Pizza"}
        answer = await stranger.executes(chat, None, verb, stolen)
        assert answer.card is None
        assert "Lunch" not in str(answer.body)
    assert counts(poll.card)["Pizza"] == 0


@SQLITE
async def test_what_is_closed_reminds_nobody(shift: Shift) -> None:
    poll = await shift.poll()
    dialog, other = [await manage(shift.ada, shift.chat, poll) for _ in range(2)]
    await other.submits("Close now")
    assert "Remind" not in buttons(other.card)
    await dialog.submits("Remind")
    assert "closed" in text(dialog.card)
    assert "Nobody was reminded yet." in text(dialog.card)
    assert reminders(shift.chat) == []


# Anonymous


async def test_reminders_of_an_anonymous_poll_go_out_and_leave_no_name(
    shift: Shift, database_url: str
) -> None:
    await install(shift.ben, shift.chloe)
    poll = await makes_poll(shift.ada, shift.chat, {"anonymous": True})
    await shift.chloe.taps(shift.chat, poll, "Choose Pizza")
    told = await outcome(await reminds(shift, poll))
    assert "2\nreminded\n1\nof these mentioned in the chat" in told
    assert len(reminders(own_chat(shift.ben))) == 1
    assert reminders(own_chat(shift.chloe)) == []
    assert [mentioned(one) for one in reminders(shift.chat)] == [[shift.ada.mri]]
    rows = str(await notice_rows(database_url))
    assert rows.count("reminder") == 2
    assert rows.count("mention") >= 1
    for user in (shift.ada, shift.ben, shift.chloe):
        for known in (user.name, user.mri, user.object_id, user.object_id.upper()):
            assert known not in rows


async def notice_rows(database_url: str) -> list[Any]:
    """Give the tables' rows of what was sent, as they are stored."""
    engine = open_engine(database_url)
    async with engine.connect() as connection:
        found = (await connection.execute(sql("SELECT * FROM notices"))).all()
    await engine.dispose()
    return [tuple(row) for row in found]


# By the clock


async def shows(shift: Shift, poll: Message, words: str) -> None:
    """Wait until the card says so."""
    await shift.chat.wait_until(lambda: words in text(poll.card))


async def remind_at(database_url: str, poll: Message, clock: FixedClock) -> datetime | None:
    """Give when the clock reminds people of a poll."""
    async with opened(database_url, clock) as store:
        return (await store.action(action_id(poll))).remind_at


async def reminded(database_url: str, poll: Message, clock: FixedClock) -> None:
    """Wait until the clock has reminded people of a poll, or dropped that."""
    async with opened(database_url, clock) as store, asyncio.timeout(10):
        while (await store.action(action_id(poll))).remind_at is not None:
            continue


async def test_people_are_reminded_a_day_before_it_closes(teams: Teams, database_url: str) -> None:
    clock, shift = FixedClock(FRIDAY), a_shift(teams)
    async with running(teams, database_url, clock=clock):
        await install(shift.ada, shift.ben, shift.chloe)
        poll = await makes_poll(shift.ada, shift.chat)
        await shift.ben.taps(shift.chat, poll, "Choose Pizza")
        assert await remind_at(database_url, poll, clock) == DUE - timedelta(hours=24)
        clock.time = DUE - timedelta(hours=24)
        for user in (shift.ada, shift.chloe):
            await own_chat(user).wait_for_message(is_reminder)
        assert reminders(own_chat(shift.ben)) == []
        clock.time = DUE
        await shows(shift, poll, "closed")
        assert len(reminders(own_chat(shift.chloe))) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "2026-11-22", "time": "09:59"},
        {"closes": False},
        {"remind_hours": "never"},
    ],
    ids=["short", "endless", "never"],
)
@SQLITE
async def test_what_is_short_or_endless_reminds_nobody_by_itself(
    teams: Teams, database_url: str, fields: dict[str, Value]
) -> None:
    clock, shift = FixedClock(FRIDAY), a_shift(teams)
    async with running(teams, database_url, clock=clock):
        poll = await makes_poll(shift.ada, shift.chat, fields)
        assert await remind_at(database_url, poll, clock) is None


@SQLITE
async def test_the_clock_and_a_press_at_once_remind_each_once(
    teams: Teams, database_url: str
) -> None:
    clock, shift = FixedClock(FRIDAY), a_shift(teams)
    async with running(teams, database_url, clock=clock):
        await install(shift.ada, shift.ben, shift.chloe)
        poll = await makes_poll(shift.ada, shift.chat)
        dialog = await manage(shift.ada, shift.chat, poll)
        clock.time = DUE - timedelta(hours=24)
        await dialog.submits("Remind")
        await reminded(database_url, poll, clock)
        for user in (shift.ada, shift.ben, shift.chloe):
            await own_chat(user).wait_for_message(is_reminder)
        await outcome(dialog)
        assert [len(reminders(own_chat(u))) for u in (shift.ada, shift.ben, shift.chloe)] == [
            1
        ] * 3


@pytest.mark.parametrize("late", [timedelta(minutes=1), timedelta(0)], ids=["late", "too late"])
async def test_what_fell_due_while_the_bot_was_down_is_sent_unless_it_has_closed(
    teams: Teams, database_url: str, late: timedelta
) -> None:
    clock, shift = FixedClock(FRIDAY), a_shift(teams)
    async with running(teams, database_url, clock=clock):
        await install(shift.ben)
        poll = await makes_poll(shift.ada, shift.chat)
    clock.time = DUE - late
    async with running(teams, database_url, clock=clock):
        await reminded(database_url, poll, clock)
        if late:
            await own_chat(shift.ben).wait_for_message(is_reminder, timeout=5)
        else:
            await shows(shift, poll, "closed")
    assert len(reminders(own_chat(shift.ben))) == (1 if late else 0)


@SQLITE
async def test_who_answers_before_the_reminder_is_sent_is_spared(
    teams: Teams, database_url: str
) -> None:
    clock, shift = FixedClock(FRIDAY), a_shift(teams)
    async with running(teams, database_url, clock=clock):
        await install(shift.ben, shift.chloe)
        poll = await makes_poll(shift.ada, shift.chat)
        there = own_chat(shift.ben).id
        fault = teams.faults.answer(status=503, method="POST", path_contains=there)
        dialog = await reminds(shift, poll)
        await fault.reached()
        await shift.ben.taps(shift.chat, poll, "Choose Pizza")
        clock.advance(minutes=5)
        told = await outcome(dialog)
    assert "1 person responded before it was sent" in told
    assert reminders(own_chat(shift.ben)) == []
