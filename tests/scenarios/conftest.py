"""Teams with the bot connected to it, once on each database."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot import deliverer
from tests.scenarios.house import running
from tests.storage.databases import emptied, migrated_sqlite, postgresql_server
from tests.teams import Chat, Message, Teams, User

REAL_PACE = ("test_delivery", "test_many_chats")
"""Where the pace at which cards keep up is what is tried."""


@pytest.fixture(autouse=True)
def pace(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let cards keep up faster than is good in Teams, so that tests wait less for them."""
    if request.path.stem not in REAL_PACE:
        monkeypatch.setattr(deliverer, "PACE", timedelta(seconds=0.5))


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    with postgresql_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty database."""
    if request.param == "sqlite":
        return migrated_sqlite(tmp_path / "muster.db")
    url = str(request.getfixturevalue("postgresql_url"))
    asyncio.run(emptied(url))
    return url


@pytest.fixture
async def teams() -> AsyncIterator[Teams]:
    async with Teams() as made:
        yield made


@pytest.fixture
async def muster(teams: Teams, database_url: str) -> AsyncIterator[str]:
    """Run the bot, connected to Teams; gives its address."""
    async with running(teams, database_url) as address:
        yield address


@dataclass(frozen=True, slots=True)
class Shift:
    """Three people in a group chat with the bot."""

    teams: Teams
    chat: Chat
    ada: User
    ben: User
    chloe: User

    async def poll(self, line: str = "Lunch? | Pizza | Sushi | Salad") -> Message:
        """Let Ada post a poll."""
        before = len(self.chat.messages)
        await self.ada.says(self.chat, f"poll {line}")
        return await self.chat.wait_for_message(before + 1)


@pytest.fixture
async def shift(teams: Teams, muster: str) -> Shift:
    assert muster
    ada = teams.user("Ada Okafor", locale="en-GB", time_zone="Europe/Berlin")
    ben, chloe = teams.user("Ben Castillo"), teams.user("Chloé Lefèvre")
    return Shift(teams, teams.group_chat([ada, ben, chloe], "Early shift"), ada, ben, chloe)
