"""HTTP in: every wrong request gets its own 4xx, every right one its turn."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson
import pytest
from aiohttp import web
from botbuilder.core import CloudAdapterBase, TurnContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapter import LARGEST_BODY, EdgeAdapter
from bot.handler import TurnHandler
from bot.keys import KeyRing
from bot.throttle import Rate, Throttle
from bot.tokens import TokenValidator
from tests.bot.core import FakeCore
from tests.bot.recorded import ALL, CARD_ACTION, MESSAGE, TENANT, an_activity
from tests.bot.servers import (
    APP_ID,
    ISSUER,
    SERVICE_URL,
    Clock,
    Json,
    KeyServer,
    claims_at,
    serving,
    signed,
)
from tests.bot.test_activities import KEYS, anything

Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Edge:
    """The edge behind a real server, and a client for it."""

    address: str
    session: aiohttp.ClientSession
    core: FakeCore
    keys: KeyServer
    clock: Clock

    async def post(
        self, data: object, token: str | None = None, **options: Any
    ) -> tuple[int, bytes, aiohttp.ClientResponse]:
        """Post JSON or bytes, with a good token unless told otherwise."""
        headers = {"Content-Type": "application/json", **options.pop("headers", {})}
        if token is None:
            token = self.token()
        if token:
            headers["Authorization"] = f"Bearer {token}"
        body = (
            data if isinstance(data, bytes) or hasattr(data, "__aiter__") else orjson.dumps(data)
        )
        async with self.session.post(
            self.address, data=body, headers=headers, **options
        ) as response:
            return response.status, await response.read(), response

    async def status(self, data: object, token: str | None = None, **options: Any) -> int:
        """Post and give the status; a refusal must have its short JSON body."""
        status, body, response = await self.post(data, token, **options)
        if status >= 400 and status != 501:
            error = orjson.loads(body)["error"]
            assert response.content_type == "application/json"
            assert set(error) == {"code", "message"}
        return status

    def token(self, **changes: Any) -> str:
        """Sign claims that are good but for `changes`."""
        return signed(claims_at(self.clock(), **changes))


PATIENT = Rate(1, 10**9)
"""However much is sent, all of it reaches the core."""


@asynccontextmanager
async def running(
    *, signed_only: bool = True, tenants: frozenset[str] = frozenset(), peer: str = ""
) -> AsyncIterator[Edge]:
    """Run the edge; `peer` pretends that requests come from another machine."""
    keys, clock, core = KeyServer(), Clock(), FakeCore(answer={"statusCode": 200})
    async with serving(keys.routes()) as key_address, aiohttp.ClientSession() as session:
        ring = KeyRing(f"{key_address}/metadata", lambda: session, clock=clock)
        validator = TokenValidator(APP_ID, ISSUER, ring, now=clock) if signed_only else None
        adapter, handler = (
            EdgeAdapter(validator, tenants),
            TurnHandler(core, Throttle(clock, PATIENT, PATIENT)),
        )

        async def handle(request: web.Request) -> web.StreamResponse:
            request = request.clone(remote=peer) if peer else request
            return await adapter.process(request, handler)

        async with serving([web.route("*", "/api/messages", handle)]) as address:
            yield Edge(f"{address}/api/messages", session, core, keys, clock)
        await ring.close()


@pytest.fixture
async def edge() -> AsyncIterator[Edge]:
    """An edge that checks tokens."""
    async with running() as made:
        yield made


@pytest.fixture
async def unsigned() -> AsyncIterator[Edge]:
    """An edge without an app id."""
    async with running(signed_only=False) as made:
        yield made


def here(**more: Any) -> Json:
    """Give a message as the local playground sends it."""
    return an_activity("message", text="hi", **more) | {"serviceUrl": "http://localhost:56150/_c"}


async def test_a_good_message_gets_its_turn_and_an_empty_answer(edge: Edge) -> None:
    status, body, _ = await edge.post(MESSAGE)
    assert (status, body) == (200, b"")
    assert edge.core.names == ["message"]


async def test_a_good_invoke_gets_the_cores_answer(edge: Edge) -> None:
    edge.core.answer = {"statusCode": 200, "value": orjson.Fragment(b'{"type":"AdaptiveCard"}')}
    status, body, response = await edge.post(CARD_ACTION)
    assert status == 200
    assert response.content_type == "application/json"
    assert orjson.loads(body) == {"statusCode": 200, "value": {"type": "AdaptiveCard"}}


async def test_an_unknown_invoke_is_501(edge: Edge) -> None:
    assert await edge.status(an_activity("invoke", name="application/search")) == 501


async def test_a_card_action_without_execute_is_a_cards_error(edge: Edge) -> None:
    for value in (None, "text", {"action": {"type": "Action.Submit"}}):
        status, body, _ = await edge.post({**CARD_ACTION, "value": value})
        assert (status, orjson.loads(body)["statusCode"]) == (200, 400)


async def test_a_broken_turn_is_still_answered(edge: Edge) -> None:
    edge.core.failure = RuntimeError("x")
    status, body, _ = await edge.post(CARD_ACTION)
    assert status == 200
    assert orjson.loads(body)["reference"] == edge.core.failures[0]
    assert await edge.status(MESSAGE) == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": 1},
        {"exp": None},
        {"nbf": 4_000_000_000},
        {"iss": None},
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": None},
        {"serviceurl": "https://evil.example/"},
        {"serviceurl": None},
    ],
)
async def test_a_token_with_a_wrong_claim_is_401(edge: Edge, changes: Json) -> None:
    assert await edge.status(MESSAGE, edge.token(**changes)) == 401
    assert edge.core.names == []


async def test_a_token_of_the_wrong_key_or_none_is_401(edge: Edge) -> None:
    claims = claims_at(edge.clock())
    for token in ("", "garbage", "a.b.c", signed(claims, 2), signed(claims, 2, kid="key-1")):
        assert await edge.status(MESSAGE, token) == 401
    assert await edge.status(MESSAGE, signed(claims, kid=None)) == 401
    assert await edge.status(MESSAGE, "", headers={"Authorization": "Basic x"}) == 401


async def test_an_activity_that_its_token_does_not_cover_is_401(edge: Edge) -> None:
    for wrong in (
        {"serviceUrl": None},
        {"serviceUrl": ""},
        {"serviceUrl": "https://evil.example/"},
        {"channelId": "webchat"},
        {"channelId": None},
    ):
        assert await edge.status({**MESSAGE, **wrong}) == 401
    edge.keys.endorsements = []
    assert await edge.status({**MESSAGE, "serviceUrl": SERVICE_URL.rstrip("/")}) == 200


async def test_a_refusal_says_nothing_of_its_reason(edge: Edge) -> None:
    _, expired, _ = await edge.post(MESSAGE, edge.token(exp=1))
    _, foreign, _ = await edge.post(MESSAGE, "garbage")
    assert expired == foreign == b'{"error":{"code":"Unauthorized","message":"Unauthorized."}}'


async def test_without_keys_the_sender_shall_come_again(edge: Edge) -> None:
    edge.keys.status = 500
    assert await edge.status(MESSAGE) == 503


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS", "HEAD"])
async def test_only_post_is_allowed(edge: Edge, method: str) -> None:
    headers = {"Upgrade": "websocket", "Connection": "Upgrade"}
    async with edge.session.request(method, edge.address, headers=headers) as response:
        assert (response.status, response.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ("Application/JSON;charset=UTF-8", 200),
        ("text/plain", 415),
        ("application/jsonp", 415),
        ("multipart/form-data; boundary=application/json", 415),
        ("", 415),
        ("nonsense", 415),
    ],
)
async def test_only_json_is_taken(edge: Edge, content_type: str, status: int) -> None:
    assert await edge.status(MESSAGE, headers={"Content-Type": content_type}) == status


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"3",
        b'"text"',
        b"\xff\xfe",
        b'{"type": NaN}',
        b'{"type": 1e999}',
        b'{"text": "\\ud800"}',
        b'{"type":"message","value":' + b"[" * 100_000,
        b'{"type":"message","value":' + b'{"a":' * 5000 + b"1" + b"}" * 5001,
        b'{"type":"message","timestamp":"yesterday"}',
        b'{"type":"message","from":"anna"}',
        b"{}",
        b'{"type":""}',
        b'{"type":["message"]}',
    ],
)
async def test_a_body_that_is_no_activity_is_400(edge: Edge, body: bytes) -> None:
    assert await edge.status(body) == 400


async def test_a_body_that_is_too_large_is_413(edge: Edge) -> None:
    largest = LARGEST_BODY - len(orjson.dumps(an_activity("message", text="")))
    assert await edge.status(an_activity("message", text="a" * largest)) == 200
    assert await edge.status(an_activity("message", text="a" * (largest + 1))) == 413


async def test_a_body_without_a_length_is_no_way_round_the_limit(edge: Edge) -> None:
    async def chunks(count: int) -> AsyncIterator[bytes]:
        yield orjson.dumps(MESSAGE)
        for _ in range(count):
            yield b" " * 1024

    assert await edge.status(chunks(2)) == 200
    assert await edge.status(chunks(300)) == 413


async def test_a_compressed_body_is_no_way_round_the_limit(edge: Edge) -> None:
    zipped = {"Content-Encoding": "gzip"}
    assert await edge.status(gzip.compress(orjson.dumps(MESSAGE)), headers=zipped) == 200
    assert await edge.status(gzip.compress(b" " * 10_000_000), headers=zipped) == 413
    assert await edge.status(b"not gzip", headers=zipped) == 400


async def test_the_body_is_not_read_before_the_token_is_good(edge: Edge) -> None:
    asked = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        yield b"{"
        await asked.wait()

    assert await edge.status(endless(), "garbage") == 401
    asked.set()


async def test_only_allowed_tenants_are_served() -> None:
    async with running(tenants=frozenset({TENANT})) as edge:
        assert await edge.status(MESSAGE) == 200
        elsewhere = {"tenantId": "elsewhere", "id": "a:1"}
        assert await edge.status({**MESSAGE, "conversation": elsewhere}) == 403
        nowhere = {**MESSAGE, "conversation": {"id": "a:1"}, "channelData": {}}
        assert await edge.status(nowhere) == 403
        assert edge.core.names == ["message"]


async def test_without_an_app_id_this_machine_is_believed(unsigned: Edge) -> None:
    assert await unsigned.status(here(), "") == 200
    assert await unsigned.status(here(), "any token") == 200
    assert unsigned.core.names == ["message", "message"]


async def test_without_an_app_id_answers_stay_on_this_machine(unsigned: Edge) -> None:
    for service_url in (None, "", SERVICE_URL, "http://[", "http://127.0.0.1.evil.example"):
        assert await unsigned.status({**here(), "serviceUrl": service_url}, "") == 401
    assert await unsigned.status(here(channelId=None), "") == 401


async def test_without_an_app_id_nobody_else_is_believed() -> None:
    async with running(signed_only=False, peer="10.1.2.3") as edge:
        assert await edge.status(here(), "") == 401
    async with running(signed_only=False, peer="::1") as edge:
        assert await edge.status(here(), "") == 200


async def test_the_sdks_own_connector_says_where_to_send(unsigned: Edge) -> None:
    seen: list[str] = []

    class Curious:
        async def on_turn(self, turn_context: TurnContext) -> None:
            connector: Any = turn_context.turn_state[CloudAdapterBase.BOT_CONNECTOR_CLIENT_KEY]
            with pytest.raises(RuntimeError) as refused:
                _ = connector.conversations
            seen.append(str(refused.value))

    adapter = EdgeAdapter(None)

    async def handle(request: web.Request) -> web.StreamResponse:
        return await adapter.process(request, Curious())

    async with serving([web.post("/", handle)]) as address:
        unsigned.address = address
        assert await unsigned.status(here(), "") == 200
    assert seen == ["no conversations here: send through bot.connector"]


async def test_the_event_loop_goes_on_while_the_key_server_is_slow(edge: Edge) -> None:
    events: list[str] = []
    edge.keys.open.clear()

    async def ask() -> None:
        status = await edge.status(MESSAGE)
        events.append(f"answered {status}")

    asking = asyncio.create_task(ask())
    await edge.keys.asked.wait()
    async with edge.session.get(edge.address) as response:
        events.append(f"other request {response.status}")
    events.append("key server answers")
    edge.keys.open.set()
    await asking
    assert events == ["other request 405", "key server answers", "answered 200"]
    assert edge.keys.fetches == 1


@given(
    st.sampled_from(list(ALL.values())),
    st.dictionaries(st.sampled_from(KEYS), anything, max_size=5),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150
)
async def test_whatever_is_sent_is_never_our_own_failure(
    unsigned: Edge, recorded: Json, parts: Json
) -> None:
    # The standard library also writes what JSON does not know: NaN and numbers without end.
    body = json.dumps({**recorded, "serviceUrl": "http://127.0.0.1/", **parts}).encode()
    assert await unsigned.status(body, "") in {200, 400, 401, 501}
    assert unsigned.core.failures == []


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
async def test_bytes_that_mean_nothing_are_400(unsigned: Edge, body: bytes) -> None:
    assert await unsigned.status(body, "") == 400
