"""What can be typed about a question that is marked, beside its text: what is right, and points.

As in `dialogs.question_fields`, a preset is a row.
"""

from collections.abc import Iterator, Mapping

from microsoft_teams.cards.core import CardElement, Choice, ChoiceSetInput

from actions.either import NO, YES
from actions.keys import EXPLANATION_LIMIT
from dialogs.asked import Asked, Field
from dialogs.inputs import lines_field, number_field, switch, text_field, window
from dialogs.screen import note_problem

SPELLED = "short_text"
"""The preset whose accepted answers are lines, which may be more than a card holds."""


def explanation_field(asked: Asked) -> Iterator[CardElement]:
    """Give the explanation, which is read with what was right."""
    label = asked.texts("Explanation, shown with what was right")
    name = asked.name("explanation")
    yield from text_field(asked.setting, asked.values, name, label, EXPLANATION_LIMIT, lines=True)


def _one_right(asked: Asked) -> Iterator[CardElement]:
    label = asked.texts("Options, one on each line, with a star before the right one")
    yield from _lines(asked, "options", label, asked.texts("*Paris\nRome\nBerlin"))


def _several_right(asked: Asked) -> Iterator[CardElement]:
    label = asked.texts("Options, one on each line, with a star before every right one")
    yield from _lines(asked, "options", label, asked.texts("*Paris\n*Rome\nYork"))


def _partial(asked: Asked) -> Iterator[CardElement]:
    title = asked.texts(
        "Give a part of the points where some are right; a wrong tick takes a right one away"
    )
    yield switch(asked.values, asked.name("partial"), asked.texts("Partial credit"), title)


def _truth(asked: Asked) -> Iterator[CardElement]:
    texts = asked.texts
    yield ChoiceSetInput(
        id=asked.name("right"),
        label=texts("What is right"),
        style="expanded",
        value=asked.value("right") if asked.value("right") in {YES, NO} else None,
        choices=[Choice(title=texts("True"), value=YES), Choice(title=texts("False"), value=NO)],
    )
    yield from note_problem(asked.setting, asked.name("right"))


def _number(asked: Asked) -> Iterator[CardElement]:
    texts = asked.texts
    yield from _short(asked, "right", texts("The right number"), texts("For example: 9.81"))
    tolerance = texts("How far from it an answer may be and still count as right")
    yield from _short(asked, "tolerance", tolerance, texts("0, exactly this number"))
    yield from _short(asked, "unit", texts("Unit"), texts("For example: km"))


def _spellings(asked: Asked) -> Iterator[CardElement]:
    texts = asked.texts
    label = texts("Answers that count as right, one on each line")
    hint = texts("Capitals and spaces do not matter")
    yield from _lines(asked, "right", label, hint)


def _points(asked: Asked) -> Iterator[CardElement]:
    yield from _short(asked, "points", asked.texts("Points"), "1")


def _lines(asked: Asked, field: str, label: str, hint: str) -> Iterator[CardElement]:
    name, shown = asked.name(field), window(asked.value(field), asked.start, asked.room)
    yield from lines_field(asked.setting, asked.values, name, label, hint, shown)


def _short(asked: Asked, field: str, label: str, hint: str) -> Iterator[CardElement]:
    yield from number_field(asked.setting, asked.values, asked.name(field), label, hint)


MARKED_FIELDS: Mapping[str, tuple[Field, ...]] = {
    "one": (_one_right, _points),
    "several": (_several_right, _partial, _points),
    "drop_down": (_one_right, _points),
    "yes_no": (_truth, _points),
    "number": (_number, _points),
    "short_text": (_spellings, _points),
}
"""The fields of every preset that can be marked, in their order."""
