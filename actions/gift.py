"""Questions out of GIFT, Moodle's text format: https://docs.moodle.org/en/GIFT_format.

Read are multiple choice, true or false, short answer and numerical questions. What Moodle can say
and a key cannot is read as the nearest that it can say, with a finding that tells so:

- A part of the points for one answer (`%50%`) where one is wholly right: it counts as wrong.
- Several answers with shares: all of them are right, and a wrong tick takes away what a right one
  gives; that is just what Moodle does where the shares say so, for two right ones 50 and -50.
- Comments on single answers: the explanation is the general one, else that of what is right.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from actions.bank import MOST_READ, BankFile, BankItem, Finding, build_item, one_line
from actions.errors import InvalidAnswers, Problem
from actions.fields import printable
from actions.gift_answers import Written, read_answers, refused
from actions.gift_text import Comment, hide, read_comment, read_text, show, split_format

TOKENS: Final = (
    *("points", "partial", "style", "shuffle", "least", "most"),
    *("unit", "min", "max", "limit", "required", "help"),
)
"""The builder's fields that GIFT cannot say: comments do, `[points:3]`, and Moodle skips them."""

BLANK: Final = "_____"
"""What stands in a sentence in the place of the answers."""

_CATEGORY = "$CATEGORY:"


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one question, escaped signs hidden, and what is said about it elsewhere."""

    line: int
    source: str
    comment: Comment
    category: tuple[str, ...]


def read_gift(text: str, new_id: Callable[[], str]) -> BankFile:
    """Read a file; `new_id` gives the questions' ids. Raises nothing, whatever is in it."""
    items: list[BankItem] = []
    findings: list[Finding] = []
    blocks = _blocks(text)
    for block in islice(blocks, MOST_READ):
        try:
            item, losses = _read(block, new_id)
        except InvalidAnswers as wrong:
            findings += [Finding(block.line, p, part) for part, p in wrong.problems.items()]
            continue
        items.append(item)
        findings += [Finding(block.line, problem, kept=True) for problem in losses]
    return BankFile(tuple(items), tuple(findings), sum(1 for _ in blocks))


def _blocks(text: str) -> Iterator[_Block]:
    """Blank lines separate questions, and comments are lines of their own."""
    category: tuple[str, ...] = ()
    lines: list[str] = []
    comments: list[str] = []
    first = 0
    source = printable(text).replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(map(str.strip, [*source.split("\n"), ""]), start=1):
        if line.startswith("//"):
            comments.append(line)
        elif line.startswith(_CATEGORY):
            category = _tags_of(line.removeprefix(_CATEGORY))
        elif line:
            first = first or number
            lines.append(line)
        else:
            if lines:
                yield _Block(first, hide("\n".join(lines)), read_comment(comments), category)
            lines, comments, first = [], [], 0


def _tags_of(category: str) -> tuple[str, ...]:
    """A path, in which `//` is a slash and `$course$/top` says where in Moodle it begins."""
    parts = (part.replace("\0", "/") for part in category.replace("//", "\0").split("/"))
    names = (part.strip() for part in parts)
    return tuple(name for name in names if name != "top" and not re.fullmatch(r"\$\w+\$", name))


def _read(block: _Block, new_id: Callable[[], str]) -> tuple[BankItem, list[Problem]]:
    question = _question(block.source)
    said = {name: text for name, text in block.comment.fields.items() if name in TOKENS}
    preset, fields = read_answers(question, said)
    fields = {"text": question.asked.text, **_picture(question), **fields, **said}
    tags = (*block.category, *block.comment.tags)
    name = question.name or block.comment.fields.get("id", "")
    return build_item(new_id(), preset, fields, tags, name), question.losses


def _question(source: str) -> Written:
    name, text = "", source
    if source.startswith("::"):
        name, closed, text = source.removeprefix("::").partition("::")
        name, text = (name, text) if closed else ("", name)
    before, brace, rest = text.partition("{")
    body, closing, after = rest.partition("}")
    if "{" not in text and "}" not in text:
        raise refused(Problem("gift_description"))
    if not brace or not closing or set("{}") & set(before + after) or "{" in body:
        raise refused(Problem("gift_braces"))
    asked = f"{before}{BLANK}{after}" if after.strip() else before
    answers, has_general, general = body.rpartition("####")
    return Written(
        name=one_line(show(name)),
        asked=read_text(asked, "moodle"),
        format=split_format(asked, "moodle")[0],
        body=(answers if has_general else body).strip(),
        general=general if has_general else "",
    )


def _picture(question: Written) -> dict[str, str]:
    """The text's first picture with an address of its own stays; others are in Moodle alone."""
    pictures = question.asked.pictures
    usable = [one for one in pictures if one.address.startswith("https://")][:1]
    if len(pictures) > len(usable) or question.pictures:
        question.losses.append(Problem("gift_picture_lost"))
    return {"image": usable[0].address, "image_alt": usable[0].alt} if usable else {}
