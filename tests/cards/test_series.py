"""What creators are told of what is posted later."""

from dataclasses import replace
from datetime import timedelta

import pytest
from microsoft_teams.cards.core import AdaptiveCard

from actions.action import Action
from actions.series import Series
from actions.series_posting import CREATOR_LEFT, Late, Unposted
from actions.tallies import Tallies
from actions.viewing import view_of
from cards.series import not_posted, posted_late
from tests.actions.builders import NOW, a_poll
from tests.actions.exams import a_quiz
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS, checked
from tests.teams.cards import find_action, text

NASTY = "*[x](http://evil.example)* | <b>&amp; " + "ليلى " + "W" * 5_000
NASTY_POLL = a_poll(title=NASTY, series="s1", number=3)
POLL = a_poll(series="s1", number=3)


def is_late(action: Action, left_out: int = 0) -> Late:
    """Give an action posted now instead of two hours ago."""
    return Late(view_of(action, Tallies(), NOW), NOW - timedelta(hours=2), left_out)


def a_stopped(code: str, template: Action | None = None) -> Unposted:
    """Give a series that stopped."""
    action = replace(template or a_poll(), id="s1", closes_at=None)
    return Unposted(Series("s1", action, "19:chat@thread.v2", NOW, stopped=code), code)


def words(message: tuple[AdaptiveCard, str]) -> str:
    """Give a card's texts, once Teams would take it."""
    return text(checked(message[0]))


def test_late_posting_is_explained() -> None:
    message = posted_late(is_late(POLL), TEXTS)
    assert "to be posted on Fri 20 Nov, 08:00" in words(message)
    assert "I posted it on Fri 20 Nov, 10:00" in words(message)
    assert "left out" not in words(message)
    assert message[1] == "Posted late: Lunch?"
    shown = checked(message[0])
    assert find_action(shown, "Results")["verb"] == "results"
    assert find_action(shown, "Schedule")["verb"] == "series"


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 earlier posting was"), (3, "3 earlier postings were")]
)
def test_what_was_left_out_is_counted(count: int, said: str) -> None:
    assert said in words(posted_late(is_late(POLL, count), TEXTS))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (CREATOR_LEFT, "you are not in that chat any more"),
        ("BotNotInConversationRoster", "I am not in that chat"),
        ("RequestEntityTooLarge", "Teams refused it"),
    ],
)
def test_what_cannot_be_posted_says_why_and_what_to_do(code: str, said: str) -> None:
    message = not_posted(a_stopped(code), TEXTS)
    assert said in words(message)
    assert "until you let it go on" in words(message)
    assert message[1] == "Not posted: Lunch?"
    assert find_action(checked(message[0]), "Schedule")["verb"] == "series"


def test_whatever_was_typed_teams_takes_it_and_nothing_in_it_is_a_link() -> None:
    for message in (
        posted_late(is_late(NASTY_POLL, 2), TEXTS),
        not_posted(a_stopped(CREATOR_LEFT, NASTY_POLL), TEXTS),
        posted_late(is_late(replace(a_quiz(), series="s1")), RIGHT_TO_LEFT),
    ):
        assert "](http" not in words(message).replace("\\]", "")
        assert len(message[1]) < 120
