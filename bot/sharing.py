"""Verbs about who helps the creator of an action: co-creators, and who checks a checklist."""

from actions import sharing
from actions.errors import NotAllowed
from actions.people import Person
from actions.viewing import People
from bot.press import Outcome, Press
from cards.sentences import sentence
from cards.ticks import person_name
from dialogs.sharing import checker_screen, co_creators_screen, left_screen


async def co_creators(press: Press) -> Outcome:
    """Show who manages an action, and who else could."""
    return co_creators_screen(await _people(press), press.setting())


async def add_co_creator(press: Press) -> Outcome:
    """Let someone manage it, too."""
    chosen = _chosen(press)
    try:
        who = await sharing.add_co_creator(press.ports, press.caller, *chosen)
    except NotAllowed as refused:
        notice = sentence(press.texts, refused)
        return co_creators_screen(await _people(press), press.setting(notice=notice))
    done = press.texts("{name} manages this from now on, too.", name=_name(press, who))
    return co_creators_screen(await _people(press), press.setting(done=done))


async def remove_co_creator(press: Press) -> Outcome:
    """Let someone manage it no longer."""
    who = await sharing.remove_co_creator(press.ports, press.caller, *_chosen(press))
    if who is None:
        return await co_creators(press)
    if who.key == press.caller.person.key:
        return left_screen(press.setting())
    done = press.texts("{name} does not manage this any more.", name=_name(press, who))
    return co_creators_screen(await _people(press), press.setting(done=done))


async def checker(press: Press) -> Outcome:
    """Show who checks what is done on a list, and who could instead."""
    return checker_screen(await _people(press), press.setting())


async def choose_checker(press: Press) -> Outcome:
    """Let someone else check what is done on a list."""
    who = await sharing.name_checker(press.ports, press.caller, *_chosen(press))
    done = press.texts("{name} checks this list from now on.", name=_name(press, who))
    return checker_screen(await _people(press), press.setting(done=done))


async def _people(press: Press) -> People:
    place = press.place()
    return await sharing.candidates(
        press.ports, press.caller, press.envelope.action, place.search, place.start
    )


def _chosen(press: Press) -> tuple[str, str]:
    """Give what is shared, and with whom."""
    return press.envelope.action, press.place().slot


def _name(press: Press, person: Person) -> str:
    return person_name(person.name, press.texts)
