"""Erasing someone: every tally stays, and nothing that says who it was or what they wrote."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Status
from actions.attempts import Attempts
from actions.errors import NotSaved
from actions.history import Entry
from actions.people import Person
from actions.policy import manages
from actions.poll import QUESTION
from actions.tallies import Tallies
from storage.engine import open_engine
from storage.notice_rows import notice_of
from storage.schema import audit, ballots, metadata, notices, participations, postings
from storage.secrecy import Secrecy
from storage.store import SqlStore
from tests.fakes import NOON, CountingIds, FixedClock
from tests.storage.conftest import SECRET, opened
from tests.storage.databases import copied_sqlite
from tests.storage.known_people import (
    EVERYONE,
    GUEST,
    IDLE,
    KINDS,
    MAKER,
    OTHERS,
    WHO,
    fill,
    responds,
    words_of,
)

PEOPLE = pytest.mark.parametrize("person", [MAKER, WHO, GUEST], ids=["maker", "who", "guest"])


@pytest.fixture(scope="session")
def filled_sqlite(sqlite_template: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of a file in which all is known of everyone."""
    url = copied_sqlite(sqlite_template, tmp_path_factory.mktemp("known") / "filled.db")

    async def filled() -> None:
        made = await opened(url, FixedClock())
        await fill(made)
        await made.close()

    asyncio.run(filled())
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a database, the file filled already."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    return copied_sqlite(request.getfixturevalue("filled_sqlite"), tmp_path / "muster.db")


@pytest.fixture
async def store(url: str) -> AsyncIterator[SqlStore]:
    """Give a store in which all is known of everyone."""
    if url.startswith("sqlite"):
        ids = CountingIds()
        ids.count = 10_000
        made = SqlStore(open_engine(url), SECRET, ids, FixedClock())
    else:
        made = await opened(url, FixedClock())
        await fill(made)
    yield made
    await made.close()


async def said(store: SqlStore) -> str:
    """Give everything that the database and the secret tell together."""
    secrecy, told = Secrecy(SECRET), []
    async with store._database.reading() as connection:
        for table in metadata.sorted_tables:
            for row in (await connection.execute(select(table))).all():
                told.append(repr(tuple(row)))
                if table is participations:
                    told.append(repr(secrecy.unseal(row.action_id, row.sealed)))
                if table is notices:
                    told.append(repr(notice_of(row, secrecy)))
    return "\n".join(told)


async def kept(store: SqlStore) -> Mapping[str, Tallies]:
    """Give the tallies of everything, which are what a recount gives."""
    found = {name: await store.tallies(name) for name in KINDS}
    for name, tallies in found.items():
        counted = await store.recount(name)
        assert dict(counted.counts) == {b: n for b, n in tallies.counts.items() if n}, name
        assert {b: n for b, n in counted.sums.items() if n} == {
            b: n for b, n in tallies.sums.items() if n
        }, name
    return found


def traces(person: Person) -> tuple[str, ...]:
    """Give what may be found nowhere once someone is erased."""
    return person.key, person.name, person.mri, words_of(person)


@PEOPLE
async def test_everything_is_counted_as_before_and_nothing_tells_of_them(
    store: SqlStore, person: Person
) -> None:
    before, told = await kept(store), await said(store)
    assert [trace for trace in traces(person) if trace not in told] == []
    assert await store.erase(person.key) is not None
    assert await kept(store) == before
    told = await said(store)
    assert [trace for trace in traces(person) if trace in told] == []
    for other in EVERYONE:
        assert other is person or other.name in told


@PEOPLE
async def test_whoever_is_erased_twice_is_not_known_the_second_time(
    store: SqlStore, person: Person
) -> None:
    await store.erase(person.key)
    before = await said(store)
    assert await store.erase(person.key) is None
    assert await store.erase(person.mri) is None
    assert await said(store) == before


async def test_an_id_in_entra_is_found_in_every_tenant_or_in_the_one_that_is_named(
    store: SqlStore,
) -> None:
    tenant, _, object_id = WHO.key.partition("/")
    assert await store.erase(object_id.upper(), "elsewhere") is None
    assert await store.erase(object_id.upper(), tenant) is not None
    assert await store.erase(MAKER.key.partition("/")[2]) is not None
    told = await said(store)
    assert WHO.name not in told
    assert MAKER.name not in told


