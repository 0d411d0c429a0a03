"""Making an action: a draft is started, typed into, planned, and posted."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from actions import drafted, telling
from actions.action import Action, Draft, Posting, Status
from actions.caller import Caller
from actions.due import reminder_at, with_reminder
from actions.errors import InvalidAnswers, NotAllowed, NotDelivered, NotFound, Problem
from actions.fields import Values
from actions.history import Entry
from actions.kinds import kind
from actions.people import Person
from actions.places import Conversation, Scope, thread_root
from actions.plan import Plan, with_cleared
from actions.policy import check_manages, check_owns
from actions.ports import Ports
from actions.schedule import SCHEDULE_FIELDS, is_of_series, typed_schedule, with_closing
from actions.viewing import reached

DESTINATIONS = 20
"""How many chats and channels are offered to post in."""


def start(ports: Ports, caller: Caller, kind_name: str, title: str = "") -> Draft:
    """Give a new draft, not stored before something is typed. Raises NotFound."""
    values = kind(kind_name).blank(ports.clock.now(), caller.time_zone, ports.ids.short, title)
    return _new(ports, caller, kind_name, values)


async def begin(ports: Ports, caller: Caller, kind_name: str, title: str) -> Draft:
    """Give a new draft; one that asks something already is stored. Raises NotFound, NotSaved.

    What a form has no fields for would be lost otherwise.
    """
    draft = start(ports, caller, kind_name, title)
    if drafted.question_ids(draft.values):
        draft = replace(draft, updated_at=ports.clock.now())
        await ports.store.save_draft(draft)
    return draft


def start_from_line(ports: Ports, caller: Caller, kind_name: str, line: str) -> Draft | None:
    """Give the draft that one line of text says, None where it only says a title, if that."""
    rules = kind(kind_name)
    values = rules.from_line(line, ports.clock.now(), caller.time_zone, ports.ids.short)
    return None if values is None else _new(ports, caller, kind_name, values)


async def duplicate(ports: Ports, caller: Caller, action_id: str) -> Draft:
    """Store a new draft that asks what an own action asks. Raises NotFound, NotAllowed."""
    action = await _managed(ports, caller, action_id)
    rules, now = kind(action.kind), ports.clock.now()
    fresh = rules.blank(now, caller.time_zone, ports.ids.short, "")
    due = {name: fresh[name] for name in ("closes", "date", "time")}
    values = rules.values_of(rules.renewed(action, now))
    draft = _new(ports, caller, action.kind, {**values, **due})
    await ports.store.save_draft(replace(draft, updated_at=now))
    return draft


async def start_edit(ports: Ports, caller: Caller, action_id: str) -> Draft:
    """Give the draft that changes a posted action, with what was typed into it before.

    Like a new one it is not stored before something is typed.

    Raises NotFound, NotAllowed.
    """
    action = await _managed(ports, caller, action_id)
    draft_id = ports.ids.of("edit", action_id, caller.person.key)
    with suppress(NotFound):
        typed = await own_draft(ports, caller, draft_id)
        if typed.edits == action_id:
            return typed
    draft = _new(ports, caller, action.kind, kind(action.kind).values_of(action))
    return replace(draft, id=draft_id, edits=action_id, time_zone=action.time_zone)


async def save(ports: Ports, caller: Caller, draft: Draft, raw: Mapping[str, str]) -> Draft:
    """Store what was typed into the draft as the client has it, over what is stored of it.

    `draft` comes from a button and is not to be trusted: a stored one wins, and must be the
    caller's. Raises NotFound.
    """
    try:
        stored = await ports.store.draft(draft.id)
    except NotFound as missing:
        if missing.code == "posted":
            raise
    else:
        check_owns(stored, caller)
        draft = stored
    own = {name: text for name, text in raw.items() if name not in SCHEDULE_FIELDS}
    values = kind(draft.kind).typed(draft.values, with_cleared(own), ports.ids.short)
    if not draft.edits or is_of_series(draft):
        values = {**values, **typed_schedule(raw)}
    draft = replace(draft, values=values, updated_at=ports.clock.now())
    await ports.store.save_draft(draft)
    return draft


async def own_draft(ports: Ports, caller: Caller, draft_id: str) -> Draft:
    """Give one of the caller's drafts. Raises NotFound."""
    draft = await ports.store.draft(draft_id)
    check_owns(draft, caller)
    return draft


async def plan(ports: Ports, caller: Caller, draft: Draft) -> Plan:
    """Give what the draft amounts to. Raises InvalidAnswers, NotFound."""
    if is_of_series(draft):
        values = with_closing(draft.values, draft.time_zone, ports.clock.now())
        return _planned(ports, replace(draft, values=values), None)
    before = await _managed(ports, caller, draft.edits) if draft.edits else None
    return _planned(ports, draft, before)


