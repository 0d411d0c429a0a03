"""Telling creators what comes of their actions, as often as each of them wished to be told.

`notify_due` decides that there is something to tell, and says so in the transaction that notes
what was told; `news` and `digest` give what a message says, when it is sent.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from actions.action import Action, Notify, Status
from actions.errors import NotFound, NotSaved
from actions.kinds import kind
from actions.notices import About, Notice, Told
from actions.ports import Ids, Ports
from actions.rows import progress, rows_of, ticks_of
from actions.tallies import FINISHED, Tallies
from actions.telling import digest_at
from actions.viewing import View, view_of

MOST_NAMED: Final = 3
"""Of so many new responses a message says whose they are."""

MOST_LISTED: Final = 10
"""How many actions a digest lists."""


@dataclass(frozen=True, slots=True)
class News:
    """An action as its creator is told of it: `new` responses since last time, by `names`.

    The view shows what the creator may see, and nobody's own answers.
    """

    view: View
    new: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """What is new in a creator's actions; in `more` of them there is something new, too."""

    listed: tuple[News, ...]
    more: int = 0


async def notify_due(ports: Ports, limit: int = 100) -> int:
    """Put on its way what creators are to be told, once; gives how many messages that are.

    Raises what kept one of them from it, once all had their turn.
    """
    due = await ports.store.due_to_notify(ports.clock.now(), limit)
    told, broken = 0, None
    for together in _messages(due):
        try:
            told += await _tell(ports, together)
        except NotSaved:
            raise
        except Exception as error:  # noqa: BLE001 - raised below, once all had their turn
            broken = error
    if broken is not None:
        raise broken
    return told


async def news(ports: Ports, notice: Notice) -> News | None:
    """Give what a message about one action tells, as it stands now; None if it is no news now."""
    new = notice.detail.get("new", 0)
    return await _news_of(ports, notice, notice.action_id, new)


async def digest(ports: Ports, notice: Notice) -> Digest | None:
    """Give what a digest tells, as it stands now; None if nothing of it is there any more."""
    entries = notice.detail["actions"]
    listed: list[News] = []
    for place, (action_id, new) in enumerate(entries):
        if len(listed) == MOST_LISTED:
            return Digest(tuple(listed), len(entries) - place)
        found = await _news_of(ports, notice, action_id, new)
        listed += [found] if found is not None else []
    return Digest(tuple(listed)) if listed else None


def count_of(action: Action, tallies: Tallies) -> int:
    """Give how much there is to tell of: responses, or of a checklist what is done.

    That is how many people are through with lists of their own, or how many items of one list
    leave nothing to do.
    """
    kept = action.content.checklist
    if kept is None:
        return tallies.responded
    if kept.individual:
        return tallies.counts.get(FINISHED, 0)
    # What is overdue does not count here, so any time will do.
    every = rows_of(action.content, ticks_of(action.content, None), "", action.created_at)
    return progress(every).settled


def is_complete(view: View) -> bool:
    """Give whether everyone responded, or everything of a checklist is done."""
    content = view.action.content
    if content.checklist is None:
        reached, expected = view.tallies.people, view.expected
    else:
        reached = count_of(view.action, view.tallies)
        expected = view.expected if content.checklist.individual else len(content.questions)
    return bool(expected) and reached >= (expected or 0)


def _messages(due: Sequence[Action]) -> Iterator[list[Action]]:
    """Give what is told in one message: the daily news of a creator; all else by itself."""

    def whose(action: Action) -> tuple[str, bool]:
        return action.creator.key, action.settings.notify is Notify.DAILY

    for (_, is_daily), own in groupby(sorted(due, key=whose), key=whose):
        if is_daily:
            yield list(own)
        else:
            yield from ([action] for action in own)


async def _tell(ports: Ports, actions: Sequence[Action]) -> int:
    seen = [await _seen(ports, action) for action in actions]
    told = [_told(view) for view in seen]
    notices = list(_notices(ports.ids, seen, told))
    return len(notices) if await ports.store.notify(told, notices) else 0


def _told(view: View) -> Told:
    action, count = view.action, count_of(view.action, view.tallies)
    match action.settings.notify:
        case Notify.DAILY if action.status is Status.ACTIVE:
            return Told(action, count, digest_at(view.now, action.time_zone))
        case Notify.ALL if action.notified or not is_complete(view):
            # That all responded is told once, whatever they change later.
            return Told(action, action.notified)
        case _:
            return Told(action, count)


def _notices(ids: Ids, seen: Sequence[View], told: Sequence[Told]) -> Iterator[Notice]:
    changed = [one for one in told if one.count > one.action.notified]
    first = seen[0].action
    match first.settings.notify:
        case Notify.DAILY if changed:
            listed = [[one.action.id, one.count - one.action.notified] for one in changed]
            name = ids.of("digest", *_telling(changed[0]))
            yield _notice(first, About.DIGEST, name, actions=listed)
        case Notify.EACH if changed:
            new = told[0].count - first.notified
            name = ids.of("responses", *_telling(told[0]))
            yield _notice(first, About.RESPONSES, name, new=new)
        case Notify.ALL if changed:
            yield _notice(first, About.EVERYONE, ids.of("everyone", first.id))
        case Notify.CLOSE if first.closed_at is not None:
            at = first.closed_at.isoformat()
            yield _notice(first, About.CLOSED, ids.of("closed", first.id, at), closed_at=at)
        case _:
            return


def _telling(one: Told) -> tuple[str, str, str]:
    """Give what tells this time from all others at which something of the action was told.

    What closes when a digest is due is told of twice at that time, if it was answered in between.
    """
    due = one.action.notify_at
    return one.action.id, "" if due is None else due.isoformat(), str(one.count)


def _notice(action: Action, about: About, notice_id: str, **detail: object) -> Notice:
    return Notice(
        id=notice_id,
        about=about,
        tenant_id=action.tenant_id,
        action_id="" if about is About.DIGEST else action.id,
        person=action.creator,
        locale=action.locale,
        detail=detail,
    )


async def _news_of(ports: Ports, notice: Notice, action_id: str, new: int) -> News | None:
    try:
        action = await ports.store.action(action_id)
    except NotFound:
        return None
    closing = notice.detail.get("closed_at")
    is_past = closing is not None and (
        action.closed_at is None or action.closed_at.isoformat() != closing
    )
    if action.status is Status.DELETED or is_past:
        return None
    names = await _names(ports, action, new) if notice.about is About.RESPONSES else ()
    return News(await _seen(ports, action), new, names)


async def _names(ports: Ports, action: Action, new: int) -> tuple[str, ...]:
    """Give whose the latest responses are, if they are few and everyone may know."""
    is_told = not action.settings.anonymous and action.content.checklist is None
    if not is_told or not 0 < new <= MOST_NAMED:
        return ()
    page = await ports.store.responded(action.id, "", "", new)
    return tuple(response.person.name for response in page.responses)


async def _seen(ports: Ports, action: Action) -> View:
    """Give what the creator may see, but as nobody in particular: no answers are their own."""
    watched = kind(action.kind).watched(action.content)
    tallies = await ports.store.tallies(action.id, watched)
    seen = view_of(action, tallies, ports.clock.now(), action.creator.key)
    return replace(seen, viewer="")
