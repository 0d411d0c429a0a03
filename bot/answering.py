"""Verbs that answer an action: taps on its card, and its form."""

from collections.abc import Awaitable
from dataclasses import replace

from actions import ticking
from actions.adding import FIELD
from actions.errors import Closed, Full, InvalidAnswers, MusterError, NotAllowed, NotFound
from actions.fields import Values
from actions.kinds import Way, kind
from actions.responding import respond
from actions.ticks import State, Wish
from actions.viewing import View, view
from bot import filling, taking
from bot.press import CardJson, Outcome, Press
from bot.ticking import open_list
from cards.sentences import sentence
from dialogs.kinds import form


async def tap(press: Press) -> Outcome:
    """Answer by a row of the card; a tap that does not count shows the card as it is, and why."""
    envelope = press.envelope
    work = respond(press.ports, press.caller, envelope.action, envelope.verb, envelope.argument)
    return await _on_card(press, work)


async def tick(press: Press) -> Outcome:
    """Tick an item by its row of the card."""
    return await _on_card(press, _ticked(press, Wish(State.DONE)))


async def untick(press: Press) -> Outcome:
    """Open an item again by its row of the card."""
    return await _on_card(press, _ticked(press, Wish(State.OPEN)))


async def show(press: Press) -> Outcome:
    """Give the reader's own card; changes nothing, however often Teams asks."""
    return _card(press, await view(press.ports, press.caller, press.envelope.action))


async def open_form(press: Press) -> Outcome:
    """Open the form that answers."""
    action = await press.ports.store.known(press.envelope.action)
    match kind(action.kind).way:
        case Way.FORM:
            return await filling.open_form(press)
        case Way.ATTEMPTS:
            return await taking.open_cover(press)
        case Way.ITEMS:
            return await open_list(press)
    seen = await view(press.ports, press.caller, press.envelope.action)
    return form(seen.action.kind).respond(seen, press.setting())


async def vote(press: Press) -> Outcome:
    """Answer by the form."""
    return await _by_form(press, "vote", press.inputs.get("answer", ""))


async def withdraw(press: Press) -> Outcome:
    """Take one choice back by the form."""
    return await _by_form(press, "take_back", press.envelope.argument)


async def refused_form(press: Press, refused: MusterError, typed: Values) -> Outcome:
    """Give the form with what was typed, and why nothing changed. Raises what is no refusal."""
    seen, notice = await _refused(press, refused)
    setting = replace(press.setting(notice), typed=typed)
    if isinstance(refused, InvalidAnswers):
        setting = replace(setting, problems=refused.problems, notice="")
    return form(seen.action.kind).respond(seen, setting)


async def _ticked(press: Press, wish: Wish) -> View:
    ports, caller, envelope = press.ports, press.caller, press.envelope
    await ticking.tick(ports, caller, envelope.action, envelope.argument, wish)
    return await view(ports, caller, envelope.action)


async def _on_card(press: Press, work: Awaitable[View]) -> CardJson:
    try:
        seen = await work
    except MusterError as refused:
        seen, notice = await _refused(press, refused)
        return _card(press, seen, notice)
    return _card(press, seen)


async def _by_form(press: Press, verb: str, argument: str) -> Outcome:
    try:
        seen = await respond(press.ports, press.caller, press.envelope.action, verb, argument)
    except MusterError as refused:
        return await refused_form(press, refused, _unsent(press))
    saved, gone = press.texts("Your vote is saved."), press.texts("Your vote was taken back.")
    done = saved if seen.took_part else gone
    setting = replace(press.setting(done=done), typed=_unsent(press))
    return form(seen.action.kind).respond(seen, setting)


def _unsent(press: Press) -> Values:
    """Give what a vote does not send: the words of an option that someone is about to add."""
    return {FIELD: press.inputs.get(FIELD, "")}


async def _refused(press: Press, refused: MusterError) -> tuple[View, str]:
    """Give what holds and why nothing changed; what is no fault of the press goes on up."""
    if not isinstance(refused, Closed | Full | NotAllowed | NotFound | InvalidAnswers):
        raise refused
    seen = await view(press.ports, press.caller, press.envelope.action)
    return seen, sentence(press.texts, refused)


def _card(press: Press, seen: View, notice: str = "") -> CardJson:
    return CardJson(press.summaries.card(seen, press.texts, press.host, notice))
