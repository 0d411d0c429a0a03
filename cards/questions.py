"""How questions look: one row per type, the files named like the types being the columns."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from microsoft_teams.cards.core import CardElement, Container, Image, TextBlock

from actions.choice import Choice
from actions.either import Either
from actions.item import Item
from actions.lesson import Lesson
from actions.likert import Likert
from actions.moment import Date, TimeOfDay
from actions.number import Number
from actions.questions import Answer, Question
from actions.ranking import Ranking
from actions.scale import Scale
from actions.tallied import Tallied
from actions.text import Text
from cards import choice, either, item, lesson, likert, moment, number, ranking, scale, text
from cards.asking import Asking, Fact, Showing
from cards.markdown import cut, paragraphs, plain
from cards.parts import directed, note
from cards.texts import Texts


@dataclass(frozen=True, slots=True)
class QuestionLook:
    """A question type's part of the cards; each function takes a question of that type.

    `inputs` are the fields that ask it, `result` what was answered, `headline` that on one line as
    a card's text, `answer` one answer, all of it, on one line, not escaped, `tabled` what was
    answered as lines of a table, not escaped either.
    """

    type: type[Question]
    inputs: Callable[[Any, Asking], Iterable[CardElement]]
    result: Callable[[Any, Tallied, Showing], Iterable[CardElement]]
    headline: Callable[[Any, Tallied, Texts], str]
    answer: Callable[[Any, Answer, Texts], str]
    tabled: Callable[[Any, Tallied, Texts], Iterable[Fact]]


QUESTION_LOOKS: tuple[QuestionLook, ...] = (
    QuestionLook(
        Choice, choice.inputs, choice.result, choice.headline, choice.answer, choice.tabled
    ),
    QuestionLook(
        Either, either.inputs, either.result, either.headline, either.answer, either.tabled
    ),
    QuestionLook(Scale, scale.inputs, scale.result, scale.headline, scale.answer, scale.tabled),
    QuestionLook(
        Likert, likert.inputs, likert.result, likert.headline, likert.answer, likert.tabled
    ),
    QuestionLook(
        Ranking, ranking.inputs, ranking.result, ranking.headline, ranking.answer, ranking.tabled
    ),
    QuestionLook(Text, text.inputs, text.result, text.headline, text.answer, text.tabled),
    QuestionLook(
        Number, number.inputs, number.result, number.headline, number.answer, number.tabled
    ),
    QuestionLook(
        Date, moment.inputs, moment.date_result, moment.headline, moment.answer, moment.tabled
    ),
    QuestionLook(
        TimeOfDay, moment.inputs, moment.time_result, moment.headline, moment.answer, moment.tabled
    ),
    QuestionLook(
        Lesson, lesson.inputs, lesson.result, lesson.headline, lesson.answer, lesson.tabled
    ),
    QuestionLook(Item, item.inputs, item.result, item.headline, item.answer, item.tabled),
)
"""Every question type's look."""


def question_look(question: Question) -> QuestionLook:
    """Give the look of a question's type. Raises KeyError: a type has no look."""
    return {one.type.type: one for one in QUESTION_LOOKS}[question.type]


def question_fields(question: Question, number: int, asking: Asking) -> list[CardElement]:
    """Give a question as it is asked: its number and text, picture, fields and help."""
    about = question.about
    words = cut(" ".join(question.text.split()), asking.longest * 5)
    label = f"{number}. {words}{' *' if about.required else ''}"
    elements = [
        *picture(question),
        *question_look(question).inputs(question, replace(asking, label=label)),
        *([note(paragraphs(about.help, asking.longest))] if about.help else []),
    ]
    return directed(question.text, [Container(items=elements, spacing="Large")])


def picture(question: Question) -> Iterator[CardElement]:
    """Give a question's picture, if it has one; without words of its own, the question's."""
    about = question.about
    if about.image:
        alt = about.image_alt or plain(question.text, 100)
        yield Image(url=about.image, alt_text=alt, size="Stretch")


def question_result(
    question: Question, number: int, tallied: Tallied, showing: Showing
) -> list[CardElement]:
    """Give what was answered to a question, below its number and text."""
    texts = showing.texts
    answered = texts.many("{count} answer", "{count} answers", tallied.answered)
    elements = [
        note(answered if tallied.answered else texts("No answers yet")),
        *(question_look(question).result(question, tallied, showing) if tallied.answered else ()),
    ]
    return result_block(question, number, elements, showing)


def result_block(
    question: Question, number: int, elements: Iterable[CardElement], showing: Showing
) -> list[CardElement]:
    """Give what is known of a question below its number and text."""
    title = plain(f"{number}. {question.text}", showing.longest)
    items = [TextBlock(text=title, weight="Bolder", wrap=True), *elements]
    return directed(question.text, [Container(items=items, spacing="Large")])


def answer_text(question: Question, given: Answer | None, texts: Texts) -> str:
    """Give one answer on one line, not escaped; empty for none."""
    return "" if given is None else question_look(question).answer(question, given, texts)
