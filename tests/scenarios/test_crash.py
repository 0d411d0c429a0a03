"""What was acknowledged is there, whatever happens to the process."""

import asyncio
from collections import Counter

import aiohttp

from tests.scenarios.processes import Process, processes
from tests.scenarios.steps import miscounted
from tests.scenarios.test_crowd import OPTIONS
from tests.scenarios.votes import counts, crowd, press
from tests.teams import Message, Teams, User

VOTES = 2_000
KILLED_AFTER = 700
AT_ONCE = 64


async def test_every_acknowledged_vote_survives_kill_9_and_none_counts_twice(
    teams: Teams, database_url: str
) -> None:
    chat, people = crowd(teams, VOTES)
    async with processes(teams, database_url, 1) as [bot]:
        await people[0].says(chat, "poll Lunch? | Pizza | Sushi | Salad")
        message = await chat.wait_for_message(1)
        saved = await votes_until_killed(teams, people, message, bot)
    assert KILLED_AFTER <= len(saved) < VOTES

    async with processes(teams, database_url, 1):
        # Nobody votes: the card catches up from the tables alone.
        await chat.wait_until(lambda: sum(counts(message.card).values()) >= len(saved), timeout=60)
        shown = counts(message.card)
        for option, count in Counter(saved.values()).items():
            assert shown[option] >= count
        # Who was not answered presses again, and so do some who were.
        again = [n for n in range(VOTES) if n not in saved] + list(saved)[:200]
        assert all(await vote_in_turn(teams, people, message, again))
        everybody = Counter(wish(number) for number in range(VOTES))
        await chat.wait_until(lambda: counts(message.card) == everybody, timeout=30)
    assert await miscounted(database_url) == []


async def votes_until_killed(
    teams: Teams, people: list[User], message: Message, bot: Process
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
                await bot.is_killed()

    await asyncio.gather(*(votes(number) for number in range(VOTES)))
    return saved


async def vote_in_turn(
    teams: Teams, people: list[User], message: Message, numbers: list[int]
) -> list[bool]:
    """Let people vote, so many at once; gives who was told that the vote is stored."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def votes(number: int) -> bool:
        async with turn:
            return await vote(teams, people, message, number)

    return await asyncio.gather(*(votes(number) for number in numbers))


async def vote(teams: Teams, people: list[User], message: Message, number: int) -> bool:
    return await press(teams, people[number], message, wish(number))


def wish(number: int) -> str:
    return OPTIONS[number % 3]
