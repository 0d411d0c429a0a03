"""The migrations make the schema that the code is written for."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.places import Conversation, Scope
from actions.poll import QUESTION
from storage.database import Database
from storage.engine import open_engine
from storage.migrate import head_reached, migrate
from storage.store import SqlStore
from tests.fakes import CountingIds, FixedClock, a_posting, an_action
from tests.storage.databases import emptied

ROOT = Path(__file__).resolve().parents[2]
FIRST_RELEASE = Path(__file__).with_name("first_release.sql").read_text("utf-8")


def alembic(url: str, *words: str) -> str:
    """Run Alembic as one does by hand; gives what it said."""
    done = subprocess.run(  # noqa: S603 - Our own words.
        [sys.executable, "-W", "error", "-m", "alembic", *words],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def test_migrations_make_what_the_schema_says(database_url: str) -> None:
    assert "No new upgrade operations" in alembic(database_url, "check")


def test_migrations_go_back_and_forth(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/var/new.db"
    alembic(url, "upgrade", "head")
    alembic(url, "downgrade", "base")
    alembic(url, "upgrade", "head")


@asynccontextmanager
async def new_database(postgresql_url: str) -> AsyncIterator[str]:
    """Make an empty database on the server; gives its address."""
    admin = open_engine(postgresql_url).execution_options(isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text("CREATE DATABASE fresh"))
    url = admin.url.set(drivername="postgresql", database="fresh")
    yield url.render_as_string(hide_password=False)
    async with admin.connect() as connection:
        await connection.execute(text("DROP DATABASE fresh"))
    await admin.dispose()


async def test_processes_that_start_together_migrate_once(postgresql_url: str) -> None:
    async with new_database(postgresql_url) as url:
        await asyncio.gather(*(asyncio.to_thread(alembic, url, "upgrade", "head") for _ in "123"))


async def test_polls_of_the_first_release_are_carried_over_on_sqlite(tmp_path: Path) -> None:
    await check_carried_over(f"sqlite:///{tmp_path}/var/new.db")


async def test_polls_of_the_first_release_are_carried_over_on_postgresql(
    postgresql_url: str,
) -> None:
    async with new_database(postgresql_url) as url:
        await check_carried_over(url)


async def check_carried_over(url: str) -> None:
    """Bring polls up to date, back, and up again: found by title, and their answers counted."""
    await asyncio.to_thread(alembic, url, "upgrade", "0001")
    store = SqlStore(open_engine(url), b"secret", CountingIds(), FixedClock())
    async with store._database.writing() as connection:
        for statement in FIRST_RELEASE.strip().split(";\n"):
            await connection.exec_driver_sql(statement)
    for words in (("upgrade", "head"), ("downgrade", "0001"), ("upgrade", "head")):
        await asyncio.to_thread(alembic, url, *words)
    [found] = await store.actions_of("tenant/ada", 0, 10, "STRASSE")
    assert found.id == "answered"
    for action_id in ("answered", "untouched"):
        assert await store.tallies(action_id) == await store.recount(action_id)
    assert (await store.tallies("answered")).of(QUESTION).answered == 1
    await store.close()


async def test_head_is_reached_once_migrated(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/var/new.db"
    engine = open_engine(url)
    assert not await head_reached(engine)
    await migrate(url)
    await migrate(url)
    assert await head_reached(engine)
    await engine.dispose()


async def test_a_release_goes_on_serving_on_the_schema_of_a_later_one(database_url: str) -> None:
    """While processes are brought up to date one by one, and when one goes back."""
    engine = open_engine(database_url)
    async with moved_to(engine, "9999"):
        assert await head_reached(engine)
        await migrate(database_url)
    async with moved_to(engine, "0001"):
        assert not await head_reached(engine)
    await engine.dispose()


@asynccontextmanager
async def moved_to(engine: AsyncEngine, revision: str) -> AsyncIterator[None]:
    """Let a database say that its schema is of another revision, for a while."""
    statement = text("UPDATE alembic_version SET version_num = :revision")
    async with Database(engine).writing() as connection:
        head = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()
        await connection.execute(statement, {"revision": revision})
    try:
        yield
    finally:
        async with Database(engine).writing() as connection:
            await connection.execute(statement, {"revision": head})


@pytest.mark.parametrize("name", ["actions", "conversations"])
async def test_the_release_before_can_still_write_rows(
    tmp_path: Path, database_url: str, name: str
) -> None:
    """Its INSERT names the columns that it knows; those that it does not have a default."""
    old = f"sqlite:///{tmp_path}/var/old.db"
    await asyncio.to_thread(alembic, old, "upgrade", "0006")
    known = await columns_of(old, name)
    assert known < await columns_of(database_url, name)
    await emptied(database_url)
    store = SqlStore(open_engine(database_url), b"secret", CountingIds(), FixedClock())
    await store.remember_conversation(Conversation("chat", "tenant", Scope.GROUP, "https://x/"))
    action = an_action()
    assert await store.post(action, a_posting(action))
    rest = ", ".join(sorted(known - {"id"}))
    async with store._database.writing() as connection:
        copy = f"INSERT INTO {name} (id, {rest}) SELECT 'theirs', {rest} FROM {name}"  # noqa: S608
        await connection.execute(text(copy))
    if name == "actions":
        assert await store.action("theirs") == replace(action, id="theirs")
    else:
        place = await store.conversation("theirs")
        assert place is not None
        assert not place.dead_code
    await store.close()


async def columns_of(url: str, table: str) -> set[str]:
    engine = open_engine(url)
    async with engine.connect() as connection:
        found = await connection.run_sync(lambda sync: inspect(sync).get_columns(table))
    await engine.dispose()
    return {column["name"] for column in found}


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)],
)
async def test_sqlite_is_durable_and_forgets(
    sqlite_url: str, pragma: str, value: str | int
) -> None:
    engine = open_engine(sqlite_url)
    async with Database(engine).reading() as connection:
        assert (await connection.execute(text(f"PRAGMA {pragma}"))).scalar() == value
    await engine.dispose()
