"""Responses without names, as they are read: who took part, or what was answered."""

from collections.abc import AsyncIterator, Sequence
from itertools import count
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action
from actions.errors import NotFound
from actions.people import Person
from actions.questions import restore_answers
from actions.responses import NOBODY, Page, Response, slot_of
from storage.anonymous import AnonymousRecords
from storage.audience import audience_after
from storage.pages import CHUNK, Keep, in_chunks, mark, page_chunks, page_of, place, sift
from storage.schema import ballots
from storage.text import folded

SLOTS = 16
"""How many of someone's slots are looked up at once."""


class AnonymousLists:
    """The tables `participations` and `ballots`, each in the order of its keys."""

    def __init__(self, records: AnonymousRecords) -> None:
        self._records = records

    async def responded(
        self, connection: AsyncConnection, action: Action, search: str, after: str, limit: int
    ) -> Page:
        """Give who took part, each person once, in an order that tells nothing."""
        wanted = folded(search.strip())
        people: list[Response] = []
        marks: list[str] = []
        async for chunk in self._records.took_part(connection, action.id, _start(after)):
            for key, one in chunk:
                if one.slot == one.person.key and wanted in folded(one.person.name):
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
            present = await self._records.present(
                connection, [(action.id, r.person) for r in rows]
            )
            for row in rows:
                after = mark(row.folded, row.person)
                if (action.id, row.person) not in present:
                    people.append(Response(Person(row.person, row.name, row.mri), None, None))
                    marks.append(after)
            if len(rows) < CHUNK:
                break
        return page_of(people, marks, limit)

    async def own(
        self, connection: AsyncConnection, action: Action, person_key: str
    ) -> Sequence[Response]:
        """Give someone's responses, without answers those that can no longer be told."""
        person, own = Person(person_key, ""), []
        for first in count(1, SLOTS):
            slots = [slot_of(person_key, number) for number in range(first, first + SLOTS)]
            found = await self._records.found(connection, action, slots)
            if not found.took_part:
                break
            own += [
                Response(person, found.answers.get(slot), None, slot)
                for slot in slots
                if slot in found.took_part
            ]
        return own

    async def one(
        self, connection: AsyncConnection, action: Action, slot: str
    ) -> tuple[Response, str, str]:
        """Show nobody's response. Raises NotFound."""
        del connection, action, slot
        raise NotFound("no_such_response")

    async def matching(
        self, connection: AsyncConnection, action: Action, keep: Keep, after: str, limit: int
    ) -> Page:
        """Give a page of the ballots that `keep` takes."""
        chunks = in_chunks(connection, ballots, "key", action.id, _start(after), page_chunks())
        return await sift(chunks, lambda row: _ballot(action, row), _mark, keep, limit)

    async def all_of(
        self, connection: AsyncConnection, action: Action
    ) -> AsyncIterator[Sequence[Response]]:
        """Give all ballots, some at a time."""
        async for rows in in_chunks(connection, ballots, "key", action.id, b""):
            yield [_ballot(action, row) for row in rows]


def _ballot(action: Action, row: Row[Any]) -> Response:
    return Response(NOBODY, restore_answers(action.content.questions, row.answers), None)


def _mark(row: Row[Any]) -> str:
    return mark(row.key.hex())


def _start(after: str) -> bytes:
    parts = place(after, 1)
    try:
        return bytes.fromhex(parts[0]) if parts else b""
    except ValueError:
        return b""
