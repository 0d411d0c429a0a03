"""What was acknowledged is there, whatever happens to the process."""

import asyncio
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from bot.app import MESSAGES
from tests.scenarios.house import ROOT, environment, own_settings
from tests.scenarios.test_crowd import OPTIONS, recount
from tests.scenarios.votes import counts, crowd, press
from tests.teams import Message, Teams, User

VOTES = 2_000
KILLED_AFTER = 700
AT_ONCE = 64


async def test_every_acknowledged_vote_survives_kill_9_and_none_counts_twice(
    teams: Teams, database_url: str
) -> None:
    chat, people = crowd(teams, VOTES)
    settings = teams.subprocess_settings() | own_settings(database_url) | {"PORT": free_port()}
    async with process(settings) as bot:
        teams.connect(f"http://127.0.0.1:{settings['PORT']}{MESSAGES}")
        await people[0].says(chat, "poll Lunch? | Pizza | Sushi | Salad")
        message = await chat.wait_for_message(1)
        saved = await votes_until_killed(teams, people, message, bot)
    assert KILLED_AFTER <= len(saved) < VOTES

    async with process(settings):
        # Nobody votes: the card catches up from the tables alone.
        await chat.wait_until(lambda: sum(counts(message.card).values()) >= len(saved), timeout=60)
        shown = counts(message.card)
        for option, count in Counter(saved.values()).items():
            assert shown[option] >= count
        # Who was not answered presses again, and so do some who were.
        again = [n for n in range(VOTES) if n not in saved] + list(saved)[:200]
        assert all(await asyncio.gather(*(vote(teams, people, message, n) for n in again)))
        everybody = Counter(wish(number) for number in range(VOTES))
        await chat.wait_until(lambda: counts(message.card) == everybody, timeout=30)
    assert recount(database_url) == "Every tally is right.\n"


async def votes_until_killed(
    teams: Teams, people: list[User], message: Message, bot: asyncio.subprocess.Process
) -> dict[int, str]:
    """Vote from all sides, kill the bot in the middle; gives the votes it said were stored."""
    saved: dict[int, str] = {}
    turn = asyncio.Semaphore(AT_ONCE)

    async def votes(number: int) -> None:
        async with turn:
            try:
                if await vote(teams, people, message, number):
                    saved[number] = wish(number)
            except (aiohttp.ClientError, OSError):
                return
            if len(saved) == KILLED_AFTER:
                bot.send_signal(signal.SIGKILL)

    await asyncio.gather(*(votes(number) for number in range(VOTES)))
    return saved


async def vote(teams: Teams, people: list[User], message: Message, number: int) -> bool:
    return await press(teams, people[number], message, wish(number))


def wish(number: int) -> str:
    return OPTIONS[number % 3]


@asynccontextmanager
async def process(settings: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `python app.py`, ready to serve."""
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "app.py", cwd=ROOT, env=environment(settings)
    )
    try:
        await ready(f"http://127.0.0.1:{settings['PORT']}/healthz", bot)
        yield bot
    finally:
        if bot.returncode is None:
            bot.terminate()
        await bot.wait()


async def ready(address: str, bot: asyncio.subprocess.Process) -> None:
    async with aiohttp.ClientSession() as session, asyncio.timeout(60):
        while True:
            assert bot.returncode is None
            try:
                async with session.get(address):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)


def free_port() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return str(taken.getsockname()[1])
