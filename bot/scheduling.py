"""Verbs that post later: a form's schedule, step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from actions import drafting, scheduling, series_results
from actions.action import Draft
from actions.errors import (
    InvalidAnswers,
    MusterError,
    NotAllowed,
    NotDelivered,
    NotFound,
    Problem,
)
from actions.places import Conversation, thread_root
from actions.schedule import PREFIX, is_of_series, schedule_defaults, upcoming
from bot import making, serial
from bot.press import Outcome, Press
from cards.parts import Host
from dialogs.create import form_screen, kept_screen
from dialogs.destination import HERE, place_words
from dialogs.planned import Planned
from dialogs.schedule import (
    FIELDS,
    NEVER,
    WHEN,
    check_screen,
    repeat_screen,
    when_screen,
)


async def open_schedule(press: Press) -> Outcome:
    """Keep what was typed; ask when it is posted, or show the form with what is wrong."""
    if "where" in press.inputs:
        # The button stands below a preview, which has no field but that one.
        draft = await drafting.own_draft(press.ports, press.caller, press.envelope.action)
        draft = await _save(press, draft, {"post.where": press.inputs["where"]})
    else:
        draft = await making.saved(press)
    draft = _begun(press, draft)
    problems = await _problems(press, draft)
    wrong = {name: problem for name, problem in problems.items() if not name.startswith(PREFIX)}
    return await (_wrong(press, draft, wrong) if wrong else _when(press, draft))


async def when(press: Press) -> Outcome:
    """Go back to the first step, whatever is wrong with the second."""
    return await _when(press, await _kept(press))


async def repeat(press: Press) -> Outcome:
    """Take the first step; ask how it is repeated, if it is, else say what it comes to."""
    draft = await _kept(press)
    problems = await _problems(press, draft)
    wrong = {name: problem for name, problem in problems.items() if name in WHEN}
    if wrong:
        return await _wrong(press, draft, wrong)
    if draft.values["post.repeat"] in FIELDS:
        return repeat_screen(draft, press.setting())
    return await _check(press, draft)


async def plan(press: Press) -> Outcome:
    """Take the second step; say what it comes to, or what is wrong."""
    return await _check(press, await _kept(press))


async def back_to_form(press: Press) -> Outcome:
    """Go back to the form, whatever is wrong with the schedule."""
    return form_screen(await _kept(press), press.setting())


async def later(press: Press) -> Outcome:
    """Put form and schedule aside."""
    return kept_screen(await _kept(press), press.setting())


async def schedule(press: Press) -> Outcome:
    """Schedule a draft, or save changes to a series; once, however often this is pressed."""
    ports, caller, draft_id = press.ports, press.caller, press.envelope.action
    try:
        draft = await drafting.own_draft(ports, caller, draft_id)
    except NotFound as gone:
        if gone.code != "posted":
            raise
        return await serial.receipt(press, await scheduling.own_one(ports, caller, draft_id))
    if is_of_series(draft):
        return await _applied(press, draft)
    try:
        series = await scheduling.schedule(ports, caller, draft_id, _where(draft))
    except MusterError as refused:
        return await _refused(press, draft, refused)
    return await serial.receipt(press, series)


async def apply_edit(press: Press) -> Outcome:
    """Save changes to something posted, or to what is posted later."""
    draft = await making.saved(press)
    if is_of_series(draft):
        return await _applied(press, draft)
    return await making.apply_edit(press, draft)


async def _kept(press: Press) -> Draft:
    """Keep what the step before has typed. Raises NotFound."""
    draft = await drafting.own_draft(press.ports, press.caller, press.envelope.action)
    names = {"when": WHEN, **FIELDS}.get(press.inputs.get("step", ""), ())
    # Clients leave cleared fields out; where there is no choice of a chat there is no such field.
    cleared = dict.fromkeys((name for name in names if name != "post.where"), "")
    typed = {name: text for name, text in press.inputs.items() if name in names}
    if typed.get("post.closes_after") == NEVER:
        typed["post.closes_after"] = ""
    return _begun(press, await _save(press, draft, cleared | typed) if names else draft)


async def _save(press: Press, draft: Draft, typed: Mapping[str, str]) -> Draft:
    if typed.get("post.where") == HERE:
        typed = {**typed, "post.where": press.caller.conversation_id}
    return await drafting.save(press.ports, press.caller, draft, typed)


def _begun(press: Press, draft: Draft) -> Draft:
    """Give a draft with everything that its schedule says, typed or not."""
    fields = schedule_defaults(draft, press.ports.clock.now())
    return replace(draft, values={**draft.values, **fields})


async def _problems(press: Press, draft: Draft) -> Mapping[str, Problem]:
    try:
        await scheduling.planned(press.ports, press.caller, draft)
    except InvalidAnswers as refused:
        return refused.problems
    return {}


async def _wrong(press: Press, draft: Draft, problems: Mapping[str, Problem]) -> Outcome:
    """Show the first of form and steps with which something is wrong, and what that is."""
    setting = replace(press.setting(), problems=problems)
    if not all(name.startswith(PREFIX) for name in problems):
        return form_screen(draft, setting)
    if problems.keys() & set(WHEN):
        return await _when(press, draft, problems)
    return repeat_screen(draft, setting)


async def _when(
    press: Press, draft: Draft, problems: Mapping[str, Problem] | None = None
) -> Outcome:
    setting = replace(press.setting(), problems=problems or {})
    return when_screen(draft, setting, await _destinations(press, draft))


async def _check(press: Press, draft: Draft) -> Outcome:
    try:
        when, _ = await scheduling.planned(press.ports, press.caller, draft)
    except InvalidAnswers as refused:
        return await _wrong(press, draft, refused.problems)
    setting, zone = press.setting(), draft.time_zone
    place = await _place(press, draft)
    planned = Planned(
        when.starts_at,
        when.rule,
        when.closes_after,
        zone,
        upcoming(when, zone, series_results.UPCOMING),
        place_words(place, setting),
    )
    return check_screen(draft, planned, setting)


async def _refused(press: Press, draft: Draft, refused: MusterError) -> Outcome:
    """Show what is wrong beside its field; what is not about one is raised again."""
    match refused:
        case InvalidAnswers():
            problems = refused.problems
        case NotAllowed():
            problems = {"post.where": Problem(refused.code, refused.values)}
        case _:
            raise refused
    return await _wrong(press, _begun(press, draft), problems)


async def _applied(press: Press, draft: Draft) -> Outcome:
    try:
        series = await scheduling.apply_edit(press.ports, press.caller, draft.id, _where(draft))
    except MusterError as refused:
        return await _refused(press, draft, refused)
    done = press.texts("Your changes are saved. They count from the next posting on.")
    return await serial.shown(press, series.id, done=done)


async def _destinations(press: Press, draft: Draft) -> Sequence[Conversation]:
    """Give where it can be posted; where it is posted so far stands among them by all means."""
    if press.host is not Host.IN_PLACE:
        return ()
    offered = await drafting.destinations(press.ports, press.caller)
    where = _where(draft)
    if where in {press.caller.conversation_id, *(place.id for place in offered)}:
        return offered
    place = await _place(press, draft)
    return offered if place is None else [replace(place, id=where), *offered]


async def _place(press: Press, draft: Draft) -> Conversation | None:
    """Give where it is posted so far; what a chat is called is told to nobody who is not in it."""
    where = _where(draft)
    if where != draft.origin:
        try:
            await drafting.check_destination(press.ports, press.caller, where)
        except (NotAllowed, NotDelivered):
            return None
    return await press.ports.store.conversation(thread_root(where))


def _where(draft: Draft) -> str:
    return draft.values.get("post.where", "") or draft.origin
