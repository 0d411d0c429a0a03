"""Options that respondents add to a posted poll, where its settings let them."""

from dataclasses import replace
from datetime import datetime

from actions.action import Action
from actions.caller import Caller
from actions.choice import MOST_OPTIONS, Choice, Option
from actions.errors import InvalidAnswers, NotAllowed, Problem
from actions.fields import OPTION_LIMIT, fold, line_id, printable
from actions.history import Entry
from actions.policy import check_open
from actions.poll import question_of
from actions.ports import Ports
from actions.responses import NOBODY
from actions.viewing import View, reached, view

FIELD = "own_option"
"""The name of the field for an option in someone's own words."""


def takes_options(action: Action) -> bool:
    """Give whether respondents may add an option while it is open: allowed, and one fits."""
    return action.settings.may_add and len(question_of(action).options) < MOST_OPTIONS


async def add_option(ports: Ports, caller: Caller, action_id: str, words: str) -> View:
    """Store an option in the caller's own words, and give what they see then.

    It is no vote. Whoever adds the same words again, or at the same moment, adds nothing more.
    Raises NotFound, Closed, NotAllowed, InvalidAnswers, NotSaved: nothing was stored.
    """
    action, now = await reached(ports, caller, action_id), ports.clock.now()
    # An option is often the first vote for it: who added one to an anonymous action is not kept.
    person = NOBODY if action.settings.anonymous else caller.person
    entry = Entry(now, person, "option_added")
    await ports.store.change(action_id, lambda a: with_option(a, words, person.name, now), entry)
    return await view(ports, caller, action_id)


def with_option(action: Action, words: str, added_by: str, now: datetime) -> Action:
    """Give the action with one more option, the same when it was added before.

    Raises NotFound, Closed, NotAllowed, InvalidAnswers.
    """
    check_open(action, now)
    if not action.settings.may_add:
        raise NotAllowed("may_not_add")
    question, text = question_of(action), _read(words)
    if any(o.id == line_id(text) and fold(o.text) == fold(text) for o in question.options):
        return action
    if question.has(text):
        raise _wrong(Problem("option_exists"))
    if len(question.options) >= MOST_OPTIONS:
        raise NotAllowed("no_more_options", most=MOST_OPTIONS)
    option = Option(_new_id(question, text), text, added_by=added_by)
    asked = replace(question, options=(*question.options, option))
    return replace(action, content=replace(action.content, questions=(asked,)))


def _read(words: str) -> str:
    text = " ".join(printable(words).split())
    if not text:
        raise _wrong(Problem("option_needed"))
    if len(text) > OPTION_LIMIT:
        raise _wrong(Problem("too_long", {"limit": OPTION_LIMIT, "length": len(text)}))
    return text


def _new_id(question: Choice, text: str) -> str:
    """A duplicated poll may have other words under the id that these would have."""
    taken, option_id = {option.id for option in question.options}, line_id(text)
    while option_id in taken:
        option_id = line_id(f"{option_id} {text}")
    return option_id


def _wrong(problem: Problem) -> InvalidAnswers:
    return InvalidAnswers({FIELD: problem})
