"""The writer: responses that arrive while a transaction is in flight share the next one."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from actions.errors import MusterError, NotSaved
from actions.responses import Change, Written
from storage.batch import carry_out
from storage.database import Unreached
from storage.shared import Shared

MOST = 500
"""How many changes one transaction carries out."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    change: Change
    answered: asyncio.Future[Written]

    def succeed(self, written: Written) -> None:
        if not self.answered.done():
            self.answered.set_result(written)

    def fail(self, failure: Exception) -> None:
        if not self.answered.done():
            self.answered.set_exception(failure)


class Writer:
    """One per process. Idle, a change is one transaction; busy, many share one; no timer."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._waiting: deque[_Waiting] = deque()
        self._task: asyncio.Task[None] | None = None
        self._is_closed = False

    async def write(self, change: Change) -> Written:
        """Carry out a change; gives what stands after the commit. Raises as `Store.respond`.

        Who stops waiting does not undo it.
        """
        if self._is_closed:
            raise NotSaved("not_saved")
        answered = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(change, answered))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        written: Written = await answered
        return written

    async def close(self) -> None:
        """Take no more changes, and finish those that wait."""
        self._is_closed = True
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        while self._waiting:
            count = min(len(self._waiting), MOST)
            await self._carry_out([self._waiting.popleft() for _ in range(count)])

    async def _carry_out(self, batch: Sequence[_Waiting], *, is_second: bool = False) -> None:
        """Carry out a batch; one that fails is carried out change by change.

        When the connection broke the batch may have been committed or not. It is carried out once
        more: what was committed then changes nothing.
        """
        try:
            while batch:
                batch = await self._commit(batch)
        except Unreached as failure:
            if is_second:
                _fail(batch, failure)
            else:
                await self._carry_out(batch, is_second=True)
        except Exception as failure:  # noqa: BLE001 - Whoever waits for the change raises it.
            if len(batch) == 1:
                _fail(batch, failure)
            else:
                for waiting in batch:
                    await self._carry_out([waiting])

    async def _commit(self, batch: Sequence[_Waiting]) -> Sequence[_Waiting]:
        """Carry out a batch in one transaction; gives the changes that need another one."""
        changes = [waiting.change for waiting in batch]
        now = self._shared.clock.now()
        async with self._shared.database.writing() as connection:
            result = await carry_out(self._shared, connection, changes, now)
        for position, outcome in result.outcomes.items():
            if isinstance(outcome, MusterError):
                batch[position].fail(outcome)
            else:
                batch[position].succeed(outcome)
        if result.made_due:
            self._shared.on_change()
        return [batch[position] for position in result.left_out]


def _fail(batch: Sequence[_Waiting], failure: Exception) -> None:
    for waiting in batch:
        waiting.fail(failure)
