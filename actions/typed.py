"""What was typed into a form that answers, page by page, and what it comes to as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from actions.content import Content
from actions.entry import PLAIN, Entry, Reading, entry_of, field_of
from actions.errors import InvalidAnswers, Problem
from actions.fields import Values, printable
from actions.paging import asked
from actions.questions import Answer, Answers, Question

KEPT = 8_000
"""Characters of a field that are kept: twice the longest answer, to be shortened."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What one page's card sent: the ids of the questions that it asked, and its fields."""

    questions: tuple[str, ...] = ()
    inputs: Values = field(default_factory=dict)


NOTHING_SENT: Final = Sent()
"""What a button sends that sends no fields."""


@dataclass(frozen=True, slots=True)
class Read:
    """A form's answers and problems, of the questions that are asked.

    `dropped` are the questions that something was typed into and that are no longer asked.
    """

    answers: Answers
    problems: Mapping[str, Problem]
    dropped: tuple[Question, ...] = ()


def read(content: Content, values: Values, reading: Reading = PLAIN) -> Read:
    """Read a form in the order of its questions, since rules look at earlier answers."""
    answers: dict[str, Answer] = {}
    problems: dict[str, Problem] = {}
    shown: set[str] = set()
    for question in asked(content, answers):
        shown.add(question.id)
        try:
            answer = question.parse(entry(question, values), reading)
        except InvalidAnswers as wrong:
            problems |= wrong.problems
            continue
        if answer is not None:
            answers[question.id] = answer
        if question.about.required:
            gaps = question.gaps(answer)
            problems |= {field_of(question.id, part): Problem("answer_needed") for part in gaps}
    hidden = (question for question in content.questions if question.id not in shown)
    dropped = tuple(q for q in hidden if _is_answered(q, entry(q, values), reading))
    return Read(answers, problems, dropped)


def entry(question: Question, values: Values) -> Entry:
    """Give what was typed into a question's fields, as far as it still has them."""
    typed = entry_of(question.id, values)
    return {part: typed[part] for part in question.parts if part in typed}


def entered(content: Content, answers: Answers, reading: Reading = PLAIN) -> Values:
    """Give the values of a form that say these answers."""
    return {
        field_of(question.id, part): text
        for question in content.questions
        if question.id in answers
        for part, text in question.enter(answers[question.id], reading).items()
    }


def taken(content: Content, sent: Sent) -> Values:
    """Give the values that a page's card leaves behind.

    Clients leave out a choice, a date or a number that was cleared, so a field of the page that is
    missing is blank. Fields that no question has are none of ours.
    """
    fields = ((question, part) for question in content.questions for part in question.parts)
    names = {field_of(question.id, part): question.id for question, part in fields}
    return {
        name: printable(sent.inputs.get(name, ""))[:KEPT]
        for name, question_id in names.items()
        if name in sent.inputs or question_id in sent.questions
    }


def _is_answered(question: Question, typed: Entry, reading: Reading) -> bool:
    try:
        return question.parse(typed, reading) is not None
    except InvalidAnswers:
        return True
