"""Verbs that look at an action's results, people and responses."""

from dataclasses import replace

from actions import looking, viewing
from actions.kinds import kind
from bot.press import Outcome, Press
from dialogs import drill_down, one_response, question_results, results, text_answers
from dialogs.place import LONGEST_SEARCH, Place


async def summary(press: Press) -> Outcome:
    """Show the results as a whole; of a kind with many questions a page of them."""
    if not await _has_pages(press):
        return results.summary_screen(await _view(press), press.setting())
    place = Place.read(press.envelope.argument)
    found = await looking.results(
        press.ports, press.caller, press.envelope.action, place.first, place.before or None
    )
    return question_results.results_screen(found, press.setting())


async def question(press: Press) -> Outcome:
    """Show one question's result in full."""
    place = Place.read(press.envelope.argument)
    found = await looking.question_results(
        press.ports, press.caller, press.envelope.action, place.question
    )
    return question_results.question_screen(found, place, press.setting())


async def texts(press: Press) -> Outcome:
    """Show a page of what people answered to a question in their own words."""
    place = _searched(press)
    found = await looking.text_answers(
        press.ports,
        press.caller,
        press.envelope.action,
        place.question,
        place.search,
        place.start,
    )
    return text_answers.texts_screen(found, place, press.setting())


async def drill(press: Press) -> Outcome:
    """Show a page of the people behind a bar."""
    place = Place.read(press.envelope.argument)
    found = await looking.drilled(
        press.ports,
        press.caller,
        press.envelope.action,
        place.question,
        place.bucket,
        place.start,
    )
    return drill_down.drill_screen(found, place, press.setting())


async def response(press: Press) -> Outcome:
    """Show somebody's whole response."""
    place = Place.read(press.envelope.argument)
    found = await looking.one_response(
        press.ports, press.caller, press.envelope.action, place.slot
    )
    return one_response.response_screen(found, place, press.setting())


async def responded(press: Press) -> Outcome:
    """Show a page of who responded."""
    place = _searched(press)
    people = await viewing.responded(
        press.ports, press.caller, press.envelope.action, place.search, place.start
    )
    return results.responded_screen(people, press.setting())


async def not_responded(press: Press) -> Outcome:
    """Show a page of who did not respond."""
    place = _searched(press)
    people = await viewing.not_responded(
        press.ports, press.caller, press.envelope.action, place.search, place.start
    )
    return results.not_responded_screen(people, press.setting())


async def mine(press: Press) -> Outcome:
    """Show the reader's own response."""
    if not await _has_pages(press):
        return results.mine_screen(await _view(press), press.setting())
    found = await looking.own_responses(press.ports, press.caller, press.envelope.action)
    place = Place.read(press.envelope.argument)
    return one_response.own_screen(found, place, press.setting())


async def _view(press: Press) -> viewing.View:
    return await viewing.view(press.ports, press.caller, press.envelope.action)


async def _has_pages(press: Press) -> bool:
    action = await press.ports.store.known(press.envelope.action)
    return kind(action.kind).has_pages


def _searched(press: Press) -> Place:
    """Read a place; a search that was just typed starts from the first page.

    Some clients send the field also with the buttons that turn pages (teams.md §1).
    """
    place = Place.read(press.envelope.argument)
    typed = press.inputs.get("search")
    if typed is None or place.start or place.skip:
        return place
    return replace(place, search=typed.strip()[:LONGEST_SEARCH])
