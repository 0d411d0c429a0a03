"""SQLite's write-ahead log, read as history: which bytes each commit brought.

https://www.sqlite.org/fileformat2.html#the_write_ahead_log
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from struct import unpack_from

_HEADER, _FRAME = 32, 24

_BEHIND = 28
"""Bytes: what stands in the next column, mostly, and not much of the next row."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The pages that one commit wrote, each as it was before and is then."""

    pages: Mapping[int, tuple[bytes, bytes]]

    def adds(self, word: bytes) -> bool:
        """Give whether a word stands there as it did not before: with other bytes behind it."""
        before = {told for old, _ in self.pages.values() for told in _told(word, old)}
        return any(
            told not in before for _, new in self.pages.values() for told in _told(word, new)
        )

    def adds_any(self, words: Iterable[bytes]) -> bool:
        """Give whether any of some words does."""
        return any(self.adds(word) for word in words)


def moments(file: bytes, log: bytes) -> Sequence[Moment]:
    """Give what was written, commit by commit: all that the log still has, used or not."""
    if len(log) < _HEADER:
        return []
    size = unpack_from(">I", log, 8)[0]
    last = {n + 1: file[n * size : (n + 1) * size] for n in range(len(file) // size)}
    found: list[Moment] = []
    written: dict[int, tuple[bytes, bytes]] = {}
    for at in range(_HEADER, len(log) - size, _FRAME + size):
        number, commits = unpack_from(">II", log, at)
        page = log[at + _FRAME : at + _FRAME + size]
        before = written[number][0] if number in written else last.get(number, b"")
        written[number] = before, page
        if commits:
            last |= {n: new for n, (_, new) in written.items()}
            found.append(Moment(written))
            written = {}
    return found


def _told(word: bytes, page: bytes) -> Iterator[bytes]:
    at = page.find(word)
    while at >= 0:
        yield page[at : at + len(word) + _BEHIND]
        at = page.find(word, at + 1)
