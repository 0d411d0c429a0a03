"""Which postings are due: those that show less than the action's newest."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.among import Among
from storage.columns import Time
from storage.schema import postings

_now = bindparam("now", type_=Time)
_MAKE_DUE = (
    update(postings)
    .where(
        Among(postings.c.action_id, "ids"),
        postings.c.dead_code.is_(None),
    )
    .values(due_at=func.coalesce(postings.c.due_at, _now))
)


async def make_due(connection: AsyncConnection, action_ids: Sequence[str], now: datetime) -> None:
    """Make the postings of some actions due.

    Rows that are due already are written too: so this waits for a deliverer that is just taking
    one, and then makes it due again. Passing them over would lose the update.
    """
    await connection.execute(_MAKE_DUE, {"ids": list(action_ids), "now": now})


async def make_free_due(
    connection: AsyncConnection, action_ids: Sequence[str], now: datetime
) -> None:
    """Make those postings of some actions due that nobody is delivering.

    Who delivers one and changes the action for that shows the change itself; `delivered` makes the
    posting due again when it did not.
    """
    free = _MAKE_DUE.where(postings.c.lease_until.is_(None))
    await connection.execute(free, {"ids": list(action_ids), "now": now})
