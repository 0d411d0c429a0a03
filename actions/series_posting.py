"""What is posted of series: by the clock, or at once, and what becomes of what cannot be."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from actions.action import Action, Posting, Status
from actions.errors import MusterError, NotFound, Unreachable
from actions.notices import About, Notice
from actions.people import Person
from actions.ports import Ports
from actions.recurrence import times
from actions.series import Series, occurrence
from actions.viewing import View, view_of

LATE: Final = timedelta(minutes=5)
"""What is posted later than that after its time is explained to its creator."""


CREATOR_LEFT: Final = "CreatorLeft"
"""Why nothing is posted in a chat that its creator left, beside Teams' own words."""


@dataclass(frozen=True, slots=True)
class Late:
    """What was posted later than planned; `left_out` more were not posted at all.

    The view shows what the creator may see, and nobody's own answers.
    """

    view: View
    planned: datetime
    left_out: int


@dataclass(frozen=True, slots=True)
class Unposted:
    """A series of which one could not be posted, and why, in Teams' words or ours."""

    series: Series
    code: str


async def late(ports: Ports, notice: Notice) -> Late | None:
    """Give what a message says of something posted late; None if it is not there any more."""
    try:
        action = await ports.store.action(notice.action_id)
    except NotFound:
        return None
    if action.status is Status.DELETED:
        return None
    planned = datetime.fromisoformat(notice.detail["planned"])
    view = view_of(action, await ports.store.tallies(action.id, ()), ports.clock.now())
    return Late(view, planned, notice.detail["left_out"])


async def unposted(ports: Ports, notice: Notice) -> Unposted | None:
    """Give what a message says of a series; None if it goes on since, or was deleted."""
    try:
        series = await ports.store.series(notice.action_id)
    except NotFound:
        return None
    return Unposted(series, notice.detail["code"]) if series.stopped else None


async def post_due(ports: Ports, limit: int = 1000) -> int:
    """Post what is due of every series, wherever the process was meanwhile; gives how many."""
    now = ports.clock.now()
    posted, broken = 0, None
    for series_id in await ports.store.due_series(now, limit):
        # One that was deleted just now, or cannot be read, does not keep the others waiting.
        try:
            posted += await _post_if_due(ports, series_id, now)
        except MusterError:
            continue
        except Exception as error:  # noqa: BLE001 - raised below, once all had their turn
            broken = error
    if broken is not None:
        raise broken
    return posted


async def post_one(
    ports: Ports,
    series: Series,
    at: datetime,
    following: datetime | None,
    left_out: int | None = None,
) -> bool:
    """Post the next one of a series for the time `at`, and move the series on to `following`.

    `left_out` is given where its creator is told that it is late: how many are not posted at all.
    False when the series does not stand any more as it was given.
    """
    action = occurrence(series, ports.ids.new(), at, ports.clock.now())
    posting = Posting(ports.ids.new(), action.id, series.conversation_id)
    notices = []
    if left_out is not None:
        detail = {"planned": at.isoformat(), "left_out": left_out}
        notices = [_notice(ports, About.POSTED_LATE, action, action.id, detail)]
    return await ports.store.post_of_series(series, action, posting, following, notices)


def check_creator_is_there(action: Action, people: Iterable[Person]) -> None:
    """Raise Unreachable where what is posted of a series has lost its creator among the people.

    Who left a team does not go on posting there.
    """
    if action.series and all(person.key != action.creator.key for person in people):
        raise Unreachable(CREATOR_LEFT)


async def not_posted(ports: Ports, action: Action, posting: Posting, code: str) -> None:
    """Take back what can never be posted of a series, stop that, and tell its creator.

    `code` says why, in Teams' words or ours. Each step can be repeated, the last one ends it.
    """

    def stopped(series: Series) -> Series:
        counted = series.posted - (series.posted == action.number)
        if series.stopped or series.conversation_id != posting.conversation_id:
            return replace(series, posted=counted)
        return replace(series, posted=counted, next_at=None, stopped=code)

    with suppress(NotFound):
        await ports.store.change_series(action.series, stopped)
    notice = _notice(ports, About.NOT_POSTED, action, action.series, {"code": code})
    await ports.store.add_notices([notice])
    await ports.store.unpost(action.id)


async def _post_if_due(ports: Ports, series_id: str, now: datetime) -> bool:
    """Post the latest of the times that have come: three lists of one morning help nobody."""
    series = await ports.store.series(series_id)
    if series.next_at is None or series.next_at > now:
        return False
    latest, left_out, following = series.next_at, 0, None
    for moment in times(series.rule, series.starts_at, series.time_zone, series.next_at):
        if moment > now:
            following = moment
            break
        latest, left_out = moment, left_out + 1
    is_late = now - series.next_at > LATE
    return await post_one(ports, series, latest, following, left_out if is_late else None)


def _notice(
    ports: Ports, about: About, action: Action, subject: str, detail: Mapping[str, object]
) -> Notice:
    return Notice(
        id=ports.ids.of(about.value, action.id),
        about=about,
        tenant_id=action.tenant_id,
        action_id=subject,
        person=action.creator,
        locale=action.locale,
        detail=detail,
        created_at=ports.clock.now(),
    )
