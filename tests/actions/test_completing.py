"""Completing a training, and its certificate."""

from dataclasses import replace

import pytest

from actions.completing import certified, is_completed
from actions.errors import NotAllowed, NotFound
from actions.exam import Feedback
from tests.actions.builders import VOTER
from tests.actions.exams import ONE, READ, a_quiz, a_training, at, takes
from tests.actions.world import World, a_caller, a_world


@pytest.fixture
async def world() -> World:
    return await a_world()


async def test_a_passed_training_gives_the_same_certificate_each_time(world: World) -> None:
    training = await world.posted(a_training(pass_mark=50, months=12))
    await takes(world, training, VOTER, {"one": "paris"})
    sitting, given = await certified(world.ports, a_caller(VOTER), training.id)
    best = sitting.attempts.best
    assert best is not None
    assert (given.attempt, given.name, given.title) == (1, VOTER.name, "Fire drill")
    assert (given.completed_at, given.score) == (best.ended, best.score(training.content))
    assert given.valid_until == sitting.attempts.holds_until(training.content)
    world.clock.advance(days=1)
    _, again = await certified(world.ports, a_caller(VOTER), training.id)
    assert again == given


async def test_a_training_that_gives_no_points_is_certified_without_a_score(world: World) -> None:
    training = await world.posted(a_training(READ))
    await takes(world, training, VOTER, {})
    _, given = await certified(world.ports, a_caller(VOTER), training.id)
    assert (given.score, given.valid_until) == (None, None)


async def test_a_better_attempt_has_a_certificate_of_its_own(world: World) -> None:
    training = await world.posted(a_training())
    for number, text in ((1, "rome"), (2, "paris"), (3, "rome")):
        await takes(world, training, VOTER, {"one": text}, number)
        _, given = await certified(world.ports, a_caller(VOTER), training.id)
        assert given.attempt == min(number, 2)


@pytest.mark.parametrize("answers", [{}, {"one": "rome"}])
async def test_what_was_not_passed_is_not_certified(world: World, answers: dict[str, str]) -> None:
    training = await world.posted(a_training(pass_mark=50))
    await takes(world, training, VOTER, answers)
    with pytest.raises(NotAllowed, match="not_completed"):
        await certified(world.ports, a_caller(VOTER), training.id)


async def test_who_has_not_finished_has_completed_nothing(world: World) -> None:
    training = await world.posted(a_training())
    assert not is_completed(await at(world, training, VOTER))
    with pytest.raises(NotAllowed):
        await certified(world.ports, a_caller(VOTER), training.id)


async def test_what_lapsed_is_not_certified_any_more(world: World) -> None:
    training = await world.posted(replace(a_training(months=1), closes_at=None))
    await takes(world, training, VOTER, {"one": "paris"})
    world.clock.advance(days=60)
    with pytest.raises(NotAllowed):
        await certified(world.ports, a_caller(VOTER), training.id)


@pytest.mark.parametrize("feedback", Feedback)
async def test_a_quiz_gives_no_certificate_that_would_tell_its_score(
    world: World, feedback: Feedback
) -> None:
    quiz = await world.posted(a_quiz((ONE,), feedback=feedback, pass_mark=50))
    await takes(world, quiz, VOTER, {"one": "paris"})
    with pytest.raises(NotAllowed):
        await certified(world.ports, a_caller(VOTER), quiz.id)


async def test_whom_it_was_not_shown_gets_none(world: World) -> None:
    training = await world.posted(a_training())
    with pytest.raises(NotFound):
        await certified(world.ports, a_caller(VOTER, "19:elsewhere@thread.v2"), training.id)
