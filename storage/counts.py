"""The stored tallies."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.tallies import Bucket, Moves, Tallies
from storage.among import Among
from storage.database import Database
from storage.schema import tallies

_READ = select(tallies).where(Among(tallies.c.action_id, "ids"))
_READ_SOME = _READ.where(Among(tallies.c.question, "questions"))


class TallyRows:
    """The table `tallies`."""

    def __init__(self, database: Database) -> None:
        upsert = database.insert(tallies)
        self._move = upsert.on_conflict_do_update(
            index_elements=[tallies.c.action_id, tallies.c.question, tallies.c.bucket],
            set_={
                "count": tallies.c.count + upsert.excluded["count"],
                "total": tallies.c.total + upsert.excluded["total"],
            },
        )

    async def read(
        self,
        connection: AsyncConnection,
        action_ids: Iterable[str],
        questions: Collection[str] | None = None,
    ) -> dict[str, Tallies]:
        """Give the tallies of some actions, one or more; buckets that hold nothing are absent.

        Of `questions` only, and of the responses as such, where they are given.
        """
        ids = sorted(set(action_ids))
        asked = {"ids": ids}
        if questions is not None:
            asked["questions"] = ["", *sorted(questions)]
        counts: dict[str, dict[Bucket, int]] = {action_id: {} for action_id in ids}
        sums: dict[str, dict[Bucket, int]] = {action_id: {} for action_id in ids}
        read = _READ if questions is None else _READ_SOME
        for row in await connection.execute(read, asked):
            action_id, question, bucket, count, total = row
            if count or total:
                counts[action_id][question, bucket] = count
                sums[action_id][question, bucket] = total
        return {action_id: Tallies(counts[action_id], sums[action_id]) for action_id in ids}

    async def move(self, connection: AsyncConnection, made: Mapping[str, Moves]) -> None:
        """Move tallies, by action, in the order of their keys."""
        rows = [
            {
                "action_id": action_id,
                "question": question,
                "bucket": bucket,
                "count": count,
                "total": total,
            }
            for action_id, moves in sorted(made.items())
            for (question, bucket), (count, total) in sorted(moves.items())
            if count or total
        ]
        if rows:
            await connection.execute(self._move, rows)

    async def replace(self, connection: AsyncConnection, action_id: str, counted: Tallies) -> None:
        """Store what was counted anew."""
        await connection.execute(delete(tallies).where(tallies.c.action_id == action_id))
        rows = [
            {
                "action_id": action_id,
                "question": question,
                "bucket": bucket,
                "count": count,
                "total": counted.sums[question, bucket],
            }
            for (question, bucket), count in counted.counts.items()
        ]
        if rows:
            await connection.execute(insert(tallies), rows)
