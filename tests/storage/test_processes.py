"""Several processes on one PostgreSQL, and what they could do to each other."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.action import Action, Settings
from actions.errors import Full, NotFound
from actions.history import Entry
from actions.notices import About, Notice, Outcome
from actions.poll import QUESTION, choose
from storage.due import make_due
from storage.engine import open_engine
from storage.store import SqlStore
from tests.fakes import (
    NOON,
    TENANT,
    CountingIds,
    FixedClock,
    a_change,
    a_person,
    a_poll,
    a_posting,
    a_step,
    a_survey,
    an_action,
)
from tests.storage.conftest import SECRET, opened, posted

LEASE = timedelta(seconds=30)
Two = tuple[SqlStore, SqlStore]


@pytest.fixture
async def two(postgresql_url: str, clock: FixedClock) -> AsyncIterator[Two]:
    first = await opened(postgresql_url, clock)
    second = SqlStore(open_engine(postgresql_url), SECRET, CountingIds(), clock)
    yield first, second
    await first.close()
    await second.close()


@pytest.mark.parametrize("anonymous", [False, True])
async def test_same_people_in_two_processes_count_once(two: Two, *, anonymous: bool) -> None:
    action = an_action()
    await posted(two[0], replace(action, settings=replace(action.settings, anonymous=anonymous)))
    await asyncio.gather(
        *(
            store.respond(a_change(f"P{i}", option))
            for i in range(200)
            for store, option in zip(two, ("yes", "no"), strict=True)
        )
    )
    for store in two:
        tallies = await store.tallies("action")
        assert tallies.responded == 200
        assert tallies.count(QUESTION, "yes") + tallies.count(QUESTION, "no") == 200
        assert tallies == await store.recount("action")


@pytest.mark.parametrize("anonymous", [False, True])
async def test_steps_in_two_processes_lose_nothing(two: Two, *, anonymous: bool) -> None:
    await posted(two[0], a_survey(settings=Settings(anonymous=anonymous)))
    await asyncio.gather(
        *(
            store.keep_progress(a_step(f"P{i % 5}", {f"q{i}.{n}": "typed"}))
            for i in range(200)
            for n, store in enumerate(two)
        )
    )
    for person in range(5):
        kept = await two[0].progress("action", a_person(f"P{person}").key)
        assert kept is not None
        assert kept.values.keys() == {
            f"q{i}.{n}" for i in range(person, 200, 5) for n in range(len(two))
        }


async def test_step_that_waits_for_a_deletion_leaves_nothing(two: Two) -> None:
    await posted(two[0], a_survey())
    async with two[0]._database.writing() as connection:
        await connection.exec_driver_sql("UPDATE actions SET status = 'deleted'")
        step = asyncio.create_task(two[1].keep_progress(a_step("Ada", {"q1": "yes"})))
        await waits(two[0])
    with pytest.raises(NotFound):
        await step
    assert await two[0].progress("action", a_person("Ada").key) is None


async def test_places_are_shared_by_processes(two: Two) -> None:
    await posted(two[0], an_action(content=a_poll("Yes", "No", places={"yes": 25})))
    outcomes = await asyncio.gather(
        *(
            two[i % 2].respond(
                replace(a_change(f"P{i}"), decide=lambda standing: choose(standing, "yes"))
            )
            for i in range(100)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, Full) for outcome in outcomes) == 75
    assert (await two[0].tallies("action")).count(QUESTION, "yes") == 25


async def test_actions_in_any_order_do_not_lock_each_other_out(two: Two) -> None:
    names = [f"action{i}" for i in range(10)]
    for name in names:
        await posted(two[0], an_action(name))
    await asyncio.gather(
        *(
            store.respond(a_change(f"P{i}", "yes", action_id=name))
            for i in range(20)
            for store, order in ((two[0], names), (two[1], names[::-1]))
            for name in order
        )
    )
    for name in names:
        assert (await two[0].tallies(name)).responded == 20


async def test_each_posting_is_claimed_by_one_process(two: Two, clock: FixedClock) -> None:
    for i in range(50):
        action = an_action(f"action{i}")
        await two[0].post(action, a_posting(action, conversation_id=f"19:{i}"))
    now = clock.now()
    taken = await asyncio.gather(*(two[i % 2].claim(now, now + LEASE, 10) for i in range(10)))
    ids = [posting.id for some in taken for posting in some]
    assert len(ids) == len(set(ids))
    rest = await two[0].claim(now, now + LEASE, 50)
    assert len(ids) + len(rest) == 50


async def test_each_message_is_claimed_by_one_process(two: Two, clock: FixedClock) -> None:
    await two[0].add_notices([Notice(f"n{i}", About.CLOSED, TENANT) for i in range(100)])
    now = clock.now()
    taken = await asyncio.gather(
        *(two[i % 2].claim_notices(now, now + LEASE, 10) for i in range(10))
    )
    ids = [notice.id for some in taken for notice in some]
    assert len(ids) == len(set(ids))
    rest = await two[0].claim_notices(now, now + LEASE, 100)
    assert len(ids) + len(rest) == 100


async def test_two_processes_remind_once(two: Two) -> None:
    """By the clock, or since two creators press at the same moment."""
    await posted(two[0], an_action(remind_at=NOON))
    for by_clock in (True, False):
        rounds = await asyncio.gather(
            *(
                store.remind("action", _reminders(f"{by_clock}{n}"), NOON, by_clock=by_clock)
                for n, store in enumerate(two)
            )
        )
        assert sorted(rounds) == ([0, 20] if by_clock else [0, 0])


async def test_two_processes_end_a_round_once(two: Two) -> None:
    await posted(two[0])
    await two[0].remind("action", _reminders("one"), NOON, by_clock=False)
    for notice in await two[0].claim_notices(NOON, NOON + LEASE, 100):
        await two[0].settle_notice(notice, Outcome.UNREACHED, NOON, "Why")
    people = [a_person(f"P{i}").key for i in range(20)]
    mention = Notice("m", About.MENTION, TENANT, "action", round="one", detail={"people": people})
    await asyncio.gather(*(store.mention("action", "one", [mention], {}) for store in two))
    [claimed] = await two[0].claim_notices(NOON, NOON + LEASE, 100)
    await two[1].settle_notice(claimed, Outcome.SENT, NOON)
    last = await two[0].last_round("action", 10)
    assert last is not None
    assert last.counts == {Outcome.MENTIONED: 20}


async def test_change_that_commits_while_a_posting_is_taken_is_not_lost(
    two: Two, clock: FixedClock
) -> None:
    """The posting is due; one process takes it while another makes it due again, not committed.

    Whichever comes first, the posting is due or its taker sees the change.
    """
    await posted(two[0])
    now = clock.now()
    async with two[1]._database.writing() as connection:
        await make_due(connection, ["action"], now)
        assert await two[0].claim(now, now + LEASE, 10) == []
    [posting] = await two[0].claim(now, now + LEASE, 10)
    async with two[1]._database.writing() as connection:
        await make_due(connection, ["action"], now)
    await two[0].delivered(posting, "1:message", 1, now)
    assert len(await two[0].claim(now, now + LEASE, 10)) == 1


async def test_change_that_waits_for_a_taker_makes_the_posting_due_again(
    two: Two, clock: FixedClock
) -> None:
    await posted(two[0])
    now = clock.now()
    taken = "UPDATE postings SET due_at = NULL, lease_until = now()"
    async with two[0]._database.writing() as connection:
        await connection.exec_driver_sql(taken)
        change = asyncio.create_task(two[1].respond(a_change("Ada", "yes")))
        await waits(two[0])
    await change
    async with two[0]._database.reading() as connection:
        due = await connection.exec_driver_sql("SELECT due_at FROM postings")
        assert due.scalar() == now


async def test_many_who_wait_to_change_one_action_keep_nobody_from_another(two: Two) -> None:
    await posted(two[0])
    await posted(two[0], an_action("other"))

    def titled(action: Action) -> Action:
        return replace(action, content=replace(action.content, title=f"{action.revision}"))

    entry = Entry(NOON, a_person("Ada"), "edited")
    async with two[1]._database.writing() as connection:
        await two[1]._shared.loader.load(connection, ["action"], lock=True)
        changes = [asyncio.create_task(two[0].change("action", titled, entry)) for _ in range(50)]
        await waits(two[1])
        async with asyncio.timeout(3):
            await two[0].change("other", titled, entry)
            assert (await two[0].action("other")).content.title == "1"
    assert {action.revision for action in await asyncio.gather(*changes)} == set(range(2, 52))


def _reminders(round_id: str) -> list[Notice]:
    """Give reminders to twenty people."""
    return [
        Notice(
            f"{round_id}-{i}",
            About.REMINDER,
            TENANT,
            "action",
            a_person(f"P{i}"),
            round=round_id,
        )
        for i in range(20)
    ]


async def waits(store: SqlStore) -> None:
    """Return once some transaction waits for another."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    async with store._database.reading() as connection:
        while not (await connection.exec_driver_sql(waiting)).scalar():  # noqa: ASYNC110
            await asyncio.sleep(0)  # Only the server knows.
