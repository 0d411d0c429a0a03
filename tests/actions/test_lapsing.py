"""Who completed a training is asked again when that no longer holds: once, and while they can."""

from dataclasses import replace
from typing import Any

import pytest

from actions import taking
from actions.action import Action
from actions.errors import NotSaved
from actions.lapsing import asked_again
from actions.managing import close
from actions.notices import About, Notice
from tests.actions.builders import VOTER
from tests.actions.exams import a_training, at, started, takes
from tests.actions.world import PERSONAL, STRANGER, World, a_caller, a_world

PASSES = {"one": "paris"}


@pytest.fixture
async def world() -> World:
    return await a_world()


async def completed(world: World, **exam: Any) -> Action:
    """Give a training that holds for three months, which the voter has completed."""
    made = a_training(**({"months": 3, "pass_mark": 50, "attempts": 2} | exam))
    training = await world.posted(replace(made, closes_at=None, locale="de"))
    await takes(world, training, VOTER, PASSES)
    return training


def asked(world: World) -> list[Notice]:
    """Give what was put on its way."""
    return [one.notice for one in world.store.sending.values()]


async def test_who_completed_it_is_asked_once_when_it_lapses(world: World) -> None:
    training = await completed(world)
    world.clock.advance(days=100)
    for _ in range(2):
        await taking.settle_due(world.ports)
    (notice,) = asked(world)
    assert (notice.about, notice.action_id, notice.locale) == (About.ASK_AGAIN, training.id, "de")
    assert notice.person == VOTER


async def test_each_attempt_that_lapses_asks_anew(world: World) -> None:
    training = await completed(world)
    for number in (2, 3):
        world.clock.advance(days=100)
        await taking.settle_due(world.ports)
        await takes(world, training, VOTER, PASSES, number)
    assert len({one.id for one in asked(world)}) == len(asked(world)) == 2


async def test_a_crash_before_it_is_noted_asks_neither_twice_nor_never(world: World) -> None:
    await completed(world)
    world.clock.advance(days=100)
    world.store.fails = NotSaved("database")
    with pytest.raises(NotSaved):
        await taking.settle_due(world.ports)
    world.store.fails = None
    assert await taking.settle_due(world.ports) == 1
    assert await taking.settle_due(world.ports) == 0
    assert len(asked(world)) == 1


async def test_who_took_it_again_in_time_is_not_asked(world: World) -> None:
    training = await completed(world)
    world.clock.advance(days=80)
    await takes(world, training, VOTER, PASSES, 2)
    world.clock.advance(days=20)
    assert await taking.settle_due(world.ports) == 1
    assert asked(world) == []


async def test_a_closed_training_asks_nobody(world: World) -> None:
    training = await completed(world)
    await close(world.ports, a_caller(), training.id)
    world.clock.advance(days=100)
    await taking.settle_due(world.ports)
    assert asked(world) == []


async def test_an_attempt_that_runs_out_asks_nobody(world: World) -> None:
    training = await world.posted(replace(a_training(months=3, seconds=60), closes_at=None))
    await started(world, training, VOTER)
    world.clock.advance(days=1)
    assert await taking.settle_due(world.ports) == 1
    assert asked(world) == []


async def test_the_message_is_not_needed_once_it_was_taken_again_or_closed(world: World) -> None:
    training = await completed(world)
    world.clock.advance(days=100)
    await taking.settle_due(world.ports)
    (notice,) = asked(world)
    seen = await asked_again(world.ports, notice)
    assert seen is not None
    assert (seen.is_open, seen.took_part, seen.viewer) == (True, False, VOTER.key)
    await takes(world, training, VOTER, PASSES, 2)
    assert await asked_again(world.ports, notice) is None
    await close(world.ports, a_caller(), training.id)
    assert await asked_again(world.ports, replace(notice, person=STRANGER)) is None


async def test_who_joined_later_can_take_it_again_from_their_own_chat(world: World) -> None:
    training = await completed(world)
    await world.store.set_audience(training.id, [])
    world.clock.advance(days=100)
    await taking.settle_due(world.ports)
    here = a_caller(VOTER, PERSONAL.id)
    assert (await taking.opened(world.ports, here, training.id)).may_begin
    assert (await at(world, training, VOTER)).may_begin
