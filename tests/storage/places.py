"""Places on the leaderboard by their definition, for the stores to be held against."""

from collections.abc import Iterable

from actions.marking import Placed, Score
from actions.people import Person


def standings(rows: Iterable[tuple[Person, Score | None]]) -> list[Placed]:
    """Give the place of everyone with a score, the best first; equals in the order of the rows."""
    scored = [(who, score.millionths) for who, score in rows if score is not None]
    best_first = sorted(scored, key=lambda row: row[1], reverse=True)
    return [
        Placed(1 + sum(other > own for _, other in scored), who, own) for who, own in best_first
    ]
