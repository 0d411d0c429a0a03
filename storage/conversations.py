"""Where the bot is."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, or_, select, update

from actions.places import GONE, Conversation, Scope
from storage.columns import Time, Words
from storage.schema import actions, conversations, postings
from storage.shared import Part

HEARD_AGAIN = timedelta(hours=1)
"""How old the time a chat was last heard from may get before it is written again."""

_REVIVE = (
    update(postings)
    .where(
        or_(
            postings.c.conversation_id == bindparam("place", type_=Words),
            # A channel's threads: from ";messageid=" to before ";messageid>".
            and_(
                postings.c.conversation_id >= bindparam("first_thread", type_=Words),
                postings.c.conversation_id < bindparam("after_threads", type_=Words),
            ),
        ),
        postings.c.dead_code.in_(sorted(GONE)),
        postings.c.shown_revision
        < select(actions.c.revision).where(actions.c.id == postings.c.action_id).scalar_subquery(),
    )
    .values(dead_code=None, attempts=0, due_at=bindparam("now", type_=Time))
)


class ConversationPart(Part):
    """Conversations."""

    async def remember_conversation(self, conversation: Conversation) -> None:
        """Keep where the bot was heard from.

        Mostly that is known, and nothing is written: not only to spare the write. A personal
        chat's row written with every press would say, by its `xmin` on PostgreSQL, whose the
        anonymous ballot is that was written just after it. Those are written only when they
        change.

        Where the bot was dead or unknown, what was given up meanwhile and is behind becomes due.
        """
        async with self._database.reading() as connection:
            row = (await connection.execute(_by_id(conversation.id))).one_or_none()
        now = self._shared.clock.now()
        if row is not None and _conversation(row) == conversation:
            is_personal = conversation.scope is Scope.PERSONAL
            if is_personal or now - row.heard_at < HEARD_AGAIN:
                return
        values = {
            **asdict(conversation),
            "scope": conversation.scope.value,
            "dead_code": conversation.dead_code or None,
            "heard_at": now,
        }
        upsert = self._database.insert(conversations).values(values)
        revived = 0
        async with self._database.writing() as connection:
            await connection.execute(
                upsert.on_conflict_do_update(index_elements=[conversations.c.id], set_=values)
            )
            if row is None or row.dead_code:
                asked = {**_there(conversation.id), "now": now}
                revived = (await connection.execute(_REVIVE, asked)).rowcount
        if revived:
            self._shared.on_change()

    async def forget_conversation(self, conversation_id: str) -> None:
        """Remove one conversation."""
        async with self._database.writing() as connection:
            await connection.execute(
                delete(conversations).where(conversations.c.id == conversation_id)
            )

    async def conversation_died(self, conversation_id: str, code: str) -> None:
        """Teams takes nothing there any more."""
        statement = (
            update(conversations)
            .where(conversations.c.id == conversation_id)
            .values(dead_code=code)
        )
        async with self._database.writing() as connection:
            await connection.execute(statement)

    async def conversation(self, conversation_id: str) -> Conversation | None:
        """Give one conversation."""
        async with self._database.reading() as connection:
            row = (await connection.execute(_by_id(conversation_id))).one_or_none()
        return None if row is None else _conversation(row)

    async def personal_conversation(self, person_key: str) -> Conversation | None:
        """Give the personal chat of someone: one that is not dead, heard of last."""
        statement = (
            select(conversations)
            .where(conversations.c.person == person_key)
            .where(conversations.c.scope == Scope.PERSONAL.value)
            .order_by(
                conversations.c.dead_code.is_not(None),
                conversations.c.heard_at.desc(),
                conversations.c.id,
            )
            .limit(1)
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else _conversation(row)

    async def shared_conversations(self, tenant_id: str, limit: int) -> Sequence[Conversation]:
        """Give chats and channels, the latest heard from first."""
        statement = (
            select(conversations)
            .where(conversations.c.tenant_id == tenant_id)
            .where(conversations.c.scope != Scope.PERSONAL.value)
            .where(conversations.c.dead_code.is_(None))
            .order_by(conversations.c.heard_at.desc(), conversations.c.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(statement)).all()
        return [_conversation(row) for row in rows]


def _by_id(conversation_id: str) -> Any:
    return select(conversations).where(conversations.c.id == conversation_id)


def _there(conversation_id: str) -> dict[str, str]:
    threads = f"{conversation_id};messageid"
    return {
        "place": conversation_id,
        "first_thread": f"{threads}=",
        "after_threads": f"{threads}>",
    }


def _conversation(row: Row[Any]) -> Conversation:
    return Conversation(
        id=row.id,
        tenant_id=row.tenant_id,
        scope=Scope(row.scope),
        service_url=row.service_url,
        name=row.name,
        team_id=row.team_id,
        person=row.person,
        dead_code=row.dead_code or "",
    )
