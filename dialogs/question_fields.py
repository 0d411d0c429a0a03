"""What can be typed about a question of each preset, beside its text.

A field is a column of a table, so that a preset is a row.
"""

from collections.abc import Iterator, Mapping

from microsoft_teams.cards.core import (
    CardElement,
    Choice,
    ChoiceSetInput,
    DateInput,
    TimeInput,
)

from actions.fields import whole
from actions.presets import preset
from actions.scale import LEAST_LEVELS, MOST_LEVELS
from dialogs.asked import Asked, Field
from dialogs.inputs import SHORT_LIMIT, Window, lines_field, switch, text_field, window
from dialogs.item_fields import DUE_FIELDS, item_fields
from dialogs.key_fields import MARKED_FIELDS, SPELLED
from dialogs.lesson_fields import lesson_fields
from dialogs.screen import note_problem


def type_fields(asked: Asked, preset_name: str) -> Iterator[CardElement]:
    """Give the fields of a preset."""
    for one in _fields(asked, preset_name):
        yield from one(asked)


def shown_lines(asked: Asked, preset_name: str) -> tuple[str, Window]:
    """Give the name of a preset's longest field, and which of its lines there is room for."""
    known = {SPELLED: "right"} if asked.marks else {}
    listed = (field for field in LONG if field in preset(preset_name).fields)
    field = known.get(preset_name) or next(listed, "")
    return asked.name(field), window(asked.value(field), asked.start, asked.room)


def left_out_if_blank(preset_name: str) -> tuple[str, ...]:
    """Give the fields that clients do not send when they are empty."""
    if item_fields in FIELDS[preset_name]:
        return DUE_FIELDS
    return ("min", "max") if {_days, _times} & set(FIELDS[preset_name]) else ()


def _fields(asked: Asked, preset_name: str) -> tuple[Field, ...]:
    """What asks nothing has the same fields everywhere."""
    usual = FIELDS[preset_name]
    return MARKED_FIELDS.get(preset_name, usual) if asked.marks else usual


def _options(asked: Asked) -> Iterator[CardElement]:
    yield from _lines(asked, "options", asked.texts("Options, one on each line"))


def _rows(asked: Asked) -> Iterator[CardElement]:
    yield from _lines(asked, "rows", asked.texts("Statements, one on each line"))


def _answers(asked: Asked) -> Iterator[CardElement]:
    label = asked.texts("Answers to each statement, one on each line")
    limit = MOST_LEVELS * (SHORT_LIMIT + 1)
    name = asked.name("levels")
    yield from text_field(asked.setting, asked.values, name, label, limit, lines=True)


def _lines(asked: Asked, field: str, label: str) -> Iterator[CardElement]:
    hint = asked.texts("Write or paste as many lines as you like")
    name, shown = asked.name(field), window(asked.value(field), asked.start, asked.room)
    yield from lines_field(asked.setting, asked.values, name, label, hint, shown)


def _other(asked: Asked) -> Iterator[CardElement]:
    title = asked.texts("People may answer in their own words instead")
    yield switch(asked.values, asked.name("other"), asked.texts("Other"), title)


def _shuffle(asked: Asked) -> Iterator[CardElement]:
    title = asked.texts("Show each person the options in another order")
    yield switch(asked.values, asked.name("shuffle"), asked.texts("Order"), title)


def _levels(asked: Asked) -> Iterator[CardElement]:
    numbers = range(LEAST_LEVELS, MOST_LEVELS + 1)
    typed = whole(asked.value("levels"))
    yield ChoiceSetInput(
        id=asked.name("levels"),
        label=asked.texts("Highest level"),
        style="compact",
        value=str(typed) if typed in numbers else None,
        choices=[Choice(title=asked.texts.number(n), value=str(n)) for n in numbers],
    )
    yield from note_problem(asked.setting, asked.name("levels"))


def _days(asked: Asked) -> Iterator[CardElement]:
    texts = asked.texts
    for field, label in (("min", texts("Earliest day")), ("max", texts("Latest day"))):
        yield DateInput(id=asked.name(field), label=label, value=asked.value(field) or None)
        yield from note_problem(asked.setting, asked.name(field))


def _times(asked: Asked) -> Iterator[CardElement]:
    texts = asked.texts
    for field, label in (("min", texts("Earliest time")), ("max", texts("Latest time"))):
        yield TimeInput(id=asked.name(field), label=label, value=asked.value(field) or None)
        yield from note_problem(asked.setting, asked.name(field))


def _least(asked: Asked) -> Iterator[CardElement]:
    label, hint = asked.texts("At least how many to choose"), asked.texts("Any number")
    yield from _short(asked, "least", label, hint)


def _most(asked: Asked) -> Iterator[CardElement]:
    label, hint = asked.texts("At most how many to choose"), asked.texts("Any number")
    yield from _short(asked, "most", label, hint)


def _low(asked: Asked) -> Iterator[CardElement]:
    label, hint = asked.texts("Words for the lowest level"), asked.texts("For example: poor")
    yield from _short(asked, "low_label", label, hint)


def _high(asked: Asked) -> Iterator[CardElement]:
    label, hint = asked.texts("Words for the highest level"), asked.texts("For example: excellent")
    yield from _short(asked, "high_label", label, hint)


def _limit(asked: Asked) -> Iterator[CardElement]:
    label, hint = asked.texts("At most how many characters"), asked.texts("As many as usual")
    yield from _short(asked, "limit", label, hint)


def _smallest(asked: Asked) -> Iterator[CardElement]:
    yield from _short(asked, "min", asked.texts("Smallest number"), asked.texts("Any number"))


def _largest(asked: Asked) -> Iterator[CardElement]:
    yield from _short(asked, "max", asked.texts("Largest number"), asked.texts("Any number"))


def _decimals(asked: Asked) -> Iterator[CardElement]:
    label, hint = asked.texts("Decimals"), asked.texts("0, whole numbers only")
    yield from _short(asked, "decimals", label, hint)


def _unit(asked: Asked) -> Iterator[CardElement]:
    yield from _short(asked, "unit", asked.texts("Unit"), asked.texts("For example: km"))


def _short(asked: Asked, field: str, label: str, hint: str) -> Iterator[CardElement]:
    """A text field also for numbers: clients send it when it was cleared, a number field not."""
    yield from text_field(
        asked.setting, asked.values, asked.name(field), label, SHORT_LIMIT, placeholder=hint
    )


FIELDS: Mapping[str, tuple[Field, ...]] = {
    "one": (_options, _other, _shuffle),
    "several": (_options, _least, _most, _other, _shuffle),
    "drop_down": (_options, _other, _shuffle),
    "yes_no": (),
    "stars": (_levels, _low, _high),
    "numbers": (_levels, _low, _high),
    "like": (),
    "nps": (_low, _high),
    "likert": (_rows, _answers),
    "ranking": (_options, _shuffle),
    "short_text": (_limit,),
    "long_text": (_limit,),
    "number": (_smallest, _largest, _decimals, _unit),
    "date": (_days,),
    "time": (_times,),
    "lesson": (lesson_fields,),
    "item": (item_fields,),
}
"""The fields of every preset, in their order."""

LONG = ("options", "rows", "body")
"""Fields that take more lines than a card holds; a preset has one of them at most."""
