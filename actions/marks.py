"""What comes of marks: figures of everyone, hardest questions, the leaderboard, who is at it.

It comes from the tallies, and the leaderboard from an index, so it costs the same however many
took part.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from actions.attempts import Attempts
from actions.caller import Caller
from actions.choice import Choice
from actions.content import Content
from actions.errors import NotAllowed
from actions.fields import whole
from actions.keys import Key
from actions.marking import Placed
from actions.number import Number
from actions.policy import check_manages
from actions.ports import Ports
from actions.questions import Answer, Question
from actions.sitting import exam_of
from actions.tallied import Tallied
from actions.tallies import ASKED, PASSED, RIGHT, SCORES, UNDER_WAY, Tallies
from actions.viewing import (
    PEOPLE_PER_PAGE,
    People,
    Shown,
    View,
    last_reminded,
    view,
    view_of,
)

MOST_HARD: Final = 5
"""How many of the hardest questions are named."""

MOST_LEADERS: Final = 100
"""How many places a leaderboard has."""

LEADERS_PER_PAGE: Final = 10
"""How many of them one page has."""

BARS: Final = 10
"""How many parts the scores from 0 to 100 percent are shown in."""

WHOLE: Final = 10_000
"""All points, in hundredths of a percent."""

_WIDTH: Final = 100 // BARS


@dataclass(frozen=True, slots=True)
class Figures:
    """What all scores come to, each person's attempt that counts being one.

    `finished` people have such an attempt, `under_way` are those without who have begun, `waiting`
    those who have not, None where nobody knows who is expected. `average` is in percent, rounded
    as it is shown, None without scores; `passed` None without a pass mark. `spread` is how many
    scores, in whole percent rounded down, lie from one percentage to another.
    """

    finished: int
    under_way: int
    waiting: int | None
    scored: int
    average: Decimal | None
    passed: int | None
    spread: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Difficulty:
    """How often a question was asked and answered all right; `part` of its points got, 0 to 1."""

    asked: int
    right: int
    part: float

    @property
    def share(self) -> float:
        """The part of those asked who were right, 0 to 1."""
        return self.right / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class Overview:
    """All results in a few figures, and the hardest questions where those may be seen."""

    view: View
    figures: Figures
    hardest: tuple[tuple[Question, Difficulty], ...]


@dataclass(frozen=True, slots=True)
class Leaders:
    """A page of the leaderboard, from number `first` on, counted from 0, of `count` places.

    `own` is the viewer's place, wherever that is. `scored` are all who have one.
    """

    view: View
    rows: tuple[Placed, ...]
    own: Placed | None
    first: int
    count: int
    scored: int


async def overview(ports: Ports, caller: Caller, action_id: str) -> Overview:
    """Give the results as a whole. Raises NotFound; what may not be seen is not there."""
    seen = await view(ports, caller, action_id)
    exam_of(seen.action.content)
    if seen.sees_questions:
        tallies, now = await ports.store.tallies(action_id), ports.clock.now()
        took_part = seen.took_part
        seen = view_of(seen.action, tallies, now, seen.viewer, seen.answers, took_part=took_part)
    hard = hardest(seen.action.content, seen.tallies) if seen.sees_questions else ()
    return Overview(seen, figures(seen), hard)


def figures(seen: View) -> Figures:
    """Give what all scores come to; of those there are none where they may not be seen."""
    counts, exam = seen.tallies.counts, exam_of(seen.action.content)
    finished, under_way = seen.tallies.people, counts.get(UNDER_WAY, 0)
    expected = seen.expected
    waiting = None if expected is None else max(expected - finished - under_way, 0)
    scores = seen.tallies.of(SCORES) if seen.shown is Shown.YES else Tallied(0, {}, {})
    scored = sum(scores.counts.values())
    passed = None if exam.pass_mark is None or not scored else counts.get(PASSED, 0)
    average = _average(sum(scores.sums.values()), scored) if scored else None
    spread = tuple(_spread(scores)) if scored else ()
    return Figures(finished, under_way, waiting, scored, average, passed, spread)


def difficulty(tallies: Tallies, question_id: str) -> Difficulty:
    """Give how hard a question was."""
    asked, right = (tallies.count(question_id, bucket) for bucket in (ASKED, RIGHT))
    part = tallies.sums.get((question_id, ASKED), 0) / 1000
    return Difficulty(asked, right, part / asked if asked else 0.0)


def hardest(content: Content, tallies: Tallies) -> tuple[tuple[Question, Difficulty], ...]:
    """Give the questions that the fewest were right at, some of which were wrong."""
    judged = ((q, difficulty(tallies, q.id)) for q in content.questions if q.id in content.keys)
    missed = [(question, how) for question, how in judged if how.right < how.asked]
    return tuple(sorted(missed, key=lambda one: (one[1].share, one[1].part))[:MOST_HARD])


def commonest_wrong(question: Question, key: Key, tallied: Tallied) -> tuple[Answer, int] | None:
    """Give the wrong answer that was given most, and how often; None where the tallies tell none.

    Of numbers, only those count that are alone in their bucket (`actions.spread`).
    """
    counts: dict[Answer, int] = {}
    match question, key.right:
        case Choice(), tuple() as right:
            wrong = (option.id for option in question.options if option.id not in right)
            counts = {(name,): tallied.counts.get(name, 0) for name in wrong}
        case Number(), int() as right:
            exact = {int(b): n for b, n in tallied.counts.items() if not tallied.sums[b]}
            counts = {n: exact[n] for n in exact if abs(n - right) > key.tolerance}
    most = max(counts.items(), key=lambda one: one[1], default=None)
    return most if most is not None and most[1] else None


async def under_way(
    ports: Ports, caller: Caller, action_id: str, search: str, start: str
) -> People:
    """Give a page of those who have begun and finished nothing. Raises NotFound, NotAllowed."""
    seen = await _managed(ports, caller, action_id)
    page = await ports.store.under_way(action_id, search, start, PEOPLE_PER_PAGE)
    return People(seen, page, search, start, await last_reminded(ports, seen))


async def not_begun(
    ports: Ports, caller: Caller, action_id: str, search: str, start: str
) -> People:
    """Give a page of those who are expected and have not begun. Raises NotFound, NotAllowed."""
    seen = await _managed(ports, caller, action_id)
    page = await ports.store.not_begun(action_id, search, start, PEOPLE_PER_PAGE)
    return People(seen, page, search, start, await last_reminded(ports, seen))


async def leaders(ports: Ports, caller: Caller, action_id: str, first: int = 0) -> Leaders:
    """Give a page of the leaderboard. Raises NotFound, NotAllowed."""
    seen = await view(ports, caller, action_id)
    if not seen.sees_leaderboard:
        raise NotAllowed("results_hidden")
    scored = sum(seen.tallies.of(SCORES).counts.values())
    count = min(scored, MOST_LEADERS)
    first = min(max(first, 0), max(count - 1, 0)) // LEADERS_PER_PAGE * LEADERS_PER_PAGE
    rows = await ports.store.leaders(action_id, first, min(LEADERS_PER_PAGE, count - first))
    own = await ports.store.place_of(action_id, caller.person.key)
    return Leaders(seen, tuple(rows), own, first, count, scored)


def seconds(attempts: Attempts) -> int:
    """Give how long someone took for all of their attempts that can count."""
    return sum(one.seconds for one in attempts.attempts[attempts.lapsed :])


def _average(hundredths: int, scored: int) -> Decimal:
    """Round an average for being shown; it is 100 only if everyone reached that."""
    average = (Decimal(hundredths) / 100 / scored).quantize(Decimal("0.1"), ROUND_HALF_UP)
    is_whole = hundredths == WHOLE * scored
    return average if is_whole else min(average, Decimal("99.9"))


def _spread(scores: Tallied) -> Iterator[tuple[int, int, int]]:
    counts = [0] * BARS
    for bucket, count in scores.counts.items():
        counts[min((whole(bucket) or 0) // _WIDTH, BARS - 1)] += count
    for place, count in enumerate(counts):
        last = 100 if place == BARS - 1 else (place + 1) * _WIDTH - 1
        yield place * _WIDTH, last, count


async def _managed(ports: Ports, caller: Caller, action_id: str) -> View:
    seen = await view(ports, caller, action_id)
    exam_of(seen.action.content)
    check_manages(seen.action, seen.viewer)
    return seen
