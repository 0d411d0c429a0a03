"""Ticks: what state the items of a checklist are in, who brought them there, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Self

from actions.people import Person

NOBODY_YET: Final = Person("", "")
"""Who has looked at what was done before somebody did."""


class State(StrEnum):
    """What an item is; the last two say why, and are settled like done."""

    OPEN = "open"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"
    NOT_DONE = "not_done"


NEED_REASON: Final = frozenset({State.NOT_APPLICABLE, State.NOT_DONE})
"""States that say why."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The state that a press is meant to reach: never a toggle, so that it can be repeated.

    `owner` follows up what was not done, in words, until `due`.
    """

    state: State
    reason: str = ""
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """What was last done to an item, by whom and when; `checked` is who looked at it since."""

    wish: Wish
    by: Person
    at: datetime
    checked: Person = NOBODY_YET

    @property
    def state(self) -> State:
        """What the item is."""
        return self.wish.state

    @property
    def is_checked(self) -> bool:
        """Somebody has looked at it and found it right."""
        return bool(self.checked.key)

    def encode(self) -> tuple[str, ...]:
        """Give the stored form, texts without those at the end that are empty."""
        wish, by, checked = self.wish, self.by, self.checked
        due = wish.due.isoformat() if wish.due is not None else ""
        parts = [
            *(wish.state.value, self.at.isoformat(), by.key, by.name),
            *(wish.reason, wish.owner, due, checked.key, checked.name),
        ]
        while parts and not parts[-1]:
            parts.pop()
        return tuple(parts)

    @classmethod
    def decode(cls, stored: Any) -> Self | None:
        """Read the stored form, None where it is none."""
        if not isinstance(stored, list | tuple) or not all(isinstance(p, str) for p in stored):
            return None
        state, at, key, name, reason, owner, due, checked, checker = (*stored, *[""] * 9)[:9]
        if state not in set(State) or state == State.OPEN:
            return None
        try:
            moment = datetime.fromisoformat(at)
            day = date.fromisoformat(due) if due else None
        except ValueError:
            return None
        wish = Wish(State(state), reason, owner, day)
        return cls(wish, Person(key, name), moment, Person(checked, checker))


@dataclass(frozen=True, slots=True)
class Checklist:
    """How a checklist is kept; part of the content, and with it, of a shared one, its ticks.

    `individual`: each person has a list of their own, which is their response. Of a shared one the
    ticks are here, by item: so every tick is one change of one item under the action's lock, with
    its line in the history. `anyone_edits`: everyone who may tick may also change the items.
    `own_only`: of a shared list an item with an assignee is theirs to tick, and the managers'.
    `checker` has to look at what is done before it counts, None where nobody has to.
    """

    individual: bool = False
    anyone_edits: bool = True
    checker: Person | None = None
    ticks: Mapping[str, Tick] = field(default_factory=dict)
    own_only: bool = False

    def with_tick(self, item_id: str, tick: Tick | None) -> Self:
        """Give it with one item ticked, or open again."""
        others = {name: kept for name, kept in self.ticks.items() if name != item_id}
        return replace(self, ticks=others if tick is None else {**others, item_id: tick})

    def kept_for(self, item_ids: frozenset[str]) -> Self:
        """Give it without ticks of items that are gone."""
        return replace(self, ticks={n: t for n, t in self.ticks.items() if n in item_ids})

    def counts(self, tick: Tick | None) -> bool:
        """Give whether an item is settled: in any state but open, and looked at if it must be."""
        if tick is None:
            return False
        return tick.state is not State.DONE or self.checker is None or tick.is_checked

    def encode(self) -> dict[str, Any]:
        """Give the stored form, JSON types only. The rule of change is `actions.content`'s."""
        checker = self.checker
        return {
            "individual": self.individual,
            "anyone_edits": self.anyone_edits,
            "checker": [checker.key, checker.name] if checker is not None else None,
            "ticks": {name: list(tick.encode()) for name, tick in self.ticks.items()},
            "own_only": self.own_only,
        }

    @classmethod
    def decode(cls, stored: Mapping[str, Any]) -> Self:
        """Read a stored form; what it lacks has its default."""
        checker = stored.get("checker")
        read = {name: Tick.decode(tick) for name, tick in stored.get("ticks", {}).items()}
        return cls(
            stored.get("individual", False),
            stored.get("anyone_edits", True),
            Person(*checker) if checker else None,
            {name: tick for name, tick in read.items() if tick is not None},
            stored.get("own_only", False),
        )
