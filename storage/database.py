"""Connections for reading and for writing, and the one place where their failures are named."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    asynccontextmanager,
    contextmanager,
    nullcontext,
    suppress,
)
from typing import TypeVar

from sqlalchemy import Table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from actions.errors import NotSaved
from storage.engine import BEGIN, BUSY_SECONDS

Insert = postgresql.Insert | sqlite.Insert
T = TypeVar("T")

_PASSING = ("08", "53", "55", "57")
"""SQLSTATE classes: connection, resources, lock not available, operator (and time-outs)."""

_PATIENCE_MS = 50
"""How long the log waits for who reads."""


class Unreached(NotSaved):
    """The database did not answer: it may or may not have taken it, and may answer again."""


class Database:
    """One database; a process has one writing connection at a time on SQLite, in turn."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.is_postgresql = engine.dialect.name == "postgresql"
        # SQLite takes the lock for a write at once: one that is taken later may be refused.
        self._writes = engine.execution_options(**{BEGIN: "BEGIN IMMEDIATE"})
        self._reads, self._snapshots = engine, engine.execution_options(**{BEGIN: "BEGIN"})
        if self.is_postgresql:
            # One statement needs no transaction, and no round trips to begin and end it.
            self._reads = engine.execution_options(isolation_level="AUTOCOMMIT")
            self._snapshots = engine.execution_options(isolation_level="REPEATABLE READ")
        self._lock = None if self.is_postgresql else asyncio.Lock()
        # A process that was killed leaves its log behind.
        self._log_tells = not self.is_postgresql

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection to read from. Raises NotSaved when the database fails."""
        with _named():
            async with self._reads.connect() as connection:
                yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection to read from at length, which sees one moment of the database."""
        with _named():
            async with self._snapshots.begin() as connection:
                await self.take_time(connection)
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Give a transaction, committed at the end. Raises NotSaved when the database fails."""
        with _named():
            async with self._turn():
                async with self._writes.begin() as connection:
                    yield connection
                if self._log_tells:
                    await self._cut_log()

    def forget_log(self) -> None:
        """Let SQLite's log, which holds rows as they were before, be emptied with the next commit.

        With one of the next while someone reads. PostgreSQL's own log is its keeper's matter.
        """
        self._log_tells = not self.is_postgresql

    async def take_time(self, connection: AsyncConnection) -> None:
        """Let a transaction work through all responses of an action."""
        if self.is_postgresql:
            await connection.execute(text("SET LOCAL statement_timeout = '600s'"))

    def insert(self, table: Table) -> Insert:
        """Give an INSERT that knows ON CONFLICT."""
        return postgresql.insert(table) if self.is_postgresql else sqlite.insert(table)

    async def _cut_log(self) -> None:
        """Who waits for the commit does not wait for readers; it stands whatever comes of this."""
        with suppress(SQLAlchemyError):
            async with self._reads.connect() as connection:
                await connection.exec_driver_sql(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
                try:
                    cut = await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                    self._log_tells = bool(cut.scalar_one())
                finally:
                    waits = f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}"
                    await connection.exec_driver_sql(waits)

    def _turn(self) -> AbstractAsyncContextManager[object]:
        """Wait in line: SQLite's own waiting is by growing pauses, and unfair."""
        return nullcontext() if self._lock is None else self._lock


def padded(values: Sequence[T]) -> list[T]:
    """Give the values for an IN list, the last one repeated up to a power of two.

    A list of another length is another statement, which the server would prepare anew.
    """
    wanted = 1 << (len(values) - 1).bit_length()
    return [*values, *[values[-1]] * (wanted - len(values))]


@contextmanager
def _named() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError, OverflowError) as failure:  # The last: too big an integer.
        raise (Unreached if _is_passing(failure) else NotSaved)("not_saved") from failure


def _is_passing(failure: Exception) -> bool:
    if not isinstance(failure, DBAPIError):
        return isinstance(failure, (OSError, PoolTimeout))
    if failure.connection_invalidated or isinstance(failure, OperationalError):
        return True
    code = getattr(failure.orig, "sqlstate", None) or ""
    return code.startswith(_PASSING)
