"""Drafts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, select

from actions.action import Draft
from actions.errors import NotFound
from actions.people import Person
from storage.among import Among
from storage.schema import drafts
from storage.shared import Part
from storage.text import folded

_THESE = select(drafts).where(Among(drafts.c.id, "ids"))


class DraftPart(Part):
    """Drafts; a posted one is kept, off the list, until its action is deleted."""

    async def save_draft(self, draft: Draft) -> None:
        """Store a draft, in place of the one of the same id."""
        values = _row(draft)
        upsert = self._database.insert(drafts).values(values)
        async with self._database.writing() as connection:
            await connection.execute(
                upsert.on_conflict_do_update(index_elements=[drafts.c.id], set_=values)
            )

    async def draft(self, draft_id: str) -> Draft:
        """Give one draft. Raises NotFound, "posted" when it was."""
        async with self._database.reading() as connection:
            statement = select(drafts).where(drafts.c.id == draft_id)
            row = (await connection.execute(statement)).one_or_none()
        if row is None:
            raise NotFound("no_such_draft")
        if row.posted_at is not None:
            raise NotFound("posted")
        return _draft(row)

    async def delete_draft(self, draft_id: str) -> None:
        """Remove a draft."""
        async with self._database.writing() as connection:
            await connection.execute(delete(drafts).where(drafts.c.id == draft_id))

    async def drafts(
        self, creator_key: str, offset: int, limit: int, search: str = ""
    ) -> Sequence[Draft]:
        """Give someone's drafts whose title holds `search`, the latest touched first."""
        titles = (
            select(drafts.c.id, drafts.c.fields["title"].as_string())
            .where(drafts.c.creator == creator_key, drafts.c.posted_at.is_(None))
            .order_by(drafts.c.updated_at.desc().nulls_last(), drafts.c.id.desc())
        )
        wanted = folded(search.strip())
        async with self._database.reading() as connection:
            # No database folds titles as we do, and nobody has very many drafts.
            listed = (await connection.execute(titles)).all()
            ids = [draft_id for draft_id, title in listed if wanted in folded(title or "")]
            ids = ids[offset : offset + limit]
            rows = (await connection.execute(_THESE, {"ids": ids})).all()
        found = {row.id: _draft(row) for row in rows}
        return [found[draft_id] for draft_id in ids if draft_id in found]


def _row(draft: Draft) -> dict[str, Any]:
    return {
        "id": draft.id,
        "kind": draft.kind,
        "tenant_id": draft.tenant_id,
        "creator": draft.creator.key,
        "creator_name": draft.creator.name,
        "creator_mri": draft.creator.mri,
        "locale": draft.locale,
        "time_zone": draft.time_zone,
        "origin": draft.origin,
        "edits": draft.edits,
        "fields": dict(draft.values),
        "updated_at": draft.updated_at,
    }


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        id=row.id,
        kind=row.kind,
        tenant_id=row.tenant_id,
        creator=Person(row.creator, row.creator_name, row.creator_mri),
        locale=row.locale,
        time_zone=row.time_zone,
        origin=row.origin,
        edits=row.edits,
        values=row.fields,
        updated_at=row.updated_at,
    )
