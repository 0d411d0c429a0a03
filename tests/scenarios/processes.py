"""The bot as processes of their own, run as they are where Muster is installed."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp

from bot.app import MESSAGES
from tests.scenarios.house import ROOT, environment, own_settings
from tests.teams import Teams


class Process:
    """`python app.py`, which may end and be started again at the same address."""

    def __init__(self, settings: Mapping[str, str], folder: Path = ROOT) -> None:
        """Run in `folder` with these settings and no others."""
        self._settings = {"PORT": free_port()} | dict(settings)
        self._folder = folder
        self._running: asyncio.subprocess.Process | None = None
        self.address = f"http://127.0.0.1:{self._settings['PORT']}"

    @property
    def exit_code(self) -> int | None:
        """How it ended, None while it runs."""
        return None if self._running is None else self._running.returncode

    async def starts(self) -> None:
        """Start it; it takes requests then."""
        self._running = await asyncio.create_subprocess_exec(
            sys.executable, "app.py", cwd=self._folder, env=environment(self._settings)
        )
        await self._answers("/healthz")

    async def is_ready(self) -> None:
        """Wait until it has whatever it needs."""
        await self._answers("/readyz")

    async def is_killed(self) -> None:
        """End it by `kill -9`."""
        assert self._running is not None
        self._running.kill()
        await self._running.wait()

    async def stops(self) -> None:
        """Ask it to end, and wait until it has."""
        if self._running is None:
            return
        if self.exit_code is None:
            self._running.terminate()
        await self._running.wait()

    async def _answers(self, path: str) -> None:
        async with aiohttp.ClientSession() as session, asyncio.timeout(60):
            while not await _is_ok(session, self.address + path):
                assert self.exit_code is None
                await asyncio.sleep(0.05)


@asynccontextmanager
async def processes(
    teams: Teams, database_url: str, count: int, more: Mapping[str, str] | None = None
) -> AsyncIterator[Sequence[Process]]:
    """Run so many processes on one database; Teams asks each in turn."""
    settings = teams.subprocess_settings() | own_settings(database_url) | dict(more or {})
    started = [Process(settings) for _ in range(count)]
    async with AsyncExitStack() as stack:
        for one in started:
            stack.push_async_callback(one.stops)
        # Together, as they are after a power cut.
        await asyncio.gather(*(one.starts() for one in started))
        await asyncio.gather(*(one.is_ready() for one in started))
        teams.connect(*(one.address + MESSAGES for one in started))
        yield started


async def _is_ok(session: aiohttp.ClientSession, address: str) -> bool:
    try:
        async with session.get(address) as answer:
            return answer.ok
    except aiohttp.ClientError:
        return False


def free_port() -> str:
    """Give a port that nobody has now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return str(taken.getsockname()[1])
