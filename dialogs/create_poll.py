"""The fields that only a poll's form has."""

from collections.abc import Iterator

from microsoft_teams.cards.core import (
    CardElement,
    Choice,
    ChoiceSetInput,
    TextInput,
)

from actions.action import Draft
from actions.fields import OPTION_LIMIT, Values
from actions.poll import count
from actions.schedule import is_of_posted
from cards.envelope import Envelope
from cards.markdown import cut, plain
from cards.parts import buttons, note, submits
from dialogs.inputs import description_field, number_field, switch, title_field
from dialogs.screen import Setting, note_problem, shown_value

NAME = "poll"

HIDDEN = ("options", "shown_from")
"""Values without a field of their own that the client must send back."""

TIGHT = 1_000
"""With so little room the options that wait are not named one by one."""

MORE = ("description", "most", "places.")
"""Fields that stand among the further settings; a name that ends in "." is a beginning."""


def window(values: Values, setting: Setting, room: int) -> tuple[int, int]:
    """Give from which option up to before which one there are fields, at most `room` characters.

    25 options of 1,000 characters are more than a card may hold; the others are kept as they are.
    """
    ids = values.get("options", "").split()
    wrong = [
        number
        for number, option_id in enumerate(ids)
        if {f"option.{option_id}", f"places.{option_id}"} & set(setting.problems)
    ]
    wanted = count(values.get("shown_from", "")) or 0
    start = wanted if wanted < len(ids) else 0
    end = _end(values, ids, start, room)
    if wrong and not any(start <= n < end for n in wrong):
        return wrong[0], _end(values, ids, wrong[0], room)
    return start, end


def head(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    """Give the question."""
    texts = setting.texts
    yield from title_field(
        setting, draft.values, texts("Question"), texts("What do you want to ask?")
    )


def fields(draft: Draft, setting: Setting, room: int) -> Iterator[CardElement]:
    """Give the options, and how many may be chosen."""
    texts, values = setting.texts, draft.values
    ids = values.get("options", "").split()
    start, end = window(values, setting, room)
    for number, option_id in enumerate(ids):
        label = texts("Option {number}", number=number + 1)
        name = f"option.{option_id}"
        if start <= number < end:
            yield TextInput(
                id=name,
                label=label,
                value=shown_value(values, name, OPTION_LIMIT),
                spacing="Small",
            )
            yield from note_problem(setting, name)
        elif room > TIGHT:
            yield note(f"{label}: {plain(values.get(name, ''), 60)}")
    if end - start < len(ids):
        following = str(end if end < len(ids) else 0)
        hidden = (
            ("options", " ".join(ids)),
            ("edits", draft.edits),
            ("shown_from", following),
        )
        turn = Envelope("draft.turn", draft.id, draft.kind, hidden)
        if room <= TIGHT:
            yield note(texts("The other options are kept as they are."))
        yield from buttons([submits(setting.host, turn, texts("Edit the other options"))])
    yield from _more(draft, setting)


def _more(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    texts, values = setting.texts, draft.values
    yield TextInput(
        id="more",
        label=texts("More options, one on each line"),
        placeholder=texts("Write or paste as many lines as you like"),
        is_multiline=True,
        value=shown_value(values, "more", OPTION_LIMIT),
    )
    yield from note_problem(setting, "more")
    if is_of_posted(draft):
        text = texts("Changing the words of an option, or clearing it, removes its votes.")
        yield note(f"⚠ {text}")
    else:
        yield _choose(values, setting)


def more_fields(draft: Draft, setting: Setting, room: int) -> Iterator[CardElement]:
    """Give the further settings: added options, at most how many, and places for each option."""
    texts, values = setting.texts, draft.values
    if is_of_posted(draft):
        yield from description_field(setting, values)
        return
    order = texts("In the form, show each person the options in another order")
    yield switch(values, "shuffle", texts("Order"), order)
    yield from description_field(setting, values)
    yield switch(values, "may_add", texts("Added options"), texts("People may add options"))
    most, any_number = (
        texts("At most how many options each person may choose"),
        texts("Any number"),
    )
    yield from number_field(setting, values, "most", most, any_number)
    start, end = window(values, setting, room)
    ids = values.get("options", "").split()[start:end]
    named = [o for o in ids if values.get(f"option.{o}", "").strip()]
    if not named:
        yield note(texts("Places for each option can be limited here once options are written."))
    for option_id in named:
        name = f"places.{option_id}"
        option = cut(values[f"option.{option_id}"].strip(), 40)
        places = texts("Places for “{option}”", option=option)
        yield from number_field(setting, values, name, places, any_number)


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


def _end(values: Values, ids: list[str], start: int, room: int) -> int:
    """At least one option always has a field."""
    used = 0
    for number in range(start, len(ids)):
        used += len(values.get(f"option.{ids[number]}", ""))
        if used > room and number > start:
            return number
    return len(ids)
