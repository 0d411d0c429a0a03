"""The messenger: what Teams is sent, in whose lane, and what it says of who is there."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
from aiohttp import web

from actions.errors import TryLater, Unreachable
from actions.places import Conversation
from bot.answers import CARD_TYPE
from bot.connector import Connector, Patience
from bot.limits import Lanes
from bot.messenger import Messenger
from bot.reception import caller
from cards.texts import texts_for
from cards.welcome import message
from tests.bot.fake_teams import Answer, FakeTeams, FakeTokens
from tests.bot.servers import Json, serving
from tests.bot.world import a_turn
from tests.fakes import a_conversation, a_person

CARD = message(texts_for("en"), "Hello")
CHANNEL = "19:c@thread.tacv2"
THREAD = f"{CHANNEL};messageid=17"
PATH = "/teams/v3/conversations/19%3Ac%40thread.tacv2"


@dataclass
class World:
    """Teams, and the messenger that is tested."""

    teams: FakeTeams
    lanes: Lanes
    messenger: Messenger
    place: Conversation


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """A running Teams and a channel in it."""
    teams, lanes = FakeTeams(), Lanes(lambda: 0.0)
    route = web.route("*", "/{path:.*}", teams.handle)
    async with serving([route]) as address, aiohttp.ClientSession() as session:
        connector = Connector(session, FakeTokens(), ["127.0.0.1"], Patience())
        place = a_conversation(CHANNEL, service_url=f"{address}/teams/")
        yield World(teams, lanes, Messenger(connector, lanes, "app"), place)
        teams.open.set()


def member(mri: str, **more: object) -> Json:
    return {"id": mri, "name": "Ben", "aadObjectId": "BEN", "tenantId": "Home", **more}


# Cards


@pytest.mark.parametrize("rendered", [False, True])
async def test_a_card_is_posted_with_its_summary_and_no_text(
    world: World, *, rendered: bool
) -> None:
    world.teams.answers = [Answer(201, {"id": "5"})]
    card = CARD.model_dump_json(exclude_none=True).encode() if rendered else CARD
    assert await world.messenger.post(world.place, THREAD, card, "Hello!") == "5"
    (call,) = world.teams.calls
    assert (call.method, call.path) == ("POST", f"{PATH}%3Bmessageid%3D17/activities")
    assert call.json is not None
    (attached,) = call.json.pop("attachments")
    assert call.json == {"type": "message", "summary": "Hello!"}
    assert attached["contentType"] == CARD_TYPE
    assert attached["content"]["body"][0]["items"][0]["text"] == "⚠ Hello"


async def test_a_card_is_updated_in_place(world: World) -> None:
    await world.messenger.update(world.place, CHANNEL, "5", CARD, "Hello!")
    (call,) = world.teams.calls
    assert (call.method, call.path) == ("PUT", f"{PATH}/activities/5")
    assert call.json is not None
    assert (call.json["id"], call.json["summary"]) == ("5", "Hello!")


async def test_personal_chat_is_opened_as_teams_wants_it(world: World) -> None:
    world.teams.answers = [Answer(201, {"id": "a:1"})]
    url = world.place.service_url
    assert await world.messenger.personal(a_person("Ada"), "tenant", url) == "a:1"
    (call,) = world.teams.calls
    assert (call.method, call.path) == ("POST", "/teams/v3/conversations")
    assert call.json == {
        "bot": {"id": "28:app"},
        "members": [{"id": "29:ada"}],
        "tenantId": "tenant",
        "channelData": {"tenant": {"id": "tenant"}},
        "isGroup": False,
    }


async def test_opening_chats_counts_for_the_tenant_and_not_for_each_other(world: World) -> None:
    """Teams counts by conversation, and each of these is another one."""
    world.teams.answers = [Answer(201, {"id": "a:1"})]
    for number in range(50):
        ada = a_person("Ada", mri=f"29:{number}")
        await world.messenger.personal(ada, "tenant", world.place.service_url)
    assert len(world.lanes._tenant("tenant").window.times) == 50
    assert {len(lane.messages.times) for lane in world.lanes._lanes.values()} == {1}


async def test_threads_of_a_channel_share_its_lane(world: World) -> None:
    world.teams.answers = [Answer(200, {"members": []}), Answer(200, {})]
    async with world.lanes.enter(world.place.tenant_id, CHANNEL):
        sending = [
            asyncio.create_task(world.messenger.post(world.place, THREAD, CARD, "")),
            asyncio.create_task(world.messenger.update(world.place, CHANNEL, "5", CARD, "")),
        ]
        await world.messenger.members(world.place)
        assert [call.method for call in world.teams.calls] == ["GET"]
    await asyncio.gather(*sending)
    assert [call.method for call in world.teams.calls] == ["GET", "POST", "PUT"]


@pytest.mark.parametrize(("status", "failure"), [(503, TryLater), (403, Unreachable)])
async def test_a_failed_call_frees_the_lane_and_says_what_it_was(
    world: World, status: int, failure: type[Exception]
) -> None:
    world.teams.answers = [Answer(status), Answer(201, {"id": "5"})]
    with pytest.raises(failure):
        await world.messenger.post(world.place, CHANNEL, CARD, "")
    assert await world.messenger.post(world.place, CHANNEL, CARD, "") == "5"


# People


async def test_the_roster_is_everyone_but_bots_over_all_pages(world: World) -> None:
    world.teams.answers = [
        Answer(200, {"members": [member("29:a"), member("28:bot")], "continuationToken": "t"}),
        Answer(200, {"members": [member("29:b", aadObjectId=None, objectId="CLEO")]}),
    ]
    people = await world.messenger.members(world.place)
    assert [(p.key, p.mri) for p in people] == [("tenant/ben", "29:a"), ("tenant/cleo", "29:b")]
    assert {p.name for p in people} == {"Ben"}


async def test_guests_are_known_as_in_turns_and_the_anonymous_by_the_conversation(
    world: World,
) -> None:
    guest, nobody = member("29:guest", tenantId="Elsewhere"), {"id": "29:nobody"}
    world.teams.answers = [Answer(200, {"members": [guest, nobody]})]
    people = await world.messenger.members(world.place)
    for person, object_id in zip(people, ("ben", ""), strict=True):
        turn = a_turn(conversation_id=CHANNEL, sender_mri=person.mri, sender_object_id=object_id)
        assert person.key == caller(turn).person.key
    assert [person.name for person in people] == ["Ben", ""]


async def test_each_page_of_a_roster_counts_as_a_question_and_so_does_each_person(
    world: World,
) -> None:
    page = {"members": [member("29:a")], "continuationToken": "t"}
    world.teams.answers = [Answer(200, page), Answer(200, {"members": []})]
    await world.messenger.members(world.place)
    lane = world.lanes._lanes[CHANNEL]
    assert (len(lane.roster.times), len(lane.messages.times)) == (2, 0)
    await world.messenger.is_in(world.place)
    await world.messenger.holds(world.place, a_person("Ada"))
    assert len(lane.roster.times) == 4


async def test_refused_roster_holds_the_next_question_but_answers_whoever_waits(
    world: World,
) -> None:
    world.teams.answers = [Answer(429, headers={"Retry-After": "60"})]
    with pytest.raises(TryLater):
        await world.messenger.members(world.place)
    with pytest.raises(TryLater):
        await world.messenger.holds(world.place, a_person("Ada"))
    assert await world.messenger.is_in(world.place)
    assert len(world.teams.calls) == 1


async def test_half_a_roster_is_none(world: World) -> None:
    page = {"members": [member("29:a")], "continuationToken": "t"}
    world.teams.answers = [Answer(200, page), Answer(503)]
    with pytest.raises(TryLater):
        await world.messenger.members(world.place)


@pytest.mark.parametrize(
    ("answer", "holds"),
    [
        (Answer(200, {"id": "29:ada"}), True),
        (Answer(404, {"error": {"code": "MemberNotFoundInConversation"}}), False),
        (Answer(403, {"error": {"code": "BotNotInConversationRoster"}}), False),
    ],
)
async def test_a_conversation_holds_who_teams_finds_there(
    world: World, answer: Answer, *, holds: bool
) -> None:
    world.teams.answers = [answer]
    assert await world.messenger.holds(world.place, a_person("Ada")) is holds
    assert world.teams.calls[0].path == f"{PATH}/members/29%3Aada"


async def test_whether_someone_is_there_is_not_guessed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.teams.answers = [Answer(503)]
    with pytest.raises(TryLater):
        await world.messenger.holds(world.place, a_person("Ada"))
    monkeypatch.setattr("bot.messenger.ANSWER_WITHIN", 0.01)
    world.teams.open.clear()
    with pytest.raises(TryLater):
        await world.messenger.holds(world.place, a_person("Ada"))


@pytest.mark.parametrize(
    ("answer", "is_in"),
    [
        (Answer(200, {"members": [], "continuationToken": "more"}), True),
        (Answer(403, {"error": {"code": "BotNotInConversationRoster"}}), False),
        (Answer(404), False),
        (Answer(503), True),
        (Answer(200, b"<html>"), True),
    ],
)
async def test_the_first_page_says_whether_the_bot_is_there(
    world: World, answer: Answer, *, is_in: bool
) -> None:
    world.teams.answers = [answer]
    assert await world.messenger.is_in(world.place) is is_in
    assert len(world.teams.calls) == 1


async def test_while_teams_is_silent_the_bot_is_taken_to_be_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.messenger.ANSWER_WITHIN", 0.01)
    world.teams.open.clear()
    assert await world.messenger.is_in(world.place)
