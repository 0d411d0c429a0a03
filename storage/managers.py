"""Who manages an action."""

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action
from storage.schema import managers


async def write_managers(connection: AsyncConnection, action: Action) -> None:
    """Keep who manages an action, in place of who did."""
    people = sorted({person.key for person in (action.creator, *action.co_creators)})
    await connection.execute(delete(managers).where(managers.c.action_id == action.id))
    await connection.execute(
        insert(managers), [{"action_id": action.id, "person": person} for person in people]
    )
