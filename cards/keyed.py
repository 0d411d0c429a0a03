"""How an answer was marked: with `cards.marks` the only cards that are given keys.

Who calls it has asked `actions.sitting` whether the reader may see that now.
"""

from collections.abc import Iterator

from microsoft_teams.cards.core import CardElement, Container, TextBlock

from actions.keys import Key
from actions.marking import Score, mark
from actions.number import Number
from actions.questions import Answer, Question
from actions.text import Text
from cards.markdown import plain
from cards.parts import Style, label, said
from cards.questions import answer_text
from cards.score import points
from cards.texts import Texts


def verdict(question: Question, key: Key, given: Answer | None, texts: Texts) -> CardElement:
    """Give how an answer was marked: by a sign, words, colour, and its points."""
    score = Score(mark(question, key, given), key.points)
    words, style = _judged(score, given, texts)
    line = f"{words} · {points(score, texts)}"
    return Container(
        style=style,
        rounded_corners=True,
        spacing="Small",
        items=[TextBlock(text=line, weight="Bolder", wrap=True)],
    )


def solution(
    question: Question, key: Key, given: Answer | None, texts: Texts, longest: int
) -> Iterator[CardElement]:
    """Give what is right, unless it was answered, and why; a number need not be met exactly."""
    if mark(question, key, given) < key.points or isinstance(question, Number):
        right = plain(right_words(question, key, texts), longest)
        words = texts("Right is: {answer}", answer=right)
        yield TextBlock(text=words, wrap=True, spacing="Small")
    if key.explanation.strip():
        yield label(texts("Why"))
        yield from said(key.explanation, longest)


def right_words(question: Question, key: Key, texts: Texts) -> str:
    """Give what is right, on one line, not escaped."""
    match question, key.right:
        case Text(), tuple() as spellings:
            return " / ".join(spellings)
        case Number(), int() as number if key.tolerance:
            return texts(
                "{number}, up to {tolerance} more or less",
                number=answer_text(question, number, texts),
                tolerance=answer_text(question, key.tolerance, texts),
            )
        case _, right:
            return answer_text(question, right, texts)


def _judged(score: Score, given: Answer | None, texts: Texts) -> tuple[str, Style]:
    if given is None:
        return texts("– Not answered"), "emphasis"
    if score.points == score.of:
        return texts("✔ Right"), "good"
    if score.points:
        return texts("◐ Partly right"), "warning"
    return texts("✘ Wrong"), "attention"
