"""How a database is opened."""

import ipaddress
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.text import dump_json

BEGIN = "muster_begin"
"""The execution option that says how a transaction begins on SQLite; without it there is none."""

CONNECT_SECONDS, WAIT_SECONDS = 5, 5
"""How long a connection, or a free one of the pool, may take."""

BUSY_SECONDS = 10
"""How long SQLite waits for another process that writes."""

_LIMITS = {
    "statement_timeout": "30s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "60s",
}
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    # What was deleted is gone from the file, too.
    "secure_delete = ON",
)

Password = Callable[[], Awaitable[str]]
"""Gives a password that is valid now: how one logs in without one."""


def open_engine(database_url: str, password: Password | None = None) -> AsyncEngine:
    """Give the engine of a `sqlite:///…` or `postgresql://…` address; connects when first used.

    `?azure_identity=true` asks `password` for every connection's password. A PostgreSQL on
    another machine must offer TLS, unless the address says `?sslmode=disable`; `verify-full`
    checks whose it is, too. Raises ValueError, in a sentence, when the address makes no sense.
    """
    try:
        url = make_url(database_url)
    except (ArgumentError, ValueError) as unreadable:
        raise ValueError(
            "DATABASE_URL is no address like sqlite:///var/muster.db."
        ) from unreadable
    match url.get_backend_name():
        case "sqlite":
            return _open_sqlite(url)
        case "postgresql" | "postgres":
            return _open_postgresql(url, password)
        case other:
            raise ValueError(f"DATABASE_URL names {other}; sqlite and postgresql are known.")


def _open_sqlite(url: URL) -> AsyncEngine:
    if not url.database or url.database == ":memory:" or "\0" in url.database:
        raise ValueError("DATABASE_URL names no file: sqlite:///var/muster.db is one.")
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"),
        connect_args={"timeout": BUSY_SECONDS},
        pool_timeout=WAIT_SECONDS,
        **_COMMON,
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Take transactions into our own hands: the driver would begin them too late."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    begin = connection.get_execution_options().get(BEGIN)
    if begin:
        connection.exec_driver_sql(begin)


def _open_postgresql(url: URL, password: Password | None) -> AsyncEngine:
    query = dict(url.query)
    arguments: dict[str, Any] = {"timeout": CONNECT_SECONDS, "server_settings": _LIMITS}
    if "sslmode" in query:  # The name that libpq, and so every cloud's console, has for it.
        query["ssl"] = query.pop("sslmode")
    if not _is_local(url.host or str(query.get("host", ""))):
        # Else the driver goes on without encryption where the server, or who is between, says so.
        query.setdefault("ssl", "require")
    if query.pop("azure_identity", "false") == "true":
        if password is None:
            raise ValueError("DATABASE_URL asks for azure_identity; there is no identity here.")
        arguments["password"] = password
    return create_async_engine(
        url.set(drivername="postgresql+asyncpg", query=query),
        connect_args=arguments,
        pool_size=10,
        max_overflow=10,
        pool_timeout=WAIT_SECONDS,
        pool_recycle=1800,
        pool_use_lifo=True,
        **_COMMON,
    )


def _is_local(host: str) -> bool:
    """Give whether a server is on this machine: by a socket's folder, by name, or by address."""
    if not host or host.startswith("/") or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


_COMMON: dict[str, Any] = {
    "json_serializer": dump_json,
    "json_deserializer": orjson.loads,
    # An error that quotes what someone answered may end up in a log.
    "hide_parameters": True,
}
