"""The builder's screen for many questions at once."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from microsoft_teams.cards.core import Action, AdaptiveCard, CardElement, TextBlock

from actions.action import Draft
from actions.builder import Unit
from actions.errors import Problem
from actions.item import TEXT_LIMIT
from actions.kinds import builder
from actions.pasted import EXAMPLE
from actions.pasted_items import EXAMPLE as ITEMS_EXAMPLE
from actions.pasted_marked import EXAMPLE as MARKED_EXAMPLE
from cards.markdown import plain
from cards.parts import Host, buttons, card, fitting, label, note, submits, warning
from cards.sentences import sentence
from cards.texts import Texts
from dialogs.inputs import LONGEST_LINE, Window, lines_field, window
from dialogs.question_list import adds
from dialogs.screen import OVER, Screen, Setting
from dialogs.units import phrases_of

ROOMS = (12_000, 6_000, 3_000)
"""Characters of lines that are shown at once, the first that makes the form fit its card."""

MOST_PROBLEMS = 15
"""How many lines that are wrong are named at once."""

MOST_LOSSES = 5
"""How many lines of which something is lost are named at once."""

ABOVE = 3
"""How many lines stand above the first one that is wrong, where not all lines are shown."""


def paste_screen(draft: Draft, setting: Setting) -> Screen:
    """Give the field, how to write, and which lines are wrong."""
    title = setting.texts(phrases_of(draft).paste)
    cards = (_paste(draft, setting, title, room) for room in ROOMS)
    return Screen(title, fitting(cards), stays=True)


def _paste(draft: Draft, setting: Setting, title: str, room: int) -> AdaptiveCard:
    texts, wrong = setting.texts, _by_line(setting.problems)
    first = max(min(wrong, default=1) - 1 - ABOVE, 0)
    pasted = draft.values.get("pasted", "")
    whole = window(pasted, 0, room)
    shown = window(pasted, first, room) if whole.is_part else whole
    words, example = _field(draft, texts)
    body: list[CardElement] = [
        *([label(title)] if setting.host is Host.IN_PLACE else []),
        *_how(draft, texts),
        *_problems(setting, wrong),
        *lines_field(
            setting, draft.values, "pasted", words, example, shown, longest=_longest(draft)
        ),
        *buttons(_buttons(draft, setting, shown)),
    ]
    return card(texts, body)


def _field(draft: Draft, texts: Texts) -> tuple[str, str]:
    """Give what the field is called, and lines to show how."""
    offer = builder(draft.kind)
    if offer.unit is Unit.ITEM:
        return texts("Items, one on each line"), ITEMS_EXAMPLE
    words = texts("Questions, and their options below them")
    return words, MARKED_EXAMPLE if offer.marks else EXAMPLE


def _longest(draft: Draft) -> int:
    """Give how much of a line is shown again: a line of an item is all of it."""
    is_item = builder(draft.kind).unit is Unit.ITEM
    return TEXT_LIMIT + OVER if is_item else LONGEST_LINE


def _how(draft: Draft, texts: Texts) -> Iterator[CardElement]:
    offer = builder(draft.kind)
    if offer.unit is Unit.ITEM:
        how = texts(
            "Write one item on each line. A line that begins with # or ends with : is the "
            "heading of the items below it."
        )
        yield note(plain(how))
        return
    if not offer.marks:
        how = texts(
            "A question begins with ? and an option with -. In brackets behind a question stands "
            "its type, for example (several), (stars), (number) or (long text). An * behind it "
            "says that it must be answered. A line --- begins a new page."
        )
        yield note(plain(how))
        return
    how = texts(
        "A question begins with ?, an option with - and a right option with *. Without options, "
        "a line that begins with = says what is right: a number, true or false, or words; "
        "several such lines are several spellings. A line that begins with # explains."
    )
    yield note(plain(how))
    yield note(texts("Questions in Moodle's format GIFT can be pasted, too."))


def _buttons(draft: Draft, setting: Setting, shown: Window) -> Iterator[Action]:
    texts, host = setting.texts, setting.host
    here = adds(draft, "build.pasted")
    here = replace(here, hidden=(*here.hidden, *shown.hidden("pasted")))
    yield submits(host, here, texts(phrases_of(draft).add_pasted), "positive")
    yield submits(host, replace(here, verb="build.list"), texts("Back to the list"))


def said_of_line(setting: Setting, line: int, problem: Problem) -> str:
    """Give a problem's sentence with the line that it is about, as a card's text."""
    said = sentence(setting.texts, problem)
    if isinstance(problem.values.get("line"), int):
        return said
    return setting.texts("Line {line}: {problem}", line=line, problem=said)


def losses_notice(setting: Setting, losses: Mapping[str, Problem]) -> str:
    """Give what is otherwise than it was pasted, as a card's text, nothing where all is kept."""
    named = _by_line(losses)
    lines = sorted(named)
    said = [said_of_line(setting, line, losses[named[line]]) for line in lines[:MOST_LOSSES]]
    further = len(lines) - MOST_LOSSES
    more = setting.texts.many("and {count} more line", "and {count} more lines", further)
    return "\n\n".join([*said, *([more] if further > 0 else [])])


def _by_line(problems: Mapping[str, Problem]) -> dict[int, str]:
    names = {name: name.rpartition(".")[2] for name in problems}
    return {int(line): name for name, line in names.items() if line.isdigit()}


def _problems(setting: Setting, wrong: Mapping[int, str]) -> Iterator[CardElement]:
    """Every line that is wrong, in the order of the lines."""
    if not wrong:
        return
    texts = setting.texts
    yield warning(texts("Nothing was added yet. Please look at these lines."))
    for line in sorted(wrong)[:MOST_PROBLEMS]:
        text = said_of_line(setting, line, setting.problems[wrong[line]])
        yield TextBlock(text=f"⚠ {text}", color="Attention", wrap=True, spacing="None")
    further = len(wrong) - MOST_PROBLEMS
    if further > 0:
        yield note(texts.many("and {count} more line", "and {count} more lines", further))
