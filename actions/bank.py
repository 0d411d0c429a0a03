"""Questions kept with their answer keys and tags, and what is common to the files of them.

A file's reader turns what is written into the builder's fields (`actions.drafted`,
`actions.keys`), so that a question from a file is held to what a typed one is held to.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from actions.content import Content
from actions.drafted import ORDER, field_prefix, questions_of, values_of
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields, fold, printable
from actions.keys import Key, build_key, key_fields, key_needed
from actions.presets import preset
from actions.questions import Question

NAME_LIMIT, TAG_LIMIT, MOST_TAGS = 255, 100, 20
"""Characters of a name, as many as Moodle keeps, and of a tag; how many tags there may be."""

MOST_READ: Final = 10_000
"""How many questions of one file are read: twice what a bank holds."""

_USUAL: Final = {
    "points": ("1",),
    "limit": ("250",),
    "style": ("list", "yes_no"),
    **dict.fromkeys(("partial", "required", "shuffle"), ("false",)),
}
"""What fields that are always given say when nothing special was chosen."""

_PLACED = frozenset({"preset", "starts_page", "if_question", "if_operator", "if_value"})
"""Fields that say where a question stands, and the one that its file says in its own way."""


@dataclass(frozen=True, slots=True)
class BankItem:
    """A question with its key; `name` is what its owner calls it, empty where nothing."""

    question: Question
    key: Key
    tags: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be said of one question in a file: `line` is its line, or its row in a table.

    `part` is the builder's field that it is about, empty where it is about all. With `kept` the
    question was read, and something of it is otherwise than in the file; else it was left out.
    """

    line: int
    problem: Problem
    part: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class BankFile:
    """What a file holds: the questions that could be read, and what is to be said of the rest.

    `unread` is how many there are beyond MOST_READ.
    """

    items: tuple[BankItem, ...] = ()
    findings: tuple[Finding, ...] = ()
    unread: int = 0


def build_item(
    question_id: str,
    preset_name: str,
    fields: Mapping[str, str],
    tags: Iterable[str] = (),
    name: str = "",
) -> BankItem:
    """Build a question and its key out of the builder's fields.

    Raises InvalidAnswers, by the fields' own names, "tags" and "name".
    """
    prefix, problems = field_prefix(question_id), dict[str, Problem]()
    own = {**preset(preset_name).fields, **fields, "preset": preset_name, "name": name}
    if not own.get("image"):
        own["image_alt"] = ""
    values = {ORDER: question_id, **{prefix + field: tidy(text) for field, text in own.items()}}
    (question,) = questions_of(values, problems)
    form = Fields(values, problems, prefix)
    key = build_key(question, form)
    if key is None:
        needed = key_needed(question)
        form.wrong("right", needed.code, **needed.values)
    listed = problems.get(f"{prefix}options")
    if listed is not None and listed.code == "duplicate_line":
        # Which of the two is right is no question of its own.
        problems.pop(f"{prefix}right", None)
    title = one_line(form.text("name", NAME_LIMIT))
    kept_tags = _checked(tags, form)
    if key is None or problems:
        raise InvalidAnswers({field.removeprefix(prefix): p for field, p in problems.items()})
    return BankItem(question, key, kept_tags, title)


def item_fields(item: BankItem) -> dict[str, str]:
    """Give the builder's fields from which `build_item` makes this, without its preset.

    Where a question stands among others is no part of it: its page break and its rule.
    """
    prefix = field_prefix(item.question.id)
    values = values_of(Content("", (item.question,)))
    named = {field.removeprefix(prefix): text for field, text in values.items() if field != ORDER}
    fields = {**named, **key_fields(item.question, item.key)}
    return {field: tidy(text) for field, text in fields.items() if field not in _PLACED}


def is_plain(field: str, text: str) -> bool:
    """Give whether a field says what it says when nothing special was chosen."""
    return not text or text in _USUAL.get(field, ())


def one_line(text: str) -> str:
    """Give a text on one line."""
    return " ".join(line.strip() for line in text.splitlines() if line.strip())


def tidy(text: str) -> str:
    """Give a text as it is kept: trimmed, of characters that can be, with one sign a line."""
    return printable(text).replace("\r\n", "\n").replace("\r", "\n").strip()


def tags_in(text: str) -> list[str]:
    """Read tags that commas or line ends separate."""
    parts = ",".join(text.splitlines()).split(",")
    return [" ".join(part.split()) for part in parts if part.strip()]


def decoded(data: bytes) -> str:
    """Give a file's text, whatever editor wrote it; what it could not be is replaced.

    Excel writes CSV in UTF-8 with a mark, in UTF-16 or in Windows' Western code page.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _checked(tags: Iterable[str], form: Fields) -> tuple[str, ...]:
    """The same tag twice is one."""
    different: dict[str, str] = {}
    for tag in (tag for text in tags for tag in tags_in(tidy(text))):
        different.setdefault(fold(tag), tag)
    kept = tuple(different.values())
    longest = max(map(len, kept), default=0)
    if longest > TAG_LIMIT:
        form.wrong("tags", "too_long", limit=TAG_LIMIT, length=longest)
    if len(kept) > MOST_TAGS:
        form.wrong("tags", "tags_over", most=MOST_TAGS, given=len(kept))
    return kept
