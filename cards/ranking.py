"""How a ranking is asked and shown."""

from collections.abc import Iterator

from microsoft_teams.cards.core import CardElement, ChoiceSetInput, TextBlock
from microsoft_teams.cards.core import Choice as Item

from actions.entry import field_of
from actions.fields import Line
from actions.questions import Answer
from actions.ranking import FIRST, NO_PLACE, Rank, Ranking
from actions.tallied import Tallied
from cards.asking import Asking, Fact, Showing, figures_row
from cards.choice import LONGEST_NAME
from cards.markdown import cut, plain
from cards.number import number_input
from cards.parts import note
from cards.texts import Texts

MOST_LISTED = 10
"""Options whose places are drop-downs; with more the lists in a card would be too long."""


def inputs(question: Ranking, asking: Asking) -> Iterator[CardElement]:
    """Give the question and a field for each option's place."""
    options = question.shuffled(asking.seed) if question.shuffle else question.options
    yield TextBlock(text=plain(asking.label), wrap=True)
    yield from asking.problem(question.id)
    yield note(asking.texts("Give each a place from 1, the best, to {most}.", most=len(options)))
    for option in options:
        yield _place(question, option, asking)
        yield from asking.problem(question.id, option.id)


def result(question: Ranking, tallied: Tallied, showing: Showing) -> Iterator[CardElement]:
    """Give the options by their average place, the winners marked once it is over."""
    texts = showing.texts
    ranks = question.ranks(tallied)
    worst = len(question.options)
    for rank in ranks:
        is_best = showing.is_final and rank.average == ranks[0].average
        mark = "🏆 " if is_best else ""
        goodness = (worst - rank.average) / (worst - 1)
        bucket = FIRST + rank.option.id if rank.first else None
        yield figures_row(rank.option.text, _figures(rank, texts), goodness, showing, bucket, mark)
    if ranks:
        yield note(texts("The average place, 1 being the best, and how often it came first."))


def headline(question: Ranking, tallied: Tallied, texts: Texts) -> str:
    """Give the option with the best average place, as a card's text."""
    ranks = question.ranks(tallied)
    if not ranks:
        return texts("no answers yet")
    return f"{plain(ranks[0].option.text, LONGEST_NAME)} · {_average(ranks[0], texts)}"


def tabled(question: Ranking, tallied: Tallied, texts: Texts) -> Iterator[Fact]:
    """Give each option's average place, and how often it came first."""
    for rank in question.ranks(tallied):
        name = rank.option.text
        yield Fact(texts("{option} – average place", option=name), rank.average)
        share = tallied.share(FIRST + rank.option.id)
        yield Fact(texts("{option} – came first", option=name), rank.first, share)


def answer(question: Ranking, given: Answer, texts: Texts) -> str:
    """Give the options in their order on one line, not escaped."""
    return ", ".join(
        f"{texts.number(place)}. {name}" for place, name in enumerate(question.named(given), 1)
    )


def _place(question: Ranking, option: Line, asking: Asking) -> CardElement:
    field, label = field_of(question.id, option.id), cut(option.text, asking.longest)
    places = range(1, len(question.options) + 1)
    if len(places) > MOST_LISTED:
        return number_input(field, label, asking.typed(option.id))
    texts = asking.texts
    items = [Item(title=texts.number(place), value=str(place)) for place in places]
    return ChoiceSetInput(
        id=field,
        label=label,
        style="compact",
        placeholder=texts("Place"),
        value=asking.typed(option.id),
        choices=[*items, Item(title=texts("No place"), value=NO_PLACE)],
    )


def _average(rank: Rank, texts: Texts) -> str:
    return texts("average {number}", number=texts.decimal(rank.average, 1))


def _figures(rank: Rank, texts: Texts) -> str:
    average = texts.decimal(rank.average, 1)
    return texts("{average} · first {count}×", average=average, count=rank.first)
