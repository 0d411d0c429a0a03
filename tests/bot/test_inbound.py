"""What comes in while keys change, key servers fail or lie, and values are nested without end."""

import json
from typing import Any

import pytest
from multidict import CIMultiDict

from bot.keys import FRESH, LARGEST_DOCUMENT, PAUSE
from tests.bot.recorded import CARD_ACTION, MESSAGE
from tests.bot.servers import claims_at, signed
from tests.bot.test_adapter import Edge, edge, running

__all__ = ["edge"]

DEEP = 10_000


def by_key(edge: Edge, number: int) -> str:
    """Give a good token that is signed by another key."""
    return signed(claims_at(edge.clock()), number)


async def test_a_token_of_a_new_key_is_taken_at_once(edge: Edge) -> None:
    assert await edge.status(MESSAGE) == 200
    edge.keys.listed = [1, 2]
    assert await edge.status(MESSAGE, by_key(edge, 2)) == 200


async def test_a_token_of_a_key_that_was_withdrawn_is_refused(edge: Edge) -> None:
    old = by_key(edge, 1)
    assert await edge.status(MESSAGE, old) == 200
    edge.keys.listed = [2]
    assert await edge.status(MESSAGE, by_key(edge, 2)) == 200
    assert await edge.status(MESSAGE, old) == 401


async def test_a_key_that_is_gone_is_forgotten_within_hours(edge: Edge) -> None:
    assert await edge.status(MESSAGE) == 200
    edge.keys.listed = [2]
    edge.clock.go_on(FRESH + PAUSE)
    # The old keys serve while the new ones are fetched behind, so this one may still be good.
    await edge.status(MESSAGE)
    assert await edge.status(MESSAGE, by_key(edge, 2)) == 200
    assert await edge.status(MESSAGE, by_key(edge, 1)) == 401


@pytest.mark.parametrize(
    "failing",
    [
        {"status": 503},
        {"status": 302},
        {"listed": []},
        {"extra": ["x" * LARGEST_DOCUMENT]},
        {"listed": [], "extra": [{"kty": "EC", "kid": "key-1", "endorsements": ["msteams"]}]},
        {"listed": [], "extra": [{"kty": "oct", "kid": "key-1", "k": "c2VjcmV0"}]},
        {"listed": [], "extra": "<html>"},
    ],
    ids=lambda failing: str(failing)[:40],
)
async def test_with_its_keys_the_bot_outlives_a_key_server_that_fails_or_lies(
    edge: Edge, failing: dict[str, Any]
) -> None:
    assert await edge.status(MESSAGE) == 200
    for name, value in failing.items():
        setattr(edge.keys, name, value)
    assert await edge.status(MESSAGE, by_key(edge, 2)) == 401
    edge.clock.go_on(FRESH + PAUSE)
    assert await edge.status(MESSAGE, by_key(edge, 1)) == 200


async def test_before_its_first_keys_a_lying_key_server_makes_nobody_good() -> None:
    async with running() as edge:
        edge.keys.extra = ["x" * LARGEST_DOCUMENT]
        assert await edge.status(MESSAGE) == 503
        assert edge.core.names == []
        edge.keys.extra = []
        edge.clock.go_on(2)
        assert await edge.status(MESSAGE) == 200


def as_json(data: object) -> bytes:
    """Give JSON that orjson would not write, though it reads it."""
    return json.dumps(data).encode()


def nested(opening: bytes, closing: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """Give JSON that is nested very deep, `before` and `after` around it."""
    return before + opening * DEEP + b"1" + closing * DEEP + after


LISTS, OBJECTS = (b"[", b"]"), (b'{"a":', b"}")
PLACES = {
    "body": (b"", b""),
    "text": (b'{"type":"message","text":', b"}"),
    "from": (b'{"type":"message","from":{"id":', b"}}"),
    "value": (b'{"type":"invoke","name":"task/submit","value":{"data":', b"}}"),
    "button": (b'{"type":"invoke","value":{"action":{"type":"Action.Execute","data":', b"}}}"),
    "channel data": (b'{"type":"message","channelData":', b"}"),
    "entity": (b'{"type":"message","entities":[{"type":"mention","mentioned":', b"}]}"),
}


@pytest.mark.parametrize("pair", [LISTS, OBJECTS], ids=["lists", "objects"])
@pytest.mark.parametrize("place", PLACES)
async def test_what_is_nested_too_deep_is_400_wherever_it_stands(
    edge: Edge, place: str, pair: tuple[bytes, bytes]
) -> None:
    assert await edge.status(nested(*pair, *PLACES[place])) == 400
    assert edge.core.names == []


async def test_what_is_nested_as_deep_as_json_is_read_breaks_nothing(edge: Edge) -> None:
    deep: Any = 1
    for _ in range(200):
        deep = {"a": [deep]}
    for value in ({"action": {"type": "Action.Execute", "data": deep}}, deep):
        assert await edge.status(as_json({**CARD_ACTION, "value": value})) == 200
    spread = {"channelData": deep, "entities": [deep], "unknown": deep}
    assert await edge.status(as_json(MESSAGE | spread)) == 200
    assert await edge.status(as_json(MESSAGE | {"conversation": {"id": deep}})) == 400
    assert edge.core.failures == []


async def test_two_tokens_in_one_request_are_one_too_many(edge: Edge) -> None:
    both = CIMultiDict({"Content-Type": "application/json", "Authorization": "Bearer garbage"})
    both.add("Authorization", f"Bearer {edge.token()}")
    async with edge.session.post(edge.address, data=as_json(MESSAGE), headers=both) as response:
        assert response.status in {400, 401}
    assert edge.core.names == []
