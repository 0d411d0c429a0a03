"""What is filled in and not handed in yet: nothing typed is lost, and nobody else reads it."""

import asyncio
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from actions.action import Action, Settings, Status
from actions.errors import Full, NotFound, NotSaved
from actions.history import Entry
from actions.questions import Answers
from actions.responses import Change, Progress, Standing, slot_of
from storage.database import Unreached
from storage.engine import open_engine
from storage.schema import progress
from storage.store import SqlStore
from tests.fakes import NOON, CountingIds, FixedClock, a_change, a_person, a_step, a_survey
from tests.storage.conftest import SECRET, AnyStore, posted
from tests.storage.databases import emptied

ADA = a_person("Ada").key
ENTRY = Entry(NOON, a_person("Ada"), "changed")
ANSWERS: Answers = {"q1": ("yes",)}


@pytest.fixture(params=["named", "anonymous"])
async def action(request: pytest.FixtureRequest, store: AnyStore) -> Action:
    settings = Settings(anonymous=request.param == "anonymous")
    return await posted(store, a_survey(settings=settings))


def handing_in(answers: Answers | None = ANSWERS, number: int = 1) -> Change:
    """Give Ada's wish to hand these answers in."""
    slot = slot_of(ADA, number)
    return a_change("Ada", slot=slot, decide=lambda _standing: answers, ends_progress=True)


async def test_steps_add_up(store: AnyStore, action: Action) -> None:
    assert await store.progress(action.id, ADA) is None
    await store.keep_progress(a_step("Ada", {"q1": "yes"}, at="q1"))
    kept = await store.keep_progress(a_step("Ada", {"q2": "no", "q2.other": "Soup"}, at="q2"))
    assert kept == Progress({"q1": "yes", "q2": "no", "q2.other": "Soup"}, "q2")
    assert await store.progress(action.id, ADA) == kept


async def test_step_that_forgets_starts_anew(store: AnyStore, action: Action) -> None:
    await store.keep_progress(a_step("Ada", {"q1": "yes"}))
    await store.keep_progress(a_step("Ada", {"q2": "no"}, at="q2", forgets=True))
    assert await store.progress(action.id, ADA) == Progress({"q2": "no"}, "q2")


async def test_each_response_has_its_own_progress(store: AnyStore, action: Action) -> None:
    await posted(store, a_survey(action_id="second"))
    for i, step in enumerate(
        (
            a_step("Ada"),
            a_step("Bob"),
            a_step("Ada", number=2),
            a_step("Ada", action_id="second"),
        )
    ):
        await store.keep_progress(replace(step, values={"q1": str(i)}))
    found = [
        await store.progress(action_id, slot)
        for action_id, slot in (
            (action.id, ADA),
            (action.id, a_person("Bob").key),
            (action.id, slot_of(ADA, 2)),
            ("second", ADA),
        )
    ]
    assert found == [Progress({"q1": str(i)}) for i in range(4)]
    assert await store.progress("second", slot_of(ADA, 2)) is None


async def test_many_steps_at_once_lose_nothing(store: AnyStore, action: Action) -> None:
    steps = [a_step(f"P{i % 7}", {f"q{i}": str(i)}) for i in range(700)]
    await asyncio.gather(*(store.keep_progress(step) for step in steps))
    for person in range(7):
        kept = await store.progress(action.id, a_person(f"P{person}").key)
        assert kept is not None
        assert kept.values == {f"q{i}": str(i) for i in range(person, 700, 7)}


async def test_any_text_of_any_length_is_kept(store: AnyStore, action: Action) -> None:
    values = {f"q{i}": "Å🧪" * 2_000 for i in range(200)}
    await store.keep_progress(a_step("Ada", values))
    assert await store.progress(action.id, ADA) == Progress(values)
    await store.keep_progress(a_step("Ada", {"q1": "half \ud83d pair\0"}))
    kept = await store.progress(action.id, ADA)
    assert kept is not None
    assert kept.values["q1"].startswith("half ")


async def test_handing_in_ends_what_was_filled_in(store: AnyStore, action: Action) -> None:
    for number in (1, 2):
        await store.keep_progress(a_step("Ada", {"q1": "yes"}, number))
    written = await store.respond(handing_in())
    assert written.answers == ANSWERS
    assert await store.progress(action.id, ADA) is None
    assert await store.progress(action.id, slot_of(ADA, 2)) == Progress({"q1": "yes"})
    assert await store.progress("second", ADA) is None


