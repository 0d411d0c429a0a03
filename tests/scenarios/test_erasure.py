"""Someone is erased by a command while the bot runs: the cards follow, the counts stay."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.now import RandomIds, SystemClock
from storage.engine import open_engine
from storage.store import SqlStore
from tests.scenarios.conftest import Shift
from tests.scenarios.house import SECRET
from tests.scenarios.votes import counts
from tests.teams.cards import text


@asynccontextmanager
async def commanding(database_url: str) -> AsyncIterator[SqlStore]:
    """Open the database as a command does, beside the running bot."""
    engine = open_engine(database_url)
    store = SqlStore(engine, SECRET.encode(), RandomIds(), SystemClock())
    yield store
    await store.close()


async def test_who_voted_has_no_name_any_more_and_the_vote_counts(
    shift: Shift, database_url: str
) -> None:
    poll = await shift.poll()
    for person in (shift.ada, shift.ben):
        await person.taps(shift.chat, poll, "Choose Pizza")
    await shift.chat.wait_until(lambda: counts(poll.card)["Pizza"] == 2)
    before, updates = counts(poll.card), poll.updates
    async with commanding(database_url) as store:
        told = await store.told_of(shift.ben.object_id)
        assert told is not None
        assert told["names"] == [shift.ben.name]
        assert await store.erase(shift.ben.object_id) is not None
        assert await store.told_of(shift.ben.object_id) is None
    await shift.chat.wait_until(lambda: poll.updates > updates)
    assert counts(poll.card) == before
    people = await shift.ada.taps(shift.chat, poll, "Results")
    assert shift.ben.name not in text(people.card or {})
    again = await shift.ben.taps(shift.chat, poll, "Choose Salad")
    assert "You voted: Salad" in text(again.card)
    await shift.chat.wait_until(lambda: counts(poll.card) == {**before, "Salad": 1})


async def test_what_someone_made_is_closed_and_names_them_nowhere(
    shift: Shift, database_url: str
) -> None:
    poll = await shift.poll()
    for person in (shift.ada, shift.ben):
        await person.taps(shift.chat, poll, "Choose Pizza")
    await shift.chat.wait_until(lambda: shift.ada.mri in json.dumps(poll.card))
    await shift.chat.wait_until(lambda: counts(poll.card)["Pizza"] == 2)
    async with commanding(database_url) as store:
        assert await store.erase(shift.ada.mri) is not None
    await shift.chat.wait_until(lambda: "closed" in text(poll.card).lower())
    await shift.chat.wait_until(lambda: shift.ada.mri not in json.dumps(poll.card))
    assert shift.ben.mri in json.dumps(poll.card)
    assert counts(poll.card)["Pizza"] == 2
