"""Messages of the bot's own accord from rows and to rows.

Those to people about an anonymous action are sealed: their rows have keyed hashes for names.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.notices import About, Notice, Outcome
from actions.people import Person
from storage.database import Database
from storage.pages import CHUNK
from storage.schema import notices as table
from storage.secrecy import Secrecy


async def insert_notices(
    connection: AsyncConnection,
    database: Database,
    notices: Sequence[Notice],
    now: datetime,
    sealing: Secrecy | None = None,
) -> int:
    """Store messages that are due now, sealed if `sealing` is given; gives how many are new."""
    new = database.insert(table).on_conflict_do_nothing().returning(table.c.id)
    count = 0
    for start in range(0, len(notices), CHUNK):
        rows = [_row_of(one, now, sealing) for one in notices[start : start + CHUNK]]
        count += len((await connection.execute(new, rows)).all())
    return count


def notice_of(row: Row[Any], secrecy: Secrecy) -> Notice:
    """Give what a row holds."""
    person, detail = _told(row, secrecy)
    return Notice(
        id=row.id,
        about=About(row.about),
        tenant_id=row.tenant_id,
        action_id=row.action_id,
        person=person,
        conversation_id=row.conversation_id,
        locale=row.locale,
        round=row.round,
        detail=detail,
        created_at=row.created_at,
        expires_at=row.expires_at,
        attempts=row.attempts,
    )


def _told(row: Row[Any], secrecy: Secrecy) -> tuple[Person | None, Mapping[str, Any]]:
    if row.sealed is not None:
        try:
            return secrecy.unseal_notice(row.id, row.sealed)
        except InvalidTag:
            # Sealed with another secret: someone without an address, and the others go on.
            return Person(row.person, ""), {}
    person = Person(row.person, row.name, row.mri) if row.person else None
    return person, row.detail


def _row_of(notice: Notice, now: datetime, sealing: Secrecy | None) -> dict[str, Any]:
    row = {
        "about": notice.about.value,
        "tenant_id": notice.tenant_id,
        "action_id": notice.action_id,
        "round": notice.round,
        "conversation_id": notice.conversation_id,
        "locale": notice.locale,
        "created_at": notice.created_at or now,
        "expires_at": notice.expires_at,
        "due_at": now,
        "attempts": notice.attempts,
        "outcome": Outcome.PENDING.value,
        "code": "",
    }
    return row | (_open(notice) if sealing is None else _sealed(notice, sealing))


def _open(notice: Notice) -> dict[str, Any]:
    person = notice.person or Person("", "")
    return {
        "id": notice.id,
        "person": person.key,
        "name": person.name,
        "mri": person.mri,
        "detail": dict(notice.detail),
    }


def _sealed(notice: Notice, sealing: Secrecy) -> dict[str, Any]:
    """The id is hashed too: it is made of the person's key, and anyone could make it again."""
    key = sealing.reminder_key(notice.action_id, notice.id)
    person = notice.person
    return {
        "id": key,
        "person": "" if person is None else sealing.reminder_key(notice.action_id, person.key),
        "sealed": sealing.seal_notice(key, notice),
        "name": "",
        "mri": "",
        "detail": {},
    }
