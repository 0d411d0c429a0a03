"""What is old, in plain Python."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from actions.action import Action, Draft, Status
from actions.certificates import Certificate
from actions.series import Series
from tests.storage.kept import Delivery, Memory, Posted, Sending

T = TypeVar("T")


def is_closed_since(action: Action, before: datetime) -> bool:
    """Give whether an action has been closed since before a time."""
    at = action.closed_at
    return action.status is Status.CLOSED and at is not None and at < before


class MemoryRetention(Memory):
    """What goes by its age."""

    __slots__ = ()

    async def closed_before(self, before: datetime, limit: int) -> Sequence[str]:
        """List what closed long ago."""
        old = [p.action for p in self.posted.values() if is_closed_since(p.action, before)]
        old.sort(key=lambda action: action.closed_at or before)
        return [action.id for action in old][:limit]

    async def forget_old(self, before: datetime, limit: int) -> int:
        """Drop what is old, some of each."""
        done = 0
        for draft in _some(self.stored_drafts.values(), self._is_untouched(before), limit):
            del self.stored_drafts[draft.id]
            done += 1
        for one in _some(self.sending.values(), _was_settled(before), limit):
            del self.sending[one.notice.id]
            done += 1
        for series in _some(self.stored_series.values(), self._is_over(before), limit):
            del self.stored_series[series.id]
            for draft in list(self.stored_drafts.values()):
                if series.id in {draft.id, draft.edits}:
                    del self.stored_drafts[draft.id]
            done += 1
        done += self._forget_lapsed(before)
        for posted in _some(self.posted.values(), self._is_gone(before), limit):
            self._forget(posted)
            done += 1
        return done

    def _forget(self, posted: Posted) -> None:
        action = posted.action
        for certificate in posted.certificates.values():
            self.outlived[certificate.code] = replace(certificate, time_zone=action.time_zone)
        for delivery in self.deliveries_of(action.id):
            del self.deliveries[delivery.posting.id]
        self.drop_notices(action.id)
        del self.posted[action.id]

    def _forget_lapsed(self, before: datetime) -> int:
        """Of actions that are gone, however many there are."""
        lapsed = 0
        deleted = [p for p in self.posted.values() if p.action.status is Status.DELETED]
        for certificates in (posted.certificates for posted in deleted):
            for attempt in [a for a, one in certificates.items() if _lapsed(one, before)]:
                del certificates[attempt]
                lapsed += 1
        for code in [code for code, one in self.outlived.items() if _lapsed(one, before)]:
            del self.outlived[code]
            lapsed += 1
        return lapsed

    def _is_untouched(self, before: datetime) -> Callable[[Draft], bool]:
        def is_old(draft: Draft) -> bool:
            is_on_the_list = draft.id not in self.posted and draft.id not in self.stored_series
            return is_on_the_list and draft.updated_at is not None and draft.updated_at < before

        return is_old

    def _is_over(self, before: datetime) -> Callable[[Series], bool]:
        def is_old(series: Series) -> bool:
            left = [
                p.action
                for p in self.posted.values()
                if p.action.series == series.id
                and (p.action.status is not Status.DELETED or p.action.created_at >= before)
            ]
            is_over = series.next_at is None and not series.stopped
            return is_over and series.starts_at < before and not left

        return is_old

    def _is_gone(self, before: datetime) -> Callable[[Posted], bool]:
        def is_old(posted: Posted) -> bool:
            if posted.action.status is not Status.DELETED:
                return False
            deleted = [line for line in posted.history if line.verb == "deleted"]
            waits = any(_is_on_its_way(one) for one in self.deliveries_of(posted.action.id))
            return not waits and all(line.at < before for line in deleted)

        return is_old


def _is_on_its_way(one: Delivery) -> bool:
    return not one.dead_code and (one.due_at is not None or one.lease_until is not None)


def _lapsed(certificate: Certificate, before: datetime) -> bool:
    return certificate.valid_until is not None and certificate.valid_until < before


def _was_settled(before: datetime) -> Callable[[Sending], bool]:
    return lambda one: one.settled_at is not None and one.settled_at < before


def _some(values: Iterable[T], is_old: Callable[[T], bool], limit: int) -> list[T]:
    return [one for one in values if is_old(one)][:limit]
