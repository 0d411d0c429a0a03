"""One call for all who wait: shared results, shared failures, and no one left behind."""

import asyncio

import pytest

from bot.flight import SingleFlight


class Call:
    """Counts how often it was made; ends when it is let go."""

    def __init__(self) -> None:
        """Wait to be let go."""
        self.made = 0
        self.go = asyncio.Event()
        self.failure: Exception | None = None

    async def __call__(self) -> int:
        """Give how often it was made."""
        self.made += 1
        await self.go.wait()
        if self.failure is not None:
            raise self.failure
        return self.made


async def test_calls_at_the_same_time_are_one_and_later_ones_are_new() -> None:
    call = Call()
    call.go.set()
    flight = SingleFlight(call)
    first, second = await asyncio.gather(flight.join(), flight.join())
    assert first == second == 1
    assert not flight.running
    assert await flight.join() == 2


async def test_all_who_wait_get_the_failure() -> None:
    call = Call()
    call.failure = ValueError("x")
    call.go.set()
    flight = SingleFlight(call)
    results = await asyncio.gather(flight.join(), flight.join(), return_exceptions=True)
    assert [type(result) for result in results] == [ValueError, ValueError]


async def test_a_call_nobody_waits_for_any_more_fails_quietly() -> None:
    call = Call()
    call.failure = ValueError("x")
    flight = SingleFlight(call)
    waiting = asyncio.create_task(flight.join())
    await asyncio.sleep(0)
    waiting.cancel()
    call.go.set()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.wait([flight.start()])


async def test_closing_stops_the_call_under_way() -> None:
    flight = SingleFlight(Call())
    task = flight.start()
    await asyncio.sleep(0)
    assert flight.running
    await flight.close()
    assert task.cancelled()
    await flight.close()
