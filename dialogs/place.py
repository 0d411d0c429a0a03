"""Where in the results of an action a button leads, as its argument; untrusted on return."""

from dataclasses import dataclass, fields
from typing import Self
from urllib.parse import parse_qsl, urlencode

LONGEST_SEARCH = 100
"""Characters of a search that are looked at."""

_LONGEST_NUMBER = 6
"""Digits; what we count ourselves is less."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in results; what is empty or 0 says nothing.

    `part` is the one of a question's result that is looked at closely, `bucket` a bar. `start` is
    the store's mark of a page, `skip` how much of that page was shown already. Of questions and
    answers in their order, those from `first` on are shown, or, where `before` is given, the last
    ones before that. `number` is which of one's own responses.
    """

    question: str = ""
    part: str = ""
    bucket: str = ""
    slot: str = ""
    search: str = ""
    start: str = ""
    skip: int = 0
    first: int = 0
    before: int = 0
    number: int = 0

    def encode(self) -> str:
        """Give a button's argument."""
        parts = {one.name: getattr(self, one.name) for one in fields(self)}
        return urlencode({name: value for name, value in parts.items() if value})

    @classmethod
    def read(cls, argument: str) -> Self:
        """Read a button's argument; what is not understood says nothing."""
        parts = dict(reversed(parse_qsl(argument)))
        return cls(
            question=parts.get("question", ""),
            part=parts.get("part", ""),
            bucket=parts.get("bucket", ""),
            slot=parts.get("slot", ""),
            search=parts.get("search", "")[:LONGEST_SEARCH],
            start=parts.get("start", ""),
            skip=whole(parts.get("skip", "")),
            first=whole(parts.get("first", "")),
            before=whole(parts.get("before", "")),
            number=whole(parts.get("number", "")),
        )


def whole(text: str) -> int:
    """Read a number, what is none being 0."""
    fits = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
    return int(text) if fits else 0
