"""Posting later, and again and again: what creators do with series."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

from actions import drafting
from actions.action import Draft, Status
from actions.caller import Caller
from actions.errors import InvalidAnswers, NotAllowed, NotFound, Problem
from actions.fields import Values
from actions.plan import Plan
from actions.policy import check_schedules
from actions.ports import Ports
from actions.recurrence import next_after, times
from actions.schedule import (
    When,
    is_of_series,
    moment_fields,
    read_schedule,
    schedule_defaults,
    with_closing,
)
from actions.series import Series
from actions.series_posting import post_one

BY_CREATOR: Final = "by_creator"
"""Why a series stopped that its creator stopped."""


async def own_one(ports: Ports, caller: Caller, series_id: str) -> Series:
    """Give a series that the caller manages. Raises NotFound, NotAllowed."""
    series = await ports.store.series(series_id)
    check_schedules(series.template, caller)
    return series


async def planned(ports: Ports, caller: Caller, draft: Draft) -> tuple[When, Plan]:
    """Give what a draft and its schedule amount to.

    Raises InvalidAnswers with all problems of both, NotFound.
    """
    now, problems = ports.clock.now(), dict[str, Problem]()
    closing = replace(draft, values=with_closing(draft.values, draft.time_zone, now))
    try:
        plan = await drafting.plan(ports, caller, closing)
    except InvalidAnswers as refused:
        problems |= refused.problems
    try:
        when = read_schedule(draft.values, draft.time_zone, now)
    except InvalidAnswers as refused:
        problems |= refused.problems
    if problems:
        raise InvalidAnswers(problems)
    return when, plan


async def schedule(ports: Ports, caller: Caller, draft_id: str, conversation_id: str) -> Series:
    """Make a draft a series, once however often this is asked for.

    Raises NotFound, NotAllowed, InvalidAnswers, NotSaved.
    """
    try:
        draft = await drafting.own_draft(ports, caller, draft_id)
    except NotFound as missing:
        if missing.code != "posted":
            raise
        return await own_one(ports, caller, draft_id)
    if draft.edits:
        raise NotAllowed("is_edit")
    await drafting.check_destination(ports, caller, conversation_id)
    when, plan = await planned(ports, caller, draft)
    template = replace(
        drafting.as_posted(ports, draft, plan),
        status=Status.SCHEDULED,
        closes_at=None,
        remind_at=None,
        notify_at=None,
    )
    empty = Series(draft.id, template, conversation_id, when.starts_at)
    await ports.store.save_series(_set(empty, when, plan, conversation_id, draft.values))
    return await ports.store.series(draft.id)


async def start_edit(ports: Ports, caller: Caller, series_id: str) -> Draft:
    """Give the draft that changes a series, with what was typed into it before.

    Its first posting is the next one. Like any new draft it is not stored before something is
    typed. Raises NotFound, NotAllowed.
    """
    series = await own_one(ports, caller, series_id)
    draft_id = ports.ids.of("edit", series_id, caller.person.key)
    with suppress(NotFound):
        typed = await drafting.own_draft(ports, caller, draft_id)
        if typed.edits == series_id:
            return typed
    template, now = series.template, ports.clock.now()
    draft = Draft(
        id=draft_id,
        kind=template.kind,
        tenant_id=template.tenant_id,
        creator=template.creator,
        locale=template.locale,
        time_zone=template.time_zone,
        origin=series.conversation_id,
        edits=series_id,
        values=series.values,
    )
    return replace(draft, values={**series.values, **_continued(series, draft, now)})


async def apply_edit(ports: Ports, caller: Caller, draft_id: str, conversation_id: str) -> Series:
    """Carry an edit over to its series, which goes on from now, also when it was stopped.

    What was posted stays as it is. Raises as `schedule`.
    """
    draft = await drafting.own_draft(ports, caller, draft_id)
    if not is_of_series(draft):
        raise NotFound("no_such_draft")
    before = await own_one(ports, caller, draft.edits)
    if conversation_id != before.conversation_id:
        await drafting.check_destination(ports, caller, conversation_id)
    when, plan = await planned(ports, caller, draft)
    series = await _change(
        ports,
        caller,
        before.id,
        lambda series: _set(series, when, plan, conversation_id, draft.values),
    )
    await ports.store.delete_draft(draft_id)
    return series


async def stop(ports: Ports, caller: Caller, series_id: str) -> Series:
    """Post nothing more of a series for now; stopping twice is no error.

    Raises NotFound, NotAllowed.
    """

    def stopped(series: Series) -> Series:
        if series.next_at is None:
            return series
        return replace(series, next_at=None, stopped=BY_CREATOR)

    return await _change(ports, caller, series_id, stopped)


async def resume(ports: Ports, caller: Caller, series_id: str) -> Series:
    """Go on with a series at its next time. Raises as `stop`, NotAllowed where there is none."""
    now = ports.clock.now()

    def resumed(series: Series) -> Series:
        if series.next_at is not None:
            return series
        following = _following(series, now)
        if following is None:
            raise NotAllowed("series_over")
        return replace(series, next_at=following, stopped="")

    return await _change(ports, caller, series_id, resumed)


async def delete(ports: Ports, caller: Caller, series_id: str) -> None:
    """Delete a series; what was posted of it stays. Raises NotFound, NotAllowed."""
    await own_one(ports, caller, series_id)
    await ports.store.delete_series(series_id)


async def post_now(ports: Ports, caller: Caller, series_id: str, number: int) -> Series:
    """Post the next one now instead of at its time, `number` being which one that is.

    Pressed twice it is posted once. Raises NotFound, NotAllowed.
    """
    series = await own_one(ports, caller, series_id)
    if number != series.posted + 1:
        return series
    now = ports.clock.now()
    due = series.next_at
    following = None if due is None else _following(series, max(due, now))
    await post_one(ports, series, now, following)
    return await ports.store.series(series_id)


def _set(series: Series, when: When, plan: Plan, conversation_id: str, values: Values) -> Series:
    """Give a series as its form has it, from its first posting on; what was posted stays."""
    template = replace(
        series.template,
        content=plan.content,
        settings=plan.settings,
        created_at=when.first,
    )
    return replace(
        series,
        template=template,
        conversation_id=conversation_id,
        starts_at=when.starts_at,
        rule=when.rule,
        closes_after=when.closes_after,
        next_at=when.first,
        stopped="",
        values=values,
    )


def _continued(series: Series, draft: Draft, now: datetime) -> Values:
    """Give the schedule's fields as they say what is still to come of a series."""
    following = series.next_at or _following(series, now)
    if following is None:
        fresh = schedule_defaults(replace(draft, values={}), now)
        return {name: fresh[name] for name in ("post.date", "post.time")}
    fields = dict(moment_fields(following, series.time_zone))
    if series.rule is not None and series.rule.times:
        later = times(series.rule, series.starts_at, series.time_zone, following)
        fields["post.times"] = str(1 + sum(1 for _ in later))
    return fields


def _following(series: Series, after: datetime) -> datetime | None:
    return next_after(series.rule, series.starts_at, series.time_zone, after)


async def _change(
    ports: Ports, caller: Caller, series_id: str, change: Callable[[Series], Series]
) -> Series:
    def decide(series: Series) -> Series:
        check_schedules(series.template, caller)
        return change(series)

    return await ports.store.change_series(series_id, decide)
