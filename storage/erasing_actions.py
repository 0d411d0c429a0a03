"""Erasing someone from one action, in the transaction that is given."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action
from actions.attempts import restored, stored_form
from actions.erasing import Erasure
from actions.history import Entry
from actions.notices import About
from actions.people import Person
from actions.policy import is_open
from actions.responses import number_of, slot_of
from actions.telling import with_news
from storage.due import make_due
from storage.loading import row_of
from storage.managers import write_managers
from storage.notice_rows import notice_of
from storage.pages import in_chunks
from storage.records import Kept
from storage.schema import actions, audience, history, notices, responses
from storage.shared import Shared
from storage.whose import Whose, possible_slots

_THIS_RESPONSE = (
    responses.c.action_id == bindparam("of_action"),
    responses.c.slot == bindparam("of_slot"),
)
_DISOWN = (
    update(responses)
    .where(*_THIS_RESPONSE)
    .values(
        slot=bindparam("new_slot"),
        person=bindparam("new_person"),
        name="",
        mri="",
        folded="",
        answers=bindparam("new_answers"),
    )
)
_RECHECK = update(responses).where(*_THIS_RESPONSE).values(answers=bindparam("new_answers"))
_RETELL = (
    update(history)
    .where(history.c.action_id == bindparam("of_action"), history.c.id == bindparam("of_id"))
    .values(
        person=bindparam("new_person"),
        name=bindparam("new_name"),
        detail=bindparam("new_detail"),
    )
)
_STAND_IN = (
    update(audience)
    .where(
        audience.c.action_id == bindparam("of_action"),
        audience.c.person == bindparam("of_person"),
    )
    .values(person=bindparam("new_person"), name="", mri="", folded="")
)


@dataclass(frozen=True, slots=True)
class Eraser:
    """Takes someone out of one action, which is locked; the tallies stay as they are."""

    shared: Shared
    connection: AsyncConnection
    action: Action
    who: Whose
    erasure: Erasure

    async def erase(self) -> int:
        """Do it; gives how many responses lost their person."""
        numbers = await self._numbers()
        if self.action.settings.anonymous:
            count = await self._participations()
        else:
            count = await self._responses()
        fewer = 0 if count or numbers else await self._leave()
        await self._stay_counted()
        await self._history()
        await self._forget(numbers)
        await self._write(fewer)
        return count

    async def _numbers(self) -> dict[str, int]:
        """Give the numbers of the last responses, by key."""
        statement = select(responses.c.person, responses.c.slot).where(self._is_theirs(responses))
        numbers: dict[str, int] = {}
        for row in await self.connection.execute(statement):
            number = number_of(row.slot, row.person)
            numbers[row.person] = max(number, numbers.get(row.person, 0))
        return numbers

    async def _responses(self) -> int:
        """Rewrite their responses, and those that they looked at as the checker."""
        content, count = self.action.content, 0
        kept = content.checklist
        everyones = kept is not None and kept.checker is not None
        async for rows in in_chunks(self.connection, responses, "slot", self.action.id, ""):
            theirs, others = [], []
            for row in rows:
                key = {"of_action": self.action.id, "of_slot": row.slot}
                if row.person in self.who.keys:
                    answers = self.erasure.answers(content, restored(content, row.answers))
                    person = self.erasure.key(row.person)
                    slot = slot_of(person, number_of(row.slot, row.person))
                    new = {"new_slot": slot, "new_person": person}
                    theirs.append({**key, **new, "new_answers": stored_form(answers)})
                elif everyones:
                    answers = self.erasure.checked(content, restored(content, row.answers))
                    others.append({**key, "new_answers": stored_form(answers)})
            if theirs:
                await self.connection.execute(_DISOWN, theirs)
            if others:
                await self.connection.execute(_RECHECK, others)
            count += len(theirs)
        return count

    async def _participations(self) -> int:
        count = 0
        for key in sorted(self.who.keys):
            person = Person(self.erasure.key(key), "")
            taken, is_more = 0, True
            while is_more:
                slots = possible_slots(key, taken)[taken:]
                moved = {
                    slot: Kept(
                        slot_of(person.key, number_of(slot, key)),
                        person,
                        {},
                        self.shared.clock.now(),
                    )
                    for slot in slots
                }
                found = await self.shared.anonymous.disown(self.connection, self.action.id, moved)
                taken, count, is_more = taken + len(slots), count + found, found == len(slots)
        return count

    async def _leave(self) -> int:
        """Expect no response any more, while one could be given; gives of how many keys."""
        if not is_open(self.action, self.shared.clock.now()):
            return 0
        gone = delete(audience).where(self._is_theirs(audience))
        return (await self.connection.execute(gone)).rowcount

    async def _stay_counted(self) -> None:
        """Keep the places in the roster snapshot: who responded would else count as late."""
        statement = select(audience.c.person).where(self._is_theirs(audience))
        people = (await self.connection.execute(statement)).scalars().all()
        places = [
            {
                "of_action": self.action.id,
                "of_person": person,
                "new_person": self.erasure.key(person),
            }
            for person in people
        ]
        if places:
            await self.connection.execute(_STAND_IN, places)

    async def _history(self) -> None:
        async for rows in in_chunks(self.connection, history, "id", self.action.id, ""):
            changed = []
            for row in rows:
                entry = Entry(row.at, Person(row.person, row.name), row.verb, row.detail)
                after = self.erasure.entry(entry)
                if after != entry:
                    key = {"of_action": self.action.id, "of_id": row.id}
                    person = {"new_person": after.person.key, "new_name": after.person.name}
                    changed.append({**key, **person, "new_detail": after.detail})
            if changed:
                await self.connection.execute(_RETELL, changed)

    async def _forget(self, numbers: Mapping[str, int]) -> None:
        """Forget what is filled in and not handed in, and reminders of what is anonymous."""
        slots = [
            slot for key in self.who.keys for slot in possible_slots(key, numbers.get(key, 0))
        ]
        await self.shared.progress.end(self.connection, {(self.action.id, one) for one in slots})
        hashes = [self.shared.secrecy.reminder_key(self.action.id, key) for key in self.who.keys]
        sealed = notices.c.action_id == self.action.id, notices.c.person.in_(hashes)
        await self.connection.execute(delete(notices).where(*sealed))
        await self._mention_no_more()

    async def _mention_no_more(self) -> None:
        secrecy = self.shared.secrecy
        statement = select(notices).where(
            notices.c.action_id == self.action.id, notices.c.about == About.MENTION.value
        )
        for row in (await self.connection.execute(statement)).all():
            notice = notice_of(row, secrecy)
            detail = _without(notice.detail, self.who)
            if detail == notice.detail:
                continue
            values: dict[str, Any] = {"detail": detail}
            if row.sealed is not None:
                notice = replace(notice, detail=detail)
                values = {"sealed": secrecy.seal_notice(row.id, notice)}
            await self.connection.execute(
                update(notices).where(notices.c.id == row.id).values(values)
            )

    async def _write(self, fewer: int) -> None:
        """Store the action anew, for every process to read it anew, and make its cards due."""
        before, now = self.action, self.shared.clock.now()
        after = replace(
            self.erasure.action(before),
            audience=None if before.audience is None else before.audience - fewer,
            revision=before.revision + 1,
            content_revision=before.content_revision + 1,
        )
        if fewer:
            after = with_news(after, now)
        await self.connection.execute(
            update(actions).where(actions.c.id == after.id).values(row_of(after))
        )
        await write_managers(self.connection, after)
        await make_due(self.connection, [after.id], now)

    def _is_theirs(self, table: Any) -> Any:
        return (table.c.action_id == self.action.id) & table.c.person.in_(self.who.keys)


def _without(detail: Mapping[str, Any], who: Whose) -> dict[str, Any]:
    """Give what a message mentions without someone."""
    left = dict(detail)
    if "people" in detail:
        left["people"] = [key for key in detail["people"] if key not in who.keys]
    if "mentioned" in detail:
        left["mentioned"] = [one for one in detail["mentioned"] if one[0] not in who.keys]
    return left
