"""Responses without names, as they are kept: who took part, and what was answered, apart."""

import secrets
from collections import Counter
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action
from actions.content import Content
from actions.questions import Answers, restore_answers
from actions.tallies import LATE, REPEATED, Bucket, Tallies, tags_of
from storage.among import Among
from storage.audience import late_among
from storage.counting import Count, still_answered
from storage.database import Database, padded
from storage.pages import in_chunks
from storage.records import Found, Kept
from storage.schema import ballots, participations, tallies
from storage.secrecy import Participation, Secrecy


def _this(table: Table) -> Any:
    return (table.c.action_id == bindparam("of_action"), table.c.key == bindparam("of_key"))


_BALLOTS = select(ballots.c.key, ballots.c.answers).where(
    ballots.c.action_id == bindparam("action_id"),
    ballots.c.key.in_(bindparam("keys", expanding=True)),
)
_TOOK_PART = select(participations.c.key).where(
    Among(participations.c.action_id, "ids"),
    participations.c.key.in_(bindparam("keys", expanding=True)),
)
_REWRITE = update(ballots).where(*_this(ballots)).values(answers=bindparam("new_answers"))

_TAGGED = select(tallies.c.bucket, tallies.c["count"]).where(
    tallies.c.action_id == bindparam("action_id"),
    tallies.c.question == "",
    tallies.c.bucket.in_([bucket for _, bucket in (LATE, REPEATED)]),
)

_SHUFFLE_POSTGRESQL = text(
    "WITH gone AS (DELETE FROM ballots WHERE action_id = :action_id RETURNING answers),"
    " fresh AS (SELECT uuid_send(gen_random_uuid()) AS key, answers FROM gone)"
    " INSERT INTO ballots (action_id, key, answers)"
    " SELECT :action_id, key, answers FROM fresh ORDER BY key"
)
# Nothing but the order of the keys: a row written later than the others would be told from them.
_WRITE_ANEW = text(
    "WITH gone AS (DELETE FROM ballots WHERE action_id = :action_id RETURNING key, answers)"
    " INSERT INTO ballots (action_id, key, answers)"
    " SELECT :action_id, key, answers FROM gone ORDER BY key"
)
_MOVE = update(ballots).where(*_this(ballots)).values(key=bindparam("new_key"))
_SHUFFLE_SQLITE = text("UPDATE ballots SET key = randomblob(16) WHERE action_id = :action_id")


