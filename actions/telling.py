"""When creators are told what comes of their actions; `actions.notifying` tells them."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Final

from actions.action import Action, Notify, Settings, Status
from actions.due import zone
from actions.tallies import FINISHED, RESPONDED, Moves

GATHER: Final = timedelta(seconds=20)
"""How long news wait for more: people answer in bursts, and a burst shall be one message."""

DIGEST_AT: Final = time(9)
"""When the news of a day are told, by the creator's clock: as a day of work begins."""

_AT_ONCE: Final = frozenset({Notify.EACH, Notify.ALL})
_WHEN_CLOSED: Final = frozenset({Notify.EACH, Notify.DAILY, Notify.CLOSE})


def digest_at(now: datetime, time_zone: str) -> datetime:
    """Give when the next digest is due."""
    here = zone(time_zone)
    today = now.astimezone(here).date()
    at = datetime.combine(today, DIGEST_AT, here)
    if at <= now:
        at = datetime.combine(today + timedelta(days=1), DIGEST_AT, here)
    return at.astimezone(UTC)


def first_notice_at(settings: Settings, now: datetime, time_zone: str) -> datetime | None:
    """Give when the creator of what is posted now is told something; None before it happens."""
    return digest_at(now, time_zone) if settings.notify is Notify.DAILY else None


def is_news(moved: Moves) -> bool:
    """Give whether what moved in the tallies is something to tell of: not a changed answer."""
    return any(moved.get(bucket, (0, 0))[0] for bucket in (RESPONDED, FINISHED))


def with_news(action: Action, now: datetime) -> Action:
    """Give an action that has just been responded to, been ticked, or waits for fewer people."""
    if action.settings.notify not in _AT_ONCE or action.notify_at is not None:
        return action
    return replace(action, notify_at=now + GATHER)


def closed(action: Action, now: datetime) -> Action:
    """Give an action that was just closed.

    What of a quiz is under way is ended by the clock after that, and belongs to what is told.
    """
    if action.settings.notify not in _WHEN_CLOSED:
        return action
    exam = action.content.exam
    ends = exam is not None and not exam.is_course
    return replace(action, notify_at=now + GATHER if ends else now)


def reopened(action: Action, now: datetime) -> Action:
    """Give an action that was just opened again: that it closed is no news any more."""
    match action.settings.notify:
        case Notify.CLOSE:
            return replace(action, notify_at=None)
        case Notify.DAILY:
            return replace(action, notify_at=digest_at(now, action.time_zone))
        case _:
            return action


def wished(action: Action, notify: Notify, now: datetime) -> Action:
    """Give an action of which its creator wants to be told that from now on.

    What has closed tells nothing more, whatever is wished afterwards.
    """
    if notify is action.settings.notify:
        return action
    action = replace(action, settings=replace(action.settings, notify=notify))
    if action.status is not Status.ACTIVE:
        return action
    match notify:
        case Notify.NEVER | Notify.CLOSE:
            return replace(action, notify_at=None)
        case Notify.DAILY:
            return replace(action, notify_at=digest_at(now, action.time_zone))
        case Notify.EACH:
            return replace(action, notify_at=now + GATHER)
        case Notify.ALL:
            # Nobody was told yet that all have responded, which may be so already.
            return replace(action, notify_at=now + GATHER, notified=0)
