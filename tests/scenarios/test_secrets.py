"""The secret key is lost, and another one takes its place."""

import asyncio
import sys

import pytest

from storage.keyring import WrongSecret
from tests.scenarios.exports import rows_of, shows
from tests.scenarios.house import ROOT, environment, own_settings, running
from tests.scenarios.steps import a_shift, makes_poll
from tests.scenarios.votes import counts
from tests.teams import Teams
from tests.teams.cards import text

ANOTHER = {"MUSTER_SECRET_KEY": "another secret key, since the first one was lost"}


async def command(database_url: str, *words: str) -> tuple[int, str]:
    """Run a command with the other key; gives its exit code and what it said."""
    ran = await asyncio.create_subprocess_exec(
        sys.executable,
        "app.py",
        *words,
        cwd=ROOT,
        env=environment(own_settings(database_url) | ANOTHER),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await ran.communicate()
    assert ran.returncode is not None
    return ran.returncode, said.decode()


async def is_refused(teams: Teams, database_url: str) -> None:
    """See that the bot does not start with the other key."""
    with pytest.raises(WrongSecret):
        async with running(teams, database_url, ANOTHER):
            pass


async def test_another_key_is_refused_until_it_is_accepted_and_then_everything_works(
    teams: Teams, database_url: str
) -> None:
    shift = a_shift(teams)
    async with running(teams, database_url):
        poll = await makes_poll(shift.ada, shift.chat, {"anonymous": True})
        named = await shift.poll("Dinner? | Rice | Beans")
        people = (shift.ada, shift.ben, shift.chloe)
        for person, option in zip(people, ("Pizza", "Sushi", "Pizza"), strict=True):
            await person.taps(shift.chat, poll, f"Choose {option}")
        await shift.ben.taps(shift.chat, named, "Choose Rice")

    await is_refused(teams, database_url)
    for words in ([], ["recount"]):
        code, said = await command(database_url, *words)
        assert (code, said.count("\n")) == (2, 1)
        assert "is not the key that this database was begun with. Restore that key" in said
    code, said = await command(database_url, "accept-new-key")
    assert code == 2
    assert "The 1 anonymous actions that are open are closed." in said
    await is_refused(teams, database_url)
    code, said = await command(database_url, "accept-new-key", "--yes")
    assert (code, "Closed: 1 anonymous actions. Removed: 3 notes" in said) == (0, True)
    code, said = await command(database_url, "accept-new-key", "--yes")
    assert (code, said) == (0, "This is the key that the database was begun with.\n")
    assert await command(database_url, "recount") == (0, "Every tally is right.\n")

    async with running(teams, database_url, ANOTHER):
        await shift.chat.wait_until(lambda: "POLL · closed" in text(poll.card))
        assert counts(poll.card) == {"Pizza": 2, "Sushi": 1, "Salad": 0}
        results = await shift.ada.opens(shift.chat, poll, "Results")
        assert "3 of 3 responded" in text(results.card)
        await results.submits("Responded")
        assert not {person.name for person in people} & set(text(results.card).split("\n"))
        own = await shift.ada.installs()
        await shift.ada.says(own, "my actions")
        listed = own.latest
        for button in ("Closed", "Lunch?", "Export", "CSV"):
            await shift.ada.taps(own, listed, button)
        offer = await own.wait_for_message(lambda one: one.offers_file)
        upload = await shift.ada.accepts_file(offer)
        await shows(own, offer, "Results successfully downloaded.")
        assert sorted(row["Lunch?"] for row in rows_of(upload.content)) == [
            "Pizza",
            "Pizza",
            "Sushi",
        ]
        await shift.chloe.taps(shift.chat, named, "Choose Beans")
        await shift.chat.wait_until(lambda: counts(named.card) == {"Rice": 1, "Beans": 1})
        again = await makes_poll(shift.ada, shift.chat, {"anonymous": True}, "Tea?")
        await shift.ben.taps(shift.chat, again, "Choose Salad")
        await shift.chat.wait_until(lambda: "1 of 3 responded" in text(again.card))
