"""An action in several conversations: the tables take that, no form offers it yet."""

from collections.abc import Sequence

from sqlalchemy import insert

from actions.action import Posting
from storage.schema import postings
from storage.store import SqlStore
from tests.storage.kept import Delivery
from tests.storage.memory import MemoryStore


async def also_posted(store: MemoryStore | SqlStore, more: Sequence[Posting]) -> None:
    """Post actions that were posted in other conversations, too; due at once."""
    if isinstance(store, MemoryStore):
        now = store.clock.now()
        store.deliveries |= {posting.id: Delivery(posting, due_at=now) for posting in more}
        return
    rows = [
        {
            "id": posting.id,
            "action_id": posting.action_id,
            "conversation_id": posting.conversation_id,
            "activity_id": posting.activity_id,
            "shown_revision": posting.shown_revision,
            "attempts": posting.attempts,
            "due_at": store._shared.clock.now(),
        }
        for posting in more
    ]
    async with store._database.writing() as connection:
        await connection.execute(insert(postings), rows)
