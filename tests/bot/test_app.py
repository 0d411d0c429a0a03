"""The whole service: when it says that it is ready, and that it leaves nothing behind."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from actions.certificates import Certificate, code_of
from actions.people import Person
from actions.places import Conversation, Scope
from bot.app import MESSAGES, create_app
from bot.config import Config, ConfigError
from bot.now import RandomIds, SystemClock
from storage.engine import open_engine
from storage.migrate import migrate
from storage.store import SqlStore
from tests.bot.fake_teams import FakeTeams, FakeTokens
from tests.bot.servers import APP_ID, Json, KeyServer, serving
from tests.fakes import NOON, a_posting, an_action

SECRET = "a secret key that only these tests have"
CHAT = "19:chat@thread.v2"
JSON = {"Content-Type": "application/json"}


class Tokens(FakeTokens):
    """Tokens that can be let go of."""

    def __init__(self) -> None:
        """Give tokens."""
        super().__init__()
        self.closed = 0

    async def close(self) -> None:
        """Be let go of."""
        self.closed += 1


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Give the address of a database that is not there yet."""
    return f"sqlite:///{tmp_path / 'muster.db'}"


def settings(database: str, **more: str) -> Config:
    return Config(**{"DATABASE_URL": database, "MUSTER_SECRET_KEY": SECRET, **more})


