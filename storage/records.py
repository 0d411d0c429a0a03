"""How responses are kept: the one interface of `storage.named` and `.anonymous`."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action
from actions.content import Content
from actions.people import Person
from actions.questions import Answers
from actions.tallies import Tallies


@dataclass(frozen=True, slots=True)
class Found:
    """What is stored for some slots: the answers, and which of them took part at all.

    Who has begun and handed in nothing that counts has answers and did not take part. A slot that
    took part and has no answers is one whose ballot can no longer be told.
    """

    answers: Mapping[str, Answers]
    took_part: AbstractSet[str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A response as it shall stand.

    `due_at` is when the clock has to do with it, `percent` what its place is by, in millionths.
    """

    slot: str
    person: Person
    answers: Answers
    at: datetime
    due_at: datetime | None = None
    percent: int | None = None


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
