"""While Teams' servers hang, the bot lives, and takes votes."""

import asyncio
import statistics
import time

import aiohttp

from tests.scenarios.conftest import Shift
from tests.scenarios.steps import SQLITE
from tests.scenarios.votes import counts, crowd, press, vote

LOOKS = 200
VOTES = 60

SLOWER = 20
"""Times as long as otherwise an answer may take: votes are being counted meanwhile."""


@SQLITE
async def test_with_key_server_and_connector_hanging_votes_count_and_health_answers_at_once(
    shift: Shift, muster: str
) -> None:
    chat, people = crowd(shift.teams, VOTES)
    await people[0].says(chat, "poll Lunch? | Pizza | Sushi | Salad")
    message = await chat.wait_for_message(1)
    async with aiohttp.ClientSession() as session:
        usual = await looks(session, muster)
        keys = shift.teams.faults.never_answer(path_contains="/keys", times=None)
        connector = shift.teams.faults.never_answer(path_contains="/teams/", times=None)
        # A key that nobody knows makes the bot ask the key server.
        activity = vote(shift.teams, people[0], message, "Pizza")
        unknown = shift.teams.token(kid="unknown")
        stranger = asyncio.create_task(shift.teams.line.post(activity, unknown))
        await keys.reached()
        answers = asyncio.gather(*(press(shift.teams, one, message, "Sushi") for one in people))
        hanging = await looks(session, muster)
        assert all(await answers)
        await connector.reached()
        assert not stranger.done()
        assert statistics.median(hanging) < statistics.median(usual) * SLOWER
        keys.stop()
        connector.stop()
        status, _ = await stranger
        assert status == 401
    await chat.wait_until(lambda: counts(message.card)["Sushi"] == VOTES, timeout=60)


async def looks(session: aiohttp.ClientSession, muster: str) -> list[float]:
    """Ask often whether the bot lives; gives the seconds that each answer took."""
    took = []
    for _ in range(LOOKS):
        begun = time.perf_counter()
        async with session.get(f"{muster}/healthz") as answer:
            assert answer.status == 200
        took.append(time.perf_counter() - begun)
    return took
