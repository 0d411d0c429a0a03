"""What can be typed about a lesson, beside its heading."""

import json
from collections.abc import Iterator
from typing import Final

from microsoft_teams.cards.core import CardElement

from actions.lesson import BODY_LIMIT
from actions.material import LINES_LIMIT
from cards.markdown import plain
from cards.parts import note
from dialogs.asked import Asked
from dialogs.inputs import lines_field, number_field, text_field, window
from dialogs.screen import OVER

ROOM: Final = 14_000
"""Characters of JSON that the text, pictures and links may take on a card together."""


def lesson_fields(asked: Asked) -> Iterator[CardElement]:
    """Give the fields for text, pictures, links and time.

    A paragraph is shown whole or not at all. Where one leaves no room for the pictures and links,
    their fields are left out, and what was typed into them is kept.
    """
    yield from _body(asked)
    if _is_crowded(asked):
        yield note(
            asked.texts(
                "Pictures and links are kept, but there is no room for them beside so long a "
                "paragraph. Break it into several to see them."
            )
        )
    else:
        yield from _pictures_and_links(asked)
    yield from _time(asked)


def _body(asked: Asked) -> Iterator[CardElement]:
    texts, name = asked.texts, asked.name("body")
    shown = window(asked.value("body"), asked.start, asked.room)
    hint = texts("Write or paste as much as you like, in paragraphs")
    # Nothing is cut but a paragraph of mere quotation marks: each takes two characters of JSON.
    longest = BODY_LIMIT + OVER if _weight(_paragraphs(asked)) <= ROOM else ROOM // 2
    yield from lines_field(
        asked.setting, asked.values, name, texts("Text"), hint, shown, longest=longest
    )
    signs = "**bold** · *italic* · - list · 1. list · # heading · [words](https://…)"
    yield note(texts("To format it: {signs}", signs=plain(signs)))


def _pictures_and_links(asked: Asked) -> Iterator[CardElement]:
    texts = asked.texts
    fields = (
        ("images", texts("Pictures, one on each line"), texts("what it shows")),
        ("links", texts("Links, one on each line"), texts("what it is called")),
    )
    for field, label, words in fields:
        yield from text_field(
            asked.setting,
            asked.values,
            asked.name(field),
            label,
            LINES_LIMIT,
            placeholder=f"https://… | {words}",
            lines=True,
        )


def _time(asked: Asked) -> Iterator[CardElement]:
    texts, name = asked.texts, asked.name("min_seconds")
    label, hint = texts("Seconds to stay at least before going on"), texts("No minimum")
    yield from number_field(asked.setting, asked.values, name, label, hint)


def _is_crowded(asked: Asked) -> bool:
    """Give whether there are too many signs even with one paragraph shown."""
    typed = [_paragraphs(asked), asked.value("images"), asked.value("links")]
    return not asked.room and sum(map(_weight, typed)) > ROOM


def _paragraphs(asked: Asked) -> str:
    shown = window(asked.value("body"), asked.start, asked.room)
    return "\n".join(asked.value("body").splitlines()[shown.start : shown.end])


def _weight(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False))
