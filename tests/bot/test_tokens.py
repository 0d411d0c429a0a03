"""Tokens: which are good, for how long, and what is remembered of them."""

import base64
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import jwt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.keys import KeyRing, KeysUnavailable
from bot.tokens import LEEWAY, REMEMBERED, TokenValidator, Unauthorized
from tests.bot.servers import (
    APP_ID,
    ISSUER,
    SERVICE_URL,
    Clock,
    Json,
    KeyServer,
    claims_at,
    private_key,
    serving,
    signed,
)


@dataclass
class World:
    """A key server, a clock, and the validator that is tested."""

    server: KeyServer
    clock: Clock
    validator: TokenValidator

    def claims(self, **changes: object) -> Json:
        """Give claims that are good now."""
        return claims_at(self.clock(), **changes)

    def header(self, **changes: object) -> str:
        """Give a header that is good now."""
        return f"Bearer {signed(self.claims(**changes))}"


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """A validator with one clock for everything."""
    server, clock = KeyServer(), Clock()
    async with serving(server.routes()) as address, aiohttp.ClientSession() as session:
        ring = KeyRing(f"{address}/metadata", lambda: session, clock=clock)
        yield World(server, clock, TokenValidator(APP_ID, ISSUER, ring, now=clock))
        await ring.close()


async def test_a_good_token_speaks_for_its_service_url_and_channels(world: World) -> None:
    verified = await world.validator.verify(world.header())
    assert verified.covers("msteams", SERVICE_URL)
    assert verified.covers("msteams", SERVICE_URL.rstrip("/"))
    assert not verified.covers("webchat", SERVICE_URL)
    assert not verified.covers("msteams", "https://evil.example/")
    assert not verified.covers("msteams", "")
    assert not verified.covers("", SERVICE_URL)


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another-app"},
        {"aud": None},
        {"exp": None},
        {"exp": "soon"},
        {"exp": True},
        {"nbf": "now"},
        {"nbf": [1]},
        {"serviceurl": None},
        {"serviceurl": ""},
        {"serviceurl": ["x"]},
    ],
)
async def test_a_token_with_a_wrong_claim_is_refused(world: World, changes: Json) -> None:
    with pytest.raises(Unauthorized):
        await world.validator.verify(world.header(**changes))


async def test_a_token_is_good_from_its_beginning_to_its_end_give_or_take(world: World) -> None:
    header = world.header()
    world.clock.go_on(-LEEWAY)
    await world.validator.verify(header)
    world.clock.go_on(-1)
    with pytest.raises(Unauthorized):
        await world.validator.verify(world.header(nbf=int(world.clock()) + LEEWAY + 1))
    world.clock.go_on(LEEWAY + 1 + 3600 + LEEWAY - 1)
    await world.validator.verify(header)
    world.clock.go_on(1)
    with pytest.raises(Unauthorized):
        await world.validator.verify(header)


async def test_only_the_listed_keys_and_their_algorithm_are_taken(world: World) -> None:
    claims = world.claims()
    secret = "a" * 64
    bad = [
        signed(claims, 2),
        signed(claims, 2, kid="key-1"),
        signed(claims, kid=None),
        jwt.encode(claims, private_key(1), algorithm="RS384", headers={"kid": "key-1"}),
        jwt.encode(claims, secret, algorithm="HS256", headers={"kid": "key-1"}),
        jwt.encode(claims, "", algorithm="none", headers={"kid": "key-1"}),
        signed(claims)[:-4] + "AAAA",
        signed(claims)[:-1],
    ]
    for token in bad:
        with pytest.raises(Unauthorized):
            await world.validator.verify(f"Bearer {token}")


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic x", "Bearer a.b.c", "Bearer é"]
)
async def test_a_header_without_a_token_is_refused(world: World, header: str) -> None:
    with pytest.raises(Unauthorized):
        await world.validator.verify(header)


async def test_a_token_that_is_too_long_or_too_deep_is_refused(world: World) -> None:
    deep = b'{"a":' + b"[" * 5000
    nested = base64.urlsafe_b64encode(deep).rstrip(b"=").decode()
    for token in ("a" * 10_000, f"{nested}.e30.e30"):
        with pytest.raises(Unauthorized):
            await world.validator.verify(f"Bearer {token}")


@pytest.mark.parametrize("named", [1, None, ["key-1"], {"a": 1}, True])
async def test_a_key_named_by_anything_but_text_is_refused(world: World, named: object) -> None:
    head = base64.urlsafe_b64encode(json.dumps({"alg": "RS256", "kid": named}).encode())
    with pytest.raises(Unauthorized):
        await world.validator.verify(f"Bearer {head.rstrip(b'=').decode()}.e30.e30")


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
async def test_whatever_is_sent_is_only_ever_refused(world: World, text: str) -> None:
    with pytest.raises(Unauthorized):
        await world.validator.verify(f"Bearer {text}")


async def test_a_token_is_verified_once(world: World) -> None:
    header = world.header()
    assert await world.validator.verify(header) is await world.validator.verify(header)


async def test_a_remembered_token_is_forgotten_when_its_key_is_withdrawn(world: World) -> None:
    header = world.header()
    await world.validator.verify(header)
    world.server.listed = [2]
    await world.validator.verify(f"Bearer {signed(world.claims(), 2)}")
    with pytest.raises(Unauthorized):
        await world.validator.verify(header)


async def test_only_so_many_tokens_are_remembered(world: World) -> None:
    await world.validator.warm()
    first = world.header(jti="first")
    known = await world.validator.verify(first)
    for number in range(REMEMBERED):
        world.validator._known[str(number).encode()] = known
    await world.validator.verify(world.header(jti="last"))
    assert len(world.validator._known) <= REMEMBERED + 1
    assert await world.validator.verify(first) is not known


async def test_it_is_ready_when_it_has_keys(world: World) -> None:
    assert not world.validator.ready
    await world.validator.warm()
    assert world.validator.ready
    assert world.server.fetches == 1


async def test_without_keys_a_token_is_neither_good_nor_bad(world: World) -> None:
    world.server.status = 503
    with pytest.raises(KeysUnavailable):
        await world.validator.verify(world.header())


async def test_with_keys_the_key_server_may_be_away(world: World) -> None:
    await world.validator.warm()
    world.server.status = 503
    world.clock.go_on(24 * 3600)
    await world.validator.verify(world.header())
    assert world.validator.ready