async def test_handing_in_the_same_again_ends_it_too(store: AnyStore, action: Action) -> None:
    await store.respond(handing_in())
    await store.keep_progress(a_step("Ada", {"q1": "yes"}))
    written = await store.respond(handing_in())
    assert not written.changed
    assert await store.progress(action.id, ADA) is None


async def test_response_that_hands_nothing_in_leaves_it(store: AnyStore, action: Action) -> None:
    await store.keep_progress(a_step("Ada", {"q1": "yes"}))
    await store.respond(replace(handing_in(), ends_progress=False))
    assert await store.progress(action.id, ADA) == Progress({"q1": "yes"})


async def test_what_is_refused_stays_filled_in(store: AnyStore, action: Action) -> None:
    def refuse(_standing: Standing) -> Answers | None:
        raise Full("full", option="x")

    await store.keep_progress(a_step("Ada", {"q1": "yes"}))
    with pytest.raises(Full):
        await store.respond(replace(handing_in(), decide=refuse))
    assert await store.progress(action.id, ADA) == Progress({"q1": "yes"})


async def test_what_could_not_be_stored_stays_filled_in(sql_store: SqlStore) -> None:
    """The response and the end of its progress are one transaction."""
    poison: Any = {"q1": 2**80}
    await posted(sql_store, a_survey())
    await sql_store.keep_progress(a_step("Ada", {"q1": "yes"}))
    with pytest.raises(NotSaved):
        await sql_store.respond(handing_in(poison))
    assert await sql_store.progress("action", ADA) == Progress({"q1": "yes"})
    assert await sql_store.answers("action", ADA) is None


async def test_progress_that_cannot_be_ended_keeps_the_response_out(
    sql_store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_anything: object) -> None:
        raise NotSaved("not_saved")

    await posted(sql_store, a_survey())
    await sql_store.keep_progress(a_step("Ada", {"q1": "yes"}))
    with monkeypatch.context() as broken:
        broken.setattr(sql_store._shared.progress, "end", fail)
        with pytest.raises(NotSaved):
            await sql_store.respond(handing_in())
    assert await sql_store.answers("action", ADA) is None
    assert (await sql_store.tallies("action")).responded == 0
    assert await sql_store.progress("action", ADA) == Progress({"q1": "yes"})


