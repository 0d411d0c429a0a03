"""What is due, in plain Python."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from actions.action import Posting, Status
from actions.places import thread_root
from tests.storage.kept import Delivery, Memory


class MemoryDeliveries(Memory):
    """Postings on their way, and actions that close by themselves."""

    __slots__ = ()

    async def claim(
        self, now: datetime, lease_until: datetime, limit: int, busy: Collection[str] = ()
    ) -> Sequence[Posting]:
        """Take postings, one of each conversation."""
        due = [delivery for delivery in self.deliveries.values() if delivery.is_claimable(now)]
        due.sort(key=lambda delivery: delivery.due_at or now)
        places, taken = set(busy), list[Posting]()
        for delivery in due:
            place = thread_root(delivery.posting.conversation_id)
            if place not in places and len(taken) < limit:
                places.add(place)
                mine = replace(delivery.posting, due_at=delivery.due_at, lease_until=lease_until)
                taken.append(mine)
                delivery.due_at, delivery.lease_until = None, lease_until
        return taken

    async def delivered(
        self, posting: Posting, activity_id: str, revision: int, not_before: datetime
    ) -> None:
        """Give a posting back that was shown."""
        for delivery in self._given_back(posting):
            delivery.posting = replace(
                posting,
                activity_id=activity_id,
                shown_revision=revision,
                attempts=0,
                due_at=None,
                lease_until=None,
            )
            delivery.not_before = not_before
            if self.posted[posting.action_id].action.revision > revision:
                delivery.due_at = delivery.due_at or not_before

    async def postpone(self, posting: Posting, until: datetime) -> None:
        """Give a posting back for later."""
        if posting.id not in self.deliveries or posting.lease_until != (
            self.deliveries[posting.id].lease_until
        ):
            return
        for delivery in self._given_back(posting):
            delivery.posting = replace(delivery.posting, attempts=posting.attempts + 1)
            delivery.due_at = until

    async def bury(self, posting: Posting, code: str) -> None:
        """Give a posting up."""
        for delivery in self._given_back(posting):
            delivery.due_at, delivery.dead_code = None, code

    async def next_due(self) -> datetime | None:
        """Give the earliest time at which `claim` would find something."""
        times = [delivery.falls_due() for delivery in self.deliveries.values()]
        return min((time for time in times if time is not None), default=None)

    async def due_to_close(self, now: datetime, limit: int) -> Sequence[str]:
        """List what to close."""
        due = [
            (p.action.closes_at, p.action.id)
            for p in self.posted.values()
            if p.action.status is Status.ACTIVE
            and p.action.closes_at is not None
            and p.action.closes_at <= now
        ]
        return [action_id for _, action_id in sorted(due)[:limit]]

    def _given_back(self, posting: Posting) -> Iterator[Delivery]:
        """The posting may be gone."""
        if delivery := self.deliveries.get(posting.id):
            delivery.lease_until = None
            yield delivery
