"""What can be typed about an item of a checklist, beside its text."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time

from microsoft_teams.cards.core import (
    CardElement,
    Choice,
    ChoiceSetInput,
    Column,
    ColumnSet,
    DateInput,
    TimeInput,
)

from actions.item import ASSIGNEE_LIMIT, NOTE_LIMIT, SECTION_LIMIT
from actions.item_changes import to_choose
from cards.markdown import cut, plain
from cards.parts import note
from cards.texts import Texts
from dialogs.asked import Asked
from dialogs.inputs import text_field
from dialogs.screen import note_problem

DUE_FIELDS = ("due_date", "due_time")
"""Fields that clients do not send when they are empty."""

LONGEST_NAME = 60
"""Characters of a name among those to choose from."""

LONGEST_WORDS = 40
"""Characters of a section or a name in a row."""


def item_fields(asked: Asked, people: Sequence[str] = ()) -> Iterator[CardElement]:
    """Give the fields for note, section, who should do it, and until when.

    Who should do it is chosen among `people`, by their names, or typed where there are none.
    Where a note does not fit beside the item's text, its field is left out, and it is kept.
    """
    texts = asked.texts
    if asked.room:
        words, hint = texts("Note"), texts("What helps to do it")
        yield from _text(asked, "note", words, NOTE_LIMIT, hint, lines=True)
    else:
        yield note(texts("The note is kept. To see it, make the item's text shorter."))
        yield from note_problem(asked.setting, asked.name("note"))
    yield from _assignee(asked, people)
    section, hint = texts("Section"), texts("The heading that it stands under")
    yield from _text(asked, "section", section, SECTION_LIMIT, hint)
    yield _due(asked)
    for field in DUE_FIELDS:
        yield from note_problem(asked.setting, asked.name(field))


def item_words(fields: Mapping[str, str], texts: Texts) -> Iterator[str]:
    """Give what is typed about an item, as a card's texts: section, who, until when."""
    if section := fields.get("section", "").strip():
        yield plain(section, LONGEST_WORDS)
    if assignee := fields.get("assignee", "").strip():
        yield texts("for {name}", name=plain(assignee, LONGEST_WORDS))
    if due := " ".join(_moment(fields, texts)):
        yield texts("due {moment}", moment=due)


def _assignee(asked: Asked, people: Sequence[str]) -> Iterator[CardElement]:
    texts, now = asked.texts, asked.value("assignee")
    who = texts("Who should do it")
    if not people:
        hint = texts("A name as it is in Teams")
        yield from _text(asked, "assignee", who, ASSIGNEE_LIMIT, hint)
        return
    # Who is named and is not in the chat stays.
    names = dict.fromkeys(name for name in (now, *people) if name.strip())
    nobody = texts("Nobody in particular")
    named = [(nobody, ""), *((cut(name, LONGEST_NAME), name) for name in names)]
    yield ChoiceSetInput(
        id=asked.name("assignee"),
        label=who,
        style="filtered",
        placeholder=nobody,
        value=to_choose(now) if now else None,
        choices=[Choice(title=title, value=to_choose(name)) for title, name in named],
    )
    yield from note_problem(asked.setting, asked.name("assignee"))


def _text(
    asked: Asked, field: str, label: str, limit: int, hint: str, *, lines: bool = False
) -> Iterator[CardElement]:
    name = asked.name(field)
    yield from text_field(
        asked.setting, asked.values, name, label, limit, placeholder=hint, lines=lines
    )


def _due(asked: Asked) -> CardElement:
    """A day's field and a time's, side by side; the time may be left out."""
    texts = asked.texts
    day = DateInput(
        id=asked.name("due_date"), label=texts("Due day"), value=asked.value("due_date") or None
    )
    clock = TimeInput(
        id=asked.name("due_time"),
        label=texts("Time of day"),
        value=asked.value("due_time") or None,
    )
    columns = [Column(width="stretch", items=[day]), Column(width="stretch", items=[clock])]
    return ColumnSet(columns=columns, spacing="Medium")


def _moment(fields: Mapping[str, str], texts: Texts) -> Iterator[str]:
    """What is no day or time says nothing here; the form says what is wrong with it."""
    try:
        yield texts.day(date.fromisoformat(fields.get("due_date", "").strip()))
        yield texts.clock(time.fromisoformat(fields.get("due_time", "").strip()))
    except ValueError:
        return