class AnonymousRecords:
    """The tables `participations` and `ballots`; see `storage.secrecy`."""

    def __init__(self, database: Database, secrecy: Secrecy) -> None:
        self._secrecy = secrecy
        self._is_postgresql = database.is_postgresql
        self._shuffle = _SHUFFLE_POSTGRESQL if database.is_postgresql else _SHUFFLE_SQLITE
        upsert = database.insert(ballots)
        self._cast = upsert.on_conflict_do_update(
            index_elements=[ballots.c.action_id, ballots.c.key],
            set_={"answers": upsert.excluded["answers"]},
        )
        self._take_part = database.insert(participations).on_conflict_do_nothing()

    async def found(
        self, connection: AsyncConnection, action: Action, slots: Sequence[str]
    ) -> Found:
        """Give the answers of some slots, as far as they can still be told."""
        cast = {self._secrecy.ballot_key(action.id, slot): slot for slot in slots}
        asked = {"action_id": action.id, "keys": padded([*cast])}
        rows = await connection.execute(_BALLOTS, asked)
        questions = action.content.questions
        answers = {cast[row.key]: restore_answers(questions, row.answers) for row in rows}
        took_part = await self.present(connection, [(action.id, slot) for slot in slots])
        return Found(answers, {slot for _, slot in took_part})

    async def present(
        self, connection: AsyncConnection, places: Collection[tuple[str, str]]
    ) -> set[tuple[str, str]]:
        """Give those of some pairs of action and slot that took part."""
        if not places:
            return set()
        keys = {self._secrecy.participation_key(*place): place for place in places}
        asked = {"ids": sorted({action_id for action_id, _ in places}), "keys": padded([*keys])}
        return {keys[key] for key in (await connection.execute(_TOOK_PART, asked)).scalars()}

    async def write(
        self,
        connection: AsyncConnection,
        action: Action,
        kept: Sequence[Kept],
        withdrawn: Sequence[str],
    ) -> None:
        """Store ballots, and who took part, each in the order of its keys."""
        if kept:
            cast = [self._ballot(action.id, one.slot, one.answers) for one in kept]
            part = [self._participation(action.id, one) for one in kept]
            await connection.execute(self._cast, sorted(cast, key=_key))
            await connection.execute(self._take_part, sorted(part, key=_key))
        if withdrawn:
            await self._remove(connection, action.id, withdrawn)

    async def rewrite(self, connection: AsyncConnection, before: Action, after: Content) -> None:
        """Take out what answers nothing any more, and responses that are left empty."""
        gone: set[bytes] = set()
        async for rows in in_chunks(connection, ballots, "key", before.id, b""):
            changed = []
            for row in rows:
                was, stands = still_answered(before.content, after, row.answers)
                if was and not stands:
                    gone.add(row.key)
                elif was != stands:
                    key = {"of_action": before.id, "of_key": row.key}
                    changed.append({**key, "new_answers": stands})
            if changed:
                await connection.execute(_REWRITE, changed)
        if gone:
            await _delete(connection, ballots, before.id, gone)
            await self._forget(connection, before.id, gone)

    async def counted(self, connection: AsyncConnection, action: Action) -> Tallies:
        """Count all ballots, and who of those who took part came late or came again."""
        count, cast, told = Count(action.content), 0, 0
        async for rows in in_chunks(connection, ballots, "key", action.id, b""):
            cast += len(rows)
            for row in rows:
                answers = restore_answers(action.content.questions, row.answers)
                count.add(answers, ())
        tagged: Counter[Bucket] = Counter()
        async for people in self.took_part(connection, action.id):
            told += len(people)
            late = await late_among(connection, action, {p.person.key for _, p in people})
            for _, one in people:
                tagged.update(tags_of(one.slot, one.person.key, late=one.person.key in late))
        if told < cast:
            # The secret was lost, and who took part with it (`storage.keyring`): what was counted
            # while it was known is all there is, and keeps few people from being taken for many.
            tagged = await self._kept_tags(connection, action.id)
        count.add_moves({bucket: (number, 0) for bucket, number in tagged.items()})
        return count.tallies()

    async def shuffle(self, connection: AsyncConnection, action_id: str) -> None:
        """Give the ballots random keys and a random order: nobody can tell them any more."""
        await connection.execute(self._shuffle, {"action_id": action_id})

    async def disown(
        self, connection: AsyncConnection, action_id: str, moved: Mapping[str, Kept]
    ) -> int:
        """Put others in the place of those who took part in some slots; gives of how many.

        Their ballots get keys that nobody can make again, and that look like any other.
        """
        present = await self.present(connection, [(action_id, slot) for slot in moved])
        slots = sorted(slot for _, slot in present)
        if not slots:
            return 0
        parts = [self._participation(action_id, moved[slot]) for slot in slots]
        old = {self._secrecy.participation_key(action_id, slot) for slot in slots}
        await _delete(connection, participations, action_id, old)
        await connection.execute(self._take_part, sorted(parts, key=_key))
        cast = {self._secrecy.ballot_key(action_id, slot) for slot in slots}
        told = [
            {"of_action": action_id, "of_key": key, "new_key": secrets.token_bytes(len(key))}
            for key in sorted(cast)
        ]
        found = select(ballots.c.key).where(
            ballots.c.action_id == action_id, ballots.c.key.in_(cast)
        )
        if (await connection.execute(found)).first() is not None:
            await connection.execute(_MOVE, told)
            if self._is_postgresql:
                await connection.execute(_WRITE_ANEW, {"action_id": action_id})
        return len(slots)

    async def took_part(
        self, connection: AsyncConnection, action_id: str, start: bytes = b""
    ) -> AsyncIterator[list[tuple[bytes, Participation]]]:
        """Give all participations, some at a time, by their keys."""
        async for rows in in_chunks(connection, participations, "key", action_id, start):
            yield [(row.key, self._secrecy.unseal(action_id, row.sealed)) for row in rows]

    async def _kept_tags(self, connection: AsyncConnection, action_id: str) -> Counter[Bucket]:
        rows = await connection.execute(_TAGGED, {"action_id": action_id})
        return Counter({("", row.bucket): row.count for row in rows})

    async def _remove(
        self, connection: AsyncConnection, action_id: str, slots: Sequence[str]
    ) -> None:
        cast = {self._secrecy.ballot_key(action_id, slot) for slot in slots}
        part = {self._secrecy.participation_key(action_id, slot) for slot in slots}
        await _delete(connection, ballots, action_id, cast)
        await _delete(connection, participations, action_id, part)

    async def _forget(self, connection: AsyncConnection, action_id: str, gone: set[bytes]) -> None:
        """Forget who cast the ballots that are gone, as far as that can still be told."""
        async for people in self.took_part(connection, action_id):
            keys = {
                key for key, one in people if self._secrecy.ballot_key(action_id, one.slot) in gone
            }
            await _delete(connection, participations, action_id, keys)

    def _ballot(self, action_id: str, slot: str, answers: Answers) -> dict[str, Any]:
        key = self._secrecy.ballot_key(action_id, slot)
        return {"action_id": action_id, "key": key, "answers": dict(answers)}

    def _participation(self, action_id: str, kept: Kept) -> dict[str, Any]:
        key = self._secrecy.participation_key(action_id, kept.slot)
        sealed = self._secrecy.seal(action_id, Participation(kept.slot, kept.person))
        return {"action_id": action_id, "key": key, "sealed": sealed}


async def _delete(
    connection: AsyncConnection, table: Table, action_id: str, keys: set[bytes]
) -> None:
    if keys:
        rows = [{"of_action": action_id, "of_key": key} for key in sorted(keys)]
        await connection.execute(delete(table).where(*_this(table)), rows)


def _key(row: dict[str, Any]) -> bytes:
    key: bytes = row["key"]
    return key
