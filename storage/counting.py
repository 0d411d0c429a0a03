"""Responses counted, one by one or by what moved; no database in it."""

from collections.abc import Mapping
from typing import Any

from actions.attempts import Attempts, restored
from actions.content import Content
from actions.questions import Answers
from actions.tallies import Moves, Tags, Tallies, moves


class Count:
    """Tallies while all responses are counted."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._total = Moved()

    def add(self, answers: Answers, tags: Tags) -> None:
        """Count one response."""
        self._total.add(moves(self._content, None, answers, tags))

    def add_moves(self, made: Moves) -> None:
        """Count what is no response."""
        self._total.add(made)

    def tallies(self) -> Tallies:
        """Give the tallies."""
        return Tallies(
            {bucket: count for bucket, (count, _) in self._total.made.items()},
            {bucket: total for bucket, (_, total) in self._total.made.items()},
        )


class Moved:
    """The net of many moves."""

    def __init__(self) -> None:
        self.made: dict[tuple[str, str], tuple[int, int]] = {}

    def add(self, made: Moves) -> None:
        """Add moves to what was made so far."""
        for bucket, (count, total) in made.items():
            counts, totals = self.made.get(bucket, (0, 0))
            self.made[bucket] = counts + count, totals + total


def still_answered(
    before: Content, after: Content, stored: Mapping[str, Any]
) -> tuple[Answers, Answers]:
    """Give a stored response as it was, and as it stands once the content has changed."""
    was, stands = restored(before, stored), restored(after, stored)
    if isinstance(stands, Attempts):
        return was, stands
    return was, {question: answer for question, answer in stands.items() if answer != ()}
