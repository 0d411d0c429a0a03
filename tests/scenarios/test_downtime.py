"""The bot was down while things fell due: at its start each happens as it should.

From Monday to Thursday nothing runs. The promise, which the one time limit here is about, is that
all of it has happened within five seconds after the bot is ready (issue 6).
"""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Final

import aiohttp

from actions.history import Entry
from actions.managing import CLOCK
from tests.fakes import FixedClock
from tests.scenarios.conftest import Shift
from tests.scenarios.exports import noted
from tests.scenarios.house import running
from tests.scenarios.steps import a_shift, action_id, makes_poll, opened
from tests.scenarios.votes import press
from tests.teams import Message, Teams
from tests.teams.cards import text
from tests.teams.forms import Value

MONDAY: Final = datetime(2026, 11, 23, 9, tzinfo=UTC)
WEDNESDAY, THURSDAY = MONDAY.replace(day=25), MONDAY.replace(day=26)
BACK: Final = THURSDAY.replace(hour=12)
FRIDAY: Final = MONDAY.replace(day=27)

PROMISED: Final = 5
"""Seconds."""

TUESDAY: dict[str, Value] = {"post.date": "2026-11-24", "post.time": "07:30"}
FOR_GOOD: dict[str, Value] = {"post.closes_after": "does not close by itself"}


async def test_what_fell_due_while_the_bot_was_down_happens_at_its_start(
    teams: Teams, database_url: str
) -> None:
    shift, clock = a_shift(teams), FixedClock(MONDAY)
    async with running(teams, database_url, clock=clock):
        mine, bens = await shift.ada.installs(), await shift.ben.installs()
        over = await makes_poll(shift.ada, shift.chat, title="Over")
        still_open = await makes_poll(shift.ada, shift.chat, title="Still open")
        for person in (shift.ada, shift.chloe):
            for poll in (over, still_open):
                assert await press(teams, person, poll, "Sushi")
        await schedules(shift, "Once")
        await schedules(shift, "Each day", {"post.repeat": "day"})
        await set_times(database_url, clock, over, remind_at=WEDNESDAY, closes_at=THURSDAY)
        await set_times(database_url, clock, still_open, remind_at=THURSDAY, closes_at=FRIDAY)

    clock.time = BACK
    async with running(teams, database_url, clock=clock) as address:
        await is_ready(address)
        async with asyncio.timeout(PROMISED):
            await shift.chat.wait_until(lambda: "POLL · closed" in text(over.card))
            await bens.wait_for_message(lambda one: one.summary.startswith("Reminder: "))
            for title in ("Once", "Each day"):
                await shift.chat.wait_for_message(partial(is_about, title))
                await mine.wait_for_message(partial(is_late, title))
        await is_quiet(database_url, clock)

    assert await noted(database_url, "closed") == [(CLOCK.name, {})]
    # What has closed meanwhile asks nobody any more; nor do those who have responded hear of it.
    assert [one.summary for one in bens.messages if "Reminder" in one.summary] == [
        "Reminder: Still open (closes Fri 27 Nov, 10:00)"
    ]
    assert not [one.summary for one in mine.messages if "Reminder" in one.summary]
    posted = [text(one.card).split("\n")[1] for one in shift.chat.messages]
    assert sorted(posted) == ["Each day", "Once", "Over", "Still open"]
    [once] = [text(one.card) for one in mine.messages if is_late("Once", one)]
    [daily] = [text(one.card) for one in mine.messages if is_late("Each day", one)]
    assert "This was to be posted on Tue 24 Nov, 07:30." in once
    assert "This was to be posted on Thu 26 Nov, 07:30." in daily
    assert "2 earlier" in daily


def is_about(title: str, message: Message) -> bool:
    return title in text(message.card)


def is_late(title: str, message: Message) -> bool:
    """Give whether a message says that something was posted late."""
    return message.summary == f"Posted late: {title}"


async def schedules(shift: Shift, title: str, repeat: dict[str, Value] | None = None) -> None:
    """Let Ada schedule a poll for Tuesday, and again if it is repeated."""
    dialog = await shift.ada.uses_command(shift.chat, "poll")
    await dialog.submits("Schedule", {"title": title, "more": "Pizza\nSushi"})
    await dialog.submits("Next", TUESDAY | FOR_GOOD | (repeat or {}))
    if repeat:
        await dialog.submits("Next")
    await dialog.submits("Schedule")
    assert f"✔ Scheduled: {title}" in text(dialog.card)


async def set_times(
    database_url: str,
    clock: FixedClock,
    poll: Message,
    remind_at: datetime,
    closes_at: datetime,
) -> None:
    entry = Entry(clock.now(), CLOCK, "edited")
    async with opened(database_url, clock) as store:
        await store.change(
            action_id(poll),
            lambda action: replace(action, remind_at=remind_at, closes_at=closes_at),
            entry,
        )


async def is_ready(address: str) -> None:
    """Wait until the bot says that it can serve."""
    async with aiohttp.ClientSession() as session, asyncio.timeout(60):
        while True:
            async with session.get(f"{address}/readyz") as answer:
                if answer.ok:
                    return


async def is_quiet(database_url: str, clock: FixedClock) -> None:
    """Wait until nothing is on its way any more."""
    async with opened(database_url, clock) as store, asyncio.timeout(30):
        while True:
            queue = await store.queue(clock.now())
            if not (queue.postings or queue.notices or queue.under_way):
                return