async def test_step_whose_commit_was_not_heard_of_is_taken_once(
    sql_store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await posted(sql_store, a_survey())
    commit, heard = sql_store._steps._commit, False

    async def unheard(steps: Any) -> Any:
        nonlocal heard
        result = await commit(steps)
        if not heard:
            heard = True
            raise Unreached("not_saved")
        return result

    monkeypatch.setattr(sql_store._steps, "_commit", unheard)
    kept = await sql_store.keep_progress(a_step("Ada", {"q1": "yes"}, at="q1"))
    assert kept == await sql_store.progress("action", ADA) == Progress({"q1": "yes"}, "q1")


async def test_closing_leaves_it_for_when_the_action_is_opened_again(
    store: AnyStore, action: Action
) -> None:
    await store.keep_progress(a_step("Ada", {"q1": "yes"}))
    await store.change(action.id, lambda a: replace(a, status=Status.CLOSED), ENTRY)
    assert await store.progress(action.id, ADA) == Progress({"q1": "yes"})


async def test_deleting_removes_it_and_takes_no_more(store: AnyStore, action: Action) -> None:
    await store.keep_progress(a_step("Ada", {"q1": "yes"}))
    await store.delete(action.id, ENTRY)
    assert await store.progress(action.id, ADA) is None
    with pytest.raises(NotFound):
        await store.keep_progress(a_step("Ada", {"q1": "yes"}))
    assert await store.progress(action.id, ADA) is None


async def test_unposting_removes_it(store: AnyStore, action: Action) -> None:
    await store.keep_progress(a_step("Ada", {"q1": "yes"}))
    await store.unpost(action.id)
    await posted(store, action)
    assert await store.progress(action.id, ADA) is None


async def test_unknown_action_takes_no_steps(store: AnyStore, action: Action) -> None:
    outcomes = await asyncio.gather(
        store.keep_progress(a_step("Ada", action_id="unknown")),
        store.keep_progress(a_step("Ada", {"q1": "yes"}, action_id=action.id)),
        return_exceptions=True,
    )
    assert isinstance(outcomes[0], NotFound)
    assert outcomes[1] == Progress({"q1": "yes"})


async def test_steps_wake_no_deliverer_and_share_transactions(
    database_url: str, clock: FixedClock
) -> None:
    woken: list[int] = []
    await emptied(database_url)
    engine = open_engine(database_url)
    store = SqlStore(engine, SECRET, CountingIds(), clock, lambda: woken.append(1))
    await posted(store, a_survey())
    await asyncio.gather(*(store.keep_progress(a_step(f"P{i}", {"q": "x"})) for i in range(100)))
    assert len(woken) == 1
    async with store._database.reading() as connection:
        assert len((await connection.execute(select(progress))).all()) == 100
        if store._database.is_postgresql:
            writers = text("SELECT count(DISTINCT xmin::text) FROM progress")
            assert (await connection.execute(writers)).scalar() == 1
    await store.close()


async def test_database_alone_tells_nothing_of_it(sql_store: SqlStore) -> None:
    await posted(sql_store, a_survey())
    words = "I would rather not say this aloud"
    for name in ("Bob", "Eve"):
        await sql_store.keep_progress(a_step(name, {"q1": words}, at="q1"))
    async with sql_store._database.reading() as connection:
        rows = (await connection.execute(select(progress))).all()
    assert set(progress.columns.keys()) == {"action_id", "key", "sealed"}
    assert len({row.sealed for row in rows}) == 2
    assert {len(row.sealed) % 256 for row in rows} == {16}
    for row in rows:
        for told in (words, "q1", "tenant/bob", "tenant/eve"):
            assert told.encode() not in row.sealed + row.key


async def test_sqlite_file_holds_no_word_of_it(sqlite_url: str, clock: FixedClock) -> None:
    store = SqlStore(open_engine(sqlite_url), SECRET, CountingIds(), clock)
    await posted(store, a_survey(settings=Settings(anonymous=True)))
    for word in ("not yet", "but nearly", "handed in"):
        await store.keep_progress(a_step("Bob", {"q1": f"secret {word}"}))
    stored = file_of(sqlite_url)
    assert b"Party" in stored
    assert b"secret" not in stored
    assert b"tenant/bob" not in stored
    await store.close()


def file_of(url: str) -> bytes:
    """Give all that is in a database's files."""
    file = Path(url.removeprefix("sqlite:///"))
    return file.read_bytes() + Path(f"{file}-wal").read_bytes()


async def test_wrong_secret_finds_nothing(database_url: str, sql_store: SqlStore) -> None:
    await posted(sql_store, a_survey())
    await sql_store.keep_progress(a_step("Ada", {"q1": "yes"}))
    other = SqlStore(open_engine(database_url), b"another", CountingIds(), FixedClock())
    assert await other.progress("action", ADA) is None
    await other.close()


async def test_killed_process_loses_no_acknowledged_step(
    database_url: str, sql_store: SqlStore
) -> None:
    await posted(sql_store, a_survey())
    command = [sys.executable, "-m", "tests.storage.filler", database_url]
    filler = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: ASYNC220, S603
    assert filler.stdout is not None
    said = [await asyncio.to_thread(filler.stdout.readline) for _ in range(20)]
    filler.kill()
    said += await asyncio.to_thread(filler.stdout.readlines)
    filler.stdout.close()
    filler.wait()
    acknowledged = [int(line) for line in said if line.endswith("\n")]
    kept = await sql_store.progress("action", ADA)
    assert kept is not None
    for number in acknowledged:
        assert kept.values[f"q{number}"] == f"text {number}"


async def test_closed_store_takes_no_steps(sql_store: SqlStore) -> None:
    await posted(sql_store, a_survey())
    waiting = asyncio.create_task(sql_store.keep_progress(a_step("Ada", {"q1": "yes"})))
    await asyncio.sleep(0)
    await sql_store.close()
    assert await waiting == Progress({"q1": "yes"})
    with pytest.raises(NotSaved):
        await sql_store.keep_progress(a_step("Ada"))
