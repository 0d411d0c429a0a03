"""Looking at an action: who reaches it, and which people they may see."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from actions.action import Visibility
from actions.caller import Caller
from actions.errors import NotAllowed, NotFound
from actions.managing import close, reopen
from actions.people import Person
from actions.poll import QUESTION
from actions.ports import Ports
from actions.responses import Page, Response
from actions.viewing import (
    PEOPLE_PER_PAGE,
    People,
    Shown,
    View,
    not_responded,
    reached,
    responded,
    view,
    view_of,
)
from tests.actions.builders import ACTION_ID, CREATOR, DUE, NOW, VOTER, a_poll
from tests.actions.world import STRANGER, World, a_caller

Use = Callable[[Ports, Caller, str, str, str], Awaitable[People]]

HIDDEN = (Visibility.AFTER_RESPONDING, Visibility.AFTER_CLOSING, Visibility.CREATOR)


async def shared_view(world: World) -> View:
    """Give what the shared card is drawn from."""
    store = world.store
    action, tallies = await store.action(ACTION_ID), await store.tallies(ACTION_ID)
    return view_of(action, tallies, world.ports.clock.now())


async def test_a_view_holds_the_own_answer(world: World) -> None:
    await world.posted()
    await world.vote(VOTER, "b")
    seen = await view(world.ports, a_caller(VOTER), ACTION_ID)
    assert (seen.answers, seen.took_part, seen.manages) == ({QUESTION: ("b",)}, True, False)
    other = await view(world.ports, a_caller(), ACTION_ID)
    assert (other.answers, other.took_part, other.manages) == (None, False, True)


async def test_the_view_of_anyone_holds_nobodies_answer(world: World) -> None:
    await world.posted(a_poll(visibility=Visibility.AFTER_RESPONDING))
    await world.vote(VOTER, "b")
    seen = await shared_view(world)
    assert (seen.viewer, seen.answers, seen.manages) == ("", None, False)
    assert seen.shown is Shown.AFTER_RESPONDING
    assert seen.tallies.responded == 1


async def test_a_view_is_closed_at_the_due_time(world: World) -> None:
    await world.posted()
    world.clock.time = DUE
    assert not (await shared_view(world)).is_open


async def test_an_anonymous_vote_is_known_to_its_voter_until_the_poll_closes(world: World) -> None:
    await world.posted(a_poll(anonymous=True))
    await world.vote(VOTER, "b")
    assert (await view(world.ports, a_caller(VOTER), ACTION_ID)).answers == {QUESTION: ("b",)}
    await close(world.ports, a_caller(), ACTION_ID)
    seen = await view(world.ports, a_caller(VOTER), ACTION_ID)
    assert (seen.answers, seen.took_part) == (None, True)


async def test_who_took_part_anonymously_sees_results_after_reopening(world: World) -> None:
    await world.posted(a_poll(anonymous=True, visibility=Visibility.AFTER_RESPONDING))
    for person in (VOTER, CREATOR, STRANGER):
        await world.vote(person, "b")
    await close(world.ports, a_caller(), ACTION_ID)
    await reopen(world.ports, a_caller(), ACTION_ID)
    assert (await view(world.ports, a_caller(VOTER), ACTION_ID)).shown is Shown.YES


async def test_only_people_of_the_chat_reach_a_poll(world: World) -> None:
    action = await world.posted()
    assert await reached(world.ports, a_caller(STRANGER), ACTION_ID) == action
    with pytest.raises(NotFound):
        await reached(world.ports, a_caller(STRANGER, "19:other@thread.v2"), ACTION_ID)


async def test_the_creator_of_another_organisation_reaches_nothing(world: World) -> None:
    await world.posted()
    with pytest.raises(NotFound):
        await view(world.ports, a_caller(CREATOR, tenant_id="elsewhere"), ACTION_ID)


async def test_people_are_listed_with_their_answers(world: World) -> None:
    await world.posted()
    await world.vote(VOTER, "b")
    people = await responded(world.ports, a_caller(STRANGER), ACTION_ID, "", "")
    assert [(r.person, r.answers) for r in people.page.responses] == [(VOTER, {QUESTION: ("b",)})]


async def test_people_of_an_anonymous_poll_are_listed_without_answers_or_times(
    world: World,
) -> None:
    await world.posted(a_poll(anonymous=True))
    for person in (VOTER, CREATOR, STRANGER):
        await world.vote(person, "b")
    people = await responded(world.ports, a_caller(), ACTION_ID, "", "")
    assert {r.person for r in people.page.responses} == {VOTER, CREATOR, STRANGER}
    assert {(r.answers, r.at) for r in people.page.responses} == {(None, None)}


async def test_answers_of_an_anonymous_poll_are_hidden_whatever_the_store_gives(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.posted(a_poll(anonymous=True))

    async def careless(*_: object) -> Page:
        return Page((Response(VOTER, {QUESTION: ("b",)}, NOW),))

    monkeypatch.setattr(type(world.store), "responded", careless)
    people = await responded(world.ports, a_caller(), ACTION_ID, "", "")
    assert people.page.responses == (Response(VOTER, None, None),)


@pytest.mark.parametrize("visibility", HIDDEN)
@pytest.mark.parametrize("use", [responded, not_responded])
async def test_people_are_hidden_where_results_are(
    world: World, use: Use, visibility: Visibility
) -> None:
    await world.posted(a_poll(visibility=visibility))
    await world.vote(VOTER, "a")
    with pytest.raises(NotAllowed) as refused:
        await use(world.ports, a_caller(STRANGER), ACTION_ID, "", "")
    assert refused.value.code == "results_hidden"
    seen = await use(world.ports, a_caller(), ACTION_ID, "", "")
    assert seen.view.manages


async def test_who_has_not_responded_is_listed(world: World) -> None:
    await world.posted()
    await world.store.set_audience(ACTION_ID, [CREATOR, VOTER])
    await world.vote(VOTER, "a")
    people = await not_responded(world.ports, a_caller(), ACTION_ID, "", "")
    assert [r.person for r in people.page.responses] == [CREATOR]


async def test_people_are_found_by_a_part_of_their_name(world: World) -> None:
    await world.posted()
    await world.vote(VOTER, "a")
    await world.vote(STRANGER, "a")
    people = await responded(world.ports, a_caller(), ACTION_ID, "sam", "")
    assert [r.person for r in people.page.responses] == [STRANGER]
    assert people.search == "sam"


async def test_pages_of_people_hold_everyone_once(world: World) -> None:
    await world.posted()
    everyone = [Person(f"tenant/{n}", f"Person {n:02}") for n in range(2 * PEOPLE_PER_PAGE + 1)]
    for person in everyone:
        world.clock.advance(minutes=1)
        await world.vote(person, "a")
    listed: list[Person] = []
    start, pages = "", 0
    while pages == 0 or start:
        people = await responded(world.ports, a_caller(), ACTION_ID, "", start)
        listed += [r.person for r in people.page.responses]
        start, pages = people.page.following, pages + 1
    assert listed == everyone[::-1]
    assert pages == 3


async def test_what_a_view_shows_is_of_its_moment(world: World) -> None:
    await world.posted(a_poll(visibility=Visibility.AFTER_CLOSING))
    before = await view(world.ports, a_caller(VOTER), ACTION_ID)
    world.clock.time = DUE + timedelta(seconds=1)
    after = await view(world.ports, a_caller(VOTER), ACTION_ID)
    assert (before.shown, after.shown) == (Shown.AFTER_CLOSING, Shown.YES)
