"""Options that respondents add: one each, whatever is pressed twice, and nobody's name leaks."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.action import Action, Status
from actions.adding import FIELD, add_option, takes_options, with_option
from actions.choice import MOST_OPTIONS, Option
from actions.errors import Closed, InvalidAnswers, MusterError, NotAllowed, NotFound, Problem
from actions.fields import fold, line_id
from actions.poll import QUESTION, question_of
from actions.responses import NOBODY
from tests.actions.builders import (
    ACTION_ID,
    CREATOR,
    DUE,
    NOW,
    VOTER,
    a_choice,
    a_closed_poll,
    a_poll,
)
from tests.actions.world import STRANGER, World, a_caller

OPEN = a_poll(may_add=True)
FULL = a_poll(a_choice(*(f"Option {n}" for n in range(MOST_OPTIONS))), may_add=True)


def added(*words: str, action: Action = OPEN) -> Action:
    """Add options one after another."""
    for one in words:
        action = with_option(action, one, "Vera", NOW)
    return action


def options(action: Action) -> tuple[Option, ...]:
    return question_of(action).options


def refusal(words: str, action: Action = OPEN) -> MusterError:
    with pytest.raises(MusterError) as refused:
        with_option(action, words, "Vera", NOW)
    return refused.value


def problem(words: str, action: Action = OPEN) -> Problem:
    refused = refusal(words, action)
    assert isinstance(refused, InvalidAnswers)
    return refused.problems[FIELD]


def test_an_option_comes_last_and_says_who_added_it() -> None:
    assert options(added("Ramen"))[:3] == options(OPEN)
    assert options(added("Ramen"))[3:] == (Option(line_id("Ramen"), "Ramen", added_by="Vera"),)


def test_nothing_else_of_the_poll_changes() -> None:
    before = replace(OPEN, content=replace(OPEN.content, description="Today."))
    after = added("Ramen", action=before)
    question = replace(question_of(after), options=options(before))
    assert replace(after, content=replace(after.content, questions=(question,))) == before
    assert after.content.keeps_answers(before.content)


@pytest.mark.parametrize("again", ["Ramen", " ramen ", "RAMEN\n"])
def test_the_same_words_again_add_nothing_and_are_no_error(again: str) -> None:
    once = added("Ramen")
    assert with_option(once, again, "Ben", NOW) is once


@pytest.mark.parametrize("words", ["Pizza", "pizza", " PIZZA ", "Pi\x00zza"])
def test_what_the_maker_wrote_is_refused_with_a_hint(words: str) -> None:
    assert problem(words) == Problem("option_exists")


@pytest.mark.parametrize("words", ["", "  ", "\n\t", "\x00"])
def test_a_blank_is_refused(words: str) -> None:
    assert problem(words) == Problem("option_needed")


def test_an_option_of_the_greatest_length_is_taken_and_a_longer_one_is_refused() -> None:
    assert options(added(f" {'o' * 1_000} "))[-1].text == "o" * 1_000
    assert problem("o" * 1_001) == Problem("too_long", {"limit": 1_000, "length": 1_001})


def test_several_lines_become_one() -> None:
    assert options(added("Ramen\n at the\tstation"))[-1].text == "Ramen at the station"


def test_the_25th_is_taken_and_no_more() -> None:
    but_one = a_poll(a_choice(*(f"Option {n}" for n in range(24))), may_add=True)
    full = added("Ramen", action=but_one)
    assert len(options(full)) == MOST_OPTIONS
    refused = refusal("Soup", full)
    assert (refused.code, refused.values) == ("no_more_options", {"most": MOST_OPTIONS})
    assert with_option(full, "Ramen", "Vera", NOW) is full


def test_a_poll_that_does_not_let_people_refuses() -> None:
    assert isinstance(refusal("Ramen", a_poll()), NotAllowed)
    assert refusal("Ramen", a_poll()).code == "may_not_add"


def test_a_poll_that_is_over_refuses() -> None:
    assert isinstance(refusal("Ramen", a_closed_poll(may_add=True)), Closed)
    assert isinstance(refusal("Ramen", replace(OPEN, closes_at=NOW)), Closed)
    assert isinstance(refusal("Ramen", replace(OPEN, status=Status.DELETED)), NotFound)


@pytest.mark.parametrize(("action", "takes"), [(OPEN, True), (a_poll(), False), (FULL, False)])
def test_an_option_is_taken_where_it_is_allowed_and_fits(action: Action, *, takes: bool) -> None:
    assert takes_options(action) is takes


def test_other_words_under_the_id_that_these_would_have_are_left_alone() -> None:
    question = a_choice("Pizza", "Sushi")
    renamed = replace(question, options=(*question.options, Option(line_id("Ramen"), "Udon")))
    after = added("Ramen", action=a_poll(renamed, may_add=True))
    assert [o.text for o in options(after)] == ["Pizza", "Sushi", "Udon", "Ramen"]
    assert len({o.id for o in options(after)}) == 4


@given(st.lists(st.text(max_size=12), max_size=40))
def test_whatever_is_added_ids_and_words_stay_different_and_the_first_ones_stay(
    words: list[str],
) -> None:
    action = OPEN
    for one in words:
        before = action
        try:
            action = with_option(action, one, "Vera", NOW)
        except (InvalidAnswers, NotAllowed):
            continue
        assert options(action)[: len(options(before))] == options(before)
    found = options(action)
    assert len({o.id for o in found}) == len({fold(o.text) for o in found}) == len(found)
    assert len(found) <= MOST_OPTIONS


async def test_an_added_option_is_stored_and_is_no_vote(world: World) -> None:
    await world.posted(OPEN)
    seen = await add_option(world.ports, a_caller(VOTER), ACTION_ID, "Ramen")
    assert options(seen.action)[-1] == Option(line_id("Ramen"), "Ramen", added_by="Vera Voter")
    assert seen.action.content_revision == OPEN.content_revision + 1
    assert (seen.viewer, seen.answers, seen.tallies.responded) == (VOTER.key, None, 0)


async def test_the_history_says_who_added_an_option(world: World) -> None:
    await world.posted(OPEN)
    await add_option(world.ports, a_caller(VOTER), ACTION_ID, "Ramen")
    (entry,) = world.store.posted[ACTION_ID].history
    assert (entry.verb, entry.person, entry.at) == ("option_added", VOTER, NOW)


async def test_nothing_of_an_anonymous_poll_says_who_added_an_option(world: World) -> None:
    await world.posted(replace(OPEN, settings=replace(OPEN.settings, anonymous=True)))
    seen = await add_option(world.ports, a_caller(VOTER), ACTION_ID, "Ramen")
    assert options(seen.action)[-1] == Option(line_id("Ramen"), "Ramen")
    (entry,) = world.store.posted[ACTION_ID].history
    assert (entry.verb, entry.person) == ("option_added", NOBODY)
    assert VOTER.name not in str(world.store.posted)


async def test_the_same_words_at_the_same_moment_are_one_option(world: World) -> None:
    await world.posted(OPEN)
    both = (a_caller(VOTER), a_caller(CREATOR))
    await asyncio.gather(*(add_option(world.ports, c, ACTION_ID, "Ramen") for c in both))
    stored = await world.store.action(ACTION_ID)
    assert [o.text for o in options(stored)] == ["Pizza", "Sushi", "Salad", "Ramen"]
    assert len(world.store.posted[ACTION_ID].history) == 1


async def test_an_added_option_can_be_voted_for(world: World) -> None:
    await world.posted(OPEN)
    await add_option(world.ports, a_caller(VOTER), ACTION_ID, "Ramen")
    await world.vote(CREATOR, line_id("Ramen"))
    assert await world.store.answers(ACTION_ID, CREATOR.key) == {QUESTION: (line_id("Ramen"),)}


async def test_votes_stand_when_an_option_is_added(world: World) -> None:
    await world.posted(OPEN)
    await world.vote(CREATOR, "b")
    seen = await add_option(world.ports, a_caller(CREATOR), ACTION_ID, "Ramen")
    assert seen.answers == {QUESTION: ("b",)}
    assert seen.tallies.count(QUESTION, "b") == 1


async def test_nothing_is_stored_once_the_due_time_has_passed(world: World) -> None:
    await world.posted(OPEN)
    world.clock.advance(seconds=(DUE - NOW + timedelta(seconds=1)).total_seconds())
    with pytest.raises(Closed):
        await add_option(world.ports, a_caller(VOTER), ACTION_ID, "Ramen")
    assert await world.store.action(ACTION_ID) == OPEN


async def test_someone_of_another_chat_does_not_even_learn_of_it(world: World) -> None:
    await world.posted(OPEN)
    caller = a_caller(STRANGER, "19:other@thread.v2")
    with pytest.raises(NotFound) as missing:
        await add_option(world.ports, caller, ACTION_ID, "Ramen")
    assert missing.value.code == "no_such_action"
    assert await world.store.action(ACTION_ID) == OPEN
