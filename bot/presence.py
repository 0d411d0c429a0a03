"""The heartbeat: each process tells the others that it runs, and what it uses of Teams' limits."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Final

import structlog

from actions.errors import MusterError
from actions.ports import Clock, Store
from actions.timed_store import Heard
from bot.limits import Lanes
from bot.shares import Other, Shares

log = structlog.get_logger()

BEAT: Final = 2.0
"""Seconds between two heartbeats; several may fail before a process must be silent."""

SOON: Final = 0.25
"""Seconds between two heartbeats while parts of the limits go from one process to another."""

LAST_WORDS: Final = 2.0
"""Seconds that the last heartbeat may take."""


class Presence:
    """The loop that tells of this process and hears of the others."""

    def __init__(
        self,
        process_id: str,
        store: Store,
        lanes: Lanes,
        shares: Shares,
        clock: Clock,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Tell by `store` what is used in `lanes`, and set `shares` by what is heard.

        `clock` is the machine's, in step with the others' and with Teams'.
        """
        self._id = process_id
        self._store = store
        self._lanes = lanes
        self._shares = shares
        self._clock = clock
        self._monotonic = monotonic
        self._sleep = sleep
        self.joined = asyncio.Event()

    @property
    def processes(self) -> int:
        """How many run, this one included."""
        return self._shares.processes

    async def run(self) -> None:
        """Beat for ever, and say goodbye; a failing database is asked again."""
        try:
            while True:
                is_calm = await self._beat()
                await self._sleep(BEAT if is_calm else SOON)
        finally:
            with suppress(MusterError, TimeoutError):
                async with asyncio.timeout(LAST_WORDS):
                    used = self._lanes.used(self._monotonic())
                    await self._store.end_heartbeat(self._id, self._clock.now(), used)

    async def then(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do some work once this process has a part of Teams' limits; others do it meanwhile."""
        await self.joined.wait()
        await work()

    async def _beat(self) -> bool:
        """Without heartbeats nothing is sent any more, so nothing ends them."""
        try:
            return await self.beat()
        except MusterError as failure:
            log.warning("heartbeat_failed", code=failure.code)
        except Exception as error:  # noqa: BLE001 - see above
            log.error("heartbeat_broke", error=type(error).__qualname__)  # noqa: TRY400
        return self.joined.is_set()

    async def beat(self) -> bool:
        """Claim and hear once; gives whether nothing is changing."""
        began, shares = self._monotonic(), self._shares
        before = shares.processes
        claims = shares.claim(self._lanes.used(began), began)
        now = self._clock.now()
        heard = await self._store.heartbeat(self._id, now, claims)
        shares.hear([_other(one, now) for one in heard if one.id != self._id], began)
        if before != shares.processes:
            log.info("processes_counted", count=shares.processes)
        if not shares.is_open(began):
            return False
        self.joined.set()
        return before == shares.processes and shares.is_settled(began)


def _other(heard: Heard, now: datetime) -> Other:
    return Other((now - heard.seen_at).total_seconds(), heard.has_ended, heard.claims)
