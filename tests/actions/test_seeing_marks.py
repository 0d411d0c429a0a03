"""Who sees what of marks, and when: every reader, setting and moment; forged presses included."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import product

import pytest

from actions.action import Action, Settings, Status, Visibility
from actions.caller import Caller
from actions.errors import NotAllowed, NotFound
from actions.exam import Feedback
from actions.exporting import exportable
from actions.looking import (
    drilled,
    one_response,
    own_responses,
    question_results,
    results,
    text_answers,
)
from actions.managing import close
from actions.marks import leaders, not_begun, overview, under_way
from actions.people import Person
from actions.policy import (
    sees_leaderboard,
    sees_marked,
    sees_questions,
    sees_results,
    visibility_of,
)
from actions.ports import Ports
from actions.responses import Response
from actions.viewing import Shown, not_responded, responded, view
from tests.actions.attempted import responses_of, seen_by
from tests.actions.builders import CREATOR, NOW, VOTER
from tests.actions.exams import RIGHT, WRONG, a_quiz, takes
from tests.actions.world import World, a_caller, a_world
from tests.fakes import a_person

TOLD_AT_ONCE = {Feedback.EACH, Feedback.END}
CELLS = list(product(Visibility, Feedback, [False, True], [False, True]))
"""Visibility, feedback, whether one has taken part, whether it is closed."""


def a_marked(
    visibility: Visibility, feedback: Feedback, *, over: bool = False, leaderboard: bool = True
) -> Action:
    """Give a quiz with these settings."""
    quiz = a_quiz(feedback=feedback, pass_mark=50, leaderboard=leaderboard)
    settings = Settings(visibility, may_change=False)
    made = replace(quiz, settings=settings)
    return replace(made, status=Status.CLOSED, closed_at=NOW) if over else made


def sees_in_all(
    visibility: Visibility, feedback: Feedback, *, took_part: bool, over: bool
) -> bool:
    """Give, told in other words than in the code, whether others see what all scores come to."""
    if visibility is Visibility.CREATOR:
        return False
    if over:
        return True
    waits = visibility is Visibility.AFTER_RESPONDING and not took_part
    return feedback in TOLD_AT_ONCE and visibility is not Visibility.AFTER_CLOSING and not waits


@pytest.mark.parametrize(("visibility", "feedback", "took_part", "over"), CELLS)
def test_others_see_the_whole_once_scores_may_be_known(
    visibility: Visibility, feedback: Feedback, *, took_part: bool, over: bool
) -> None:
    quiz = a_marked(visibility, feedback, over=over)
    seen = seen_by(quiz, responses_of(quiz, 3), "tenant/other", took_part=took_part)
    expected = sees_in_all(visibility, feedback, took_part=took_part, over=over)
    assert sees_results(quiz, "tenant/other", responded=took_part, now=NOW) is expected
    assert (seen.shown is Shown.YES) is expected
    assert seen.sees_questions is (expected and over and feedback is not Feedback.NEVER)
    assert seen.sees_leaderboard is (took_part and (over or feedback in TOLD_AT_ONCE))
    assert not sees_marked(quiz, "tenant/other")


@pytest.mark.parametrize(("visibility", "feedback", "took_part", "over"), CELLS)
@pytest.mark.parametrize("key", [CREATOR.key, "tenant/second"], ids=["creator", "co-creator"])
def test_who_manages_it_sees_everything_always(
    key: str, visibility: Visibility, feedback: Feedback, *, took_part: bool, over: bool
) -> None:
    quiz = a_marked(visibility, feedback, over=over)
    quiz = replace(quiz, co_creators=(a_person("Second"),))
    seen = seen_by(quiz, responses_of(quiz, 3), key, took_part=took_part)
    assert seen.shown is Shown.YES
    assert seen.sees_questions
    assert seen.sees_leaderboard
    assert sees_marked(quiz, key)


def test_a_leaderboard_that_was_not_announced_is_seen_by_nobody() -> None:
    quiz = a_marked(Visibility.EVERYONE, Feedback.END, leaderboard=False)
    for key in (CREATOR.key, VOTER.key):
        assert not sees_leaderboard(quiz, key, responded=True, is_open=True)


def test_the_reason_is_told_for_what_is_hidden() -> None:
    quiz = a_marked(Visibility.EVERYONE, Feedback.NEVER)
    assert visibility_of(quiz) is Visibility.AFTER_CLOSING
    assert seen_by(quiz, [], "tenant/other").shown is Shown.AFTER_CLOSING
    mine = a_marked(Visibility.CREATOR, Feedback.NEVER)
    assert seen_by(mine, [], "tenant/other").shown is Shown.CREATOR


def test_what_is_not_marked_is_seen_as_before() -> None:
    quiz = a_marked(Visibility.EVERYONE, Feedback.NEVER)
    survey = replace(quiz, content=replace(quiz.content, exam=None, keys={}))
    assert visibility_of(survey) is Visibility.EVERYONE
    assert sees_questions(survey, VOTER.key, is_open=True)
    assert sees_marked(survey, VOTER.key)


# The use cases, as a forged press reaches them

Look = Callable[[Ports, Caller, str], Awaitable[object]]

MANAGERS_ONLY: dict[str, Look] = {
    "texts": lambda p, c, a: text_answers(p, c, a, "text", "", ""),
    "drill": lambda p, c, a: drilled(p, c, a, "one", "paris", ""),
    "response": lambda p, c, a: one_response(p, c, a, CREATOR.key),
    "own response": lambda p, c, a: one_response(p, c, a, VOTER.key),
    "under way": lambda p, c, a: under_way(p, c, a, "", ""),
    "not begun": lambda p, c, a: not_begun(p, c, a, "", ""),
    "export": lambda p, c, a: exportable(p, c.person.key, a),
}
"""Every look at single people's marks."""


