"""The commands of `python app.py`: serve, and what whoever runs it has to do now and then."""

import asyncio
import gc
import io
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from typing import TextIO

from aiohttp import web

from actions.audit import OPERATOR, Act
from actions.errors import MusterError
from actions.managing import close_at_once
from bot.app import create_app
from bot.config import Config, ConfigError
from bot.database_login import database_login
from bot.logs import log_to
from bot.now import RandomIds, SystemClock
from bot.operator_files import (
    NOBODY,
    Options,
    WrongOption,
    read_options,
    write_acts,
    write_erased,
    write_person,
)
from storage.engine import open_engine
from storage.keyring import WrongSecret
from storage.migrate import migrate
from storage.store import SqlStore

USAGE = (
    "python app.py [migrate | recount | audit [--since DAY] [--json] | "
    "person export WHO [--tenant ID] | person erase WHO [--tenant ID] | accept-new-key [--yes]]"
)

WARNING = (
    "This key is not the one that the database was begun with. If it is accepted, these are "
    "removed for good, as nobody can read them without the old key: who took part in anonymous "
    "actions, what was being filled in, and reminders of anonymous actions. The {open} anonymous "
    "actions that are open are closed. Answers and results stay. Stop all processes, make a copy "
    "of the database, and run `python app.py accept-new-key --yes`."
)
ACCEPTED = (
    "The key is accepted. Closed: {closed} anonymous actions. Removed: {lost.participations} "
    "notes of who took part, {lost.progress} forms that were being filled in, {lost.notices} "
    "reminders."
)

PATIENCE = 10.0
"""Seconds that a shutdown gives running requests."""


def main(arguments: Sequence[str]) -> int:
    """Run a command; gives the exit code."""
    log_to(sys.stderr)
    try:
        return _run(Config(), list(arguments))
    except WrongOption as wrong:
        sys.stderr.write(f"{wrong}\n{USAGE}\n")
        return 2
    except (ConfigError, ValueError) as wrong:
        sys.stderr.write(f"Muster cannot start: {wrong}\n")
        return 2
    except OSError as failure:
        what = failure.strerror or failure
        sys.stderr.write(f"Muster cannot start: {what} ({failure.filename or 'network'}).\n")
        return 2
    except MusterError as failure:
        sys.stderr.write(f"The database does not answer ({_reason(failure)}).\n")
        return 1


def _run(config: Config, arguments: list[str]) -> int:
    match arguments:
        case []:
            return _serve(config)
        case ["migrate"]:
            doing = _migrate(config)
        case ["recount"]:
            doing = _recount(config)
        case ["accept-new-key"] | ["accept-new-key", "--yes"]:
            doing = _accept_key(config, is_sure=len(arguments) > 1)
        case ["audit", *words]:
            options = read_options(words, frozenset({"--since", "--json"}))
            doing = _audit(config, options)
        case ["person", ("export" | "erase") as what, who, *words]:
            options = read_options(words, frozenset({"--tenant"}))
            doing = (_export if what == "export" else _erase)(config, who, options)
        case _:
            sys.stderr.write(f"{USAGE}\n")
            return 2
    return asyncio.run(doing)


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
    """Keep the garbage collector from walking through the SDK's thousands of objects.

    It stops the event loop for about 2 ms per thousand new objects of which most are garbage, so
    they are to be few at a time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 20, 20)


async def _migrate(config: Config) -> int:
    async with database_login(config) as password:
        await migrate(config.database_url, password)
    return 0


@asynccontextmanager
async def _opened(config: Config, *, any_key: bool = False) -> AsyncIterator[SqlStore]:
    """Give the tables to a command; with a wrong key only to the one that is for that."""
    async with database_login(config) as password:
        engine = open_engine(config.database_url, password)
        store = SqlStore(engine, config.secret_key(), RandomIds(), SystemClock())
        try:
            if not any_key:
                await store.check_secret()
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


async def _accept_key(config: Config, *, is_sure: bool) -> int:
    """Go on with another secret key, without what only the lost one could read."""
    async with _opened(config, any_key=True) as store:
        with suppress(WrongSecret):
            await store.check_secret()
            sys.stdout.write("This is the key that the database was begun with.\n")
            return 0
        unfit = await store.open_anonymous()
        if not is_sure:
            sys.stderr.write(f"{WARNING.format(open=len(unfit))}\n")
            return 2
        # Before they close: that would look into what cannot be read.
        lost = await store.forget_sealed()
        await close_at_once(store, unfit, SystemClock().now())
        await store.accept_secret()
    sys.stdout.write(f"{ACCEPTED.format(closed=len(unfit), lost=lost)}\n")
    return 0


async def _audit(config: Config, options: Options) -> int:
    """Write who managed what."""
    async with _opened(config) as store, aclosing(store.audited(options.since)) as pages:
        await write_acts(pages, _output(), as_json=options.as_json)
    return 0


async def _export(config: Config, who: str, options: Options) -> int:
    """Write all that is stored about someone, and that this was done."""
    async with _opened(config) as store:
        told = await store.told_of(who, options.tenant)
        if told is None:
            return _nobody(who)
        now = SystemClock().now()
        await store.note_act(Act(now, options.tenant, OPERATOR, "person_exported", who))
        write_person(told, _output())
    return 0


async def _erase(config: Config, who: str, options: Options) -> int:
    """Erase someone, and write what that came to."""
    async with _opened(config) as store:
        counts = await store.erase(who, options.tenant)
    if counts is None:
        return _nobody(who)
    write_erased(counts, sys.stdout)
    return 0


def _nobody(who: str) -> int:
    sys.stderr.write(f"{NOBODY.format(who=who)}\n")
    return 1


def _output() -> TextIO:
    """Give standard output as it takes every name on every system, its lines as they are."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="")
    return sys.stdout


def _reason(failure: MusterError) -> str:
    """Give the database's own first line: those after it may quote what was to be stored."""
    return str(failure.__cause__ or failure.code).partition("\n")[0]
