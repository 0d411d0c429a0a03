"""A survey with a question of every type, and responses to it, for tests of exports."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from actions.action import Action
from actions.choice import Choice, Option
from actions.content import Content
from actions.either import Either
from actions.exporting import Report, table_of
from actions.fields import Line
from actions.likert import Likert
from actions.moment import Date, TimeOfDay
from actions.number import Number
from actions.people import Person
from actions.questions import Answer, Question
from actions.ranking import Ranking
from actions.responses import NOBODY, Response
from actions.scale import Scale
from actions.tallies import recount, tags_of
from actions.text import Text
from actions.viewing import view_of
from tests.actions.builders import CREATOR, NOW, a_poll

LINES = (Line("a", "Pace"), Line("b", "Food"))
LEVELS = (Line("x", "Poor"), Line("y", "Good"))
OPTIONS = (Option("p", "Pizza"), Option("s", "Sushi"), Option("o", "Soup"))

QUESTIONS: tuple[Question, ...] = (
    Choice("one", "Which one?", OPTIONS),
    Choice("several", "Which\nones?", OPTIONS, 3, other=True),
    Either("either", "Again?"),
    Scale("stars", "How was it?"),
    Scale("nps", "Would you recommend it?", "nps"),
    Likert("likert", "How was …", LINES, LEVELS),
    Ranking("ranking", "In which order?", LINES),
    Text("text", "Anything else?"),
    Number("number", "How much?", decimals=2, unit="€"),
    Date("date", "Which day?"),
    TimeOfDay("time", "What time?"),
)

ANSWERS: Mapping[str, Answer] = {
    "one": ("s",),
    "several": ("p", "o", "=Stew"),
    "either": "yes",
    "stars": 4,
    "nps": 10,
    "likert": ("a=y", "b=x"),
    "ranking": ("b", "a"),
    "text": "=1+1",
    "number": -1250,
    "date": "2026-12-24",
    "time": "17:30",
}
"""An answer to each question."""

ADA = Person("tenant/0000-ada", "Ada Okafor", "29:ada")
AT = datetime(2026, 11, 20, 16, 0, 5, 123456, tzinfo=UTC)


def a_survey(*questions: Question, **changes: Any) -> Action:
    """Give a posted survey."""
    content = Content("Autumn survey", questions or QUESTIONS, "Takes a minute.")
    return a_poll(content=content, **changes)


def a_response(
    answers: Mapping[str, Answer] | None = None, person: Person = ADA, **changes: Any
) -> Response:
    """Give someone's response."""
    response = Response(person, ANSWERS if answers is None else answers, AT, person.key)
    return replace(response, **changes)


def a_ballot(answers: Mapping[str, Answer] | None = None) -> Response:
    """Give an anonymous response."""
    return Response(NOBODY, ANSWERS if answers is None else answers, None)


def a_report(
    action: Action, *responses: Response, names: Mapping[str, str] | None = None
) -> Report:
    """Give what an export of these responses says besides them."""
    counted = [(r.answers or {}, tags_of(r.slot, r.person.key, late=False)) for r in responses]
    tallies = recount(action.content, counted)
    return Report(table_of(action, names), view_of(action, tallies, NOW, CREATOR.key), NOW)
