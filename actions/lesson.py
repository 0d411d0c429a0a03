"""The page of a training that asks nothing: a text to read, with pictures and links."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from actions.about import NOTHING, About
from actions.conditions import Operator
from actions.entry import PLAIN, Cell, Column, Entry, Reading
from actions.fields import Fields
from actions.material import Link, Picture, read_links, read_pictures, typed_line

TITLE_LIMIT, BODY_LIMIT = 500, 10_000
"""Characters after trimming (product.md §2 for the text)."""

MOST_SECONDS = 3_600
"""The longest time that a page can be stayed at before the next one."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Read it; there is nothing to answer.

    `text` is its heading and `body` may be formatted (`cards.rich_text`). `min_seconds` is how
    long people stay at least before they go on.
    """

    type: ClassVar[str] = "lesson"
    operators: ClassVar[tuple[Operator, ...]] = ()
    id: str
    text: str
    body: str = ""
    pictures: tuple[Picture, ...] = ()
    links: tuple[Link, ...] = ()
    min_seconds: int = 0
    about: About = NOTHING

    @property
    def length(self) -> int:
        """About how many characters it takes."""
        pictures = sum(len(one.address) + len(one.caption) for one in self.pictures)
        return len(self.body) + pictures + sum(len(one.address) for one in self.links)

    @property
    def parts(self) -> tuple[str, ...]:
        """The own names of its fields: it has none."""
        return ()

    @classmethod
    def build(cls, question_id: str, text: str, about: About, fields: Fields) -> Self:
        """Read the builder's fields: body, images, links, min_seconds."""
        if len(text) > TITLE_LIMIT:
            fields.wrong("text", "too_long", limit=TITLE_LIMIT, length=len(text))
        return cls(
            question_id,
            text,
            fields.text("body", BODY_LIMIT),
            read_pictures(fields),
            read_links(fields),
            fields.whole("min_seconds", 0, MOST_SECONDS, 0),
            about,
        )

    def form(self) -> dict[str, str]:
        """Give the builder's fields that build this lesson."""
        return {
            "body": self.body,
            "images": "\n".join(typed_line(one.address, one.caption) for one in self.pictures),
            "links": "\n".join(typed_line(link.address, link.given_name) for link in self.links),
            "min_seconds": str(self.min_seconds) if self.min_seconds else "",
        }

    def link(self, link_id: str) -> Link | None:
        """Give one link, None if there is none of that id."""
        return next((link for link in self.links if link.id == link_id), None)

    def parse(self, entry: Entry, reading: Reading = PLAIN) -> None:
        """Read nothing."""
        del entry, reading

    def enter(self, answer: object, reading: Reading = PLAIN) -> Entry:
        """Give no fields."""
        del answer, reading
        return {}

    def gaps(self, answer: object) -> tuple[str, ...]:
        """Give none, even if it were required."""
        del answer
        return ()

    def restore(self, stored: Any) -> None:
        """Give no answer."""
        del stored

    def buckets(self, answer: object) -> Iterable[tuple[str, int]]:
        """Count nothing."""
        del answer
        return ()

    def keeps(self, before: object) -> bool:
        """Give whether `before` was to be read, too: there are no answers to lose."""
        return isinstance(before, Lesson)

    def meets(self, operator: Operator, value: str, answer: object) -> bool:
        """Give that nothing compares."""
        del operator, value, answer
        return False

    def columns(self) -> tuple[Column, ...]:
        """Give none: a table of responses says nothing of it."""
        return ()

    def cells(self, answer: object) -> tuple[Cell, ...]:
        """Give none."""
        del answer
        return ()

    def encode(self) -> dict[str, Any]:
        """Give the stored form; a picture is [address, caption], a link [id, name, address]."""
        extra = {
            "body": self.body,
            "pictures": [[one.address, one.caption] for one in self.pictures],
            "links": [[one.id, one.name, one.address] for one in self.links],
            "min_seconds": self.min_seconds,
        }
        stored = {name: value for name, value in extra.items() if value}
        return {"id": self.id, "text": self.text, **stored}

    @classmethod
    def decode(cls, stored: Mapping[str, Any], about: About = NOTHING) -> Self:
        """Read the stored form."""
        return cls(
            stored["id"],
            stored["text"],
            stored.get("body", ""),
            tuple(Picture(*one) for one in stored.get("pictures", ())),
            tuple(Link(*one) for one in stored.get("links", ())),
            stored.get("min_seconds", 0),
            about,
        )
