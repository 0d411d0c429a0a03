"""The processes that run, and what waits for them, in plain Python."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from actions.timed_store import Heard, Queue
from tests.storage.kept import Memory


class MemoryProcesses(Memory):
    """The processes that run, and what waits for them."""

    __slots__ = ()

    async def heartbeat(
        self, process_id: str, now: datetime, claims: Mapping[str, Sequence[int]]
    ) -> Sequence[Heard]:
        """Note that a process runs, and list all."""
        self.heard[process_id] = Heard(process_id, now, has_ended=False, claims=dict(claims))
        for name, heard in list(self.heard.items()):
            if heard.seen_at < now - timedelta(hours=2):
                del self.heard[name]
        return sorted(self.heard.values(), key=lambda heard: heard.id)

    async def end_heartbeat(
        self, process_id: str, now: datetime, claims: Mapping[str, Sequence[int]]
    ) -> None:
        """Note that a process ends."""
        self.heard[process_id] = Heard(process_id, now, has_ended=True, claims=dict(claims))

    async def queue(self, now: datetime) -> Queue:
        """Count what waits."""
        postings, sending = self.deliveries.values(), self.sending.values()
        due = [p for p in postings if p.lease_until is None and p.is_claimable(now)]
        unsent = [s for s in sending if s.lease_until is None and s.due_at and s.due_at <= now]
        since = [time for p in due if (time := p.falls_due())] + [s.due_at for s in unsent]
        return Queue(
            postings=len(due),
            notices=len(unsent),
            under_way=sum(p.lease_until is not None for p in postings)
            + sum(s.lease_until is not None for s in sending),
            dead=sum(bool(p.dead_code) for p in postings),
            oldest=max(((now - time).total_seconds() for time in since if time), default=0.0),
        )
