"""The timer: what is due closes, whatever happened meanwhile."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from actions.action import Action, Status
from actions.attempts import is_handed_in
from actions.errors import NotFound, NotSaved
from actions.history import Entry
from actions.ports import Ports
from actions.responses import Change, Due, Written
from actions.taking import begin
from bot import timer
from tests.actions.exams import a_quiz
from tests.actions.world import a_caller
from tests.bot.world import Watch
from tests.fakes import (
    NOON,
    CountingIds,
    FakeRoster,
    FixedClock,
    MemoryStore,
    a_person,
    a_posting,
    an_action,
)

HOUR = timedelta(hours=1)
LOOKS = ("to close", "to settle", "to notify")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look again as soon as everybody else had their turn."""
    monkeypatch.setattr(timer, "TICK", 0)


class Store(MemoryStore):
    """Fails as often as it is told to; `spoilt` actions can never be changed."""

    def __init__(self, clock: FixedClock, watch: Watch) -> None:
        """Hold nothing."""
        super().__init__(clock)
        self.watch = watch
        self.looks = Counter[str]()
        self.failures = 0
        self.spoilt: dict[str, Exception] = {}
        self.together = self.most_together = 0
        self.reminding: asyncio.Event | None = None

    async def due_to_remind(self, now: datetime, limit: int) -> Sequence[str]:
        """Look whom to remind, which ends when that is set."""
        if self.reminding is not None:
            await self.reminding.wait()
        return await super().due_to_remind(now, limit)

    async def due_to_close(self, now: datetime, limit: int) -> Sequence[str]:
        """Look."""
        self._look("to close")
        if self.failures:
            self.failures -= 1
            raise NotSaved("database_failed")
        return await super().due_to_close(now, limit)

    async def due_responses(self, now: datetime, limit: int) -> Sequence[Due]:
        """Look."""
        self._look("to settle")
        return await super().due_responses(now, limit)

    async def due_to_notify(self, now: datetime, limit: int) -> Sequence[Action]:
        """Look."""
        self._look("to notify")
        return await super().due_to_notify(now, limit)

    async def change(
        self, action_id: str, decide: Callable[[Action], Action], entry: Entry
    ) -> Action:
        """Change, unless it is spoilt."""
        if action_id in self.spoilt:
            raise self.spoilt[action_id]
        return await super().change(action_id, decide, entry)

    async def respond(self, change: Change) -> Written:
        """Change a response, unless it is spoilt; those that come together wait for each other."""
        self.together += 1
        self.most_together = max(self.most_together, self.together)
        await asyncio.sleep(0)
        self.together -= 1
        if change.slot in self.spoilt:
            raise self.spoilt[change.slot]
        return await super().respond(change)

    def _look(self, what: str) -> None:
        self.looks[what] += 1
        self.watch.happened()


class World:
    """A timer in its surroundings."""

    def __init__(self) -> None:
        """Set the clock to noon."""
        self.clock, self.watch = FixedClock(), Watch()
        self.store = Store(self.clock, self.watch)

    async def post(self, name: str, closes_at: datetime | None) -> None:
        """Post an action."""
        action = an_action(name, closes_at=closes_at)
        await self.store.post(action, a_posting(action))

    async def looked(self) -> None:
        """Wait until the timer has looked once more for everything, and done what it found."""
        seen, looks = self.store.looks.copy(), self.store.looks
        await self.watch.until(lambda: all(looks[what] >= seen[what] + 2 for what in LOOKS))

    def status(self, name: str) -> Status:
        """Give how an action stands."""
        return self.store.posted[name].action.status


@asynccontextmanager
async def running(world: World) -> AsyncIterator[asyncio.Task[None]]:
    """Run the timer."""
    ports = Ports(world.store, world.clock, CountingIds(), FakeRoster())
    task = asyncio.create_task(timer.run(ports))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])


async def test_an_action_closes_when_it_is_due_and_not_before() -> None:
    world = World()
    await world.post("action", NOON + HOUR)
    await world.post("never", None)
    async with running(world):
        world.clock.advance(minutes=59)
        await world.looked()
        assert world.status("action") is Status.ACTIVE
        world.clock.advance(minutes=1)
        await world.looked()
        assert world.status("action") is Status.CLOSED
        world.clock.advance(days=900)
        await world.looked()
    assert world.status("never") is Status.ACTIVE


async def test_what_came_due_while_nothing_ran_closes_at_the_start_as_of_its_due_time() -> None:
    world = World()
    await world.post("action", NOON + HOUR)
    world.clock.advance(days=3)
    async with running(world):
        await world.looked()
    closed = await world.store.action("action")
    assert (closed.status, closed.closed_at) == (Status.CLOSED, NOON + HOUR)
    assert len(world.store.posted["action"].history) == 1
    assert world.store.deliveries["posting-of-action"].due_at is not None


