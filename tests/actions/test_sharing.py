"""Who else manages an action, and who checks what is done on a list."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from actions.action import Action, Status, Visibility
from actions.errors import NotAllowed, NotFound
from actions.notices import About, Notice
from actions.people import Person
from actions.policy import sees_results
from actions.series import Series
from actions.sharing import (
    MOST_CO_CREATORS,
    add_co_creator,
    asked_to_help,
    candidates,
    name_checker,
    remove_co_creator,
)
from actions.ticks import Checklist, State, Tick, Wish
from tests.actions.builders import ACTION_ID, CREATOR, NOW, VOTER, a_poll
from tests.actions.checklists import a_checklist
from tests.actions.world import CHAT, STRANGER, World, a_caller
from tests.fakes import a_person

Use = Callable[..., Awaitable[Any]]

EVERYONE = (CREATOR, VOTER, a_person("Bea"), a_person("Cem"))


async def posted(world: World, action: Action | None = None) -> Action:
    """Post something in the chat where everyone is."""
    made = await world.posted(action or a_poll())
    await world.store.set_audience(made.id, EVERYONE)
    return made


def notices(world: World) -> list[Notice]:
    """Give what is on its way to people."""
    return [one.notice for one in world.store.sending.values()]


async def test_the_people_of_the_chat_are_listed_by_name_and_found(world: World) -> None:
    await posted(world)
    found = await candidates(world.ports, a_caller(), ACTION_ID, "", "")
    names = [one.person.name for one in found.page.responses]
    assert names == sorted(person.name for person in EVERYONE)
    found = await candidates(world.ports, a_caller(), ACTION_ID, "be", "")
    assert "Bea" in [one.person.name for one in found.page.responses]


async def test_who_is_added_manages_and_is_told_once(world: World) -> None:
    await posted(world)
    for _ in range(2):
        assert await add_co_creator(world.ports, a_caller(), ACTION_ID, VOTER.key) == VOTER
    assert (await world.store.action(ACTION_ID)).co_creators == (VOTER,)
    assert [entry.verb for entry in world.store.posted[ACTION_ID].history] == ["edited"]
    (notice,) = notices(world)
    assert (notice.about, notice.person) == (About.CO_CREATOR, VOTER)
    assert await candidates(world.ports, a_caller(VOTER), ACTION_ID, "", "")


async def test_the_creator_is_no_co_creator_whoever_adds_them(world: World) -> None:
    await posted(world, a_poll(co_creators=(VOTER,)))
    await add_co_creator(world.ports, a_caller(VOTER), ACTION_ID, CREATOR.key)
    assert (await world.store.action(ACTION_ID)).co_creators == (VOTER,)
    assert notices(world) == []


async def test_who_is_not_in_the_chat_cannot_be_added(world: World) -> None:
    await posted(world)
    with pytest.raises(NotFound) as missing:
        await add_co_creator(world.ports, a_caller(), ACTION_ID, STRANGER.key)
    assert missing.value.code == "no_such_person"
    assert (await world.store.action(ACTION_ID)).co_creators == ()


async def test_there_are_not_more_than_a_few(world: World) -> None:
    many = tuple(a_person(f"P{number}") for number in range(MOST_CO_CREATORS))
    await posted(world, a_poll(co_creators=many))
    with pytest.raises(NotAllowed) as full:
        await add_co_creator(world.ports, a_caller(), ACTION_ID, VOTER.key)
    assert (full.value.code, full.value.values) == ("co_creators_full", {"most": MOST_CO_CREATORS})
    assert notices(world) == []


async def test_who_is_removed_manages_no_longer_and_removing_again_says_nothing(
    world: World,
) -> None:
    await posted(world, a_poll(co_creators=(VOTER,)))
    assert await remove_co_creator(world.ports, a_caller(), ACTION_ID, VOTER.key) == VOTER
    assert await remove_co_creator(world.ports, a_caller(), ACTION_ID, VOTER.key) is None
    with pytest.raises(NotAllowed):
        await candidates(world.ports, a_caller(VOTER), ACTION_ID, "", "")


async def test_co_creators_remove_themselves_and_nobody_the_creator(world: World) -> None:
    await posted(world, a_poll(co_creators=(VOTER,)))
    assert await remove_co_creator(world.ports, a_caller(VOTER), ACTION_ID, CREATOR.key) is None
    assert await remove_co_creator(world.ports, a_caller(VOTER), ACTION_ID, VOTER.key) == VOTER
    assert (await world.store.action(ACTION_ID)).co_creators == ()


@pytest.mark.parametrize("use", [add_co_creator, remove_co_creator, name_checker])
async def test_nobody_else_may(world: World, use: Use) -> None:
    before = await posted(world, a_checklist(checker=CREATOR))
    with pytest.raises(NotAllowed) as refused:
        await use(world.ports, a_caller(VOTER), before.id, VOTER.key)
    assert refused.value.code == "creator_only"
    after = await world.store.action(before.id)
    assert (after.co_creators, after.content) == ((), before.content)
    with pytest.raises(NotFound):
        await use(world.ports, a_caller(STRANGER, "19:other@thread.v2"), before.id, VOTER.key)


async def test_it_goes_for_what_is_posted_of_the_series_later_too(world: World) -> None:
    template = a_poll(status=Status.SCHEDULED, closes_at=None)
    series = Series("series", template, CHAT.id, NOW, next_at=NOW)
    await world.store.save_series(series)
    await posted(world, a_poll(series=series.id, number=1))
    await add_co_creator(world.ports, a_caller(), ACTION_ID, VOTER.key)
    assert (await world.store.series(series.id)).template.co_creators == (VOTER,)
    await remove_co_creator(world.ports, a_caller(VOTER), ACTION_ID, VOTER.key)
    assert (await world.store.series(series.id)).template.co_creators == ()


async def test_a_series_that_is_gone_is_no_error(world: World) -> None:
    await posted(world, a_poll(series="gone", number=1))
    await add_co_creator(world.ports, a_caller(), ACTION_ID, VOTER.key)
    assert (await world.store.action(ACTION_ID)).co_creators == (VOTER,)


async def test_who_checks_is_named_and_told_and_what_was_found_right_stays(world: World) -> None:
    made = a_checklist(checker=CREATOR)
    kept = made.content.checklist or Checklist()
    right = Tick(Wish(State.DONE), VOTER, NOW, CREATOR)
    item = made.content.questions[0].id
    made = replace(made, content=replace(made.content, checklist=kept.with_tick(item, right)))
    await posted(world, made)
    for _ in range(2):
        await name_checker(world.ports, a_caller(), made.id, VOTER.key)
    after = (await world.store.action(made.id)).content.checklist or Checklist()
    assert after.checker == Person(VOTER.key, VOTER.name)
    assert after.ticks == {item: right}
    (notice,) = notices(world)
    assert (notice.about, notice.person) == (About.CHECKER, VOTER)


@pytest.mark.parametrize("made", [a_checklist(), a_poll()], ids=["unchecked", "poll"])
async def test_nobody_is_named_where_nobody_checks(world: World, made: Action) -> None:
    await posted(world, made)
    with pytest.raises(NotAllowed) as refused:
        await name_checker(world.ports, a_caller(), made.id, VOTER.key)
    assert refused.value.code == "nobody_checks"


async def test_a_message_is_not_sent_to_who_no_longer_helps(world: World) -> None:
    await posted(world)
    await add_co_creator(world.ports, a_caller(), ACTION_ID, VOTER.key)
    (notice,) = notices(world)
    assert await asked_to_help(world.ports, notice) is not None
    assert await asked_to_help(world.ports, replace(notice, about=About.CHECKER)) is None
    await remove_co_creator(world.ports, a_caller(), ACTION_ID, VOTER.key)
    assert await asked_to_help(world.ports, notice) is None


def test_who_checks_sees_the_results_that_others_do_not() -> None:
    made = a_checklist(checker=VOTER, individual=True)
    made = replace(made, settings=replace(made.settings, visibility=Visibility.CREATOR))
    assert sees_results(made, VOTER.key, responded=False, now=NOW)
    assert not sees_results(made, STRANGER.key, responded=False, now=NOW)
