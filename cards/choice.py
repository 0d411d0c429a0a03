"""How a choice is asked and shown."""

from collections.abc import Iterator

from microsoft_teams.cards.core import CardElement, ChoiceSetInput, TextInput
from microsoft_teams.cards.core import Choice as Item

from actions.choice import OTHER, OTHER_LIMIT, Choice
from actions.questions import Answer
from actions.tallied import Tallied
from cards.asking import Asking, Fact, Showing, bar_row
from cards.markdown import cut, plain
from cards.parts import note
from cards.texts import Texts

LONGEST_NAME = 60
"""Characters of an option in a line that names several."""


def inputs(question: Choice, asking: Asking) -> Iterator[CardElement]:
    """Give the options as radio buttons, ticks or a drop-down, and a field for other words."""
    texts = asking.texts
    options = question.shuffled(asking.seed) if question.shuffle else question.options
    items = [Item(title=cut(o.text, asking.longest), value=o.id) for o in options]
    if question.other:
        items.append(Item(title=texts("Other"), value=OTHER))
    yield ChoiceSetInput(
        id=question.id,
        label=asking.label,
        style="compact" if question.style == "drop_down" else "expanded",
        placeholder=texts("Choose") if question.style == "drop_down" else None,
        wrap=True,
        is_multi_select=question.several,
        value=asking.typed(),
        choices=items,
    )
    yield from asking.problem(question.id)
    if question.several:
        yield note(_how_many(question, texts))
    if question.other:
        yield TextInput(
            id=f"{question.id}.other",
            label=texts("Other, in your own words"),
            max_length=OTHER_LIMIT,
            value=asking.typed("other"),
        )
        yield from asking.problem(question.id, "other")


def result(question: Choice, tallied: Tallied, showing: Showing) -> Iterator[CardElement]:
    """Give a bar for each option; the winners are marked once it is over."""
    texts = showing.texts
    best = max((tallied.counts.get(o.id, 0) for o in question.options), default=0)
    for option in question.options:
        count = tallied.counts.get(option.id, 0)
        is_winner = showing.is_final and count == best > 0
        mark = showing.mark(option.id) or ("🏆 " if is_winner else "")
        yield bar_row(option.text, count, tallied.share(option.id), showing, option.id, mark)
    if question.other:
        count = tallied.counts.get(OTHER, 0)
        yield bar_row(texts("Other"), count, tallied.share(OTHER), showing, OTHER)
    if question.several:
        yield note(texts("Percentages are of people, who may each choose several."))


def headline(question: Choice, tallied: Tallied, texts: Texts) -> str:
    """Give the option chosen most, with its percentage, as a card's text."""
    chosen = {o: tallied.counts.get(o.id, 0) for o in question.options}
    best = max(chosen, key=lambda option: chosen[option])
    if not chosen[best]:
        return texts("no answers yet")
    share = texts.percent(tallied.share(best.id))
    return f"{plain(best.text, LONGEST_NAME)} · {share}"


def tabled(question: Choice, tallied: Tallied, texts: Texts) -> Iterator[Fact]:
    """Give how often each option was chosen."""
    for option in question.options:
        yield Fact(option.text, tallied.counts.get(option.id, 0), tallied.share(option.id))
    if question.other:
        yield Fact(texts("Other"), tallied.counts.get(OTHER, 0), tallied.share(OTHER))


def answer(question: Choice, given: Answer, texts: Texts) -> str:
    """Give what someone chose, on one line, not escaped."""
    parts = given if isinstance(given, tuple) else ()
    names = {option.id: option.text for option in question.options}
    words = (
        texts("Other: {words}", words=part[1:]) if part.startswith(OTHER) else names.get(part, "")
        for part in parts
    )
    return ", ".join(words)


def _how_many(question: Choice, texts: Texts) -> str:
    most = question.most
    limited = most < len(question.options) + question.other
    if question.least > 1 and limited:
        return texts("Choose {least} to {most}.", least=question.least, most=most)
    if question.least > 1:
        return texts("Choose at least {least}.", least=question.least)
    return texts("Choose at most {most}.", most=most) if limited else texts("Choose any number.")
