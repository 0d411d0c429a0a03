"""Keys: fetched once for all, kept while the key server is away, new ones found."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
from aiohttp import web

from bot.keys import FRESH, LARGEST_DOCUMENT, PAUSE, USABLE, KeyRing, KeysUnavailable
from tests.bot.servers import Clock, KeyServer, jwk, serving


@dataclass
class World:
    """A key server, a clock, and the ring that is tested."""

    server: KeyServer
    clock: Clock
    ring: KeyRing


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """A running key server and a ring that has not fetched anything."""
    server, clock = KeyServer(), Clock()
    async with serving(server.routes()) as address, aiohttp.ClientSession() as session:
        ring = KeyRing(f"{address}/metadata", lambda: session, clock=clock)
        yield World(server, clock, ring)
        server.open.set()
        await ring.close()


async def test_everybody_who_needs_keys_shares_one_fetch(world: World) -> None:
    found = await asyncio.gather(*(world.ring.find("key-1") for _ in range(20)))
    assert all(key is not None and "msteams" in key.endorsements for key in found)
    assert world.server.fetches == 1


async def test_who_gives_up_waiting_does_not_stop_the_fetch_for_others(world: World) -> None:
    world.server.open.clear()
    impatient = asyncio.create_task(world.ring.find("key-1"))
    patient = asyncio.create_task(world.ring.find("key-1"))
    await world.server.asked.wait()
    impatient.cancel()
    world.server.open.set()
    assert await patient is not None
    assert world.server.fetches == 1


async def test_without_keys_nothing_can_be_judged_until_the_server_is_back(world: World) -> None:
    world.server.status = 503
    with pytest.raises(KeysUnavailable):
        await world.ring.find("key-1")
    assert not world.ring.usable
    world.server.status = 200
    with pytest.raises(KeysUnavailable):
        await world.ring.find("key-1")  # Within the same second it is not asked again.
    world.clock.go_on(2)
    assert await world.ring.find("key-1") is not None
    assert world.server.fetches == 2


async def test_a_new_key_is_found_at_once(world: World) -> None:
    await world.ring.ensure()
    world.server.listed = [1, 2]
    assert await world.ring.find("key-2") is not None
    assert world.ring.generation == 2


async def test_unknown_keys_cost_one_fetch_a_minute(world: World) -> None:
    await world.ring.ensure()
    for number in range(10):
        assert await world.ring.find(f"made-up-{number}") is None
    assert world.server.fetches == 2
    world.clock.go_on(PAUSE + 1)
    assert await world.ring.find("made-up") is None
    assert world.server.fetches == 3


async def test_a_fetch_for_an_unknown_key_does_not_hold_up_known_ones(world: World) -> None:
    await world.ring.ensure()
    world.server.open.clear()
    world.server.asked.clear()
    unknown = asyncio.create_task(world.ring.find("made-up"))
    await world.server.asked.wait()
    assert await world.ring.find("key-1") is not None
    assert not unknown.done()
    world.server.open.set()
    assert await unknown is None


async def test_an_unknown_key_is_unknown_when_the_server_is_away(world: World) -> None:
    await world.ring.ensure()
    world.server.status = 500
    assert await world.ring.find("key-2") is None


async def test_old_keys_serve_while_new_ones_are_fetched_behind(world: World) -> None:
    await world.ring.ensure()
    world.clock.go_on(FRESH + 1)
    world.server.listed = [2]
    world.server.open.clear()
    world.server.asked.clear()
    assert await world.ring.find("key-1") is not None
    await world.server.asked.wait()
    world.server.open.set()
    assert await world.ring.find("key-2") is not None
    assert await world.ring.find("key-1") is None


async def test_keys_serve_for_days_while_the_server_is_away_then_no_longer(world: World) -> None:
    await world.ring.ensure()
    world.server.status = 503
    world.clock.go_on(USABLE - 1)
    assert await world.ring.find("key-1") is not None
    await world.server.asked.wait()
    world.clock.go_on(2)
    assert not world.ring.usable
    with pytest.raises(KeysUnavailable):
        await world.ring.find("key-1")


async def test_the_same_keys_again_change_nothing(world: World) -> None:
    await world.ring.ensure()
    assert await world.ring.find("made-up") is None
    assert world.server.fetches == 2
    assert world.ring.generation == 1


async def test_a_key_that_cannot_be_read_does_not_cost_the_others(world: World) -> None:
    world.server.extra = [
        "text",
        {"kty": "EC", "kid": "curve"},
        {"kty": "RSA", "kid": "broken", "n": "!", "e": "!", "endorsements": ["msteams"]},
        {"kty": "RSA", "kid": "empty", "endorsements": ["msteams"]},
        jwk(2, endorsements="msteams"),
        jwk(3),
    ]
    assert await world.ring.find("key-1") is not None
    assert await world.ring.find("broken") is None
    assert await world.ring.find("key-2") is None
    assert await world.ring.find("key-3") is None


async def test_an_empty_list_of_keys_is_a_failure(world: World) -> None:
    world.server.listed = []
    with pytest.raises(KeysUnavailable):
        await world.ring.ensure()


async def test_a_key_server_that_does_not_answer_is_given_up_on() -> None:
    server = KeyServer()
    server.open.clear()
    async with serving(server.routes()) as address, aiohttp.ClientSession() as session:
        ring = KeyRing(f"{address}/metadata", lambda: session, time_limit=0.01)
        with pytest.raises(KeysUnavailable):
            await ring.ensure()
        server.open.set()


async def test_a_document_that_is_too_large_is_not_read_to_its_end(world: World) -> None:
    world.server.extra = ["x" * LARGEST_DOCUMENT]
    with pytest.raises(KeysUnavailable):
        await world.ring.ensure()


@pytest.mark.parametrize(
    "lie",
    [
        web.Response(text="<html>Sign in to this network</html>", content_type="text/html"),
        web.Response(text="[]"),
        web.Response(text="{}"),
        web.Response(text="[" * 100_000),
        web.Response(text='{"jwks_uri": 7}'),
        web.Response(text='{"jwks_uri": "file:///etc/passwd"}'),
        web.Response(text='{"jwks_uri": "//evil.example/keys"}'),
        web.Response(status=204),
        web.Response(body=b"not gzip", headers={"Content-Encoding": "gzip"}),
    ],
    ids=lambda lie: str(lie.body)[:30],
)
async def test_a_document_that_is_none_is_a_failure(lie: web.Response) -> None:
    async def lies(_: web.Request) -> web.Response:
        return lie

    routes = [web.get("/metadata", lies)]
    async with serving(routes) as address, aiohttp.ClientSession() as session:
        with pytest.raises(KeysUnavailable):
            await KeyRing(f"{address}/metadata", lambda: session).ensure()


@pytest.mark.parametrize("document", ["metadata", "keys"])
async def test_nobody_else_is_believed_whoever_the_server_sends_us_to(document: str) -> None:
    other = KeyServer(listed=[2])
    async with serving(other.routes()) as elsewhere:

        async def redirect(request: web.Request) -> web.Response:
            raise web.HTTPFound(f"{elsewhere}{request.path}")

        own = [route for route in KeyServer().routes() if route.path != f"/{document}"]
        routes = [*own, web.get(f"/{document}", redirect)]
        async with serving(routes) as address, aiohttp.ClientSession() as session:
            with pytest.raises(KeysUnavailable):
                await KeyRing(f"{address}/metadata", lambda: session).ensure()
    assert other.fetches == 0


async def test_who_lies_later_does_not_cost_the_keys_that_are_there(world: World) -> None:
    await world.ring.ensure()
    world.server.extra = ["x" * LARGEST_DOCUMENT]
    assert await world.ring.find("made-up") is None
    assert await world.ring.find("key-1") is not None


async def test_an_address_that_leads_nowhere_is_a_failure() -> None:
    async with aiohttp.ClientSession() as session:
        for address in ("http://127.0.0.1:1/metadata", "nonsense"):
            with pytest.raises(KeysUnavailable):
                await KeyRing(address, lambda: session).ensure()
