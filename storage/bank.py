"""Question banks."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, or_, select

from actions.bank import BankItem
from actions.banked import (
    BankCounts,
    Banked,
    BankPage,
    ImportReport,
    Selection,
    decode,
    encode,
)
from actions.choice import Choice
from storage.among import Among
from storage.pages import mark, place
from storage.schema import bank, bank_imports
from storage.shared import Part
from storage.text import containing, folded

_OPENS, _ENDS = "\x1e", "\x1f"
"""Around each tag in what is searched in, so that a whole one is found; nobody can type them."""

_LATEST_FIRST = (bank.c.changed_at.desc(), bank.c.id.desc())


class BankPart(Part):
    """Everyone's own questions."""

    async def keep_items(self, owner: str, items: Sequence[Banked]) -> None:
        """Put questions into someone's bank, each in place of the one of the same id."""
        if not items:
            return
        upsert = self._database.insert(bank)
        changed = {name: upsert.excluded[name] for name in ("name", "folded", "tags", "item")}
        upsert = upsert.on_conflict_do_update(
            index_elements=[bank.c.owner, bank.c.id],
            set_={**changed, "changed_at": upsert.excluded.changed_at},
        )
        async with self._database.writing() as connection:
            await connection.execute(upsert, [_row(owner, one) for one in items])

    async def banked(self, owner: str, ids: Collection[str]) -> Sequence[Banked]:
        """Give those of someone's questions that are there, in the order of the ids."""
        these = select(bank).where(bank.c.owner == owner, Among(bank.c.id, "ids"))
        async with self._database.reading() as connection:
            rows = (await connection.execute(these, {"ids": list(ids)})).all()
        found = {row.id: _banked(row) for row in rows}
        return [found[item_id] for item_id in ids if item_id in found]

    async def bank_page(
        self, owner: str, selection: Selection, after: str, limit: int
    ) -> BankPage:
        """Give a page of someone's questions, the latest changed first."""
        statement = select(bank).where(bank.c.owner == owner).order_by(*_LATEST_FIRST)
        for pattern in _patterns(selection):
            statement = statement.where(bank.c.folded.like(pattern, escape="\\"))
        if at := _place(after):
            moment, item_id = at
            same = and_(bank.c.changed_at == moment, bank.c.id < item_id)
            statement = statement.where(or_(bank.c.changed_at < moment, same))
        async with self._database.reading() as connection:
            rows = (await connection.execute(statement.limit(limit + 1))).all()
        shown = rows[:limit]
        more = len(rows) > limit
        following = mark(shown[-1].changed_at.isoformat(), shown[-1].id) if more else ""
        return BankPage([_banked(row) for row in shown], following)

    async def bank_counts(self, owner: str) -> BankCounts:
        """Give how many questions someone has, in all and with each tag."""
        tags = select(bank.c.tags).where(bank.c.owner == owner).order_by(*_LATEST_FIRST)
        async with self._database.reading() as connection:
            rows = (await connection.execute(tags)).scalars().all()
        return BankCounts(len(rows), tag_counts(rows))

    async def delete_items(self, owner: str, ids: Collection[str]) -> None:
        """Remove questions from someone's bank; those that are not there are no error."""
        gone = delete(bank).where(bank.c.owner == owner, Among(bank.c.id, "ids"))
        async with self._database.writing() as connection:
            await connection.execute(gone, {"ids": list(ids)})

    async def keep_import(self, owner: str, report: ImportReport) -> None:
        """Keep what someone's last import did, in place of an earlier one."""
        values = {"owner": owner, "report": report.encode()}
        upsert = self._database.insert(bank_imports).values(values)
        async with self._database.writing() as connection:
            await connection.execute(
                upsert.on_conflict_do_update(index_elements=[bank_imports.c.owner], set_=values)
            )

    async def last_import(self, owner: str) -> ImportReport | None:
        """Give what someone's last import did, None if there was none."""
        statement = select(bank_imports.c.report).where(bank_imports.c.owner == owner)
        async with self._database.reading() as connection:
            stored = (await connection.execute(statement)).scalar_one_or_none()
        return None if stored is None else ImportReport.decode(stored)


def searched_in(item: BankItem) -> str:
    """Give the folded text that a selection is looked for in."""
    question = item.question
    options = question.options if isinstance(question, Choice) else ()
    words = "\n".join((item.name, question.text, *(option.text for option in options)))
    return folded(words + "".join(f"{_OPENS}{tag}{_ENDS}" for tag in item.tags))


def tag_counts(tagged: Iterable[Sequence[str]]) -> dict[str, int]:
    """Give how many have each tag, in alphabetical order; the first way to write it is shown."""
    spelled: dict[str, str] = {}
    counts: dict[str, int] = {}
    for tag in (tag for tags in tagged for tag in tags):
        key = folded(tag)
        spelled.setdefault(key, tag)
        counts[key] = counts.get(key, 0) + 1
    return {spelled[key]: counts[key] for key in sorted(counts)}


def _patterns(selection: Selection) -> list[str]:
    """The signs around a tag are none that LIKE knows."""
    tag = f"%{_OPENS}{containing(selection.tag)[1:-1]}{_ENDS}%"
    wanted = ((selection.search, containing(selection.search)), (selection.tag, tag))
    return [pattern for text, pattern in wanted if text.strip()]


def _place(after: str) -> tuple[datetime, str] | None:
    at = place(after, 2)
    try:
        moment = datetime.fromisoformat(at[0] if at else "")
    except ValueError:
        return None
    return (moment, at[1]) if at and moment.tzinfo else None


def _row(owner: str, banked: Banked) -> dict[str, Any]:
    item = banked.item
    return {
        "owner": owner,
        "id": banked.id,
        "name": item.name,
        "folded": searched_in(item),
        "tags": list(item.tags),
        "item": encode(item),
        "changed_at": banked.changed_at,
    }


def _banked(row: Row[Any]) -> Banked:
    return Banked(row.id, decode(row.item, row.tags, row.name), row.changed_at)
