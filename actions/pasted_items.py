"""Many items of a checklist at once, out of lines of text.

Each line is an item; signs of a list before it, as in `- Lights`, `3. Lights` or `[ ] Lights`, are
left out. A line that ends with `:` or begins with `#` is the section of the items below it.
"""

import re
from collections.abc import Iterator
from typing import Final

from actions.errors import InvalidAnswers, Problem
from actions.item import MOST_ITEMS, SECTION_LIMIT, TEXT_LIMIT
from actions.pasted import Pasted
from actions.presets import ITEMS

EXAMPLE: Final = """\
# Shop floor
Switch the lights on
Check the emergency exits
# Till
Count the cash"""
"""Lines as they may be pasted, to show how."""

_SIGNS: Final = re.compile(
    r"(?:(?:[-*•–]|\d{1,3}[.)])(?:\s+|$))?(?:(?:[☐□▢]|\[[ xX]?\])(?:\s+|$))?"
)
_RULE: Final = re.compile(r"[-–—_=*]{2,}")
_SECTION: Final = re.compile(r"#+\s*(?P<marked>\S.*)|(?P<named>\S.*?)\s*:")


def find_items(text: str) -> list[Pasted]:
    """Give the items that stand in a text, whatever is wrong with them."""
    return [item for _, item in _found(text)]


def read_items(text: str, room: int = MOST_ITEMS) -> list[Pasted]:
    """Read items.

    Raises InvalidAnswers with the problem of every line, at `pasted.7` for line 7; at `pasted`
    when nothing was written, or more than there is `room` for.
    """
    found, problems = list(_found(text)), dict[str, Problem]()
    if not found:
        problems["pasted"] = Problem("paste_items_needed")
    if len(found) > room:
        values = {"given": len(found), "room": room, "most": MOST_ITEMS}
        problems["pasted"] = Problem("paste_items_too_many", values)
    for line, item in found:
        for name, limit in (("text", TEXT_LIMIT), ("section", SECTION_LIMIT)):
            length = len(item.fields[name])
            if length > limit:
                values = {"line": line, "limit": limit, "length": length}
                problems.setdefault(f"pasted.{line}", Problem("paste_too_long", values))
    if problems:
        raise InvalidAnswers(problems)
    return [item for _, item in found]


def _found(text: str) -> Iterator[tuple[int, Pasted]]:
    """Give every item with the number of its line."""
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        words = _SIGNS.sub("", line.strip(), count=1)
        heading = _SECTION.fullmatch(words)
        if heading:
            section = heading["marked"] or heading["named"]
        elif words and not _RULE.fullmatch(words):
            yield number, Pasted(ITEMS[0], {"text": words, "section": section})
