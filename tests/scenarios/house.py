"""The bot in this process, as it is deployed: tokens checked, a real database."""

import os
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web

from actions.ports import Clock
from bot.app import MESSAGES, create_app
from bot.config import Config
from bot.throttle import Rate, Throttle
from storage.migrate import migrate
from tests.teams import Teams

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "a secret key that only these tests have"


class StandInTokens:
    """Outgoing tokens over plain http, which azure-identity rightly refuses."""

    def __init__(self, teams: Teams) -> None:
        self._teams = teams
        self._token = ""

    async def get_token(self) -> str:
        """Give a token, fetched once."""
        if not self._token:
            address = f"{self._teams.url}/{self._teams.tenant_id}/oauth2/v2.0/token"
            form = {
                "grant_type": "client_credentials",
                "client_id": self._teams.app_id,
                "client_secret": self._teams.app_password,
                "scope": self._teams.settings()["MUSTER_OAUTH_SCOPE"],
            }
            async with (
                aiohttp.ClientSession() as session,
                session.post(address, data=form) as answer,
            ):
                self._token = (await answer.json())["access_token"]
        return self._token

    def forget(self, token: str) -> None:
        """Fetch anew next time."""
        if token == self._token:
            self._token = ""

    async def close(self) -> None:
        """Let go of the token."""
        self._token = ""


@asynccontextmanager
async def running(
    teams: Teams,
    database_url: str,
    more: Mapping[str, str] | None = None,
    clock: Clock | None = None,
    throttle: Throttle | None = None,
) -> AsyncIterator[str]:
    """Run the bot on a free port, connected to Teams; gives its address.

    `clock` is the time that it goes by, the real one where none is given. Tests press faster than
    people do, so without a `throttle` it lets everything pass.
    """
    await migrate(database_url)
    settings = teams.settings() | own_settings(database_url) | dict(more or {})
    app = create_app(Config(**settings), StandInTokens(teams), clock, throttle or _patient())
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        teams.connect(address + MESSAGES)
        yield address
    finally:
        await runner.cleanup()


def _patient() -> Throttle:
    endless = Rate(1, 10**9)
    return Throttle(time.monotonic, endless, endless)


def own_settings(database_url: str) -> dict[str, str]:
    """Give the bot's settings that are not about Teams."""
    return {
        "DATABASE_URL": database_url,
        "MUSTER_SECRET_KEY": SECRET,
        "MUSTER_SERVICE_HOSTS": "127.0.0.1",
    }


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Give a process the settings alone, whatever is set around the tests."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT")
    return {name: os.environ[name] for name in kept if name in os.environ} | dict(settings)
