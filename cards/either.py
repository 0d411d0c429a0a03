"""How a question with two answers is asked and shown."""

from collections.abc import Iterator

from microsoft_teams.cards.core import CardElement, ChoiceSetInput
from microsoft_teams.cards.core import Choice as Item

from actions.either import NO, YES, Either
from actions.questions import Answer
from actions.tallied import Tallied
from cards.asking import Asking, Fact, Showing, bar_row
from cards.texts import Texts


def inputs(question: Either, asking: Asking) -> Iterator[CardElement]:
    """Give the two answers as radio buttons."""
    names = _names(question, asking.texts)
    yield ChoiceSetInput(
        id=question.id,
        label=asking.label,
        style="expanded",
        value=asking.typed(),
        choices=[Item(title=name, value=answer) for answer, name in names.items()],
    )
    yield from asking.problem(question.id)


def result(question: Either, tallied: Tallied, showing: Showing) -> Iterator[CardElement]:
    """Give a bar for each of the two."""
    for bucket, name in _names(question, showing.texts).items():
        count = tallied.counts.get(bucket, 0)
        mark = showing.mark(bucket)
        yield bar_row(name, count, tallied.share(bucket), showing, bucket, mark)


def headline(question: Either, tallied: Tallied, texts: Texts) -> str:
    """Give how many percent say yes, as a card's text."""
    if not tallied.answered:
        return texts("no answers yet")
    share = texts.percent(tallied.share(YES))
    if question.style == "like":
        return texts("{share} like it", share=share)
    if question.style == "true_false":
        return texts("{share} say it is true", share=share)
    return texts("{share} yes", share=share)


def tabled(question: Either, tallied: Tallied, texts: Texts) -> Iterator[Fact]:
    """Give how often each of the two was said."""
    for bucket, name in _names(question, texts).items():
        yield Fact(name, tallied.counts.get(bucket, 0), tallied.share(bucket))


def answer(question: Either, given: Answer, texts: Texts) -> str:
    """Give what someone said, on one line, not escaped."""
    return _names(question, texts).get(str(given), "")


def _names(question: Either, texts: Texts) -> dict[str, str]:
    if question.style == "like":
        return {YES: texts("👍 Like"), NO: texts("👎 Dislike")}
    if question.style == "true_false":
        return {YES: texts("True"), NO: texts("False")}
    return {YES: texts("Yes"), NO: texts("No")}
