"""GIFT's letters: escapes, marks of a text's format, and what comments say about a question.

https://docs.moodle.org/en/GIFT_format
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, cast

from actions.bank import tidy
from actions.markup import Marked, read_html, read_with_tags

Format: TypeAlias = Literal["moodle", "html", "plain", "markdown"]
"""How a text is to be understood; "moodle" is as typed, with tags in it."""

_SPECIAL: Final = "~=#{}:>"
"""Signs that mean something unless there is a backslash before them.

Moodle has no way to say that `->` in an accepted spelling is no pair of a matching question; the
backslash before its `>` is ours.
"""

# Control characters are in no tidy text, so they can stand for escaped signs while the others are
# looked for.
_HIDDEN: Final = {sign: chr(1 + place) for place, sign in enumerate(_SPECIAL)} | {"n": "\x0e"}
_SHOWN: Final = {ord(mark): "\n" if sign == "n" else sign for sign, mark in _HIDDEN.items()}
_ESCAPE = re.compile(r"\\([~=#{}:>n\\])")
_FORMAT = re.compile(r"\[(moodle|html|plain|markdown)\]")
_WRITTEN = re.compile(r"[\\~=#{}:]")
_NEEDS_MARK = ("%", "[")
"""What begins a weight or a mark of the format."""

_TOKEN = re.compile(r"\[([a-z_]{1,20}):((?:\\.|[^\[\]\\])+)\]")
_TOKEN_ESCAPE = re.compile(r"\\([\\\[\]n])")


@dataclass(frozen=True, slots=True)
class Comment:
    """What a question's comments say: its tags, and further fields by their names."""

    tags: tuple[str, ...]
    fields: Mapping[str, str]


def hide(source: str) -> str:
    """Put what stands for it in the place of every escaped sign."""
    return _ESCAPE.sub(lambda found: _HIDDEN.get(found[1], found[1]), source)


def show(hidden: str) -> str:
    """Give the text that a piece between signs says."""
    return hidden.translate(_SHOWN).strip()


def split_format(hidden: str, default: Format) -> tuple[Format, str]:
    """Take the mark of a text's format off its beginning."""
    text = hidden.strip()
    mark = _FORMAT.match(text)
    return (cast("Format", mark[1]), text[mark.end() :]) if mark else (default, text)


def read_text(hidden: str, default: Format) -> Marked:
    """Read a text in its format; Markdown stands as it was typed."""
    written_in, text = split_format(hidden, default)
    match written_in:
        case "html":
            read = read_html(show(text))
        case "moodle":
            read = read_with_tags(show(text))
        case _:
            read = Marked(show(text))
    return Marked(tidy(read.text), read.pictures)


def write_text(text: str) -> str:
    """Write a text so that `hide` and `show` give it."""
    return _WRITTEN.sub(r"\\\g<0>", tidy(text)).replace("\n", "\\n")


def write_marked(text: str, default: Format) -> str:
    """Write a plain text where others are in a format of `default` unless they say otherwise."""
    mark = "[plain]" if text and (default != "plain" or text.startswith(_NEEDS_MARK)) else ""
    return mark + write_text(text)


def read_comment(lines: Iterable[str]) -> Comment:
    """Read what stands in comments as Moodle writes it: `[id:a name] [tag:safety]`."""
    found = [token for line in lines for token in _TOKEN.findall(line)]
    said = [(name, _TOKEN_ESCAPE.sub(_unescaped, value).strip()) for name, value in found]
    tags = tuple(value for name, value in said if name == "tag")
    return Comment(tags, {name: value for name, value in said if name != "tag"})


def write_token(name: str, value: str) -> str:
    """Write a piece of a comment."""
    escaped = re.sub(r"[\\\[\]]", r"\\\g<0>", value).replace("\n", "\\n")
    return f"[{name}:{escaped}]"


def _unescaped(found: re.Match[str]) -> str:
    return "\n" if found[1] == "n" else found[1]
