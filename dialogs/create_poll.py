"""The fields that only a poll's form has."""

from collections.abc import Iterator

from microsoft_teams.cards.core import (
    CardElement,
    Choice,
    ChoiceSetInput,
    NumberInput,
    TextInput,
)

from actions.action import Draft
from actions.plan import Values
from cards.markdown import cut
from cards.parts import note
from dialogs.screen import Setting, note_problem

NAME = "poll"

HIDDEN = ("options",)
"""Values without a field of their own that the client must send back."""

MORE = ("most", "places.")
"""Fields that stand among the further settings; a name that ends in "." is a beginning."""


def fields(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    """Give the options, and how many may be chosen."""
    texts, values = setting.texts, draft.values
    ids = values.get("options", "").split()
    for number, option_id in enumerate(ids, start=1):
        name = f"option.{option_id}"
        yield TextInput(
            id=name,
            label=texts("Option {number}", number=number),
            value=values.get(name) or None,
            spacing="Small",
        )
        yield from note_problem(setting, name)
    yield TextInput(
        id="more",
        label=texts("More options, one on each line"),
        placeholder=texts("Write or paste as many lines as you like"),
        is_multiline=True,
        value=values.get("more") or None,
    )
    yield from note_problem(setting, "more")
    if not draft.edits:
        yield _choose(values, setting)


def more_fields(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    """Give the further settings: at most how many, and places for each option."""
    texts, values = setting.texts, draft.values
    if draft.edits:
        return
    yield NumberInput(
        id="most",
        label=texts("At most how many options each person may choose"),
        placeholder=texts("Any number"),
        value=_number(values, "most"),
        min=1,
    )
    yield from note_problem(setting, "most")
    named = [o for o in values.get("options", "").split() if values.get(f"option.{o}", "").strip()]
    if not named:
        yield note(texts("Places for each option can be limited here once options are written."))
    for option_id in named:
        name = f"places.{option_id}"
        option = cut(values[f"option.{option_id}"].strip(), 40)
        yield NumberInput(
            id=name,
            label=texts("Places for “{option}”", option=option),
            placeholder=texts("Any number"),
            value=_number(values, name),
            min=1,
        )
        yield from note_problem(setting, name)


def _choose(values: Values, setting: Setting) -> CardElement:
    texts = setting.texts
    return ChoiceSetInput(
        id="choose",
        label=texts("Each person chooses"),
        style="expanded",
        value=values.get("choose", "one"),
        choices=[
            Choice(title=texts("one option"), value="one"),
            Choice(title=texts("several options"), value="several"),
        ],
    )


def _number(values: Values, name: str) -> float | None:
    """A number that was typed wrongly cannot be shown again in a number field."""
    text = values.get(name, "").strip().removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len("999999") else None
