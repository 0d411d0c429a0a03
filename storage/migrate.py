"""Bringing the schema up to date."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.database import Database
from storage.engine import Password, open_engine

DEFAULT_URL = "sqlite:///var/muster.db"
"""The database of who names none."""

_LOCK = 6_879_220_131
"""Names PostgreSQL's advisory lock; any number that nothing else uses."""

_CONFIG = Path(__file__).resolve().parent.parent / "alembic.ini"


async def migrate(database_url: str, password: Password | None = None) -> None:
    """Bring a database's schema to its head; processes that start together do it once.

    One that a later release has brought further is left as it is: that release's migrations leave
    room for this one (docs/operations.md). Raises NotSaved when the database fails.
    """
    engine = open_engine(database_url, password)
    try:
        async with alone(engine) as connection:
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


async def head_reached(engine: AsyncEngine) -> bool:
    """Give whether the schema is one that this code can work with. Raises NotSaved.

    That is its own, or a later release's: while one process after the other is brought up to date
    those that are not go on serving.
    """
    async with Database(engine).reading() as connection:
        return await connection.run_sync(_is_at_head)


@asynccontextmanager
async def alone(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Give a transaction in which nobody else migrates. Raises NotSaved when the database fails.

    SQLite's write lock says so by itself.
    """
    database = Database(engine)
    async with database.writing() as connection:
        if database.is_postgresql:
            await connection.execute(text("SET LOCAL lock_timeout = '60s'"))
            await connection.execute(text("SET LOCAL statement_timeout = 0"))
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield connection


def _upgrade(connection: Connection) -> None:
    if _is_at_head(connection):
        return
    config = Config(_CONFIG)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _is_at_head(connection: Connection) -> bool:
    current = MigrationContext.configure(connection).get_current_heads()
    return bool(current) and _before_head().isdisjoint(current)


@cache
def _before_head() -> frozenset[str]:
    """Give the revisions before our own; each is a file to be read and run."""
    script = ScriptDirectory.from_config(Config(_CONFIG))
    return frozenset(one.revision for one in script.walk_revisions()) - set(script.get_heads())
