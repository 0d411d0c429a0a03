"""The pieces that cards are made of, and the buttons for each place a card can be in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, TypeAlias
from unicodedata import east_asian_width

from microsoft_teams.cards.core import (
    Action,
    ActionSet,
    AdaptiveCard,
    CardElement,
    Column,
    ColumnSet,
    Container,
    ExecuteAction,
    SubmitAction,
    TextBlock,
)

from cards.envelope import Envelope
from cards.markdown import paragraphs, plain
from cards.texts import Texts, is_right_to_left

LONGEST_CARD = 20_000
"""Characters of JSON that a card may have (product.md §2; teams.md §3 for why)."""

MOST_REFRESHED = 60
"""How many people Teams refreshes a card for by itself (teams.md §1)."""

LONGEST_LABEL = 60
"""Characters of a person's own words in a button's name."""

ROW: Final = 288
"""How wide a row of buttons is on a narrow phone, in pixels; what is wider is cut off there."""

_EDGES, _GAP = 26, 8
"""How wide is what is around a button's name, and what is between two buttons."""

_NARROW, _WIDE = frozenset(" .,:;-'()|1fijlrtI"), frozenset("mwMW…")
"""Letters that are far from as wide as most, in the fonts of Teams and of our pictures."""


Style: TypeAlias = Literal["good", "warning", "attention", "emphasis", "accent"]
"""What colours a container."""


class Host(StrEnum):
    """Where a card is shown, which decides what its buttons can be.

    `CHAT`: a message that others see too; its buttons open dialogs. `IN_PLACE`: a message in the
    personal chat, where every step replaces the card. `DIALOG`: a dialog, from a message or the
    message extension.
    """

    CHAT = "chat"
    IN_PLACE = "in_place"
    DIALOG = "dialog"


@dataclass(frozen=True, slots=True)
class Fit:
    """How much a card shows.

    Long texts are cut to `longest` characters; without `bars` rows have no borders either;
    `refreshed` is how many people's own cards are refreshed by themselves.
    """

    longest: int
    bars: bool
    refreshed: int = MOST_REFRESHED


def card(texts: Texts, body: Sequence[CardElement]) -> AdaptiveCard:
    """Give a card with that body in the reader's language and direction."""
    return AdaptiveCard(
        version="1.5",
        lang=texts.tag,
        rtl=texts.right_to_left or None,
        body=list(body),
    )


def size(shown: AdaptiveCard) -> int:
    """Give how many characters of JSON a card is."""
    return len(shown.model_dump_json(exclude_none=True))


def room_of(element: CardElement) -> int:
    """Give how many characters of JSON an element takes of a card."""
    return len(element.model_dump_json(exclude_none=True)) + len(",")


def fitting(candidates: Iterable[AdaptiveCard], room: int = LONGEST_CARD) -> AdaptiveCard:
    """Give the first card of at most `room` characters, the last one when all are larger."""
    for shown in candidates:
        if size(shown) <= room:
            break
    return shown


def heading(text: str, longest: int = 500) -> CardElement:
    """Give a heading in someone's words."""
    return TextBlock(
        text=plain(text, min(longest, 500)),
        style="heading",
        size="Large",
        weight="Bolder",
        wrap=True,
    )


def label(text: str) -> TextBlock:
    """Give a heading of a part of a card, in our words."""
    return TextBlock(text=text, weight="Bolder", wrap=True, spacing="Medium")


def note(text: str) -> TextBlock:
    """Give a line of small print, in our words or escaped ones."""
    return TextBlock(text=text, size="Small", is_subtle=True, wrap=True, spacing="Small")


def said(text: str, longest: int) -> list[CardElement]:
    """Give someone's longer text, nothing where it is blank."""
    if not text.strip():
        return []
    return directed(text, [TextBlock(text=paragraphs(text, longest), wrap=True)])


def directed(text: str, elements: list[CardElement]) -> list[CardElement]:
    """Give the elements running the way that the text runs."""
    return [Container(rtl=True, items=elements)] if is_right_to_left(text) else elements


def warning(text: str) -> CardElement:
    """Give a line that says what went wrong, by a sign, words and colour."""
    return Container(
        style="warning", rounded_corners=True, items=[TextBlock(text=f"⚠ {text}", wrap=True)]
    )


def success(text: str) -> CardElement:
    """Give a line that says what was done."""
    return Container(
        style="good", rounded_corners=True, items=[TextBlock(text=f"✔ {text}", wrap=True)]
    )


def bar(share: float, style: Literal["accent", "good"]) -> CardElement:
    """Give a bar as long as `share` of 1; the number itself stands beside it as text.

    Two weighted columns, because phones draw no charts and ProgressBar is not known everywhere
    (teams.md §4, §10).
    """
    filled = round(share * 100)
    parts = [(filled, style), (100 - filled, None)]
    columns = [Column(width=weight, style=look) for weight, look in parts if weight]
    return ColumnSet(columns=columns, spacing="Small", min_height="8px")


def tile(
    items: list[CardElement], style: Style, tap: Action, *, width: Literal["auto", "stretch"]
) -> Column:
    """Give a field of a row, coloured on its own so that a thumb can hit it up to its edges."""
    return Column(
        width=width,
        spacing="Small",
        style=style,
        rounded_corners=True,
        vertical_content_alignment="Center",
        select_action=tap,
        items=items,
    )


def buttons(actions: Iterable[Action]) -> list[CardElement]:
    """Give buttons side by side, in rows that fit a phone; nothing for none."""
    return [ActionSet(actions=row, spacing="Medium") for row in _rows(actions)]


def tap(envelope: Envelope, title: str) -> ExecuteAction:
    """Give what a row or button of a message does at a tap; old clients submit instead."""
    data = envelope.encode()
    return ExecuteAction(
        title=title, verb=envelope.verb, data=data, fallback=SubmitAction(title=title, data=data)
    )


def opens(host: Host, envelope: Envelope, title: str) -> Action:
    """Give a button that shows something: in a dialog, or in place of the card."""
    match host:
        case Host.CHAT:
            data = {**envelope.encode(), "msteams": {"type": "task/fetch"}}
            return SubmitAction(title=title, data=data)
        case Host.IN_PLACE:
            action = tap(envelope, title)
            action.associated_inputs = "none"
            return action
        case Host.DIALOG:
            return SubmitAction(title=title, data=envelope.encode(), associated_inputs="none")


def submits(
    host: Host, envelope: Envelope, title: str, style: Literal["positive"] | None = None
) -> Action:
    """Give a button that sends a form's inputs."""
    if host is Host.DIALOG:
        return SubmitAction(title=title, data=envelope.encode(), style=style)
    action = tap(envelope, title)
    action.style = style
    return action


def _rows(actions: Iterable[Action]) -> Iterator[list[Action]]:
    row: list[Action] = []
    left = ROW
    for action in actions:
        # Every action has a title, but the SDK's base class does not say so.
        width = _width(getattr(action, "title", None) or "")
        if row and width > left:
            yield row
            row, left = [], ROW
        row.append(action)
        left -= width + _GAP
    if row:
        yield row


def _width(title: str) -> int:
    """Give about how wide a button is."""
    return sum(map(_letter_width, title)) + _EDGES


def _letter_width(letter: str) -> int:
    if letter in _NARROW:
        return 5
    if letter in _WIDE:
        return 13
    return 15 if east_asian_width(letter) in "WF" else 9
