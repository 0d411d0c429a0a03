"""Things that happen at a steady pace, whatever becomes of the ones before."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def beats(per_second: float, count: int) -> AsyncIterator[int]:
    """Give 0, 1, 2 … each at its time; who is late gets what was missed at once."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    for number in range(count):
        beat: asyncio.Future[None] = loop.create_future()
        loop.call_at(start + number / per_second, beat.set_result, None)
        await beat
        yield number


async def paced(per_second: float, count: int, do: Callable[[int], Awaitable[T]]) -> list[T]:
    """Begin something with each beat, and wait for the ends of all."""

    async def done(number: int) -> T:
        return await do(number)

    async with asyncio.TaskGroup() as group:
        begun = [group.create_task(done(n)) async for n in beats(per_second, count)]
    return [task.result() for task in begun]
