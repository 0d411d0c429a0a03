"""Quizzes and trainings as the tests of the domain need them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from actions.action import Action, Settings, Visibility
from actions.choice import Choice, Option
from actions.content import Content
from actions.either import YES, Either
from actions.exam import Exam
from actions.keys import Key
from actions.lesson import Lesson
from actions.material import Link
from actions.number import Number
from actions.people import Person
from actions.questions import Question
from actions.sitting import Sitting
from actions.taking import answer, begin, go_on, opened, pass_over
from actions.text import Text
from actions.typed import Sent
from tests.actions.builders import a_poll
from tests.actions.world import World, a_caller

CAPITALS = (Option("paris", "Paris"), Option("rome", "Rome"), Option("bergen", "Bergen"))

ONE = Choice("one", "Capital of France?", CAPITALS)
SEVERAL = Choice("several", "Which are capitals?", CAPITALS, most=3)
TRUE = Either("true", "Lifts are safe in a fire.")
NUMBER = Number("number", "How many metres?", decimals=1)
TEXT = Text("text", "The number to call?")
FIVE: tuple[Question, ...] = (ONE, SEVERAL, TRUE, NUMBER, TEXT)
"""One question of each type."""

KEYS = {
    "one": Key(("paris",)),
    "several": Key(("paris", "rome"), points=2, partial=True),
    "true": Key("no", explanation="They stop."),
    "number": Key(25, tolerance=5),
    "text": Key(("112", "one one two")),
}
RIGHT = {"one": "paris", "several": "paris,rome", "true": "no", "number": "2.5", "text": "112"}
"""What to type to be right."""

WRONG = {"one": "rome", "several": "bergen", "true": YES, "number": "9", "text": "911"}

READ = Lesson("read", "Read this", "Well.", links=(Link("film", "Film", "https://x.example/a"),))


def a_quiz(
    questions: tuple[Question, ...] = FIVE, keys: dict[str, Key] | None = None, **exam: Any
) -> Action:
    """Give a posted quiz; settings of the exam are given by their names."""
    own = KEYS if keys is None else keys
    kept = {name: key for name, key in own.items() if any(q.id == name for q in questions)}
    content = Content("Fire drill", questions, keys=kept, exam=Exam(**exam))
    settings = Settings(visibility=Visibility.CREATOR, may_change=False)
    return replace(a_poll(), kind="quiz", content=content, settings=settings)


def a_training(*pages: Question, **exam: Any) -> Action:
    """Give a posted training: a lesson, a question and a lesson, or these pages."""
    last = replace(READ, id="last", text="Remember", links=())
    asked = pages or (READ, ONE, last)
    made = a_quiz(asked, **({"is_course": True, "attempts": 0} | exam))
    return replace(made, kind="training")


async def at(world: World, action: Action, person: Person) -> Sitting:
    """Give where someone is."""
    return await opened(world.ports, a_caller(person), action.id)


async def started(world: World, action: Action, person: Person, number: int = 1) -> Sitting:
    """Let someone begin an attempt."""
    return await begin(world.ports, a_caller(person), action.id, number)


async def says(
    world: World, action: Action, person: Person, name: str, text: str, number: int = 1
) -> Sitting:
    """Let someone send a page."""
    sent = Sent((name,), {name: text})
    return await answer(world.ports, a_caller(person), action.id, number, sent)


async def takes(
    world: World, action: Action, person: Person, texts: dict[str, str], number: int = 1
) -> Sitting:
    """Let someone take it from the beginning to the end, ten seconds for each page."""
    sitting = await started(world, action, person, number)
    while (page := sitting.page) is not None:
        world.clock.time += timedelta(seconds=10)
        if page.id in texts:
            sitting = await says(world, action, person, page.id, texts[page.id], number)
        else:
            caller = a_caller(person)
            sitting = await pass_over(world.ports, caller, action.id, number, page.id)
        if sitting.pausing is not None:
            sitting = await go_on(world.ports, a_caller(person), action.id, number)
    return sitting
