"""Longer texts that may be formatted, as a creator writes them, made safe for TextBlocks.

Teams draws a part of Markdown: bold, italic, lists and links (teams.md §4). Headings it does not
draw, so they become blocks of their own. All else is shown as it was typed, and so is what looks
like a link: none but https addresses open.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal, TypeAlias
from urllib.parse import quote

from microsoft_teams.cards.core import CardElement, TextBlock

from actions.addresses import is_https
from cards.markdown import as_line, cut, within_line
from cards.parts import directed
from cards.texts import is_right_to_left

LONGEST_BLOCK: Final = 3_000
"""Characters of JSON after which a text goes on in the next block, at the next space."""

_MUST_BREAK: Final = 4_500
"""The same where there is no space; what cannot be broken is shorter."""

_LONGEST_ADDRESS, _SHOWN_ADDRESS = 2_000, 80
"""Characters of an address that can be opened, and of one that is shown itself."""

_ADDRESS: Final = r"https://(?:[^\s()]|\([^\s()]*\))+"

# What is longer than 500 characters is no formatting: then nothing that must stay together is
# larger than a block.
_INLINE: Final = re.compile(
    r"\\(?P<sign>[\\*_\[\]#`~<>|.()+-])"
    r"|\*\*(?=\S)(?P<bold>.{1,500}?)(?<=\S)\*\*(?!\*)"
    r"|(?<!\w)__(?=\S)(?P<strong>.{1,500}?)(?<=\S)__(?!\w)"
    r"|\*(?=[^\s*])(?P<italic>[^*]{1,500}?)(?<=\S)\*"
    r"|(?<!\w)_(?=[^\s_])(?P<slanted>[^_]{1,500}?)(?<=\S)_(?!\w)"
    rf"|\[(?P<name>[^\[\]]{{1,500}})\]\((?P<to>{_ADDRESS})\)"
    rf"|(?P<bare>{_ADDRESS})"
    r"|(?P<text>\w{1,200}|.)"
)
_AFTER_ADDRESS: Final = ".,;:!?'\"*_~]}>"
"""Signs that end the sentence around an address rather than the address."""

_KEPT: Final = "/:?#@!$&'+,;=~%"
"""Signs of an address that mean something there and nothing in Markdown."""

_AROUND: Final = {"bold": "**", "strong": "__", "italic": "*", "slanted": "_"}

_LINE: Final = re.compile(
    r"(?P<heading>#{1,6})\s+(?P<title>\S.*?)(?:\s+#+)?"
    r"|[-*+•]\s+(?P<item>\S.*)"
    r"|(?P<number>\d{1,9})[.)]\s+(?P<step>\S.*)"
)

_Sort: TypeAlias = Literal["gap", "text", "heading", "bullet", "number"]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without the signs that say what it is; a block is lines of one `sort`.

    `mark` is what Teams draws a list by. Of headings `level` counts from 1, and each is a block.
    """

    sort: _Sort
    text: str = ""
    mark: str = ""
    level: int = 0


def blocks(body: str) -> Iterator[CardElement]:
    """Give a text block by block; the largest takes some 7,000 characters of a card."""
    lines = (_read(line.strip()) for line in body.splitlines())
    for (sort, _), group in groupby(lines, lambda one: (one.sort, is_right_to_left(one.text))):
        if sort != "gap":
            yield from _packed(list(group))


def formatted(line: str) -> str:
    """Give one line of such a text as a TextBlock's."""
    return _whole(_pieces(line))


def _read(line: str) -> _Line:
    found = _LINE.fullmatch(line)
    if found is None:
        return _Line("text", line) if line else _Line("gap")
    match found.lastgroup:
        case "title":
            return _Line("heading", found["title"], level=len(found["heading"]))
        case "item":
            return _Line("bullet", found["item"], "- ")
        case _:
            return _Line("number", found["step"], f"{found['number']}. ")


def _packed(lines: Sequence[_Line]) -> Iterator[CardElement]:
    """Give lines of one sort and direction in as few blocks as hold them."""
    first, room, block = lines[0], 0, list[str]()
    for line in lines:
        for place, chunk in enumerate(_chunks(line.text)):
            shown = chunk if place else line.mark + chunk
            if block and (place or first.level or _weight(shown) > room):
                yield from _block(first, block)
                first, block = line, []
            room = (room if block else LONGEST_BLOCK) - _weight(shown)
            block.append(shown)
    yield from _block(first, block)


def _block(first: _Line, shown: Sequence[str]) -> list[CardElement]:
    text = ("\n" if first.mark else "\n\n").join(shown)
    block = TextBlock(text=text, wrap=True)
    if first.level:
        block.style, block.weight = "heading", "Bolder"
        block.size = "Medium" if first.level == 1 else "Default"
    return directed(first.text, [block])


def _chunks(line: str) -> Iterator[str]:
    """Break a line at spaces, so that a paragraph of any length can go on in the next block."""
    chunk, weight = list[str](), 0
    for piece in _pieces(line):
        full = piece.isspace() and weight > LONGEST_BLOCK
        if chunk and (full or weight + _weight(piece) > _MUST_BREAK):
            yield _whole(chunk)
            chunk, weight = [], 0
        chunk.append(piece)
        weight += _weight(piece)
    yield _whole(chunk)


def _whole(pieces: Iterable[str]) -> str:
    """Join the pieces of a line; an exclamation mark does not make a picture of a link."""
    return as_line(re.sub(r"!(?=\[)", "!\u200b", "".join(pieces).strip()))


def _pieces(line: str) -> Iterator[str]:
    """Give what a line is made of as Markdown, in pieces that must not be broken."""
    for found in _INLINE.finditer(line):
        match found.lastgroup:
            case "bold" | "strong" | "italic" | "slanted" as sort:
                sign = _AROUND[sort]
                yield f"{sign}{''.join(_pieces(found[sort]))}{sign}"
            case "to":
                yield _link(found["name"], found["to"]) or within_line(found[0])
            case "bare":
                address = found["bare"].rstrip(_AFTER_ADDRESS)
                shown = cut(address, _SHOWN_ADDRESS)
                yield _link(shown, address) or within_line(address)
                yield within_line(found["bare"][len(address) :])
            case "sign":
                yield within_line(found["sign"])
            case _:
                yield within_line(found[0])


def _link(name: str, address: str) -> str:
    """Give a link, nothing where the address is none that may be opened."""
    encoded = quote(address, safe=_KEPT)
    if not is_https(address) or len(encoded) > _LONGEST_ADDRESS:
        return ""
    return f"[{within_line(' '.join(name.split()))}]({encoded})"


def _weight(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False)) - len('""')
