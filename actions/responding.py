"""Answering: a button's verb and argument become a change of one response."""

from actions.caller import Caller
from actions.errors import NotFound
from actions.kinds import kind
from actions.policy import check_open
from actions.ports import Ports
from actions.questions import Answers
from actions.responses import Change, Standing
from actions.viewing import View, check_reaches, view_after


async def respond(ports: Ports, caller: Caller, action_id: str, verb: str, argument: str) -> View:
    """Store what the caller pressed, and give what they see then.

    Raises NotFound, Closed, NotAllowed, Full, InvalidAnswers, NotSaved: nothing was stored.
    """
    action = await ports.store.known(action_id)
    await check_reaches(ports, caller, action)
    answer = kind(action.kind).responds.get(verb)
    if answer is None:
        raise NotFound("no_such_verb")
    now = ports.clock.now()

    def decide(standing: Standing) -> Answers | None:
        check_open(standing.action, now)
        return answer(standing, argument)

    watched = kind(action.kind).watched(action.content)
    change = Change(action_id, caller.person.key, caller.person, now, decide, watched)
    return view_after(caller, await ports.store.respond(change), now)
