"""Several processes: together they stay within Teams' limits, whoever comes and goes."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.errors import NotSaved, TryLater
from actions.timed_store import Heard
from bot.limits import Lanes
from bot.presence import BEAT, SOON, Presence
from bot.shares import (
    ALL,
    CONVERSATION,
    ROSTER,
    RUNNING,
    SILENT,
    TENANT,
    Claims,
    Limits,
    Other,
    Shares,
)
from tests.bot.test_limits import Time, exceeded
from tests.fakes import NOON, FixedClock, MemoryStore

HOUR = 3_600.0


class Wire(MemoryStore):
    """One process's way to the store that all share; it may be cut, or break."""

    __slots__ = ("breaks", "is_cut", "shared")

    def __init__(self, shared: MemoryStore) -> None:
        """Lead to what all share."""
        super().__init__(shared.clock)
        self.shared = shared
        self.is_cut = self.breaks = False

    async def heartbeat(self, process_id: str, now: datetime, claims: Claims) -> Sequence[Heard]:
        """Beat there."""
        if self.breaks:
            raise KeyError("what a later release stores")
        if self.is_cut:
            raise NotSaved("not_saved")
        return await self.shared.heartbeat(process_id, now, claims)

    async def end_heartbeat(self, process_id: str, now: datetime, claims: Claims) -> None:
        """End there."""
        if self.is_cut:
            raise NotSaved("not_saved")
        await self.shared.end_heartbeat(process_id, now, claims)


class Process:
    """One of several; it sends without end to every chat that it is told."""

    def __init__(self, world: "World", name: str) -> None:
        """Be there, and send nothing yet."""
        self.world = world
        self.wire = Wire(world.store)
        self.shares = Shares(alone=False)
        time = world.time
        self.lanes = Lanes(time, time.sleep, self.shares)
        self.presence = Presence(name, self.wire, self.lanes, self.shares, world, time, time.sleep)
        self.beating = asyncio.create_task(self.presence.run())
        self.sending: list[asyncio.Task[None]] = []

    def send(self, chat: str, how: str = "enter") -> None:
        """Send to a chat, or ask who is there, again and again, as fast as it may be."""
        self.sending.append(asyncio.create_task(self._send(chat, how)))

    async def _send(self, chat: str, how: str) -> None:
        while True:
            try:
                async with getattr(self.lanes, how)("tenant", chat):
                    self.world.sent.setdefault(f"{how} {chat}", []).append(self.world.time.now)
            except TryLater as later:
                await self.world.time.sleep(later.retry_after or 1.0)

    async def end(self) -> None:
        """Stop sending, and say goodbye."""
        await _cancelled(*self.sending)
        await _cancelled(self.beating)

    async def kill(self) -> None:
        """Be gone without a word."""
        self.wire.is_cut = True
        await self.end()


class World:
    """Processes on one store, with time that passes only when all of them wait."""

    def __init__(self) -> None:
        """Nobody is there."""
        self.time = Time()
        self.store = MemoryStore(FixedClock())
        self.sent: dict[str, list[float]] = {}
        self.processes: list[Process] = []

    def now(self) -> datetime:
        """Give the time that the processes' clocks show."""
        return NOON + timedelta(seconds=self.time.now)

    def start(self, *chats: str, how: str = "enter") -> Process:
        """Start a process that sends to chats."""
        process = Process(self, f"process {len(self.processes)}")
        self.processes.append(process)
        for chat in chats:
            process.send(chat, how)
        return process

    async def until(self, time: float) -> None:
        """Let time pass."""
        await self.time.until(time)

    def sent_by_all(self, chat: str = "enter chat", since: float = 0.0) -> list[float]:
        """Give when anything was sent to a chat."""
        return [at for at in self.sent.get(chat, []) if at >= since]


