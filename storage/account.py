"""One action while a batch of changes is carried out, in memory, under the action's lock."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from actions.action import Action, latest
from actions.attempts import attempts_in
from actions.errors import NotAllowed
from actions.history import Entry
from actions.questions import Answers
from actions.responses import Change, Standing, Written
from actions.tallies import Bucket, Tallies, moves, tags_of
from actions.telling import is_news, with_news
from storage.counting import Moved
from storage.records import Found, Kept


@dataclass(frozen=True, slots=True)
class Decided:
    """What a change came to."""

    answers: Answers | None
    changed: bool


@dataclass(slots=True)
class Account:
    """What is stored of an action, and what the changes so far make of it.

    `lines` are those that the changes leave in the history. `counts` and `sums` are those of the
    `watched` questions, and of the responses as such.
    """

    action: Action
    found: Found
    late: set[str]
    watched: frozenset[str]
    counts: dict[Bucket, int]
    sums: dict[Bucket, int]
    moved: Moved = field(default_factory=Moved)
    _running: dict[str, Answers] = field(init=False)
    _changes: dict[str, Change] = field(init=False, default_factory=dict)
    _mris: list[str] = field(init=False, default_factory=list)
    lines: list[Entry] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._running = dict(self.found.answers)

    @property
    def changed(self) -> bool:
        """Something is to be written."""
        return bool(self._changes)

    @property
    def shows(self) -> bool:
        """Something moved that a card can show: a page more of an attempt is nothing to others."""
        return bool(self.moved.made)

    @property
    def tallies(self) -> Tallies:
        """The tallies as they stand; they move on with the changes."""
        return Tallies(self.counts, self.sums)

    def carry_out(self, change: Change) -> Decided:
        """Decide a change upon what the ones before it left. Raises what `decide` does."""
        old = self._running.get(change.slot)
        new = change.decide(Standing(self.action, old, self.tallies))
        if change.slot in self.found.took_part and change.slot not in self.found.answers:
            raise NotAllowed("sealed")
        if new == old:
            return Decided(new, changed=False)
        self._move(change, old, new)
        if new is None:
            del self._running[change.slot]
        else:
            self._running[change.slot] = new
            self._mris.append(change.person.mri)
        self._changes[change.slot] = change
        if change.entry is not None:
            self.lines.append(change.entry)
        return Decided(new, changed=True)

    def kept(self) -> list[Kept]:
        """Give the changed responses as they stand in the end."""
        return [
            self._kept(change, running)
            for slot, change in self._changes.items()
            if (running := self._running.get(slot)) is not None
        ]

    def withdrawn(self) -> list[str]:
        """Give the slots that are stored and shall not be."""
        return [
            slot
            for slot in self._changes
            if slot not in self._running and slot in self.found.answers
        ]

    def action_after(self, now: datetime) -> Action:
        """Give the action as it is with the changes made, at the time when they are."""
        if not self.shows:
            return self.action
        recent = self.action.recent
        if not self.action.settings.anonymous:
            recent = latest([*recent, *self._mris])
        after = replace(self.action, revision=self.action.revision + 1, recent=recent)
        return with_news(after, now) if is_news(self.moved.made) else after

    def written(self, action: Action, decided: Decided) -> Written:
        """Give what stands after the commit, for one change."""
        return Written(action, decided.answers, self.tallies, decided.changed)

    def _kept(self, change: Change, answers: Answers) -> Kept:
        content, attempts = self.action.content, attempts_in(answers)
        due_at, percent = attempts.due_at(content), attempts.percent(content)
        return Kept(change.slot, change.person, answers, change.at, due_at, percent)

    def _move(self, change: Change, old: Answers | None, new: Answers | None) -> None:
        person = change.person.key
        tags = tags_of(change.slot, person, late=person in self.late)
        made = moves(self.action.content, old, new, tags)
        self.moved.add(made)
        for bucket, (count, total) in made.items():
            if bucket[0] in self.watched:
                self.counts[bucket] = self.counts.get(bucket, 0) + count
                self.sums[bucket] = self.sums.get(bucket, 0) + total
