"""Teams' limits on what a bot may send, kept by waiting, one message per conversation at a time.

The figures are teams.md §3, shared by all processes (`bot.shares`). Two operations at once in one
conversation can end in 412.
"""

import asyncio
import math
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import takewhile
from operator import gt
from typing import Final

from actions.errors import TryLater
from bot.shares import ALL_CHATS, CONVERSATION, ROSTER, TENANT, Claims, Limits, Shares

LONGEST_WAIT = 10.0
"""Seconds; what would have to wait longer is to be tried later instead."""

LOOK = 0.25
"""Seconds between two looks whether the other processes leave us some."""

KEPT = 10_000
"""How many conversations, and tenants, are remembered."""

BUSY: Final = 4
"""The part of a limit above which the other processes are told of a conversation by name."""

_BUSY: Final = [
    most / BUSY if seconds > LONGEST_WAIT else math.inf for most, seconds in CONVERSATION + ROSTER
]

REFUSALS: Final = 3
"""Conversations of one tenant that Teams refuses within `REFUSED_WITHIN` seconds: it means all."""

REFUSED_WITHIN: Final = 10.0


@dataclass(slots=True)
class Window:
    """The latest operations, as many as the widest limit counts.

    Teams counts what arrives, which is some time between `begin` and `end`: of two calls sent a
    second apart the first may be held up on its way. So an operation counts until the limit's
    seconds after its `end`, and calls never arrive closer together than Teams allows.
    """

    limits: Limits
    times: deque[float] = field(default_factory=deque)
    """When those that have ended did, oldest first."""
    open: int = 0
    held_until: float = -math.inf

    def wait(self, now: float, allowed: Sequence[int] | None = None) -> float:
        """Give the seconds until one more operation may be within every limit.

        `allowed` are counts in place of the limits' own.
        """
        counts = allowed or [count for count, _ in self.limits]
        waits = (
            # Where nothing is allowed that may change any time.
            self._latest(count, now) + seconds - now if count else min(seconds, LONGEST_WAIT)
            for count, (_, seconds) in zip(counts, self.limits, strict=True)
            if len(self.times) + self.open >= count
        )
        return max(0.0, self.held_until - now, *waits)

    def _latest(self, number: int, now: float) -> float:
        """Give when the operation at that place from the last ended; open ones do now at best."""
        return now if number <= self.open else self.times[self.open - number]

    def begin(self) -> None:
        """Count an operation, which is on its way from now on."""
        self.open += 1

    def end(self, now: float) -> None:
        """It was answered, or given up."""
        self.open -= 1
        self.times.append(now)
        if len(self.times) > self.limits[-1][0]:
            self.times.popleft()

    def used(self, now: float) -> list[int]:
        """Give how many operations there are within each limit's time; forgets older ones."""
        times, widest = self.times, self.limits[-1][1]
        while times and times[0] + widest <= now:
            times.popleft()
        if not times:
            return [self.open] * len(self.limits)
        return [
            self.open + (0 if times[-1] + seconds <= now else _since(times, now - seconds))
            for _, seconds in self.limits[:-1]
        ] + [self.open + len(times)]

    def hold(self, until: float) -> None:
        """Let nothing pass before that time."""
        self.held_until = max(self.held_until, until)


@dataclass(slots=True)
class _Lane:
    messages: Window
    roster: Window
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


@dataclass(slots=True)
class _Tenant:
    window: Window
    refused: dict[str, float] = field(default_factory=dict)

    def refuse(self, conversation_id: str, now: float, until: float) -> None:
        """Teams refused something there; after some of them the whole tenant waits."""
        self.refused[conversation_id] = now
        for name, at in list(self.refused.items()):
            if at + REFUSED_WITHIN < now:
                del self.refused[name]
        if len(self.refused) >= REFUSALS:
            self.window.hold(until)


