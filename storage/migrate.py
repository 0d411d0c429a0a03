"""Bringing the schema up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.database import Database
from storage.engine import Password, open_engine

DEFAULT_URL = "sqlite:///var/muster.db"
"""The database of who names none."""

_CONFIG = Path(__file__).resolve().parent.parent / "alembic.ini"


async def migrate(database_url: str, password: Password | None = None) -> None:
    """Bring a database's schema to its head; processes that start together do it once.

    Raises NotSaved when the database fails.
    """
    engine = open_engine(database_url, password)
    try:
        async with Database(engine).writing() as connection:
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


async def head_reached(engine: AsyncEngine) -> bool:
    """Give whether the schema is the one that this code is written for. Raises NotSaved."""
    async with Database(engine).reading() as connection:
        return await connection.run_sync(_is_at_head)


def _upgrade(connection: Connection) -> None:
    config = Config(_CONFIG)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _is_at_head(connection: Connection) -> bool:
    script = ScriptDirectory.from_config(Config(_CONFIG))
    return MigrationContext.configure(connection).get_current_heads() == tuple(script.get_heads())