@asynccontextmanager
async def running(config: Config, tokens: Tokens | None = None) -> AsyncIterator[str]:
    """Run the service on a free port; gives its address."""
    runner = web.AppRunner(create_app(config, tokens or Tokens()), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def get(address: str) -> tuple[int, Json]:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.json()


async def ready(address: str, patience: float = 10) -> Json:
    """Ask until it is ready; the deliverer's first round takes a moment."""
    async with asyncio.timeout(patience):
        while True:
            status, body = await get(f"{address}/readyz")
            if status == 200:
                return body


def others() -> set[asyncio.Task[Any]]:
    """Give the tasks besides the test's own."""
    return asyncio.all_tasks() - {asyncio.current_task()}


async def test_it_lives_and_becomes_ready_on_a_migrated_database(database: str) -> None:
    await migrate(database)
    async with running(settings(database)) as address:
        assert await get(f"{address}/healthz") == (200, {"status": "alive"})
        body = await ready(address)
        assert body["checks"] == {"database": True, "deliverer": True, "keys": True}
        assert body["queue"] == {
            "postings": 0,
            "notices": 0,
            "under_way": 0,
            "dead": 0,
            "oldest": 0.0,
        }


async def test_it_lives_but_is_not_ready_on_a_database_that_was_not_migrated(
    database: str,
) -> None:
    async with running(settings(database)) as address:
        assert (await get(f"{address}/healthz"))[0] == 200
        status, body = await get(f"{address}/readyz")
        assert (status, body["checks"]["database"]) == (503, False)
        await migrate(database)
        await ready(address)


async def test_metrics_are_told_where_the_operator_wants_them(database: str) -> None:
    await migrate(database)
    async with running(settings(database, MUSTER_METRICS="true")) as address:
        await ready(address)
        async with aiohttp.ClientSession() as session, session.get(f"{address}/metrics") as answer:
            text = await answer.text()
            assert answer.content_type == "text/plain"
    assert "muster_processes 1.0" in text
    assert "muster_postings_due 0.0" in text


async def test_metrics_are_nowhere_by_default(database: str) -> None:
    await migrate(database)
    async with (
        running(settings(database)) as address,
        aiohttp.ClientSession() as session,
        session.get(f"{address}/metrics") as answer,
    ):
        assert answer.status == 404


def with_identity(key_server: str) -> dict[str, str]:
    return {
        "MicrosoftAppId": APP_ID,
        "MicrosoftAppTenantId": "tenant",
        "MicrosoftAppPassword": "password",
        "MUSTER_OPENID_METADATA_URL": f"{key_server}/metadata",
    }


async def test_with_the_key_servers_keys_it_is_ready(database: str) -> None:
    await migrate(database)
    keys = KeyServer()
    async with (
        serving(keys.routes()) as key_server,
        running(settings(database, **with_identity(key_server))) as address,
    ):
        assert (await ready(address))["checks"]["keys"]
    assert keys.fetches == 1


async def test_without_the_key_server_it_lives_but_is_not_ready(database: str) -> None:
    await migrate(database)
    keys = KeyServer(status=503)
    async with (
        serving(keys.routes()) as key_server,
        running(settings(database, **with_identity(key_server))) as address,
    ):
        status, body = await get(f"{address}/readyz")
        assert (status, body["checks"]["keys"]) == (503, False)
        assert (await get(f"{address}/healthz"))[0] == 200


async def test_it_becomes_ready_by_itself_when_the_key_server_comes_back(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is not ready is sent no messages, so no message can be what fetches the keys."""
    monkeypatch.setattr("bot.keys.FIRST_PAUSE", 0.0)
    await migrate(database)
    keys = KeyServer(status=503)
    async with (
        serving(keys.routes()) as key_server,
        running(settings(database, **with_identity(key_server))) as address,
    ):
        assert (await get(f"{address}/readyz"))[0] == 503
        keys.status = 200
        await ready(address, patience=3)


async def test_shutting_down_leaves_no_task_and_nothing_open(database: str) -> None:
    await migrate(database)
    before, tokens = others(), Tokens()
    async with running(settings(database), tokens) as address:
        await ready(address)
        assert others() > before
    assert others() == before
    assert tokens.closed == 1
    gc.collect()


async def test_a_start_that_fails_leaves_no_task_and_nothing_open(
    database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret.key").write_text("short")
    before, tokens = others(), Tokens()
    runner = web.AppRunner(create_app(Config(DATABASE_URL=database), tokens))
    with pytest.raises(ConfigError):
        await runner.setup()
    await runner.cleanup()
    assert others() == before
    assert tokens.closed == 1
    gc.collect()


async def test_what_is_under_way_at_a_shutdown_is_finished(database: str) -> None:
    await migrate(database)
    teams = FakeTeams()
    teams.open.clear()
    route = web.route("*", "/{path:.*}", teams.handle)
    async with serving([route]) as address:
        await due(database, f"{address}/teams/")
        async with running(settings(database)):
            await teams.asked.wait()
            asyncio.get_running_loop().call_soon(teams.open.set)
    assert len(teams.calls) == 1
    assert await shown(database)


async def due(database: str, service_url: str) -> None:
    """Store a card that is due, its roster being taken."""
    store = SqlStore(open_engine(database), SECRET.encode(), RandomIds(), SystemClock())
    await store.remember_conversation(Conversation(CHAT, "tenant", Scope.GROUP, service_url))
    action = an_action(closes_at=None)
    await store.post(action, a_posting(action, conversation_id=CHAT))
    await store.set_audience(action.id, [Person("tenant/ben", "Ben")])
    await store.close()


async def shown(database: str) -> bool:
    """Give whether the card was shown, and nobody has a lease of it."""
    store = SqlStore(open_engine(database), SECRET.encode(), RandomIds(), SystemClock())
    try:
        return await store.next_due() is None
    finally:
        await store.close()


async def test_a_message_that_is_no_message_is_refused_with_a_few_words(database: str) -> None:
    await migrate(database)
    async with running(settings(database)) as address, aiohttp.ClientSession() as session:
        async with session.post(address + MESSAGES, data=b"{", headers=JSON) as answer:
            assert answer.status == 400
        async with session.get(address + MESSAGES) as answer:
            assert answer.status == 405
        async with session.get(f"{address}/elsewhere") as answer:
            assert answer.status == 404


async def test_certificates_are_confirmed_and_their_files_given(database: str) -> None:
    await migrate(database)
    certificate = Certificate(code_of(1), "action", "t/ada", 1, "Ada", "Fire safety", None, NOON)
    store = SqlStore(open_engine(database), SECRET.encode(), RandomIds(), SystemClock())
    action = an_action()
    assert await store.post(action, a_posting(action))
    await store.keep_certificate(certificate)
    await store.close()
    async with (
        running(settings(database)) as address,
        aiohttp.ClientSession(f"{address}/certificates/") as browser,
    ):
        for path, status, kind in (
            (certificate.code, 200, "text/html"),
            (f"{certificate.code}.pdf", 200, "application/pdf"),
            (code_of(2), 404, "text/html"),
        ):
            async with browser.get(path) as answer:
                assert (answer.status, answer.content_type) == (status, kind)
