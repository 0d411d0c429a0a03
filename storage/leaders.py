"""The leaderboard: the best in the order of an index, and places from how many are better."""

from collections.abc import Sequence

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.marking import PERCENT, Placed
from actions.people import Person
from actions.tallies import SCORES
from storage.schema import responses
from storage.shared import Part

_OF = responses.c.action_id == bindparam("of_action")
_SCORED = select(responses.c.person, responses.c.name, responses.c.mri, responses.c.percent).where(
    _OF, responses.c.percent.is_not(None)
)
_BEST_FIRST = _SCORED.order_by(
    responses.c.percent.desc(), responses.c.submitted_at, responses.c.slot
)
_BETTER = select(func.count()).where(
    _OF,
    responses.c.percent > bindparam("percent"),
    responses.c.percent < bindparam("limit"),
)


class LeadersPart(Part):
    """Places by the column `percent`, read as they are at one moment."""

    async def leaders(self, action_id: str, first: int, limit: int) -> Sequence[Placed]:
        """Give the leaderboard from a number on, counted from 0."""
        page = _BEST_FIRST.offset(first).limit(limit)
        placed: list[Placed] = []
        async with self._database.snapshot() as connection:
            for row in (await connection.execute(page, {"of_action": action_id})).all():
                if not placed:
                    place = await self._place(connection, action_id, row.percent)
                elif row.percent != placed[-1].millionths:
                    place = first + len(placed) + 1
                placed.append(_placed(place, row))
        return placed

    async def place_of(self, action_id: str, person_key: str) -> Placed | None:
        """Give someone's place, None for who has no score."""
        own = _SCORED.where(responses.c.slot == person_key)
        async with self._database.snapshot() as connection:
            row = (await connection.execute(own, {"of_action": action_id})).one_or_none()
            if row is None:
                return None
            return _placed(await self._place(connection, action_id, row.percent), row)

    async def _place(self, connection: AsyncConnection, action_id: str, percent: int) -> int:
        """Give the place of a score, one more than how many are better.

        The tallies know how many reached the next whole percent, so only those between are
        counted one by one.
        """
        whole = percent // PERCENT
        tallies = await self._shared.tallies.read(connection, [action_id], [SCORES])
        counts = tallies[action_id].of(SCORES).counts
        asked = {"of_action": action_id, "percent": percent, "limit": (whole + 1) * PERCENT}
        near: int = (await connection.execute(_BETTER, asked)).scalar_one()
        return 1 + near + sum(count for bucket, count in counts.items() if int(bucket) > whole)


def _placed(place: int, row: Row[str, str, str, int]) -> Placed:
    return Placed(place, Person(row.person, row.name, row.mri), row.percent)
