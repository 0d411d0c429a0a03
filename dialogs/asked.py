"""One question of a draft, as the fields of the builder are given it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from microsoft_teams.cards.core import CardElement

from actions.drafted import field_prefix
from actions.fields import Values, whole
from cards.texts import Texts
from dialogs.screen import Setting


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a draft as its fields are drawn.

    At most `room` characters of its lines are shown, one line at least. `marks`: answers to it
    are marked.
    """

    values: Values
    question_id: str
    setting: Setting
    room: int
    marks: bool = False

    @property
    def texts(self) -> Texts:
        """The creator's language."""
        return self.setting.texts

    @property
    def start(self) -> int:
        """The line that was turned to."""
        return whole(self.value("shown_from")) or 0

    def name(self, field: str) -> str:
        """Give a field's whole name."""
        return field_prefix(self.question_id) + field

    def value(self, field: str) -> str:
        """Give what was typed."""
        return self.values.get(self.name(field), "")


Field: TypeAlias = Callable[[Asked], Iterator[CardElement]]
"""Draws one field, or some that belong together."""
