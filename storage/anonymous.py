"""Responses without names: who took part, and what was answered, apart."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action
from actions.content import Content
from actions.people import Person
from actions.questions import Answers, restore_answers
from actions.responses import Page, Response
from actions.tallies import LATE, Tallies
from storage.audience import audience_after, late_among
from storage.counting import Count, still_answered
from storage.database import Database, padded
from storage.pages import CHUNK, in_chunks, mark, page_of, place
from storage.records import Found, Kept
from storage.schema import ballots, participations
from storage.secrecy import Participation, Secrecy
from storage.text import folded


def _keyed(table: Table) -> Any:
    """Give the condition that a row has one of some keys."""
    return (
        table.c.action_id == bindparam("action_id"),
        table.c.key.in_(bindparam("keys", expanding=True)),
    )


def _this(table: Table) -> Any:
    return (table.c.action_id == bindparam("of_action"), table.c.key == bindparam("of_key"))


_BALLOTS = select(ballots.c.key, ballots.c.answers).where(*_keyed(ballots))
_TOOK_PART = select(participations.c.key).where(*_keyed(participations))
_REWRITE = update(ballots).where(*_this(ballots)).values(answers=bindparam("new_answers"))

_SHUFFLE_POSTGRESQL = text(
    "WITH gone AS (DELETE FROM ballots WHERE action_id = :action_id RETURNING answers),"
    " fresh AS (SELECT uuid_send(gen_random_uuid()) AS key, answers FROM gone)"
    " INSERT INTO ballots (action_id, key, answers)"
    " SELECT :action_id, key, answers FROM fresh ORDER BY key"
)
_SHUFFLE_SQLITE = text("UPDATE ballots SET key = randomblob(16) WHERE action_id = :action_id")


class AnonymousRecords:
    """The tables `participations` and `ballots`; see `storage.secrecy`."""

    def __init__(self, database: Database, secrecy: Secrecy) -> None:
        self._secrecy = secrecy
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
        part = {self._secrecy.participation_key(action.id, slot): slot for slot in slots}
        asked = {"action_id": action.id, "keys": padded(list(cast))}
        rows = await connection.execute(_BALLOTS, asked)
        questions = action.content.questions
        answers = {cast[row.key]: restore_answers(questions, row.answers) for row in rows}
        return Found(answers, {part[key] for key in await _present(connection, action.id, part)})

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
        """Count all ballots, and who of those who took part came late."""
        count = Count(action.content)
        async for rows in in_chunks(connection, ballots, "key", action.id, b""):
            for row in rows:
                answers = restore_answers(action.content.questions, row.answers)
                count.add(answers, late=False)
        if action.audience is not None:
            async for people in self._took_part(connection, action.id):
                late = await late_among(connection, action, {p.person.key for _, p in people})
                count.add_moves({LATE: (len(late), 0)} if late else {})
        return count.tallies()

    async def responded(
        self, connection: AsyncConnection, action: Action, search: str, after: str, limit: int
    ) -> Page:
        """Give who took part, in the order of their keys, which tells nothing."""
        start, wanted = _start(after), folded(search.strip())
        people: list[Response] = []
        marks: list[str] = []
        async for chunk in self._took_part(connection, action.id, start):
            for key, one in chunk:
                if wanted in folded(one.person.name):
                    people.append(Response(one.person, None, None))
                    marks.append(mark(key.hex()))
            if len(people) > limit:
                break
        return page_of(people, marks, limit)

    async def not_responded(
        self, connection: AsyncConnection, action: Action, search: str, after: str, limit: int
    ) -> Page:
        """Give who did not take part, by name."""
        people: list[Response] = []
        marks: list[str] = []
        while len(people) <= limit:
            rows = await audience_after(connection, action.id, search, after, CHUNK)
            keys = {self._secrecy.participation_key(action.id, row.person): row for row in rows}
            present = await _present(connection, action.id, keys)
            for key, row in keys.items():
                after = mark(row.folded, row.person)
                if key not in present:
                    people.append(Response(Person(row.person, row.name, row.mri), None, None))
                    marks.append(after)
            if len(rows) < CHUNK:
                break
        return page_of(people, marks, limit)

    async def shuffle(self, connection: AsyncConnection, action_id: str) -> None:
        """Give the ballots random keys and a random order: nobody can tell them any more."""
        await connection.execute(self._shuffle, {"action_id": action_id})

    async def _took_part(
        self, connection: AsyncConnection, action_id: str, start: bytes = b""
    ) -> AsyncIterator[list[tuple[bytes, Participation]]]:
        async for rows in in_chunks(connection, participations, "key", action_id, start):
            yield [(row.key, self._secrecy.unseal(action_id, row.sealed)) for row in rows]

    async def _remove(
        self, connection: AsyncConnection, action_id: str, slots: Sequence[str]
    ) -> None:
        cast = {self._secrecy.ballot_key(action_id, slot) for slot in slots}
        part = {self._secrecy.participation_key(action_id, slot) for slot in slots}
        await _delete(connection, ballots, action_id, cast)
        await _delete(connection, participations, action_id, part)

    async def _forget(self, connection: AsyncConnection, action_id: str, gone: set[bytes]) -> None:
        """Forget who cast the ballots that are gone, as far as that can still be told."""
        async for people in self._took_part(connection, action_id):
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


async def _present(
    connection: AsyncConnection, action_id: str, keys: dict[bytes, Any]
) -> set[bytes]:
    """Give which of the keys took part."""
    if not keys:
        return set()
    asked = {"action_id": action_id, "keys": padded(list(keys))}
    return set((await connection.execute(_TOOK_PART, asked)).scalars())


async def _delete(
    connection: AsyncConnection, table: Table, action_id: str, keys: set[bytes]
) -> None:
    if keys:
        rows = [{"of_action": action_id, "of_key": key} for key in sorted(keys)]
        await connection.execute(delete(table).where(*_this(table)), rows)


def _key(row: dict[str, Any]) -> bytes:
    key: bytes = row["key"]
    return key


def _start(after: str) -> bytes:
    parts = place(after, 1)
    try:
        return bytes.fromhex(parts[0]) if parts else b""
    except ValueError:
        return b""
