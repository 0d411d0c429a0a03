"""Telling someone everything that is stored about them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action
from actions.attempts import restored
from actions.content import Content
from actions.questions import Answers
from actions.ticks import Tick
from storage.pages import CHUNK
from storage.schema import audience, audit, history, notices, responses
from storage.shared import Part
from storage.whose import (
    OWNED,
    Whose,
    is_known,
    mentions,
    places_of,
    possible_slots,
    shared_series,
    whose,
)

Told = dict[str, Any]
"""What JSON can hold."""


class TellingPersonPart(Part):
    """Who asks what is known about them."""

    async def told_of(self, said: str, tenant_id: str = "") -> Told | None:
        """Give all that is stored about someone: by an id in Entra, a key or a `29:` id.

        As JSON can hold it. None if nothing is known of them.
        """
        async with self._database.snapshot() as connection:
            who = await whose(connection, said, tenant_id)
            places, keys = await places_of(connection, self._shared, who)
            if not places and not await is_known(connection, who):
                return None
            who = Whose(keys, who.mris, who.names)
            told: Told = {"names": sorted(who.names), "addresses": sorted(who.mris)}
            for name, (table, owner) in OWNED.items():
                told[name] = await _rows(connection, table, owner.in_(who.keys))
            acts = or_(audit.c.person.in_(who.keys), audit.c.subject.in_(who.keys))
            told["audit"] = await _rows(connection, audit, acts)
            shared = (await connection.execute(shared_series(who))).all()
            told["shared_series"] = [row.id for row in shared]
            told["actions"] = []
            for start in range(0, len(places), CHUNK):
                some = places[start : start + CHUNK]
                loaded = await self._shared.loader.load(connection, some)
                for action in loaded.values():
                    told["actions"].append(await self._in_action(connection, action, who))
        return told

    async def _in_action(self, connection: AsyncConnection, action: Action, who: Whose) -> Told:
        is_theirs = action.creator.key in who.keys
        told: Told = {
            "id": action.id,
            "kind": action.kind,
            "title": action.content.title,
            "status": action.status.value,
            "made_by_them": is_theirs,
            "co_creator": any(one.key in who.keys for one in action.co_creators),
            "among_latest": bool(who.mris & set(action.recent)),
            "expected": await _of(connection, audience, action, who),
            "ticks": _ticks(action, who),
            "history": await _lines(connection, action, who),
        }
        if is_theirs:
            told["creator"] = _plain(
                {"key": action.creator.key, "name": action.creator.name, "mri": action.creator.mri}
            )
        given = await self._given(connection, action, who)
        told["anonymous" if action.settings.anonymous else "responses"] = given
        told["unfinished"] = await self._progress(connection, action, who, len(given))
        told["reminders"] = await self._reminders(connection, action, who)
        return told

    async def _given(self, connection: AsyncConnection, action: Action, who: Whose) -> list[Told]:
        """Give their responses, as they are stored and in words."""
        if action.settings.anonymous:
            return await self._took_part(connection, action, who)
        rows = await _of(connection, responses, action, who)
        for row in rows:
            row["answered"] = _answered(action.content, restored(action.content, row["answers"]))
        return rows

    async def _took_part(
        self, connection: AsyncConnection, action: Action, who: Whose
    ) -> list[Told]:
        """Give that they took part; what they answered, as long as it can be told."""
        taken: list[Told] = []
        for key in sorted(who.keys):
            for one in await self._shared.anonymous_lists.own(connection, action, key):
                told = None if one.answers is None else _answered(action.content, one.answers)
                taken.append({"took_part": True, "answered": told})
        return taken

    async def _progress(
        self, connection: AsyncConnection, action: Action, who: Whose, taken: int
    ) -> list[Told]:
        slots = (slot for key in sorted(who.keys) for slot in possible_slots(key, taken))
        places = [(action.id, slot) for slot in slots]
        found = await self._shared.progress.read(connection, places)
        return [{"at": one.at, "typed": dict(one.values)} for one in found.values()]

    async def _reminders(
        self, connection: AsyncConnection, action: Action, who: Whose
    ) -> list[Told]:
        """Give those that stand under a keyed hash; others are their own rows."""
        key = self._shared.secrecy.reminder_key
        hashes = [key(action.id, person) for person in who.keys]
        condition = (notices.c.action_id == action.id) & notices.c.person.in_(hashes)
        return await _rows(connection, notices, condition, without=("sealed", "person", "id"))


def _ticks(action: Action, who: Whose) -> list[Told]:
    """Give the items of a list for everyone that they ticked, or looked at."""
    kept = action.content.checklist
    ticks = {} if kept is None else kept.ticks
    told: list[Told] = []
    for name, tick in ticks.items():
        asked = action.content.question(name)
        item = "" if asked is None else asked.text
        if _is_tick_of(tick, who):
            told.append({"item": item, "tick": list(tick.encode())})
        elif tick.checked.key in who.keys:
            told.append({"item": item, "checked": True})
    return told


def _is_tick_of(tick: Tick | None, who: Whose) -> bool:
    return tick is not None and tick.by.key in who.keys


def _answered(content: Content, answers: Answers) -> list[Told]:
    """Give what was answered in words: each question, and its cells."""
    told = []
    for name, answer in answers.items():
        question = content.question(name)
        if question is not None:
            is_tick = content.checklist is not None and Tick.decode(answer) is not None
            cells = answer if is_tick else question.cells(answer)
            told.append({"question": question.text, "answer": _plain(cells)})
    return told


async def _lines(connection: AsyncConnection, action: Action, who: Whose) -> list[Told]:
    """Give the lines of an action's history that they left, or that tell of them."""
    condition = or_(history.c.person.in_(who.keys), mentions(history.c.detail, who.keys))
    lines = await _rows(connection, history, (history.c.action_id == action.id) & condition)
    for line in lines:
        # Of all whom a line tells of, only themselves.
        detail = line["detail"]
        if "was" in detail and not _is_tick_of(Tick.decode(detail["was"]["tick"]), who):
            detail["was"] = {**detail["was"], "tick": None}
        for name in {"passed", "failed"} & detail.keys():
            detail[name] = [key for key in detail[name] if key in who.keys]
    return lines


async def _of(connection: AsyncConnection, table: Table, action: Action, who: Whose) -> list[Told]:
    condition = (table.c.action_id == action.id) & table.c.person.in_(who.keys)
    return await _rows(connection, table, condition)


async def _rows(
    connection: AsyncConnection, table: Table, condition: Any, without: Sequence[str] = ()
) -> list[Told]:
    rows = await connection.execute(select(table).where(condition))
    left_out = {"folded", *without}
    return [
        {name: _plain(value) for name, value in row.items() if name not in left_out}
        for row in rows.mappings()
    ]


def _plain(value: Any) -> Any:
    """Give a value as JSON can hold it."""
    match value:
        case Mapping():
            return {name: _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case None | bool() | int() | str():
            return value
        case datetime():
            return value.isoformat()
        case _:
            return str(value)
