"""Health: the process lives, and every check holds or not."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from actions.timed_store import Queue
from bot.health import Check, add_health
from tests.bot.servers import Json


def says(answer: object) -> Check:
    async def check() -> bool:
        if isinstance(answer, Exception):
            raise answer
        return bool(answer)

    return check


WAITING = Queue(postings=900, notices=1, under_way=2, dead=3, oldest=600.0)


@asynccontextmanager
async def healthy(
    checks: Mapping[str, Check], waiting: Queue | None = WAITING
) -> AsyncIterator[str]:
    """Serve an app with these checks; gives its address."""

    async def queue() -> Queue | None:
        return waiting

    app = web.Application()
    add_health(app, lambda: checks, queue)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def get(address: str) -> tuple[int, Json]:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.json()


@pytest.mark.parametrize("checks", [{}, {"database": says(True)}, {"database": says(False)}])
async def test_the_process_lives_whatever_the_checks_say(checks: Mapping[str, Check]) -> None:
    async with healthy(checks) as address:
        assert await get(f"{address}/healthz") == (200, {"status": "alive"})


async def test_it_is_ready_when_every_check_holds() -> None:
    async with healthy({"database": says(True), "keys": says(True)}) as address:
        assert await get(f"{address}/readyz") == (
            200,
            {
                "status": "ready",
                "checks": {"database": True, "keys": True},
                "queue": {
                    "postings": 900,
                    "notices": 1,
                    "under_way": 2,
                    "dead": 3,
                    "oldest": 600.0,
                },
            },
        )


async def test_it_is_not_ready_when_nobody_can_say_what_waits() -> None:
    async with healthy({"database": says(True)}, None) as address:
        status, body = await get(f"{address}/readyz")
    assert (status, body["status"], body["queue"]) == (503, "not ready", None)


@pytest.mark.parametrize("broken", ["database", "keys"])
async def test_it_is_not_ready_when_one_does_not_and_says_which(broken: str) -> None:
    checks = {"database": says(True), "keys": says(True)} | {broken: says(False)}
    async with healthy(checks) as address:
        status, body = await get(f"{address}/readyz")
    assert (status, body["status"]) == (503, "not ready")
    assert [name for name, holds in body["checks"].items() if not holds] == [broken]


async def test_the_checks_are_asked_each_time() -> None:
    checks = {"database": says(False)}
    async with healthy(checks) as address:
        assert (await get(f"{address}/readyz"))[0] == 503
        checks["database"] = says(True)
        assert (await get(f"{address}/readyz"))[0] == 200


@pytest.mark.parametrize("path", ["healthz", "readyz"])
async def test_health_is_only_asked_never_told(path: str) -> None:
    async with (
        healthy({}) as address,
        aiohttp.ClientSession() as session,
        session.post(f"{address}/{path}") as answer,
    ):
        assert answer.status == 405
