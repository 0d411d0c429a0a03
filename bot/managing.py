"""Verbs for creators: manage, close, re-open, delete, duplicate, edit, list."""

from actions import drafting, managing
from actions.policy import check_manages
from actions.viewing import View, view, view_of
from bot.press import Outcome, Press
from cards.welcome import help_card
from dialogs.create import form_screen
from dialogs.manage import (
    FEW_DRAFTS,
    PER_PAGE,
    Listing,
    delete_screen,
    deleted_screen,
    manage_screen,
    mine_screen,
)
from dialogs.screen import Screen


async def manage(press: Press) -> Outcome:
    """Show what can be done with an action."""
    return manage_screen(await _managed(press), press.setting())


async def close(press: Press) -> Outcome:
    """Close an action now."""
    await managing.close(press.ports, press.caller, press.envelope.action)
    done = press.texts("It is closed. The card shows the final results.")
    return manage_screen(await _managed(press), press.setting(done=done))


async def reopen(press: Press) -> Outcome:
    """Take responses again."""
    action = await managing.reopen(press.ports, press.caller, press.envelope.action)
    texts, done = press.texts, press.texts("It is open again.")
    if action.closes_at is not None:
        moment = texts.moment(action.closes_at, action.time_zone)
        done = texts("It is open again, until {moment}.", moment=moment)
    return manage_screen(await _managed(press), press.setting(done=done))


async def ask_delete(press: Press) -> Outcome:
    """Ask before deleting."""
    return delete_screen(await _managed(press), press.setting())


async def delete(press: Press) -> Outcome:
    """Delete an action for good."""
    await managing.delete(press.ports, press.caller, press.envelope.action)
    return deleted_screen(press.setting())


async def duplicate(press: Press) -> Outcome:
    """Open the form of a new draft that asks the same."""
    draft = await drafting.duplicate(press.ports, press.caller, press.envelope.action)
    return form_screen(draft, press.setting())


async def edit(press: Press) -> Outcome:
    """Open the form that changes a posted action."""
    draft = await drafting.start_edit(press.ports, press.caller, press.envelope.action)
    return form_screen(draft, press.setting())


async def mine(press: Press) -> Outcome:
    """List what the caller has posted, above it on the first page their latest drafts."""
    store, key, offset = press.ports.store, press.caller.person.key, _offset(press)
    drafts = await store.drafts(key, 0, FEW_DRAFTS + 1) if not offset else []
    actions = await store.actions_of(key, offset, PER_PAGE + 1)
    now = press.ports.clock.now()
    views = [
        view_of(action, await store.tallies(action.id), now, key) for action in actions[:PER_PAGE]
    ]
    listing = Listing(
        "mine",
        drafts[:FEW_DRAFTS],
        views,
        offset,
        more=len(actions) > PER_PAGE,
        more_drafts=len(drafts) > FEW_DRAFTS,
    )
    return mine_screen(listing, press.setting())


async def drafts(press: Press) -> Outcome:
    """List all of the caller's drafts."""
    offset = _offset(press)
    found = await press.ports.store.drafts(press.caller.person.key, offset, PER_PAGE + 1)
    listing = Listing("drafts", found[:PER_PAGE], (), offset, more=len(found) > PER_PAGE)
    return mine_screen(listing, press.setting())


async def show_help(press: Press) -> Outcome:
    """Show what Muster can do."""
    return Screen(press.texts("Help"), help_card(press.texts, press.host), stays=True)


def _offset(press: Press) -> int:
    text = press.envelope.argument
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("100000") else 0


async def _managed(press: Press) -> View:
    seen = await view(press.ports, press.caller, press.envelope.action)
    check_manages(seen.action, press.caller.person.key)
    return seen
