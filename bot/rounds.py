"""The loop of what the tables say is due: claimed under a lease, done side by side, given back.

What was claimed by a process that is gone falls due again when the lease ends.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Generic, Protocol, TypeVar

import structlog

from actions.errors import MusterError, NotSaved, TryLater
from actions.ports import Clock

log = structlog.get_logger()

LEASE = timedelta(seconds=30)
"""How long what is claimed is ours; longer than a turn in the lane and a call take."""

AT_ONCE = 16
"""How much is done side by side."""

GRACE = 5.0
"""Seconds that a shutdown gives what is under way."""

BREATH = 0.1
"""Seconds between two looks that found nothing: a busy writer wakes the loop at each commit."""

IDLE = 1.0
"""Seconds between two looks at the tables when nothing wakes the loop."""

FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0
"""Seconds before trying again: doubled each time, up to the longest."""

PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 6.0)
"""Seconds between attempts to note what was done; all together shorter than a lease."""


class Due(Protocol):
    """What falls due."""

    @property
    def id(self) -> str:
        """Its name, the same whenever it is claimed."""


T = TypeVar("T", bound=Due)


class Work(Protocol[T]):
    """One sort of thing that falls due. All may raise NotSaved."""

    async def claim(
        self, now: datetime, lease_until: datetime, limit: int, under_way: Collection[T]
    ) -> Sequence[T]:
        """Take what is due, and may be done beside what is under way here."""

    async def next_due(self) -> datetime | None:
        """Give when the next one falls due, None when none does."""

    async def do(self, one: T) -> None:
        """Do one, and note what came of it."""

    async def left_of(self, one: T) -> T | None:
        """Give what is left of one that was still being done here as it was claimed again."""

    async def give_back(self, one: T) -> None:
        """Make one due again that was not done."""


class Alarm:
    """Wakes all loops of a process at once."""

    def __init__(self) -> None:
        """Wake nobody yet."""
        self._bells: list[asyncio.Event] = []

    def bell(self) -> asyncio.Event:
        """Give what wakes one loop, which clears it."""
        self._bells.append(asyncio.Event())
        return self._bells[-1]

    def ring(self) -> None:
        """Say that something may have become due."""
        for bell in self._bells:
            bell.set()


class Rounds(Generic[T]):
    """Does all of one sort of work, one in each process."""

    def __init__(
        self, work: Work[T], clock: Clock, woken: asyncio.Event, lease: timedelta = LEASE
    ) -> None:
        """Do what `work` says is due; `woken` is set when something became so."""
        self._work = work
        self._name = type(work).__name__
        self._clock = clock
        self._woken = woken
        self._lease = lease
        self._under_way: dict[asyncio.Task[None], T] = {}
        self.last_round: datetime | None = None

    async def run(self) -> None:
        """Go on for ever; a failing database is asked again."""
        try:
            while True:
                self._woken.clear()
                rest = await self._look()
                if rest:
                    await self._rest(rest)
        finally:
            await self._finish()

    async def _look(self) -> float:
        """Start what is due; gives for how many seconds to rest, 0 where there may be more."""
        try:
            if await self._start_what_is_due():
                return 0.0
            return IDLE if len(self._under_way) == AT_ONCE else await self._until_due()
        except MusterError as failure:
            log.warning("look_failed", work=self._name, code=failure.code)
        except Exception as error:  # noqa: BLE001 - one row that breaks must not stop the others
            log.error("look_broke", work=self._name, error=type(error).__qualname__)  # noqa: TRY400
        return IDLE

    async def _start_what_is_due(self) -> bool:
        """Take what there are hands for; gives whether more may be due."""
        now = self._clock.now()
        hands = AT_ONCE - len(self._under_way)
        if not hands:
            return False
        under_way = self._under_way.values()
        claimed = await self._work.claim(now, now + self._lease, hands, under_way)
        mine = {one.id: task for task, one in self._under_way.items()}
        for one in claimed:
            before = mine.get(one.id)
            work = self._do(one) if before is None else self._again(before, one)
            task = asyncio.create_task(work)
            self._under_way[task] = one
            task.add_done_callback(self._done)
        self.last_round = now
        return bool(claimed)

    def _done(self, task: asyncio.Task[None]) -> None:
        del self._under_way[task]
        self._woken.set()

    async def _finish(self) -> None:
        """Let what is under way end, and give back what does not."""
        under_way = dict(self._under_way)
        if not under_way:
            return
        _, late = await asyncio.wait(under_way, timeout=GRACE)
        for task in late:
            if task.cancel():
                with contextlib.suppress(MusterError):
                    await self._work.give_back(under_way[task])

    async def _rest(self, longest: float) -> None:
        """Sleep until something becomes due or is done, or a while has passed."""
        await asyncio.sleep(BREATH)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(longest):
                await self._woken.wait()

    async def _until_due(self) -> float:
        """The loop also looks by itself: another process may have written, or a time come."""
        due = await self._work.next_due()
        if due is None:
            return IDLE
        return min(max((due - self._clock.now()).total_seconds(), 0.01), IDLE)

    async def _do(self, one: T) -> None:
        """Do one; nothing that happens there gets out."""
        try:
            await self._work.do(one)
        except NotSaved as failure:
            # The lease ends by itself; until then the database has time to recover.
            log.warning("not_noted", work=self._name, id=one.id, code=failure.code)
        except Exception as error:  # noqa: BLE001 - what breaks here must not stop the others
            kind = type(error).__qualname__
            log.error("work_broke", work=self._name, id=one.id, error=kind)  # noqa: TRY400

    async def _again(self, before: asyncio.Task[None], one: T) -> None:
        """Go on with one whose doing here is ending, or outlived its lease."""
        await asyncio.wait([before])
        with contextlib.suppress(NotSaved):
            left = await self._work.left_of(one)
            if left is not None:
                await self._do(left)


async def noted(note: Callable[[], Awaitable[None]]) -> None:
    """Note what came of something, and try again while the lease lasts. Raises NotSaved.

    Teams has it by now, and what is never noted is sent again: so a database that is restarted
    just then is waited for.
    """
    for pause in PAUSES:
        try:
            await note()
        except NotSaved:
            await asyncio.sleep(pause)
        else:
            return
    await note()


def pause_before(attempts: int, later: TryLater, random: Random) -> timedelta:
    """Give how long to wait after so many attempts.

    Teams' own wish, or else exponential back-off; with jitter, so that bots do not march.
    """
    backoff = min(FIRST_WAIT * 2.0 ** min(attempts, 20), LONGEST_WAIT)
    wait = later.retry_after or backoff
    return timedelta(seconds=wait * random.uniform(1.0, 1.25))
