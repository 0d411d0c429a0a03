"""Teams' limits on what a bot may send, kept by waiting, one message per conversation at a time.

The figures are teams.md §3: per conversation 7 in 1 s, 8 in 2 s, 60 in 30 s, 1,800 in an hour;
per tenant 50 a second. Two operations at once in one conversation can end in 412.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from actions.errors import TryLater

CONVERSATION = ((7, 1.0), (8, 2.0), (60, 30.0), (1_800, 3_600.0))
"""How many operations in how many seconds."""

TENANT = ((50, 1.0),)

LONGEST_WAIT = 10.0
"""Seconds; what would have to wait longer is to be tried later instead."""

KEPT = 10_000
"""How many conversations, and tenants, are remembered."""


@dataclass(slots=True)
class Window:
    """The times of the latest operations, as many as the widest limit counts."""

    limits: tuple[tuple[int, float], ...]
    times: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Give the seconds until one more operation is within every limit."""
        waits = (
            self.times[-count] + seconds - now
            for count, seconds in self.limits
            if len(self.times) >= count
        )
        return max(0.0, *waits, 0.0)

    def take(self, now: float) -> None:
        """Count an operation."""
        self.times.append(now)
        if len(self.times) > self.limits[-1][0]:
            self.times.popleft()


@dataclass(slots=True)
class _Lane:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    window: Window = field(default_factory=lambda: Window(CONVERSATION))
    users: int = 0


class Lanes:
    """A lane for each conversation; whoever sends is in it, alone and within the limits."""

    def __init__(
        self,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Measure time by `monotonic`, in seconds."""
        self._monotonic = monotonic
        self._sleep = sleep
        self._lanes: OrderedDict[str, _Lane] = OrderedDict()
        self._tenants: OrderedDict[str, Window] = OrderedDict()

    @asynccontextmanager
    async def enter(self, tenant_id: str, conversation_id: str) -> AsyncIterator[None]:
        """Wait for one's turn. Raises TryLater when that would take too long."""
        lane = self._lane(conversation_id)
        lane.users += 1
        try:
            await _acquire(lane.lock)
            try:
                await self._pass(lane.window, self._tenant(tenant_id))
                yield
            finally:
                lane.lock.release()
        finally:
            lane.users -= 1

    async def _pass(self, *windows: Window) -> None:
        while True:
            now = self._monotonic()
            wait = max(window.wait(now) for window in windows)
            if wait <= 0:
                break
            if wait > LONGEST_WAIT:
                raise TryLater(wait)
            await self._sleep(wait)
        for window in windows:
            window.take(now)

    def _lane(self, conversation_id: str) -> _Lane:
        lane = self._lanes.setdefault(conversation_id, _Lane())
        self._lanes.move_to_end(conversation_id)
        if len(self._lanes) > KEPT:
            self._forget()
        return lane

    def _forget(self) -> None:
        """Forget the conversations unheard of for longest; those in use stay."""
        for oldest in list(self._lanes):
            if len(self._lanes) <= KEPT:
                break
            if not self._lanes[oldest].users:
                del self._lanes[oldest]

    def _tenant(self, tenant_id: str) -> Window:
        window = self._tenants.setdefault(tenant_id, Window(TENANT))
        self._tenants.move_to_end(tenant_id)
        if len(self._tenants) > KEPT:
            self._tenants.popitem(last=False)
        return window


async def _acquire(lock: asyncio.Lock) -> None:
    """Whoever is in front may be slow; a delivery's lease does not wait for ever."""
    try:
        async with asyncio.timeout(LONGEST_WAIT):
            await lock.acquire()
    except TimeoutError as slow:
        raise TryLater from slow
