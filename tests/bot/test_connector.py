"""HTTP out: what is called, to whom tokens go, and what comes of every kind of answer."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson
import pytest
from aiohttp import web

from actions.errors import NotDelivered, TryLater, Unreachable
from bot.connector import LARGEST_ANSWER, Connector, Patience
from tests.bot.fake_teams import Answer, Call, FakeTeams, FakeTokens
from tests.bot.servers import Clock, Json, serving

CHAT = "19:a/b@thread.tacv2;messageid=1"
CHAT_PATH = "/teams/v3/conversations/19%3Aa%2Fb%40thread.tacv2%3Bmessageid%3D1"
ACTIVITY = {"type": "message", "text": "hi"}


@dataclass
class World:
    """Teams, and the connector that is tested."""

    teams: FakeTeams
    tokens: FakeTokens
    connector: Connector
    session: aiohttp.ClientSession
    url: str
    slept: list[float]
    clock: Clock

    async def send(self, attempts: int = 1) -> str:
        """Post something."""
        return await self.connector.with_retries(attempts).send(self.url, CHAT, ACTIVITY)

    async def update(self, attempts: int = 1) -> None:
        """Update something."""
        await self.connector.with_retries(attempts).update(self.url, CHAT, "1", ACTIVITY)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """A running Teams; sleeping only writes down how long."""
    teams, tokens, slept, clock = FakeTeams(), FakeTokens(), list[float](), Clock()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    patience = Patience(sleep=sleep, chance=lambda: 0.0, now=clock)
    route = web.route("*", "/{path:.*}", teams.handle)
    async with serving([route]) as address, aiohttp.ClientSession() as session:
        connector = Connector(session, tokens, ["127.0.0.1"], patience)
        yield World(teams, tokens, connector, session, f"{address}/teams/", slept, clock)
        teams.open.set()


async def test_a_message_is_posted_with_the_token_and_its_id_comes_back(world: World) -> None:
    world.teams.answers = [Answer(201, {"id": "17"})]
    assert await world.send() == "17"
    assert world.teams.calls == [Call("POST", f"{CHAT_PATH}/activities", "Bearer token", ACTIVITY)]


async def test_a_message_is_updated_and_deleted(world: World) -> None:
    await world.connector.update(world.url, CHAT, "17", ACTIVITY)
    await world.connector.delete(world.url, CHAT, "17")
    update, delete = world.teams.calls
    assert (update.method, update.path) == ("PUT", f"{CHAT_PATH}/activities/17")
    assert update.json == ACTIVITY | {"id": "17"}
    assert (delete.method, delete.path) == ("DELETE", f"{CHAT_PATH}/activities/17")
    assert delete.json is None


async def test_a_rendered_card_is_sent_as_it_is(world: World) -> None:
    card = orjson.Fragment(b'{"type":"AdaptiveCard"}')
    await world.connector.send(world.url, CHAT, {"attachments": [{"content": card}]})
    assert world.teams.calls[0].json == {"attachments": [{"content": {"type": "AdaptiveCard"}}]}


async def test_a_conversation_is_opened(world: World) -> None:
    world.teams.answers = [Answer(201, {"id": "a:1"}), Answer(201, b"")]
    assert await world.connector.create_conversation(world.url, {"isGroup": False}) == "a:1"
    assert world.teams.calls[0].path == "/teams/v3/conversations"
    with pytest.raises(TryLater):
        await world.connector.create_conversation(world.url, {})


async def test_a_member_is_found_or_not(world: World) -> None:
    world.teams.answers = [
        Answer(200, {"id": "29:anna"}),
        Answer(404, {"error": {"code": "MemberNotFoundInConversation"}}),
        Answer(403, {"error": {"code": "BotNotInConversationRoster"}}),
    ]
    assert await world.connector.member(world.url, CHAT, "29:anna") == {"id": "29:anna"}
    assert world.teams.calls[0].path == f"{CHAT_PATH}/members/29%3Aanna"
    assert await world.connector.member(world.url, CHAT, "29:nobody") is None
    with pytest.raises(Unreachable, match="BotNotInConversationRoster"):
        await world.connector.member(world.url, CHAT, "29:anna")


async def members(world: World) -> list[list[Json]]:
    return [page async for page in world.connector.members(world.url, CHAT)]


async def test_members_come_page_by_page(world: World) -> None:
    world.teams.answers = [
        Answer(200, {"members": [{"id": "1"}, "odd"], "continuationToken": "a b&c"}),
        Answer(200, {"members": [{"id": "2"}], "continuationToken": None}),
    ]
    assert await members(world) == [[{"id": "1"}], [{"id": "2"}]]
    first, second = world.teams.calls
    assert first.path == f"{CHAT_PATH}/pagedmembers?pageSize=500"
    assert second.path == f"{CHAT_PATH}/pagedmembers?pageSize=500&continuationToken=a+b%26c"


async def test_a_roster_that_repeats_itself_comes_to_an_end(world: World) -> None:
    page = {"members": [{"id": "1"}]}
    world.teams.answers = [
        Answer(200, page | {"continuationToken": token}) for token in ("a", "b", "a", "b")
    ]
    assert len(await members(world)) == 3


@pytest.mark.parametrize("body", [b"", b"<html>", {}, [], {"members": {}}, b"null"])
async def test_half_a_roster_is_never_taken_for_a_whole(world: World, body: Any) -> None:
    world.teams.answers = [Answer(200, body)]
    with pytest.raises(TryLater):
        await members(world)


@pytest.mark.parametrize("body", [b"", b"<html>", [], {"id": 3}, b" " * (LARGEST_ANSWER + 1)])
async def test_an_answer_without_an_id_is_still_a_delivery(world: World, body: Any) -> None:
    world.teams.answers = [Answer(201, body)]
    assert await world.send() == ""


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (
            Answer(403, {"error": {"code": "ConversationBlockedByUser"}}),
            "ConversationBlockedByUser",
        ),
        (Answer(404, {"error": {"code": "ConversationNotFound"}}), "ConversationNotFound"),
        (Answer(413, {"error": {"code": "MessageSizeTooBig"}}), "MessageSizeTooBig"),
        (Answer(400, b""), "Http400"),
        (Answer(400, {"error": "text"}), "Http400"),
        (Answer(400, {"error": {"code": "Anna said: \n no"}}), "Http400"),
        (Answer(400, {"error": {"code": ["x"]}}), "Http400"),
        (Answer(409, b"x" * (LARGEST_ANSWER + 1)), "Http409"),
    ],
)
async def test_what_teams_will_never_take_is_unreachable(
    world: World, answer: Answer, code: str
) -> None:
    world.teams.answers = [answer]
    with pytest.raises(Unreachable) as refused:
        await world.send(attempts=3)
    assert refused.value.code == code
    assert len(world.teams.calls) == 1


@pytest.mark.parametrize("status", [408, 412, 429, 500, 502, 503, 504, 302])
async def test_what_teams_may_take_later_is_said_after_one_attempt(
    world: World, status: int
) -> None:
    world.teams.answers = [Answer(status, headers={"Location": "/elsewhere"})]
    with pytest.raises(TryLater) as later:
        await world.send()
    assert later.value.retry_after is None
    assert len(world.teams.calls) == 1
    assert world.slept == []


@pytest.mark.parametrize(
    ("wish", "seconds"),
    [
        ("7", 7.0),
        ("1.5", 1.5),
        ("0", 0.0),
        ("99999999", 3600.0),
        ("Fri, 15 Jan 2027 08:00:30 GMT", 30.0),
        ("Fri, 15 Jan 2027 07:00:00 GMT", 0.0),
        ("soon", None),
        ("-1", None),
        ("1e", None),
        ("²", None),
        ("", None),
    ],
)
async def test_teams_wish_is_read_in_either_form(
    world: World, wish: str, seconds: float | None
) -> None:
    assert world.clock() == 1_800_000_000  # 2027-01-15 08:00:00 UTC
    world.teams.answers = [Answer(429, headers={"Retry-After": wish})]
    with pytest.raises(TryLater) as later:
        await world.send()
    assert later.value.retry_after == seconds


async def test_being_too_fast_is_repeated_for_everything(world: World) -> None:
    world.teams.answers = [
        Answer(429, headers={"Retry-After": "3"}),
        Answer(412),
        Answer(201, {"id": "17"}),
    ]
    assert await world.send(attempts=3) == "17"
    assert world.slept == [3.0, 1.0]


async def test_a_long_wish_is_shortened_for_who_waits(world: World) -> None:
    world.teams.answers = [Answer(429, headers={"Retry-After": "600"}), Answer()]
    await world.send(attempts=2)
    assert world.slept == [10.0]


async def test_pauses_grow_up_to_a_limit(world: World) -> None:
    world.teams.answers = [Answer(503)]
    with pytest.raises(TryLater):
        await world.update(attempts=8)
    assert world.slept == [0.5, 1.0, 2.0, 4.0, 5.0, 5.0, 5.0]


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_post_that_may_have_worked_is_not_repeated(world: World, status: int) -> None:
    world.teams.answers = [Answer(status), Answer()]
    with pytest.raises(TryLater):
        await world.send(attempts=3)
    assert len(world.teams.calls) == 1
    world.teams.answers = [Answer(status), Answer()]
    await world.update(attempts=3)
    assert len(world.teams.calls) == 3


async def test_no_answer_in_time_is_try_later(world: World) -> None:
    world.teams.open.clear()
    connector = Connector(world.session, world.tokens, ["127.0.0.1"], Patience(time_limit=0.05))
    with pytest.raises(TryLater):
        await connector.send(world.url, CHAT, ACTIVITY)


async def test_no_connection_is_try_later_and_repeated_where_that_is_safe(world: World) -> None:
    world.url = "http://127.0.0.1:1/"
    with pytest.raises(TryLater):
        await world.send(attempts=3)
    assert world.slept == []
    with pytest.raises(TryLater):
        await world.update(attempts=3)
    assert len(world.slept) == 2


async def test_a_refused_token_is_replaced_at_once(world: World) -> None:
    world.teams.answers = [Answer(401), Answer(201, {"id": "17"})]
    assert await world.send() == "17"
    assert [call.token for call in world.teams.calls] == ["Bearer token", "Bearer token+"]


async def test_a_token_refused_twice_is_try_later(world: World) -> None:
    world.teams.answers = [Answer(401)]
    with pytest.raises(TryLater):
        await world.send()
    assert len(world.teams.calls) == 2


async def test_without_a_token_no_header_is_sent(world: World) -> None:
    world.tokens.token = ""
    await world.send()
    assert world.teams.calls[0].token == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evilbotframework.com/",
        "https://botframework.com/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://evil.example\\@smba.trafficmanager.net/",
        "https://me@smba.trafficmanager.net/",
        "http://smba.trafficmanager.net/",
        "ftp://smba.trafficmanager.net/",
        "http://127.0.0.2/",
        "https://smba.trafficmanager.net/\r\nX-Evil: 1",
        "//smba.trafficmanager.net/",
        "smba.trafficmanager.net",
        "http://[::1",
        "https://smba.trafficmanager.net:port/",
        "",
    ],
)
async def test_tokens_go_to_nobody_else(world: World, url: str) -> None:
    hosts = ["smba.trafficmanager.net", ".botframework.com", "127.0.0.1"]
    connector = Connector(world.session, world.tokens, hosts)
    with pytest.raises(Unreachable, match="ServiceUrlNotAllowed"):
        await connector.send(url, CHAT, ACTIVITY)
    assert world.tokens.given == 0


async def test_a_redirection_takes_no_token_elsewhere(world: World) -> None:
    asked: list[web.Request] = []

    async def elsewhere(request: web.Request) -> web.Response:
        asked.append(request)
        return web.json_response({"id": "1"})

    async with serving([web.post("/{path:.*}", elsewhere)]) as evil:

        async def redirects(_: web.Request) -> web.Response:
            raise web.HTTPTemporaryRedirect(evil)

        async with serving([web.post("/{path:.*}", redirects)]) as address:
            connector = Connector(world.session, world.tokens, ["127.0.0.1"])
            with pytest.raises(TryLater):
                await connector.send(address, CHAT, ACTIVITY)
    assert asked == []


def test_teams_hosts_pass(world: World) -> None:
    hosts = ["smba.trafficmanager.net", ".botframework.com"]
    connector = Connector(world.session, world.tokens, hosts)
    for url in ("https://SMBA.trafficmanager.net/emea/", "https://webchat.botframework.com"):
        assert str(connector._address(url, "/x")).endswith("/v3/conversations/x")


@pytest.mark.parametrize("wrong", ["", ".", ".."])
async def test_an_id_cannot_lead_elsewhere(world: World, wrong: str) -> None:
    with pytest.raises(Unreachable, match="BadId"):
        await world.connector.delete(world.url, CHAT, wrong)
    assert world.teams.calls == []


async def test_the_event_loop_goes_on_while_teams_is_slow(world: World) -> None:
    events: list[str] = []
    world.teams.open.clear()

    async def post() -> None:
        await world.send()
        events.append("sent")

    async def tick() -> None:
        for number in range(3):
            await asyncio.sleep(0)
            events.append(f"tick {number}")

    posts = [asyncio.create_task(post()) for _ in range(24)]
    await world.teams.asked.wait()
    await tick()
    world.teams.open.set()
    await asyncio.gather(*posts)
    assert events == ["tick 0", "tick 1", "tick 2"] + ["sent"] * 24


async def test_being_cancelled_is_no_failure_of_teams(world: World) -> None:
    world.teams.open.clear()
    sending = asyncio.create_task(world.send())
    await world.teams.asked.wait()
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending


def test_both_failures_are_of_one_family() -> None:
    assert issubclass(TryLater, NotDelivered)
    assert issubclass(Unreachable, NotDelivered)


async def test_every_attempt_is_told_with_what_came_of_it(world: World) -> None:
    told: list[tuple[str, int]] = []
    connector = Connector(
        world.session,
        world.tokens,
        ["127.0.0.1"],
        Patience(sleep=lambda _: asyncio.sleep(0)),
        lambda method, status: told.append((method, status)),
    )
    world.teams.answers = [Answer(429), Answer(201, {"id": "1"})]
    await connector.with_retries().send(world.url, CHAT, ACTIVITY)
    with pytest.raises(TryLater):
        await connector.update("http://127.0.0.1:9/", CHAT, "1", ACTIVITY)
    assert told == [("POST", 429), ("POST", 201), ("PUT", 0)]
