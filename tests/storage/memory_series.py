"""Series, and what is posted of them, in plain Python."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from actions.action import Action, Posting, Status
from actions.errors import NotFound
from actions.notices import Notice
from actions.series import Series
from storage.text import folded
from tests.storage.kept import Delivery, Memory, Posted


class MemorySeries(Memory):
    """Series, and what is posted of them."""

    __slots__ = ()

    async def save_series(self, series: Series) -> None:
        """Keep a series."""
        self.stored_series.setdefault(series.id, series)

    async def series(self, series_id: str) -> Series:
        """Look a series up."""
        if series_id not in self.stored_series:
            raise NotFound("no_such_series")
        return self.stored_series[series_id]

    async def change_series(self, series_id: str, decide: Callable[[Series], Series]) -> Series:
        """Change a series."""
        after = decide(await self.series(series_id))
        self.stored_series[series_id] = after
        return after

    async def delete_series(self, series_id: str) -> None:
        """Drop a series and its drafts."""
        self.stored_series.pop(series_id, None)
        for draft in list(self.stored_drafts.values()):
            if series_id in {draft.id, draft.edits}:
                del self.stored_drafts[draft.id]

    async def series_of(
        self, creator_key: str, offset: int, limit: int, search: str = ""
    ) -> Sequence[Series]:
        """List someone's series that are not over."""
        wanted, now = folded(search.strip()), self.clock.now()
        own = [
            s
            for s in self.stored_series.values()
            if s.template.creator.key == creator_key
            and (s.next_at is not None or s.stopped)
            and wanted in folded(s.template.content.title)
        ]
        own.sort(key=lambda s: (not s.stopped, s.next_at or now, s.id))
        return own[offset : offset + limit]

    async def due_series(self, now: datetime, limit: int) -> Sequence[str]:
        """List what is due."""
        due = [(s.next_at, s.id) for s in self.stored_series.values() if s.next_at is not None]
        return [name for at, name in sorted(due) if at <= now][:limit]

    async def post_of_series(
        self,
        series: Series,
        action: Action,
        posting: Posting,
        next_at: datetime | None,
        notices: Sequence[Notice] = (),
    ) -> bool:
        """Keep an action of a series, and move the series on."""
        if self.stored_series.get(series.id) != series or action.id in self.posted:
            return False
        now = self.clock.now()
        self.stored_series[series.id] = replace(series, next_at=next_at, posted=series.posted + 1)
        self.posted[action.id] = Posted(action)
        self.deliveries[posting.id] = Delivery(posting, due_at=now)
        self.put_on_the_way(notices, now)
        self.on_change()
        return True

    async def in_series(self, series_id: str, before: int, limit: int) -> Sequence[Action]:
        """List what was posted of a series."""
        posted = [
            p.action
            for p in self.posted.values()
            if p.action.series == series_id
            and p.action.status is not Status.DELETED
            and (not before or p.action.number < before)
        ]
        return sorted(posted, key=lambda action: action.number, reverse=True)[:limit]
