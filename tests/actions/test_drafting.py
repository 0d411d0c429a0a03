"""Making a poll: drafts that lose nothing, and posting once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from actions import drafting
from actions.action import Action, Draft, Settings, Status, Visibility
from actions.adding import with_option
from actions.caller import Caller
from actions.choice import Option
from actions.errors import InvalidAnswers, NotAllowed, NotFound, TryLater
from actions.history import Entry
from actions.poll import QUESTION, question_of
from tests.actions.builders import (
    ACTION_ID,
    CREATOR,
    DRAFT_ID,
    DUE,
    NOW,
    VOTER,
    a_choice,
    a_closed_poll,
    a_draft,
    a_form,
    a_poll,
)
from tests.actions.world import CHANNEL, CHAT, FOREIGN, PERSONAL, World, a_caller, a_world
from tests.fakes import MemoryStore

TYPED = {"title": "Lunch?", "option.a": "Pizza", "option.b": "Sushi"}


async def _kept(world: World, caller: Caller | None = None, **changes: str) -> Draft:
    """Store a filled-in form as a draft."""
    draft = a_draft(values=a_form(**changes))
    return await drafting.save(world.ports, caller or a_caller(), draft, {})


async def _posted(world: World) -> Action:
    await _kept(world)
    return await drafting.post(world.ports, a_caller(), DRAFT_ID, CHAT.id)


async def test_a_new_draft_is_the_callers_and_not_stored_yet(world: World) -> None:
    draft = drafting.start(world.ports, a_caller(), "poll", "Lunch?")
    assert (draft.creator, draft.origin, draft.values["title"]) == (CREATOR, CHAT.id, "Lunch?")
    with pytest.raises(NotFound):
        await world.store.draft(draft.id)


async def test_a_draft_of_no_kind_cannot_be_started(world: World) -> None:
    with pytest.raises(NotFound):
        drafting.start(world.ports, a_caller(), "mystery")


async def test_one_line_is_a_draft_that_can_be_posted(world: World) -> None:
    draft = drafting.start_from_line(world.ports, a_caller(), "poll", "Lunch? | Pizza | Sushi")
    assert draft is not None
    await drafting.save(world.ports, a_caller(), draft, {})
    action = await drafting.post(world.ports, a_caller(), draft.id, CHAT.id)
    assert [option.text for option in question_of(action).options] == ["Pizza", "Sushi"]


async def test_one_line_without_options_is_no_draft(world: World) -> None:
    assert drafting.start_from_line(world.ports, a_caller(), "poll", "Lunch?") is None


async def test_what_was_typed_is_kept_as_it_was_typed(world: World) -> None:
    draft = await drafting.save(
        world.ports, a_caller(), a_draft(), {"title": "  Din", "date": "x"}
    )
    stored = await drafting.own_draft(world.ports, a_caller(), DRAFT_ID)
    assert stored == draft
    assert (stored.values["title"], stored.values["date"]) == ("  Din", "x")
    assert stored.updated_at == NOW


async def test_a_due_time_that_was_cleared_is_not_kept(world: World) -> None:
    draft = await _kept(world)
    draft = await drafting.save(world.ports, a_caller(), draft, {"closes": "true"})
    with pytest.raises(InvalidAnswers) as refused:
        await drafting.preview(world.ports, a_caller(), draft)
    assert {name: p.code for name, p in refused.value.problems.items()} == {
        "date": "date_needed",
        "time": "time_needed",
    }


async def test_what_is_stored_wins_over_what_a_button_says(world: World) -> None:
    await _kept(world, title="Stored")
    forged = a_draft(values=a_form(title="Forged"), edits=ACTION_ID, origin="elsewhere")
    saved = await drafting.save(world.ports, a_caller(), forged, {"description": "Typed"})
    assert (saved.values["title"], saved.values["description"]) == ("Stored", "Typed")
    assert (saved.edits, saved.origin) == ("", "a:personal")


@pytest.mark.parametrize(
    "caller", [a_caller(VOTER), a_caller(CREATOR, tenant_id="elsewhere")], ids=["other", "tenant"]
)
async def test_nobody_else_reaches_a_draft(world: World, caller: Caller) -> None:
    await _kept(world)
    with pytest.raises(NotFound):
        await drafting.own_draft(world.ports, caller, DRAFT_ID)
    with pytest.raises(NotFound):
        await drafting.save(world.ports, caller, a_draft(), TYPED)
    with pytest.raises(NotFound):
        await drafting.post(world.ports, caller, DRAFT_ID, CHAT.id)
    assert (await world.store.draft(DRAFT_ID)).creator == CREATOR


async def test_a_preview_is_the_poll_that_posting_makes(world: World) -> None:
    draft = await _kept(world, visibility="creator", description="Today.")
    shown = await drafting.preview(world.ports, a_caller(), draft)
    assert shown == await drafting.post(world.ports, a_caller(), DRAFT_ID, CHAT.id)
    assert (shown.id, shown.status, shown.closes_at) == (DRAFT_ID, Status.ACTIVE, DUE)
    assert shown.settings == Settings(Visibility.CREATOR)


async def test_a_form_that_is_not_right_is_neither_shown_nor_posted(world: World) -> None:
    draft = await _kept(world, title="")
    with pytest.raises(InvalidAnswers):
        await drafting.preview(world.ports, a_caller(), draft)
    with pytest.raises(InvalidAnswers):
        await drafting.post(world.ports, a_caller(), DRAFT_ID, CHAT.id)
    assert await drafting.own_draft(world.ports, a_caller(), DRAFT_ID) == draft


async def test_a_due_time_that_passes_before_posting_is_refused(world: World) -> None:
    await _kept(world)
    world.clock.time = DUE
    with pytest.raises(InvalidAnswers) as refused:
        await drafting.post(world.ports, a_caller(), DRAFT_ID, CHAT.id)
    assert set(refused.value.problems) == {"date"}


async def test_posting_stores_the_poll_and_one_posting(world: World) -> None:
    action = await _posted(world)
    (posting,) = await world.store.postings(action.id)
    assert (posting.conversation_id, posting.activity_id) == (CHAT.id, "")


async def test_posting_twice_is_posting_once(world: World) -> None:
    action = await _posted(world)
    with pytest.raises(NotFound) as missing:
        await drafting.post(world.ports, a_caller(), DRAFT_ID, CHAT.id)
    assert missing.value.code == "posted"
    assert len(await world.store.postings(action.id)) == 1


async def test_a_posted_draft_cannot_be_typed_into_again(world: World) -> None:
    await _posted(world)
    with pytest.raises(NotFound) as missing:
        await drafting.save(world.ports, a_caller(), a_draft(), TYPED)
    assert missing.value.code == "posted"


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("19:unknown@thread.v2", "bot_not_there"),
        (FOREIGN.id, "bot_not_there"),
        (CHANNEL.id, "not_in_conversation"),
        ("a:voter", "not_in_conversation"),
    ],
)
async def test_a_place_without_the_bot_or_the_person_is_refused(where: str, code: str) -> None:
    others = replace(PERSONAL, id="a:voter", person=VOTER.key)
    world = await a_world(CHANNEL, FOREIGN, others)
    await _kept(world)
    with pytest.raises(NotAllowed) as refused:
        await drafting.post(world.ports, a_caller(), DRAFT_ID, where)
    assert refused.value.code == code
    assert world.store.posted == {}


async def test_the_chat_that_someone_asks_from_needs_no_roster(world: World) -> None:
    world.roster.fails = TryLater()
    assert (await _posted(world)).id == DRAFT_ID


async def test_the_own_personal_chat_can_be_posted_in(world: World) -> None:
    await _kept(world)
    caller = a_caller(conversation=PERSONAL.id)
    assert await drafting.post(world.ports, caller, DRAFT_ID, PERSONAL.id)


async def test_another_chat_with_both_in_it_can_be_posted_in(world: World) -> None:
    await _kept(world)
    caller = a_caller(conversation=PERSONAL.id)
    action = await drafting.post(world.ports, caller, DRAFT_ID, CHAT.id)
    assert [p.conversation_id for p in await world.store.postings(action.id)] == [CHAT.id]


async def test_a_reply_thread_is_posted_in_where_the_channel_is_known() -> None:
    world = await a_world(CHANNEL)
    await _kept(world)
    thread = f"{CHANNEL.id};messageid=17"
    action = await drafting.post(world.ports, a_caller(conversation=thread), DRAFT_ID, thread)
    assert [p.conversation_id for p in await world.store.postings(action.id)] == [thread]


async def test_places_are_offered_where_the_person_is_at_this_moment() -> None:
    world = await a_world(CHANNEL, FOREIGN)
    offered = await drafting.destinations(world.ports, a_caller())
    assert offered == [CHAT]
    world.roster.people[CHANNEL.id] = [CREATOR]
    assert {c.id for c in await drafting.destinations(world.ports, a_caller())} == {
        CHAT.id,
        CHANNEL.id,
    }


async def test_places_that_teams_does_not_answer_for_are_not_offered(world: World) -> None:
    world.roster.fails = TryLater()
    assert await drafting.destinations(world.ports, a_caller()) == []


async def test_a_duplicate_asks_the_same_with_a_new_due_time(world: World) -> None:
    old = a_closed_poll(
        a_choice(most=3), closes_at=NOW - timedelta(days=30), more="Today.", may_change=False
    )
    await world.posted(old)
    draft = await drafting.duplicate(world.ports, a_caller(), ACTION_ID)
    stored = await drafting.own_draft(world.ports, a_caller(), draft.id)
    assert stored.values == draft.values
    again = await drafting.preview(world.ports, a_caller(), draft)
    assert (again.content, again.settings) == (old.content, old.settings)
    assert (again.closes_at, again.id != old.id) == (DUE, True)


async def test_a_duplicate_of_a_poll_without_due_time_has_one(world: World) -> None:
    await world.posted(a_poll(closes_at=None))
    draft = await drafting.duplicate(world.ports, a_caller(), ACTION_ID)
    assert (await drafting.preview(world.ports, a_caller(), draft)).closes_at == DUE


async def test_only_who_manages_duplicates_and_edits(world: World) -> None:
    await world.posted()
    for use in (drafting.duplicate, drafting.start_edit):
        with pytest.raises(NotAllowed):
            await use(world.ports, a_caller(VOTER), ACTION_ID)
    assert world.store.stored_drafts == {}


async def test_an_edit_changes_texts_and_due_time_and_keeps_the_votes(world: World) -> None:
    await world.posted()
    await world.vote(VOTER, "b")
    draft = await drafting.start_edit(world.ports, a_caller(), ACTION_ID)
    typed = {"title": "Dinner?", "option.a": "Pasta", "closes": "false"}
    draft = await drafting.save(world.ports, a_caller(), draft, typed)
    edited = await drafting.apply_edit(world.ports, a_caller(), draft.id)
    assert (edited.content.title, edited.closes_at) == ("Dinner?", None)
    assert [option.text for option in question_of(edited).options] == ["Pasta", "Sushi", "Salad"]
    assert await world.store.answers(ACTION_ID, VOTER.key) == {QUESTION: ("b",)}


async def test_an_option_whose_words_change_loses_its_votes(world: World) -> None:
    await world.posted()
    await world.vote(VOTER, "b")
    draft = await drafting.start_edit(world.ports, a_caller(), ACTION_ID)
    draft = await drafting.save(world.ports, a_caller(), draft, {"option.b": "Soup"})
    edited = await drafting.apply_edit(world.ports, a_caller(), draft.id)
    assert (await world.store.tallies(ACTION_ID)).responded == 0
    assert question_of(edited).options[0] == Option("a", "Pizza")


async def test_an_edit_leaves_the_settings_that_people_answered_under(world: World) -> None:
    await world.posted(a_poll(anonymous=True, may_change=False))
    draft = await drafting.start_edit(world.ports, a_caller(), ACTION_ID)
    typed = {"anonymous": "false", "may_change": "true", "visibility": "creator"}
    draft = await drafting.save(world.ports, a_caller(), draft, typed)
    edited = await drafting.apply_edit(world.ports, a_caller(), draft.id)
    assert edited.settings == Settings(anonymous=True, may_change=False)


async def test_an_option_added_while_an_edit_is_being_saved_is_kept(world: World) -> None:
    await world.posted(a_poll(may_add=True))
    draft = await drafting.start_edit(world.ports, a_caller(), ACTION_ID)
    draft = await drafting.save(world.ports, a_caller(), draft, {"title": "Dinner?"})
    ports = replace(world.ports, store=BusyStore(world.clock, posted=world.store.posted))
    await ports.store.save_draft(draft)
    edited = await drafting.apply_edit(ports, a_caller(), draft.id)
    assert edited.content.title == "Dinner?"
    assert question_of(edited).options[-1].text == "Ramen"


class BusyStore(MemoryStore):
    """A store in which someone adds an option whenever a change waits for the lock."""

    async def change(
        self, action_id: str, decide: Callable[[Action], Action], entry: Entry
    ) -> Action:
        """Change an action that was just added to."""
        stored = self.posted[action_id]
        stored.action = with_option(stored.action, "Ramen", "Vera", NOW)
        return await super().change(action_id, decide, entry)


async def test_an_edit_is_gone_from_the_drafts_once_applied(world: World) -> None:
    await world.posted()
    draft = await drafting.start_edit(world.ports, a_caller(), ACTION_ID)
    await drafting.save(world.ports, a_caller(), draft, {"title": "Dinner?"})
    await drafting.apply_edit(world.ports, a_caller(), draft.id)
    assert await world.store.drafts(CREATOR.key, 0, 10) == []
    with pytest.raises(NotFound):
        await drafting.apply_edit(world.ports, a_caller(), draft.id)


async def test_an_edit_by_who_manages_no_longer_is_refused(world: World) -> None:
    await world.posted(a_poll(co_creators=(VOTER,)))
    draft = await drafting.start_edit(world.ports, a_caller(VOTER), ACTION_ID)
    await drafting.save(world.ports, a_caller(VOTER), draft, {"title": "Dinner?"})
    world.store.posted[ACTION_ID].action = a_poll()
    with pytest.raises(NotAllowed):
        await drafting.apply_edit(world.ports, a_caller(VOTER), draft.id)


async def test_an_edit_is_not_posted_and_a_draft_not_applied(world: World) -> None:
    await world.posted()
    edit = await drafting.start_edit(world.ports, a_caller(), ACTION_ID)
    await drafting.save(world.ports, a_caller(), edit, {"title": "Dinner?"})
    with pytest.raises(NotAllowed) as refused:
        await drafting.post(world.ports, a_caller(), edit.id, CHAT.id)
    assert refused.value.code == "is_edit"
    await _kept(world)
    with pytest.raises(NotFound):
        await drafting.apply_edit(world.ports, a_caller(), DRAFT_ID)


async def test_an_edit_reads_its_times_in_the_zone_of_the_poll(world: World) -> None:
    await world.posted()
    caller = a_caller(time_zone="Asia/Tokyo")
    draft = await drafting.start_edit(world.ports, caller, ACTION_ID)
    draft = await drafting.save(world.ports, caller, draft, {"time": "11:00"})
    edited = await drafting.apply_edit(world.ports, caller, draft.id)
    assert edited.closes_at == DUE + timedelta(hours=1)


async def test_texts_of_a_closed_poll_can_be_edited_and_it_stays_closed(world: World) -> None:
    await world.posted(a_closed_poll(closes_at=NOW - timedelta(days=1)))
    draft = await drafting.start_edit(world.ports, a_caller(), ACTION_ID)
    draft = await drafting.save(world.ports, a_caller(), draft, {"description": "Thanks!"})
    edited = await drafting.apply_edit(world.ports, a_caller(), draft.id)
    assert (edited.status, edited.content.description) == (Status.CLOSED, "Thanks!")
