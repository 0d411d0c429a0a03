"""The writer: what arrives while a transaction is in flight shares the next one."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from actions.errors import MusterError, NotSaved
from storage.database import Unreached

MOST = 500
"""How many wishes one transaction carries out."""

Wish = TypeVar("Wish")
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Result(Generic[Done]):
    """What a batch came to, by the wishes' positions; those left out need another transaction."""

    outcomes: Mapping[int, Done | MusterError]
    left_out: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[Wish, Done]):
    wish: Wish
    answered: asyncio.Future[Done]

    def settle(self, outcome: Done | MusterError) -> None:
        if isinstance(outcome, MusterError):
            self.fail(outcome)
        elif not self.answered.done():
            self.answered.set_result(outcome)

    def fail(self, failure: Exception) -> None:
        if not self.answered.done():
            self.answered.set_exception(failure)


class Writer(Generic[Wish, Done]):
    """Idle, a wish is one transaction; busy, many share one; no timer. One per process and kind.

    `commit` carries a batch out in one transaction. It may be asked again for what it has
    committed, when nobody heard of that; then it changes nothing.
    """

    def __init__(self, commit: Callable[[Sequence[Wish]], Awaitable[Result[Done]]]) -> None:
        self._commit = commit
        self._waiting: deque[_Waiting[Wish, Done]] = deque()
        self._task: asyncio.Task[None] | None = None
        self._is_closed = False

    async def write(self, wish: Wish) -> Done:
        """Carry out a wish; gives what `commit` does, after it. Raises what it came to.

        Who stops waiting does not undo it.
        """
        if self._is_closed:
            raise NotSaved("not_saved")
        answered: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(wish, answered))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        return await answered

    async def close(self) -> None:
        """Take no more wishes, and finish those that wait."""
        self._is_closed = True
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        while self._waiting:
            count = min(len(self._waiting), MOST)
            await self._carry_out([self._waiting.popleft() for _ in range(count)])

    async def _carry_out(
        self, batch: Sequence[_Waiting[Wish, Done]], *, is_second: bool = False
    ) -> None:
        """Carry out a batch; one that fails is carried out wish by wish.

        When the connection broke the batch may have been committed or not. It is carried out once
        more: what was committed then changes nothing.
        """
        try:
            while batch:
                result = await self._commit([waiting.wish for waiting in batch])
                for position, outcome in result.outcomes.items():
                    batch[position].settle(outcome)
                batch = [batch[position] for position in result.left_out]
        except Unreached as failure:
            if is_second:
                _fail(batch, failure)
            else:
                await self._carry_out(batch, is_second=True)
        except Exception as failure:  # noqa: BLE001 - Whoever waits for the wish raises it.
            if len(batch) == 1:
                _fail(batch, failure)
            else:
                for waiting in batch:
                    await self._carry_out([waiting])


def _fail(batch: Sequence[_Waiting[Wish, Done]], failure: Exception) -> None:
    for waiting in batch:
        waiting.fail(failure)
