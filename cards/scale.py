"""How a scale is asked and shown: stars, numbers, how likely one is to recommend."""

from collections.abc import Iterator
from math import ceil

from microsoft_teams.cards.core import (
    Action,
    CardElement,
    ChoiceSetInput,
    Column,
    ColumnSet,
    Container,
    RatingInput,
    TextBlock,
    VerticalBarChart,
    VerticalBarChartDataValue,
)
from microsoft_teams.cards.core import Choice as Item

from actions.fields import whole
from actions.questions import Answer
from actions.scale import Scale
from actions.tallied import Tallied
from cards.asking import Asking, Fact, Showing, bar_row, facts
from cards.markdown import cut, plain
from cards.parts import note
from cards.texts import Texts

MOST_STARS = 5
"""How many stars clients draw at most, whatever `max` says.

The Playground's `maxMax`, Teams-AdaptiveCards-Mobile's ACRRatingInputRenderer and
RatingStarInputView.
"""

MOST_LISTED = 5
"""Levels that are listed one below the other; more of them are a drop-down, or a chart."""

LONGEST_IN_TABLE = 200
"""Characters of a level's words in a table."""

MOST_PER_LINE = 5
"""Levels side by side at the width of a phone."""


def inputs(question: Scale, asking: Asking) -> Iterator[CardElement]:
    """Give the levels as stars, radio buttons or a drop-down, the ends of the scale named."""
    level = whole(asking.typed() or "")
    listed = len(question.levels) <= MOST_LISTED
    choices = ChoiceSetInput(
        id=question.id,
        label=asking.label,
        style="expanded" if listed else "compact",
        placeholder=None if listed else asking.texts("Choose"),
        wrap=True,
        value=str(level) if level in question.levels else None,
        choices=[
            Item(title=_name(question, n, asking.texts, asking.longest), value=str(n))
            for n in question.levels
        ],
    )
    if question.style == "stars" and question.top <= MOST_STARS:
        yield RatingInput(
            id=question.id,
            label=asking.label,
            max=question.top,
            value=level if level in question.levels else None,
            size="Large",
            color="Marigold",
            fallback=choices,
        )
        yield from _ends(question, asking)
    else:
        yield choices
        yield from [] if listed else _ends(question, asking)
    yield from asking.problem(question.id)


def result(question: Scale, tallied: Tallied, showing: Showing) -> Iterator[CardElement]:
    """Give the average, for "nps" the score and its groups, and how often each level was given."""
    texts = showing.texts
    ends = {"least": question.levels[0], "most": question.levels[-1]}
    average = texts.decimal(question.average(tallied), 1)
    mean = (texts("Average, from {least} to {most}", **ends), average)
    if question.style == "nps":
        score = texts.number(question.promotion(tallied).score)
        yield facts([(texts("NPS, from -100 to 100"), score), mean])
        yield from _groups(question, tallied, showing)
    else:
        yield facts([mean])
    if len(question.levels) <= MOST_LISTED:
        yield from _bars(question, tallied, showing)
        return
    yield _chart(question, tallied, showing)
    yield from _taps(question, tallied, showing)


def headline(question: Scale, tallied: Tallied, texts: Texts) -> str:
    """Give the score or the average, as a card's text."""
    if not tallied.answered:
        return texts("no answers yet")
    if question.style == "nps":
        return texts("NPS {score}", score=question.promotion(tallied).score)
    average = texts.decimal(question.average(tallied), 1)
    return texts("{average} of {most} on average", average=average, most=question.top)


def tabled(question: Scale, tallied: Tallied, texts: Texts) -> Iterator[Fact]:
    """Give the average, for "nps" the score, and how often each level was given."""
    if tallied.answered:
        ends = {"least": question.levels[0], "most": question.levels[-1]}
        yield Fact(texts("Average, from {least} to {most}", **ends), question.average(tallied))
        if question.style == "nps":
            yield Fact(texts("NPS, from -100 to 100"), question.promotion(tallied).score)
    for level in question.levels:
        bucket, name = str(level), _name(question, level, texts, LONGEST_IN_TABLE)
        yield Fact(name, tallied.counts.get(bucket, 0), tallied.share(bucket))


def answer(question: Scale, given: Answer, texts: Texts) -> str:
    """Give the level that someone chose, on one line, not escaped."""
    return texts("{level} of {most}", level=given, most=question.top)


def _name(question: Scale, level: int, texts: Texts, longest: int) -> str:
    """Give a level's name, not escaped, the words for it included."""
    number = texts.number(level) + (" ★" if question.style == "stars" else "")
    words = _words(question, texts).get(level, "")
    return f"{number} – {cut(words, longest)}" if words else number


def _words(question: Scale, texts: Texts) -> dict[int, str]:
    low, high = question.low_label, question.high_label
    if question.style == "nps":
        low, high = low or texts("not at all likely"), high or texts("extremely likely")
    return {question.levels[0]: low, question.levels[-1]: high}


def _ends(question: Scale, asking: Asking) -> Iterator[CardElement]:
    """Say what the ends of the scale mean, where the input cannot show it."""
    words = _words(question, asking.texts)
    named = [_name(question, n, asking.texts, asking.longest) for n in words if words[n]]
    if named:
        yield note(plain(" · ".join(named)))


def _groups(question: Scale, tallied: Tallied, showing: Showing) -> Iterator[CardElement]:
    texts, groups = showing.texts, question.promotion(tallied)
    rows = (
        (texts("Promoters (9 and 10)"), groups.promoters),
        (texts("Passives (7 and 8)"), groups.passives),
        (texts("Detractors (0 to 6)"), groups.detractors),
    )
    for name, count in rows:
        yield bar_row(name, count, count / tallied.answered, showing)


def _bars(question: Scale, tallied: Tallied, showing: Showing) -> Iterator[CardElement]:
    for level in question.levels:
        name = _name(question, level, showing.texts, showing.longest)
        bucket = str(level)
        count = tallied.counts.get(bucket, 0)
        yield bar_row(name, count, tallied.share(bucket), showing, bucket)


def _chart(question: Scale, tallied: Tallied, showing: Showing) -> CardElement:
    """Give the chart, and in place of it the bars; the taps are below either."""
    untapped = Showing(showing.texts, showing.longest)
    return VerticalBarChart(
        title=showing.texts("How often each level was chosen"),
        color="categoricalBlue",
        show_bar_values=True,
        data=[
            VerticalBarChartDataValue(x=str(n), y=tallied.counts.get(str(n), 0))
            for n in question.levels
        ],
        fallback=Container(items=list(_bars(question, tallied, untapped))),
    )


def _taps(question: Scale, tallied: Tallied, showing: Showing) -> Iterator[CardElement]:
    """Give the levels side by side, each leading to who chose it, nothing if none may be seen."""
    columns = [
        Column(
            width="stretch",
            style="emphasis",
            rounded_corners=True,
            select_action=tap,
            items=[TextBlock(text=showing.texts.number(level), horizontal_alignment="Center")],
        )
        for level in question.levels
        if (tap := _tap(question, level, tallied, showing))
    ]
    if not columns:
        return
    yield note(showing.texts("Choose a level to see whose answer it is:"))
    lines = ceil(len(columns) / MOST_PER_LINE)
    per_line = ceil(len(columns) / lines)
    for start in range(0, len(columns), per_line):
        yield ColumnSet(columns=columns[start : start + per_line], spacing="Small")


def _tap(question: Scale, level: int, tallied: Tallied, showing: Showing) -> Action | None:
    if not tallied.counts.get(str(level)):
        return None
    return showing.drill(str(level), _name(question, level, showing.texts, showing.longest))
