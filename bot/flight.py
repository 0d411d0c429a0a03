"""One call for everybody who needs its result at the same time."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Runs a call at most once at a time, whoever asks; who gives up does not stop it."""

    def __init__(self, call: Callable[[], Coroutine[Any, Any, T]]) -> None:
        """Share the results of `call`."""
        self._call = call
        self._task: asyncio.Task[T] | None = None

    @property
    def running(self) -> bool:
        """A call is under way."""
        return self._task is not None and not self._task.done()

    def start(self) -> asyncio.Task[T]:
        """Start the call, or give the one under way."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._call())
            self._task.add_done_callback(_look_at)
        return self._task

    async def join(self) -> T:
        """Give the result of the call under way, or of a new one. Raises what it raises."""
        return await asyncio.shield(self.start())

    async def close(self) -> None:
        """Stop the call under way."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task


def _look_at(task: asyncio.Task[Any]) -> None:
    """Nobody may be waiting any more; asyncio complains about failures nobody looked at."""
    if not task.cancelled():
        task.exception()
