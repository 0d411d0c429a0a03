"""Surveys with a question of every type, and answers to them by the number of the person."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from actions.about import About
from actions.action import Action, Settings
from actions.choice import OTHER, Choice, Option
from actions.conditions import Condition, Operator
from actions.content import Content
from actions.either import Either
from actions.fields import Line
from actions.likert import Likert
from actions.moment import Date, TimeOfDay
from actions.number import Number
from actions.people import Person
from actions.questions import Answers, Question
from actions.ranking import Ranking
from actions.responses import Response
from actions.scale import Scale
from actions.tallies import recount
from actions.text import Text
from actions.viewing import View, view_of
from tests.actions.builders import NOW, a_poll

EVERY_TYPE: tuple[Question, ...] = (
    Choice("team", "Which team are you in?", (Option("a", "Kitchen"), Option("b", "Service"))),
    Choice(
        "gear",
        "What do you need?",
        (Option("g", "Gloves"), Option("h", "A helmet"), Option("i", "Boots")),
        most=4,
        other=True,
    ),
    Either("again", "Would you come again?"),
    Scale("food", "How was the food?", top=5, low_label="poor", high_label="excellent"),
    Scale("tell", "Would you recommend us?", "nps", 10),
    Likert(
        "work",
        "How far do you agree?",
        (Line("s", "I am heard."), Line("t", "I can rest.")),
        (Line("1", "No"), Line("2", "Partly"), Line("3", "Yes")),
    ),
    Ranking("first", "What matters most?", (Line("p", "Pay"), Line("q", "Hours"))),
    Text("why", "Why?", about=About(shown_if=Condition("team", Operator.IS, "a"))),
    Number("far", "How far is your way to work?", unit="km"),
    Date("when", "Since when are you here?"),
    TimeOfDay("start", "When do you start?"),
)
"""A question of each type; `why` is asked of those in the kitchen only."""


def people(count: int) -> list[Person]:
    """Give that many people."""
    return [Person(f"tenant/p{n:04}", f"Person {n:04}", f"29:p{n:04}") for n in range(count)]


def answers_of(number: int) -> Answers:
    """Give what the person of that number answers to a question of each type."""
    kitchen = number % 2 == 0
    gear = ("g",) if number % 3 else ("g", "i", f"{OTHER}An apron, size {number}")
    why = {"why": f"Reason {number}: the *soup*\nand all"} if kitchen else {}
    return {
        "team": ("a",) if kitchen else ("b",),
        "gear": gear,
        "again": "no" if number % 4 == 3 else "yes",
        "food": number % 5 + 1,
        "tell": number % 11,
        "work": (f"s={number % 3 + 1}", "t=3"),
        "first": ("p", "q") if number % 3 else ("q", "p"),
        **why,
        "far": number * 3,
        "when": f"2020-{number % 12 + 1:02}-15",
        "start": f"{number % 24:02}:30",
    }


def a_survey(*questions: Question, **changes: Any) -> Action:
    """Give a posted survey; settings may be given by their own names."""
    names = ("visibility", "anonymous", "may_change", "several")
    settings = Settings(**{name: changes.pop(name) for name in names if name in changes})
    content = Content(changes.pop("title", "How was it?"), questions or EVERY_TYPE)
    return replace(a_poll(), kind="survey", content=content, settings=settings, **changes)


def a_survey_view(action: Action, count: int, viewer: str = "", **changes: Any) -> View:
    """Give what `viewer` sees once that many people have answered."""
    tallies = recount(action.content, [(answers_of(n), ()) for n in range(count)])
    return view_of(action, tallies, changes.pop("at", NOW), viewer, **changes)


def responses(count: int) -> list[Response]:
    """Give that many people's responses, the newest first."""
    return [
        Response(person, answers_of(n), NOW + timedelta(minutes=n), person.key)
        for n, person in reversed(list(enumerate(people(count))))
    ]
