"""Answering: from a button to a stored response and the view of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.action import Settings, Status, Visibility
from actions.errors import Closed, Full, InvalidAnswers, NotAllowed, NotFound, NotSaved
from actions.history import Entry
from actions.poll import QUESTION
from actions.responding import respond
from actions.viewing import Shown
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
from tests.actions.world import CHANNEL, CHAT, STRANGER, World, a_caller


async def test_a_vote_is_stored_and_seen_at_once(world: World) -> None:
    await world.posted()
    seen = await world.vote(VOTER, "b")
    assert seen.answers == {QUESTION: ("b",)}
    assert seen.tallies.count(QUESTION, "b") == 1
    assert (seen.viewer, seen.took_part) == (VOTER.key, True)
    assert await world.store.answers(ACTION_ID, VOTER.key) == {QUESTION: ("b",)}


async def test_a_vote_repeated_counts_once_and_raises_no_revision(world: World) -> None:
    await world.posted()
    first = await world.vote(VOTER, "b")
    again = await world.vote(VOTER, "b")
    assert again.tallies.responded == 1
    assert again.action.revision == first.action.revision


async def test_a_vote_taken_back_is_gone(world: World) -> None:
    await world.posted()
    await world.vote(VOTER, "b")
    seen = await world.vote(VOTER, "b", "take_back")
    assert (seen.answers, seen.took_part, seen.tallies.responded) == (None, False, 0)


async def test_a_vote_by_the_form_counts_like_a_tap(world: World) -> None:
    await world.posted(a_poll(a_choice(most=3)))
    seen = await world.vote(VOTER, "c,a", "vote")
    assert seen.answers == {QUESTION: ("a", "c")}
    assert seen.tallies.responded == 1


async def test_voting_shows_what_is_seen_after_responding(world: World) -> None:
    await world.posted(a_poll(visibility=Visibility.AFTER_RESPONDING))
    assert (await world.vote(VOTER, "b")).shown is Shown.YES
    assert (await world.vote(VOTER, "b", "take_back")).shown is Shown.AFTER_RESPONDING


async def test_a_vote_at_the_due_time_is_too_late(world: World) -> None:
    await world.posted()
    world.clock.time = DUE - timedelta(seconds=1)
    await world.vote(VOTER, "a")
    world.clock.time = DUE
    with pytest.raises(Closed):
        await world.vote(VOTER, "b")
    assert await world.store.answers(ACTION_ID, VOTER.key) == {QUESTION: ("a",)}


@pytest.mark.parametrize("status", [Status.CLOSED, Status.SCHEDULED])
async def test_only_an_active_poll_takes_votes(world: World, status: Status) -> None:
    await world.posted(a_poll(status=status))
    with pytest.raises(Closed):
        await world.vote(VOTER, "a")


async def test_a_full_option_is_refused_and_nothing_stored(world: World) -> None:
    await world.posted(a_poll(a_choice(places={"a": 1})))
    await world.vote(CREATOR, "a")
    with pytest.raises(Full):
        await world.vote(VOTER, "a")
    assert await world.store.answers(ACTION_ID, VOTER.key) is None


async def test_a_place_given_up_can_be_taken(world: World) -> None:
    await world.posted(a_poll(a_choice(places={"a": 1})))
    await world.vote(CREATOR, "a")
    await world.vote(CREATOR, "b")
    assert (await world.vote(VOTER, "a")).answers == {QUESTION: ("a",)}


async def test_a_form_without_a_choice_is_refused_at_the_question(world: World) -> None:
    await world.posted()
    with pytest.raises(InvalidAnswers) as refused:
        await world.vote(VOTER, "", "vote")
    assert set(refused.value.problems) == {QUESTION}


async def test_a_vote_that_may_not_change_stays(world: World) -> None:
    await world.posted(a_poll(may_change=False))
    await world.vote(VOTER, "a")
    with pytest.raises(NotAllowed):
        await world.vote(VOTER, "b")
    assert await world.store.answers(ACTION_ID, VOTER.key) == {QUESTION: ("a",)}


@pytest.mark.parametrize("verb", ["", "delete", "Choose", "values_of"])
async def test_a_verb_that_the_kind_has_not_is_not_found(world: World, verb: str) -> None:
    await world.posted()
    with pytest.raises(NotFound) as missing:
        await world.vote(VOTER, "a", verb)
    assert missing.value.code == "no_such_verb"


async def test_a_poll_that_is_not_there_is_not_found(world: World) -> None:
    with pytest.raises(NotFound) as missing:
        await world.vote(VOTER, "a")
    assert missing.value.code == "no_such_action"


async def test_a_deleted_poll_says_so(world: World) -> None:
    await world.posted()
    await world.store.delete(ACTION_ID, Entry(NOW, CREATOR, "deleted"))
    with pytest.raises(NotFound) as missing:
        await world.vote(VOTER, "a")
    assert missing.value.code == "deleted"


async def test_a_poll_of_another_chat_is_not_found(world: World) -> None:
    await world.posted()
    caller = a_caller(STRANGER, "19:other@thread.v2")
    with pytest.raises(NotFound) as missing:
        await respond(world.ports, caller, ACTION_ID, "choose", "a")
    assert missing.value.code == "no_such_action"


async def test_a_poll_of_another_organisation_is_not_found_even_in_its_chat(world: World) -> None:
    await world.posted()
    caller = a_caller(VOTER, CHAT.id, tenant_id="elsewhere")
    with pytest.raises(NotFound):
        await respond(world.ports, caller, ACTION_ID, "choose", "a")


async def test_a_reply_thread_reaches_the_poll_of_its_channel(world: World) -> None:
    await world.posted(where=f"{CHANNEL.id};messageid=1")
    caller = a_caller(STRANGER, f"{CHANNEL.id};messageid=2")
    seen = await respond(world.ports, caller, ACTION_ID, "choose", "a")
    assert seen.answers == {QUESTION: ("a",)}


async def test_someone_of_the_audience_reaches_the_poll_from_elsewhere(world: World) -> None:
    await world.posted()
    await world.store.set_audience(ACTION_ID, [VOTER])
    caller = a_caller(VOTER, "a:voter")
    assert (await respond(world.ports, caller, ACTION_ID, "choose", "a")).took_part


async def test_who_manages_reaches_the_poll_from_elsewhere(world: World) -> None:
    await world.posted(a_poll(co_creators=(STRANGER,)))
    for person in (CREATOR, STRANGER):
        caller = a_caller(person, "a:elsewhere")
        assert (await respond(world.ports, caller, ACTION_ID, "choose", "a")).took_part


async def test_who_joined_later_is_counted_as_expected(world: World) -> None:
    await world.posted()
    await world.store.set_audience(ACTION_ID, [CREATOR, VOTER])
    assert (await world.vote(VOTER, "a")).expected == 2
    assert (await world.vote(STRANGER, "a")).expected == 3
    assert (await world.vote(STRANGER, "a", "take_back")).expected == 2


async def test_a_vote_sealed_by_closing_cannot_be_changed_after_reopening(world: World) -> None:
    action = await world.posted(a_poll(anonymous=True))
    await world.vote(VOTER, "a")
    entry = Entry(NOW, CREATOR, "changed")
    await world.store.change(ACTION_ID, lambda _: replace(action, status=Status.CLOSED), entry)
    await world.store.change(ACTION_ID, lambda _: action, entry)
    with pytest.raises(NotAllowed) as refused:
        await world.vote(VOTER, "b")
    assert refused.value.code == "sealed"


async def test_what_the_database_did_not_take_is_not_a_vote(world: World) -> None:
    await world.posted()
    world.store.fails = NotSaved("not_saved")
    with pytest.raises(NotSaved):
        await world.vote(VOTER, "a")
    world.store.fails = None
    assert await world.store.answers(ACTION_ID, VOTER.key) is None


async def test_a_poll_closed_between_reading_and_writing_takes_no_vote(world: World) -> None:
    await world.posted(a_closed_poll(settings=Settings()))
    with pytest.raises(Closed):
        await world.vote(VOTER, "a", "take_back")