async def test_each_closing_is_told_once() -> None:
    world = World()
    await world.post("one", NOON)
    await world.post("two", NOON)
    with capture_logs() as logs:
        async with running(world):
            for _ in range(3):
                await world.looked()
    assert logs == [
        {"event": "closed_when_due", "count": 2, "log_level": "info"},
        {"event": "told_when_due", "count": 2, "log_level": "info"},
    ]


async def test_two_timers_close_an_action_once() -> None:
    world = World()
    await world.post("action", NOON)
    async with running(world), running(world):
        await world.looked()
    assert len(world.store.posted["action"].history) == 1


async def test_a_database_that_fails_is_asked_again() -> None:
    world = World()
    await world.post("action", NOON)
    world.store.failures = 3
    with capture_logs() as logs:
        async with running(world):
            await world.watch.until(lambda: not world.store.failures)
            await world.looked()
    assert world.status("action") is Status.CLOSED
    told = [log for log in logs if log["event"] == "timer_failed"]
    assert [log["code"] for log in told] == ["database_failed"] * 3


@pytest.mark.parametrize(
    "failure",
    [NotSaved("database_failed"), NotFound("deleted"), KeyError("a stored content of old")],
    ids=["not saved", "deleted just now", "unreadable"],
)
async def test_an_action_that_cannot_be_closed_does_not_keep_the_others_open(
    failure: Exception,
) -> None:
    world = World()
    await world.post("a spoilt one", NOON - HOUR)
    await world.post("one after it", NOON)
    world.store.spoilt = {"a spoilt one": failure}
    async with running(world) as task:
        seen = asyncio.create_task(world.looked())
        await asyncio.wait([seen, task], return_when=asyncio.FIRST_COMPLETED)
        seen.cancel()
        assert not task.done()
        assert world.status("one after it") is Status.CLOSED


async def test_reminders_that_take_long_keep_nothing_open() -> None:
    world = World()
    await world.post("action", NOON + HOUR)
    world.store.reminding = asyncio.Event()
    async with running(world):
        await world.looked()
        world.clock.advance(hours=1)
        await world.looked()
    assert world.status("action") is Status.CLOSED


async def three_under_way(world: World) -> list[str]:
    """Let three people begin a quiz of a minute; gives their slots."""
    quiz = replace(a_quiz(seconds=60), closes_at=None)
    await world.store.post(quiz, a_posting(quiz))
    caller = a_caller(a_person("ada"), a_posting(quiz).conversation_id)
    people = [a_person(name) for name in ("ada", "ben", "cleo")]
    ports = Ports(world.store, world.clock, CountingIds(), FakeRoster())
    for person in people:
        await begin(ports, replace(caller, person=person), quiz.id, 1)
    return [person.key for person in people]


async def test_attempts_that_are_over_are_ended_together() -> None:
    world = World()
    await three_under_way(world)
    world.clock.advance(seconds=65)
    async with running(world):
        await world.looked()
    assert world.store.most_together == 3


@pytest.mark.parametrize(
    "failure", [NotFound("deleted"), NotSaved("database_failed"), KeyError("a stored answer")]
)
async def test_an_attempt_that_cannot_be_ended_does_not_keep_the_others_under_way(
    failure: Exception,
) -> None:
    world = World()
    first, *others = await three_under_way(world)
    world.store.spoilt = {first: failure}
    world.clock.advance(seconds=65)
    with capture_logs() as logs:
        async with running(world):
            await world.looked()
    (action_id,) = world.store.posted
    for slot in others:
        assert is_handed_in(await world.store.answers(action_id, slot))
    told = {log["event"] for log in logs} - {"settled_when_due"}
    assert (
        told
        == {KeyError: {"timer_broke"}, NotSaved: {"timer_failed"}, NotFound: set()}[type(failure)]
    )


async def test_the_timer_stops_when_it_is_told_to() -> None:
    world = World()
    async with running(world) as task:
        await world.looked()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_hourly_work_is_looked_for_once_in_an_hour_and_on_while_there_is_some() -> None:
    clock = FixedClock()
    ports = Ports(MemoryStore(clock), clock, CountingIds(), FakeRoster())
    left = [2, 1, 0, 0]
    times: list[datetime] = []

    async def work(ports: Ports) -> int:
        times.append(ports.clock.now())
        return left.pop(0)

    looks = timer.hourly(work)
    assert [await looks(ports) for _ in range(5)] == [2, 1, 0, 0, 0]
    clock.advance(minutes=59)
    assert await looks(ports) == 0
    clock.advance(minutes=1)
    assert await looks(ports) == 0
    assert times == [NOON] * 3 + [NOON + HOUR]


async def test_hourly_work_that_fails_is_tried_again_in_an_hour() -> None:
    clock = FixedClock()
    ports = Ports(MemoryStore(clock), clock, CountingIds(), FakeRoster())
    failing = [NotSaved("database_failed")]

    async def work(_ports: Ports) -> int:
        if failing:
            raise failing.pop()
        return 0

    looks = timer.hourly(work)
    with pytest.raises(NotSaved):
        await looks(ports)
    assert await looks(ports) == 0
    clock.advance(hours=1)
    assert await looks(ports) == 0
