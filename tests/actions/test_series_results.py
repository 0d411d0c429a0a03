"""Results across a series: what is added up, and what must not be."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.action import Action, Posting
from actions.checklist import renewed
from actions.choice import Choice
from actions.errors import NotAllowed, NotFound
from actions.item import Item
from actions.policy import FEW
from actions.poll import QUESTION
from actions.series_results import (
    LATEST,
    POSTINGS_PER_PAGE,
    UPCOMING,
    about,
    add_up,
    asked_in,
    postings,
    together,
    upcoming,
)
from actions.tallies import SCORES, Tallies, recount
from actions.ticking import checklist_of
from tests.actions.attempted import an_attempt, attempts_of
from tests.actions.builders import (
    CREATOR,
    NOW,
    VOTER,
    a_choice,
    a_poll,
    tallies_of,
    votes,
)
from tests.actions.checklists import a_checklist, a_tick, ticked
from tests.actions.exams import KEYS, ONE, RIGHT, TRUE, a_quiz
from tests.actions.surveys import a_survey, answers_of
from tests.actions.world import CHAT, World, a_caller
from tests.dialogs.serials import FIRST, SERIES_ID, a_posting, a_series

POLL = a_poll(a_choice("Pizza", "Sushi"))
OTHER = a_poll(a_choice("Pizza", "Soup"))


async def posted(world: World, *actions: Action) -> None:
    """Let the series be there, and post these of it."""
    await world.store.save_series(a_series(actions[0] if actions else POLL))
    for action in actions:
        await world.store.post(action, Posting(f"p-{action.number}", action.id, CHAT.id))


@given(st.lists(st.lists(st.sampled_from(["a", "b", "ab"]), max_size=6), min_size=1, max_size=8))
def test_the_same_question_adds_up_to_what_a_recount_of_all_gives(
    ballots: Sequence[Sequence[str]],
) -> None:
    many = a_poll(a_choice("Pizza", "Sushi", most=2))
    counted = [(a_posting(n, many), tallies_of(many, *b)) for n, b in enumerate(ballots, 1)]
    added = add_up(counted[0][0], counted)
    everyone = recount(many.content, [(one, ()) for b in ballots for one in votes(*b)])
    assert _nonzero(added.tallies) == _nonzero(everyone)
    assert (added.covered, added.hidden, added.partial) == (len(ballots), 0, False)


def _nonzero(tallies: Tallies) -> Mapping[tuple[str, str], int]:
    return {bucket: count for bucket, count in tallies.counts.items() if count}


def test_a_posting_that_asks_something_else_is_not_added() -> None:
    newest, older = a_posting(2, POLL), a_posting(1, OTHER)
    added = add_up(newest, [(newest, tallies_of(newest, "a")), (older, tallies_of(older, "a"))])
    assert added.tallies.count(QUESTION, "a") == 1
    assert added.tallies.responded == 1
    assert (added.covered, added.partial) == (1, True)


def test_of_a_form_that_changed_the_questions_that_stayed_count_on() -> None:
    before = a_survey()
    team = before.content.questions[0]
    assert isinstance(team, Choice)
    changed = replace(team, text="Which shift are you in?")
    after = replace(
        before,
        content=replace(before.content, questions=(changed, *before.content.questions[1:])),
    )
    counted = [
        (a_posting(n, action), recount(action.content, [(answers_of(1), ())]))
        for n, action in ((2, after), (1, before))
    ]
    added = add_up(counted[0][0], counted)
    assert added.tallies.of("team").answered == 1
    assert added.tallies.of("gear").answered == 2
    assert (added.covered, added.partial) == (2, True)


def test_marks_of_another_key_are_not_added() -> None:
    strict = a_quiz((ONE, TRUE))
    mild = a_quiz((ONE, TRUE), {**KEYS, "true": replace(KEYS["true"], right="yes")})
    taken = attempts_of(strict, an_attempt(strict, RIGHT))
    counted = [
        (a_posting(n, action), recount(action.content, [(taken, ())]))
        for n, action in ((2, strict), (1, mild))
    ]
    added = add_up(counted[0][0], counted)
    assert added.tallies.of("one").answered == 2
    assert added.tallies.of("true").answered == 1
    # A score is a part of all points, whatever they were given for.
    assert sum(added.tallies.of(SCORES).counts.values()) == 2


@pytest.mark.parametrize("votes_cast", range(FEW + 1))
def test_an_anonymous_posting_with_few_responses_cannot_be_subtracted(votes_cast: int) -> None:
    secret = a_poll(a_choice("Pizza", "Sushi"), anonymous=True)
    newest, older = a_posting(2, secret), a_posting(1, secret)
    full = tallies_of(secret, "a", "a", "b")
    added = add_up(newest, [(newest, tallies_of(secret, *"a" * votes_cast)), (older, full)])
    is_few = votes_cast < FEW
    assert (added.covered, added.hidden) == ((1, 1) if is_few else (2, 0))
    assert added.tallies.count(QUESTION, "a") == (2 if is_few else 2 + votes_cast)


def test_items_are_the_same_though_each_posting_has_its_own_due_times() -> None:
    items = (Item("i0", "Lights", due=NOW), Item("i1", "Till"))
    first = replace(a_checklist(), content=replace(a_checklist().content, questions=items))
    later = renewed(first, NOW + timedelta(days=7))
    newest = a_posting(2, later, created_at=NOW + timedelta(days=7))
    older = a_posting(1, first, created_at=NOW)
    assert newest.content.questions != older.content.questions
    added = add_up(newest, [(newest, Tallies()), (older, Tallies())])
    assert (added.covered, added.partial) == (2, False)


def test_the_next_few_times_are_named_as_far_as_there_are_any() -> None:
    assert len(upcoming(a_series())) == UPCOMING
    assert upcoming(a_series())[1] == FIRST + timedelta(days=3)
    assert upcoming(a_series(rule=None)) == (FIRST,)
    assert upcoming(a_series(next_at=None)) == ()


def test_lists_have_a_result_for_each_item() -> None:
    assert asked_in(a_checklist(count=2).content) == a_checklist(count=2).content.questions


async def test_a_series_is_shown_with_its_last_postings(world: World) -> None:
    await posted(world, *(a_posting(n, POLL) for n in range(1, LATEST + 3)))
    found = await about(world.ports, a_caller(), SERIES_ID)
    assert found.place == CHAT
    assert [view.action.number for view in found.latest] == [7, 6, 5, 4, 3]


async def test_what_was_posted_is_paged_the_newest_first(world: World) -> None:
    count = POSTINGS_PER_PAGE + 2
    await posted(world, *(a_posting(n, POLL) for n in range(1, count + 1)))
    page = await postings(world.ports, a_caller(), SERIES_ID, 0)
    assert [view.action.number for view in page.views] == list(range(count, 2, -1))
    rest = await postings(world.ports, a_caller(), SERIES_ID, page.following)
    assert [view.action.number for view in rest.views] == [2, 1]
    assert rest.following == 0


async def test_lists_that_all_share_count_by_the_posting(world: World) -> None:
    shared = a_checklist("Lights", "Till")
    done = ticked(shared, i0=a_tick())
    await posted(world, a_posting(1, done), a_posting(2, done), a_posting(3, shared))
    found = await together(world.ports, a_caller(), SERIES_ID, 0)
    assert found.sum.tallies.people == 3
    assert found.sum.tallies.of("i0").answered == 2
    assert [question.id for question in found.questions] == ["i0", "i1"]
    assert checklist_of(done.content).ticks


async def test_before_anything_is_posted_there_is_nothing_to_add(world: World) -> None:
    await posted(world)
    found = await together(world.ports, a_caller(), SERIES_ID, 0)
    assert (found.view, found.sum.covered, found.questions) == (None, 0, ())


async def test_a_page_of_questions_begins_somewhere_sensible(world: World) -> None:
    await posted(world, a_posting(1, a_survey()))
    found = await together(world.ports, a_caller(), SERIES_ID, 999)
    assert [question.id for question in found.questions] == ["start"]


@pytest.mark.parametrize("look", [about, postings, together])
async def test_only_who_made_it_looks_at_it(world: World, look: Any) -> None:
    await posted(world, a_posting(1, POLL))
    more = () if look is about else (0,)
    with pytest.raises(NotAllowed):
        await look(world.ports, a_caller(VOTER), SERIES_ID, *more)
    with pytest.raises(NotFound):
        await look(world.ports, a_caller(CREATOR, tenant_id="elsewhere"), SERIES_ID, *more)
    with pytest.raises(NotFound):
        await look(world.ports, a_caller(), "nothing", *more)
