"""The migrations make the schema that the code is written for."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.engine import open_engine
from storage.migrate import head_reached, migrate

ROOT = Path(__file__).resolve().parents[2]


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


async def test_processes_that_start_together_migrate_once(postgresql_url: str) -> None:
    admin = open_engine(postgresql_url).execution_options(isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text("CREATE DATABASE together"))
    url = admin.url.set(drivername="postgresql", database="together")
    address = url.render_as_string(hide_password=False)
    await asyncio.gather(*(asyncio.to_thread(alembic, address, "upgrade", "head") for _ in "123"))
    async with admin.connect() as connection:
        await connection.execute(text("DROP DATABASE together"))
    await admin.dispose()


async def test_head_is_reached_once_migrated(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/var/new.db"
    engine = open_engine(url)
    assert not await head_reached(engine)
    await migrate(url)
    await migrate(url)
    assert await head_reached(engine)
    await engine.dispose()


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