@pytest.fixture
async def world() -> World:
    return await a_world()


async def taken(world: World, quiz: Action, *, over: bool) -> Action:
    """Post a quiz which the creator and the voter take, and close it perhaps."""
    posted = await world.posted(quiz)
    await takes(world, posted, CREATOR, RIGHT)
    await takes(world, posted, VOTER, WRONG)
    if over:
        return await close(world.ports, a_caller(), posted.id)
    return posted


@pytest.mark.parametrize("name", MANAGERS_ONLY)
@pytest.mark.parametrize("feedback", list(Feedback))
@pytest.mark.parametrize("over", [False, True], ids=["open", "closed"])
async def test_single_marks_are_for_who_manages_it(
    world: World, name: str, feedback: Feedback, *, over: bool
) -> None:
    quiz = await taken(world, a_marked(Visibility.EVERYONE, feedback), over=over)
    with pytest.raises(NotAllowed) as refused:
        await MANAGERS_ONLY[name](world.ports, a_caller(VOTER), quiz.id)
    assert refused.value.code in {"creator_only", "results_hidden"}
    assert await MANAGERS_ONLY[name](world.ports, a_caller(CREATOR), quiz.id)


@pytest.mark.parametrize("feedback", list(Feedback))
@pytest.mark.parametrize("over", [False, True], ids=["open", "closed"])
async def test_others_reach_a_questions_result_after_closing_only(
    world: World, feedback: Feedback, *, over: bool
) -> None:
    quiz = await taken(world, a_marked(Visibility.EVERYONE, feedback), over=over)
    caller = a_caller(VOTER)
    page = await results(world.ports, caller, quiz.id)
    if over and feedback is not Feedback.NEVER:
        found = await question_results(world.ports, caller, quiz.id, "one")
        assert found.keys == page.keys == quiz.content.keys
        assert page.texts == {}
    else:
        with pytest.raises(NotAllowed):
            await question_results(world.ports, caller, quiz.id, "one")
        assert (page.questions, page.keys, page.texts) == ((), {}, {})
        assert (await overview(world.ports, caller, quiz.id)).hardest == ()


async def test_others_are_told_names_without_marks(world: World) -> None:
    quiz = await taken(world, a_marked(Visibility.EVERYONE, Feedback.END), over=False)
    people = await responded(world.ports, a_caller(VOTER), quiz.id, "", "")
    assert people.page.responses == (
        Response(VOTER, None, None),
        Response(CREATOR, None, None),
    )
    assert (await not_responded(world.ports, a_caller(VOTER), quiz.id, "", "")).view


@pytest.mark.parametrize("feedback", [Feedback.CLOSED, Feedback.NEVER])
async def test_nothing_of_the_scores_is_told_before_they_may_be_known(
    world: World, feedback: Feedback
) -> None:
    quiz = await taken(world, a_marked(Visibility.EVERYONE, feedback), over=False)
    found = await overview(world.ports, a_caller(VOTER), quiz.id)
    assert (found.figures.finished, found.figures.scored) == (2, 0)
    assert (found.figures.average, found.figures.passed, found.figures.spread) == (None, None, ())
    for look in (leaders(world.ports, a_caller(VOTER), quiz.id),):
        with pytest.raises(NotAllowed):
            await look
    with pytest.raises(NotAllowed):
        await responded(world.ports, a_caller(VOTER), quiz.id, "", "")


async def test_own_answers_do_not_tell_which_attempt_is_the_best(world: World) -> None:
    quiz = await taken(world, a_marked(Visibility.EVERYONE, Feedback.NEVER), over=False)
    for person in (VOTER, CREATOR):
        with pytest.raises(NotFound):
            await own_responses(world.ports, a_caller(person), quiz.id)


async def test_a_creator_who_has_not_taken_it_sees_all_of_it(world: World) -> None:
    quiz = await world.posted(a_marked(Visibility.CREATOR, Feedback.NEVER))
    await takes(world, quiz, VOTER, RIGHT)
    found = await overview(world.ports, a_caller(), quiz.id)
    assert (found.figures.finished, found.figures.passed) == (1, 1)
    assert len((await results(world.ports, a_caller(), quiz.id)).questions) == 5
    assert (await leaders(world.ports, a_caller(), quiz.id)).own is None
    stranger = Person("tenant/stranger", "Sam")
    with pytest.raises(NotAllowed):
        await leaders(world.ports, a_caller(stranger), quiz.id)
    assert (await view(world.ports, a_caller(stranger), quiz.id)).shown is Shown.CREATOR
