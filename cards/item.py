"""How an item of a checklist is shown among questions: what states it is in, of how many."""

from collections.abc import Iterator

from microsoft_teams.cards.core import CardElement

from actions.item import Item
from actions.questions import Answer
from actions.tallied import Tallied
from actions.ticks import State, Tick
from cards.asking import Asking, Fact, Showing, bar_row
from cards.texts import Texts
from cards.ticks import state_name

SETTLED = (State.DONE, State.NOT_APPLICABLE, State.NOT_DONE)
"""The states that someone's tick says; an item without one is open."""


def inputs(item: Item, asking: Asking) -> tuple[CardElement, ...]:
    """Give nothing: an item is ticked in its list."""
    del item, asking
    return ()


def result(item: Item, tallied: Tallied, showing: Showing) -> Iterator[CardElement]:
    """Give a bar for each state that somebody's item is in."""
    del item
    for state in SETTLED:
        count, name = tallied.counts.get(state.value, 0), state_name(state, showing.texts)
        if count or state is State.DONE:
            yield bar_row(name, count, tallied.share(state.value), showing, state.value)


def headline(item: Item, tallied: Tallied, texts: Texts) -> str:
    """Give how many did it, as a card's text."""
    del item
    done = tallied.counts.get(State.DONE.value, 0)
    return texts.many("{count} done", "{count} done", done)


def tabled(item: Item, tallied: Tallied, texts: Texts) -> Iterator[Fact]:
    """Give how many brought it to each state."""
    del item
    for state in SETTLED:
        count = tallied.counts.get(state.value, 0)
        yield Fact(state_name(state, texts), count, tallied.share(state.value))


def answer(item: Item, given: Answer, texts: Texts) -> str:
    """Give an item's state and the reason for it, on one line, not escaped."""
    del item
    tick = Tick.decode(given)
    if tick is None:
        return state_name(State.OPEN, texts)
    reason = " ".join(tick.wish.reason.split())
    return " · ".join(part for part in (state_name(tick.state, texts), reason) if part)
