"""Verbs that look at what comes of a checklist: the list or everybody's, people, the history."""

from dataclasses import replace

from actions import checklist_results as results
from actions import ticking
from actions.errors import Closed, InvalidAnswers, MusterError, NotAllowed, NotFound, NotSaved
from actions.fields import printable
from actions.policy import check_checks
from actions.ticking import checklist_of
from actions.ticks import State
from bot.press import Outcome, Press
from cards.sentences import sentence
from dialogs import checklist_people, checklist_results
from dialogs.checklist_item import RIGHT, WRONG
from dialogs.history import history_screen
from dialogs.place import Place
from dialogs.screen import Setting


async def summary(press: Press) -> Outcome:
    """Show how far the list is that all share, or everybody's."""
    ports, caller, action_id = press.ports, press.caller, press.envelope.action
    known = await ports.store.known(action_id)
    if checklist_of(known.content).individual:
        seen = await results.people(ports, caller, action_id)
        return checklist_people.overview_screen(seen, press.place(), press.setting())
    found = await results.shared(ports, caller, action_id)
    return checklist_results.shared_screen(found, press.setting())


async def missed(press: Press) -> Outcome:
    """Show a page of what was not done."""
    found = await results.shared_seen(press.ports, press.caller, press.envelope.action)
    return checklist_results.missed_screen(found, press.place(), press.setting())


async def done_by(press: Press) -> Outcome:
    """Show a page of who did how many items."""
    found = await results.shared_seen(press.ports, press.caller, press.envelope.action)
    return checklist_results.done_by_screen(found, press.place(), press.setting())


async def history(press: Press) -> Outcome:
    """Show a page of who did what, when."""
    start = press.place().start
    found = await results.history(press.ports, press.caller, press.envelope.action, start)
    return history_screen(found, press.setting())


async def finished(press: Press) -> Outcome:
    """Show a page of those who have nothing left to do."""
    place = press.place()
    people = await results.finished(
        press.ports, press.caller, press.envelope.action, place.search, place.start
    )
    return checklist_people.finished_screen(people, press.setting())


async def under_way(press: Press) -> Outcome:
    """Show a page of those who have begun and not finished."""
    place = press.place()
    people = await results.under_way(
        press.ports, press.caller, press.envelope.action, place.search, place.start
    )
    return checklist_people.under_way_screen(people, press.setting())


async def waiting(press: Press) -> Outcome:
    """Show a page of those who are expected and have not begun."""
    place = press.place()
    people = await results.waiting(
        press.ports, press.caller, press.envelope.action, place.search, place.start
    )
    return checklist_people.waiting_screen(people, press.setting())


async def one_list(press: Press) -> Outcome:
    """Show somebody's own list."""
    place = press.place()
    found = await results.one_list(press.ports, press.caller, press.envelope.action, place.slot)
    return checklist_people.list_screen(found, place, press.setting())


async def ask_what(press: Press) -> Outcome:
    """Ask what is not right about an item of somebody's own list. Raises NotAllowed."""
    place = press.place()
    found = await results.one_list(press.ports, press.caller, press.envelope.action, place.slot)
    check_checks(checklist_of(found.view.action.content), press.caller.person.key)
    return checklist_people.refuse_screen(found, place, press.setting())


async def check(press: Press) -> Outcome:
    """Say that an item of somebody's own list is right, or that it is not and so open again."""
    place = press.place()
    if place.bucket not in {RIGHT, WRONG}:
        raise NotFound("no_such_button")
    is_right = place.bucket == RIGHT
    reason = "" if is_right else printable(press.inputs.get("reason", "")).strip()
    ports, caller, action_id = press.ports, press.caller, press.envelope.action
    item_id, slot = place.question, place.slot
    try:
        await ticking.check(
            ports, caller, action_id, item_id, is_right=is_right, reason=reason, slot=slot
        )
    except MusterError as refused:
        return await _unchecked(press, place, refused, reason)
    right, wrong = press.texts("Noted: it is right."), press.texts("Noted: it is open again.")
    return await _list_of(press, place, press.setting(done=right if is_right else wrong))


async def _unchecked(press: Press, place: Place, refused: MusterError, reason: str) -> Outcome:
    """Show what stands, with what was typed, and why nothing was changed."""
    if not isinstance(refused, Closed | InvalidAnswers | NotAllowed | NotFound | NotSaved):
        raise refused
    if place.bucket == RIGHT or isinstance(refused, NotFound):
        return await _list_of(press, place, press.setting(sentence(press.texts, refused)))
    problems = refused.problems if isinstance(refused, InvalidAnswers) else {}
    marked = press.texts("Please look at the fields marked below.")
    setting = press.setting(marked if problems else sentence(press.texts, refused))
    setting = replace(setting, typed={"reason": reason}, problems=problems)
    found = await results.one_list(press.ports, press.caller, press.envelope.action, place.slot)
    return checklist_people.refuse_screen(found, place, setting)


async def _list_of(press: Press, place: Place, setting: Setting) -> Outcome:
    """Show somebody's own list; when nothing is ticked on it any more, those of others."""
    ports, caller, action_id = press.ports, press.caller, press.envelope.action
    try:
        found = await results.one_list(ports, caller, action_id, place.slot)
    except NotFound:
        people = await results.under_way(ports, caller, action_id, "", "")
        return checklist_people.under_way_screen(people, setting)
    shown = replace(place, question="", bucket="")
    return checklist_people.list_screen(found, shown, setting)


async def mine(press: Press) -> Outcome:
    """Show the reader's own list, as it counts in the results."""
    found = await results.own_list(press.ports, press.caller, press.envelope.action)
    return checklist_people.own_list_screen(found, press.place(), press.setting())


async def of_item(press: Press) -> Outcome:
    """Show a page of those in whose lists an item is in a state."""
    place = press.place()
    if place.bucket not in set(State):
        raise NotFound("no_such_answer")
    found = await results.of_item(
        press.ports,
        press.caller,
        press.envelope.action,
        place.question,
        State(place.bucket),
        place.start,
    )
    return checklist_people.item_screen(found, place, press.setting())
