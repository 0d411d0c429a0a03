"""The outside, in plain Python: fakes that keep state, and builders of values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from actions.action import Action, Draft, Posting, Settings, Status
from actions.choice import Choice, Option
from actions.content import Content
from actions.errors import MusterError
from actions.people import Person
from actions.places import Conversation, Scope
from actions.poll import QUESTION
from actions.questions import Question
from actions.responses import Change, Decide, Step, slot_of
from tests.storage.memory import MemoryStore

__all__ = [
    "NOON",
    "TENANT",
    "CountingIds",
    "FakeRoster",
    "FixedClock",
    "MemoryStore",
    "a_change",
    "a_conversation",
    "a_draft",
    "a_person",
    "a_poll",
    "a_posting",
    "a_step",
    "a_survey",
    "an_action",
    "choosing",
]

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""When tests happen: a Monday."""

TENANT = "tenant"


class FixedClock:
    """A clock that is set by hand."""

    def __init__(self, now: datetime = NOON) -> None:
        self.time = now

    def now(self) -> datetime:
        """Give the time it was set to."""
        return self.time

    def advance(self, **by: float) -> datetime:
        """Move on, by `timedelta`'s words; gives the new time."""
        self.time += timedelta(**by)
        return self.time


class CountingIds:
    """Names in counting order: `id-000001`, and `o00001` for short ones."""

    def __init__(self) -> None:
        self.count = 0

    def new(self) -> str:
        """Give the next long name."""
        self.count += 1
        return f"id-{self.count:06}"

    def of(self, *parts: str) -> str:
        """Give the name that always stands for these parts."""
        return "id-" + "-".join(parts)

    def short(self) -> str:
        """Give the next short name."""
        self.count += 1
        return f"o{self.count:05}"

    def chance(self) -> int:
        """Give the next number."""
        self.count += 1
        return self.count


@dataclass(slots=True)
class FakeRoster:
    """Who is in a conversation, by its id; `fails` is raised instead while it is set."""

    people: dict[str, list[Person]] = field(default_factory=dict)
    fails: MusterError | None = None

    async def members(self, conversation: Conversation) -> Sequence[Person]:
        """Give the people of a conversation."""
        if self.fails is not None:
            raise self.fails
        return self.people.get(conversation.id, [])

    async def holds(self, conversation: Conversation, person: Person) -> bool:
        """Give whether someone is there."""
        return any(member.key == person.key for member in await self.members(conversation))


def a_person(name: str = "Ada", **changes: Any) -> Person:
    """Give someone; the name makes the key."""
    return replace(Person(f"{TENANT}/{name.lower()}", name, f"29:{name.lower()}"), **changes)


def a_conversation(conversation_id: str = "19:chat@thread.v2", **changes: Any) -> Conversation:
    """Give a group chat."""
    scope, url = Scope.GROUP, "https://smba.example/teams/"
    return replace(Conversation(conversation_id, TENANT, scope, url, "Team"), **changes)


def a_poll(*options: str, most: int = 1, places: Mapping[str, int] | None = None) -> Content:
    """Give a poll's content; an option's id is its text in small letters."""
    given = places or {}
    made = tuple(Option(o.lower(), o, given.get(o.lower())) for o in options or ("Yes", "No"))
    return Content("Lunch?", (Choice(QUESTION, "Lunch?", made, most),))


def an_action(action_id: str = "action", **changes: Any) -> Action:
    """Give an open poll by Ada: yes or no."""
    action = Action(
        id=action_id,
        kind="poll",
        tenant_id=TENANT,
        creator=a_person("Ada"),
        content=a_poll(),
        settings=Settings(),
        status=Status.ACTIVE,
        created_at=NOON,
        locale="en",
        time_zone="Europe/Berlin",
        closes_at=NOON + timedelta(days=7),
    )
    return replace(action, **changes)


def a_posting(action: Action, posting_id: str = "", **changes: Any) -> Posting:
    """Give a posting of an action in the group chat, not shown yet."""
    name = posting_id or f"posting-of-{action.id}"
    return replace(Posting(name, action.id, a_conversation().id), **changes)


def a_draft(draft_id: str = "draft", **changes: Any) -> Draft:
    """Give a draft by Ada."""
    values = {"title": "Lunch?"}
    draft = Draft(draft_id, "poll", TENANT, a_person("Ada"), "en", "Europe/Berlin", values=values)
    return replace(draft, **changes)


def choosing(*options: str) -> Decide:
    """Give a decision for these options whatever stands, none being no response."""
    return lambda _standing: {QUESTION: options} if options else None


def a_change(
    name: str = "Ada", *options: str, action_id: str = "action", **changes: Any
) -> Change:
    """Give someone's wish that their response holds these options; none takes it back."""
    person = a_person(name)
    change = Change(action_id, person.key, person, NOON, choosing(*options), (QUESTION,))
    return replace(change, **changes)


def a_step(
    name: str = "Ada", values: Mapping[str, str] | None = None, number: int = 1, **changes: Any
) -> Step:
    """Give someone's step in filling in their first, second … response."""
    return replace(Step("action", slot_of(a_person(name).key, number), values or {}), **changes)


def a_survey(*questions: Question, action_id: str = "action", **changes: Any) -> Action:
    """Give an open survey by Ada; of two questions with options if none are given."""
    options = (Option("yes", "Yes"), Option("no", "No"))
    given = questions or (Choice("q1", "Come?", options), Choice("q2", "Eat?", options, 2))
    content = Content("Party", given)
    return an_action(action_id, kind="survey", content=content, **changes)