class Lanes:
    """A lane for each conversation; whoever sends is in it, alone and within the limits.

    Where Teams says when to come again, nobody tries before; of one conversation, or, after
    `REFUSALS` of them, of the whole tenant.
    """

    def __init__(
        self,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        shares: Shares | None = None,
    ) -> None:
        """Measure time by `monotonic`, in seconds; use what `shares` allow, all if not given."""
        self._monotonic = monotonic
        self._sleep = sleep
        self._shares = shares or Shares()
        self._lanes: OrderedDict[str, _Lane] = OrderedDict()
        self._tenants: OrderedDict[str, _Tenant] = OrderedDict()

    @asynccontextmanager
    async def enter(self, tenant_id: str, conversation_id: str) -> AsyncIterator[None]:
        """Wait for one's turn to send. Raises TryLater when that would take too long."""
        lane, tenant = self._lane(conversation_id), self._tenant(tenant_id)
        lane.users += 1
        try:
            await _acquire(lane.lock)
            try:
                await self._pass(conversation_id, lane.messages, tenant)
                with self._counted(conversation_id, lane.messages, tenant):
                    yield
            finally:
                lane.lock.release()
        finally:
            lane.users -= 1

    @asynccontextmanager
    async def ask(self, tenant_id: str, conversation_id: str) -> AsyncIterator[None]:
        """Wait until one may ask who is there; several may at once. Raises TryLater."""
        lane, tenant = self._lane(conversation_id), self._tenant(tenant_id)
        lane.users += 1
        try:
            await self._pass(conversation_id, lane.roster, tenant)
            with self._counted(conversation_id, lane.roster, tenant):
                yield
        finally:
            lane.users -= 1

    def used(self, now: float) -> Claims:
        """Give how many operations are in the fullest windows of each limit of `shares.ALL`.

        Busy conversations are named; the others are taken together.
        """
        tenants = [tenant.window.used(now) for tenant in self._tenants.values()]
        of_tenant = _fullest(TENANT, tenants)
        claims, calm = dict[str, list[int]](), list[list[int]]()
        for name, lane in self._lanes.items():
            counts = lane.messages.used(now) + lane.roster.used(now)
            if _is_busy(counts):
                claims[name] = counts + of_tenant
            else:
                calm.append(counts)
        claims[ALL_CHATS] = _fullest(CONVERSATION + ROSTER, calm) + of_tenant
        return claims

    async def _pass(self, conversation_id: str, window: Window, tenant: _Tenant) -> None:
        shares, until = self._shares, self._monotonic() + LONGEST_WAIT
        while True:
            now = self._monotonic()
            if shares.is_open(now):
                wait = max(
                    window.wait(now, shares.of(window.limits, conversation_id)),
                    tenant.window.wait(now, shares.of(TENANT)),
                )
            else:
                wait = LOOK
            if wait <= 0:
                break
            if now + wait > until:
                raise TryLater(wait)
            await self._sleep(wait)

    @contextmanager
    def _counted(self, conversation_id: str, window: Window, tenant: _Tenant) -> Iterator[None]:
        """Count what is done, and heed Teams' wish to wait; right after `_pass`, at one step."""
        window.begin()
        tenant.window.begin()
        try:
            yield
        except TryLater as later:
            if later.retry_after is not None:
                now = self._monotonic()
                until = now + later.retry_after
                window.hold(until)
                tenant.refuse(conversation_id, now, until)
            raise
        finally:
            ended = self._monotonic()
            window.end(ended)
            tenant.window.end(ended)

    def _lane(self, conversation_id: str) -> _Lane:
        lane = self._lanes.get(conversation_id)
        if lane is None:
            messages, roster = (Window(one) for one in (CONVERSATION, ROSTER))
            lane = self._lanes[conversation_id] = _Lane(messages, roster)
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

    def _tenant(self, tenant_id: str) -> _Tenant:
        tenant = self._tenants.setdefault(tenant_id, _Tenant(Window(TENANT)))
        self._tenants.move_to_end(tenant_id)
        if len(self._tenants) > KEPT:
            self._tenants.popitem(last=False)
        return tenant


def _since(times: deque[float], begin: float) -> int:
    return sum(1 for _ in takewhile(lambda time: time > begin, reversed(times)))


def _fullest(limits: Limits, counts: Sequence[Sequence[int]]) -> list[int]:
    return [max(column) for column in zip([0] * len(limits), *counts, strict=True)]


def _is_busy(counts: Sequence[int]) -> bool:
    """Give whether much of a limit is used that lasts; short ones are full at once, and free."""
    return any(map(gt, counts, _BUSY))


async def _acquire(lock: asyncio.Lock) -> None:
    """Whoever is in front may be slow; a delivery's lease does not wait for ever."""
    try:
        async with asyncio.timeout(LONGEST_WAIT):
            await lock.acquire()
    except TimeoutError as slow:
        raise TryLater from slow
