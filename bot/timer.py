"""What happens by the clock: due actions close, attempts end, series are posted, people told.

Also what fell due while nothing ran.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

import structlog

from actions.errors import MusterError
from actions.forgetting import forget_notices
from actions.managing import close_due
from actions.mentioning import finish_rounds
from actions.notifying import notify_due
from actions.ports import Ports
from actions.reminding import remind_due
from actions.retaining import forget_old
from actions.series_posting import post_due
from actions.taking import settle_due

log = structlog.get_logger()

TICK = 1.0
"""Seconds between two looks; an action closes within 5 s of its due time (product.md §2)."""

HOUR = timedelta(hours=1)

Work = Callable[[Ports], Awaitable[int]]

WORKS: tuple[tuple[str, Work], ...] = (
    ("closed_when_due", close_due),
    ("settled_when_due", settle_due),
    ("posted_when_due", post_due),
    ("reminded_when_due", remind_due),
    ("rounds_finished", finish_rounds),
    ("told_when_due", notify_due),
    ("notices_forgotten", forget_notices),
)
"""What there is to do, by the log's word for it; each gives how much it did."""


async def run(ports: Ports, kept: timedelta | None = None) -> None:
    """Do what is due, for ever; a failing database is asked again.

    Each work looks by itself: reminders may wait for Teams, or be thousands, and what is due to
    close does not wait for them. What is older than `kept` goes, if that is said.
    """
    works = WORKS
    if kept is not None:
        works = (*WORKS, ("kept_long_enough", hourly(partial(forget_old, kept=kept))))
    await asyncio.gather(*(_repeat(ports, name, work) for name, work in works))


async def _repeat(ports: Ports, name: str, work: Work) -> None:
    while True:
        await _look(ports, name, work)
        await asyncio.sleep(TICK)


def hourly(work: Work) -> Work:
    """Give work that is looked for once in an hour, and at once again while there is some."""
    next_at: datetime | None = None

    async def look(ports: Ports) -> int:
        nonlocal next_at
        now = ports.clock.now()
        if next_at is not None and now < next_at:
            return 0
        next_at = now + HOUR
        done = await work(ports)
        if done:
            next_at = now
        return done

    return look


async def _look(ports: Ports, name: str, work: Work) -> None:
    try:
        done = await work(ports)
        if done:
            log.info(name, count=done)
    except MusterError as failure:
        log.warning("timer_failed", work=name, code=failure.code)
    except Exception as error:  # noqa: BLE001 - one action that breaks must not stop the clock
        log.error("timer_broke", work=name, error=type(error).__qualname__)  # noqa: TRY400
