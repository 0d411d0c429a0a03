"""What a press leads to: a card to look at, in whatever place it was pressed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from microsoft_teams.cards.core import AdaptiveCard, CardElement

from actions.errors import Problem
from actions.fields import Values
from cards.asking import problem_line
from cards.envelope import Envelope
from cards.markdown import cut
from cards.parts import Host
from cards.texts import Texts

OVER = 200
"""Characters over a field's limit that are shown again, to be shortened."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A card with the title of the dialog it may be in.

    `stays`: in the personal chat the message itself becomes this card, so that whoever reopens
    the chat goes on here; the answer to an invoke alone is not stored (teams.md §1).
    """

    title: str
    card: AdaptiveCard
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a screen is shown and to whom.

    `problems` says what is wrong with which field, `notice` why the last press did not count,
    `done` what it did, `undo` what takes that back. `typed` is what a form's fields hold that was
    not stored.
    """

    host: Host
    texts: Texts
    problems: Mapping[str, Problem] = field(default_factory=dict)
    notice: str = ""
    done: str = ""
    typed: Values = field(default_factory=dict)
    undo: Envelope | None = None


def shown_value(values: Values, name: str, limit: int) -> str | None:
    """Give what a text field shows again; far over its limit it is cut, to fit a card."""
    return cut(values.get(name, ""), limit + OVER) or None


def note_problem(setting: Setting, name: str) -> list[CardElement]:
    """Give the line under a field that says what is wrong with it, nothing if all is well."""
    return problem_line(setting.texts, setting.problems, name)
