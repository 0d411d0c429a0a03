"""What the store in plain Python keeps."""

from dataclasses import dataclass, field
from datetime import datetime

from actions.action import Action, Posting
from actions.people import Person
from actions.ports import Entry
from actions.questions import Answers
from actions.tallies import Tallies, recount


@dataclass(slots=True)
class Kept:
    """One response; `is_sealed` once nobody can tell whose it is."""

    person: Person
    answers: Answers
    at: datetime
    is_sealed: bool = False


@dataclass(slots=True)
class Posted:
    """One action and all that hangs on it; `kept` is in the order of first submission."""

    action: Action
    audience: dict[str, Person] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    history: list[Entry] = field(default_factory=list)

    def is_late(self, person: Person) -> bool:
        """Give whether someone is not in the roster snapshot."""
        return self.action.audience is not None and person.key not in self.audience

    def counted(self) -> Tallies:
        """Count all responses."""
        return recount(
            self.action.content, [(k.answers, self.is_late(k.person)) for k in self.kept.values()]
        )


@dataclass(slots=True)
class Delivery:
    """A posting on its way."""

    posting: Posting
    due_at: datetime | None = None
    not_before: datetime | None = None
    lease_until: datetime | None = None
    dead_code: str = ""

    def falls_due(self) -> datetime | None:
        """Give when it can be claimed."""
        if self.lease_until is not None or self.due_at is None:
            return self.lease_until
        return max(self.due_at, self.not_before or self.due_at)

    def is_claimable(self, now: datetime) -> bool:
        """Give whether it can be claimed now."""
        if self.lease_until is not None:
            return self.lease_until < now
        due = self.falls_due()
        return due is not None and due <= now
