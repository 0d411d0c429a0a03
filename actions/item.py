"""The item of a checklist: something to do, by someone, until some time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Final, Self

from actions.about import NOTHING, About
from actions.conditions import Operator
from actions.entry import PLAIN, Cell, Column, Entry, Reading
from actions.fields import Fields
from actions.moment import Date, TimeOfDay
from actions.ticks import Tick

TEXT_LIMIT, NOTE_LIMIT, SECTION_LIMIT, ASSIGNEE_LIMIT = 4_000, 4_000, 100, 100
"""Characters after trimming (product.md §2 for the text)."""

LEAST_ITEMS, MOST_ITEMS = 1, 200
"""How many items there are (product.md §2)."""


@dataclass(frozen=True, slots=True)
class Item:
    """What is to be done; an answer to it is a tick (`actions.ticks`).

    `section` is the heading it stands under. `assignee` is who should do it, by the name they have
    in Teams, for order and filters only: anyone may do it. `due` is when it is overdue.
    """

    type: ClassVar[str] = "item"
    operators: ClassVar[tuple[Operator, ...]] = ()
    id: str
    text: str
    note: str = ""
    section: str = ""
    assignee: str = ""
    due: datetime | None = None
    about: About = NOTHING

    @property
    def length(self) -> int:
        """About how many characters it takes."""
        return len(self.text) + len(self.note)

    @property
    def parts(self) -> tuple[str, ...]:
        """The own names of its fields in a form that answers: it has none, it is ticked."""
        return ()

    @classmethod
    def build(cls, question_id: str, text: str, about: About, fields: Fields) -> Self:
        """Read the builder's fields: note, section, assignee, due_date, due_time.

        The clock of the form is its maker's: the due time is given as if that were UTC's, and is
        moved by what knows the time zone.
        """
        if len(text) > TEXT_LIMIT:
            fields.wrong("text", "too_long", limit=TEXT_LIMIT, length=len(text))
        return cls(
            question_id,
            text,
            fields.text("note", NOTE_LIMIT),
            fields.text("section", SECTION_LIMIT),
            fields.text("assignee", ASSIGNEE_LIMIT),
            _read_due(fields),
            about,
        )

    def form(self) -> dict[str, str]:
        """Give the builder's fields that build this item, its due time by its own clock."""
        due = self.due
        return {
            "note": self.note,
            "section": self.section,
            "assignee": self.assignee,
            "due_date": due.date().isoformat() if due is not None else "",
            "due_time": f"{due:%H:%M}" if due is not None else "",
        }

    def parse(self, entry: Entry, reading: Reading = PLAIN) -> None:
        """Read nothing."""
        del entry, reading

    def enter(self, answer: object, reading: Reading = PLAIN) -> Entry:
        """Give no fields."""
        del answer, reading
        return {}

    def gaps(self, answer: object) -> tuple[str, ...]:
        """Give none."""
        del answer
        return ()

    def restore(self, stored: Any) -> tuple[str, ...] | None:
        """Give the tick's stored form, None where it is none."""
        tick = Tick.decode(stored)
        return None if tick is None else tick.encode()

    def buckets(self, answer: object) -> Iterable[tuple[str, int]]:
        """Count it in its state."""
        tick = Tick.decode(answer)
        return () if tick is None else ((tick.state.value, 0),)

    def keeps(self, before: object) -> bool:
        """Give whether it was an item before."""
        return isinstance(before, Item)

    def meets(self, operator: Operator, value: str, answer: object) -> bool:
        """Give that nothing compares."""
        del operator, value, answer
        return False

    def columns(self) -> tuple[Column, ...]:
        """Give one for its state; why it is in that is told by the history."""
        return (Column(),)

    def cells(self, answer: object) -> tuple[Cell, ...]:
        """Give a tick's state, as its code."""
        tick = Tick.decode(answer)
        return (None if tick is None else tick.state.value,)

    def encode(self) -> dict[str, Any]:
        """Give the stored form."""
        more = {
            "note": self.note,
            "section": self.section,
            "assignee": self.assignee,
            "due": self.due.isoformat() if self.due is not None else "",
        }
        stored = {name: value for name, value in more.items() if value}
        return {"id": self.id, "text": self.text, **stored}

    @classmethod
    def decode(cls, stored: Mapping[str, Any], about: About = NOTHING) -> Self:
        """Read the stored form."""
        due = stored.get("due")
        return cls(
            stored["id"],
            stored["text"],
            stored.get("note", ""),
            stored.get("section", ""),
            stored.get("assignee", ""),
            datetime.fromisoformat(due) if due else None,
            about,
        )


_END_OF_DAY: Final = "23:59"
"""When an item is due of which only the day was given."""


def _read_due(fields: Fields) -> datetime | None:
    """Read a day, with a time of day or without, as if in UTC; adds to the problems."""
    read: dict[str, str] = {}
    for name, kind in (("due_date", Date), ("due_time", TimeOfDay)):
        typed = fields.raw(name)
        moment = kind.read(typed) if typed else ""
        if isinstance(moment, str):
            read[name] = moment
        else:
            fields.wrong(name, moment.code)
    if read.get("due_time") and read.get("due_date") == "":
        fields.wrong("due_date", "item_day_needed")
    if not read.get("due_date"):
        return None
    clock = read.get("due_time") or _END_OF_DAY
    return datetime.fromisoformat(f"{read['due_date']}T{clock}").replace(tzinfo=UTC)
