"""Actions from rows and to rows."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions import content as codec
from actions.action import Action, Settings, Status
from actions.errors import NotFound
from actions.people import Person
from storage.among import Among
from storage.schema import actions
from storage.text import folded

_MOST_KNOWN = 1000

_IDS = Among(actions.c.id, "ids")
_MOVING = select(
    actions.c.id,
    actions.c.created_at,
    actions.c.content_revision,
    actions.c.status,
    actions.c.closes_at,
    actions.c.closed_at,
    actions.c.co_creators,
    actions.c.revision,
    actions.c.audience,
    actions.c.recent,
    actions.c.remind_at,
    actions.c.notify_at,
    actions.c.notified,
).where(_IDS)
_LOCKED = _MOVING.order_by(actions.c.id).with_for_update(key_share=True)
_WHOLE = select(actions).where(_IDS)

_Version = tuple[str, datetime, int]


class Loader:
    """Reads actions; contents are decoded once for each of their revisions, the latest is known.

    A revision is told by the time of the action's making too: one that was taken back and posted
    again starts anew at revision 1.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[_Version, Action]] = OrderedDict()

    async def one(
        self, connection: AsyncConnection, action_id: str, *, lock: bool = False
    ) -> Action:
        """Give one action. Raises NotFound."""
        loaded = await self.load(connection, [action_id], lock=lock)
        if action_id not in loaded:
            raise NotFound("no_such_action")
        return loaded[action_id]

    async def load(
        self, connection: AsyncConnection, action_ids: Iterable[str], *, lock: bool = False
    ) -> dict[str, Action]:
        """Give those that exist; with `lock` nobody else changes them until the commit.

        Locks are taken in the order of the ids, so that two transactions cannot wait for each
        other.
        """
        ids = sorted(set(action_ids))
        if not ids:
            return {}
        rows = await _rows(connection, _LOCKED if lock else _MOVING, ids)
        loaded = {row.id: known for row in rows if (known := self._recalled(row)) is not None}
        unknown = [row.id for row in rows if row.id not in loaded]
        if unknown:
            # Without the lock one may have changed since, or be gone: the later row holds.
            loaded |= self._learned(await _rows(connection, _WHOLE, unknown))
        return loaded

    def _recalled(self, row: Row[Any]) -> Action | None:
        """Give an action whose content is known, as the row says it stands."""
        version, known = self._known.get(row.id, (None, None))
        if known is None or version != _version(row):
            return None
        self._known.move_to_end(row.id)
        return _moved(known, row)

    def _learned(self, rows: Iterable[Row[Any]]) -> dict[str, Action]:
        """Decode whole rows, and know their contents from now on, the latest of each action.

        A checklist has a new revision with each tick, and may be megabytes long.
        """
        learned = {}
        for row in rows:
            decoded = _decoded(row)
            self._known[row.id] = _version(row), decoded
            self._known.move_to_end(row.id)
            if len(self._known) > _MOST_KNOWN:
                self._known.popitem(last=False)
            learned[row.id] = _moved(decoded, row)
        return learned


def _moved(known: Action, row: Row[Any]) -> Action:
    return replace(
        known,
        status=Status(row.status),
        closes_at=row.closes_at,
        closed_at=row.closed_at,
        co_creators=people_of(row.co_creators),
        revision=row.revision,
        audience=row.audience,
        recent=tuple(row.recent),
        remind_at=row.remind_at,
        notify_at=row.notify_at,
        notified=row.notified,
    )


def row_of(action: Action) -> dict[str, Any]:
    """Give an action's row."""
    return {
        "id": action.id,
        "kind": action.kind,
        "tenant_id": action.tenant_id,
        "creator": action.creator.key,
        "creator_name": action.creator.name,
        "creator_mri": action.creator.mri,
        "locale": action.locale,
        "time_zone": action.time_zone,
        "created_at": action.created_at,
        "content": codec.encode(action.content),
        "settings": action.settings.encode(),
        "content_revision": action.content_revision,
        "status": action.status.value,
        "closes_at": action.closes_at,
        "closed_at": action.closed_at,
        "co_creators": stored_people(action.co_creators),
        "revision": action.revision,
        "audience": action.audience,
        "recent": list(action.recent),
        "series": action.series,
        "number": action.number,
        "remind_at": action.remind_at,
        "notify_at": action.notify_at,
        "notified": action.notified,
        "folded": folded(action.content.title),
    }


def stored_people(people: Iterable[Person]) -> list[list[str]]:
    """Give the stored form of some people."""
    return [[person.key, person.name, person.mri] for person in people]


def people_of(stored: Iterable[Sequence[str]]) -> tuple[Person, ...]:
    """Read the stored form of some people; the first release knew no more than keys."""
    return tuple(Person(one, "") if isinstance(one, str) else Person(*one) for one in stored)


async def _rows(
    connection: AsyncConnection, statement: Select[Any], ids: list[str]
) -> list[Row[Any]]:
    return list((await connection.execute(statement, {"ids": list(ids)})).all())


def _version(row: Row[Any]) -> _Version:
    return row.id, row.created_at, row.content_revision


def _decoded(row: Row[Any]) -> Action:
    return Action(
        id=row.id,
        kind=row.kind,
        tenant_id=row.tenant_id,
        creator=Person(row.creator, row.creator_name, row.creator_mri),
        content=codec.decode(row.content),
        settings=Settings.decode(row.settings),
        status=Status(row.status),
        created_at=row.created_at,
        locale=row.locale,
        time_zone=row.time_zone,
        content_revision=row.content_revision,
        series=row.series,
        number=row.number,
    )
