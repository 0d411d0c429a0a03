r"""Options with a star in front of those that are right, as the builder's forms write them.

`*Paris` is right and `Rome` is not; an option that begins with a star itself is written `\*`.
"""

import re
from collections.abc import Mapping

from actions.fields import line_id

STAR = "*"
"""Stands in front of an option that is right."""

_ESCAPED = re.compile(r"\\+\*")


def plain_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """Give a question's fields with their stars read: `right` has the ids of starred options.

    Every option stays on its line.
    """
    lines = [_read(line) for line in fields.get("options", "").splitlines()]
    right = dict.fromkeys(line_id(text) for text, is_right in lines if is_right and text)
    options = "\n".join(text for text, _ in lines)
    return {**fields, "options": options, "right": ",".join(right)}


def starred_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """Give a question's fields with a star at each option named by `right`, which is blank then.

    Fields without options are given as they are.
    """
    if not fields.get("options"):
        return dict(fields)
    right = {part.strip() for part in fields.get("right", "").split(",")}
    lines = (line.strip() for line in fields["options"].splitlines())
    marked = (starred_line(line, is_right=line_id(line) in right) for line in lines)
    options = "\n".join(marked)
    return {**fields, "options": options, "right": ""}


def starred_line(text: str, *, is_right: bool) -> str:
    """Give the line of one option."""
    return STAR * is_right + _escaped(text)


def _read(line: str) -> tuple[str, bool]:
    text = line.strip()
    is_right = text.startswith(STAR)
    text = text.removeprefix(STAR).strip()
    return (text[1:] if _ESCAPED.match(text) else text), is_right


def _escaped(text: str) -> str:
    return f"\\{text}" if text.startswith(STAR) or _ESCAPED.match(text) else text
