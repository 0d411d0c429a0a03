"""The rules that show a question, in words."""

from collections.abc import Mapping, Sequence

from actions.choice import OTHER
from actions.conditions import Condition, Operator
from actions.moment import Moment
from actions.questions import Question
from actions.ranking import Ranking
from actions.rules import WithOptions, answer_meant
from cards.markdown import cut
from cards.questions import answer_text
from cards.texts import Texts

LONGEST_NAME = 60
"""Characters of a question, or of what its answer is compared with."""


def operator_names(question: Question, texts: Texts) -> Mapping[Operator, str]:
    """Give what the comparisons with an answer to a question are called."""
    names = {
        Operator.IS: texts("is"),
        Operator.IS_NOT: texts("is not"),
        Operator.CONTAINS: texts("contains"),
        Operator.ABOVE: texts("is above"),
        Operator.BELOW: texts("is below"),
    }
    if isinstance(question, Moment):
        later = {Operator.ABOVE: texts("is after"), Operator.BELOW: texts("is before")}
        return names | later
    if isinstance(question, Ranking):
        first = {
            Operator.IS: texts("puts first"),
            Operator.IS_NOT: texts("does not put first"),
        }
        return names | first
    return names


def rule_words(rule: Condition, questions: Sequence[Question], texts: Texts) -> str:
    """Give a rule as a sentence, not escaped; `questions` are all there are, in their order."""
    place = next((n for n, one in enumerate(questions) if one.id == rule.question), None)
    if place is None:
        return ""
    question = questions[place]
    return texts(
        "Shown only if the answer to “{question}” {compared} “{value}”.",
        question=numbered(place, question.text),
        compared=operator_names(question, texts)[rule.operator],
        value=value_name(question, rule.value, texts),
    )


def numbered(place: int, text: str) -> str:
    """Give a question's number and a part of its text on one line, not escaped."""
    return f"{place + 1}. {cut(' '.join(text.split()), LONGEST_NAME)}".rstrip()


def value_name(question: Question, value: str, texts: Texts) -> str:
    """Give what a rule compares with, as people would answer it, not escaped."""
    if isinstance(question, WithOptions):
        names = {option.id: option.text for option in question.options}
        return cut(texts("Other") if value == OTHER else names.get(value, value), LONGEST_NAME)
    answer = answer_meant(question, value)
    return cut(answer_text(question, answer, texts) or value, LONGEST_NAME)
