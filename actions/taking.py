"""Taking a quiz or a training: every step is one change of one response, decided under its lock.

So a step that comes twice, from two devices or late finds what the first one left, and there is
nothing to gain by it. The time that counts is the server's.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from actions.action import Action
from actions.attempts import Attempts, attempts_in
from actions.caller import Caller
from actions.entry import PLAIN, Reading
from actions.errors import InvalidAnswers, MusterError, NotFound, Problem
from actions.fields import Values
from actions.kinds import kind
from actions.lapsing import ask_again
from actions.ports import Ports
from actions.questions import Answer, Answers, Question
from actions.responses import Change, Due, Standing, Step
from actions.sitting import (
    Sitting,
    answered,
    begun,
    exam_of,
    followed,
    gone_on,
    settled,
)
from actions.typed import Sent, entry, taken
from actions.viewing import reached

Move = Callable[[Action, Attempts], Attempts]


async def opened(ports: Ports, caller: Caller, action_id: str) -> Sitting:
    """Give where the caller is; what the clock has ended since is ended. Raises NotFound."""
    action = await reached(ports, caller, action_id)
    exam_of(action.content)
    stands = attempts_in(await ports.store.answers(action_id, caller.person.key))
    now = ports.clock.now()
    if settled(action, stands, now) != stands:
        return await _moved(ports, caller, action_id, lambda _, attempts: attempts)
    return Sitting(action, caller.person.key, stands, now)


async def begin(ports: Ports, caller: Caller, action_id: str, number: int) -> Sitting:
    """Begin an attempt, by its number: twice is once. Raises NotFound, NotAllowed, Closed."""
    await reached(ports, caller, action_id)
    now, seed = ports.clock.now(), ports.ids.new()
    return await _moved(
        ports, caller, action_id, lambda action, stands: begun(action, stands, number, seed, now)
    )


async def answer(
    ports: Ports,
    caller: Caller,
    action_id: str,
    number: int,
    sent: Sent,
    reading: Reading = PLAIN,
) -> Sitting:
    """Give an answer to the page that was sent; the first one stands.

    Where it cannot be read, or is blank, the page with what was typed. Raises NotFound,
    NotAllowed.
    """
    before = await opened(ports, caller, action_id)
    page = before.page
    is_current = before.pausing is None and page is not None and page.id in sent.questions
    if page is None or before.number != number or not is_current:
        return before
    typed = taken(before.content, sent)
    try:
        given = _read(page, typed, reading)
    except InvalidAnswers as refused:
        return replace(before, typed=typed, wrong=refused.problems)
    return await _answered(ports, caller, action_id, number, page.id, given)


async def unsaved(ports: Ports, caller: Caller, action_id: str, sent: Sent) -> Sitting:
    """Give a page that could not be kept as it was sent, to be sent again. Raises NotFound."""
    action = await reached(ports, caller, action_id)
    stands = attempts_in(await ports.store.answers(action_id, caller.person.key))
    typed = taken(action.content, sent)
    return Sitting(action, caller.person.key, stands, ports.clock.now(), typed=typed)


async def pass_over(
    ports: Ports, caller: Caller, action_id: str, number: int, question_id: str
) -> Sitting:
    """Go on without an answer, for good; or from a lesson. Raises NotFound, NotAllowed."""
    await reached(ports, caller, action_id)
    return await _answered(ports, caller, action_id, number, question_id, None)


async def go_on(ports: Ports, caller: Caller, action_id: str, number: int) -> Sitting:
    """Bring up the next page, whose time begins. Raises NotFound."""
    await reached(ports, caller, action_id)
    now = ports.clock.now()
    return await _moved(
        ports, caller, action_id, lambda action, stands: gone_on(action, stands, number, now)
    )


async def put_aside(
    ports: Ports, caller: Caller, action_id: str, number: int, question_id: str, sent: Sent
) -> None:
    """Keep what was typed into a page that is left without being answered. Raises NotFound."""
    action = await reached(ports, caller, action_id)
    typed = {name: text for name, text in taken(action.content, sent).items() if text.strip()}
    if typed:
        at = _page_of(number, question_id)
        step = Step(action_id, caller.person.key, typed, at, forgets=True)
        await ports.store.keep_progress(step)


async def gone_on_with(ports: Ports, caller: Caller, action_id: str) -> Sitting:
    """Give where the caller is, with what was typed when they left. Raises NotFound."""
    sitting = await opened(ports, caller, action_id)
    page = sitting.page
    if page is None or not page.parts or sitting.pausing is not None:
        return sitting
    kept = await ports.store.progress(action_id, caller.person.key)
    if kept is None or kept.at != _page_of(sitting.number, page.id):
        return sitting
    return replace(sitting, typed=kept.values)


async def gone_back(ports: Ports, caller: Caller, action_id: str, question_id: str) -> Sitting:
    """Give a page of a course that was seen before, to look at. Raises NotFound."""
    sitting = await gone_on_with(ports, caller, action_id)
    attempts = sitting.attempts.attempts
    seen = attempts and question_id in attempts[-1].given
    if not sitting.exam.is_course or not seen or sitting.content.question(question_id) is None:
        return sitting
    return replace(sitting, at=question_id)


async def open_link(
    ports: Ports, action_id: str, person_key: str, lesson_id: str, link_id: str
) -> None:
    """Note that someone opened a link of a lesson. Raises NotFound, NotSaved.

    The link's address was signed for them, so it is not asked again whether they reach it.
    """

    def decide(standing: Standing) -> Answers | None:
        stands, content = attempts_in(standing.old), standing.action.content
        return followed(content, stands, lesson_id, link_id) if stands else standing.old

    known = await ports.store.own_responses(action_id, person_key)
    if known:
        person, now = known[0].person, ports.clock.now()
        await ports.store.respond(Change(action_id, person_key, person, now, decide))


async def settle_due(ports: Ports, limit: int = 500) -> int:
    """End what the clock ends: attempts whose time is over, and what no longer holds.

    Raises what kept one of them from it, once all had their turn.
    """
    due = await ports.store.due_responses(ports.clock.now(), limit)
    # Those that are changed together share a transaction.
    settling = (_settle(ports, one) for one in due)
    came_to = await asyncio.gather(*settling, return_exceptions=True)
    for failure in came_to:
        # One whose action was just deleted has nothing to do any more.
        if failure is not None and not isinstance(failure, NotFound):
            raise failure
    return len(due)


async def _settle(ports: Ports, one: Due) -> None:
    await ask_again(ports, one)
    now = ports.clock.now()

    def decide(standing: Standing) -> Answers | None:
        stands = attempts_in(standing.old)
        return settled(standing.action, stands, now) if stands else standing.old

    await ports.store.respond(Change(one.action_id, one.slot, one.person, now, decide))


async def _answered(
    ports: Ports,
    caller: Caller,
    action_id: str,
    number: int,
    question_id: str,
    given: Answer | None,
) -> Sitting:
    now = ports.clock.now()

    def move(action: Action, stands: Attempts) -> Attempts:
        return answered(action, stands, number, question_id, given, now)

    return await _moved(ports, caller, action_id, move)


async def _moved(ports: Ports, caller: Caller, action_id: str, move: Move) -> Sitting:
    """Carry out one step upon what stands then; first the clock has its say."""
    now, person = ports.clock.now(), caller.person
    refused: list[MusterError] = []

    def decide(standing: Standing) -> Answers | None:
        exam_of(standing.action.content)
        stands = settled(standing.action, attempts_in(standing.old), now)
        refused.clear()
        try:
            stands = move(standing.action, stands)
        except MusterError as error:
            # What the clock ended stays ended although the step is refused.
            refused.append(error)
        return stands or standing.old

    action = await ports.store.known(action_id)
    watched = kind(action.kind).watched(action.content)
    change = Change(action_id, person.key, person, now, decide, watched)
    written = await ports.store.respond(change)
    if refused:
        raise refused[0]
    return Sitting(written.action, person.key, attempts_in(written.answers), now)


def _page_of(number: int, question_id: str) -> str:
    return f"{number} {question_id}"


def _read(page: Question, typed: Values, reading: Reading) -> Answer:
    """Read what was typed into a page. Raises InvalidAnswers, also for a blank one."""
    given = page.parse(entry(page, typed), reading)
    if given is None:
        raise InvalidAnswers({page.id: Problem("answer_or_pass")})
    return given
