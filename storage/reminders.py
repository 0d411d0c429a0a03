"""Rounds of reminders: whom they go to, and what became of them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action, Status
from actions.errors import NotFound
from actions.notices import SELDOM, About, Notice, Outcome, Round, Unreached
from actions.people import Person
from storage.among import Among
from storage.notice_rows import insert_notices, notice_of
from storage.schema import actions
from storage.schema import notices as table
from storage.secrecy import Secrecy
from storage.shared import Part
from storage.text import folded

# As it stands in the partial index, which would not be used for a parameter.
_IS_UNREACHED = table.c.outcome == literal_column("'unreached'")
_IS_REMINDER = table.c.about == About.REMINDER.value
_REACHES_NOBODY = (Outcome.UNREACHABLE.value, Outcome.NOT_NEEDED.value)


class ReminderPart(Part):
    """Reminders, in rounds."""

    async def due_to_remind(self, now: datetime, limit: int) -> Sequence[str]:
        """Give the ids of actions of which people are to be reminded by the clock."""
        statement = (
            select(actions.c.id)
            .where(actions.c.remind_at <= now)
            .order_by(actions.c.remind_at, actions.c.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return (await connection.execute(statement)).scalars().all()

    async def remind(
        self, action_id: str, notices: Sequence[Notice], now: datetime, *, by_clock: bool
    ) -> int:
        """Put reminders on their way to those who had none lately. Raises NotFound."""
        async with self._database.writing() as connection:
            action = await self._shared.loader.one(connection, action_id, lock=True)
            if action.status is Status.DELETED:
                raise NotFound("deleted")
            if by_clock and not await _end_remind_at(connection, action, now):
                return 0
            lately = await _reminded(connection, action_id, now)
            key = self._key(action)
            due = [n for n in notices if n.person is not None and key(n.person.key) not in lately]
            sealing = self._sealing(action)
            count = await insert_notices(connection, self._database, due, now, sealing)
        if count:
            self._shared.on_change()
        return count

    async def unreached_rounds(self, limit: int) -> Sequence[tuple[str, str]]:
        """Give action and round where reminders ended, and some reached nobody."""
        other = table.alias()
        goes_on = exists().where(
            other.c.action_id == table.c.action_id,
            other.c.round == table.c.round,
            other.c.outcome == Outcome.PENDING.value,
        )
        statement = (
            select(table.c.action_id, table.c.round)
            .where(_IS_UNREACHED, ~goes_on)
            .distinct()
            .limit(limit)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(statement)).all()
        return [(row.action_id, row.round) for row in rows]

    async def unreached(self, action_id: str, round_id: str) -> Sequence[Unreached]:
        """Give whom the reminders of a round did not reach, by name."""
        statement = select(table).where(_is_in(action_id, round_id), _IS_UNREACHED)
        async with self._database.reading() as connection:
            rows = (await connection.execute(statement)).all()
        return self._by_name(rows)

    async def mention(
        self,
        action_id: str,
        round_id: str,
        notices: Sequence[Notice],
        given_up: Mapping[str, str],
    ) -> None:
        """End a round: its reminders wait for the messages with mentions, or reached nobody."""
        now = self._shared.clock.now()
        async with self._database.writing() as connection:
            loaded = await self._shared.loader.load(connection, [action_id], lock=True)
            if not await _is_unreached(connection, action_id, round_id):
                return  # Another process was first, or the action is gone.
            action = loaded[action_id]
            sealing, key = self._sealing(action), self._key(action)
            await insert_notices(connection, self._database, notices, now, sealing)
            mentioned = [key(person) for one in notices for person in one.detail["people"]]
            waits = {"outcome": Outcome.PENDING.value, "settled_at": None}
            await _end(connection, action_id, round_id, mentioned, waits)
            over = {"outcome": Outcome.UNREACHABLE.value, "settled_at": now}
            for code in sorted(set(given_up.values())):
                people = [key(person) for person, why in given_up.items() if why == code]
                await _end(connection, action_id, round_id, people, over | {"code": code})
            await _end(connection, action_id, round_id, None, over)
        self._shared.on_change()

    async def last_round(self, action_id: str, limit: int) -> Round | None:
        """Give what became of the last reminders of an action, with some of the unreachable."""
        async with self._database.reading() as connection:
            newest = await _newest_round(connection, action_id)
            if newest is None:
                return None
            round_id, at = newest
            own = and_(_is_in(action_id, round_id), _IS_REMINDER)
            counted = select(table.c.outcome, func.count().label("number")).where(own)
            counts = (await connection.execute(counted.group_by(table.c.outcome))).all()
            statement = (
                select(table)
                .where(own, table.c.outcome == Outcome.UNREACHABLE.value)
                .order_by(table.c.name, table.c.person)
                .limit(limit)
            )
            rows = (await connection.execute(statement)).all()
        return Round(
            round_id,
            at,
            {Outcome(row.outcome): row.number for row in counts},
            self._by_name(rows),
        )

    def _sealing(self, action: Action) -> Secrecy | None:
        return self._shared.secrecy if action.settings.anonymous else None

    def _key(self, action: Action) -> Callable[[str], str]:
        """Give what a person's key is in the rows."""
        sealing = self._sealing(action)
        return str if sealing is None else partial(sealing.reminder_key, action.id)

    def _by_name(self, rows: Sequence[Row[Any]]) -> tuple[Unreached, ...]:
        found = [
            Unreached(notice_of(row, self._shared.secrecy).person or Person("", ""), row.code)
            for row in rows
        ]
        return tuple(sorted(found, key=lambda one: (folded(one.person.name), one.person.key)))


