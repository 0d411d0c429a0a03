"""What comes of a series: its last postings, all of them, and their results added up."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from actions.action import Action
from actions.caller import Caller
from actions.content import Content
from actions.kinds import kind
from actions.places import Conversation, thread_root
from actions.policy import sees_breakdown
from actions.ports import Ports
from actions.questions import Question
from actions.recurrence import next_after
from actions.scheduling import own_one
from actions.series import Series
from actions.tallies import SCORES, Bucket, Tallies, recount
from actions.viewing import View, view_of

MOST_MERGED: Final = 366
"""How many postings are added up: those of a year, day by day."""

LATEST: Final = 5
"""How many postings stand below the series itself."""

POSTINGS_PER_PAGE: Final = 8

UPCOMING: Final = 3
"""How many of the next times are named."""

QUESTIONS_PER_PAGE: Final = 5


@dataclass(frozen=True, slots=True)
class About:
    """A series, where it is posted, its next times, and its last postings, newest first."""

    series: Series
    place: Conversation | None
    upcoming: tuple[datetime, ...]
    latest: tuple[View, ...]


@dataclass(frozen=True, slots=True)
class Postings:
    """A page of what was posted of a series, newest first.

    `before` is the number before which the page begins, 0 for the newest; `following` that of the
    next page, 0 for none.
    """

    series: Series
    views: tuple[View, ...]
    before: int = 0
    following: int = 0


@dataclass(frozen=True, slots=True)
class Sum:
    """Tallies added up of `covered` postings; of `hidden` ones nobody may know the answers.

    `partial`: some of them asked some questions otherwise, and do not count there.
    """

    tallies: Tallies
    covered: int
    hidden: int
    partial: bool


@dataclass(frozen=True, slots=True)
class Together:
    """All postings as if they were one: the newest, with everybody's tallies; None without any.

    `questions` are a page of its questions, the first of them being number `first` from 0.
    """

    series: Series
    view: View | None
    sum: Sum
    first: int = 0
    questions: tuple[Question, ...] = ()


async def about(ports: Ports, caller: Caller, series_id: str) -> About:
    """Give an own series with its last postings. Raises NotFound, NotAllowed."""
    series = await own_one(ports, caller, series_id)
    posted = await ports.store.in_series(series_id, 0, LATEST)
    place = await ports.store.conversation(thread_root(series.conversation_id))
    views = [await _seen(ports, caller, action) for action in posted]
    return About(series, place, upcoming(series), tuple(views))


def upcoming(series: Series) -> tuple[datetime, ...]:
    """Give the next few times."""
    times: list[datetime] = []
    following = series.next_at
    while following is not None and len(times) < UPCOMING:
        times.append(following)
        following = next_after(series.rule, series.starts_at, series.time_zone, following)
    return tuple(times)


async def postings(ports: Ports, caller: Caller, series_id: str, before: int) -> Postings:
    """Give a page of what was posted of an own series. Raises NotFound, NotAllowed."""
    series = await own_one(ports, caller, series_id)
    posted = await ports.store.in_series(series_id, before, POSTINGS_PER_PAGE + 1)
    page = posted[:POSTINGS_PER_PAGE]
    views = [await _seen(ports, caller, action) for action in page]
    following = page[-1].number if len(posted) > len(page) else 0
    return Postings(series, tuple(views), before, following)


async def together(ports: Ports, caller: Caller, series_id: str, first: int) -> Together:
    """Give the results of all postings of an own series as one. Raises NotFound, NotAllowed."""
    series = await own_one(ports, caller, series_id)
    posted = await ports.store.in_series(series_id, 0, MOST_MERGED)
    counted = [(action, await _tallies(ports, action)) for action in posted]
    if not counted:
        return Together(series, None, Sum(Tallies(), 0, 0, partial=False))
    newest = posted[0]
    added = add_up(newest, counted)
    # Who was expected differs from posting to posting, and the same people respond to many.
    seen = view_of(
        replace(newest, audience=None), added.tallies, ports.clock.now(), caller.person.key
    )
    asked = asked_in(newest.content)
    first = min(max(first, 0), max(len(asked) - 1, 0))
    return Together(series, seen, added, first, asked[first : first + QUESTIONS_PER_PAGE])


def asked_in(content: Content) -> tuple[Question, ...]:
    """Give what has a result: questions that ask something, or the items of a checklist."""
    return content.answerable if content.checklist is None else content.questions


def add_up(newest: Action, posted: Iterable[tuple[Action, Tallies]]) -> Sum:
    """Add the tallies of postings to those questions of the newest one that they ask as it does.

    Anonymous ones that show no breakdown are left out, so that nobody can subtract the others.
    """
    asked = _questions(newest, newest)
    counts: Counter[Bucket] = Counter()
    sums: Counter[Bucket] = Counter()
    covered, hidden, partial = 0, 0, False
    for action, tallies in posted:
        if not sees_breakdown(action, tallies.people):
            hidden += 1
            continue
        own = _questions(action, newest)
        same = {name for name in asked if own.get(name) == asked[name]}
        if asked and not same:
            partial = True
            continue
        covered, partial = covered + 1, partial or len(same) < len(asked)
        counts.update({b: n for b, n in tallies.counts.items() if b[0] in same | _OF_ALL})
        sums.update({b: n for b, n in tallies.sums.items() if b[0] in same | _OF_ALL})
    return Sum(Tallies(dict(counts), dict(sums)), covered, hidden, partial)


_OF_ALL: Final = frozenset({"", SCORES})
"""What is counted of responses as such, not of a question."""


def _questions(action: Action, newest: Action) -> Mapping[str, object]:
    """Give what is asked, and what is right; due times as if both were posted on one day."""
    content = kind(action.kind).renewed(action, newest.created_at).content
    return {q.id: (q, content.keys.get(q.id)) for q in content.questions}


async def _seen(ports: Ports, caller: Caller, action: Action) -> View:
    watched = kind(action.kind).watched(action.content)
    tallies = await ports.store.tallies(action.id, watched)
    return view_of(action, tallies, ports.clock.now(), caller.person.key)


async def _tallies(ports: Ports, action: Action) -> Tallies:
    """Give an action's tallies; a list that all share counts like one that somebody handed in."""
    kept = action.content.checklist
    if kept is None or kept.individual:
        return await ports.store.tallies(action.id)
    return _of_shared(action.content)


def _of_shared(content: Content) -> Tallies:
    ticks = content.checklist.ticks if content.checklist is not None else {}
    return recount(content, [({name: tick.encode() for name, tick in ticks.items()}, ())])
