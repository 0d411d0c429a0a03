"""The loop of what is due, whatever that is; `test_deliverer` and `test_notifier` use it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest

from actions.errors import NotSaved, TryLater
from bot.rounds import AT_ONCE, FIRST_WAIT, IDLE, LONGEST_WAIT, Alarm, Rounds, pause_before
from tests.bot.world import Watch
from tests.fakes import NOON, FixedClock


@pytest.fixture(autouse=True)
def breathless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look again at once; time is the tests' own."""
    monkeypatch.setattr("bot.rounds.BREATH", 0.0)


@dataclass(frozen=True)
class Errand:
    """Something to do."""

    id: str
    times: int = 1


@dataclass
class Errands:
    """What is to be done, in turn; one that is not `open` takes as long as that."""

    due: list[Errand] = field(default_factory=list)
    done: list[Errand] = field(default_factory=list)
    given_back: list[Errand] = field(default_factory=list)
    seen: list[Collection[Errand]] = field(default_factory=list)
    fails: dict[str, Exception] = field(default_factory=dict)
    left: Errand | None = None
    next_at: datetime | None = None
    watch: Watch = field(default_factory=Watch)
    open: asyncio.Event = field(default_factory=asyncio.Event)

    async def claim(
        self, now: datetime, lease_until: datetime, limit: int, under_way: Collection[Errand]
    ) -> Sequence[Errand]:
        """Take what there is."""
        assert lease_until > now
        self.seen.append(list(under_way))
        self.watch.happened()
        if failure := self.fails.pop("claim", None):
            raise failure
        taken, self.due = self.due[:limit], self.due[limit:]
        return taken

    async def next_due(self) -> datetime | None:
        """Give when there is something to do."""
        if failure := self.fails.pop("next_due", None):
            raise failure
        return self.next_at

    async def do(self, one: Errand) -> None:
        """Do one, once that is open."""
        self.watch.happened()
        await self.open.wait()
        self.done.append(one)
        self.watch.happened()
        if failure := self.fails.pop(one.id, None):
            raise failure

    async def left_of(self, one: Errand) -> Errand | None:
        """Give what is left, the same for all."""
        del one
        return self.left

    async def give_back(self, one: Errand) -> None:
        """Keep what was given back."""
        self.given_back.append(one)


@pytest.fixture
def errands() -> Errands:
    made = Errands()
    made.open.set()
    return made


@pytest.fixture
def alarm() -> Alarm:
    return Alarm()


@asynccontextmanager
async def running(errands: Errands, alarm: Alarm) -> AsyncIterator[Rounds[Errand]]:
    rounds = Rounds[Errand](errands, FixedClock(), alarm.bell())
    task = asyncio.create_task(rounds.run())
    try:
        yield rounds
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def looks(errands: Errands, more: int = 1) -> Callable[[], bool]:
    """Tell whether there were so many more looks."""
    wanted = len(errands.seen) + more
    return lambda: len(errands.seen) >= wanted


async def test_alarm_wakes_every_loop(alarm: Alarm) -> None:
    bells = [alarm.bell(), alarm.bell()]
    alarm.ring()
    assert all(bell.is_set() for bell in bells)
    bells[0].clear()
    assert bells[1].is_set()


async def test_what_is_due_is_done_when_the_alarm_rings(errands: Errands, alarm: Alarm) -> None:
    async with running(errands, alarm) as rounds:
        await errands.watch.until(looks(errands))
        errands.due.append(Errand("a"))
        alarm.ring()
        await errands.watch.until(lambda: bool(errands.done))
        assert rounds.last_round == NOON


async def test_who_claims_is_told_what_is_under_way(errands: Errands, alarm: Alarm) -> None:
    errands.open.clear()
    errands.due = [Errand("a")]
    async with running(errands, alarm):
        await errands.watch.until(lambda: [Errand("a")] in errands.seen)
        errands.open.set()
        await errands.watch.until(lambda: bool(errands.done) and errands.seen[-1] == [])


async def test_no_more_is_claimed_than_there_are_hands(errands: Errands, alarm: Alarm) -> None:
    errands.open.clear()
    errands.due = [Errand(f"{number}") for number in range(AT_ONCE + 3)]
    async with running(errands, alarm):
        await errands.watch.until(lambda: len(errands.due) == 3)
        await asyncio.sleep(0)
        assert len(errands.due) == 3
        errands.open.set()
        await errands.watch.until(lambda: len(errands.done) == AT_ONCE + 3)


@pytest.mark.parametrize("left", [None, Errand("a", 2)])
async def test_what_is_claimed_while_it_is_done_is_done_after_that_as_far_as_it_is_left(
    errands: Errands, alarm: Alarm, left: Errand | None
) -> None:
    """Its lease ran out, or it became due just as it was noted."""
    errands.open.clear()
    errands.left = left
    errands.due = [Errand("a")]
    async with running(errands, alarm):
        await errands.watch.until(lambda: not errands.due)
        errands.due = [Errand("a")]
        alarm.ring()
        await errands.watch.until(lambda: len(errands.seen[-1]) == 2)
        errands.open.set()
        await errands.watch.until(lambda: errands.seen[-1] == [])
    assert errands.done == [Errand("a"), *([left] if left else [])]


@pytest.mark.parametrize("failure", [NotSaved("not_saved"), RuntimeError("bug")])
@pytest.mark.parametrize("name", ["claim", "next_due", "a"])
async def test_nothing_that_fails_ends_the_loop(
    errands: Errands, alarm: Alarm, name: str, failure: Exception
) -> None:
    errands.fails = {name: failure}
    errands.due = [Errand("a")]
    async with running(errands, alarm):
        await errands.watch.until(lambda: not errands.fails and bool(errands.done))
        errands.due = [Errand("b")]
        alarm.ring()
        await errands.watch.until(lambda: Errand("b") in errands.done)


async def test_what_does_not_end_in_time_is_given_back(
    errands: Errands, alarm: Alarm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.rounds.GRACE", 0.01)
    errands.open.clear()
    errands.due = [Errand("a"), Errand("b")]
    async with running(errands, alarm):
        await errands.watch.until(lambda: not errands.due)
    assert set(errands.given_back) == {Errand("a"), Errand("b")}
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_it_looks_by_itself_when_something_falls_due(errands: Errands, alarm: Alarm) -> None:
    """The clock stands still, so what is due in a moment is due for ever."""
    errands.next_at = NOON + timedelta(seconds=0.02)
    async with running(errands, alarm), asyncio.timeout(IDLE * 0.9):
        await errands.watch.until(looks(errands, 3))


def test_wait_doubles_up_to_the_longest() -> None:
    chance = Random(1)  # noqa: S311 - jitter, not a secret
    waits = [pause_before(n, TryLater(), chance).total_seconds() for n in range(30)]
    for attempts, wait in enumerate(waits):
        least = min(FIRST_WAIT * 2.0**attempts, LONGEST_WAIT)
        assert least <= wait <= least * 1.25
    assert 7.0 <= pause_before(9, TryLater(7.0), chance).total_seconds() <= 7.0 * 1.25
