"""What a lesson shows beside its text: pictures, and links to videos, documents and pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from actions.addresses import is_https
from actions.fields import Fields, line_id

MOST_PICTURES, MOST_LINKS = 10, 10
"""How many pictures and links a lesson has; Teams turns over ten pictures."""

ADDRESS_LIMIT, CAPTION_LIMIT, NAME_LIMIT = 2_000, 300, 200
"""Characters of an address, of a picture's caption, and of a link's name."""

LINES_LIMIT = 4_000
"""Characters of all pictures, and of all links, as they are typed: a card shows them all."""

Sort: TypeAlias = Literal["video", "document", "page"]

_VIDEO_HOSTS = ("youtube.com", "youtu.be", "vimeo.com", "microsoftstream.com", "dailymotion.com")
_ENDINGS: Mapping[Sort, tuple[str, ...]] = {
    "video": (".mp4", ".m4v", ".mov", ".webm"),
    "document": (
        *(".pdf", ".doc", ".docx", ".odt", ".txt"),
        *(".ppt", ".pptx", ".odp", ".xls", ".xlsx", ".ods"),
    ),
}
_SHARED: Mapping[str, Sort] = {
    ":v:": "video",
    ":b:": "document",
    ":w:": "document",
    ":p:": "document",
    ":x:": "document",
}
"""The parts by which SharePoint's links for sharing say what they lead to."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its https address; the caption is also its words for who does not see it."""

    address: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Something to open, by its https address, under an id made of its name.

    So a link stays the same one when its address is put right.
    """

    id: str
    name: str
    address: str

    @property
    def given_name(self) -> str:
        """The name, empty where it was made of the address."""
        return "" if self.name == _short(self.address) else self.name

    @property
    def sort(self) -> Sort:
        """What it seems to lead to, by its address: for a word beside it, for nothing else."""
        parts = urlsplit(self.address.lower())
        for sort, endings in _ENDINGS.items():
            if parts.path.endswith(endings):
                return sort
        host = f".{parts.hostname}"
        if host.endswith(tuple(f".{known}" for known in _VIDEO_HOSTS)):
            return "video"
        if host.endswith(".sharepoint.com"):
            if parts.path.endswith("/stream.aspx"):
                return "video"
            return _SHARED.get(parts.path.split("/")[1] if parts.path else "", "page")
        return "page"


def read_pictures(fields: Fields) -> tuple[Picture, ...]:
    """Read the field "images": an address and a caption on each line."""
    return tuple(
        Picture(address, caption)
        for address, caption in _lines(fields, "images", MOST_PICTURES, CAPTION_LIMIT)
    )


def read_links(fields: Fields) -> tuple[Link, ...]:
    """Read the field "links": an address and a name on each line."""
    found: dict[str, Link] = {}
    for address, words in _lines(fields, "links", MOST_LINKS, NAME_LIMIT):
        name = words or _short(address)
        link = Link(line_id(name), name, address)
        if link.id in found:
            fields.wrong("links", "duplicate_line", line=name)
        found[link.id] = link
    return tuple(found.values())


def typed_line(address: str, words: str) -> str:
    """Give the line that says this."""
    return f"{address} | {words}" if words else address


def _lines(fields: Fields, name: str, most: int, limit: int) -> Iterator[tuple[str, str]]:
    """Read an address and words on each line, in either order, a bar between them."""
    # Blank lines count: a problem names the line as it is seen in the field.
    lines = fields.values.get(fields.prefix + name, "").splitlines()
    typed = [(number, *_halves(line)) for number, line in enumerate(lines, 1) if line.strip()]
    if len(typed) > most:
        fields.wrong(name, "lines_count", least=0, most=most, given=len(typed))
    for number, address, words in typed:
        if not is_https(address):
            fields.wrong(name, "line_address", line=number)
        for part, longest in ((address, ADDRESS_LIMIT), (words, limit)):
            if len(part) > longest:
                fields.wrong(name, "line_over", line=number, limit=longest, length=len(part))
    length = sum(len(address) + len(words) for _, address, words in typed)
    if length > LINES_LIMIT:
        fields.wrong(name, "too_long", limit=LINES_LIMIT, length=length)
    return ((address, words) for _, address, words in typed if is_https(address))


def _halves(line: str) -> tuple[str, str]:
    """Split a line at the bar beside its address; bars may also be among the words."""
    first, _, rest = line.partition("|")
    if is_https(first.strip()):
        return first.strip(), rest.strip()
    before, _, last = line.rpartition("|")
    return last.strip(), before.strip()


def _short(address: str) -> str:
    """Give a name for a link that was given none: its address without what goes without saying."""
    parts = urlsplit(address)
    shown = f"{parts.netloc.removeprefix('www.')}{parts.path}".rstrip("/")
    return shown[:NAME_LIMIT] or parts.netloc
