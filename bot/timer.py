"""What happens by the clock: due actions close, also those that came due while nothing ran."""

import asyncio

import structlog

from actions.errors import MusterError
from actions.managing import close_due
from actions.ports import Ports

log = structlog.get_logger()

TICK = 1.0
"""Seconds between two looks; an action closes within 5 s of its due time (product.md §2)."""


async def run(ports: Ports) -> None:
    """Close what is due, for ever; a failing database is asked again."""
    while True:
        try:
            closed = await close_due(ports)
            if closed:
                log.info("closed_when_due", count=closed)
        except MusterError as failure:
            log.warning("timer_failed", code=failure.code)
        except Exception as error:  # noqa: BLE001 - one action that breaks must not stop the clock
            log.error("timer_broke", error=type(error).__qualname__)  # noqa: TRY400
        await asyncio.sleep(TICK)
