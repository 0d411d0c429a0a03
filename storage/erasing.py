"""Erasing someone: in transactions of bounded size, each of which can be done again."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from sqlalchemy import Column, Table, delete, func, or_, select, tuple_, update

from actions.action import Status
from actions.audit import OPERATOR, Act
from actions.erasing import STAND_IN, Erasure, closed_for_good
from actions.history import Entry
from actions.people import Person
from storage.audit import audit
from storage.changing import ChangingPart
from storage.erasing_actions import Eraser
from storage.loading import people_of, stored_people
from storage.pages import CHUNK
from storage.schema import audit as audit_table
from storage.schema import series
from storage.whose import OWNED, Whose, is_known, places_of, shared_series, whose

_FIRST = ("bank", "bank_imports", "certificates", "conversations")
_LAST = ("notices", "drafts")
"""What tells by which address someone is known goes last: so what was broken off can go on."""


class ErasingPart(ChangingPart):
    """Who wants to be forgotten."""

    async def erase(self, said: str, tenant_id: str = "") -> Mapping[str, int] | None:
        """Erase someone, by an id in Entra, a key or a `29:` id; gives how much, by what it was.

        Tallies stay as they are. None if nothing is known of them.
        """
        async with self._database.snapshot() as connection:
            who = await whose(connection, said, tenant_id)
            places, keys = await places_of(connection, self._shared, who)
            if not places and not await is_known(connection, who):
                return None
        who = replace(who, keys=keys)
        done: Counter[str] = Counter()
        done["audit"] = await self._erase_acts(who, tenant_id)
        done["series"] = await self._delete_series(who)
        await self._leave_series(who)
        for name in _FIRST:
            done[name] = await self._delete(*OWNED[name], who)
        for action_id in places:
            done["responses"] += await self._erase_in(action_id, who)
        done["actions"] = len(places)
        for name in _LAST:
            done[name] = await self._delete(*OWNED[name], who)
        return done

    async def _erase_acts(self, who: Whose, tenant_id: str) -> int:
        """Write down that someone is erased, but not who, and take them out of all other lines."""
        stand_in, now, table = self._stand_in(), self._shared.clock.now(), audit_table
        object_ids = {key.rpartition("/")[2] for key in who.keys}
        said = sorted(one.lower() for one in who.keys | who.mris | object_ids)
        is_subject = func.lower(table.c.subject).in_(said)
        theirs = or_(table.c.person.in_(who.keys), is_subject)
        act = Act(now, tenant_id, OPERATOR, "person_erased", stand_in.key)
        async with self._database.writing() as connection:
            await audit(connection, self._shared.ids, act)
        count, after = 0, ""
        while True:
            async with self._database.writing() as connection:
                some = select(table.c.id).where(theirs, table.c.id > after)
                statement = some.order_by(table.c.id).limit(CHUNK)
                ids = (await connection.execute(statement)).scalars().all()
                these = update(table).where(table.c.id.in_(ids))
                person = these.where(table.c.person.in_(who.keys))
                await connection.execute(person.values(person=stand_in.key, name=""))
                subject = these.where(is_subject)
                await connection.execute(subject.values(subject=stand_in.key))
            count += len(ids)
            if len(ids) < CHUNK:
                return count
            after = ids[-1]

    async def _delete_series(self, who: Whose) -> int:
        count = 0
        theirs = select(series.c.id).where(series.c.creator.in_(who.keys)).limit(CHUNK)
        gone = (
            delete(series)
            .where(series.c.id.in_(theirs))
            .returning(series.c.id, series.c.tenant_id)
        )
        while True:
            async with self._database.writing() as connection:
                rows = (await connection.execute(gone)).all()
                now = self._shared.clock.now()
                acts = [
                    Act(now, row.tenant_id, OPERATOR, "series_deleted", row.id) for row in rows
                ]
                await audit(connection, self._shared.ids, *acts)
            count += len(rows)
            if len(rows) < CHUNK:
                return count

    async def _leave_series(self, who: Whose) -> None:
        """Let them manage nothing of the series of others."""
        async with self._database.writing() as connection:
            for row in (await connection.execute(shared_series(who).with_for_update())).all():
                left = (one for one in people_of(row.co_creators) if one.key not in who.keys)
                these = update(series).where(series.c.id == row.id)
                await connection.execute(these.values(co_creators=stored_people(left)))

    async def _delete(self, table: Table, owner: Column[str], who: Whose) -> int:
        """Delete what is someone's own, some at a time; gives how much that was."""
        count, key = 0, tuple_(*table.primary_key.columns)
        some = select(*table.primary_key.columns).where(owner.in_(who.keys)).limit(CHUNK)
        gone = delete(table).where(key.in_(some))
        while True:
            async with self._database.writing() as connection:
                deleted = (await connection.execute(gone)).rowcount
            count += deleted
            if deleted < CHUNK:
                return count

    async def _erase_in(self, action_id: str, who: Whose) -> int:
        async with self._database.reading() as connection:
            action = await self._shared.loader.one(connection, action_id)
        if action.creator.key in who.keys and action.status is Status.ACTIVE:
            now = self._shared.clock.now()
            entry = Entry(now, OPERATOR, "closed")
            await self.change(action_id, partial(closed_for_good, now=now), entry)
        stand_ins = {key: self._stand_in() for key in who.keys}
        erasure = Erasure(stand_ins, who.mris, who.folded)
        async with self._database.writing() as connection:
            action = await self._shared.loader.one(connection, action_id, lock=True)
            await self._database.take_time(connection)
            eraser = Eraser(self._shared, connection, action, who, erasure)
            count = await eraser.erase()
            self._database.forget_log()
        self._shared.on_change()
        return count

    def _stand_in(self) -> Person:
        """Give someone without a name; keys that are made by chance lead back to nobody."""
        return Person(f"{STAND_IN}{self._shared.ids.chance():020x}", "")
