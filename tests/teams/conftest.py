"""The stand-in with the tiny bot behind it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from tests.teams import Teams
from tests.teams.echo_bot import Bot


@pytest.fixture
async def teams() -> AsyncIterator[Teams]:
    """Teams."""
    async with Teams() as running:
        yield running


@pytest.fixture
async def bot(teams: Teams) -> AsyncIterator[Bot]:
    """A bot that Teams talks to."""
    async with aiohttp.ClientSession() as session:
        made = Bot(teams, session)
        app = web.Application()
        app.router.add_post("/api/messages", made.messages)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        teams.connect(f"http://127.0.0.1:{port}/api/messages")
        yield made
        await runner.cleanup()
