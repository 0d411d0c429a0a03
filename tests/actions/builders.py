"""Polls, views and people as the tests of pure functions need them."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from string import ascii_lowercase
from typing import Any

from actions.action import Action, Draft, Settings, Status
from actions.choice import Choice, Option
from actions.content import Content
from actions.fields import Values
from actions.people import Person
from actions.plan import Plan
from actions.poll import QUESTION, blank, build
from actions.questions import Answers
from actions.responses import Standing
from actions.tallies import Tallies, recount
from actions.viewing import View, view_of

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
"""A Friday morning."""

DUE = NOW + timedelta(days=7)

BERLIN = "Europe/Berlin"

CREATOR = Person("tenant/creator", "Cleo Creator", "29:creator")
VOTER = Person("tenant/voter", "Vera Voter", "29:voter")

ACTION_ID = "00000000-0000-7000-8000-000000000001"
DRAFT_ID = "00000000-0000-7000-8000-000000000002"


def new_ids(prefix: str = "n") -> Callable[[], str]:
    """Give a source of ids: n1, n2 and so on."""
    numbers = count(1)
    return lambda: f"{prefix}{next(numbers)}"


def a_choice(*texts: str, most: int = 1, places: Mapping[str, int] | None = None) -> Choice:
    """Give a question; its options' ids are the first letters, in the order of the texts."""
    limits = places or {}
    named = zip(ascii_lowercase, texts or ("Pizza", "Sushi", "Salad"), strict=False)
    options = tuple(Option(name, text, limits.get(name)) for name, text in named)
    return Choice(QUESTION, "Lunch?", options, most)


def a_content(question: Choice | None = None, title: str = "Lunch?", more: str = "") -> Content:
    """Give a poll's content."""
    return Content(title, (question or a_choice(),), more)


def a_poll(question: Choice | None = None, **changes: Any) -> Action:
    """Give a posted poll; settings may be given by their own names, as may title and more."""
    words = {n: changes.pop(n) for n in ("title", "more") if n in changes}
    names = ("visibility", "anonymous", "may_change", "may_add")
    settings = {name: changes.pop(name) for name in names if name in changes}
    fields: dict[str, Any] = {
        "id": ACTION_ID,
        "kind": "poll",
        "tenant_id": "tenant",
        "creator": CREATOR,
        "content": a_content(question, **words),
        "settings": Settings(**settings),
        "status": Status.ACTIVE,
        "created_at": NOW,
        "locale": "en-GB",
        "time_zone": BERLIN,
        "closes_at": DUE,
    }
    return Action(**(fields | changes))


def a_closed_poll(question: Choice | None = None, **changes: Any) -> Action:
    """Give a poll that was closed."""
    return a_poll(question, status=Status.CLOSED, closed_at=NOW, **changes)


def votes(*ballots: str) -> list[Answers]:
    """Give answers, each ballot being the letters of its options."""
    return [{QUESTION: tuple(ballot)} for ballot in ballots]


def tallies_of(action: Action, *ballots: str) -> Tallies:
    """Count ballots, each the letters of its options."""
    return recount(action.content, [(answers, ()) for answers in votes(*ballots)])


def a_standing(action: Action, own: str = "", others: tuple[str, ...] = ()) -> Standing:
    """Give what holds for someone who chose `own` among `others`; both are letters of options."""
    ballots = (*others, own) if own else others
    old = votes(own)[0] if own else None
    return Standing(action, old, tallies_of(action, *ballots))


def a_view(
    action: Action,
    *ballots: str,
    viewer: str = "",
    own: str = "",
    took_part: bool = False,
    at: datetime = NOW,
) -> View:
    """Give what `viewer` sees after these ballots, `own` being theirs and one of them."""
    cast = (*ballots, own) if own else ballots
    answers = votes(own)[0] if own else None
    return view_of(action, tallies_of(action, *cast), at, viewer, answers, took_part=took_part)


def a_form(*texts: str, **changes: str) -> dict[str, str]:
    """Give a valid filled-in form; its options' ids are the first letters."""
    named = dict(zip(ascii_lowercase, texts or ("Pizza", "Sushi"), strict=False))
    new = blank(NOW, BERLIN, new_ids(), "Lunch?")
    common = {name: value for name, value in new.items() if not name.startswith("option")}
    rows = {f"option.{name}": text for name, text in named.items()}
    return common | {"options": " ".join(named)} | rows | changes


def planned(values: Values, before: Action | None = None) -> Plan:
    """Build a form as it stands now in Berlin."""
    return build(values, NOW, BERLIN, new_ids(), before)


def question_in(plan: Plan) -> Choice:
    """Give the question that a form was built into."""
    question = plan.content.question(QUESTION)
    assert isinstance(question, Choice)
    return question


def a_draft(*texts: str, values: Values | None = None, **changes: Any) -> Draft:
    """Give a draft of a filled-in form."""
    fields: dict[str, Any] = {
        "id": DRAFT_ID,
        "kind": "poll",
        "tenant_id": "tenant",
        "creator": CREATOR,
        "locale": "en-GB",
        "time_zone": BERLIN,
        "origin": "a:personal",
        "values": a_form(*texts) if values is None else values,
    }
    return Draft(**(fields | changes))
