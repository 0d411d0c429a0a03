"""What stands in GIFT's braces: the sorts of questions, their answers, shares and comments."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from actions.bank import one_line
from actions.choice import LEAST_OPTIONS, MOST_OPTIONS
from actions.either import NO, YES
from actions.errors import InvalidAnswers, Problem
from actions.fields import fold, line_id
from actions.gift_number import read_span
from actions.gift_text import Format, read_text, show, split_format
from actions.markup import Marked, Picture
from actions.text import LONGEST, SHORT

WHOLE: Final = 100
"""Percent of the points."""

MOST_ANSWERS: Final = 200
"""How many answers of one question are looked at; many fewer are taken."""

_WEIGHT = re.compile(r"\s*%(-?[0-9]{1,3}(?:[.,][0-9]{0,8})?)%")
_ROUNDED = Fraction(1, 50)
"""How far Moodle's shares, rounded, are from the exact ones at most, in percent."""

_TRUTHS: Final = {"t": YES, "true": YES, "f": NO, "false": NO}


@dataclass(frozen=True, slots=True)
class Written:
    """A question as it is written: `body` is what stands in its braces, escaped signs hidden.

    Reading adds to `losses` what is not kept, and to `pictures` those beside the text's own.
    """

    name: str
    asked: Marked
    format: Format
    body: str
    general: str
    pictures: list[Picture] = field(default_factory=list)
    losses: list[Problem] = field(default_factory=list)

    def words(self, hidden: str) -> str:
        """Read a text that is in the question's format unless it says otherwise."""
        read = read_text(hidden, self.format)
        self.pictures.extend(read.pictures)
        return read.text

    def explanation(self, right: Sequence[str], others: Sequence[str]) -> str:
        """Give the general explanation, else the comments on what is right."""
        general = self.words(self.general)
        said = list(dict.fromkeys(filter(None, map(self.words, right))))
        if (general and said) or any(map(self.words, others)):
            self.losses.append(Problem("gift_comments_lost"))
        return general or "\n".join(said)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One of the answers in braces; `mark` is the sign before it, `weight` its percents."""

    mark: str
    text: str
    weight: Fraction
    feedback: str


def read_answers(question: Written, said: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Give the preset and the builder's fields; `said` are those that comments give.

    Raises InvalidAnswers.
    """
    body = question.body
    # The order is Moodle's.
    if not body:
        raise refused(Problem("gift_essay"))
    if body.startswith("#"):
        return "number", _number(question)
    if "~" in body:
        return _choice(question, said)
    if "=" in body and "->" in body:
        raise refused(Problem("gift_matching"))
    if body.partition("#")[0].strip().casefold() in _TRUTHS:
        return "yes_no", _truth(question)
    return "short_text", _spellings(question)


def refused(problem: Problem) -> InvalidAnswers:
    """Give what to raise when a question cannot be read, whatever else is right about it."""
    return InvalidAnswers({"": problem})


