"""Question banks, in plain Python."""

from collections.abc import Collection, Sequence

from actions.banked import BankCounts, Banked, BankPage, ImportReport, Selection
from storage.bank import tag_counts
from storage.text import folded
from tests.storage.kept import Memory


class MemoryBank(Memory):
    """Everyone's own questions; the mark of a page is the id of the last question before it."""

    __slots__ = ()

    async def keep_items(self, owner: str, items: Sequence[Banked]) -> None:
        """Keep some."""
        self.banks.setdefault(owner, {}).update({one.id: one for one in items})

    async def banked(self, owner: str, ids: Collection[str]) -> Sequence[Banked]:
        """Look some up."""
        own = self.banks.get(owner, {})
        return [own[item_id] for item_id in ids if item_id in own]

    async def bank_page(
        self, owner: str, selection: Selection, after: str, limit: int
    ) -> BankPage:
        """List some."""
        fitting = [one for one in self._latest_first(owner) if _fits(one, selection)]
        ids = [one.id for one in fitting]
        start = ids.index(after) + 1 if after in ids else 0
        shown = fitting[start : start + limit]
        return BankPage(shown, shown[-1].id if len(fitting) > start + limit else "")

    async def bank_counts(self, owner: str) -> BankCounts:
        """Count them."""
        own = self._latest_first(owner)
        return BankCounts(len(own), tag_counts(one.item.tags for one in own))

    async def delete_items(self, owner: str, ids: Collection[str]) -> None:
        """Drop some."""
        for item_id in ids:
            self.banks.get(owner, {}).pop(item_id, None)

    async def keep_import(self, owner: str, report: ImportReport) -> None:
        """Keep what the last import did."""
        self.imports[owner] = report

    async def last_import(self, owner: str) -> ImportReport | None:
        """Look up what the last import did."""
        return self.imports.get(owner)

    def _latest_first(self, owner: str) -> list[Banked]:
        own = self.banks.get(owner, {}).values()
        return sorted(own, key=lambda one: (one.changed_at, one.id), reverse=True)


def _fits(banked: Banked, selection: Selection) -> bool:
    item, wanted = banked.item, folded(selection.search.strip())
    options = getattr(item.question, "options", ())
    words = [item.name, item.question.text, *(option.text for option in options), *item.tags]
    has_words = any(wanted in folded(text) for text in words)
    tag = folded(selection.tag.strip())
    return has_words and (not tag or tag in {folded(one) for one in item.tags})
