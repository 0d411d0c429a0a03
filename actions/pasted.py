"""Many questions at once, out of lines of text.

A line is one of these; blank lines do not matter:

- `? How was it?`, `1. How was it?` or just `How was it?`: a question
- `- Good` (also `*`, `•`): an option of the question above
- `---`: a new page begins

A question's type stands in brackets at its end: `? Your age (number)`; without it a question with
options is choose-one, one without is a short text. `!` in front of a question or ` *` behind it:
it must be answered. Where questions are marked, `actions.pasted_marked` says what else there is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from actions.drafted import MOST_QUESTIONS, QUESTION_LIMIT
from actions.errors import InvalidAnswers, Problem
from actions.fields import OPTION_LIMIT, fold
from actions.presets import TAUGHT, preset
from actions.starred import STAR

WORDS: Mapping[str, str] = {
    "one": "one",
    "choose one": "one",
    "several": "several",
    "choose several": "several",
    "drop-down": "drop_down",
    "yes/no": "yes_no",
    "true/false": "yes_no",
    "like": "like",
    "stars": "stars",
    "scale": "numbers",
    "nps": "nps",
    "likert": "likert",
    "ranking": "ranking",
    "text": "short_text",
    "short text": "short_text",
    "long text": "long_text",
    "number": "number",
    "date": "date",
    "time": "time",
}
"""What may stand in the brackets, in English, and the preset that it means."""

LISTED: Mapping[str, tuple[str, int, int]] = {
    "choice": ("options", 2, 25),
    "ranking": ("options", 2, 25),
    "likert": ("rows", 1, 25),
}
"""Question types that have options: their field, the fewest and the most (product.md §2)."""

EXAMPLE = """\
? Which days suit you? (several) *
- Monday
- Tuesday
? How was the last one? (stars)
---
? Anything else? (long text)"""
"""Lines as they may be pasted, to show how."""

_BREAK = re.compile(r"\s*-{3,}\s*")
_OPTION = re.compile(r"\s*(?P<sign>[-*•–])\s*(?P<text>\S.*)")
_RIGHT = re.compile(r"\s*=\s*(?P<text>\S.*)")
_EXPLANATION = re.compile(r"\s*#\s*(?P<text>\S.*)")
_MARKED = re.compile(r"\s*(?:\?|\d{1,3}[.)]|(?=!))\s*(?P<text>\S.*)")
_ASKING = re.compile(r"\s*(?P<text>\S.*[?？؟](?:\s*\([^()]*\)|\s\*)*)\s*")
_KIND = re.compile(r"(?P<text>.*\S)\s*\((?P<kind>[^()]{1,40})\)")


@dataclass(frozen=True, slots=True)
class Pasted:
    """One question as it was read: its preset, and the fields that are known."""

    preset: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A question and its options while lines are read; each option with its line.

    `right` and `explanation` are there only where questions are marked, and the options then have
    stars (`actions.starred`).
    """

    line: int
    text: str
    kind: str = ""
    required: bool = False
    starts_page: bool = False
    options: list[tuple[int, str]] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)


def read_pasted(text: str, words: Mapping[str, str], room: int = MOST_QUESTIONS) -> list[Pasted]:
    """Read questions; `words` are further words for brackets, each with its preset.

    Raises InvalidAnswers with the problem of every line, at `pasted.7` for line 7; at `pasted`
    when nothing was written, or more than there is `room` for.
    """
    problems: dict[str, Problem] = {}
    # What asks nothing is no question of a survey: its name in brackets is text.
    asking = {word: name for word, name in words.items() if name not in TAUGHT}
    found = find_questions(text, asking, problems)
    questions = [_checked(one, problems) for one in found]
    check_count(len(questions), room, problems)
    if problems:
        raise InvalidAnswers(problems)
    return questions


