"""Verbs that make an action: the form, its preview, drafts, and posting."""

import re
from dataclasses import replace

from actions import drafting, remarking, scheduling
from actions.action import Action, Draft
from actions.errors import InvalidAnswers, MusterError, NotFound
from actions.tallies import Tallies
from actions.viewing import View, view, view_of
from bot.press import Done, MessagePreview, Outcome, Press
from cards.parts import Host
from cards.sentences import sentence
from cards.summary import summary
from cards.texts import texts_for
from dialogs.create import (
    ANYWAY,
    form_screen,
    kept_screen,
    posted_screen,
    preview_screen,
    warned_screen,
)
from dialogs.destination import HERE
from dialogs.exam_results import remarked_words
from dialogs.manage import manage_screen

_NEW = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
"""The id of a draft that is not stored yet.

Those that are made of what they are about (`Ids.of`) can be worked out, and so taken, by others.
"""


async def create(press: Press) -> Outcome:
    """Open an empty form, or one with the title that the button carried."""
    title = press.inputs.get("title", "")
    draft = await drafting.begin(press.ports, press.caller, press.envelope.argument, title)
    return form_screen(draft, press.setting())


async def open_draft(press: Press) -> Outcome:
    """Go on with a draft."""
    draft = await drafting.own_draft(press.ports, press.caller, press.envelope.action)
    return form_screen(draft, press.setting())


async def preview(press: Press) -> Outcome:
    """Keep what was typed; show the card as it will be, or the form with what is wrong."""
    return await preview_of(press, await saved(press))


async def preview_of(press: Press, draft: Draft, notice: str = "") -> Outcome:
    """Show a stored draft's card, or its form with what is wrong.

    Teams' own preview has no place for a warning, so there it comes first.
    """
    try:
        planned = await drafting.plan(press.ports, press.caller, draft)
    except InvalidAnswers as refused:
        return form_screen(draft, replace(press.setting(), problems=refused.problems))
    action = drafting.as_posted(press.ports, draft, planned)
    seen = _fresh(press, action)
    if press.extension and planned.warnings and ANYWAY not in press.inputs:
        return warned_screen(draft, planned.warnings, press.setting(notice))
    if press.extension:
        return MessagePreview(summary(seen, texts_for(action.locale), Host.CHAT))
    places = (
        await drafting.destinations(press.ports, press.caller)
        if press.host is Host.IN_PLACE
        else []
    )
    return preview_screen(draft, seen, press.setting(notice), places, planned.warnings)


async def turn(press: Press) -> Outcome:
    """Keep what was typed, and show the next fields of a form too long for one card."""
    return form_screen(await saved(press), press.setting())


async def keep(press: Press) -> Outcome:
    """Put a form aside for later."""
    return kept_screen(await saved(press), press.setting())


async def discard(press: Press) -> Outcome:
    """Throw a draft away."""
    draft = await drafting.own_draft(press.ports, press.caller, press.envelope.action)
    await press.ports.store.delete_draft(draft.id)
    fresh = drafting.start(press.ports, press.caller, draft.kind)
    return form_screen(fresh, press.setting()) if press.host is Host.IN_PLACE else Done()


async def send(press: Press) -> Outcome:
    """Post a draft; when it cannot go there, say why above the preview, nothing lost."""
    where = press.inputs.get("where", HERE)
    if where == HERE:
        where = press.caller.conversation_id
    try:
        action = await drafting.post(press.ports, press.caller, press.envelope.action, where)
    except MusterError as refused:
        # Teams' own preview has no place for a reason.
        is_told_elsewhere = press.extension and not isinstance(refused, InvalidAnswers)
        if isinstance(refused, NotFound) or is_told_elsewhere:
            raise
        draft = await drafting.own_draft(press.ports, press.caller, press.envelope.action)
        return await preview_of(press, draft, sentence(press.texts, refused))
    if press.host is not Host.IN_PLACE:
        return Done()
    place = await press.ports.store.conversation(where)
    elsewhere = place is not None and where != press.caller.conversation_id
    name = place.name if place is not None and elsewhere else ""
    return posted_screen(_fresh(press, action), press.setting(), name)


async def apply_edit(press: Press, draft: Draft) -> Outcome:
    """Save changes to something posted, or show the form with what is wrong."""
    try:
        action, remarked = await remarking.apply_edit(press.ports, press.caller, draft.id)
    except InvalidAnswers as refused:
        return form_screen(draft, replace(press.setting(), problems=refused.problems))
    seen = await view(press.ports, press.caller, action.id)
    saved_words = [press.texts("Your changes are saved."), *remarked_words(remarked, press.texts)]
    return replace(manage_screen(seen, press.setting(done="\n\n".join(saved_words))), stays=True)


async def saved(press: Press) -> Draft:
    """Keep what was typed, and give the draft with it. Raises NotFound."""
    envelope = press.envelope
    edits = press.inputs.get("edits", "")
    if edits:
        draft = await _edit_of(press, edits)
    elif _NEW.fullmatch(envelope.action):
        blank = drafting.start(press.ports, press.caller, envelope.argument)
        draft = replace(blank, id=envelope.action, values={})
    else:
        draft = await drafting.own_draft(press.ports, press.caller, envelope.action)
    return await drafting.save(press.ports, press.caller, draft, press.inputs)


async def _edit_of(press: Press, edited: str) -> Draft:
    """Give the draft that changes what has that id: a series, or something posted."""
    try:
        return await scheduling.start_edit(press.ports, press.caller, edited)
    except NotFound:
        return await drafting.start_edit(press.ports, press.caller, edited)


def _fresh(press: Press, action: Action) -> View:
    """An action that nobody has answered yet, as anyone in the chat will see it."""
    return view_of(action, Tallies(), press.ports.clock.now())