async def test_nobody_is_erased_who_is_not_known(store: SqlStore) -> None:
    before = await said(store)
    for unknown in ("tenant/nobody", "nobody", "29:nobody", "", "%", "29:"):
        assert await store.erase(unknown) is None
    assert await said(store) == before


class Breaking:
    """A database that takes some transactions, and then no more until it is told to."""

    def __init__(self, store: SqlStore) -> None:
        """Take every transaction."""
        self._writing = store._database.writing
        self.left = -1

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Give a transaction. Raises NotSaved once there were enough."""
        if self.left == 0:
            raise NotSaved("not_saved")
        self.left -= 1
        async with self._writing() as connection:
            yield connection


@PEOPLE
async def test_what_was_broken_off_is_finished_by_doing_it_again(
    store: SqlStore, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the address, which is known as long as anything says whose it is."""
    before, breaking = await kept(store), Breaking(store)
    monkeypatch.setattr(store._database, "writing", breaking.writing)
    broken = 0
    for most in range(2, 60):
        breaking.left = most
        try:
            assert await store.erase(person.mri) is not None
        except NotSaved:
            assert await kept(store) == before
            broken += 1
        else:
            break
    assert broken > 3
    told = await said(store)
    assert [trace for trace in traces(person) if trace in told] == []


async def test_what_they_made_is_closed_and_nobody_manages_it(store: SqlStore) -> None:
    made = await store.action("poll")
    await store.erase(MAKER.key)
    for name in KINDS:
        action = await store.action(name)
        assert action.status is Status.CLOSED
        assert (action.creator.name, action.creator.mri) == ("", "")
        assert not manages(action, MAKER.key)
        assert action.notify_at is action.remind_at is None
        assert action.content.title
    after = await store.action("poll")
    assert after.revision > made.revision
    assert after.content_revision > made.content_revision
    assert await store.actions_of(MAKER.key, 0, 10) == []
    assert await store.series_of(MAKER.key, 0, 10) == []
    assert await store.drafts(MAKER.key, 0, 10) == []
    assert (await store.series("series1")).template.creator == WHO


async def test_co_creators_go_on_managing(store: SqlStore) -> None:
    entry = Entry(NOON, MAKER, "edited")
    both = (WHO, OTHERS[0])
    await store.change("poll", lambda a: replace(a, co_creators=both), entry)
    await store.erase(MAKER.key)
    await store.erase(WHO.key)
    assert (await store.action("poll")).co_creators == (OTHERS[0],)
    assert [a.id for a in await store.actions_of(OTHERS[0].key, 0, 10)] == ["poll"]


async def test_co_creators_of_a_series_are_told_of_it_and_leave_it(store: SqlStore) -> None:
    both = (WHO, OTHERS[0])
    await store.change_series(
        "series0", lambda one: replace(one, template=replace(one.template, co_creators=both))
    )
    assert (await store.told_of(WHO.key) or {})["shared_series"] == ["series0"]
    await store.erase(WHO.key)
    assert (await store.series("series0")).template.co_creators == (OTHERS[0],)
    assert await store.told_of(WHO.key) is None


async def test_cards_of_what_they_touched_are_due_again(store: SqlStore) -> None:
    async with store._database.writing() as connection:
        await connection.execute(postings.update().values(due_at=None))
    await store.erase(WHO.key)
    async with store._database.reading() as connection:
        due = select(postings.c.action_id).where(postings.c.due_at.is_not(None))
        assert set((await connection.execute(due)).scalars()) == set(KINDS)


async def test_who_has_not_responded_is_not_waited_for_any_more(store: SqlStore) -> None:
    before = {name: (await store.action(name)).audience or 0 for name in KINDS}
    await store.erase(IDLE.key)
    told = await said(store)
    assert [trace for trace in traces(IDLE)[:3] if trace in told] == []
    after = {name: (await store.action(name)).audience for name in KINDS}
    assert after == {name: size - (name != "sealed") for name, size in before.items()}
    page = await store.not_responded("sealed", "", "", 10)
    assert [one.person.name for one in page.responses] == [""]


