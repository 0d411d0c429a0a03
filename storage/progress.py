"""Forms while they are filled in: every page is stored at once, sealed (`storage.secrecy`)."""

from collections.abc import Collection, Mapping
from typing import Any, TypeAlias

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.responses import Progress
from storage.among import Among
from storage.database import Database, padded
from storage.schema import progress
from storage.secrecy import Secrecy

Place: TypeAlias = tuple[str, str]
"""An action's id and a slot in it."""

_READ = select(progress.c.key, progress.c.sealed).where(
    Among(progress.c.action_id, "ids"),
    progress.c.key.in_(bindparam("keys", expanding=True)),
)
_END = delete(progress).where(
    progress.c.action_id == bindparam("of_action"), progress.c.key == bindparam("of_key")
)


class ProgressRows:
    """The table `progress`."""

    def __init__(self, database: Database, secrecy: Secrecy) -> None:
        self._secrecy = secrecy
        upsert = database.insert(progress)
        self._upsert = upsert.on_conflict_do_update(
            index_elements=[progress.c.action_id, progress.c.key],
            set_={"sealed": upsert.excluded["sealed"]},
        )

    async def read(
        self, connection: AsyncConnection, places: Collection[Place]
    ) -> dict[Place, Progress]:
        """Give what stands in some places."""
        if not places:
            return {}
        keys = {self._secrecy.progress_key(*place): place for place in places}
        asked = {"ids": sorted({action_id for action_id, _ in places}), "keys": padded([*keys])}
        rows = await connection.execute(_READ, asked)
        return {keys[row.key]: self._secrecy.unseal_progress(row.key, row.sealed) for row in rows}

    async def holds(self, connection: AsyncConnection, action_id: str) -> bool:
        """Give whether anybody is filling in anything of an action."""
        some = select(progress.c.key).where(progress.c.action_id == action_id).limit(1)
        return (await connection.execute(some)).first() is not None

    async def write(self, connection: AsyncConnection, kept: Mapping[Place, Progress]) -> None:
        """Store what stands from now on."""
        if kept:
            rows = [self._row(place, one) for place, one in kept.items()]
            await connection.execute(self._upsert, rows)

    async def end(self, connection: AsyncConnection, places: Collection[Place]) -> None:
        """Forget what was handed in."""
        if places:
            rows = [
                {"of_action": place[0], "of_key": self._secrecy.progress_key(*place)}
                for place in places
            ]
            await connection.execute(_END, rows)

    def _row(self, place: Place, kept: Progress) -> dict[str, Any]:
        key = self._secrecy.progress_key(*place)
        sealed = self._secrecy.seal_progress(key, kept)
        return {"action_id": place[0], "key": key, "sealed": sealed}
