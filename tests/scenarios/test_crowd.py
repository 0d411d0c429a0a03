"""Many people at once."""

import asyncio
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.scenarios.house import ROOT, SECRET, environment
from tests.scenarios.votes import counts, crowd, press
from tests.teams import Teams

OPTIONS = ("Pizza", "Sushi", "Salad")


async def test_two_hundred_people_pressing_twice_at_once_are_two_hundred_responses(
    teams: Teams, muster: str, database_url: str
) -> None:
    assert muster
    chat, people = crowd(teams, 200)
    await people[0].says(chat, "poll Lunch? | Pizza | Sushi | Salad")
    message = await chat.wait_for_message(1)
    wishes = {user: OPTIONS[number % 3] for number, user in enumerate(people)}
    presses = [press(teams, user, message, wish) for user, wish in wishes.items()]
    again = [press(teams, user, message, wish) for user, wish in wishes.items()]
    stored = await asyncio.gather(*presses, *again)
    assert all(stored)
    assert len(stored) == 400

    await chat.wait_until(lambda: counts(message.card) == Counter(wishes.values()))
    await chat.wait_until(lambda: "200 of 200 responded" in str(message.card))
    assert recount(database_url) == "Every tally is right.\n"


async def test_two_hundred_people_who_change_their_minds_are_counted_where_they_ended(
    teams: Teams, muster: str, database_url: str
) -> None:
    assert muster
    chat, people = crowd(teams, 200)
    await people[0].says(chat, "poll Lunch? | Pizza | Sushi | Salad")
    message = await chat.wait_for_message(1)

    async def changes(number: int) -> str:
        for step in range(3):
            wish = OPTIONS[(number + step) % 3]
            assert await press(teams, people[number], message, wish)
        return wish

    final = await asyncio.gather(*(changes(number) for number in range(len(people))))
    await chat.wait_until(lambda: counts(message.card) == Counter(final))
    assert recount(database_url) == "Every tally is right.\n"


def recount(database_url: str) -> str:
    """Let the command compare every tally with a recount of the responses."""
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, str(Path(ROOT) / "app.py"), "recount"],
        cwd=ROOT,
        env=environment({"DATABASE_URL": database_url, "MUSTER_SECRET_KEY": SECRET}),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout
