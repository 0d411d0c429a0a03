"""Rules that show a question, as a form makes them: read from its fields, and written back.

In a form a rule's value is what someone could answer: an option's id, "yes", 3.5, a date, words.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from actions.choice import OTHER, Choice
from actions.conditions import Condition, Operator
from actions.entry import MAIN
from actions.errors import InvalidAnswers
from actions.fields import Fields
from actions.questions import Answer, Question

RULE = ("if_question", "if_operator", "if_value")
"""The fields of a rule."""


class Item(Protocol):
    """An option, whatever else it has."""

    @property
    def id(self) -> str:
        """What an answer says."""

    @property
    def text(self) -> str:
        """What people read."""


@runtime_checkable
class WithOptions(Protocol):
    """A question whose answers are made of options."""

    @property
    def options(self) -> Sequence[Item]:
        """The options, in their order."""


def operators_of(question: Question) -> tuple[Operator, ...]:
    """Give how an earlier question's answers can be compared; none says the same twice."""
    if isinstance(question, Choice) and not question.several:
        return tuple(o for o in question.operators if o is not Operator.CONTAINS)
    return question.operators


def read_rule(
    fields: Fields, earlier: Sequence[Question], later: Sequence[str]
) -> Condition | None:
    """Read the rule of a question that stands after `earlier` and before `later` ones."""
    wanted = fields.raw("if_question")
    if not wanted:
        return None
    question = next((one for one in earlier if one.id == wanted), None)
    if question is None:
        code = "rule_looks_ahead" if wanted in later else "rule_question_gone"
        fields.wrong("if_question", code)
        return None
    operator = fields.raw("if_operator")
    if operator not in set(operators_of(question)):
        fields.wrong("if_operator", "rule_operator_needed")
        return None
    value = _value(fields, question)
    return None if value is None else Condition(question.id, Operator(operator), value)


def fields_of_rule(rule: Condition | None, earlier: Sequence[Question]) -> dict[str, str]:
    """Give the fields that `read_rule` reads so; none for a rule that looks at nothing earlier."""
    question = next((one for one in earlier if rule and one.id == rule.question), None)
    if rule is None or question is None:
        return {}
    return {
        "if_question": rule.question,
        "if_operator": rule.operator.value,
        "if_value": _typed(question, rule.value),
    }


def answer_meant(question: Question, value: str) -> Answer | None:
    """Give the answer that a rule's value stands for, None for an option or where it is none."""
    if isinstance(question, WithOptions):
        return None
    for stored in (value, *_whole(value)):
        answer = question.restore(stored)
        if answer is not None:
            return answer
    return None


def _value(fields: Fields, question: Question) -> str | None:
    typed = fields.raw("if_value")
    if not typed:
        fields.wrong("if_value", "rule_value_needed")
        return None
    if isinstance(question, WithOptions):
        ids = {option.id for option in question.options}
        if typed in ids or (typed == OTHER and _takes_other(question)):
            return typed
        fields.wrong("if_value", "rule_option_gone")
        return None
    return _answer(fields, question, typed)


def _answer(fields: Fields, question: Question, typed: str) -> str | None:
    """What may be compared with is what may be answered, said as it is stored."""
    try:
        answer = question.parse({MAIN: typed})
    except InvalidAnswers as refused:
        problem = next(iter(refused.problems.values()))
        fields.wrong("if_value", problem.code, **problem.values)
        return None
    if answer is None:
        fields.wrong("if_value", "rule_value_needed")
        return None
    return str(answer)


def _typed(question: Question, value: str) -> str:
    answer = answer_meant(question, value)
    entry: Mapping[str, str] = {} if answer is None else question.enter(answer)
    return entry.get(MAIN, value)


def _takes_other(question: object) -> bool:
    return isinstance(question, Choice) and question.other


def _whole(value: str) -> list[int]:
    try:
        return [int(value)]
    except ValueError:
        return []
