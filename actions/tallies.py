"""Counts by question and bucket, moved by differences, equal at any time to a recount."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from actions.attempts import Attempt, Attempts
from actions.content import Content
from actions.marking import Score, mark
from actions.questions import Answers
from actions.tallied import Tallied
from actions.ticks import Tick

Bucket: TypeAlias = tuple[str, str]
"""A question's id and the name of a bucket in it."""

RESPONDED: Bucket = ("", "responded")
"""How many responses there are."""

LATE: Bucket = ("", "late")
"""How many people responded whom the roster snapshot does not hold."""

REPEATED: Bucket = ("", "repeated")
"""How many responses are by people who had responded before."""

UNDER_WAY: Bucket = ("", "under_way")
"""How many people have begun and not ended any attempt."""

PASSED: Bucket = ("", "passed")
"""How many people's attempt that counts reached the pass mark."""

SCORES = "*score"
"""The question id under which scores are counted, by whole percent, rounded down.

The amount is the score in hundredths of a percent, so that their sum gives the average.
"""

FINISHED: Bucket = ("", "finished")
"""How many people's own checklists have no item left open."""

ANSWERED = "*"
"""The bucket of a question that counts every answer to it."""

ASKED, RIGHT = "*asked", "*right"
"""The buckets of a question that count how often it was marked, and got all of its points.

The amount of `ASKED` is the part of the points that was got, in thousandths.
"""


@dataclass(frozen=True, slots=True)
class Tallies:
    """How often each bucket was answered, and the sum of the amounts where there are any."""

    counts: Mapping[Bucket, int] = field(default_factory=dict)
    sums: Mapping[Bucket, int] = field(default_factory=dict)

    def count(self, question_id: str, bucket: str) -> int:
        """Give how many responses count in a bucket."""
        return self.counts.get((question_id, bucket), 0)

    def of(self, question_id: str) -> Tallied:
        """Give one question's tallies."""
        counts = {b: n for (q, b), n in self.counts.items() if q == question_id and n}
        answered = counts.pop(ANSWERED, 0)
        for name in (ASKED, RIGHT):
            counts.pop(name, None)
        return Tallied(answered, counts, {b: self.sums.get((question_id, b), 0) for b in counts})

    @property
    def responded(self) -> int:
        """How many responses there are."""
        return self.counts.get(RESPONDED, 0)

    @property
    def people(self) -> int:
        """How many people responded."""
        return self.responded - self.counts.get(REPEATED, 0)

    def moved(self, moves: "Moves") -> "Tallies":
        """Give these tallies with the moves made."""
        counts, sums = dict(self.counts), dict(self.sums)
        for bucket, (count, amount) in moves.items():
            counts[bucket] = counts.get(bucket, 0) + count
            sums[bucket] = sums.get(bucket, 0) + amount
        return Tallies(counts, sums)


Tags: TypeAlias = tuple[Bucket, ...]
"""Buckets that a response counts in for whose it is."""

Moves: TypeAlias = Mapping[Bucket, tuple[int, int]]
"""By bucket, by how much its count and its sum change."""


def moves(content: Content, old: Answers | None, new: Answers | None, tags: Tags = ()) -> Moves:
    """Give what changes when a response goes from `old` to `new`, None being no response.

    `tags` are the further buckets that the response counts in, whatever its answers.
    """
    counts: Counter[Bucket] = Counter()
    sums: Counter[Bucket] = Counter()
    for answers, sign in ((old, -1), (new, 1)):
        for bucket, amount in _buckets(content, answers, tags):
            counts[bucket] += sign
            sums[bucket] += sign * amount
    return {b: (counts[b], sums[b]) for b in counts if counts[b] or sums[b]}


def recount(content: Content, responses: Iterable[tuple[Answers, Tags]]) -> Tallies:
    """Count all responses, each with its tags, from nothing."""
    tallies = Tallies()
    for answers, tags in responses:
        tallies = tallies.moved(moves(content, None, answers, tags))
    return tallies


def tags_of(slot: str, person_key: str, *, late: bool) -> Tags:
    """Give the tags of the response in a slot: people count once, with their first response."""
    if slot != person_key:
        return (REPEATED,)
    return (LATE,) if late else ()


def is_finished(content: Content, answers: Answers) -> bool:
    """Give whether on someone's own checklist every item is settled."""
    kept = content.checklist
    if kept is None or kept.checker is None:
        return all(question.id in answers for question in content.questions)
    return all(kept.counts(Tick.decode(answers.get(q.id))) for q in content.questions)


def _buckets(
    content: Content, answers: Answers | None, tags: Tags
) -> Iterable[tuple[Bucket, int]]:
    if answers is None:
        return
    if isinstance(answers, Attempts):
        if answers.best is None:
            yield UNDER_WAY, 0
            return
        yield from _marks(content, answers.best)
    yield RESPONDED, 0
    for tag in tags:
        yield tag, 0
    if content.checklist is not None and is_finished(content, answers):
        yield FINISHED, 0
    for question in content.questions:
        if question.id in answers:
            answer = answers[question.id]
            if answer != ():
                yield (question.id, ANSWERED), 0
            for bucket, amount in question.buckets(answer):
                yield (question.id, bucket), amount


def _marks(content: Content, attempt: Attempt) -> Iterable[tuple[Bucket, int]]:
    """Give the buckets that a marked attempt counts in for what it was worth."""
    answers, reached, of = attempt.answers, Fraction(0), 0
    for question in attempt.pages(content):
        key = content.keys.get(question.id)
        if key is not None:
            points = mark(question, key, answers.get(question.id))
            reached, of = reached + points, of + key.points
            yield (question.id, ASKED), int(1000 * points / key.points)
            if points == key.points:
                yield (question.id, RIGHT), 0
    score = Score(reached, of)
    if score.of:
        yield (SCORES, str(int(score.percent))), int(100 * score.percent)
    if content.exam is not None and score.passed(content.exam.pass_mark):
        yield PASSED, 0
