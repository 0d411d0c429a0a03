"""What creators do with their polls once posted."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from actions.action import Status
from actions.errors import NotAllowed, NotFound
from actions.managing import CLOCK, close, close_due, delete, reopen
from tests.actions.builders import ACTION_ID, CREATOR, DUE, NOW, VOTER, a_closed_poll, a_poll
from tests.actions.world import STRANGER, World, a_caller

Use = Callable[..., Awaitable[Any]]


def _verbs(world: World) -> list[tuple[str, str]]:
    history = world.store.posted[ACTION_ID].history
    return [(entry.verb, entry.person.key) for entry in history]


async def test_closing_ends_a_poll_now(world: World) -> None:
    await world.posted()
    closed = await close(world.ports, a_caller(), ACTION_ID)
    assert (closed.status, closed.closed_at, closed.closes_at) == (Status.CLOSED, NOW, DUE)
    assert _verbs(world) == [("closed", CREATOR.key)]


async def test_closing_twice_is_closing_once(world: World) -> None:
    await world.posted()
    first = await close(world.ports, a_caller(), ACTION_ID)
    world.clock.advance(hours=1)
    assert await close(world.ports, a_caller(), ACTION_ID) == first
    assert len(_verbs(world)) == 1


@pytest.mark.parametrize("use", [close, reopen, delete])
async def test_nobody_else_may(world: World, use: Use) -> None:
    await world.posted()
    with pytest.raises(NotAllowed) as refused:
        await use(world.ports, a_caller(VOTER), ACTION_ID)
    assert refused.value.code == "creator_only"
    assert await world.store.action(ACTION_ID) == a_poll()


@pytest.mark.parametrize("use", [close, reopen, delete])
async def test_someone_of_another_chat_does_not_even_learn_of_it(world: World, use: Use) -> None:
    await world.posted()
    with pytest.raises(NotFound) as missing:
        await use(world.ports, a_caller(STRANGER, "19:other@thread.v2"), ACTION_ID)
    assert missing.value.code == "no_such_action"


@pytest.mark.parametrize("use", [close, reopen, delete])
async def test_a_co_creator_may_too(world: World, use: Use) -> None:
    await world.posted(a_poll(co_creators=(VOTER,)))
    await use(world.ports, a_caller(VOTER), ACTION_ID)


async def test_reopening_takes_votes_again_until_the_old_due_time(world: World) -> None:
    await world.posted(a_closed_poll())
    opened = await reopen(world.ports, a_caller(), ACTION_ID)
    assert (opened.status, opened.closed_at, opened.closes_at) == (Status.ACTIVE, None, DUE)


async def test_reopening_moves_a_due_time_that_has_passed(world: World) -> None:
    await world.posted(a_closed_poll(closes_at=NOW - timedelta(days=1)))
    opened = await reopen(world.ports, a_caller(), ACTION_ID)
    assert opened.closes_at == DUE


async def test_reopening_a_poll_without_due_time_gives_it_none(world: World) -> None:
    await world.posted(a_closed_poll(closes_at=None))
    assert (await reopen(world.ports, a_caller(), ACTION_ID)).closes_at is None


async def test_reopening_an_open_poll_changes_nothing(world: World) -> None:
    action = await world.posted()
    assert await reopen(world.ports, a_caller(), ACTION_ID) == action
    assert _verbs(world) == []


async def test_reopening_works_before_the_timer_has_closed_the_poll(world: World) -> None:
    await world.posted()
    world.clock.time = DUE + timedelta(seconds=1)
    opened = await reopen(world.ports, a_caller(), ACTION_ID)
    assert opened.status is Status.ACTIVE
    assert opened.closes_at is not None
    assert opened.closes_at > world.clock.now()


async def test_deleting_removes_the_votes(world: World) -> None:
    await world.posted()
    await world.vote(VOTER, "a")
    await delete(world.ports, a_caller(), ACTION_ID)
    gone = await world.store.action(ACTION_ID)
    assert (gone.status, gone.content.title) == (Status.DELETED, "")
    assert await world.store.answers(ACTION_ID, VOTER.key) is None


async def test_deleting_twice_says_that_it_is_gone(world: World) -> None:
    await world.posted()
    await delete(world.ports, a_caller(), ACTION_ID)
    with pytest.raises(NotFound) as missing:
        await delete(world.ports, a_caller(), ACTION_ID)
    assert missing.value.code == "deleted"


async def test_a_passed_due_time_closes_at_that_time_by_itself(world: World) -> None:
    await world.posted()
    world.clock.time = DUE + timedelta(days=3)
    assert await close_due(world.ports) == 1
    closed = await world.store.action(ACTION_ID)
    assert (closed.status, closed.closed_at) == (Status.CLOSED, DUE)
    assert _verbs(world) == [("closed", CLOCK.key)]


async def test_what_is_not_due_stays_open(world: World) -> None:
    await world.posted()
    world.clock.time = DUE - timedelta(seconds=1)
    assert await close_due(world.ports) == 0
    assert (await world.store.action(ACTION_ID)).status is Status.ACTIVE


async def test_every_due_poll_closes_a_few_at_a_time(world: World) -> None:
    for number in range(3):
        await world.posted(a_poll(id=f"action-{number}"))
    world.clock.time = DUE
    assert [await close_due(world.ports, limit=2) for _ in range(3)] == [2, 1, 0]


async def test_hundreds_that_are_due_at_once_close_together(world: World) -> None:
    for number in range(300):
        await world.posted(a_poll(id=f"action-{number}"))
    world.clock.time = DUE
    assert await close_due(world.ports) == 300


async def test_a_due_time_moved_on_meanwhile_keeps_the_poll_open(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.posted()
    world.clock.time = DUE

    async def stale(*_: object) -> list[str]:
        later = replace(a_poll(), closes_at=DUE + timedelta(days=1))
        world.store.posted[ACTION_ID].action = later
        return [ACTION_ID]

    monkeypatch.setattr(type(world.store), "due_to_close", stale)
    await close_due(world.ports)
    assert (await world.store.action(ACTION_ID)).status is Status.ACTIVE


async def test_two_who_close_at_once_leave_one_line_of_history(world: World) -> None:
    await world.posted()
    await asyncio.gather(*(close(world.ports, a_caller(), ACTION_ID) for _ in range(2)))
    assert len(_verbs(world)) == 1
