"""Verbs that look at an action's results, people and responses."""

from actions import looking, viewing
from actions.kinds import Way, kind
from bot import checklist_results, marks, taking
from bot.press import Outcome, Press
from dialogs import (
    drill_down,
    exam_people,
    exam_person,
    one_response,
    question_results,
    results,
    text_answers,
)
from dialogs.place import Place


async def summary(press: Press) -> Outcome:
    """Show the results as a whole; of a kind with many questions a page of them, or of marks."""
    match await _way(press):
        case Way.TAPS:
            return results.summary_screen(await _view(press), press.setting())
        case Way.ATTEMPTS:
            return await marks.overview(press)
        case Way.ITEMS:
            return await checklist_results.summary(press)
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
    place = press.place()
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
    if await _way(press) is Way.ITEMS:
        return await checklist_results.of_item(press)
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
    """Show somebody's whole response, or their attempts, or their own list."""
    if await _way(press) is Way.ITEMS:
        return await checklist_results.one_list(press)
    place = Place.read(press.envelope.argument)
    found = await looking.one_response(
        press.ports, press.caller, press.envelope.action, place.slot
    )
    is_marked = found.view.action.content.exam is not None
    shown = exam_person.person_screen if is_marked else one_response.response_screen
    return shown(found, place, press.setting())


async def responded(press: Press) -> Outcome:
    """Show a page of who responded, or has finished."""
    if await _way(press) is Way.ITEMS:
        return await checklist_results.finished(press)
    place = press.place()
    people = await viewing.responded(
        press.ports, press.caller, press.envelope.action, place.search, place.start
    )
    is_marked = people.view.action.content.exam is not None
    shown = exam_people.finished_screen if is_marked else results.responded_screen
    return shown(people, press.setting())


async def under_way(press: Press) -> Outcome:
    """Show a page of those who have begun and not finished."""
    if await _way(press) is Way.ITEMS:
        return await checklist_results.under_way(press)
    return await marks.under_way(press)


async def not_responded(press: Press) -> Outcome:
    """Show a page of who did not respond, or has not begun."""
    match await _way(press):
        case Way.ATTEMPTS:
            return await marks.waiting(press)
        case Way.ITEMS:
            return await checklist_results.waiting(press)
    place = press.place()
    people = await viewing.not_responded(
        press.ports, press.caller, press.envelope.action, place.search, place.start
    )
    return results.not_responded_screen(people, press.setting())


async def mine(press: Press) -> Outcome:
    """Show the reader's own response, or what came of it where it is marked."""
    match await _way(press):
        case Way.TAPS:
            return results.mine_screen(await _view(press), press.setting())
        case Way.ATTEMPTS:
            return await taking.result(press)
        case Way.ITEMS:
            return await checklist_results.mine(press)
    found = await looking.own_responses(press.ports, press.caller, press.envelope.action)
    place = Place.read(press.envelope.argument)
    return one_response.own_screen(found, place, press.setting())


async def _view(press: Press) -> viewing.View:
    return await viewing.view(press.ports, press.caller, press.envelope.action)


async def _way(press: Press) -> Way:
    action = await press.ports.store.known(press.envelope.action)
    return kind(action.kind).way
