"""People who leave chats and teams, and rosters that are looked at again."""

from dataclasses import replace

import pytest

from actions.errors import TryLater, Unreachable
from actions.leaving import Left, left, refresh_roster
from actions.people import Person
from tests.actions.builders import ACTION_ID, CREATOR, VOTER, a_poll
from tests.actions.world import CHANNEL, CHAT, PERSONAL, STRANGER, World, a_world
from tests.fakes import a_posting
from tests.storage.many_places import also_posted

OTHER = replace(CHANNEL, id="19:other@thread.tacv2", team_id="19:team")
TEAM = replace(CHANNEL, team_id="19:team")


@pytest.fixture
async def world() -> World:
    """Give a poll in the chat in which three are asked."""
    world = await a_world(TEAM, OTHER)
    await world.posted()
    await asked(world)
    return world


async def asked(world: World, action_id: str = ACTION_ID) -> None:
    """Take the roster snapshot."""
    await world.store.set_audience(action_id, [CREATOR, VOTER, STRANGER])


async def missed(world: World, action_id: str = ACTION_ID) -> set[Person]:
    """Give who has not responded."""
    page = await world.store.not_responded(action_id, "", "", 10_000)
    return {response.person for response in page.responses}


def leaves(person: Person = VOTER, place: str = CHAT.id, team: str = "") -> Left:
    """Give that someone left."""
    return Left(place, (person,), team)


async def test_who_leaves_the_chat_is_missed_no_more(world: World) -> None:
    await left(world.ports, leaves())
    assert await missed(world) == {CREATOR, STRANGER}


async def test_who_leaves_another_chat_is_missed(world: World) -> None:
    await left(world.ports, leaves(place=TEAM.id))
    await left(world.ports, leaves(place=TEAM.id, team="19:team"))
    assert await missed(world) == {CREATOR, VOTER, STRANGER}


async def test_who_leaves_one_of_two_places_is_missed(world: World) -> None:
    await also_posted(world.store, [a_posting(a_poll(), "second", conversation_id=TEAM.id)])
    await left(world.ports, leaves())
    assert await missed(world) == {CREATOR, VOTER, STRANGER}


async def test_who_leaves_a_team_leaves_all_its_channels(world: World) -> None:
    for name, place in (("one", TEAM.id), ("two", f"{OTHER.id};messageid=1")):
        await world.posted(replace(a_poll(), id=name), place)
        await asked(world, name)
    both = replace(a_poll(), id="both")
    await world.posted(both, TEAM.id)
    await also_posted(world.store, [a_posting(both, "second", conversation_id=OTHER.id)])
    await asked(world, "both")
    await left(world.ports, leaves(place="19:team", team="19:team"))
    for name in ("one", "two", "both"):
        assert await missed(world, name) == {CREATOR, STRANGER}
    assert await missed(world) == {CREATOR, VOTER, STRANGER}


# Rosters that are looked at again


async def test_who_is_not_on_the_roster_any_more_is_missed_no_more(world: World) -> None:
    assert await refresh_roster(world.ports, ACTION_ID) == 1
    assert await missed(world) == {CREATOR, VOTER}
    assert await refresh_roster(world.ports, ACTION_ID) == 0


async def test_who_responded_stays_though_no_roster_has_them(world: World) -> None:
    await world.vote(STRANGER, "a")
    assert await refresh_roster(world.ports, ACTION_ID) == 0
    assert (await world.store.action(ACTION_ID)).audience == 3


async def test_who_has_another_key_now_is_known_by_their_address(world: World) -> None:
    renamed = replace(STRANGER, key="tenant/new")
    world.roster.people[CHAT.id] = [CREATOR, VOTER, renamed]
    assert await refresh_roster(world.ports, ACTION_ID) == 0


async def test_who_is_still_in_one_of_the_places_is_missed(world: World) -> None:
    await also_posted(world.store, [a_posting(a_poll(), "second", conversation_id=TEAM.id)])
    world.roster.people[CHAT.id] = [CREATOR]
    world.roster.people[TEAM.id] = [STRANGER]
    assert await refresh_roster(world.ports, ACTION_ID) == 1
    assert await missed(world) == {CREATOR, STRANGER}


@pytest.mark.parametrize("failure", [TryLater(5), Unreachable("Gone")], ids=["busy", "gone"])
async def test_while_teams_does_not_tell_nobody_is_gone(
    world: World, failure: TryLater | Unreachable
) -> None:
    world.roster.fails = failure
    assert await refresh_roster(world.ports, ACTION_ID) == 0
    assert await missed(world) == {CREATOR, VOTER, STRANGER}


async def test_an_empty_roster_tells_nothing(world: World) -> None:
    world.roster.people[CHAT.id] = []
    assert await refresh_roster(world.ports, ACTION_ID) == 0
    assert await missed(world) == {CREATOR, VOTER, STRANGER}


async def test_where_the_bot_is_not_any_more_nobody_is_gone(world: World) -> None:
    await world.store.forget_conversation(CHAT.id)
    assert await refresh_roster(world.ports, ACTION_ID) == 0


async def test_a_personal_chat_has_no_roster(world: World) -> None:
    own = replace(a_poll(), id="own")
    await world.posted(own, PERSONAL.id)
    await world.store.set_audience("own", [CREATOR])
    assert await refresh_roster(world.ports, "own") == 0


async def test_a_large_roster_is_looked_at_page_by_page(world: World) -> None:
    people = [Person(f"tenant/{n}", f"Person {n:05}", f"29:{n}") for n in range(10_000)]
    await world.store.set_audience(ACTION_ID, people)
    world.roster.people[CHAT.id] = people[:9_000]
    assert await refresh_roster(world.ports, ACTION_ID) == 1_000
    assert (await world.store.action(ACTION_ID)).audience == 9_000
