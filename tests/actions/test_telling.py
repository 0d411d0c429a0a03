"""When creators are told: news gather, digests come at nine, closing is told at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.action import Action, Notify, Settings
from actions.due import zone
from actions.series import Series, occurrence
from actions.tallies import ANSWERED, FINISHED, RESPONDED
from actions.telling import (
    DIGEST_AT,
    GATHER,
    closed,
    digest_at,
    first_notice_at,
    is_news,
    reopened,
    wished,
    with_news,
)
from tests.actions.builders import BERLIN, NOW, a_closed_poll, a_poll
from tests.actions.exams import a_quiz, a_training

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")

TWO_YEARS = 2 * 365 * 24 * 60
"""Minutes."""


def telling(notify: Notify, action: Action | None = None) -> Action:
    """Give an action whose creator is told of that."""
    made = action or a_poll()
    return replace(made, settings=replace(made.settings, notify=notify))


@given(st.integers(0, TWO_YEARS), st.sampled_from(ZONES))
def test_a_digest_is_always_next_at_nine_where_the_creator_is(minutes: int, name: str) -> None:
    now = NOW + timedelta(minutes=minutes)
    at = digest_at(now, name)
    assert at.astimezone(zone(name)).time() == DIGEST_AT
    # A day is an hour longer when summer time ends.
    assert timedelta() < at - now <= timedelta(hours=25)


def test_digests_stay_at_nine_over_both_changes_of_the_clocks() -> None:
    at, seen = datetime(2026, 3, 28, 7, tzinfo=UTC), []
    for _ in range(3):
        at = digest_at(at, BERLIN)
        seen.append(at)
    assert [one.hour for one in seen] == [8, 7, 7]
    at = digest_at(datetime(2026, 10, 24, 12, tzinfo=UTC), BERLIN)
    assert at == datetime(2026, 10, 25, 8, tzinfo=UTC)


@pytest.mark.parametrize("notify", list(Notify))
def test_only_a_digest_has_a_time_before_anything_happened(notify: Notify) -> None:
    at = first_notice_at(Settings(notify=notify), NOW, BERLIN)
    assert (at is not None) == (notify is Notify.DAILY)


@pytest.mark.parametrize("notify", list(Notify))
def test_a_response_is_told_after_a_while_to_who_wants_each_or_waits_for_all(
    notify: Notify,
) -> None:
    after = with_news(telling(notify), NOW)
    expected = NOW + GATHER if notify in {Notify.EACH, Notify.ALL} else None
    assert after.notify_at == expected


def test_a_second_response_does_not_put_off_telling_of_the_first() -> None:
    first = with_news(telling(Notify.EACH), NOW)
    assert with_news(first, NOW + timedelta(seconds=10)) == first


@pytest.mark.parametrize("notify", list(Notify))
def test_closing_is_told_at_once_with_what_is_left(notify: Notify) -> None:
    after = closed(telling(notify), NOW)
    is_told = notify in {Notify.CLOSE, Notify.DAILY, Notify.EACH}
    assert after.notify_at == (NOW if is_told else None)


def test_what_a_quiz_came_to_waits_until_the_last_attempts_are_ended() -> None:
    assert closed(telling(Notify.CLOSE, a_quiz()), NOW).notify_at == NOW + GATHER
    assert closed(telling(Notify.CLOSE, a_training()), NOW).notify_at == NOW


def test_reopening_takes_back_that_it_closed_and_digests_go_on() -> None:
    assert reopened(closed(telling(Notify.CLOSE), NOW), NOW).notify_at is None
    daily = reopened(closed(telling(Notify.DAILY), NOW), NOW)
    assert daily.notify_at == digest_at(NOW, BERLIN)
    each = with_news(telling(Notify.EACH), NOW)
    assert reopened(each, NOW) == each


def test_a_changed_answer_is_no_news() -> None:
    assert not is_news({("q", "a"): (-1, 0), ("q", "b"): (1, 0), RESPONDED: (0, 0)})
    assert not is_news({("q", ANSWERED): (1, 0)})
    assert is_news({RESPONDED: (1, 0)})
    assert is_news({FINISHED: (1, 0)})


@pytest.mark.parametrize("notify", list(Notify))
def test_what_is_wished_later_holds_from_then_on(notify: Notify) -> None:
    before = replace(telling(Notify.NEVER), notified=3)
    after = wished(before, notify, NOW)
    at = {
        Notify.EACH: NOW + GATHER,
        Notify.ALL: NOW + GATHER,
        Notify.DAILY: digest_at(NOW, BERLIN),
    }
    assert (after.settings.notify, after.notify_at) == (notify, at.get(notify))
    assert after.notified == (0 if notify is Notify.ALL else 3)
    assert wished(after, notify, NOW + timedelta(hours=1)) == after


def test_what_has_closed_tells_nothing_more_whatever_is_wished() -> None:
    over = closed(telling(Notify.NEVER, a_closed_poll()), NOW)
    assert wished(over, Notify.DAILY, NOW).notify_at is None


def test_each_posting_of_a_series_has_its_first_digest_the_next_morning() -> None:
    series = Series("series", telling(Notify.DAILY), "19:chat@thread.v2", NOW)
    for now in (NOW, NOW + timedelta(days=7)):
        assert occurrence(series, "new", now, now).notify_at == digest_at(now, BERLIN)
