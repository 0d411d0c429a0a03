"""The fields that several forms have."""

from collections.abc import Iterator
from dataclasses import dataclass

from microsoft_teams.cards.core import CardElement, TextInput, ToggleInput

from actions.fields import OPTION_LIMIT, Values
from actions.plan import DESCRIPTION_LIMIT, TITLE_LIMIT
from cards.markdown import cut
from dialogs.screen import OVER, Setting, note_problem, shown_value

SHORT_LIMIT = 100
"""Characters of a few words or a number."""

LONGEST_LINE = OPTION_LIMIT + OVER
"""Characters of one of several lines that are shown again."""


def text_field(
    setting: Setting,
    values: Values,
    name: str,
    label: str,
    limit: int,
    *,
    placeholder: str = "",
    lines: bool = False,
) -> Iterator[CardElement]:
    """Give a field for a text, of several `lines` or one, and what is wrong with it."""
    yield TextInput(
        id=name,
        label=label,
        placeholder=placeholder or None,
        value=shown_value(values, name, limit),
        is_multiline=lines or None,
    )
    yield from note_problem(setting, name)


def number_field(
    setting: Setting, values: Values, name: str, label: str, hint: str
) -> Iterator[CardElement]:
    """Give a field for a number, and what is wrong with it.

    It is a field for text: clients send that also when it was cleared, a number's field not, and
    it can show again what is no number.
    """
    yield from text_field(setting, values, name, label, SHORT_LIMIT, placeholder=hint)


@dataclass(frozen=True, slots=True)
class Window:
    """Which lines of a text stand in its field: from `start` up to before `end`, of `count`."""

    start: int
    end: int
    count: int

    @property
    def is_part(self) -> bool:
        """Other lines are kept as they are."""
        return self.end - self.start < self.count

    def hidden(self, name: str) -> list[tuple[str, str]]:
        """Give what a button must say of the field, so that only these lines are replaced."""
        return [(f"{name}.window", f"{self.start} {self.end}")] if self.is_part else []


def window(text: str, start: int, room: int) -> Window:
    """Give the lines from `start` on that take at most `room` characters, one line at least."""
    lines = text.splitlines()
    start = start if 0 <= start < len(lines) else 0
    used = 0
    for place in range(start, len(lines)):
        used += len(lines[place]) + 1
        if used > room and place > start:
            return Window(start, place, len(lines))
    return Window(start, len(lines), len(lines))


def lines_field(
    setting: Setting,
    values: Values,
    name: str,
    label: str,
    placeholder: str,
    shown: Window,
    *,
    longest: int = LONGEST_LINE,
) -> Iterator[CardElement]:
    """Give a field with a text on each line, its lines as far as they are `shown`.

    A line far longer than any may be is cut: it could be more than a card alone.
    """
    lines = values.get(name, "").splitlines()[shown.start : shown.end]
    if shown.is_part:
        part = {"first": shown.start + 1, "last": shown.end, "count": shown.count}
        label = f"{label} ({setting.texts('lines {first}–{last} of {count}', **part)})"
    yield TextInput(
        id=name,
        label=label,
        placeholder=placeholder,
        value="\n".join(cut(line, longest) for line in lines) or None,
        is_multiline=True,
    )
    yield from note_problem(setting, name)


def switch(
    values: Values, name: str, label: str, title: str, *, default: bool = False
) -> CardElement:
    """Give a field that is on or off."""
    return ToggleInput(
        id=name,
        label=label,
        title=title,
        value=values.get(name) or str(default).lower(),
        wrap=True,
    )


def title_field(
    setting: Setting, values: Values, label: str, placeholder: str
) -> Iterator[CardElement]:
    """Give the field for an action's title."""
    yield from text_field(
        setting, values, "title", label, TITLE_LIMIT, placeholder=placeholder, lines=True
    )


def description_field(setting: Setting, values: Values) -> Iterator[CardElement]:
    """Give the field for an action's description."""
    label = setting.texts("Description")
    yield from text_field(setting, values, "description", label, DESCRIPTION_LIMIT, lines=True)
