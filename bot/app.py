"""The wiring: the one place where storage, SDK and domain meet."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory

import aiohttp
from aiohttp import web

from actions.errors import MusterError
from actions.ports import Clock, Ids, Ports
from actions.timed_store import Queue
from bot import timer
from bot.adapter import EdgeAdapter
from bot.background import Background
from bot.certificates import CERTIFICATES, Certificates
from bot.config import Config
from bot.connector import Connector
from bot.core import Desk
from bot.credentials import TokenSource, credentials_for
from bot.database_login import database_login
from bot.deliverer import Deliverer
from bot.downloads import DOWNLOADS, Downloads
from bot.exports import Exports
from bot.file_consent import FileConsents
from bot.handler import TurnHandler
from bot.health import Check, add_health
from bot.keys import KeyRing, KeysUnavailable
from bot.limits import Lanes
from bot.links import LINKS, Links
from bot.messenger import Messenger
from bot.metrics import Metrics, add_metrics, counted
from bot.notifier import Notifier
from bot.now import RandomIds, SystemClock
from bot.presence import Presence
from bot.received_files import ReceivedFiles
from bot.reception import Reception
from bot.rounds import Alarm
from bot.shares import Shares
from bot.summaries import Summaries
from bot.throttle import Throttle
from bot.tickets import Tickets
from bot.tokens import TokenValidator
from bot.uploads import Uploads
from storage.engine import open_engine
from storage.keyring import WrongSecret
from storage.migrate import head_reached
from storage.store import SqlStore

STALE = timedelta(seconds=90)
"""A deliverer without a round for so long is stuck."""

MESSAGES = "/api/messages"


def create_app(
    config: Config,
    tokens: TokenSource | None = None,
    clock: Clock | None = None,
    throttle: Throttle | None = None,
) -> web.Application:
    """Give the whole service. `tokens`, `clock`, `throttle` replace the real ones, for tests."""
    judge = throttle or Throttle(time.monotonic)
    app = web.Application()

    async def serve(app: web.Application) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            app[SERVICE] = await _open(config, tokens, clock or SystemClock(), judge, stack)
            yield

    async def answer(request: web.Request) -> web.Response:
        service = request.app[SERVICE]
        return await service.adapter.process(request, service.handler)

    async def queue() -> Queue | None:
        return await app[SERVICE].queue()

    async def numbers() -> bytes:
        return app[SERVICE].metrics(await queue())

    app.cleanup_ctx.append(serve)

    app.router.add_route("*", MESSAGES, answer)
    _add_pages(app)
    add_health(app, lambda: app[SERVICE].checks, queue)
    if config.metrics:
        add_metrics(app, numbers)
    return app


def _add_pages(app: web.Application) -> None:
    """A HEAD would make a whole file for nothing, so there is none for files."""

    async def download(request: web.Request) -> web.StreamResponse:
        return await request.app[SERVICE].pages.downloads.answer(request)

    async def certificate(request: web.Request) -> web.Response:
        return await request.app[SERVICE].pages.certificates.page(request)

    async def file(request: web.Request) -> web.Response:
        return await request.app[SERVICE].pages.certificates.file(request)

    async def link(request: web.Request) -> web.Response:
        return await request.app[SERVICE].pages.links.answer(request)

    app.router.add_get(f"{DOWNLOADS}{{ticket}}", download, allow_head=False)
    app.router.add_get(f"{CERTIFICATES}{{code}}.pdf", file, allow_head=False)
    app.router.add_get(f"{CERTIFICATES}{{code}}", certificate)
    app.router.add_get(f"{LINKS}{{token}}", link)


@dataclass(frozen=True, slots=True)
class Pages:
    """What answers browsers."""

    downloads: Downloads
    certificates: Certificates
    links: Links


@dataclass(frozen=True, slots=True)
class Service:
    """What answers requests, for as long as the process lives."""

    adapter: EdgeAdapter
    handler: TurnHandler
    pages: Pages
    checks: Mapping[str, Check]
    queue: Callable[[], Awaitable[Queue | None]]
    metrics: Callable[[Queue | None], bytes]


SERVICE = web.AppKey("service", Service)


async def _open(
    config: Config,
    tokens: TokenSource | None,
    clock: Clock,
    throttle: Throttle,
    stack: AsyncExitStack,
) -> Service:
    """Open everything; `stack` closes it in the opposite order."""
    session = await stack.enter_async_context(
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
    )
    source = tokens or credentials_for(config)
    stack.push_async_callback(source.close)
    metrics, shares = Metrics(), Shares(alone=False)
    connector = Connector(session, source, config.service_hosts, called=metrics.called)
    lanes = Lanes(time.monotonic, shares=shares)
    # Whoever wrote or pressed waits for the answer; what the tables say is due comes again anyway.
    messenger = Messenger(connector, lanes, config.app_id)
    patient = Messenger(connector.with_retries(), lanes, config.app_id)
    keys = await _keys(config, session, stack)

    alarm, ids = Alarm(), RandomIds()
    store, is_usable = await _database(config, stack, ids, clock, alarm.ring, metrics.responded)
    # Teams counts by the machine's time, whatever clock actions close by.
    presence = Presence(ids.new(), store, lanes, shares, SystemClock())
    _start(stack, presence.run())
    ports, summaries = Ports(store, clock, ids, messenger), Summaries()
    reception, pages = _receiving(config, ports, patient, summaries, session, stack)
    deliverer = Deliverer(ports, messenger, summaries, SystemRandom(), alarm.bell(), metrics)
    notifier = Notifier(ports, messenger, SystemRandom(), alarm.bell(), metrics)
    _start(stack, timer.run(ports, config.kept))
    _start(stack, presence.then(deliverer.run), presence.then(notifier.run))
    validator = TokenValidator(config.app_id, config.token_issuer, keys) if keys else None
    return Service(
        EdgeAdapter(validator, config.allowed_tenants),
        TurnHandler(Desk(reception), throttle),
        pages,
        _checks(is_usable, keys, deliverer, clock),
        lambda: counted(lambda: store.queue(clock.now())),
        lambda queue: metrics.text(queue, presence.processes),
    )


async def _database(
    config: Config,
    stack: AsyncExitStack,
    ids: Ids,
    clock: Clock,
    on_change: Callable[[], None],
    on_response: Callable[[str], None],
) -> tuple[SqlStore, Check]:
    """Open the database; gives it, and what says whether it can be used."""
    password = await stack.enter_async_context(database_login(config))
    engine = open_engine(config.database_url, password)
    store = SqlStore(engine, config.secret_key(), ids, clock, on_change, on_response)
    stack.push_async_callback(store.close)
    with suppress(MusterError):  # Not reached, or not migrated yet: `/readyz` asks again.
        await store.begin_keyring()
    return store, partial(_is_usable, partial(head_reached, engine), store)


def _receiving(
    config: Config,
    ports: Ports,
    patient: Messenger,
    summaries: Summaries,
    session: aiohttp.ClientSession,
    stack: AsyncExitStack,
) -> tuple[Reception, Pages]:
    """Open what presses go through, and the two ways in which files get to people."""
    background = Background()
    # Files are made in the background, so their folder goes after it.
    folder = stack.enter_context(TemporaryDirectory(prefix="muster-exports-"))
    stack.push_async_callback(background.close)
    exports, tickets = Exports(ports, Path(folder)), Tickets(config.secret_key())
    pages = Pages(
        Downloads(ports, exports, tickets, config.public_url),
        Certificates(ports, config.public_url),
        Links(ports, config.secret_key(), config.public_url),
    )
    uploads = Uploads(session, config.upload_hosts)
    consents = FileConsents(ports, exports, tickets, patient, uploads, background)
    reception = Reception(
        ports,
        patient,
        summaries,
        background,
        consents,
        ReceivedFiles(session, config.upload_hosts),
        pages.downloads.link,
        pages.certificates.link,
        pages.links.address,
        client_previews=bool(config.app_id),
    )
    return reception, pages


async def _keys(
    config: Config, session: aiohttp.ClientSession, stack: AsyncExitStack
) -> KeyRing | None:
    """Without an app id there is nobody whose tokens could be checked."""
    if not config.app_id:
        return None
    keys = KeyRing(config.openid_metadata_url, lambda: session)
    stack.push_async_callback(keys.close)
    with suppress(KeysUnavailable):
        await keys.ensure()
    return keys


async def _is_usable(at_head: Check, store: SqlStore) -> bool:
    """Give whether the schema is right, and begun with this secret. Raises NotSaved."""
    if not await at_head():
        return False
    try:
        await store.begin_keyring()
    except WrongSecret:
        return False
    return True


def _checks(
    at_head: Check, keys: KeyRing | None, deliverer: Deliverer, clock: Clock
) -> Mapping[str, Check]:
    async def database() -> bool:
        with suppress(MusterError):
            return await at_head()
        return False

    async def delivering() -> bool:
        last = deliverer.last_round
        return last is not None and clock.now() - last < STALE

    async def signed() -> bool:
        if keys is None:
            return True
        # Who is not ready is sent no requests, so none of them could fetch the keys.
        with suppress(KeysUnavailable):
            await keys.ensure()
        return keys.usable

    return {"database": database, "deliverer": delivering, "keys": signed}


def _start(stack: AsyncExitStack, *works: Coroutine[None, None, None]) -> None:
    """Begin what goes on until `stack` closes."""
    for work in works:
        stack.push_async_callback(_stop, asyncio.create_task(work))


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
