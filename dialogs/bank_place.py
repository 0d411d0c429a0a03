"""Where in someone's question bank a button leads; untrusted on return."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from actions.bank import TAG_LIMIT
from actions.banked import BankOrder, Selection
from actions.fields import printable
from dialogs.place import LONGEST_SEARCH

LONGEST_MARK = 100
"""Characters of the store's mark of a page; what it makes itself is shorter."""

SEARCH, TAG = "bank_search", "bank_tag"
"""The fields that say what is looked for."""

EVERY_TAG, A_TAG = "*", "#"
"""What the field for the tag holds: the first, or the second and a tag."""


@dataclass(frozen=True, slots=True)
class BankPlace:
    """A page of the list: what is looked for, and the store's mark of the page."""

    search: str = ""
    tag: str = ""
    after: str = ""

    @property
    def selection(self) -> Selection:
        """Which questions are looked at."""
        return Selection(self.search, self.tag)

    def hidden(self, after: str | None = None) -> tuple[tuple[str, str], ...]:
        """Give what a button says to lead here, or to another page of the same."""
        mark = self.after if after is None else after
        parts = {"in_search": self.search, "in_tag": self.tag, "in_after": mark}
        return tuple((name, value) for name, value in parts.items() if value)

    def searched(self, after: str | None = None) -> tuple[tuple[str, str], ...]:
        """Give what a button says that sends the fields: clients leave a cleared one out."""
        return (*self.hidden(after), (SEARCH, ""))

    @classmethod
    def read(cls, inputs: Mapping[str, str]) -> Self:
        """Read where a button leads; what was typed into the fields begins a list anew."""
        search, tag = inputs.get("in_search", ""), inputs.get("in_tag", "")
        after = inputs.get("in_after", "")[:LONGEST_MARK]
        typed = printable(inputs.get(SEARCH, search)).strip()[:LONGEST_SEARCH]
        field = inputs.get(TAG, f"{A_TAG}{tag}" if tag else EVERY_TAG)
        chosen = field.removeprefix(A_TAG) if field.startswith(A_TAG) else ""
        chosen = printable(chosen).strip()[:TAG_LIMIT]
        return cls(typed, chosen, after if (typed, chosen) == (search, tag) else "")


def place_of(order: BankOrder) -> BankPlace:
    """Give where the questions of an order are listed."""
    return BankPlace(order.selection.search, order.selection.tag)
