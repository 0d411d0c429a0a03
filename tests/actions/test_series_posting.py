"""What the clock posts of series, and what becomes of what cannot be posted."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from actions.action import Action
from actions.errors import NotFound, Unreachable
from actions.history import Entry
from actions.notices import About, Notice
from actions.recurrence import Every, Rule
from actions.series import Series
from actions.series_posting import (
    check_creator_is_there,
    late,
    not_posted,
    post_due,
    unposted,
)
from tests.actions.builders import CREATOR, NOW, VOTER, a_poll
from tests.actions.test_series import DAY, HOUR, a_series
from tests.actions.world import CHAT, World

DAILY = Rule(Every.DAY)


async def kept(world: World, **changes: Any) -> Series:
    """Store a daily series."""
    series = a_series(**({"rule": DAILY, "closes_after": 8 * HOUR} | changes))
    await world.store.save_series(series)
    return series


async def posted_of(world: World, series_id: str) -> Sequence[Action]:
    """Give what was posted, newest first."""
    return await world.store.in_series(series_id, 0, 100)


def told(world: World) -> list[Notice]:
    """Give the messages that are on their way."""
    return [sending.notice for sending in world.store.sending.values()]


async def test_nothing_is_posted_before_its_time(world: World) -> None:
    series = await kept(world, next_at=NOW + HOUR)
    assert await post_due(world.ports) == 0
    assert await world.store.series(series.id) == series


async def test_series_is_posted_at_its_time_and_moves_on(world: World) -> None:
    series = await kept(world)
    assert await post_due(world.ports) == 1
    assert await post_due(world.ports) == 0
    [action] = await posted_of(world, series.id)
    [posting] = await world.store.postings(action.id)
    assert posting.conversation_id == CHAT.id
    assert (action.number, action.created_at, action.closes_at) == (1, NOW, NOW + 8 * HOUR)
    moved = await world.store.series(series.id)
    assert (moved.next_at, moved.posted) == (NOW + DAY, 1)
    assert told(world) == []


async def test_what_happens_once_is_over_then(world: World) -> None:
    series = await kept(world, rule=None)
    assert await post_due(world.ports) == 1
    assert (await world.store.series(series.id)).next_at is None


async def test_rule_that_ends_is_over_after_its_last_time(world: World) -> None:
    series = await kept(world, rule=replace(DAILY, times=2))
    for _ in range(4):
        await post_due(world.ports)
        world.clock.advance(days=1)
    assert [action.number for action in await posted_of(world, series.id)] == [2, 1]
    assert (await world.store.series(series.id)).next_at is None


async def test_a_few_minutes_late_is_nothing_to_tell(world: World) -> None:
    await kept(world)
    world.clock.advance(minutes=5)
    assert await post_due(world.ports) == 1
    assert told(world) == []


async def test_creator_is_told_of_what_is_posted_late(world: World) -> None:
    series = await kept(world)
    posted = world.clock.advance(hours=2)
    assert await post_due(world.ports) == 1
    [action] = await posted_of(world, series.id)
    assert (action.created_at, action.closes_at) == (posted, NOW + 8 * HOUR)
    [notice] = told(world)
    assert (notice.about, notice.action_id) == (About.POSTED_LATE, action.id)
    assert (notice.person, notice.tenant_id, notice.locale) == (CREATOR, "tenant", "en-GB")
    assert notice.detail == {"planned": NOW.isoformat(), "left_out": 0}


async def test_of_several_missed_times_the_latest_is_posted(world: World) -> None:
    series = await kept(world)
    posted = world.clock.advance(days=3, hours=1)
    assert await post_due(world.ports) == 1
    [action] = await posted_of(world, series.id)
    assert (action.created_at, action.closes_at) == (posted, NOW + 3 * DAY + 8 * HOUR)
    assert told(world)[0].detail == {"planned": (NOW + 3 * DAY).isoformat(), "left_out": 3}
    moved = await world.store.series(series.id)
    assert (moved.next_at, moved.posted) == (NOW + 4 * DAY, 1)


async def test_times_missed_while_the_latest_is_on_time_are_told_of(world: World) -> None:
    await kept(world)
    world.clock.advance(days=1)
    assert await post_due(world.ports) == 1
    assert told(world)[0].detail == {"planned": (NOW + DAY).isoformat(), "left_out": 1}


async def test_series_that_breaks_does_not_keep_the_others(world: World) -> None:
    broken = replace(a_poll(), kind="mystery")
    await kept(world, id="gone", template=broken, next_at=NOW - HOUR)
    await kept(world, id="odd", starts_at=None, next_at=NOW - HOUR)
    series = await kept(world)
    with pytest.raises(AttributeError):
        await post_due(world.ports)
    assert len(await posted_of(world, series.id)) == 1


async def test_what_cannot_be_posted_is_taken_back_and_stops_the_series(world: World) -> None:
    series = await kept(world)
    await post_due(world.ports)
    [action] = await posted_of(world, series.id)
    [posting] = await world.store.postings(action.id)
    await not_posted(world.ports, action, posting, "BotNotInConversationRoster")
    assert await posted_of(world, series.id) == []
    assert await world.store.postings(action.id) == []
    stopped = await world.store.series(series.id)
    assert (stopped.next_at, stopped.stopped) == (None, "BotNotInConversationRoster")
    assert stopped.posted == 0
    [notice] = told(world)
    assert (notice.about, notice.action_id) == (About.NOT_POSTED, series.id)
    assert notice.person == CREATOR
    assert notice.detail == {"code": "BotNotInConversationRoster"}


async def test_taking_back_again_changes_nothing_more(world: World) -> None:
    series = await kept(world, posted=4)
    await post_due(world.ports)
    [action] = await posted_of(world, series.id)
    [posting] = await world.store.postings(action.id)
    for _ in range(2):
        await not_posted(world.ports, action, posting, "CreatorLeft")
    assert (await world.store.series(series.id)).posted == 4
    assert len(told(world)) == 1


async def test_series_that_was_moved_or_stopped_meanwhile_stays_as_it_is(world: World) -> None:
    series = await kept(world)
    await post_due(world.ports)
    [action] = await posted_of(world, series.id)
    [posting] = await world.store.postings(action.id)
    moved = await world.store.change_series(
        series.id, lambda s: replace(s, conversation_id="19:other@thread.v2")
    )
    await not_posted(world.ports, action, posting, "ConversationNotFound")
    assert await world.store.series(series.id) == replace(moved, posted=0)


async def test_creator_of_a_deleted_series_is_told_too(world: World) -> None:
    series = await kept(world)
    await post_due(world.ports)
    [action] = await posted_of(world, series.id)
    [posting] = await world.store.postings(action.id)
    await world.store.delete_series(series.id)
    await not_posted(world.ports, action, posting, "ConversationNotFound")
    assert len(told(world)) == 1
    with pytest.raises(NotFound):
        await world.store.action(action.id)


async def test_late_posting_is_told_of_as_it_stands_when_that_is_sent(world: World) -> None:
    series = await kept(world)
    posted = world.clock.advance(days=2, hours=1)
    await post_due(world.ports)
    [notice] = told(world)
    found = await late(world.ports, notice)
    assert found is not None
    assert (found.planned, found.left_out) == (NOW + 2 * DAY, 2)
    assert found.view.action.created_at == posted
    [action] = await posted_of(world, series.id)
    await world.store.delete(action.id, Entry(posted, CREATOR, "deleted"))
    assert await late(world.ports, notice) is None
    await world.store.unpost(action.id)
    assert await late(world.ports, notice) is None


async def test_stop_is_told_of_only_while_it_lasts(world: World) -> None:
    series = await kept(world)
    await post_due(world.ports)
    [action] = await posted_of(world, series.id)
    [posting] = await world.store.postings(action.id)
    await not_posted(world.ports, action, posting, "CreatorLeft")
    [notice] = told(world)
    found = await unposted(world.ports, notice)
    assert found is not None
    assert (found.series.id, found.code) == (series.id, "CreatorLeft")
    await world.store.change_series(series.id, lambda s: replace(s, stopped="", next_at=NOW))
    assert await unposted(world.ports, notice) is None
    await world.store.delete_series(series.id)
    assert await unposted(world.ports, notice) is None


def test_series_is_not_posted_where_its_creator_left() -> None:
    of_series = a_poll(series="series", number=1)
    check_creator_is_there(of_series, [VOTER, CREATOR])
    check_creator_is_there(a_poll(), [VOTER])
    with pytest.raises(Unreachable, match="CreatorLeft"):
        check_creator_is_there(of_series, [VOTER])
