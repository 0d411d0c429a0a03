"""Counts by question and bucket, moved by differences, equal at any time to a recount."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from actions.content import Content
from actions.questions import Answers

Bucket: TypeAlias = tuple[str, str]
"""A question's id and the name of a bucket in it."""

RESPONDED: Bucket = ("", "responded")
"""How many responses there are."""

LATE: Bucket = ("", "late")
"""How many of those are by people whom the roster snapshot does not hold."""


@dataclass(frozen=True, slots=True)
class Tallies:
    """How often each bucket was answered, and the sum of the amounts where there are any."""

    counts: Mapping[Bucket, int] = field(default_factory=dict)
    sums: Mapping[Bucket, int] = field(default_factory=dict)

    def count(self, question_id: str, bucket: str) -> int:
        """Give how many responses count in a bucket."""
        return self.counts.get((question_id, bucket), 0)

    @property
    def responded(self) -> int:
        """How many responses there are."""
        return self.counts.get(RESPONDED, 0)

    def moved(self, moves: "Moves") -> "Tallies":
        """Give these tallies with the moves made."""
        counts, sums = dict(self.counts), dict(self.sums)
        for bucket, (count, amount) in moves.items():
            counts[bucket] = counts.get(bucket, 0) + count
            sums[bucket] = sums.get(bucket, 0) + amount
        return Tallies(counts, sums)


Moves: TypeAlias = Mapping[Bucket, tuple[int, int]]
"""By bucket, by how much its count and its sum change."""


def moves(content: Content, old: Answers | None, new: Answers | None, *, late: bool) -> Moves:
    """Give what changes when a response goes from `old` to `new`, None being no response."""
    counts: Counter[Bucket] = Counter()
    sums: Counter[Bucket] = Counter()
    for answers, sign in ((old, -1), (new, 1)):
        for bucket, amount in _buckets(content, answers, late=late):
            counts[bucket] += sign
            sums[bucket] += sign * amount
    return {b: (counts[b], sums[b]) for b in counts if counts[b] or sums[b]}


def recount(content: Content, responses: Iterable[tuple[Answers, bool]]) -> Tallies:
    """Count all responses, each with whether it is a late one, from nothing."""
    tallies = Tallies()
    for answers, late in responses:
        tallies = tallies.moved(moves(content, None, answers, late=late))
    return tallies


def _buckets(
    content: Content, answers: Answers | None, *, late: bool
) -> Iterable[tuple[Bucket, int]]:
    if answers is None:
        return
    yield RESPONDED, 0
    if late:
        yield LATE, 0
    for question in content.questions:
        if question.id in answers:
            for bucket, amount in question.buckets(answers[question.id]):
                yield (question.id, bucket), amount
