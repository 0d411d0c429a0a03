"""Verbs for creators: manage, close, re-open, delete, duplicate, edit, list."""

from actions import drafting, managing
from actions.listing import first_list, own_list
from actions.policy import check_manages
from actions.viewing import View, view
from bot.press import Outcome, Press
from cards.welcome import help_card
from dialogs.create import form_screen
from dialogs.manage import delete_screen, deleted_screen, manage_screen
from dialogs.my_actions import mine_screen, read
from dialogs.place import LONGEST_SEARCH
from dialogs.screen import Screen


async def manage(press: Press) -> Outcome:
    """Show what can be done with an action."""
    return manage_screen(await managed(press), press.setting())


async def close(press: Press) -> Outcome:
    """Close an action now."""
    await managing.close(press.ports, press.caller, press.envelope.action)
    done = press.texts("It is closed. The card shows the final results.")
    return manage_screen(await managed(press), press.setting(done=done))


async def reopen(press: Press) -> Outcome:
    """Take responses again."""
    action = await managing.reopen(press.ports, press.caller, press.envelope.action)
    texts, done = press.texts, press.texts("It is open again.")
    if action.closes_at is not None:
        moment = texts.moment(action.closes_at, action.time_zone)
        done = texts("It is open again, until {moment}.", moment=moment)
    return manage_screen(await managed(press), press.setting(done=done))


async def ask_delete(press: Press) -> Outcome:
    """Ask before deleting."""
    return delete_screen(await managed(press), press.setting())


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
    """List the caller's drafts, what they have posted, and what waits for their answer."""
    tab, search, offset = read(press.envelope.argument)
    if tab is None:
        return mine_screen(await first_list(press.ports, press.caller), press.setting())
    typed = press.inputs.get("search")
    if typed is not None and not offset:
        search = typed.strip()[:LONGEST_SEARCH]
    listing = await own_list(press.ports, press.caller, tab, search, offset)
    return mine_screen(listing, press.setting())


async def show_help(press: Press) -> Outcome:
    """Show what Muster can do."""
    return Screen(press.texts("Help"), help_card(press.texts, press.host), stays=True)


async def managed(press: Press) -> View:
    """Give the action of a press by someone who manages it. Raises NotFound, NotAllowed."""
    seen = await view(press.ports, press.caller, press.envelope.action)
    check_manages(seen.action, press.caller.person.key)
    return seen
