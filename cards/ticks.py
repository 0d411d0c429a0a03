"""Ticks in words: what an item is, who brought it there, when and why."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from actions.rows import Row
from actions.ticks import State
from cards.markdown import plain
from cards.parts import Style
from cards.texts import Texts

LONGEST_NAME = 80
"""Characters of someone's name."""

SIGNS: Final[Mapping[State, str]] = {
    State.OPEN: "☐",
    State.DONE: "✔",
    State.NOT_APPLICABLE: "–",
    State.NOT_DONE: "✘",
}
"""What stands before an item; its state is also said in words."""

STATES: Final[Mapping[State, str]] = {
    State.OPEN: "open",
    State.DONE: "done",
    State.NOT_APPLICABLE: "not applicable",
    State.NOT_DONE: "not done",
}
"""What the states are called."""

STYLES: Final[Mapping[State, Style]] = {
    State.OPEN: "emphasis",
    State.DONE: "good",
    State.NOT_APPLICABLE: "emphasis",
    State.NOT_DONE: "warning",
}
"""How a row looks; what it is also stands in it, by sign and words."""


def state_of(row: Row) -> State:
    """Give what an item is."""
    return State.OPEN if row.tick is None else row.tick.state


def style_of(row: Row) -> Style:
    """Give how an item's row looks: what is done but has yet to be checked has its own colour."""
    waits = row.tick is not None and not row.is_settled
    return "accent" if waits else STYLES[state_of(row)]


def state_name(state: State, texts: Texts) -> str:
    """Give what a state is called."""
    return texts(STATES[state])


def person_name(name: str, texts: Texts, longest: int = LONGEST_NAME) -> str:
    """Give someone's name as a card's text."""
    return plain(name, min(longest, LONGEST_NAME)) or texts("Someone without a name")


def told(row: Row, time_zone: str, texts: Texts, *, with_name: bool = True) -> Iterator[str]:
    """Give what there is to say of an item's state, piece by piece, but the reason."""
    yield state_name(state_of(row), texts)
    tick = row.tick
    if tick is not None:
        if with_name:
            yield person_name(tick.by.name, texts)
        yield texts.moment(tick.at, time_zone)
        if tick.is_checked:
            yield texts("checked by {name}", name=person_name(tick.checked.name, texts))
        elif not row.is_settled:
            yield texts("waits to be checked")
    if row.is_overdue:
        yield texts("overdue")


def asked(row: Row, time_zone: str, texts: Texts, longest: int = LONGEST_NAME) -> Iterator[str]:
    """Give whom an item is for, and when it is due or since when overdue, piece by piece."""
    name = plain(row.item.assignee, min(longest, LONGEST_NAME))
    if row.is_own:
        yield texts("for you")
    elif name:
        yield texts("for {name}", name=name)
    if row.item.due is not None:
        moment = texts.moment(row.item.due, time_zone)
        since = texts("overdue since {moment}", moment=moment)
        yield since if row.is_overdue else texts("due {moment}", moment=moment)


def follow_up(owner: str, due: date | None, texts: Texts, longest: int = LONGEST_NAME) -> str:
    """Give who follows up what was not done, and until when; empty where nobody was named."""
    name = plain(owner, min(longest, LONGEST_NAME))
    if name and due is not None:
        return texts("Follow-up: {name}, until {day}", name=name, day=due)
    if name:
        return texts("Follow-up: {name}", name=name)
    return texts("Follow-up until {day}", day=due) if due is not None else ""
