"""What never changes of an action, remembered so that a vote does not ask for it again."""

from collections import OrderedDict
from collections.abc import Sequence

from sqlalchemy import select

from actions.action import Action
from actions.places import thread_root
from storage.schema import actions, postings
from storage.shared import Part, Shared

_MOST_KNOWN = 10_000


class KnownPart(Part):
    """Actions as this process last saw them, and where they were posted."""

    def __init__(self, shared: Shared) -> None:
        """Start with nothing known."""
        super().__init__(shared)
        self._actions: OrderedDict[str, Action] = OrderedDict()
        self._places: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def known(self, action_id: str) -> Action:
        """Give an action for its kind, tenant and creator. Raises NotFound."""
        action = self._actions.get(action_id)
        if action is None:
            async with self._database.reading() as connection:
                action = await self._shared.loader.one(connection, action_id)
            self._actions[action_id] = action
            if len(self._actions) > _MOST_KNOWN:
                self._actions.popitem(last=False)
        return action

    async def is_posted_in(self, action_id: str, conversation_id: str) -> bool:
        """Give whether an action was posted in a conversation or a thread of it.

        Only a yes is remembered: an action may yet be posted there.
        """
        place = (action_id, conversation_id)
        if place in self._places:
            return True
        of_action = select(postings.c.conversation_id).where(postings.c.action_id == action_id)
        async with self._database.reading() as connection:
            found = (await connection.execute(of_action)).scalars().all()
        if conversation_id not in {thread_root(where) for where in found}:
            return False
        self._places[place] = None
        if len(self._places) > _MOST_KNOWN:
            self._places.popitem(last=False)
        return True

    async def action_ids(self) -> Sequence[str]:
        """Give the ids of all actions, for a recount."""
        async with self._database.reading() as connection:
            return (await connection.execute(select(actions.c.id))).scalars().all()
