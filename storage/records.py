"""How responses are kept: the one interface of `storage.named` and `storage.anonymous`."""

from collections.abc import AsyncIterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import orjson
from sqlalchemy import Row, Table, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action
from actions.content import Content
from actions.people import Person
from actions.questions import Answers, restore_answers
from actions.responses import Page, Response
from actions.tallies import Moves, Tallies, moves

CHUNK = 1000
"""How many rows a pass over all responses holds at a time."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is stored for some slots: the answers, and which of them took part at all.

    A slot that took part and has no answers is one whose ballot can no longer be told.
    """

    answers: Mapping[str, Answers]
    took_part: AbstractSet[str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A response as it shall stand."""

    slot: str
    person: Person
    answers: Answers
    at: datetime


class Records(Protocol):
    """One way to keep responses. All is done in the caller's transaction."""

    async def found(
        self, connection: AsyncConnection, action: Action, slots: Sequence[str]
    ) -> Found:
        """Give what is stored for some slots, one or more."""

    async def write(
        self,
        connection: AsyncConnection,
        action: Action,
        kept: Sequence[Kept],
        withdrawn: Sequence[str],
    ) -> None:
        """Store responses, each in place of its slot's, and remove those of other slots."""

    async def rewrite(self, connection: AsyncConnection, before: Action, after: Content) -> None:
        """Take out of all responses what answers nothing any more."""

    async def counted(self, connection: AsyncConnection, action: Action) -> Tallies:
        """Count all responses."""

    async def responded(
        self, connection: AsyncConnection, action: Action, search: str, after: str, limit: int
    ) -> Page:
        """Give a page of those who responded."""

    async def not_responded(
        self, connection: AsyncConnection, action: Action, search: str, after: str, limit: int
    ) -> Page:
        """Give a page of those in the roster snapshot who did not."""


class Count:
    """Tallies while all responses are counted."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._total = Moved()

    def add(self, answers: Answers, *, late: bool) -> None:
        """Count one response."""
        self._total.add(moves(self._content, None, answers, late=late))

    def add_moves(self, made: Moves) -> None:
        """Count what is no response."""
        self._total.add(made)

    def tallies(self) -> Tallies:
        """Give the tallies."""
        return Tallies(
            {bucket: count for bucket, (count, _) in self._total.made.items()},
            {bucket: total for bucket, (_, total) in self._total.made.items()},
        )


class Moved:
    """The net of many moves."""

    def __init__(self) -> None:
        self.made: dict[tuple[str, str], tuple[int, int]] = {}

    def add(self, made: Moves) -> None:
        """Add moves to what was made so far."""
        for bucket, (count, total) in made.items():
            counts, totals = self.made.get(bucket, (0, 0))
            self.made[bucket] = counts + count, totals + total


def still_answered(
    before: Content, after: Content, stored: Mapping[str, Any]
) -> tuple[Answers, Answers]:
    """Give a stored response as it was, and as it stands once the content has changed."""
    was = restore_answers(before.questions, stored)
    stands = restore_answers(after.questions, stored)
    return was, {question: answer for question, answer in stands.items() if answer != ()}


async def in_chunks(
    connection: AsyncConnection, table: Table, key: str, action_id: str, after: str | bytes
) -> AsyncIterator[Sequence[Row[Any]]]:
    """Give an action's rows, some at a time, in the order of `key`, those past `after`.

    Rows may be changed and removed on the way.
    """
    column = table.c[key]
    statement = (
        select(table)
        .where(table.c.action_id == action_id, column > bindparam("after", type_=column.type))
        .order_by(column)
        .limit(CHUNK)
    )
    more = True
    while more:
        rows = (await connection.execute(statement, {"after": after})).all()
        if rows:
            yield rows
            after = getattr(rows[-1], key)
        more = len(rows) == CHUNK


def page_of(responses: Sequence[Response], marks: Sequence[str], limit: int) -> Page:
    """Give the page of `limit`, from one response more than that where there are more."""
    more = len(responses) > limit > 0
    return Page(tuple(responses[:limit]), marks[limit - 1] if more else "")


def mark(*parts: str) -> str:
    """Give the mark of a place in a list, for the page that follows."""
    return orjson.dumps(parts).decode()


def place(marked: str, parts: int) -> list[str] | None:
    """Read a mark, None for the start of the list; what cannot be read is that, too."""
    try:
        read = orjson.loads(marked)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(read, list) or len(read) != parts:
        return None
    return read if all(isinstance(part, str) for part in read) else None
