"""What people typed, made safe for a TextBlock, which reads a part of Markdown.

Someone's `[pay here](https://…)` in a title must not become a link, nor `1.` a list.
"""

import re

_SPECIAL = re.compile(r"([\\*_\[\]`~<>|])")
_LIST = re.compile(r"^(\s*)(\d*)([-+#]|(?<=\d)[.)])", re.MULTILINE)
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that cannot be seen and turn what follows around, be it no longer a part of the text."""

_MACRO = re.compile(r"\{\{(?=(?:DATE|TIME)\()")


def plain(text: str, longest: int | None = None) -> str:
    """Give the text on one line, cut to `longest` characters with "…", its signs taken as such."""
    return _escaped(cut(" ".join(text.split()), longest))


def paragraphs(text: str, longest: int | None = None) -> str:
    """Give the text with its line breaks, cut and escaped like `plain`."""
    lines = [line.strip() for line in cut(text.strip(), longest).splitlines()]
    return "\n\n".join(_escaped(line) for line in lines if line)


def cut(text: str, longest: int | None) -> str:
    """Give at most `longest` characters, the last of them "…" when something is missing."""
    if longest is None or len(text) <= longest:
        return text
    return text[: longest - 1].rstrip() + "…"


def within_line(text: str) -> str:
    """Give a part of a line, its signs taken as such wherever in the line it stands."""
    return _SPECIAL.sub(r"\\\1", _TURNS.sub("", text))


def as_line(line: str) -> str:
    """Give a line, made of such parts, that begins no list and holds no macro of Teams."""
    return _MACRO.sub("{\u200b{", _LIST.sub(r"\1\2\\\3", line))


def _escaped(text: str) -> str:
    return as_line(within_line(text))
