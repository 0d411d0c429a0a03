"""Teams with the bot connected to it, once on each database."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.scenarios.house import running
from tests.teams import Chat, Teams, User


@pytest.fixture
async def teams() -> AsyncIterator[Teams]:
    """Teams."""
    async with Teams() as made:
        yield made


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """An empty database."""
    return f"sqlite:///{tmp_path}/muster.db"


@pytest.fixture
async def muster(teams: Teams, database_url: str) -> AsyncIterator[str]:
    """The bot, connected to Teams."""
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


@pytest.fixture
async def shift(teams: Teams, muster: str) -> Shift:
    """A group chat."""
    ada = teams.user("Ada Okafor", locale="en-GB", time_zone="Europe/Berlin")
    ben, chloe = teams.user("Ben Castillo"), teams.user("Chloé Lefèvre")
    return Shift(teams, teams.group_chat([ada, ben, chloe], "Early shift"), ada, ben, chloe)
