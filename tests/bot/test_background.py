"""Work after the answer: it is done, its failures are told, and it ends at shutdown."""

import asyncio
import gc
from typing import Any

import pytest
from structlog.testing import capture_logs

from actions.errors import TryLater
from bot.background import Background


class Work:
    """Something that takes until it is let go; says how it ended."""

    def __init__(self) -> None:
        """Wait to be let go."""
        self.go = asyncio.Event()
        self.begun = asyncio.Event()
        self.end = ""

    async def __call__(self, failure: Exception | None = None) -> None:
        """Do it."""
        self.begun.set()
        try:
            await self.go.wait()
            if failure is not None:
                raise failure
        except asyncio.CancelledError:
            self.end = "cancelled"
            raise
        self.end = "done"


def others() -> set[asyncio.Task[Any]]:
    """Give the tasks besides the test's own."""
    return asyncio.all_tasks() - {asyncio.current_task()}


async def test_work_goes_on_while_nobody_holds_it() -> None:
    background, work = Background(), Work()
    background.start("work", work())
    await work.begun.wait()
    gc.collect()
    work.go.set()
    await background.close()
    assert work.end == "done"
    assert not background._tasks


async def test_closing_waits_for_all_that_is_under_way() -> None:
    background, works = Background(), [Work() for _ in range(3)]
    for work in works:
        background.start("work", work())
    closing = asyncio.create_task(background.close())
    await works[-1].begun.wait()
    assert not closing.done()
    for work in works:
        work.go.set()
    await closing
    assert [work.end for work in works] == ["done"] * 3


async def test_closing_with_nothing_to_do_is_at_once() -> None:
    await Background().close()


async def test_a_failure_is_told_under_the_works_name_and_stops_nothing_else() -> None:
    background, bad, good = Background(), Work(), Work()
    with capture_logs() as logs:
        background.start("keep_step", bad(TryLater()))
        background.start("other", good())
        for work in (bad, good):
            work.go.set()
        await background.close()
    assert logs == [
        {
            "event": "background_failed",
            "work": "keep_step",
            "code": "try_later",
            "log_level": "warning",
        }
    ]
    assert good.end == "done"


async def test_a_failure_that_nobody_foresaw_is_told_too() -> None:
    complaints = list[dict[str, Any]]()
    asyncio.get_running_loop().set_exception_handler(lambda _, told: complaints.append(told))
    background, bad = Background(), Work()
    with capture_logs() as logs:
        background.start("keep_step", bad(ValueError("Ada voted Pizza")))
        bad.go.set()
        await background.close()
        gc.collect()
    assert not complaints, "asyncio's own words may quote what someone wrote"
    assert [(log["work"], log["log_level"]) for log in logs] == [("keep_step", "error")]


async def test_work_that_takes_too_long_is_ended_before_the_rest_closes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.background.PATIENCE", 0.01)
    background, work = Background(), Work()
    background.start("work", work())
    await work.begun.wait()
    await background.close()
    assert work.end == "cancelled"
    assert not others()
