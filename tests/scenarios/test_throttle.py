"""Someone who asks far more of the bot than people do is told so, and nobody else is."""

import asyncio
import time

from bot.throttle import PERSON, Throttle
from tests.scenarios.house import running
from tests.scenarios.steps import SQLITE, a_shift
from tests.scenarios.votes import counts
from tests.teams import Teams


@SQLITE
async def test_who_presses_without_end_is_told_to_wait_and_others_vote(
    teams: Teams, database_url: str
) -> None:
    async with running(teams, database_url, throttle=Throttle(time.monotonic)):
        shift = a_shift(teams)
        poll = await shift.poll()
        await shift.ben.taps(shift.chat, poll, "Choose Pizza")
        taps = (shift.ben.refreshes(shift.chat, poll) for _ in range(PERSON.burst * 3))
        answers = await asyncio.gather(*taps)
        refused = [answer.message for answer in answers if answer.message]
        assert refused
        assert all("Please try again in a few seconds." in one for one in refused)
        answer = await shift.chloe.taps(shift.chat, poll, "Choose Sushi")
        assert answer.card is not None
        await shift.chat.wait_until(
            lambda: counts(poll.card) == {"Pizza": 1, "Sushi": 1, "Salad": 0}
        )
