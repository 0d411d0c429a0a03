"""A chat in which every name and every text holds one word, and a search for what leaks of it."""

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import aiohttp

from actions.choice import Choice, Option
from actions.keys import Key
from actions.lesson import Lesson
from actions.material import Link
from actions.questions import Question
from actions.text import Text
from tests.fakes import FixedClock
from tests.logged import logged
from tests.scenarios.conftest import Shift
from tests.scenarios.house import SECRET, running
from tests.teams import Chat, Message, Teams, User

WORD = "Quibble"
"""In everything that someone is called or wrote."""

FRIDAY = datetime(2026, 11, 20, 9, tzinfo=UTC)
SETTINGS = {
    "MUSTER_METRICS": "true",
    "MUSTER_PUBLIC_URL": "https://muster.example",
}

ASKED: tuple[Question, ...] = (
    Choice("one", f"{WORD} one?", (Option("a", f"{WORD} yes"), Option("b", f"{WORD} no"))),
    Text("text", f"{WORD} why?", long=True, limit=4_000),
)
KEYS = {
    "one": Key(("a",), explanation=f"{WORD} because"),
    "text": Key((f"{WORD} right",), explanation=f"{WORD} therefore"),
}
LESSON = Lesson(
    "read",
    f"{WORD} lesson",
    f"{WORD} **matter**",
    links=(Link("film", f"{WORD} film", f"https://{WORD.lower()}.example/film"),),
)


@dataclass(slots=True)
class Secretive:
    """Three people who all are called Quibble, and what the bot logs meanwhile."""

    shift: Shift
    address: str
    clock: FixedClock
    database_url: str
    stream: StringIO
    session: aiohttp.ClientSession
    refusals: list[str] = field(default_factory=list)

    @property
    def people(self) -> tuple[User, User, User]:
        """Who is in the chat."""
        return self.shift.ada, self.shift.ben, self.shift.chloe

    @property
    def chat(self) -> Chat:
        """Where they are."""
        return self.shift.chat

    async def gets(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Ask the bot as a browser does."""
        async with self.session.get(
            f"{self.address}{path}", headers=headers, allow_redirects=False
        ) as answer:
            return answer.status, await answer.read()

    def secrets(self) -> Iterator[str]:
        """Give what must be nowhere: words, ids of people, and what opens doors."""
        teams = self.shift.teams
        yield WORD.lower()
        yield from (teams.app_password, SECRET)
        # How every token that Teams sends begins, and every one that the bot gets.
        yield from ("eyJhbGci", "bot-token-")
        for user in teams.state.people.values():
            yield from (one for one in (user.object_id, user.mri) if one)

    async def leaks(self) -> list[str]:
        """Give what is in logs, metrics and answers to what was wrong, but should not be."""
        status, metrics = await self.gets("/metrics")
        assert status == 200
        assert b"muster_teams_calls_total" in metrics
        said = {
            "logs": self.stream.getvalue(),
            "metrics": metrics.decode(),
            "refusals": "\n".join(self.refusals),
        }
        return list(_found(said.items(), list(self.secrets())))

    def events(self) -> set[str]:
        """Give the names of what was logged."""
        return set(re.findall(r'"event": "(\w+)"', self.stream.getvalue()))

    async def poll(self) -> Message:
        """Let Ada post a poll."""
        return await self.shift.poll(f"{WORD} lunch? | {WORD} pizza | {WORD} sushi")


def _found(said: Iterable[tuple[str, str]], secrets: list[str]) -> Iterator[str]:
    for where, all_of_it in said:
        low = all_of_it.lower()
        for secret in secrets:
            at = low.find(secret.lower())
            if at >= 0:
                yield f"{where}: …{all_of_it[max(0, at - 200) : at + 100]}…"


@asynccontextmanager
async def secretive(database_url: str, libraries: int, **more: Any) -> AsyncIterator[Secretive]:
    """Run the bot with its real logs, libraries' from a level on."""
    clock = FixedClock(FRIDAY)
    async with Teams() as teams, aiohttp.ClientSession() as session:
        names = (f"{WORD} Ada", f"Ben {WORD}", f"{WORD} Chloé")
        people = [teams.user(name) for name in names]
        chat = teams.group_chat(people, f"{WORD} shift")
        with logged(libraries) as stream:
            async with running(teams, database_url, SETTINGS | more, clock) as address:
                shift = Shift(teams, chat, *people)
                made = Secretive(shift, address, clock, database_url, stream, session)
                yield made
                leaks = await made.leaks()
            # Shutting down may log as well.
            leaks += _found([("end", stream.getvalue())], list(made.secrets()))
    if leaks:
        raise AssertionError("\n".join(leaks))