async def problems(ports: Ports, caller: Caller, draft: Draft) -> Mapping[str, Problem]:
    """Give everything that is wrong with the draft, by field. Raises NotFound."""
    try:
        await plan(ports, caller, draft)
    except InvalidAnswers as refused:
        return refused.problems
    return {}


async def preview(ports: Ports, caller: Caller, draft: Draft) -> Action:
    """Give the action that posting the draft would make. Raises InvalidAnswers, NotFound."""
    return as_posted(ports, draft, await plan(ports, caller, draft))


def as_posted(ports: Ports, draft: Draft, planned: Plan) -> Action:
    """Give the action that a draft becomes, its form having been read."""
    now = ports.clock.now()
    return Action(
        id=draft.id,
        kind=draft.kind,
        tenant_id=draft.tenant_id,
        creator=draft.creator,
        content=planned.content,
        settings=planned.settings,
        status=Status.ACTIVE,
        created_at=now,
        locale=draft.locale,
        time_zone=draft.time_zone,
        closes_at=planned.closes_at,
        remind_at=reminder_at(planned.closes_at, now, planned.settings.remind_hours),
        notify_at=telling.first_notice_at(planned.settings, now, draft.time_zone),
    )


async def destinations(ports: Ports, caller: Caller) -> list[Conversation]:
    """Give the chats and channels in which both the caller and the bot are at this moment."""
    known = await ports.store.shared_conversations(caller.tenant_id, DESTINATIONS)
    held = await asyncio.gather(*(_holds(ports, c, caller.person) for c in known))
    return [c for c, holds in zip(known, held, strict=True) if holds]


async def post(ports: Ports, caller: Caller, draft_id: str, conversation_id: str) -> Action:
    """Post a draft, once however often this is asked for; the card follows by itself.

    Raises NotFound, NotAllowed, InvalidAnswers, NotSaved.
    """
    draft = await own_draft(ports, caller, draft_id)
    if draft.edits:
        raise NotAllowed("is_edit")
    await check_destination(ports, caller, conversation_id)
    action = await preview(ports, caller, draft)
    posting = Posting(ports.ids.new(), action.id, conversation_id)
    await ports.store.post(action, posting)
    return action


async def check_destination(ports: Ports, caller: Caller, conversation_id: str) -> None:
    """Raise NotAllowed unless both the caller and the bot are in a conversation."""
    conversation = await ports.store.conversation(thread_root(conversation_id))
    if conversation is None or conversation.tenant_id != caller.tenant_id:
        raise NotAllowed("bot_not_there")
    if conversation_id == caller.conversation_id:
        return
    if conversation.scope is Scope.PERSONAL or not await ports.roster.holds(
        conversation, caller.person
    ):
        raise NotAllowed("not_in_conversation")


async def apply_edit(
    ports: Ports, caller: Caller, draft_id: str, detail: Mapping[str, object] | None = None
) -> Action:
    """Carry an edit's texts and due time over to its action. Raises as `post`.

    `detail` is what its line in the history says besides. The settings stay, since people answered
    under them, but for when people are reminded and the creator is told. The form is read under
    the action's lock, so that an option which someone adds at the same moment is not lost.
    """
    draft = await own_draft(ports, caller, draft_id)
    if not draft.edits:
        raise NotFound("no_such_draft")
    await _managed(ports, caller, draft.edits)
    entry = Entry(ports.clock.now(), caller.person, "edited", dict(detail or {}))

    def edited(action: Action) -> Action:
        check_manages(action, caller.person.key)
        planned = _planned(ports, draft, action)
        settings = replace(action.settings, remind_hours=planned.settings.remind_hours)
        content, closes_at = planned.content, planned.closes_at
        after = replace(action, content=content, closes_at=closes_at, settings=settings)
        after = telling.wished(after, planned.settings.notify, entry.at)
        return with_reminder(after, entry.at)

    action = await ports.store.change(draft.edits, edited, entry)
    await ports.store.delete_draft(draft_id)
    return action


def _planned(ports: Ports, draft: Draft, before: Action | None) -> Plan:
    build, now = kind(draft.kind).build, ports.clock.now()
    return build(draft.values, now, draft.time_zone, ports.ids.short, before, draft.creator)


async def _managed(ports: Ports, caller: Caller, action_id: str) -> Action:
    action = await reached(ports, caller, action_id)
    check_manages(action, caller.person.key)
    return action


async def _holds(ports: Ports, conversation: Conversation, person: Person) -> bool:
    """A chat that Teams says nothing of just now is not offered."""
    try:
        return await ports.roster.holds(conversation, person)
    except NotDelivered:
        return False


def _new(ports: Ports, caller: Caller, kind_name: str, values: Values) -> Draft:
    return Draft(
        id=ports.ids.new(),
        kind=kind_name,
        tenant_id=caller.tenant_id,
        creator=caller.person,
        locale=caller.locale,
        time_zone=caller.time_zone,
        origin=caller.conversation_id,
        values=values,
    )
