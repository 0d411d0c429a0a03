"""All responses, some at a time, as they are at one moment."""

import asyncio
from contextlib import aclosing
from datetime import timedelta

import pytest

from actions.action import Action, Settings
from actions.errors import NotFound
from actions.poll import QUESTION
from actions.responses import NOBODY, Response
from storage.pages import CHUNK
from storage.store import SqlStore
from tests.fakes import NOON, a_change, an_action
from tests.storage.conftest import AnyStore, posted

PEOPLE = 2 * CHUNK + 300
"""Three chunks of them, in a database; the store in plain Python counts anew for each."""

FEW = 50


@pytest.fixture(params=["named", "anonymous"])
async def action(request: pytest.FixtureRequest, store: AnyStore) -> Action:
    return await posted(
        store, an_action(settings=Settings(anonymous=request.param == "anonymous"))
    )


async def respond(store: AnyStore, people: int = PEOPLE, first: int = 0) -> None:
    """Let people respond, the later ones earlier in the alphabet; some at the same time."""
    changes = [
        a_change(f"P{99_999 - i}", "yes" if i % 3 else "no", at=NOON + timedelta(seconds=i // 2))
        for i in range(first, first + people)
    ]
    await asyncio.gather(*(store.respond(change) for change in changes))


def people_in(store: AnyStore) -> int:
    """Give how many shall respond there."""
    return PEOPLE if isinstance(store, SqlStore) else FEW


async def streamed(store: AnyStore) -> list[Response]:
    """Read everything."""
    return [response async for some in store.all_responses("action") for response in some]


async def test_all_responses_are_given_oldest_first(store: AnyStore) -> None:
    await posted(store)
    people = people_in(store)
    await respond(store, people)
    every = await streamed(store)
    assert len(every) == people
    order = [(one.at, one.slot) for one in every if one.at is not None]
    assert order == sorted(order)
    assert order[0][0] == NOON
    assert {one.slot for one in every} == {one.person.key for one in every}
    assert sum(one.answers == {QUESTION: ("no",)} for one in every) == (people + 2) // 3


async def test_ballots_are_given_without_whose_and_when(store: AnyStore) -> None:
    await posted(store, an_action(settings=Settings(anonymous=True)))
    people = people_in(store)
    await respond(store, people)
    every = await streamed(store)
    assert len(every) == people
    assert {(one.person, one.at, one.slot) for one in every} == {(NOBODY, None, "")}
    assert sum(one.answers == {QUESTION: ("no",)} for one in every) == (people + 2) // 3


async def test_nobody_responded_gives_nothing(store: AnyStore, action: Action) -> None:
    assert await streamed(store) == []
    with pytest.raises(NotFound):
        await anext(aiter(store.all_responses("unknown")))
    assert action.id == "action"


async def test_what_comes_while_it_is_read_is_left_out(sql_store: SqlStore) -> None:
    await posted(sql_store)
    await respond(sql_store, PEOPLE)
    read: list[Response] = []
    async for some in sql_store.all_responses("action"):
        if not read:
            await respond(sql_store, 50, first=PEOPLE)
            await sql_store.respond(a_change(f"P{99_999 - PEOPLE + 1}"))
        read += some
    assert len(read) == PEOPLE
    assert len(await streamed(sql_store)) == PEOPLE + 49


async def test_reading_that_ends_early_gives_its_connection_back(sql_store: SqlStore) -> None:
    await posted(sql_store)
    await respond(sql_store, 10)
    for _ in range(50):  # More often than there are connections.
        async with aclosing(sql_store.all_responses("action")) as stream:
            assert len(await anext(stream)) == 10
