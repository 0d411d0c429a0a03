"""How the marks of everyone look: what was answered to a question, and how right that was.

Who calls it has asked `actions.policy` whether the reader may see what is right.
"""

from collections.abc import Iterator
from dataclasses import replace

from microsoft_teams.cards.core import CardElement, TextBlock

from actions.choice import Choice
from actions.either import Either
from actions.keys import Key
from actions.marks import Difficulty, commonest_wrong
from actions.questions import Question
from actions.tallied import Tallied
from cards.asking import Showing, facts
from cards.keyed import right_words
from cards.markdown import plain
from cards.parts import note
from cards.questions import answer_text, question_look, result_block
from cards.score import share
from cards.texts import Texts


def marked_result(
    question: Question, number: int, how: Difficulty, key: Key, tallied: Tallied, showing: Showing
) -> list[CardElement]:
    """Give how many were right and what was answered, below a question's number and text."""
    texts = showing.texts
    if not how.asked:
        return result_block(question, number, [note(texts("Not asked yet"))], showing)
    buckets = key.right if isinstance(key.right, tuple) else (str(key.right),)
    right = replace(showing, right=frozenset(buckets), is_final=False)
    answered = tallied.answered
    shown = question_look(question).result(question, tallied, right) if answered else ()
    elements = [
        note(_asked(how, answered, texts)),
        facts(list(_figures(how, key, texts))),
        *_right(question, key, showing),
        *shown,
        *_wrong(question, key, tallied, showing),
    ]
    return result_block(question, number, elements, showing)


def _asked(how: Difficulty, answered: int, texts: Texts) -> str:
    asked = texts.many("asked {count} person", "asked {count} people", how.asked)
    given = texts.many("{count} answer", "{count} answers", answered)
    return f"{asked} · {given}"


def _figures(how: Difficulty, key: Key, texts: Texts) -> Iterator[tuple[str, str]]:
    yield texts("answered it right"), share(how.right, how.asked, texts)
    if key.partial:
        points = texts.decimal(how.part * key.points, 2)
        name = texts.many(
            "of {count} point, on average", "of {count} points, on average", key.points
        )
        yield name, points


def _right(question: Question, key: Key, showing: Showing) -> Iterator[CardElement]:
    """Say what is right where no bar is marked for it."""
    if isinstance(question, Choice | Either):
        return
    right = plain(right_words(question, key, showing.texts), showing.longest)
    yield TextBlock(text=showing.texts("Right is: {answer}", answer=right), wrap=True)


def _wrong(
    question: Question, key: Key, tallied: Tallied, showing: Showing
) -> Iterator[CardElement]:
    found, texts = commonest_wrong(question, key, tallied), showing.texts
    if found is not None:
        given, count = found
        yield note(
            texts.many(
                "Most frequent wrong answer: {answer} ({count} time)",
                "Most frequent wrong answer: {answer} ({count} times)",
                count,
                answer=plain(answer_text(question, given, texts), showing.longest),
            )
        )
