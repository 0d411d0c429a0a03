"""What a schedule comes to, in words: before it is confirmed, and as long as it lasts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from microsoft_teams.cards.core import CardElement, TextBlock

from actions.recurrence import Rule
from cards.markdown import plain
from cards.parts import note
from cards.schedule import closing, exactly, repeats, shortened
from cards.texts import Texts


@dataclass(frozen=True, slots=True)
class Planned:
    """What a schedule comes to: the first times, and the name of the chat, empty for this one."""

    starts_at: datetime
    rule: Rule | None
    closes_after: timedelta | None
    time_zone: str
    upcoming: Sequence[datetime]
    place: str = ""


def rule_lines(planned: Planned, texts: Texts) -> Iterator[CardElement]:
    """Give what a schedule comes to: how often, the first times, closing, where."""
    zone, upcoming = planned.time_zone, planned.upcoming
    words = repeats(planned.rule, planned.starts_at, zone, texts)
    yield TextBlock(text=words, weight="Bolder", wrap=True)
    if planned.rule is not None:
        yield from _upcoming(upcoming, zone, texts)
    yield from (note(line) for line in shortened(planned.rule, texts))
    yield note(closing(planned.closes_after, texts))
    if planned.place:
        yield note(texts("Where: {place}", place=plain(planned.place, 100)))


def _upcoming(upcoming: Sequence[datetime], zone: str, texts: Texts) -> Iterator[CardElement]:
    if not upcoming:
        return
    yield note(texts("The next times:") if len(upcoming) > 1 else texts("The next time:"))
    listed = (f"- {exactly(at, zone, texts)}" for at in upcoming)
    yield TextBlock(text="\n".join(listed), wrap=True, spacing="Small")
