"""MUSTER_RETENTION_DAYS: what closed long ago goes from the chat and from the tables."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from actions.action import Status
from actions.errors import NotFound
from storage.schema import metadata
from tests.fakes import FixedClock
from tests.scenarios.conftest import Shift
from tests.scenarios.house import running
from tests.scenarios.steps import SQLITE, a_shift, action_id, opened, set_due
from tests.teams import Message, Teams
from tests.teams.cards import text

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)


@asynccontextmanager
async def kept_for(database_url: str, days: str) -> AsyncIterator[tuple[Shift, FixedClock]]:
    """Let the bot work in a group chat, by a clock that is set by hand."""
    clock, more = FixedClock(MORNING), {"MUSTER_RETENTION_DAYS": days} if days else {}
    async with Teams() as teams:
        shift = a_shift(teams)
        async with running(teams, database_url, more, clock):
            yield shift, clock


async def two_polls(shift: Shift, database_url: str, clock: FixedClock) -> tuple[Message, Message]:
    """Let Ada post two polls, of which the first closes, as they do after a week."""
    closed, still_open = await shift.poll(), await shift.poll("Dinner? | Rice | Beans")
    await shift.ben.taps(shift.chat, closed, "Choose Pizza")
    await shift.ben.taps(shift.chat, still_open, "Choose Rice")
    await set_due(database_url, still_open, MORNING + timedelta(days=400))
    clock.advance(days=7)
    await shift.chat.wait_until(lambda: "POLL · closed" in text(closed.card))
    return closed, still_open


async def is_gone(database_url: str, clock: FixedClock, name: str) -> None:
    """Wait until no row of an action is left."""
    async with opened(database_url, clock) as store, asyncio.timeout(20):
        while True:
            try:
                await store.action(name)
            except NotFound:
                break
        async with store._database.reading() as connection:
            for table in metadata.sorted_tables:
                if "action_id" in table.columns:
                    left = select(table).where(table.columns["action_id"] == name)
                    assert (await connection.execute(left)).all() == [], table.name


async def test_what_closed_a_month_ago_is_deleted_and_a_month_later_nothing_is_left(
    database_url: str,
) -> None:
    async with kept_for(database_url, "30") as (shift, clock):
        closed, still_open = await two_polls(shift, database_url, clock)
        name = action_id(closed)
        clock.advance(days=30, hours=2)
        async with opened(database_url, clock) as store, asyncio.timeout(20):
            while (await store.action(name)).status is not Status.DELETED:
                continue
            [(_, line)] = await store.history(name, "", 10)
            assert (line.verb, line.person.name) == ("deleted", "Muster")
        # A card is still for two seconds after its last update.
        clock.advance(minutes=1)
        await shift.chat.wait_until(lambda: "deleted" in text(closed.card))
        clock.advance(days=30, hours=2)
        await is_gone(database_url, clock, name)
        assert "Dinner?" in text(still_open.card)
        await shift.chloe.taps(shift.chat, still_open, "Choose Beans")
        clock.advance(minutes=1)
        await shift.chat.wait_until(lambda: "2 of 3 responded" in text(still_open.card))


@SQLITE
async def test_without_the_setting_everything_is_kept(database_url: str) -> None:
    async with kept_for(database_url, "") as (shift, clock):
        closed, _ = await two_polls(shift, database_url, clock)
        clock.advance(days=300)
        results = await shift.ben.opens(shift.chat, closed, "Results")
        assert "1 of 3 responded" in text(results.card)
