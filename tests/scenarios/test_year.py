"""A year of postings by the clock, past both changes of it; on PostgreSQL by two processes."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from actions import drafting, scheduling
from actions.action import Action, Status
from actions.caller import Caller
from actions.managing import close_due
from actions.people import Person
from actions.places import Conversation, Scope
from actions.ports import Ports
from actions.series_posting import post_due
from bot.now import RandomIds
from storage.engine import open_engine
from storage.store import SqlStore
from tests.fakes import FakeRoster, FixedClock

ADA = Person("tenant/ada", "Ada Okafor", "29:ada")
CHAT = Conversation("19:chat@thread.v2", "tenant", Scope.GROUP, "https://x.example", "Early shift")
FIRST, LAST = date(2027, 1, 4), date(2028, 1, 3)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days)]

DAY = timedelta(days=1)
TOMORROW = {"post.closes_after": str(24 * 60)}
CLOSED_BY_NIGHT = {"post.closes_after": str(8 * 60)}


@dataclass(frozen=True, slots=True)
class Plan:
    """A schedule as it is typed, and the days on which it then has to be posted, told by hand.

    `days` or `hours` say when it closes: so many days on the wall, or hours that pass.
    """

    title: str
    time: str
    fields: dict[str, str]
    on: Sequence[date]
    days: int = 0
    hours: int = 0

    def times(self, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        """Give when it is posted, and when it closes."""
        for day in self.on:
            typed = datetime.fromisoformat(f"{day} {self.time}").replace(tzinfo=zone)
            posted = typed.astimezone(UTC)
            # From a time that the wall skips on, days are counted from the one that it shows.
            closes = posted.astimezone(zone) + self.days * DAY
            yield posted, closes.astimezone(UTC) + timedelta(hours=self.hours)


def is_last(day: date) -> bool:
    """Give whether a day is the last of its month."""
    return (day + DAY).month != day.month


PLANS = (
    Plan("Opening", "07:30", {"post.repeat": "day", **CLOSED_BY_NIGHT}, DAYS, hours=8),
    Plan(
        "Shift",
        "18:00",
        {"post.repeat": "week", "post.weekdays": "0,3", **TOMORROW},
        [day for day in DAYS if day.weekday() in {0, 3}],
        days=1,
    ),
    Plan(
        "Stock",
        "12:15",
        {"post.repeat": "month", "post.day": "31", **TOMORROW},
        [day for day in DAYS if is_last(day)],
        days=1,
    ),
    Plan(
        "Wages",
        "09:00",
        {"post.repeat": "month", "post.day": "30", **TOMORROW},
        [day for day in DAYS if day.day == 30 or (day.month == 2 and is_last(day))],
        days=1,
    ),
    # The clock is put forward and back in nights to Sunday, at this time in all three zones.
    Plan(
        "Night",
        "02:15",
        {"post.repeat": "week", "post.weekdays": "6", **TOMORROW},
        [day for day in DAYS if day.weekday() == 6],
        days=1,
    ),
)

SKIPPED = {
    "Europe/Berlin": "2027-03-28 03:15",
    "America/New_York": "2027-03-14 03:15",
    "Australia/Lord_Howe": "2027-10-03 02:45",
}
"""When the night's posting comes on the day whose wall does not show its time."""


@asynccontextmanager
async def processes(url: str, clock: FixedClock) -> AsyncIterator[list[Ports]]:
    """Give what the processes on one database work with; on SQLite there is one."""
    roster, count = FakeRoster({CHAT.id: [ADA]}), 1 if url.startswith("sqlite") else 2
    stores = [SqlStore(open_engine(url), b"secret", RandomIds(), clock) for _ in range(count)]
    try:
        yield [Ports(store, clock, RandomIds(), roster) for store in stores]
    finally:
        for store in stores:
            await store.close()


async def scheduled(ports: Ports, zone: str, plan: Plan) -> str:
    """Schedule a plan as its creator does; gives the series' id."""
    caller = Caller(ADA, "tenant", CHAT.id, "en", zone)
    draft = drafting.start_from_line(ports, caller, "poll", f"{plan.title}? | Yes | No")
    assert draft is not None
    start = {"post.date": str(FIRST), "post.time": plan.time}
    draft = await drafting.save(ports, caller, draft, {**start, **plan.fields})
    return (await scheduling.schedule(ports, caller, draft.id, CHAT.id)).id


async def lived_through(
    all_of_them: list[Ports], clock: FixedClock, moments: set[datetime]
) -> None:
    """Go from one moment to the next; all processes look at the same time what there is to do.

    What closes in between closes with the next look, as of its own time.
    """
    for moment in sorted(moments):
        clock.time = moment
        await asyncio.gather(*(close_due(ports) for ports in all_of_them))
        await asyncio.gather(*(post_due(ports) for ports in all_of_them))


def walls(actions: Sequence[Action], zone: ZoneInfo) -> set[str]:
    """Give when actions were posted, as the wall said it."""
    return {f"{action.created_at.astimezone(zone):%Y-%m-%d %H:%M}" for action in actions}


@pytest.mark.parametrize("name", sorted(SKIPPED))
async def test_year_of_postings_has_each_once_at_its_time(database_url: str, name: str) -> None:
    zone, clock = ZoneInfo(name), FixedClock(datetime(2027, 1, 2, tzinfo=UTC))
    async with processes(database_url, clock) as running:
        store = running[0].store
        await store.remember_conversation(CHAT)
        ids = [await scheduled(running[0], name, plan) for plan in PLANS]
        expected = [list(plan.times(zone)) for plan in PLANS]
        moments = {posted for times in expected for posted, _ in times}
        await lived_through(running, clock, moments)
        found = [(await store.in_series(series_id, 0, 1_000))[::-1] for series_id in ids]
        for action in found[1]:
            assert len(await store.postings(action.id)) == 1
    for actions, times in zip(found, expected, strict=True):
        assert [(a.created_at, a.closes_at) for a in actions] == times
        assert [a.number for a in actions] == list(range(1, len(times) + 1))
        for action in actions:
            is_over = action.closes_at is not None and action.closes_at <= clock.time
            assert (action.status is Status.CLOSED) == is_over
            assert action.closed_at == (action.closes_at if is_over else None)
    assert {wall[-5:] for wall in walls(found[0], zone)} == {"07:30"}
    odd = {wall for wall in walls(found[4], zone) if not wall.endswith("02:15")}
    assert odd == {SKIPPED[name]}
