"""What the database alone says of an anonymous action: nothing that joins a person to a ballot."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import ColumnElement, Row, literal_column, select, text

from actions.action import Action, Settings, Status
from actions.errors import NotSaved
from actions.history import Entry
from actions.notices import Outcome
from actions.places import Scope
from actions.poll import QUESTION
from storage.engine import open_engine
from storage.schema import ballots, metadata, notices, participations, progress
from storage.secrecy import Secrecy
from storage.store import SqlStore
from tests.fakes import (
    NOON,
    CountingIds,
    FixedClock,
    a_change,
    a_conversation,
    a_person,
    a_poll,
    a_step,
    an_action,
)
from tests.storage.conftest import SECRET, posted
from tests.storage.test_reminders import a_mention, reminders, sent

NAMES = [f"Person {i}" for i in range(30)]
ENTRY = Entry(NOON, a_person("Ada"), "closed")


def closed(action: Action) -> Action:
    """Close."""
    return replace(action, status=Status.CLOSED, closed_at=NOON)


@pytest.fixture
async def store(sql_store: SqlStore) -> SqlStore:
    """Give a store with an anonymous poll in which everyone but the creator voted.

    Some have begun to fill in another response.
    """
    content = a_poll(*[f"O{i}" for i in range(25)], most=25)
    await posted(sql_store, an_action(settings=Settings(anonymous=True), content=content))
    for i, name in enumerate(NAMES):
        await sql_store.respond(a_change(name, f"o{i % 25}"))
    for name in NAMES[:5]:
        await sql_store.keep_progress(a_step(name, {QUESTION: "o1"}, number=2))
    return sql_store


async def rows(store: SqlStore, statement: Any) -> Sequence[Row[Any]]:
    """Read as someone does who has the database."""
    async with store._database.reading() as connection:
        return (await connection.execute(statement)).all()


async def test_no_table_names_who_voted(store: SqlStore) -> None:
    for table in metadata.sorted_tables:
        for row in await rows(store, select(table)):
            stored = repr(tuple(row))
            for name in NAMES:
                person = a_person(name)
                assert person.key not in stored
                assert person.name not in stored
                assert person.mri not in stored


async def test_ballot_and_participation_share_nothing(store: SqlStore) -> None:
    cast = await rows(store, select(ballots))
    part = await rows(store, select(participations))
    assert set(ballots.columns.keys()) == {"action_id", "key", "answers"}
    assert set(participations.columns.keys()) == {"action_id", "key", "sealed"}
    begun = await rows(store, select(progress))
    keys = [row.key for row in (*cast, *part, *begun)]
    assert len(set(keys)) == len(keys) == 30 + 30 + 5
    assert len({len(row.sealed) for row in part}) == 1


async def test_same_person_has_other_keys_in_another_action(store: SqlStore) -> None:
    await posted(store, an_action("second", settings=Settings(anonymous=True)))
    await store.respond(a_change(NAMES[0], "yes", action_id="second"))
    for table in (ballots, participations):
        stored = await rows(store, select(table))
        assert len({row.key for row in stored}) == len(stored)
    sealed = await rows(store, select(participations.c.sealed))
    assert len(set(sealed)) == len(sealed)


async def test_wrong_secret_reads_nothing(database_url: str, store: SqlStore) -> None:
    other = SqlStore(open_engine(database_url), b"another", CountingIds(), FixedClock())
    assert await other.answers("action", a_person(NAMES[0]).key) is None
    assert not await other.took_part("action", a_person(NAMES[0]).key)
    with pytest.raises(InvalidTag):
        await other.responded("action", "", "", 10)
    await other.close()
    assert await store.took_part("action", a_person(NAMES[0]).key)


async def test_closing_gives_ballots_keys_that_nobody_can_make(store: SqlStore) -> None:
    before = {row.key: row.answers for row in await rows(store, select(ballots))}
    await store.change("action", closed, ENTRY)
    after = {row.key: row.answers for row in await rows(store, select(ballots))}
    assert not before.keys() & after.keys()
    assert sorted(map(json.dumps, before.values())) == sorted(map(json.dumps, after.values()))
    secrecy = Secrecy(SECRET)
    for name in NAMES:
        assert secrecy.ballot_key("action", a_person(name).key) not in after
        assert await store.took_part("action", a_person(name).key)


async def test_closing_shuffles_many_ballots(sql_store: SqlStore) -> None:
    await posted(sql_store, an_action(settings=Settings(anonymous=True)))
    changes = [a_change(f"P{i}", "yes" if i % 3 else "no") for i in range(3000)]
    await asyncio.gather(*(sql_store.respond(change) for change in changes))
    tallies = await sql_store.tallies("action")
    await sql_store.change("action", closed, ENTRY)
    assert await sql_store.recount("action") == tallies
    assert tallies.count(QUESTION, "no") == 1000


async def test_closing_leaves_other_actions_alone(store: SqlStore) -> None:
    await posted(store, an_action("second", settings=Settings(anonymous=True)))
    await store.respond(a_change(NAMES[0], "yes", action_id="second"))
    await store.change("action", closed, ENTRY)
    assert await store.answers("second", a_person(NAMES[0]).key) == {QUESTION: ("yes",)}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_transaction_of_a_ballot_names_nobody(store: SqlStore) -> None:
    """Compare `xmin`, the transaction that wrote a row, of ballots and of rows with names."""
    await posted(store, an_action("named"))
    await asyncio.gather(
        *(
            store.respond(a_change(name, option, action_id=action_id))
            for name in NAMES
            for action_id, option in (("action", "o1"), ("named", "yes"))
        )
    )
    await store.set_audience("action", [a_person(name) for name in NAMES])
    await store.respond(a_change("Someone new", "o3"))
    await asyncio.gather(
        *(
            store.keep_progress(a_step(name, {QUESTION: "o1"}, action_id=action_id))
            for name in NAMES
            for action_id in ("action", "named")
        )
    )
    voting = {
        transaction
        for table in ("ballots", "participations", "progress")
        for transaction in await transactions(store, table)
    }
    for table in ("responses", "audience", "history", "managers", "conversations", "drafts"):
        assert not voting & await transactions(store, table), table
    assert await transactions(store, "responses")
    assert await transactions(store, "audience")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_closed_ballots_come_from_one_transaction_in_no_telling_order(
    store: SqlStore,
) -> None:
    assert len(await transactions(store, "ballots")) > 1
    order = await physical_order(store)
    await store.change("action", closed, ENTRY)
    assert len(await transactions(store, "ballots")) == 1
    assert await physical_order(store) != order
    keys = await rows(store, text("SELECT key FROM ballots ORDER BY ctid"))
    assert [row.key for row in keys] == sorted(row.key for row in keys)


async def test_stored_order_of_ballots_is_that_of_their_keys(store: SqlStore) -> None:
    """SQLite keeps them so; PostgreSQL does within a batch, which is what can be joined."""
    if store._database.is_postgresql:
        return
    keys = await rows(store, text("SELECT key FROM ballots"))
    assert [row.key for row in keys] == sorted(row.key for row in keys)
    for table in (ballots, participations):
        with pytest.raises(NotSaved):
            await rows(store, select(literal_column("rowid")).select_from(table))


async def test_known_personal_chat_is_not_written_when_its_person_votes(
    store: SqlStore, clock: FixedClock
) -> None:
    if not store._database.is_postgresql:
        return
    chat = a_conversation("a:ada", scope=Scope.PERSONAL, person="tenant/ada")
    await store.remember_conversation(chat)
    before = await rows(store, text("SELECT xmin::text, xmax::text FROM conversations"))
    clock.advance(days=1)
    await store.remember_conversation(chat)
    assert await rows(store, text("SELECT xmin::text, xmax::text FROM conversations")) == before


async def test_deleting_leaves_no_row(store: SqlStore) -> None:
    await store.delete("action", replace(ENTRY, verb="deleted"))
    for table in metadata.sorted_tables:
        if table.name not in {
            "actions",
            "managers",
            "postings",
            "history",
            "conversations",
            "audit",
        }:
            assert await rows(store, select(table)) == [], table.name
    [entry] = await rows(store, text("SELECT verb FROM history"))
    assert entry.verb == "deleted"


async def transactions(store: SqlStore, table: str) -> set[str]:
    """Give the transactions that wrote a table's rows."""
    xmin: ColumnElement[str] = literal_column("xmin::text")
    found = await rows(store, select(xmin).select_from(metadata.tables[table]))
    return {writer for (writer,) in found}


