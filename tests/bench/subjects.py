"""What is measured: Muster as it is deployed, and beside it a bare handler and the stock SDK."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app import MESSAGES
from tests.bench.cores import Cores
from tests.bench.electorate import OPTIONS, Electorate, Presses
from tests.bench.load import pressing
from tests.bench.servers import Server, running
from tests.teams import Teams

PEOPLE = 2_000
WARMING_CLIENTS = 16
SECRET = "s" * 32


@dataclass(frozen=True, slots=True)
class Place:
    """A database, and a folder for what else is written."""

    database: str
    database_url: str
    folder: Path
    cores: Cores

    @property
    def bare_url(self) -> str:
        """Give the bare handler's database: on SQLite a file of its own."""
        is_file = self.database_url.startswith("sqlite")
        return f"sqlite:///{self.folder}/bare.db" if is_file else self.database_url

    def settings(self, teams: Teams) -> dict[str, str]:
        """Give Muster's environment."""
        return teams.subprocess_settings() | {
            "DATABASE_URL": self.database_url,
            "MUSTER_SECRET_KEY": SECRET,
            "MUSTER_SERVICE_HOSTS": "127.0.0.1",
        }


@dataclass(frozen=True, slots=True)
class Subject:
    """One server, and what it has been pressed."""

    name: str
    server: Server
    presses: Presses


@asynccontextmanager
async def subjects(teams: Teams, place: Place) -> AsyncIterator[tuple[Subject, ...]]:
    """Run Muster, where everybody has voted once, and the others with its card for an answer."""
    settings = place.settings(teams)
    async with AsyncExitStack() as stack:

        async def run(name: str, *arguments: str) -> Server:
            log = place.folder / f"{name}.log"
            return await stack.enter_async_context(running(arguments, settings, log, place.cores))

        muster = await run("muster", "app.py")
        teams.connect(f"http://127.0.0.1:{muster.port}{MESSAGES}")
        electorate = await _with_a_poll(teams)
        presses = Presses(electorate)
        await pressing(muster.port, WARMING_CLIENTS, presses.up_to(electorate.size))
        answer = place.folder / "answer.json"
        answer.write_bytes((await pressing(muster.port, 1, presses.up_to(PEOPLE + 1))).last)
        bare = await run("bare", "-m", "tests.bench.bare", place.bare_url, str(answer))
        stock = await run("stock", "-m", "tests.bench.stock", str(answer))
        yield (
            Subject("muster", muster, presses),
            Subject("bare", bare, Presses(electorate, any_card=True)),
            Subject("stock", stock, Presses(electorate, any_card=True)),
        )


async def _with_a_poll(teams: Teams) -> Electorate:
    people = [teams.user(f"Person {number}") for number in range(PEOPLE)]
    chat = teams.group_chat(people, "Everybody")
    await people[0].says(chat, " | ".join(["poll Lunch?", *OPTIONS]))
    message = await chat.wait_for_message(lambda one: one.has_card, timeout=30)
    return Electorate(teams, people, message)
