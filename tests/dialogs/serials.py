"""Series and what was posted of them, as screens show them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from actions.action import Action, Draft, Status
from actions.places import Conversation, Scope
from actions.recurrence import Every, Rule
from actions.schedule import schedule_defaults
from actions.series import Series
from actions.series_results import About, Together, add_up, asked_in, upcoming
from actions.tallies import Tallies
from actions.viewing import View, view_of
from tests.actions.builders import ACTION_ID, CREATOR, NOW, a_draft, a_poll, tallies_of

SERIES_ID = "00000000-0000-7000-8000-000000000009"
FIRST = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
"""A Monday, half past seven in Berlin."""

TWICE_A_WEEK = Rule(Every.WEEK, weekdays=(0, 3))
CHAT = Conversation("19:chat@thread.v2", "tenant", Scope.GROUP, "", "Early shift")
BALLOTS = ("a", "a", "b")


def a_schedule(draft: Draft | None = None, **fields: str) -> Draft:
    """Give a draft with all fields of its schedule; those given are by their short names."""
    made = draft or a_draft()
    typed = {f"post.{name}": text for name, text in fields.items()}
    made = replace(made, values={**made.values, **typed})
    return replace(made, values={**made.values, **schedule_defaults(made, NOW)})


def a_series(template: Action | None = None, **changes: Any) -> Series:
    """Give a series on Mondays and Thursdays, open for eight hours each."""
    planned = replace(template or a_poll(), id=SERIES_ID, status=Status.SCHEDULED, closes_at=None)
    fields: dict[str, Any] = {
        "starts_at": FIRST,
        "rule": TWICE_A_WEEK,
        "closes_after": timedelta(hours=8),
        "next_at": FIRST,
    }
    return Series(SERIES_ID, planned, CHAT.id, **(fields | changes))


def a_posting(number: int, action: Action | None = None, **changes: Any) -> Action:
    """Give what was posted of a series as its so-manieth, on as many Mondays later."""
    at = FIRST + timedelta(weeks=number - 1)
    name = f"{ACTION_ID[:-4]}{number:04}"
    fields: dict[str, Any] = {
        "id": name,
        "series": SERIES_ID,
        "number": number,
        "created_at": at,
        "closes_at": at + timedelta(hours=8),
        "status": Status.CLOSED,
        "audience": 20,
    }
    return replace(action or a_poll(), **(fields | changes))


def seen(action: Action, tallies: Tallies | None = None) -> View:
    """Give what its creator sees of a posting; of a poll after a few ballots."""
    counted = tallies_of(action, *BALLOTS) if tallies is None else tallies
    return view_of(action, counted, FIRST + timedelta(weeks=60), CREATOR.key)


def about(series: Series, *views: View, place: Conversation | None = CHAT) -> About:
    """Give a series with its last postings."""
    return About(series, place, upcoming(series), views)


def all_together(series: Series, *posted: tuple[Action, Tallies], first: int = 0) -> Together:
    """Give postings added up, the newest being the first."""
    newest = posted[0][0]
    added = add_up(newest, posted)
    view = seen(replace(newest, audience=None), added.tallies)
    return Together(series, view, added, first, asked_in(newest.content)[first : first + 5])
