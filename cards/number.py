"""How a question that is answered with a number is asked and shown."""

import re
from collections.abc import Iterator

from microsoft_teams.cards.core import CardElement, NumberInput, TextInput

from actions.number import Number
from actions.quantity import MOST_DIGITS, Quantity
from actions.questions import Answer
from actions.spread import Bin, Figure, figures
from actions.spread import histogram as bins_of
from actions.tallied import Tallied
from cards.asking import Asking, Fact, Showing, facts
from cards.histogram import histogram
from cards.markdown import plain
from cards.parts import note
from cards.texts import Texts

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def inputs(question: Number, asking: Asking) -> Iterator[CardElement]:
    """Give the field, and what it takes."""
    yield number_input(question.id, asking.label, asking.typed())
    yield from asking.problem(question.id)
    yield note(_takes(question, asking.texts))


def number_input(field_id: str, label: str, typed: str | None) -> CardElement:
    """Give a number's field; what it could not hold is kept in one for words."""
    if typed is None:
        return NumberInput(id=field_id, label=label)
    if _PLAIN.fullmatch(typed) and sum(map(str.isdigit, typed)) <= MOST_DIGITS:
        return NumberInput(id=field_id, label=label, value=float(typed))
    return TextInput(id=field_id, label=label, value=typed)


def result(question: Number, tallied: Tallied, showing: Showing) -> Iterator[CardElement]:
    """Give the figures, and how the numbers spread."""
    texts = showing.texts
    known = figures(tallied, question.decimals)
    if known is None:
        return
    average, total = Figure(known.average), Figure(known.total)
    yield facts(
        [
            (texts("average"), _rounded(question, average, texts)),
            (texts("median"), _rounded(question, known.median, texts)),
        ]
    )
    yield facts(
        [
            (texts("smallest"), _rounded(question, known.least, texts)),
            (texts("largest"), _rounded(question, known.most, texts)),
        ]
    )
    yield facts([(texts("sum"), _rounded(question, total, texts))])
    bins = [(_span(question, b, texts), b.count) for b in bins_of(tallied, question.decimals)]
    yield histogram(texts("How the answers spread"), bins, showing)
    if not all(figure.exact for figure in (known.median, known.least, known.most)):
        yield note(texts("≈ is right to one percent. The export has every number exactly."))


def headline(question: Number, tallied: Tallied, texts: Texts) -> str:
    """Give the average."""
    known = figures(tallied, question.decimals)
    if known is None:
        return texts("no answers yet")
    average = _rounded(question, Figure(known.average), texts)
    return texts("average {number}", number=average)


def tabled(question: Number, tallied: Tallied, texts: Texts) -> Iterator[Fact]:
    """Give the figures, with a "≈" at the name of what is good to one percent."""
    known = figures(tallied, question.decimals)
    if known is None:
        return
    named = (
        (texts("average"), Figure(known.average)),
        (texts("median"), known.median),
        (texts("smallest"), known.least),
        (texts("largest"), known.most),
        (texts("sum"), Figure(known.total)),
    )
    for name, figure in named:
        yield Fact(name if figure.exact else f"≈ {name}", figure.value)


def answer(question: Number, given: Answer, texts: Texts) -> str:
    """Give the number with its unit, not escaped."""
    return texts.quantity(question.quantity(given))


def _takes(question: Number, texts: Texts) -> str:
    least, most = (
        None if bound is None else plain(texts.quantity(question.quantity(bound)))
        for bound in (question.least, question.most)
    )
    count = question.decimals
    decimals = (
        texts.many("Up to {count} decimal.", "Up to {count} decimals.", count)
        if count
        else texts("A whole number.")
    )
    if least is not None and most is not None:
        return texts("From {least} to {most}.", least=least, most=most) + " " + decimals
    if least is not None:
        return texts("{least} or more.", least=least) + " " + decimals
    if most is not None:
        return texts("{most} or less.", most=most) + " " + decimals
    if question.unit:
        return texts("In {unit}.", unit=plain(question.unit)) + " " + decimals
    return decimals


def _rounded(question: Number, figure: Figure, texts: Texts) -> str:
    """Give a figure with its unit as a card's text; an average of whole numbers has a decimal."""
    quantity = Quantity(figure.value, plain(question.unit))
    text = texts.quantity(quantity, max(question.decimals, 1))
    return text if figure.exact else f"≈ {text}"


def _span(question: Number, part: Bin, texts: Texts) -> str:
    """Give a bin's bounds, none of them outside of what the question takes."""
    least, most = question.least, question.most
    first = part.first if least is None else max(part.first, question.value(least))
    last = part.last if most is None else min(part.last, question.value(most))
    shown = [texts.quantity(Quantity(value)) for value in (first, last)]
    return shown[0] if first == last else " – ".join(shown)
