"""How a question that is answered in words is asked and shown."""

from collections.abc import Iterator

from microsoft_teams.cards.core import CardElement, TextInput

from actions.questions import Answer
from actions.tallied import Tallied
from actions.text import Text
from cards.asking import Asking, Fact, Showing
from cards.texts import Texts


def inputs(question: Text, asking: Asking) -> Iterator[CardElement]:
    """Give the field, which takes no more than the limit unless it holds more already."""
    typed = asking.typed()
    fits = len(typed or "") <= question.limit
    yield TextInput(
        id=question.id,
        label=asking.label,
        is_multiline=question.long or None,
        max_length=question.limit if fits else None,
        value=typed,
    )
    yield from asking.problem(question.id)


def result(question: Text, tallied: Tallied, showing: Showing) -> tuple[CardElement, ...]:
    """Give nothing: words are read one by one, tallies know only how many there are."""
    del question, tallied, showing
    return ()


def headline(question: Text, tallied: Tallied, texts: Texts) -> str:
    """Give how many answered."""
    del question
    if not tallied.answered:
        return texts("no answers yet")
    return texts.many("{count} answer", "{count} answers", tallied.answered)


def tabled(question: Text, tallied: Tallied, texts: Texts) -> tuple[Fact, ...]:
    """Give nothing: the words themselves are elsewhere."""
    del question, tallied, texts
    return ()


def answer(question: Text, given: Answer, texts: Texts) -> str:
    """Give the words on one line, not escaped."""
    del texts
    return " ".join(question.words(given).split())
