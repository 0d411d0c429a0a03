"""People who leave: they are missed no more, what they answered stays."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import ColumnElement, literal_column, select, text

from actions import taking
from actions.action import Action, Settings, Status
from actions.errors import NotFound
from actions.history import Entry
from actions.people import Person
from actions.ports import Ports
from actions.tallies import LATE
from storage import leaving
from storage.schema import metadata
from storage.store import SqlStore
from tests.actions.builders import CREATOR, VOTER
from tests.actions.exams import a_quiz
from tests.actions.world import CHAT, a_caller
from tests.fakes import (
    NOON,
    CountingIds,
    FakeRoster,
    FixedClock,
    a_change,
    a_conversation,
    a_person,
    a_posting,
    an_action,
)
from tests.storage.conftest import AnyStore, posted
from tests.storage.many_places import also_posted

HERE = a_conversation().id
CHANNEL = "19:channel@thread.tacv2"
SOON = NOON + timedelta(minutes=5)
EVERYONE = [a_person(name) for name in ("Ada", "Ben", "Cem", "Dot")]


@pytest.fixture(params=["named", "anonymous"])
async def action(request: pytest.FixtureRequest, store: AnyStore) -> Action:
    """Give a poll in which four are asked, and Ada and Ben have responded."""
    settings = Settings(anonymous=request.param == "anonymous")
    action = await posted(store, an_action(settings=settings))
    await store.set_audience(action.id, EVERYONE)
    for name in ("Ada", "Ben"):
        await store.respond(a_change(name, "yes"))
    return await store.action(action.id)


async def missing(store: AnyStore, action_id: str = "action") -> list[str]:
    """Give the names of those who have not responded."""
    page = await store.not_responded(action_id, "", "", 100)
    return [response.person.name for response in page.responses]


async def test_who_left_is_missed_no_more(store: AnyStore, action: Action) -> None:
    assert await store.take_out(action.id, [a_person("Cem"), a_person("Nobody")]) == 1
    assert await missing(store) == ["Dot"]
    after = await store.action(action.id)
    assert (after.audience, after.revision) == (3, action.revision + 1)
    assert after.content_revision == action.content_revision
    assert not await store.in_audience(action.id, a_person("Cem").key)


async def test_who_responded_stays_counted(store: AnyStore, action: Action) -> None:
    assert await store.take_out(action.id, [a_person("Ada"), a_person("Ben")]) == 0
    assert await store.action(action.id) == action
    assert await store.in_audience(action.id, a_person("Ada").key)
    page = await store.responded(action.id, "", "", 10)
    assert {response.person.name for response in page.responses} == {"Ada", "Ben"}


async def test_leaving_twice_is_leaving_once(store: AnyStore, action: Action) -> None:
    assert await store.take_out(action.id, [a_person("Cem")]) == 1
    once = await store.action(action.id)
    assert await store.take_out(action.id, [a_person("Cem")]) == 0
    assert await store.action(action.id) == once


async def test_nobody_known_by_an_empty_address_leaves(store: AnyStore) -> None:
    action = await posted(store)
    await store.set_audience(action.id, [replace(a_person("Ada"), mri="")])
    assert await store.take_out(action.id, [Person("tenant/other", "", "")]) == 0


async def test_someone_is_known_by_their_address_too(store: AnyStore, action: Action) -> None:
    by_address = Person(f"{HERE}/29:cem", "", a_person("Cem").mri)
    assert await store.take_out(action.id, [by_address]) == 1
    assert await missing(store) == ["Dot"]


async def test_the_card_is_brought_up_to_date(store: AnyStore, action: Action) -> None:
    [posting] = await store.claim(NOON, SOON, 10)
    await store.delivered(posting, "message", action.revision, NOON)
    assert await store.claim(NOON, SOON, 10) == []
    await store.take_out(action.id, [a_person("Ben")])
    assert await store.claim(NOON, SOON, 10) == []
    await store.take_out(action.id, [a_person("Cem")])
    assert len(await store.claim(NOON, SOON, 10)) == 1


async def test_who_comes_back_and_responds_is_counted_like_who_joins_later(
    store: AnyStore, action: Action
) -> None:
    await store.take_out(action.id, [a_person("Cem")])
    await store.respond(a_change("Cem", "no"))
    tallies = await store.tallies(action.id)
    assert (tallies.responded, tallies.counts[LATE]) == (3, 1)
    assert await store.recount(action.id) == tallies
    assert await missing(store) == ["Dot"]


async def test_what_is_closed_or_over_is_left_as_it_is(
    store: AnyStore, action: Action, clock: FixedClock
) -> None:
    clock.advance(days=7)
    assert await store.take_out(action.id, [a_person("Cem")]) == 0
    clock.advance(days=-7)
    entry = Entry(NOON, a_person("Ada"), "closed")
    await store.change(action.id, lambda a: replace(a, status=Status.CLOSED), entry)
    assert await store.take_out(action.id, [a_person("Cem")]) == 0
    assert await missing(store) == ["Cem", "Dot"]


async def test_before_the_roster_is_known_nobody_leaves(store: AnyStore) -> None:
    action = await posted(store)
    assert await store.take_out(action.id, [a_person("Cem")]) == 0
    assert await store.action(action.id) == action


async def test_nobody_leaves_what_is_not_there(store: AnyStore) -> None:
    with pytest.raises(NotFound):
        await store.take_out("nothing", [a_person("Cem")])


async def test_an_attempt_that_was_begun_stays_when_its_person_is_missed_no_more(
    store: AnyStore, clock: FixedClock
) -> None:
    action = a_quiz()
    clock.time = action.created_at
    await store.remember_conversation(CHAT)
    await posted(store, action)
    await store.set_audience(action.id, [VOTER, CREATOR])
    ports = Ports(store, clock, CountingIds(), FakeRoster())
    await taking.begin(ports, a_caller(VOTER), action.id, 1)
    assert await store.take_out(action.id, [VOTER]) == 1
    assert await missing(store, action.id) == [CREATOR.name]
    page = await store.under_way(action.id, "", "", 10)
    assert [response.person for response in page.responses] == [VOTER]
    assert await store.recount(action.id) == await store.tallies(action.id)


async def test_thousands_leave_at_once(store: AnyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "CHUNK", 7)
    action = await posted(store, an_action(settings=Settings(anonymous=True)))
    people = [a_person(f"P{i:04}") for i in range(2500)]
    await store.set_audience(action.id, people)
    for name in ("P0000", "P0100", "P2499"):
        await store.respond(a_change(name, "yes"))
    assert await store.take_out(action.id, people[:2400]) == 2398
    assert (await store.action(action.id)).audience == 102
    assert len(await missing(store)) == 99


# Where people leave


async def asked_in(store: AnyStore, action_id: str, *places: str, **changes: object) -> None:
    """Post an action in the first place, as if it were in the others too."""
    action = an_action(action_id, **changes)
    await store.post(action, a_posting(action, conversation_id=places[0]))
    more = [a_posting(action, f"{action_id}-{p}", conversation_id=p) for p in places[1:]]
    if more:
        await also_posted(store, more)
    await store.set_audience(action_id, EVERYONE)


async def test_what_is_open_in_one_place_alone_is_found(store: AnyStore) -> None:
    await asked_in(store, "here", HERE)
    await asked_in(store, "elsewhere", CHANNEL)
    await asked_in(store, "both", HERE, CHANNEL)
    assert await store.open_only_in({HERE}) == ["here"]
    assert await store.open_only_in({CHANNEL}) == ["elsewhere"]
    assert await store.open_only_in({HERE, CHANNEL}) == ["both", "elsewhere", "here"]
    assert await store.open_only_in({"19:other@thread.v2"}) == []
    assert await store.open_only_in(set()) == []


async def test_what_is_posted_in_a_thread_is_posted_in_its_channel(store: AnyStore) -> None:
    await asked_in(store, "thread", f"{CHANNEL};messageid=1", f"{CHANNEL};messageid=2")
    await asked_in(store, "other", f"{CHANNEL}2")
    assert await store.open_only_in({CHANNEL}) == ["thread"]


async def test_what_is_over_or_not_taken_yet_is_not_found(store: AnyStore) -> None:
    await asked_in(store, "closed", HERE, status=Status.CLOSED)
    await posted(store, an_action("new"))
    assert await store.open_only_in({HERE}) == []


async def test_a_teams_channels_are_those_the_bot_was_heard_from_in(store: AnyStore) -> None:
    for name, team in (("b", "19:team"), ("a", "19:team"), ("c", "19:other"), ("d", "")):
        await store.remember_conversation(a_conversation(name, team_id=team))
    assert await store.team_channels("19:team") == ["a", "b"]
    assert await store.team_channels("") == []


# What the database says of it


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_leaving_an_anonymous_action_is_written_apart_from_its_ballots(
    sql_store: SqlStore,
) -> None:
    await posted(sql_store, an_action(settings=Settings(anonymous=True)))
    await sql_store.set_audience("action", EVERYONE)
    await sql_store.respond(a_change("Ada", "yes"))
    before = await written(sql_store, "ballots", "participations")
    await sql_store.take_out("action", [a_person("Ada"), a_person("Cem")])
    assert await written(sql_store, "ballots", "participations") == before
    async with sql_store._database.reading() as connection:
        [taken_out] = (await connection.execute(text("SELECT xmin::text FROM actions"))).scalars()
    assert taken_out not in {writer for row in before for writer in row}
    assert await _named(sql_store) == {"ada", "ben", "dot"}


_HEADER: list[ColumnElement[str]] = [literal_column("xmin::text"), literal_column("xmax::text")]


async def written(store: SqlStore, *tables: str) -> list[tuple[str, str]]:
    """Give which transactions wrote, and locked or changed, the rows of some tables."""
    rows: list[tuple[str, str]] = []
    async with store._database.reading() as connection:
        for table in tables:
            own = select(*_HEADER).select_from(metadata.tables[table])
            rows += [(row[0], row[1]) for row in await connection.execute(own)]
    return rows


async def _named(store: SqlStore) -> set[str]:
    async with store._database.reading() as connection:
        people = (await connection.execute(select(metadata.tables["audience"].c.person))).scalars()
        return {person.partition("/")[2] for person in people}