async def physical_order(store: SqlStore) -> list[str]:
    """Give the answers in the order in which PostgreSQL keeps them."""
    found = await rows(store, text("SELECT answers::text AS a FROM ballots ORDER BY ctid"))
    return [row.a for row in found]


async def test_nothing_says_who_was_reminded(store: SqlStore, clock: FixedClock) -> None:
    name = NAMES[0]
    await store.remind("action", reminders("one", name), NOON, by_clock=False)
    await sent(store, clock, **{name: Outcome.UNREACHED})
    await store.mention("action", "one", [a_mention(name)], {})
    for column in (
        notices.c.id,
        notices.c.person,
        notices.c.name,
        notices.c.mri,
        notices.c.detail,
    ):
        stored = [str(row[0]).lower() for row in await rows(store, select(column))]
        assert len(stored) == 2
        assert not any("person 0" in value for value in stored)


async def test_reminder_sealed_with_another_secret_has_no_address(
    database_url: str, store: SqlStore, clock: FixedClock
) -> None:
    """A message that cannot be read must not keep the others from being sent."""
    await store.remind("action", reminders("one", NAMES[0]), NOON, by_clock=False)
    other = SqlStore(open_engine(database_url), b"another", CountingIds(), clock)
    [notice] = await other.claim_notices(NOON, NOON, 10)
    await other.close()
    assert notice.person is not None
    assert (notice.person.name, notice.person.mri) == ("", "")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_closing_empties_the_log_also_if_someone_reads_meanwhile(
    store: SqlStore, database_url: str
) -> None:
    """SQLite's log holds the ballots as they were, under keys that the secret makes again."""
    assert log_size(database_url)
    async with store._database.snapshot() as reader:
        await reader.execute(select(ballots))
        await store.change("action", closed, ENTRY)
        assert log_size(database_url)
    await store.record("action", ENTRY)
    assert not log_size(database_url)


def log_size(database_url: str) -> int:
    """Give how long SQLite's log is."""
    return Path(f"{database_url.removeprefix('sqlite:///')}-wal").stat().st_size


async def test_closing_forgets_how_responses_were_being_changed(store: SqlStore) -> None:
    """Such a form begins with what the ballot says; what was never handed in is kept."""
    for name in ("Person 7", "Someone else"):
        await store.keep_progress(a_step(name, {QUESTION: "o1"}))
    await store.change("action", closed, ENTRY)
    assert await store.progress("action", a_person("Person 7").key) is None
    assert await store.progress("action", a_person("Someone else").key) is not None
    assert await store.progress("action", f"{a_person('Person 1').key}#2") is not None