def check_count(given: int, room: int, problems: dict[str, Problem]) -> None:
    """Say where nothing was pasted, or more than there is room for."""
    if not given and not problems:
        problems["pasted"] = Problem("paste_needed")
    if given > room:
        limits = {"most": MOST_QUESTIONS, "given": given, "room": room}
        problems["pasted"] = Problem("paste_too_many", limits)


def find_questions(
    text: str, words: Mapping[str, str], problems: dict[str, Problem], *, marks: bool = False
) -> list[Found]:
    """Read lines into questions; those that are neither are added to the problems."""
    words = {**WORDS, **words}
    found: list[Found] = []
    new_page = False
    for number, line in enumerate(text.splitlines(), start=1):
        if _BREAK.fullmatch(line):
            new_page = True
        elif marks and found and _is_key(line, found[-1]):
            continue
        elif option := _OPTION.fullmatch(line):
            if found and not new_page:
                star = STAR if marks and option["sign"] == STAR else ""
                found[-1].options.append((number, star + option["text"].strip()))
            else:
                _wrong(problems, number, "paste_option_first")
        elif question := _MARKED.fullmatch(line) or _ASKING.fullmatch(line):
            one = _read_question(number, question["text"], words)
            found.append(replace(one, starts_page=new_page and bool(found)))
            new_page = False
        elif line.strip():
            _wrong(problems, number, "paste_line_unknown", text=line.strip())
    return found


def _is_key(line: str, question: Found) -> bool:
    """Read a line that says what is right, or why."""
    if right := _RIGHT.fullmatch(line):
        question.right.append(right["text"].strip())
    elif explanation := _EXPLANATION.fullmatch(line):
        question.explanation.append(explanation["text"].strip())
    return bool(right or explanation)


def _read_question(number: int, text: str, words: Mapping[str, str]) -> Found:
    """The marks at both ends may stand in any order; a bracket that means nothing is text."""
    one = Found(number, text.strip())
    if one.text.startswith("!") and one.text[1:].strip():
        one = replace(one, text=one.text[1:].strip(), required=True)
    while True:
        kind = _KIND.fullmatch(one.text)
        if one.text.endswith(" *"):
            one = replace(one, text=one.text[:-1].strip(), required=True)
        elif kind and not one.kind and fold(kind["kind"]) in words:
            one = replace(one, text=kind["text"], kind=words[fold(kind["kind"])])
        else:
            return one


def _checked(one: Found, problems: dict[str, Problem]) -> Pasted:
    name = one.kind or ("one" if one.options else "short_text")
    if len(one.text) > QUESTION_LIMIT:
        _wrong(problems, one.line, "paste_too_long", limit=QUESTION_LIMIT, length=len(one.text))
    fields = {
        "text": one.text,
        "required": str(one.required).lower(),
        "starts_page": str(one.starts_page).lower(),
    }
    listed = LISTED.get(preset(name).type)
    if listed is None:
        if one.options:
            _wrong(problems, one.options[0][0], "paste_takes_no_options", text=one.text)
        return Pasted(name, fields)
    listed_in, least, most = listed
    if not least <= len(one.options) <= most:
        limits = {"least": least, "most": most, "given": len(one.options)}
        _wrong(problems, one.line, "paste_options_count", **limits)
    _check_options(one.options, problems)
    return Pasted(name, fields | {listed_in: "\n".join(text for _, text in one.options)})


def _check_options(options: list[tuple[int, str]], problems: dict[str, Problem]) -> None:
    seen: dict[str, int] = {}
    for line, text in options:
        first = seen.setdefault(fold(text), line)
        if first != line:
            _wrong(problems, line, "paste_option_twice", first=first)
        if len(text) > OPTION_LIMIT:
            _wrong(problems, line, "paste_too_long", limit=OPTION_LIMIT, length=len(text))


def _wrong(problems: dict[str, Problem], line: int, code: str, **values: object) -> None:
    problems.setdefault(f"pasted.{line}", Problem(code, {"line": line, **values}))
