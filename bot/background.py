"""Work that goes on after an answer was given."""

import asyncio
from collections.abc import Coroutine

import structlog

from actions.errors import MusterError

log = structlog.get_logger()

PATIENCE = 5.0
"""Seconds that a shutdown waits for what is under way."""


class Background:
    """Keeps hold of tasks, tells of those that fail, and ends them at shutdown."""

    def __init__(self) -> None:
        """Start with nothing to do."""
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, name: str, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Begin something; a failure that Muster knows is logged under `name`, not raised."""
        task = asyncio.create_task(_told(name, work), name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def close(self) -> None:
        """Let what is under way finish, but not for ever."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=PATIENCE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


async def _told(name: str, work: Coroutine[None, None, None]) -> None:
    try:
        await work
    except MusterError as failure:
        log.warning("background_failed", work=name, code=failure.code)
    except Exception as error:  # noqa: BLE001 - its words may quote what someone wrote
        log.error("background_broke", work=name, error=type(error).__qualname__)  # noqa: TRY400
