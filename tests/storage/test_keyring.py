"""Another secret than the one a database was begun with is noticed, and can be made the one."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from actions.action import Settings, Status
from actions.managing import close_at_once
from actions.poll import QUESTION
from bot.now import RandomIds
from storage.engine import open_engine
from storage.keyring import Sealed, WrongSecret
from storage.store import SqlStore
from tests.fakes import (
    NOON,
    FixedClock,
    a_change,
    a_person,
    a_step,
    an_action,
)
from tests.storage.conftest import posted
from tests.storage.test_reminders import reminders

NAMES = ("Ben", "Chloe", "Dan")


@pytest.fixture
async def other(
    database_url: str, sql_store: SqlStore, clock: FixedClock
) -> AsyncIterator[SqlStore]:
    """Give a store on the same database, begun by `sql_store`, with another secret."""
    await sql_store.begin_keyring()
    made = SqlStore(open_engine(database_url), b"another", RandomIds(), clock)
    yield made
    await made.close()


async def test_secret_that_it_was_begun_with_is_taken_again(sql_store: SqlStore) -> None:
    await sql_store.check_secret()
    await sql_store.begin_keyring()
    await sql_store.begin_keyring()


async def test_other_secret_is_refused_with_what_to_do(other: SqlStore) -> None:
    for asked in (other.check_secret, other.begin_keyring):
        with pytest.raises(WrongSecret, match=r"Restore that key or.*accept-new-key"):
            await asked()


async def test_processes_that_begin_together_with_one_secret_both_go_on(
    sql_store: SqlStore,
) -> None:
    await asyncio.gather(*(sql_store.begin_keyring() for _ in range(5)))
    await sql_store.check_secret()


async def test_of_two_secrets_that_begin_together_one_is_refused(
    sql_store: SqlStore, database_url: str, clock: FixedClock
) -> None:
    second = SqlStore(open_engine(database_url), b"another", RandomIds(), clock)
    asked = [store.begin_keyring() for store in (sql_store, second)]
    came_of_it = await asyncio.gather(*asked, return_exceptions=True)
    await second.close()
    assert sorted(type(one).__name__ for one in came_of_it) == ["NoneType", "WrongSecret"]


@pytest.fixture
async def held(sql_store: SqlStore) -> None:
    """Store an anonymous survey in which people voted, one of them twice, one who joined later."""
    settings = Settings(anonymous=True, several=True)
    await posted(sql_store, an_action(settings=settings))
    await sql_store.set_audience("action", [a_person(name) for name in NAMES[:2]])
    for name in NAMES:
        await sql_store.respond(a_change(name, "yes"))
    again = a_change("Ben", "no", slot=f"{a_person('Ben').key}#2")
    await sql_store.respond(again)
    await sql_store.keep_progress(a_step("Chloe", {QUESTION: "no"}))
    await sql_store.remind("action", reminders("one", "Ada"), NOON, by_clock=False)
    await posted(sql_store, an_action("named"))


@pytest.mark.usefixtures("held")
async def test_accepting_another_secret_leaves_a_database_that_works(
    other: SqlStore, sql_store: SqlStore, clock: FixedClock
) -> None:
    tallies = await sql_store.tallies("action")
    unfit = await other.open_anonymous()
    assert unfit == ["action"]
    assert await other.forget_sealed() == Sealed(participations=4, progress=1, notices=1)
    await close_at_once(other, unfit, clock.now())
    await other.accept_secret()
    await other.begin_keyring()
    with pytest.raises(WrongSecret):
        await sql_store.check_secret()
    assert (await other.action("action")).status is Status.CLOSED
    assert (await other.action("named")).status is Status.ACTIVE
    assert await other.tallies("action") == tallies == await other.recount("action")
    assert tallies.people == 3
    assert (await other.responded("action", "", "", 10)).responses == ()
    waiting = (await other.not_responded("action", "", "", 10)).responses
    assert [one.person.name for one in waiting] == ["Ben", "Chloe"]
    found = await other.matching("action", lambda _: True, "", 10)
    assert len(found.responses) == 4


@pytest.mark.usefixtures("held")
async def test_what_was_counted_of_people_who_are_not_known_any_more_stays(
    other: SqlStore, clock: FixedClock
) -> None:
    """Else one person's several responses would be taken for several people's."""
    await other.forget_sealed()
    await close_at_once(other, ["action"], clock.now())
    await other.accept_secret()
    people = [a_person(name) for name in (*NAMES, "Ada")]
    await other.set_audience("action", people)
    tallies = await other.tallies("action")
    assert (tallies.responded, tallies.people) == (4, 3)
    assert tallies == await other.recount("action")