def _choice(question: Written, said: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    answers = _answers(question.body, unmarked=0)
    texts = [_option(question, answer) for answer in answers]
    full = [answer for answer in answers if answer.weight >= WHOLE]
    shared = [answer for answer in answers if answer.weight > 0]
    right = full if full and any(answer.mark == "=" for answer in answers) else shared
    is_one = right is full and len(full) == 1
    if sum(answer.weight for answer in right) < WHOLE - 1:
        raise refused(Problem("gift_nothing_right"))
    if is_one:
        others = [answer for answer in answers if answer.weight and answer not in right]
        question.losses.extend(_weight_lost(question, answer) for answer in others)
    elif "partial" not in said:
        question.losses.extend(_sharing_lost(answers, right, together=right is full))
    fields = {
        "options": "\n".join(texts),
        "right": ",".join(line_id(t) for a, t in zip(answers, texts, strict=True) if a in right),
        "partial": str(right is not full).lower(),
        "explanation": _explained(question, answers, right),
    }
    drop_down = "drop_down" if said.get("style") == "drop_down" else "one"
    return drop_down if is_one else "several", fields


def _option(question: Written, answer: _Answer) -> str:
    text = one_line(question.words(answer.text))
    if not text:
        raise refused(Problem("gift_option_blank"))
    return text


def _sharing_lost(
    answers: Sequence[_Answer], right: Sequence[_Answer], *, together: bool
) -> list[Problem]:
    """What is different for who ticks some right options, or wrong ones."""
    if together:
        return [Problem("gift_all_needed")]
    share = Fraction(WHOLE, len(right))
    due = ((answer.weight, share if answer in right else -share) for answer in answers)
    is_exact = all(abs(weight - wanted) <= _ROUNDED for weight, wanted in due)
    return [] if is_exact else [Problem("gift_shares_lost")]


def _truth(question: Written) -> dict[str, str]:
    """The first comment is for who is wrong; the second, for who is right, explains better."""
    said, *comments = question.body.split("#", 2)
    *others, explaining = [comment for comment in comments if comment.strip()] or [""]
    return {
        "right": _TRUTHS[said.strip().casefold()],
        "explanation": question.explanation([explaining], others),
    }


def _spellings(question: Written) -> dict[str, str]:
    answers = _answers(question.body, unmarked=WHOLE)
    right = [answer for answer in answers if answer.weight >= WHOLE]
    if not right:
        raise refused(Problem("gift_nothing_right"))
    spelled: dict[str, str] = {}
    for answer in right:
        text = _spelling(answer)
        spelled.setdefault(fold(text), text)
    losing = (answer for answer in answers if 0 < answer.weight < WHOLE)
    question.losses.extend(_weight_lost(question, answer) for answer in losing)
    longest = max(map(len, spelled.values()))
    return {
        "right": "\n".join(spelled.values()),
        "limit": str(min(max(longest, SHORT), LONGEST)),
        "explanation": _explained(question, answers, right),
    }


def _spelling(answer: _Answer) -> str:
    """Accepted spellings are plain text in every format, and `*` in them stands for anything."""
    text = one_line(show(split_format(answer.text, "plain")[1]))
    if re.search(r"(?<!\\)\*", text):
        raise refused(Problem("gift_wildcard"))
    return text.replace("\\*", "*")


def _number(question: Written) -> dict[str, str]:
    answers = _answers(question.body.removeprefix("#"), unmarked=WHOLE)
    right = [answer for answer in answers if answer.weight >= WHOLE]
    if not right:
        raise refused(Problem("gift_nothing_right"))
    if len(right) > 1:
        raise refused(Problem("gift_several_numbers"))
    losing = (answer for answer in answers if 0 < answer.weight < WHOLE)
    question.losses.extend(_weight_lost(question, answer) for answer in losing)
    explanation = _explained(question, answers, right)
    return {**read_span(show(right[0].text)), "explanation": explanation}


def _answers(body: str, *, unmarked: int) -> list[_Answer]:
    """Read the answers; `unmarked` is the weight of one without a sign before it."""
    first, *rest = re.split("([=~])", body)
    if len(rest) > 2 * MOST_ANSWERS:
        counts = {"least": LEAST_OPTIONS, "most": MOST_OPTIONS, "given": len(rest) // 2}
        raise InvalidAnswers({"options": Problem("lines_count", counts)})
    marked = zip(("", *rest[::2]), (first, *rest[1::2]), strict=True)
    usual = {"=": WHOLE, "~": 0, "": unmarked}
    return [_answer(mark, text, usual[mark]) for mark, text in marked if text.strip()]


def _answer(mark: str, text: str, usual: int) -> _Answer:
    weight = _WEIGHT.match(text)
    words, _, feedback = (text[weight.end() :] if weight else text).partition("#")
    share = Fraction(weight[1].replace(",", ".").rstrip(".")) if weight else Fraction(usual)
    return _Answer(mark, words.strip(), share, feedback)


def _explained(question: Written, answers: Sequence[_Answer], right: Sequence[_Answer]) -> str:
    others = [answer.feedback for answer in answers if answer not in right]
    return question.explanation([answer.feedback for answer in right], others)


def _weight_lost(question: Written, answer: _Answer) -> Problem:
    option, percent = one_line(question.words(answer.text)), f"{float(answer.weight):g}"
    return Problem("gift_weight_lost", {"option": option, "percent": percent})
