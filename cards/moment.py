"""How questions that are answered with a date or a time of day are asked and shown."""

from collections.abc import Iterator
from datetime import date, time

from microsoft_teams.cards.core import CardElement, DateInput, TextInput, TimeInput

from actions.calendar import DAY, MONTH, QUARTER, WEEK, Days, Grain, by_days, by_hours
from actions.errors import Problem
from actions.moment import Date, Moment, TimeOfDay
from actions.questions import Answer
from actions.tallied import Tallied
from cards.asking import Asking, Fact, Showing, facts
from cards.histogram import histogram
from cards.parts import note
from cards.texts import Texts


def inputs(question: Moment, asking: Asking) -> Iterator[CardElement]:
    """Give the field, and from when to when it takes answers."""
    yield _input(question, asking)
    yield from asking.problem(question.id)
    takes = _takes(question, asking.texts)
    if takes:
        yield note(takes)


def date_result(question: Date, tallied: Tallied, showing: Showing) -> Iterator[CardElement]:
    """Give the first and the last day, and how the days spread."""
    texts = showing.texts
    yield from _ends(question, tallied, texts)
    grain, spans = by_days(tallied)
    if spans:
        bins = [(_span(grain, span, texts), span.count) for span in spans]
        yield histogram(texts("When, by the days answered"), bins, showing)


def time_result(question: TimeOfDay, tallied: Tallied, showing: Showing) -> Iterator[CardElement]:
    """Give the first and the last time, and how the times spread."""
    texts = showing.texts
    yield from _ends(question, tallied, texts)
    bins = [
        (f"{texts.clock(s.first)} – {texts.clock(s.last)}", s.count) for s in by_hours(tallied)
    ]
    if bins:
        yield histogram(texts("When, by the times answered"), bins, showing)


def headline(question: Moment, tallied: Tallied, texts: Texts) -> str:
    """Give the first and the last answer."""
    if not tallied.counts:
        return texts("no answers yet")
    first, last = (question.value(end(tallied.counts)) for end in (min, max))
    if first == last:
        return moment_text(first, texts)
    return texts("{first} to {last}", first=first, last=last)


def tabled(question: Moment, tallied: Tallied, texts: Texts) -> Iterator[Fact]:
    """Give the first and the last answer."""
    if tallied.counts:
        yield Fact(texts("earliest"), question.value(min(tallied.counts)))
        yield Fact(texts("latest"), question.value(max(tallied.counts)))


def answer(question: Moment, given: Answer, texts: Texts) -> str:
    """Give the moment as the reader writes it."""
    return moment_text(question.value(given), texts)


def moment_text(moment: date | time, texts: Texts) -> str:
    """Give a day or a time of day as the reader writes it."""
    return texts.clock(moment) if isinstance(moment, time) else texts.day(moment)


def _input(question: Moment, asking: Asking) -> CardElement:
    """Give the field for it; what it could not hold is kept in one for words."""
    typed = asking.typed()
    value = question.read(typed) if typed else None
    if isinstance(value, Problem):
        return TextInput(id=question.id, label=asking.label, value=typed)
    if question.type == "date":
        return DateInput(id=question.id, label=asking.label, value=value)
    return TimeInput(id=question.id, label=asking.label, value=value)


def _takes(question: Moment, texts: Texts) -> str:
    least, most = (
        question.value(bound) if bound else None for bound in (question.least, question.most)
    )
    if least and most:
        return texts("From {least} to {most}.", least=least, most=most)
    if least:
        return texts("{least} or later.", least=least)
    return texts("{most} or earlier.", most=most) if most else ""


def _ends(question: Moment, tallied: Tallied, texts: Texts) -> Iterator[CardElement]:
    if tallied.counts:
        first, last = (question.value(end(tallied.counts)) for end in (min, max))
        yield facts(
            [
                (texts("earliest"), moment_text(first, texts)),
                (texts("latest"), moment_text(last, texts)),
            ]
        )


def _span(grain: Grain, span: Days, texts: Texts) -> str:
    if grain in {DAY, WEEK}:
        return texts.days(span.first, span.last, "yMMMd")
    if grain == MONTH:
        return texts.days(span.first, span.first, "yMMM")
    if grain == QUARTER:
        return texts.days(span.first, span.first, "yQQQ")
    years = texts.days(span.first, span.first, "y"), texts.days(span.last, span.last, "y")
    return years[0] if span.first.year == span.last.year else " – ".join(years)