async def test_an_anonymous_ballot_looks_like_any_other_and_can_be_told_by_nobody(
    store: SqlStore,
) -> None:
    secrecy = Secrecy(SECRET)
    await store.erase(WHO.key)
    own = {secrecy.ballot_key("secret", slot) for slot in (WHO.key, f"{WHO.key}#2")}
    columns = "length(key) AS size" + (
        ", xmin::text AS xmin" if store._database.is_postgresql else ""
    )
    of_secret = text(f"SELECT {columns} FROM ballots WHERE action_id = 'secret'")  # noqa: S608
    async with store._database.reading() as connection:
        rows = (await connection.execute(of_secret)).all()
        keys = set((await connection.execute(select(ballots.c.key))).scalars())
    assert len(rows) == 2 * len(EVERYONE)
    assert len(set(rows)) == 1
    assert not own & keys


async def test_others_can_still_change_their_anonymous_response(store: SqlStore) -> None:
    await store.erase(WHO.key)
    assert await store.answers("secret", OTHERS[1].key) is not None
    await responds(store, "secret", OTHERS[1], {QUESTION: ("no",)})
    assert await store.answers("secret", OTHERS[1].key) == {QUESTION: ("no",)}
    await kept(store)


async def test_attempts_are_marked_and_placed_as_before(store: SqlStore) -> None:
    places = [(one.place, one.millionths) for one in await store.leaders("quiz", 0, 10)]
    for person in (MAKER, WHO, GUEST):
        await store.erase(person.key)
    assert [(one.place, one.millionths) for one in await store.leaders("quiz", 0, 10)] == places
    every = [one async for some in store.all_responses("quiz") for one in some]
    assert all(isinstance(one.answers, Attempts) for one in every)
    assert len({one.person.key for one in every}) == len(EVERYONE)


async def test_the_log_says_that_someone_was_erased_and_not_who(store: SqlStore) -> None:
    await store.erase(WHO.key, "tenant")
    async with store._database.reading() as connection:
        rows = (await connection.execute(select(audit))).all()
    [line] = [row for row in rows if row.verb == "person_erased"]
    assert (line.person, line.tenant_id) == ("operator", "tenant")
    assert line.subject.startswith("erased/")
    [scheduled] = [row for row in rows if row.subject == "series1" and row.verb == "scheduled"]
    assert (scheduled.person, scheduled.name) == (line.subject, "")


async def test_what_was_done_is_counted(store: SqlStore) -> None:
    done: Any = await store.erase(WHO.key)
    assert {name: done[name] for name in ("responses", "actions", "series", "bank")} == {
        "responses": 9,
        "actions": len(KINDS),
        "series": 1,
        "bank": 1,
    }


async def test_all_that_is_known_of_someone_is_told(store: SqlStore) -> None:
    told = await store.told_of(WHO.key)
    assert told is not None
    assert told["names"] == [WHO.name]
    assert told["addresses"] == [WHO.mri]
    assert {action["id"] for action in told["actions"]} == set(KINDS)
    of = {action["id"]: action for action in told["actions"]}
    assert of["survey"]["responses"][1]["answered"][1]["question"] == "Why?"
    assert of["survey"]["unfinished"][0]["typed"] == {"why": words_of(WHO)}
    assert len([one for one in of["secret"]["anonymous"] if one["answered"]]) == 2
    assert [one["answered"] for one in of["sealed"]["anonymous"]] == [None, None]
    assert of["quiz"]["responses"][0]["answers"]["attempts"]
    assert of["own"]["responses"][0]["answered"]
    assert of["shared"]["ticks"] or of["shared"]["history"]
    assert of["secret"]["reminders"]
    for name in ("series", "bank", "bank_imports", "certificates", "conversations", "drafts"):
        assert len(told[name]) == 1, name
    assert told["notices"]
    assert told["audit"]


@PEOPLE
async def test_nothing_is_told_of_others(store: SqlStore, person: Person) -> None:
    told = repr(await store.told_of(person.key))
    assert words_of(person) in told
    for other in (*OTHERS, MAKER, WHO, GUEST):
        assert other is person or words_of(other) not in told


async def test_nothing_is_told_of_whom_nothing_is_known(store: SqlStore) -> None:
    assert await store.told_of("tenant/nobody") is None
    assert await store.told_of("29:nobody") is None
