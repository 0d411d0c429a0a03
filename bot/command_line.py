"""The commands of `python app.py`: serve, migrate the database, recount the tallies."""

import asyncio
import gc
import logging
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from actions.errors import MusterError
from bot.app import create_app
from bot.config import Config, ConfigError
from bot.database_login import database_login
from bot.now import RandomIds, SystemClock
from storage.engine import open_engine
from storage.migrate import migrate
from storage.store import SqlStore

USAGE = "python app.py [migrate | recount]"

PATIENCE = 10.0
"""Seconds that a shutdown gives running requests."""


def main(arguments: Sequence[str]) -> int:
    """Run a command; gives the exit code."""
    _log_to_standard_error()
    try:
        return _run(Config(), list(arguments))
    except (ConfigError, ValueError) as wrong:
        sys.stderr.write(f"Muster cannot start: {wrong}\n")
        return 2
    except OSError as failure:
        what = failure.strerror or failure
        sys.stderr.write(f"Muster cannot start: {what} ({failure.filename or 'network'}).\n")
        return 2
    except MusterError as failure:
        sys.stderr.write(f"The database does not answer ({failure.__cause__ or failure.code}).\n")
        return 1


def _run(config: Config, arguments: list[str]) -> int:
    match arguments:
        case []:
            return _serve(config)
        case ["migrate"]:
            asyncio.run(_migrate(config))
            return 0
        case ["recount"]:
            return asyncio.run(_recount(config))
        case _:
            sys.stderr.write(f"{USAGE}\n")
            return 2


def _serve(config: Config) -> int:
    """Bring the database up to date, and serve until told to stop."""
    asyncio.run(_migrate(config))
    settle()
    web.run_app(
        create_app(config),
        host=config.host,
        port=config.port,
        access_log=None,
        print=None,
        shutdown_timeout=PATIENCE,
    )
    return 0


def settle() -> None:
    """Keep the garbage collector from walking through the SDK's thousands of objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


async def _migrate(config: Config) -> None:
    async with database_login(config) as password:
        await migrate(config.database_url, password)


@asynccontextmanager
async def _opened(config: Config) -> AsyncIterator[SqlStore]:
    """Give the tables to a command."""
    async with database_login(config) as password:
        engine = open_engine(config.database_url, password)
        store = SqlStore(engine, config.secret_key(), RandomIds(), SystemClock())
        try:
            yield store
        finally:
            await store.close()


async def _recount(config: Config) -> int:
    """Compare every action's tallies with a recount of its responses."""
    wrong = 0
    async with _opened(config) as store:
        for action_id in await store.action_ids():
            counted, kept = await store.recount(action_id), await store.tallies(action_id)
            if counted != kept:
                wrong += 1
                sys.stdout.write(f"{action_id}: kept {kept}, counted {counted}\n")
    sys.stdout.write("Every tally is right.\n" if not wrong else f"{wrong} are wrong.\n")
    return 1 if wrong else 0


def _log_to_standard_error() -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
