"""What the screens of a checklist have in common: whose it is, and where in it they are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from microsoft_teams.cards.core import Action, CardElement

from actions.errors import NotFound
from actions.item_filters import Filter, by_section, section_of
from actions.policy import checks, may_edit_items
from actions.rows import Row, may_tick_row, rows_in
from actions.ticking import checklist_of
from actions.ticks import Checklist
from actions.viewing import View
from cards.envelope import Envelope
from cards.markdown import cut, plain
from cards.parts import LONGEST_LABEL, Host, buttons, label, opens, submits, success, warning
from cards.texts import Texts
from dialogs.fill import top
from dialogs.place import whole
from dialogs.screen import Setting

PER_PAGE: Final = 12
"""How many items a page has at most."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A page of the list: which items are looked for, and the first of them, from 0."""

    which: Filter = Filter.ALL
    first: int = 0

    @property
    def words(self) -> tuple[str, ...]:
        """What a button's argument ends with, to lead here; nothing at the beginning."""
        if self == Spot():
            return ()
        return (self.which.value, str(self.first))

    def around(self, place: int) -> Self:
        """Give a page that holds a place, this one if it does."""
        if self.first <= place < self.first + PER_PAGE:
            return self
        return replace(self, first=place // PER_PAGE * PER_PAGE)

    @classmethod
    def read(cls, words: Sequence[str]) -> Self:
        """Read the end of a button's argument; what is not understood says nothing."""
        which, first, *_ = [*words, "", ""]
        return cls(Filter(which) if which in set(Filter) else Filter.ALL, whole(first))


@dataclass(frozen=True, slots=True)
class Board:
    """A list as someone sees it, where in it they are, and where and how they see it.

    `rows` are all items, in their sections.
    """

    view: View
    rows: tuple[Row, ...]
    spot: Spot
    setting: Setting

    @property
    def texts(self) -> Texts:
        """The reader's texts."""
        return self.setting.texts

    @property
    def host(self) -> Host:
        """Where the screen is."""
        return self.setting.host

    @property
    def kept(self) -> Checklist:
        """How the list is kept."""
        return checklist_of(self.view.action.content)

    @property
    def found(self) -> tuple[Row, ...]:
        """The items that are looked for."""
        return tuple(row for row in self.rows if self.spot.which.holds(row))

    @property
    def may_edit(self) -> bool:
        """The reader may change what is on the list, now."""
        return self.view.is_open and may_edit_items(self.view.action, self.view.viewer)

    @property
    def checks(self) -> bool:
        """It is the reader whose word makes count what is done, on a list that all share."""
        is_theirs = checks(self.kept, self.view.viewer)
        return is_theirs and self.view.is_open and not self.kept.individual

    def row(self, item_id: str) -> Row:
        """Give one item. Raises NotFound."""
        found = next((row for row in self.rows if row.item.id == item_id), None)
        if found is None:
            raise NotFound("item_gone")
        return found

    def may_tick(self, row: Row) -> bool:
        """Give whether the reader may bring an item to another state now."""
        is_undone = row.tick is None or not row.tick.is_checked or self.checks
        return is_undone and may_tick_row(self.view, row)

    def to(self, verb: str, *names: object) -> Envelope:
        """Give what a button means: a verb, what it is about, and where in the list it is."""
        words = (*(str(name) for name in names), *self.spot.words)
        return Envelope(verb, self.view.action.id, " ".join(words))

    def button(self, verb: str, title: str, *names: object) -> Action:
        """Give a button that sends no inputs."""
        return opens(self.host, self.to(verb, *names), title)

    def sends(self, envelope: Envelope, title: str) -> Action:
        """Give the main button of a form."""
        return submits(self.host, envelope, title, "positive")

    def at(self, spot: Spot) -> Self:
        """Give it elsewhere in the list."""
        return replace(self, spot=spot)

    def head(self, longest: int = 500) -> Iterator[CardElement]:
        """Give what stands above every screen: what it is, and what came of the last press."""
        yield from top(self.view.action, self.texts, is_open=self.view.is_open, longest=longest)
        if self.setting.notice:
            yield warning(self.setting.notice)
        if self.setting.done:
            yield success(self.setting.done)
        if self.setting.undo is not None:
            yield from buttons([opens(self.host, self.setting.undo, self.texts("Undo"))])


def board_of(view: View, spot: Spot, setting: Setting) -> Board:
    """Give what a screen of a list is made of. Raises NotFound for what is no list."""
    return Board(view, by_section(rows_in(view)), spot, setting)


def name_of_item(row: Row, longest: int = LONGEST_LABEL) -> str:
    """Give an item's first words, for a button's title."""
    return cut(" ".join(row.item.text.split()), longest)


def under_headings(
    board: Board, rows: Sequence[Row], shown: Callable[[Row], CardElement]
) -> Iterator[CardElement]:
    """Give items as they are `shown`, with the headings of their sections between."""
    before = None
    has_sections = any(section_of(row) for row in board.rows)
    for row in rows:
        section = section_of(row)
        if has_sections and section != before:
            yield label(plain(row.item.section) or board.texts("Without a section"))
        before = section
        yield shown(row)
