"""What is posted of a series."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from actions.action import Notify, Settings, Status
from actions.item import Item
from actions.series import Series, occurrence
from actions.ticking import checklist_of
from tests.actions.builders import NOW, a_poll
from tests.actions.checklists import a_checklist, a_tick
from tests.actions.world import CHAT

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def a_series(**changes: Any) -> Series:
    """Give a series that posts a poll now, open for a week."""
    template = a_poll(status=Status.SCHEDULED, closes_at=None)
    series = Series(template.id, template, CHAT.id, NOW, closes_after=7 * DAY, next_at=NOW)
    return replace(series, **changes)


def test_what_is_posted_is_open_and_knows_its_place_in_the_series() -> None:
    series = a_series(posted=4)
    action = occurrence(series, "new", NOW, NOW)
    assert (action.id, action.status, action.created_at) == ("new", Status.ACTIVE, NOW)
    assert (action.series, action.number) == (series.id, 5)
    assert action.content == series.template.content
    assert action.closes_at == NOW + 7 * DAY
    assert action.remind_at == NOW + 6 * DAY


def test_what_is_posted_late_closes_when_it_would_have() -> None:
    action = occurrence(a_series(), "new", NOW, NOW + 3 * HOUR)
    assert (action.created_at, action.closes_at) == (NOW + 3 * HOUR, NOW + 7 * DAY)


def test_what_is_posted_after_its_own_end_is_open_as_long_from_then_on() -> None:
    late = NOW + 8 * HOUR
    action = occurrence(a_series(closes_after=8 * HOUR), "new", NOW, late)
    assert action.closes_at == late + 8 * HOUR


def test_what_does_not_close_by_itself_reminds_nobody() -> None:
    action = occurrence(a_series(closes_after=None), "new", NOW, NOW)
    assert (action.closes_at, action.remind_at) == (None, None)


@pytest.mark.parametrize(
    ("posted", "after", "closes"),
    [
        # Days are those of the wall, hours pass.
        (datetime(2026, 10, 24, 7, tzinfo=UTC), DAY, datetime(2026, 10, 25, 8, tzinfo=UTC)),
        (datetime(2026, 3, 28, 8, tzinfo=UTC), DAY, datetime(2026, 3, 29, 7, tzinfo=UTC)),
        (
            datetime(2026, 10, 24, 20, tzinfo=UTC),
            12 * HOUR,
            datetime(2026, 10, 25, 8, tzinfo=UTC),
        ),
        # In the second of two like hours.
        (
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            HOUR,
            datetime(2026, 10, 25, 2, 30, tzinfo=UTC),
        ),
    ],
)
def test_whole_days_until_closing_are_days_on_the_wall(
    posted: datetime, after: timedelta, closes: datetime
) -> None:
    action = occurrence(a_series(closes_after=after), "new", posted, posted)
    assert action.closes_at == closes


def test_daily_digest_begins_with_the_posting() -> None:
    template = replace(a_series().template, settings=Settings(notify=Notify.DAILY))
    action = occurrence(a_series(template=template), "new", NOW, NOW)
    assert action.notify_at is not None
    assert NOW < action.notify_at <= NOW + DAY


def test_items_of_a_list_are_due_as_long_after_each_posting() -> None:
    done = a_checklist("Lights", ticks={"i0": a_tick()})
    item = Item("i0", "Lights", due=NOW + 2 * HOUR)
    content = replace(done.content, questions=(item,))
    series = a_series(template=replace(done, content=content))
    first, later = (occurrence(series, "new", NOW + i * 7 * DAY, NOW) for i in (0, 1))
    assert first.content.questions == (item,)
    assert later.content.questions == (replace(item, due=NOW + 7 * DAY + 2 * HOUR),)
    assert checklist_of(first.content).ticks == checklist_of(later.content).ticks == {}
