"""What creators are told of, in every kind, without posting and answering it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from actions.action import Action, Status
from actions.notifying import Digest, News
from actions.questions import Answers
from actions.tallies import recount
from actions.viewing import view_of
from tests.actions.attempted import responses_of
from tests.actions.builders import CREATOR, NOW, a_poll, votes
from tests.actions.checklists import a_checklist, a_tick, ticked
from tests.actions.exams import a_quiz
from tests.actions.own_lists import lists_of
from tests.actions.surveys import a_survey, answers_of

AUDIENCE = 40

POLL = a_poll(title="Lunch on Friday?", audience=AUDIENCE)
SURVEY = a_survey(audience=AUDIENCE)
QUIZ = replace(a_quiz(pass_mark=60), audience=AUDIENCE)
SHARED = ticked(a_checklist("Lights", "Till", "Floor"), i0=a_tick(), i1=a_tick())
DONE = ticked(SHARED, i2=a_tick())
OWN = replace(a_checklist("Lights", "Till", "Floor", individual=True), audience=AUDIENCE)


def news_of(
    action: Action, answers: Sequence[Answers] = (), new: int = 0, names: Sequence[str] = ()
) -> News:
    """Give what the creator is told after these responses, `new` of them being new."""
    tallies = recount(action.content, [(one, ()) for one in answers])
    seen = view_of(action, tallies, NOW, CREATOR.key)
    return News(replace(seen, viewer=""), new, tuple(names))


def is_closed(action: Action) -> Action:
    """Give it closed, ten minutes ago."""
    return replace(action, status=Status.CLOSED, closed_at=NOW - timedelta(minutes=10))


def answers_to(action: Action) -> list[Answers]:
    """Give what a dozen people answered, of a poll, survey, quiz or own list."""
    if action.kind == "poll":
        return votes(*"aaabbbbbbccc")
    if action.kind == "survey":
        return [answers_of(number) for number in range(12)]
    given = responses_of(action, 12) if action.kind == "quiz" else lists_of(action, 12)
    return [one.answers for one in given if one.answers is not None]


def a_digest(count: int, more: int = 0) -> Digest:
    """Give a digest of so many actions of all kinds."""
    kinds = (POLL, SHARED, SURVEY, OWN, QUIZ)
    listed = []
    for number in range(count):
        action = kinds[number % len(kinds)]
        answers = () if action is SHARED else answers_to(action)
        listed.append(news_of(action, answers, new=number + 1))
    return Digest(tuple(listed), more)
