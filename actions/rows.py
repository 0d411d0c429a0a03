"""The items of a checklist as one reader sees them: what is theirs, overdue, and comes first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from actions.action import Action
from actions.content import Content
from actions.fields import fold
from actions.item import Item
from actions.people import Person
from actions.policy import checks, may_tick
from actions.questions import Answers
from actions.ticking import checklist_of
from actions.ticks import State, Tick
from actions.viewing import View


@dataclass(frozen=True, slots=True)
class Row:
    """One item and its tick; `number` is its place on the list, from 1.

    `is_settled`: nothing is left to do about it. `is_own`: the reader should do it. `is_overdue`:
    it should be settled by now.
    """

    number: int
    item: Item
    tick: Tick | None
    is_settled: bool
    is_own: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How many items of a list are in which state; `waiting` are done, to be looked at yet."""

    done: int = 0
    not_applicable: int = 0
    not_done: int = 0
    waiting: int = 0
    open: int = 0

    @property
    def settled(self) -> int:
        """How many leave nothing to do."""
        return self.done + self.not_applicable + self.not_done

    @property
    def count(self) -> int:
        """How many there are."""
        return self.settled + self.waiting + self.open


def ticks_of(content: Content, answers: Answers | None) -> Mapping[str, Tick]:
    """Give the ticks of a list: of a shared one its own, else those of someone's response."""
    kept = checklist_of(content)
    if not kept.individual:
        return kept.ticks
    read = {name: Tick.decode(answer) for name, answer in (answers or {}).items()}
    return {name: tick for name, tick in read.items() if tick is not None}


def rows_of(
    content: Content, ticks: Mapping[str, Tick], reader: str, now: datetime
) -> tuple[Row, ...]:
    """Give all items in their order as someone of that name sees them, empty for anyone."""
    kept, name = checklist_of(content), fold(reader)
    items = [item for item in content.questions if isinstance(item, Item)]
    rows = []
    for number, item in enumerate(items, 1):
        tick = ticks.get(item.id)
        is_settled = kept.counts(tick)
        is_own = bool(name) and fold(item.assignee) == name
        is_overdue = not is_settled and item.due is not None and item.due <= now
        rows.append(Row(number, item, tick, is_settled, is_own, is_overdue))
    return tuple(rows)


def rows_in(view: View) -> tuple[Row, ...]:
    """Give all items as the viewer sees them; of an individual list with their own ticks."""
    content = view.action.content
    return rows_of(content, ticks_of(content, view.answers), view.reader, view.now)


def progress(rows: tuple[Row, ...]) -> Progress:
    """Give how far a list is."""
    states = [row.tick.state for row in rows if row.tick is not None and row.is_settled]
    waiting = sum(row.tick is not None and not row.is_settled for row in rows)
    return Progress(
        done=states.count(State.DONE),
        not_applicable=states.count(State.NOT_APPLICABLE),
        not_done=states.count(State.NOT_DONE),
        waiting=waiting,
        open=len(rows) - len(states) - waiting,
    )


def may_tick_row(view: View, row: Row) -> bool:
    """Give whether the viewer may tick an item now; anyone's card does not know who taps it."""
    reader = Person(view.viewer, view.reader)
    return view.is_open and (not view.viewer or may_tick(view.action, row.item, reader))


def is_left_to(action: Action, person: Person) -> bool:
    """Give whether something on a list that all share is left for someone to do or to look at."""
    kept = checklist_of(action.content)
    is_checker = checks(kept, person.key)
    for item in action.content.questions:
        tick = kept.ticks.get(item.id)
        if tick is not None and is_checker and not kept.counts(tick):
            return True
        if tick is None and isinstance(item, Item) and may_tick(action, item, person):
            return True
    return False


def most_pressing(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Give the open items, the reader's own and overdue ones first, else in their order."""
    left = [row for row in rows if not row.is_settled and row.tick is None]
    return tuple(sorted(left, key=lambda row: (not row.is_own, not row.is_overdue, row.number)))


def latest(rows: tuple[Row, ...], most: int) -> tuple[Row, ...]:
    """Give the items that were ticked last, the newest first: a slip is taken back there."""
    ticked = [(row.tick.at, row.number, row) for row in rows if row.tick is not None]
    newest = sorted(ticked, key=lambda one: one[:2], reverse=True)
    return tuple(row for _, _, row in newest[:most])


def settled(rows: tuple[Row, ...]) -> int:
    """Give how many items are settled."""
    return sum(row.is_settled for row in rows)
