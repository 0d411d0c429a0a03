"""Verbs that look at what comes of marks: figures, questions, people, the leaderboard."""

from actions import looking, marks, viewing
from bot.press import Outcome, Press
from dialogs import exam_people, exam_results, leaderboard, question_results


async def overview(press: Press) -> Outcome:
    """Show the figures of everyone."""
    found = await marks.overview(press.ports, press.caller, press.envelope.action)
    return exam_results.overview_screen(found, press.setting())


async def questions(press: Press) -> Outcome:
    """Show a page of the questions' results; where those may not be seen, the figures only."""
    place = press.place()
    found = await looking.results(
        press.ports, press.caller, press.envelope.action, place.first, place.before or None
    )
    if found.view.action.content.exam is None or not found.questions:
        return await overview(press)
    return question_results.results_screen(found, press.setting())


async def under_way(press: Press) -> Outcome:
    """Show a page of those who have begun and finished nothing."""
    place = press.place()
    people = await marks.under_way(
        press.ports, press.caller, press.envelope.action, place.search, place.start
    )
    return exam_people.under_way_screen(people, press.setting())


async def waiting(press: Press) -> Outcome:
    """Show a page of those who have not begun; of those not finished to who does not manage it."""
    place, (ports, caller) = press.place(), (press.ports, press.caller)
    seen = await viewing.view(ports, caller, press.envelope.action)
    listed = marks.not_begun if seen.manages else viewing.not_responded
    people = await listed(ports, caller, seen.action.id, place.search, place.start)
    return exam_people.waiting_screen(people, press.setting())


async def leaders(press: Press) -> Outcome:
    """Show a page of the leaderboard."""
    first = press.place().first
    found = await marks.leaders(press.ports, press.caller, press.envelope.action, first)
    return leaderboard.leaders_screen(found, press.setting())
