"""Series, and what is posted of them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from actions.action import Action, Settings, Status, Visibility
from actions.errors import NotFound
from actions.history import Entry
from actions.notices import About, Notice
from actions.recurrence import Every, Rule
from actions.series import Series
from tests.fakes import (
    NOON,
    FixedClock,
    a_draft,
    a_person,
    a_poll,
    a_posting,
    an_action,
)
from tests.storage.conftest import AnyStore, posted

HOUR = timedelta(hours=1)
ADA = "tenant/ada"
CHAT = "19:chat@thread.v2"
WEEKLY = Rule(Every.WEEK, 2, (0, 3), until=date(2026, 12, 24), times=0)


def a_series(series_id: str = "series", title: str = "Lunch?", **changes: Any) -> Series:
    """Give a series by Ada that posts a poll at noon, every other week."""
    template = an_action(
        series_id,
        content=replace(a_poll("Ja 🎉", "Nein"), title=title),
        co_creators=(a_person("Bob"),),
        settings=Settings(Visibility.CREATOR, anonymous=True),
        status=Status.SCHEDULED,
        closes_at=None,
    )
    series = Series(series_id, template, CHAT, NOON, WEEKLY, 90 * HOUR, next_at=NOON)
    return replace(series, **changes)


def one_of(series: Series) -> Action:
    """Give the next action of a series."""
    number = series.posted + 1
    return an_action(f"{series.id}-{number}", series=series.id, number=number)


async def one_posted(store: AnyStore, series: Series, *notices: Notice) -> bool:
    """Post the next action of a series."""
    action = one_of(series)
    return await store.post_of_series(series, action, a_posting(action), NOON + HOUR, notices)


async def test_series_is_given_back_as_it_was(store: AnyStore) -> None:
    values = {"title": "Lunch?", "post.repeat": "week"}
    stopped = a_series(values=values, posted=3, stopped="by_creator", next_at=None)
    once = a_series("once", rule=None, closes_after=None)
    for series in (stopped, once):
        await store.save_series(series)
        assert await store.series(series.id) == series


async def test_series_is_stored_once(store: AnyStore) -> None:
    await store.save_series(a_series(posted=1))
    await store.save_series(a_series())
    assert (await store.series("series")).posted == 1


async def test_unknown_series_is_not_found(store: AnyStore) -> None:
    with pytest.raises(NotFound):
        await store.series("series")
    with pytest.raises(NotFound):
        await store.change_series("series", lambda series: series)
    await store.delete_series("series")


async def test_scheduled_draft_is_off_the_list(store: AnyStore) -> None:
    await store.save_draft(a_draft("series"))
    await store.save_draft(a_draft("other"))
    await store.save_series(a_series())
    assert [draft.id for draft in await store.drafts(ADA, 0, 10)] == ["other"]
    with pytest.raises(NotFound, match="posted"):
        await store.draft("series")


async def test_deleted_series_takes_its_drafts_along_and_leaves_what_was_posted(
    store: AnyStore,
) -> None:
    await store.save_draft(a_draft("series"))
    await store.save_draft(a_draft("edit", edits="series"))
    await store.save_draft(a_draft("other"))
    await store.save_series(a_series())
    assert await one_posted(store, a_series())
    await store.delete_series("series")
    assert [draft.id for draft in await store.drafts(ADA, 0, 10)] == ["other"]
    assert [action.id for action in await store.in_series("series", 0, 10)] == ["series-1"]
    assert await store.due_series(NOON + HOUR, 10) == []


async def test_series_is_changed_by_what_decides(store: AnyStore) -> None:
    await store.save_series(a_series())
    later = await store.change_series("series", lambda s: replace(s, next_at=NOON + HOUR))
    assert later == a_series(next_at=NOON + HOUR) == await store.series("series")

    def refused(_series: Series) -> Series:
        raise NotFound("no_such_draft")

    with pytest.raises(NotFound, match="no_such_draft"):
        await store.change_series("series", refused)
    assert await store.series("series") == later


async def test_series_are_due_at_their_time(store: AnyStore) -> None:
    for i in range(3):
        await store.save_series(a_series(f"series{i}", next_at=NOON - i * HOUR))
    await store.save_series(a_series("later", next_at=NOON + HOUR))
    await store.save_series(a_series("over", next_at=None))
    assert await store.due_series(NOON, 2) == ["series2", "series1"]
    assert len(await store.due_series(NOON, 10)) == 3


async def test_someones_series_are_listed_stopped_ones_first(store: AnyStore) -> None:
    await store.save_series(a_series("later", next_at=NOON + HOUR))
    await store.save_series(a_series("soon"))
    await store.save_series(a_series("over", next_at=None))
    await store.save_series(a_series("stopped", "Straße", next_at=None, stopped="by_creator"))
    bobs = replace(a_series().template, creator=a_person("Bob"))
    await store.save_series(a_series("bobs", template=bobs))

    async def listed(offset: int = 0, limit: int = 10, search: str = "") -> list[str]:
        return [series.id for series in await store.series_of(ADA, offset, limit, search)]

    assert await listed() == ["stopped", "soon", "later"]
    assert await listed(1, 1) == ["soon"]
    assert await listed(search=" STRASSE") == ["stopped"]
    assert await listed(search="%") == []


async def test_posting_of_a_series_moves_it_on(store: AnyStore, clock: FixedClock) -> None:
    series = a_series()
    await store.save_series(series)
    assert await one_posted(store, series)
    assert await store.series("series") == replace(series, next_at=NOON + HOUR, posted=1)
    assert await store.action("series-1") == one_of(series)
    [claimed] = await store.claim(clock.now(), clock.now() + HOUR, 10)
    assert claimed.action_id == "series-1"
    assert [action.id for action in await store.actions_of(ADA, 0, 10)] == ["series-1"]


async def test_only_the_first_of_two_posts_an_action_of_a_series(store: AnyStore) -> None:
    series = a_series()
    await store.save_series(series)
    assert await one_posted(store, series)
    assert not await one_posted(store, series)
    assert len(await store.in_series("series", 0, 10)) == 1
    assert (await store.series("series")).posted == 1


@pytest.mark.parametrize(
    "change",
    [
        {"stopped": "by_creator", "next_at": None},
        {"next_at": NOON + 2 * HOUR},
        {"closes_after": None},
        {"conversation_id": "19:other@thread.v2"},
    ],
)
async def test_nothing_is_posted_of_a_series_that_changed_meanwhile(
    store: AnyStore, change: dict[str, Any]
) -> None:
    series = a_series()
    await store.save_series(series)
    changed = await store.change_series("series", lambda s: replace(s, **change))
    assert not await one_posted(store, series)
    assert await store.series("series") == changed
    assert await store.in_series("series", 0, 10) == []
    await store.delete_series("series")
    assert not await one_posted(store, changed)


async def test_notice_of_a_posting_is_on_its_way_once_it_is_posted(
    store: AnyStore, clock: FixedClock
) -> None:
    series = a_series()
    await store.save_series(series)
    late = Notice(
        "late", About.POSTED_LATE, "tenant", "series-1", a_person("Ada"), created_at=NOON
    )
    assert await one_posted(store, series, late)
    assert not await one_posted(store, series, replace(late, id="later"))
    claimed = await store.claim_notices(clock.now(), clock.now() + HOUR, 10)
    assert [notice.id for notice in claimed] == ["late"]


async def test_what_was_posted_of_a_series_is_paged_newest_first(store: AnyStore) -> None:
    series = a_series()
    await store.save_series(series)
    for _ in range(4):
        assert await one_posted(store, series)
        series = await store.series("series")
    await posted(store)
    await store.delete("series-3", Entry(NOON, a_person("Ada"), "deleted"))

    async def numbers(before: int, limit: int) -> list[int]:
        return [action.number for action in await store.in_series("series", before, limit)]

    assert await numbers(0, 2) == [4, 2]
    assert await numbers(2, 2) == [1]
    assert await numbers(1, 2) == []
    assert (await store.series("series")).posted == 4


async def test_what_is_taken_back_leaves_the_series_as_it_is(store: AnyStore) -> None:
    series = a_series()
    await store.save_series(series)
    await one_posted(store, series)
    await store.unpost("series-1")
    assert await store.in_series("series", 0, 10) == []
    assert (await store.series("series")).posted == 1
