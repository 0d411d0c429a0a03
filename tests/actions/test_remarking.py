"""Correcting what is right after people have answered: whose scores move, and who passes now."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions import drafted, drafting
from actions.action import Action
from actions.attempts import Attempts, attempts_in
from actions.choice import Choice
from actions.content import Content
from actions.errors import InvalidAnswers, NotAllowed, NotFound
from actions.exam import Exam
from actions.history import Entry
from actions.keys import Key
from actions.marking import Score
from actions.people import Person
from actions.remarking import Remarked, apply_edit, compared
from actions.responses import Response
from actions.tallies import PASSED
from tests.actions.attempted import an_attempt, attempts_of, responses_of
from tests.actions.builders import CREATOR, VOTER
from tests.actions.exams import FIVE, KEYS, SEVERAL, a_quiz, started, takes
from tests.actions.quiz_drafts import a_quiz_form, planned
from tests.actions.world import World, a_caller, a_world

OTHER = Person("tenant/other", "Olga Other", "29:other")
FORM = a_quiz_form("one", "several", "yes_no", "short_text", pass_mark="80")
"""Five points: 2 for Paris, then 1 each for Paris and Rome, no, and Goethe."""

ROME = "Paris\n*Rome\nBerlin"
"""What makes another answer to the first question right."""


@pytest.fixture
async def world() -> World:
    return await a_world()


def a_made_quiz(**changes: str) -> Action:
    """Give a quiz as its form makes it."""
    plan = planned({**FORM, **changes})
    return replace(a_quiz(), content=plan.content, settings=plan.settings)


def ticking(action: Action, *words: str) -> dict[str, str]:
    """Give what to send to answer a quiz so, question by question; options by their words."""
    typed = {}
    for question, said in zip(action.content.questions, words, strict=True):
        options = question.options if isinstance(question, Choice) else ()
        ids = ",".join(option.id for option in options if option.text in said.split())
        typed[question.id] = ids or said
    return typed


def right(action: Action) -> dict[str, str]:
    """Give what to send to get all points."""
    return ticking(action, "Paris", "Paris Rome", "no", "Goethe")


def wrong(action: Action) -> dict[str, str]:
    """Give what to send to get none."""
    return ticking(action, "Rome", "York", "yes", "Schiller")


async def corrects(world: World, action: Action, **fields: str) -> Remarked:
    """Let the creator change fields of a posted quiz; a "." in a name is written as "__"."""
    draft = await drafting.start_edit(world.ports, a_caller(), action.id)
    named = {name.replace("__", "."): value for name, value in fields.items()}
    saved = await drafting.save(world.ports, a_caller(), draft, named)
    _, remarked = await apply_edit(world.ports, a_caller(), saved.id)
    return remarked


async def a_taken_quiz(world: World) -> Action:
    """Give a quiz that one person got right and one wrong."""
    quiz = await world.posted(a_made_quiz())
    await takes(world, quiz, VOTER, right(quiz))
    await takes(world, quiz, OTHER, wrong(quiz))
    return quiz


def entries(world: World, action: Action) -> list[Entry]:
    """Give what the history says of corrections."""
    return [one for one in world.store.posted[action.id].history if one.detail]


async def test_a_corrected_key_moves_scores_and_passes(world: World) -> None:
    quiz = await world.posted(a_made_quiz())
    await takes(world, quiz, VOTER, ticking(quiz, "Rome", "Paris Rome", "no", "Goethe"))
    await takes(world, quiz, OTHER, right(quiz))
    remarked = await corrects(world, quiz, q__q1__options=ROME, pass_mark="60")
    assert remarked == Remarked(2, (VOTER,), ())
    assert (await world.store.tallies(quiz.id)).counts[PASSED] == 2
    (entry,) = entries(world, quiz)
    assert entry.person == CREATOR
    assert entry.detail == {"changed": 2, "passed": [VOTER.key], "failed": []}


async def test_who_no_longer_passes_is_named(world: World) -> None:
    quiz = await a_taken_quiz(world)
    assert await corrects(world, quiz, q__q1__options=ROME) == Remarked(2, (), (VOTER,))


async def test_a_pass_mark_makes_people_pass_without_moving_a_score(world: World) -> None:
    quiz = await world.posted(a_made_quiz())
    await takes(world, quiz, VOTER, ticking(quiz, "Paris", "York", "no", "Schiller"))
    assert await corrects(world, quiz, pass_mark="50") == Remarked(0, (VOTER,), ())
    assert await corrects(world, quiz, pass_mark="90") == Remarked(0, (), (VOTER,))
    assert await corrects(world, quiz, pass_mark="") == Remarked()
    assert len(entries(world, quiz)) == 2


async def test_another_attempt_can_come_to_count(world: World) -> None:
    quiz = await world.posted(a_made_quiz(attempts="2"))
    await takes(world, quiz, VOTER, right(quiz))
    await takes(world, quiz, VOTER, wrong(quiz), 2)
    assert await corrects(world, quiz, counts="last") == Remarked(1, (), (VOTER,))


async def test_a_deleted_question_no_longer_counts(world: World) -> None:
    quiz = await world.posted(a_made_quiz())
    await takes(world, quiz, VOTER, ticking(quiz, "Rome", "Paris Rome", "no", "Goethe"))
    draft = await drafting.start_edit(world.ports, a_caller(), quiz.id)
    fewer = replace(draft, values=drafted.remove(draft.values, "q1"))
    await world.store.save_draft(fewer)
    _, remarked = await apply_edit(world.ports, a_caller(), fewer.id)
    assert remarked == Remarked(1, (VOTER,), ())
    kept = attempts_in(await world.store.answers(quiz.id, VOTER.key))
    reached = kept.score((await world.store.action(quiz.id)).content)
    assert reached == Score(Fraction(3), 3)


@pytest.mark.parametrize(
    "fields",
    [{"title": "New"}, {"q__q1__text": "Which?"}, {"q__q3__explanation": "They stop."}],
)
async def test_what_moves_no_marks_is_not_written_down(
    world: World, fields: dict[str, str]
) -> None:
    quiz = await a_taken_quiz(world)
    assert not await corrects(world, quiz, **fields)
    assert entries(world, quiz) == []


async def test_attempts_under_way_are_not_told_of(world: World) -> None:
    quiz = await world.posted(a_made_quiz())
    await started(world, quiz, VOTER)
    assert not await corrects(world, quiz, q__q1__options=ROME)


async def test_a_refused_correction_moves_nothing(world: World) -> None:
    quiz = await a_taken_quiz(world)
    with pytest.raises(InvalidAnswers):
        await corrects(world, quiz, q__q1__options="Paris\nRome")
    assert (await world.store.action(quiz.id)).content == quiz.content
    assert entries(world, quiz) == []


async def test_nobody_else_corrects(world: World) -> None:
    quiz = await a_taken_quiz(world)
    draft = await drafting.start_edit(world.ports, a_caller(), quiz.id)
    saved = await drafting.save(world.ports, a_caller(), draft, {"pass_mark": "1"})
    with pytest.raises((NotAllowed, NotFound)):
        await apply_edit(world.ports, a_caller(VOTER), saved.id)
    assert (await world.store.action(quiz.id)).content == quiz.content


async def test_a_draft_that_edits_nothing_is_no_correction(world: World) -> None:
    draft = drafting.start(world.ports, a_caller(), "quiz")
    saved = await drafting.save(world.ports, a_caller(), draft, {"title": "New"})
    with pytest.raises(NotFound):
        await apply_edit(world.ports, a_caller(), saved.id)


# The comparison

right_ones = st.fixed_dictionaries(
    {
        "one": st.sampled_from([("paris",), ("rome",), ("bergen",)]).map(Key),
        "several": st.sampled_from([("paris", "rome"), ("rome",), ("bergen", "rome")]).map(
            lambda right: Key(right, points=2, partial=True)
        ),
        "true": st.sampled_from(["yes", "no"]).map(lambda right: Key(right, points=3)),
    }
)
kept_questions = st.sets(st.sampled_from(FIVE), min_size=1)


@given(
    keys=right_ones,
    kept=kept_questions,
    mark=st.sampled_from([None, 30, 60, 90]),
    count=st.integers(1, 20),
)
@settings(deadline=None)
def test_what_is_foretold_is_what_becomes_of_everyone(
    keys: dict[str, Key], kept: set[object], mark: int | None, count: int
) -> None:
    quiz = a_quiz(pass_mark=60)
    people = responses_of(quiz, count)
    questions = tuple(q for q in FIVE if q in kept)
    own = {
        name: key for name, key in {**KEYS, **keys}.items() if any(q.id == name for q in questions)
    }
    after = replace(quiz.content, questions=questions, keys=own, exam=Exam(pass_mark=mark))
    told = compared(quiz.content, after, people)
    moved = [one for one in people if _score(quiz.content, one) != _score(after, one)]
    assert told.changed == len(moved)
    for one in people:
        did, does = _passes(quiz.content, one), _passes(after, one)
        assert (one.person in told.passed) is (does is True and did is not True)
        assert (one.person in told.failed) is (did is True and does is False)


def _score(content: Content, response: Response) -> object:
    return _under(content, response).score(content)


def _passes(content: Content, response: Response) -> bool | None:
    reached = _under(content, response).score(content)
    assert content.exam is not None
    return None if reached is None else reached.passed(content.exam.pass_mark)


def _under(content: Content, response: Response) -> Attempts:
    attempts = attempts_in(response.answers)
    return Attempts.of(content, attempts.attempts, attempts.lapsed)


def test_an_option_that_is_gone_is_no_wrong_tick_any_more() -> None:
    quiz = a_quiz((SEVERAL,), {"several": Key(("paris",))})
    ticked = attempts_of(quiz, an_attempt(quiz, {"several": "paris,bergen"}))
    fewer = replace(SEVERAL, options=SEVERAL.options[:2])
    after = replace(quiz.content, questions=(fewer,))
    told = compared(quiz.content, after, [Response(VOTER, ticked, None)])
    assert told.changed == 1