async def _cancelled(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def a_world() -> AsyncIterator[World]:
    """Give a world, and stop everybody in it."""
    world = World()
    try:
        yield world
    finally:
        for process in world.processes:
            await process.end()


def within(limits: Limits, times: Sequence[float]) -> bool:
    """Give whether Teams would have counted no more than it allows."""
    return not list(exceeded(times, limits))


# Alone


async def test_process_that_is_alone_sends_at_once_and_uses_everything() -> None:
    async with a_world() as world:
        world.start("chat")
        await world.until(60.0)
        assert world.sent_by_all()[:7] == [SOON] * 7
        assert len(world.sent_by_all()) >= 2 * 60
        assert within(CONVERSATION, world.sent_by_all())


async def test_process_that_starts_anew_counts_what_was_sent_before() -> None:
    """What it does not know of itself, the other one has left behind."""
    async with a_world() as world:
        first = world.start("chat")
        await world.until(25.0)
        await first.end()
        world.start("chat")
        await world.until(100.0)
        assert within(CONVERSATION, world.sent_by_all())


async def test_process_that_starts_anew_with_little_behind_it_sends_at_once() -> None:
    async with a_world() as world:
        first = world.start()
        await world.until(25.0)
        await first.end()
        world.start("chat")
        await world.until(26.0)
        assert world.sent_by_all()[:7] == [25.0 + SOON] * 7


async def test_process_that_was_killed_is_waited_for_no_longer_than_it_may_have_sent() -> None:
    async with a_world() as world:
        first = world.start("chat")
        await world.until(2.0)
        await first.kill()
        world.start("chat")
        await world.until(100.0)
        assert within(CONVERSATION, world.sent_by_all())
        # The widest of the short windows is two seconds.
        assert world.sent_by_all(since=2.5)[0] <= 2.0 + SILENT + 2.0 + 2 * SOON


# Together


async def test_two_share_a_limit_and_waste_little_of_it() -> None:
    async with a_world() as world:
        world.start("chat")
        world.start("chat")
        await world.until(120.0)
        assert within(CONVERSATION, world.sent_by_all())
        assert len(world.sent_by_all(since=60.0)) >= 0.9 * 2 * 60


async def test_process_that_joins_others_sends_nothing_before_they_have_heard_of_it() -> None:
    async with a_world() as world:
        first = world.start("chat")
        await world.until(60.0)
        second = world.start("other")
        await world.until(60.0 + BEAT + 1.0)
        assert (first.presence.processes, second.presence.processes) == (2, 2)
        assert world.sent_by_all("enter other")[0] > 60.0
        assert first.shares.of(CONVERSATION)[0] == second.shares.of(CONVERSATION)[0] == 3


async def test_who_is_left_alone_has_everything_again_in_the_end() -> None:
    async with a_world() as world:
        first, second = world.start("chat"), world.start("chat")
        await world.until(60.0)
        await second.end()
        await world.until(60.0 + RUNNING + 2 * BEAT)
        assert first.shares.of(CONVERSATION)[:2] == [7, 8]
        await world.until(60.0 + HOUR + 2 * BEAT)
        assert [*first.shares.of(CONVERSATION), *first.shares.of(ROSTER)] == [
            count for count, _ in CONVERSATION + ROSTER
        ]
        assert within(CONVERSATION, world.sent_by_all())


async def test_hours_with_processes_that_join_end_and_are_killed_stay_within_every_limit() -> None:
    async with a_world() as world:
        first = world.start("chat")
        await world.until(1_000.0)
        second = world.start("chat")
        await world.until(1_500.0)
        third = world.start("chat")
        await world.until(1_700.0)
        await second.kill()
        await world.until(1_703.0)
        world.start("chat")
        await world.until(2_500.0)
        await first.end()
        await third.end()
        await world.until(6_300.0)
        times = world.sent_by_all()
        assert within(CONVERSATION, times)
        assert len(times) > 1_900


comings_and_goings = st.lists(
    st.tuples(
        st.integers(0, 160).map(lambda eighths: eighths / 8),
        st.sampled_from(["join", "join", "end", "kill"]),
    ),
    min_size=2,
    max_size=8,
)
"""After so many seconds a process joins, ends, or is killed."""


@settings(max_examples=30)
@given(comings_and_goings)
def test_whoever_comes_and_goes_the_limits_hold_as_counted_from_outside(
    given_events: list[tuple[float, str]],
) -> None:
    async def check() -> None:
        async with a_world() as world:
            chats = ("chat", "other")
            running = [world.start(*chats)]
            for after, what in given_events:
                await world.until(world.time.now + after)
                if what == "join" and len(running) < 3:
                    running.append(world.start(*chats))
                    running[-1].send("chat", "ask")
                elif what != "join" and running:
                    gone = running.pop(0)
                    await (gone.end() if what == "end" else gone.kill())
            await world.until(world.time.now + 45.0)
            for chat, times in world.sent.items():
                assert within(ROSTER if chat.startswith("ask") else CONVERSATION, times)
            assert within(TENANT, sorted(at for times in world.sent.values() for at in times))

    asyncio.run(check())


async def test_limit_of_a_tenant_is_shared_too() -> None:
    async with a_world() as world:
        for _ in range(3):
            world.start(*(f"chat {number}" for number in range(30)))
        await world.until(30.0)
        times = sorted(at for times in world.sent.values() for at in times)
        assert within(TENANT, times)
        assert len([at for at in times if at >= 20.0]) >= 0.85 * 10 * 48


async def test_with_more_processes_than_a_limit_counts_each_may_still_send() -> None:
    async with a_world() as world:
        for _ in range(9):
            world.start()
        await world.until(30.0)
        assert all(process.shares.is_open(30.0) for process in world.processes)
        assert {process.shares.of(CONVERSATION)[0] for process in world.processes} == {1}


# The heartbeat fails


async def test_process_that_cannot_be_heard_sends_nothing_until_it_is_again() -> None:
    async with a_world() as world:
        process = world.start("chat")
        await world.until(30.0)
        process.wire.is_cut = True
        await world.until(60.0)
        assert world.sent_by_all()[-1] <= 30.0 + SILENT
        process.wire.is_cut = False
        await world.until(60.0 + BEAT + 1.0)
        assert world.sent_by_all()[-1] > 60.0


async def test_process_whose_heartbeat_breaks_goes_on_when_it_works_again() -> None:
    async with a_world() as world:
        process = world.start("chat")
        await world.until(30.0)
        process.wire.breaks = True
        await world.until(60.0)
        process.wire.breaks = False
        await world.until(60.0 + BEAT + 1.0)
        assert world.sent_by_all()[-1] > 60.0


async def test_process_whose_first_heartbeat_fails_joins_later() -> None:
    async with a_world() as world:
        process = world.start("chat")
        process.wire.is_cut = True
        await world.until(5.0)
        assert not process.presence.joined.is_set()
        process.wire.is_cut = False
        await world.until(6.0)
        assert process.presence.joined.is_set()
        assert world.sent_by_all()


def test_process_of_a_release_with_other_limits_is_taken_to_use_everything() -> None:
    shares = Shares(alone=False)
    shares.claim({"": [0] * len(ALL)}, 0.0)
    shares.hear([Other(0.0, has_ended=False, claims={"": [1, 2]})], 0.0)
    assert not shares.is_open(0.0)


def test_shares_that_were_told_of_nobody_are_everything() -> None:
    shares = Shares()
    assert shares.is_open(1e9)
    assert list(shares.of(TENANT)) == [50]
    assert list(shares.of(ROSTER)) == [count for count, _ in ROSTER]


@pytest.mark.parametrize("has_ended", [False, True])
def test_process_is_counted_while_it_runs(has_ended: bool) -> None:  # noqa: FBT001
    other = Other(RUNNING, has_ended=has_ended, claims={"": [0] * len(ALL)})
    shares = Shares()
    shares.hear([other, Other(RUNNING + 0.1, has_ended=False, claims=other.claims)], 0.0)
    assert shares.processes == (1 if has_ended else 2)


async def test_chat_that_used_up_its_hour_keeps_no_other_from_being_told() -> None:
    """The busy chats are claimed by name."""
    async with a_world() as world:
        first = world.start("chat")
        await world.until(1_000.0)
        await first.end()
        world.start("chat", "other")
        await world.until(1_001.0)
        assert world.sent_by_all("enter other", since=1_000.0)
        await world.until(1_100.0)
        assert within(CONVERSATION, world.sent_by_all())
        assert not world.sent_by_all(since=1_000.0)
