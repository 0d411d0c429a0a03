"""How statements on one scale are asked and shown."""

from collections.abc import Iterator

from microsoft_teams.cards.core import (
    CardElement,
    ChoiceSetInput,
    Container,
    StackedHorizontalBarChart,
    StackedHorizontalBarChartData,
    StackedHorizontalBarChartDataPoint,
    TextBlock,
)
from microsoft_teams.cards.core import Choice as Item

from actions.entry import field_of
from actions.likert import Likert, Rated, bucket_of, chosen_in
from actions.questions import Answer
from actions.tallied import Tallied
from cards.asking import Asking, Fact, Showing, bar_row
from cards.markdown import cut, plain
from cards.parts import note
from cards.texts import Texts

MOST_LISTED = 20
"""Choices of all statements that are listed as radio buttons; more of them are drop-downs."""

MOST_BARS, MOST_CHARTED = 15, 75
"""Statements times levels of which a result has a bar each, or all together a chart."""

LONGEST_NAME = 60
"""Characters of a statement or level in a line that names several."""

LONGEST_TITLE = 40
"""Characters of a statement beside its part of a chart, and in the name of a tap."""

ROOM_FOR_LEGENDS = 1_500
"""Characters for the words of all parts of a chart: the more there are, the shorter each is."""


def inputs(question: Likert, asking: Asking) -> Iterator[CardElement]:
    """Give the question and, for each statement, its levels as radio buttons or a drop-down."""
    listed = len(question.rows) * len(question.levels) <= MOST_LISTED
    choices = [Item(title=cut(o.text, asking.longest), value=o.id) for o in question.levels]
    yield TextBlock(text=plain(asking.label), weight="Bolder", wrap=True)
    yield from asking.problem(question.id)
    for row in question.rows:
        yield ChoiceSetInput(
            id=field_of(question.id, row.id),
            label=cut(row.text, asking.longest),
            style="expanded" if listed else "compact",
            placeholder=None if listed else asking.texts("Choose"),
            wrap=True,
            value=asking.typed(row.id),
            choices=choices,
        )
        yield from asking.problem(question.id, row.id)


def result(question: Likert, tallied: Tallied, showing: Showing) -> Iterator[CardElement]:
    """Give each statement's average and shares: in bars where they are few or it is looked at.

    Else in a chart and, since phones draw none, in words, each statement leading to its bars.
    """
    every = question.rated(tallied)
    cells = len(every) * len(question.levels)
    part = [rated for rated in every if rated.row.id == showing.part]
    if part or cells <= MOST_BARS:
        for rated in part or every:
            yield from _bars(question, rated, showing)
        return
    yield note(_legend(question, showing))
    if cells <= MOST_CHARTED:
        yield _chart(question, every, showing)
    rows = [_in_words(rated, showing) for rated in every]
    if any(row.select_action for row in rows):
        yield note(showing.texts("Choose a statement to see more of it:"))
    yield from rows


def headline(question: Likert, tallied: Tallied, texts: Texts) -> str:
    """Give the statement with the highest average, as a card's text."""
    best = max(question.rated(tallied), key=lambda rated: rated.average)
    if not best.answered:
        return texts("no answers yet")
    average = texts.decimal(best.average, 1)
    most = len(question.levels)
    figure = texts("{average} of {most} on average", average=average, most=most)
    return f"{plain(best.row.text, LONGEST_NAME)} · {figure}"


def tabled(question: Likert, tallied: Tallied, texts: Texts) -> Iterator[Fact]:
    """Give each statement's average, and how often each level was chosen for it."""
    for rated in question.rated(tallied):
        name = rated.row.text
        if rated.answered:
            yield Fact(texts("{statement} – average", statement=name), rated.average)
        for level, count in zip(question.levels, rated.counts, strict=True):
            yield Fact(f"{name} – {level.text}", count, rated.share(count))


def answer(question: Likert, given: Answer, texts: Texts) -> str:
    """Give each statement with the level that someone chose, on one line, not escaped."""
    del texts
    chosen = chosen_in(given)
    names = {level.id: level.text for level in question.levels}
    return "; ".join(
        f"{row.text}: {names.get(chosen[row.id], '')}" for row in question.rows if row.id in chosen
    )


def _legend(question: Likert, showing: Showing) -> str:
    """Say which number stands for which level."""
    names = enumerate((plain(level.text, showing.longest) for level in question.levels), 1)
    return " · ".join(f"{showing.texts.number(n)} = {name}" for n, name in names)


def _chart(question: Likert, every: tuple[Rated, ...], showing: Showing) -> CardElement:
    """Give the chart; where it is not drawn the words below say the same."""
    legends = [
        cut(f"{n} {level.text}", ROOM_FOR_LEGENDS // (len(every) * len(question.levels)))
        for n, level in enumerate(question.levels, 1)
    ]
    return StackedHorizontalBarChart(
        title=showing.texts("How often each level was chosen"),
        color_set="sequential",
        data=[
            StackedHorizontalBarChartData(
                title=cut(rated.row.text, min(showing.longest, LONGEST_TITLE)),
                data=[
                    StackedHorizontalBarChartDataPoint(legend=legend, value=count)
                    for legend, count in zip(legends, rated.counts, strict=True)
                ],
            )
            for rated in every
        ],
        fallback="drop",
    )


def _bars(question: Likert, rated: Rated, showing: Showing) -> Iterator[CardElement]:
    texts = showing.texts
    words = texts.many("{count} answer", "{count} answers", rated.answered)
    yield _name(rated, showing)
    yield note(f"{_average(rated, texts)} · {words}" if rated.answered else words)
    for level, count in zip(question.levels, rated.counts, strict=True):
        bucket = bucket_of(rated.row.id, level.id)
        yield bar_row(level.text, count, rated.share(count), showing, bucket)


def _in_words(rated: Rated, showing: Showing) -> Container:
    texts = showing.texts
    shares = (texts.percent(rated.share(count)) for count in rated.counts)
    named = (f"{texts.number(n)}:\u00a0{share}" for n, share in enumerate(shares, 1))
    words = " · ".join([_average(rated, texts), *named])
    title = cut(rated.row.text, min(showing.longest, LONGEST_TITLE))
    return Container(
        select_action=showing.zoom(rated.row.id, title),
        items=[
            _name(rated, showing),
            note(words if rated.answered else texts("No answers yet")),
        ],
    )


def _name(rated: Rated, showing: Showing) -> CardElement:
    return TextBlock(text=plain(rated.row.text, showing.longest), wrap=True, spacing="Medium")


def _average(rated: Rated, texts: Texts) -> str:
    return texts("Average {average}", average=texts.decimal(rated.average, 1))
