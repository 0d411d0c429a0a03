"""Posting later, and again and again, as creators ask for it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from actions import drafting
from actions.action import Draft, Status
from actions.errors import InvalidAnswers, NotAllowed, NotFound
from actions.recurrence import Every, Rule
from actions.scheduling import (
    BY_CREATOR,
    apply_edit,
    delete,
    own_one,
    post_now,
    resume,
    schedule,
    start_edit,
    stop,
)
from actions.series import Series
from tests.actions.builders import CREATOR, DRAFT_ID, NOW, VOTER, a_draft, a_form
from tests.actions.world import CHAT, FOREIGN, PERSONAL, World, a_caller, a_world

MONDAY = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
"""Half past seven in Berlin."""

WEEK = timedelta(days=7)
WEEKLY = {
    "post.date": "2026-11-23",
    "post.time": "07:30",
    "post.repeat": "week",
    "post.closes_after": "480",
}
ONCE = {**WEEKLY, "post.repeat": "never"}

Use = Callable[..., Awaitable[Any]]


async def kept(world: World, **changes: str) -> Draft:
    """Store a filled-in form as a draft."""
    return await drafting.save(world.ports, a_caller(), a_draft(values=a_form()), changes)


async def scheduled(world: World, fields: dict[str, str] | None = None) -> Series:
    """Schedule a poll in the chat, weekly if nothing else is said."""
    await kept(world, **(WEEKLY if fields is None else fields))
    return await schedule(world.ports, a_caller(), DRAFT_ID, CHAT.id)


async def posted_of(world: World, series: Series) -> list[int]:
    """Give the numbers of what was posted, newest first."""
    return [action.number for action in await world.store.in_series(series.id, 0, 10)]


async def test_scheduled_draft_is_a_series(world: World) -> None:
    series = await scheduled(world)
    assert series.id == series.template.id == DRAFT_ID
    assert series.template.status is Status.SCHEDULED
    assert series.template.content.title == "Lunch?"
    assert series.template.creator == CREATOR
    assert series.template.created_at == series.starts_at == series.next_at == MONDAY
    assert series.rule == Rule(Every.WEEK, weekdays=(0,))
    assert series.closes_after == timedelta(hours=8)
    assert series.conversation_id == CHAT.id
    assert series.values["post.repeat"] == "week"
    assert await world.store.drafts(CREATOR.key, 0, 10) == []
    assert await world.store.action_ids() == []


async def test_scheduling_twice_is_scheduling_once(world: World) -> None:
    first = await scheduled(world)
    await world.store.change_series(first.id, lambda series: replace(series, posted=1))
    again = await schedule(world.ports, a_caller(), DRAFT_ID, CHAT.id)
    assert again == replace(first, posted=1)


async def test_posted_draft_is_not_scheduled_as_well(world: World) -> None:
    await kept(world, **WEEKLY)
    await drafting.post(world.ports, a_caller(), DRAFT_ID, CHAT.id)
    with pytest.raises(NotFound):
        await schedule(world.ports, a_caller(), DRAFT_ID, CHAT.id)


async def test_scheduled_draft_is_not_posted_as_well(world: World) -> None:
    await scheduled(world)
    with pytest.raises(NotFound, match="posted"):
        await drafting.post(world.ports, a_caller(), DRAFT_ID, CHAT.id)


async def test_all_problems_of_form_and_schedule_are_said_at_once(world: World) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        await scheduled(world, {**WEEKLY, "title": "", "post.time": "", "post.interval": "0"})
    assert set(refused.value.problems) == {"title", "post.time", "post.interval"}
    assert (await world.store.draft(DRAFT_ID)).values["post.interval"] == "0"


async def test_due_time_for_posting_at_once_does_not_matter(world: World) -> None:
    await kept(world, closes="true", date="2020-01-01", time="10:00", **WEEKLY)
    series = await schedule(world.ports, a_caller(), DRAFT_ID, CHAT.id)
    assert series.template.closes_at is None


async def test_nothing_is_scheduled_where_the_creator_is_not() -> None:
    world = await a_world(FOREIGN)
    await kept(world, **WEEKLY)
    elsewhere = a_caller(conversation=PERSONAL.id)
    world.roster.people[CHAT.id] = [VOTER]
    for place in (CHAT.id, FOREIGN.id, "19:unknown@thread.v2"):
        with pytest.raises(NotAllowed):
            await schedule(world.ports, elsewhere, DRAFT_ID, place)
    assert (await schedule(world.ports, elsewhere, DRAFT_ID, PERSONAL.id)).next_at == MONDAY


async def test_edit_of_something_posted_is_not_scheduled(world: World) -> None:
    action = await world.posted()
    draft = await drafting.start_edit(world.ports, a_caller(), action.id)
    draft = await drafting.save(world.ports, a_caller(), draft, WEEKLY)
    assert not [name for name in draft.values if name.startswith("post.")]
    with pytest.raises(NotAllowed, match="is_edit"):
        await schedule(world.ports, a_caller(), draft.id, CHAT.id)


USES: tuple[Use, ...] = (own_one, start_edit, stop, resume, delete)


@pytest.mark.parametrize("use", USES)
async def test_only_the_creator_may(world: World, use: Use) -> None:
    series = await scheduled(world)
    with pytest.raises(NotAllowed, match="creator_only"):
        await use(world.ports, a_caller(VOTER), series.id)
    with pytest.raises(NotFound, match="no_such_series"):
        await use(world.ports, a_caller(tenant_id="elsewhere"), series.id)
    with pytest.raises(NotFound, match="no_such_series"):
        await use(world.ports, a_caller(), "unknown")
    assert await world.store.series(series.id) == series


async def test_only_the_creator_may_post_now(world: World) -> None:
    series = await scheduled(world)
    with pytest.raises(NotAllowed, match="creator_only"):
        await post_now(world.ports, a_caller(VOTER), series.id, 1)
    assert await posted_of(world, series) == []


async def test_stopped_series_goes_on_at_its_next_time(world: World) -> None:
    series = await scheduled(world)
    for _ in range(2):
        stopped = await stop(world.ports, a_caller(), series.id)
        assert (stopped.next_at, stopped.stopped) == (None, BY_CREATOR)
    world.clock.advance(days=5)
    for _ in range(2):
        resumed = await resume(world.ports, a_caller(), series.id)
        assert (resumed.next_at, resumed.stopped) == (MONDAY + WEEK, "")


async def test_stopping_what_is_over_is_no_stop(world: World) -> None:
    series = await scheduled(world, ONCE)
    over = await post_now(world.ports, a_caller(), series.id, 1)
    assert await stop(world.ports, a_caller(), series.id) == over


async def test_series_whose_times_have_passed_does_not_go_on(world: World) -> None:
    series = await scheduled(world, ONCE)
    await stop(world.ports, a_caller(), series.id)
    world.clock.time = MONDAY
    with pytest.raises(NotAllowed, match="series_over"):
        await resume(world.ports, a_caller(), series.id)


async def test_one_that_is_posted_now_is_not_posted_at_its_time(world: World) -> None:
    series = await scheduled(world)
    for _ in range(2):
        after = await post_now(world.ports, a_caller(), series.id, 1)
        assert (after.posted, after.next_at) == (1, MONDAY + WEEK)
    [action] = await world.store.in_series(series.id, 0, 10)
    assert (action.created_at, action.closes_at) == (NOW, NOW + timedelta(hours=8))


async def test_posting_what_happens_once_now_ends_it(world: World) -> None:
    series = await scheduled(world, ONCE)
    after = await post_now(world.ports, a_caller(), series.id, 1)
    assert (after.next_at, after.stopped) == (None, "")
    assert await world.store.series_of(CREATOR.key, 0, 10) == []


async def test_posting_of_a_stopped_series_does_not_set_it_going(world: World) -> None:
    series = await scheduled(world)
    stopped = await stop(world.ports, a_caller(), series.id)
    after = await post_now(world.ports, a_caller(), series.id, 1)
    assert after == replace(stopped, posted=1)


async def test_deleted_series_leaves_what_was_posted(world: World) -> None:
    series = await scheduled(world)
    await post_now(world.ports, a_caller(), series.id, 1)
    await delete(world.ports, a_caller(), series.id)
    assert await posted_of(world, series) == [1]
    with pytest.raises(NotFound, match="no_such_series"):
        await own_one(world.ports, a_caller(), series.id)


async def test_edit_begins_with_what_is_still_to_come(world: World) -> None:
    ends = {"post.end": "times", "post.times": "5"}
    series = await scheduled(world, {**WEEKLY, **ends})
    await post_now(world.ports, a_caller(), series.id, 1)
    draft = await start_edit(world.ports, a_caller(), series.id)
    assert (draft.edits, draft.origin, draft.kind) == (series.id, CHAT.id, "poll")
    assert (draft.values["post.date"], draft.values["post.time"]) == ("2026-11-30", "07:30")
    assert draft.values["post.times"] == "4"
    assert draft.values["title"] == "Lunch?"
    assert await drafting.problems(world.ports, a_caller(), draft) == {}


async def test_edit_goes_on_with_what_was_typed_before(world: World) -> None:
    series = await scheduled(world)
    draft = await start_edit(world.ports, a_caller(), series.id)
    await drafting.save(world.ports, a_caller(), draft, {"title": "Dinner?", "post.time": ""})
    again = await start_edit(world.ports, a_caller(), series.id)
    assert (again.values["title"], again.values["post.time"]) == ("Dinner?", "")


async def test_edit_changes_what_comes_and_not_what_was_posted(world: World) -> None:
    series = await scheduled(world)
    await post_now(world.ports, a_caller(), series.id, 1)
    draft = await start_edit(world.ports, a_caller(), series.id)
    changes = {"title": "Dinner?", "post.date": "2026-12-31", "post.repeat": "month"}
    await drafting.save(world.ports, a_caller(), draft, changes)
    edited = await apply_edit(world.ports, a_caller(), draft.id, CHAT.id)
    assert edited.template.content.title == "Dinner?"
    assert (edited.template.id, edited.template.status) == (series.id, Status.SCHEDULED)
    assert edited.rule == Rule(Every.MONTH, day=31)
    assert edited.posted == 1
    assert edited.next_at is not None
    assert edited.next_at.date() == date(2026, 12, 31)
    assert edited == await world.store.series(series.id)
    [posted] = await world.store.in_series(series.id, 0, 10)
    assert posted.content.title == "Lunch?"
    with pytest.raises(NotFound):
        await world.store.draft(draft.id)


@pytest.mark.parametrize("fields", [WEEKLY, ONCE])
async def test_edited_series_goes_on_though_it_was_stopped_or_is_over(
    world: World, fields: dict[str, str]
) -> None:
    series = await scheduled(world, fields)
    await stop(world.ports, a_caller(), series.id)
    world.clock.time = MONDAY + timedelta(days=1)
    draft = await start_edit(world.ports, a_caller(), series.id)
    await drafting.save(world.ports, a_caller(), draft, {})
    edited = await apply_edit(world.ports, a_caller(), draft.id, CHAT.id)
    assert edited.stopped == ""
    assert edited.next_at is not None
    assert edited.next_at > world.clock.time


async def test_edited_series_moves_only_where_the_creator_is(world: World) -> None:
    series = await scheduled(world)
    draft = await start_edit(world.ports, a_caller(), series.id)
    await drafting.save(world.ports, a_caller(), draft, {})
    with pytest.raises(NotAllowed):
        await apply_edit(world.ports, a_caller(), draft.id, "19:unknown@thread.v2")
    moved = await apply_edit(
        world.ports, a_caller(conversation=PERSONAL.id), draft.id, PERSONAL.id
    )
    assert moved.conversation_id == PERSONAL.id


async def test_edit_with_problems_changes_nothing(world: World) -> None:
    series = await scheduled(world)
    draft = await start_edit(world.ports, a_caller(), series.id)
    await drafting.save(world.ports, a_caller(), draft, {"post.date": "", "title": ""})
    with pytest.raises(InvalidAnswers) as refused:
        await apply_edit(world.ports, a_caller(), draft.id, CHAT.id)
    assert set(refused.value.problems) == {"post.date", "title"}
    assert await world.store.series(series.id) == series


async def test_edit_of_a_deleted_series_is_gone(world: World) -> None:
    series = await scheduled(world)
    draft = await start_edit(world.ports, a_caller(), series.id)
    await drafting.save(world.ports, a_caller(), draft, {})
    await delete(world.ports, a_caller(), series.id)
    with pytest.raises(NotFound):
        await apply_edit(world.ports, a_caller(), draft.id, CHAT.id)


async def test_draft_of_something_else_is_not_applied_to_a_series(world: World) -> None:
    await kept(world, **WEEKLY)
    with pytest.raises(NotFound, match="no_such_draft"):
        await apply_edit(world.ports, a_caller(), DRAFT_ID, CHAT.id)