def _is_in(action_id: str, round_id: str) -> ColumnElement[bool]:
    return and_(table.c.action_id == action_id, table.c.round == round_id)


async def _end_remind_at(connection: AsyncConnection, action: Action, now: datetime) -> bool:
    """Give whether it was due; no card shows it, so no posting is due by that."""
    if action.remind_at is None or action.remind_at > now:
        return False
    statement = update(actions).where(actions.c.id == action.id).values(remind_at=None)
    await connection.execute(statement)
    return True


async def _reminded(connection: AsyncConnection, action_id: str, now: datetime) -> set[str]:
    """Give who was, or is being, reminded of an action less than `SELDOM` ago."""
    statement = select(table.c.person).where(
        table.c.action_id == action_id,
        table.c.created_at > now - SELDOM,
        table.c.outcome.not_in(_REACHES_NOBODY),
        _IS_REMINDER,
    )
    return set((await connection.execute(statement)).scalars())


async def _is_unreached(connection: AsyncConnection, action_id: str, round_id: str) -> bool:
    statement = select(table.c.id).where(_is_in(action_id, round_id), _IS_UNREACHED).limit(1)
    return (await connection.execute(statement)).first() is not None


async def _end(
    connection: AsyncConnection,
    action_id: str,
    round_id: str,
    people: Sequence[str] | None,
    values: dict[str, Any],
) -> None:
    """Change those reminders to some people, or to all, that reached nobody."""
    statement = update(table).where(_is_in(action_id, round_id), _IS_UNREACHED).values(values)
    if people is None:
        await connection.execute(statement)
    elif people:
        await connection.execute(
            statement.where(Among(table.c.person, "people")), {"people": people}
        )


async def _newest_round(
    connection: AsyncConnection, action_id: str
) -> tuple[str, datetime] | None:
    """All reminders of a round are of one time, so any of them tells it."""
    rounds = select(table.c.round).where(table.c.action_id == action_id, table.c.round != "")
    each = rounds.distinct().subquery()
    one = table.alias()
    at = (
        select(one.c.created_at)
        .where(one.c.action_id == action_id, one.c.round == each.c.round)
        .limit(1)
        .scalar_subquery()
        .label("at")
    )
    statement = select(each.c.round, at).order_by(at.desc(), each.c.round.desc()).limit(1)
    newest = (await connection.execute(statement)).one_or_none()
    return None if newest is None else (newest.round, newest.at)
