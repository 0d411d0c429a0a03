"""The builder's screen for many questions at once."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from microsoft_teams.cards.core import Action, AdaptiveCard, CardElement

from actions.action import Draft
from actions.pasted import EXAMPLE
from cards.parts import Host, buttons, card, fitting, label, note, submits, warning
from dialogs.create_survey import adds
from dialogs.inputs import Window, lines_field, window
from dialogs.screen import Screen, Setting, note_problem

ROOMS = (12_000, 6_000, 3_000)
"""Characters of lines that are shown at once, the first that makes the form fit its card."""

MOST_PROBLEMS = 15
"""How many lines that are wrong are named at once."""

ABOVE = 3
"""How many lines stand above the first one that is wrong, where not all lines are shown."""


def paste_screen(draft: Draft, setting: Setting) -> Screen:
    """Give the field, how to write, and which lines are wrong."""
    title = setting.texts("Paste many questions")
    cards = (_paste(draft, setting, title, room) for room in ROOMS)
    return Screen(title, fitting(cards), stays=True)


def _paste(draft: Draft, setting: Setting, title: str, room: int) -> AdaptiveCard:
    texts, wrong = setting.texts, _wrong_lines(setting)
    first = max(min(wrong, default=1) - 1 - ABOVE, 0)
    pasted = draft.values.get("pasted", "")
    whole = window(pasted, 0, room)
    shown = window(pasted, first, room) if whole.is_part else whole
    how = texts(
        "A question begins with ? and an option with -. In brackets behind a question stands its "
        "type, for example (several), (stars), (number) or (long text). An * behind it says that "
        "it must be answered. A line --- begins a new page."
    )
    words = texts("Questions, and their options below them")
    body: list[CardElement] = [
        *([label(title)] if setting.host is Host.IN_PLACE else []),
        note(how),
        *_problems(setting, wrong),
        *lines_field(setting, draft.values, "pasted", words, EXAMPLE, shown),
        *buttons(_buttons(draft, setting, shown)),
    ]
    return card(texts, body)


def _buttons(draft: Draft, setting: Setting, shown: Window) -> Iterator[Action]:
    texts, host = setting.texts, setting.host
    here = adds(draft, "build.pasted")
    here = replace(here, hidden=(*here.hidden, *shown.hidden("pasted")))
    yield submits(host, here, texts("Add the questions"), "positive")
    yield submits(host, replace(here, verb="build.list"), texts("Back to the list"))


def _wrong_lines(setting: Setting) -> dict[int, str]:
    names = {name: name.rpartition(".")[2] for name in setting.problems}
    return {int(line): name for name, line in names.items() if line.isdigit()}


def _problems(setting: Setting, wrong: Mapping[int, str]) -> Iterator[CardElement]:
    """Every line that is wrong, in the order of the lines."""
    if not wrong:
        return
    texts = setting.texts
    yield warning(texts("Nothing was added yet. Please look at these lines."))
    for line in sorted(wrong)[:MOST_PROBLEMS]:
        yield from note_problem(setting, wrong[line])
    further = len(wrong) - MOST_PROBLEMS
    if further > 0:
        yield note(texts.many("and {count} more line", "and {count} more lines", further))
