"""Schedules in words."""

from datetime import date, timedelta

import pytest

from actions.recurrence import LAST_DAY, Every, Rule
from actions.schedule import CLOSES_AFTER
from cards.schedule import closing, exactly, lasting, repeats, shortened, weekday
from cards.texts import texts_for
from tests.actions.builders import BERLIN
from tests.cards.looks import TEXTS
from tests.dialogs.serials import FIRST

DAY, WEEK, MONTH = Every.DAY, Every.WEEK, Every.MONTH


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (None, "Once, on Mon, 23 Nov 2026 at 07:30"),
        (Rule(DAY), "Every day at 07:30"),
        (Rule(DAY, 3), "Every 3 days at 07:30"),
        (Rule(WEEK, weekdays=(0, 3)), "Every week on Monday and Thursday at 07:30"),
        (Rule(WEEK, weekdays=(0, 1, 2)), "Every week on Monday, Tuesday and Wednesday at 07:30"),
        (Rule(WEEK, 2), "Every 2 weeks on Monday at 07:30"),
        (Rule(MONTH, day=5), "Every month on day 5 at 07:30"),
        (Rule(MONTH), "Every month on day 23 at 07:30"),
        (Rule(MONTH, 3, day=30), "Every 3 months on day 30 at 07:30"),
        (Rule(MONTH, day=LAST_DAY), "Every month on its last day at 07:30"),
        (
            Rule(MONTH, 2, day=LAST_DAY),
            "Every 2 months on the last day of the month at 07:30",
        ),
        (Rule(DAY, times=1), "Every day at 07:30, 1 time in all"),
        (Rule(DAY, times=12), "Every day at 07:30, 12 times in all"),
        (Rule(DAY, until=date(2026, 12, 1)), "Every day at 07:30, until Tue, 1 Dec 2026"),
    ],
)
def test_a_rule_is_said_in_words(rule: Rule | None, words: str) -> None:
    assert repeats(rule, FIRST, BERLIN, TEXTS) == words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=36), "36 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=30), "30 days"),
        (timedelta(days=7), "1 week"),
        (timedelta(days=14), "2 weeks"),
    ],
)
def test_a_span_is_said_in_the_largest_whole_unit(span: timedelta, words: str) -> None:
    assert lasting(span, TEXTS) == words
    assert closing(span, TEXTS) == f"Closes after {words}"


def test_no_two_spans_that_can_be_chosen_read_alike() -> None:
    spans = [lasting(timedelta(minutes=minutes), TEXTS) for minutes in CLOSES_AFTER]
    assert len(set(spans)) == len(CLOSES_AFTER)


def test_without_a_span_it_does_not_close() -> None:
    assert closing(None, TEXTS) == "Does not close by itself"


@pytest.mark.parametrize("day", [0, 28, 29, 30, LAST_DAY])
def test_only_a_day_that_some_months_lack_is_explained(day: int) -> None:
    assert bool(list(shortened(Rule(MONTH, day=day), TEXTS))) == (day in {29, 30})


def test_moments_and_days_are_the_readers() -> None:
    assert exactly(FIRST, BERLIN, TEXTS) == "Mon, 23 Nov 2026 at 07:30"
    german = texts_for("de-DE")
    assert [weekday(number, german) for number in (0, 6)] == ["Montag", "Sonntag"]
