"""What the store in plain Python keeps."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from actions.action import Action, Draft, Posting
from actions.banked import Banked, ImportReport
from actions.certificates import Certificate
from actions.errors import NotFound
from actions.history import Entry
from actions.notices import Notice, Outcome
from actions.people import Person
from actions.places import Conversation
from actions.ports import Clock
from actions.questions import Answers
from actions.responses import Progress
from actions.series import Series
from actions.tallies import Tallies, recount, tags_of
from actions.timed_store import Heard


@dataclass(slots=True)
class Kept:
    """One response; `at` is when it was handed in first.

    `is_sealed` once nobody can tell whose it is.
    """

    person: Person
    answers: Answers
    at: datetime | None
    is_sealed: bool = False
    due_at: datetime | None = None


@dataclass(slots=True)
class Posted:
    """One action and all that hangs on it; `kept` is in the order of first submission."""

    action: Action
    audience: dict[str, Person] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    progress: dict[str, Progress] = field(default_factory=dict)
    history: list[Entry] = field(default_factory=list)
    certificates: dict[tuple[str, int], Certificate] = field(default_factory=dict)

    @property
    def handed_in(self) -> dict[str, Kept]:
        """What counts, in the order of first submission."""
        return {slot: kept for slot, kept in self.kept.items() if kept.at is not None}

    def is_late(self, person: Person) -> bool:
        """Give whether someone is not in the roster snapshot."""
        return self.action.audience is not None and person.key not in self.audience

    def counted(self, questions: Collection[str] | None = None) -> Tallies:
        """Count all responses; gives all tallies or those of some questions."""
        tagged = (
            (kept.answers, tags_of(slot, kept.person.key, late=self.is_late(kept.person)))
            for slot, kept in self.kept.items()
        )
        tallies = recount(self.action.content, tagged)
        if questions is None:
            return tallies
        counts = {b: n for b, n in tallies.counts.items() if b[0] in {"", *questions}}
        return Tallies(counts, {b: n for b, n in tallies.sums.items() if b in counts})


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


@dataclass(slots=True)
class Sending:
    """A message of the bot's own accord, on its way or sent."""

    notice: Notice
    made_at: datetime
    due_at: datetime | None = None
    lease_until: datetime | None = None
    outcome: Outcome = Outcome.PENDING
    code: str = ""
    settled_at: datetime | None = None

    def is_claimable(self, now: datetime) -> bool:
        """Give whether it can be claimed now."""
        if self.lease_until is not None:
            return self.lease_until < now
        return self.due_at is not None and self.due_at <= now


@dataclass(slots=True)
class Memory:
    """Everything; `fails` is raised by `respond` and `keep_progress` instead while it is set."""

    clock: Clock
    on_change: Callable[[], None] = lambda: None
    conversations: dict[str, tuple[datetime, Conversation]] = field(default_factory=dict)
    stored_drafts: dict[str, Draft] = field(default_factory=dict)
    posted: dict[str, Posted] = field(default_factory=dict)
    deliveries: dict[str, Delivery] = field(default_factory=dict)
    banks: dict[str, dict[str, Banked]] = field(default_factory=dict)
    imports: dict[str, ImportReport] = field(default_factory=dict)
    stored_series: dict[str, Series] = field(default_factory=dict)
    sending: dict[str, Sending] = field(default_factory=dict)
    heard: dict[str, Heard] = field(default_factory=dict)
    outlived: dict[str, Certificate] = field(default_factory=dict)
    fails: Exception | None = None

    def found(self, action_id: str) -> Posted:
        """Look an action up. Raises NotFound."""
        if action_id not in self.posted:
            raise NotFound("no_such_action")
        return self.posted[action_id]

    def deliveries_of(self, action_id: str) -> list[Delivery]:
        """List an action's postings."""
        return [d for d in self.deliveries.values() if d.posting.action_id == action_id]

    def put_on_the_way(self, notices: Sequence[Notice], now: datetime) -> int:
        """Keep messages that are due; gives how many are new."""
        new = {notice.id: notice for notice in notices if notice.id not in self.sending}
        for notice in new.values():
            made_at = notice.created_at or now
            kept = replace(notice, created_at=made_at)
            self.sending[notice.id] = Sending(kept, made_at, due_at=now)
        if new:
            self.on_change()
        return len(new)

    def drop_notices(self, action_id: str) -> None:
        """Drop all messages about an action."""
        for name, one in list(self.sending.items()):
            if one.notice.action_id == action_id:
                del self.sending[name]

    def make_due(self, action_id: str) -> None:
        """Make an action's postings due."""
        for delivery in self.deliveries_of(action_id):
            if not delivery.dead_code:
                delivery.due_at = delivery.due_at or self.clock.now()
        self.on_change()
