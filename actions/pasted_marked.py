"""Many questions at once, with what is right: out of lines of text, or of GIFT (`actions.gift`).

Lines are those of `actions.pasted`, and besides, below their question:

- `* Paris`, `- *Paris`: an option that is right; two of them, and several are to be ticked
- `= 366`: the answer of a question without options: a number, true or false, or an accepted
  spelling, of which there may be several lines
- `# It is a leap year.`: the explanation

Page breaks and "must be answered" mean nothing here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from actions import marked
from actions.bank import item_fields
from actions.drafted import MOST_QUESTIONS, ORDER, field_prefix
from actions.either import NO, YES
from actions.errors import InvalidAnswers, Problem
from actions.fields import fold, printable
from actions.gift import read_gift
from actions.pasted import Found, Pasted, check_count, find_questions
from actions.presets import MARKED, preset, preset_of
from actions.starred import STAR, starred_fields

TRUTHS: Mapping[str, str] = {"true": YES, "yes": YES, "false": NO, "no": NO}
"""What may stand behind "=" for true and false, in English."""

EXAMPLE = """\
? What is the capital of France?
* Paris
- Rome
# It has been since 987.
? How many days has a leap year?
= 366
? Water boils at 50 °C at sea level.
= false"""
"""Lines as they may be pasted, to show how."""

_GIFT = re.compile(
    r"^\s*(?:::|\$CATEGORY:)|(?<!\\)\{\s*(?:[=~#}]|(?:TRUE|T|FALSE|F)\b)", re.MULTILINE
)
_NUMBER = re.compile(r"[-+\u2212]?[0-9][0-9.,' ]*")


@dataclass(frozen=True, slots=True)
class Read:
    """The questions that were pasted, and what is otherwise than it was written, by field."""

    questions: list[Pasted]
    losses: Mapping[str, Problem] = field(default_factory=dict)


def read_marked(
    text: str,
    words: Mapping[str, str],
    truths: Mapping[str, str],
    room: int = MOST_QUESTIONS,
) -> Read:
    """Read questions; `words` and `truths` are as in `read_pasted` and TRUTHS, in a language.

    Raises InvalidAnswers as `read_pasted`.
    """
    if _GIFT.search(text):
        return _from_gift(text, room)
    problems: dict[str, Problem] = {}
    found = find_questions(text, words, problems, marks=True)
    questions = [_checked(one, {**TRUTHS, **truths}, problems) for one in found]
    check_count(len(questions), room, problems)
    if problems:
        raise InvalidAnswers(problems)
    return Read(questions)


def _from_gift(text: str, room: int) -> Read:
    numbers = iter(range(len(text) + 1))
    read = read_gift(text, lambda: f"n{next(numbers)}")
    problems: dict[str, Problem] = {}
    losses: dict[str, Problem] = {}
    for finding in read.findings:
        (losses if finding.kept else problems).setdefault(
            f"pasted.{finding.line}", finding.problem
        )
    check_count(len(read.items), room, problems)
    if problems:
        raise InvalidAnswers(problems)
    questions = [
        Pasted(preset_of(item.question).name, starred_fields(item_fields(item)))
        for item in read.items
    ]
    return Read(questions, losses)


def _checked(one: Found, truths: Mapping[str, str], problems: dict[str, Problem]) -> Pasted:
    """Build the question as the form will, so that its problems are told at its line."""
    name = one.kind or _preset_of(one, truths)
    fields = {"text": one.text, "explanation": "\n".join(one.explanation)}
    options = "\n".join(text for _, text in one.options)
    if name == "yes_no":
        said = " ".join(one.right)
        fields["right"] = truths.get(fold(said), said)
    else:
        fields["right"] = "\n".join(one.right)
    if "options" in preset(name).fields:
        fields["options"] = options
    own = {} if name in MARKED else {"preset": Problem("not_marked")}
    if options and "options" not in fields:
        own["options"] = Problem(
            "paste_takes_no_options", {"line": one.options[0][0], "text": one.text}
        )
    own |= _problems(name, fields) if not own else {}
    for problem in own.values():
        problems.setdefault(f"pasted.{one.line}", problem)
    return Pasted(name, fields)


def _preset_of(one: Found, truths: Mapping[str, str]) -> str:
    """Give the type that what is right is of."""
    if one.options:
        return "several" if sum(text.startswith(STAR) for _, text in one.options) > 1 else "one"
    if len(one.right) == 1 and fold(one.right[0]) in truths:
        return "yes_no"
    if len(one.right) == 1 and _NUMBER.fullmatch(one.right[0]):
        return "number"
    return "short_text"


def _problems(name: str, fields: Mapping[str, str]) -> dict[str, Problem]:
    prefix, problems = field_prefix("n"), dict[str, Problem]()
    own = {**preset(name).fields, **fields, "preset": name}
    marked.read({ORDER: "n", **{prefix + n: printable(text) for n, text in own.items()}}, problems)
    return problems
