"""People who leave, in plain Python."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from actions.action import Status
from actions.people import Person
from actions.places import thread_root
from actions.policy import is_open
from actions.telling import with_news
from tests.storage.kept import Memory


class MemoryLeaving(Memory):
    """Where people leave, and whom that leaves to respond."""

    __slots__ = ()

    async def team_channels(self, team_id: str) -> Sequence[str]:
        """List a team's channels."""
        known = (place for _, place in self.conversations.values())
        return sorted(place.id for place in known if place.team_id and place.team_id == team_id)

    async def open_only_in(self, conversation_ids: Collection[str]) -> Sequence[str]:
        """List what is open there and nowhere else."""
        return sorted(
            action_id
            for action_id, posted in self.posted.items()
            if posted.action.status is Status.ACTIVE
            and posted.action.audience is not None
            and self._roots(action_id) <= set(conversation_ids)
        )

    async def take_out(self, action_id: str, people: Sequence[Person]) -> int:
        """Shorten a roster snapshot."""
        posted = self.found(action_id)
        action, expected = posted.action, posted.audience
        if action.audience is None or not is_open(action, self.clock.now()):
            return 0
        keys, mris = {p.key for p in people}, {p.mri for p in people if p.mri}
        meant = [key for key, one in expected.items() if key in keys or one.mri in mris]
        missing = [key for key in meant if key not in posted.handed_in]
        if not missing:
            return 0
        for key in missing:
            del expected[key]
        fewer = replace(action, audience=len(expected), revision=action.revision + 1)
        posted.action = with_news(fewer, self.clock.now())
        self.make_due(action_id)
        return len(missing)

    def _roots(self, action_id: str) -> set[str]:
        own = self.deliveries_of(action_id)
        return {thread_root(delivery.posting.conversation_id) for delivery in own}
