"""Verbs that export: choosing the form, and how the file gets to the person."""

from actions.errors import NotFound
from actions.exporting import FORMATS, AnyOrder, Order
from bot.managing import managed
from bot.press import Outcome, Press
from cards.parts import Host
from dialogs.export import (
    Exported,
    export_screen,
    link_screen,
    no_way_screen,
    preparing_screen,
)


async def choose(press: Press) -> Outcome:
    """Ask for the form."""
    return export_screen(await managed(press), press.setting())


async def make(press: Press) -> Outcome:
    """Send the file in the personal chat; elsewhere give a link, or send it there all the same."""
    seen, caller = await managed(press), press.caller
    if press.envelope.argument not in FORMATS:
        raise NotFound("no_such_button")
    order = Order(seen.action.id, caller.person.key, press.envelope.argument, caller.locale)
    return await handed_over(press, order, seen)


async def handed_over(press: Press, order: AnyOrder, of: Exported) -> Outcome:
    """Begin to bring a file to the caller, and say by which way it comes."""
    caller, store, setting = press.caller, press.ports.store, press.setting()
    in_place = press.host is Host.IN_PLACE
    if not in_place and (address := press.handover.link(order)):
        return link_screen(of, setting, address)
    if in_place:
        place = await store.conversation(caller.conversation_id)
    else:
        place = await store.personal_conversation(caller.person.key)
    if place is None:
        return no_way_screen(of, setting)
    press.handover.offer(place, order, press.texts)
    return preparing_screen(of, setting)
