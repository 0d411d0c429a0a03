"""Attempts that were made, without taking them page by page; by the number of the person."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from actions.action import Action
from actions.attempts import Attempt, Attempts, Given
from actions.entry import MAIN
from actions.people import Person
from actions.responses import Response
from actions.sitting import order
from actions.tallies import recount, tags_of
from actions.viewing import View, view_of
from tests.actions.builders import NOW
from tests.actions.exams import RIGHT, WRONG

NAMES = ("Ben Castillo", "ليلى حداد", "佐藤 健", "Chloé Lefèvre", "Per Sørensen", "Ada [x](y)")


def an_attempt(
    action: Action,
    typed: Mapping[str, str],
    began: datetime = NOW,
    *,
    pace: int = 10,
    done: int | None = None,
) -> Attempt:
    """Give an attempt at which `typed` was answered, each page taking `pace` seconds.

    After the first `done` pages it is still under way.
    """
    asked, given, at = order(action.content, began.isoformat()), {}, began
    for name in asked[:done]:
        question = action.content.question(name)
        assert question is not None
        answer = question.parse({MAIN: typed[name]}) if name in typed else None
        shown, at = at, at + timedelta(seconds=pace)
        given[name] = Given(answer, shown, at)
    is_over = len(given) == len(asked)
    return Attempt(asked, began, given, None if is_over else at, at if is_over else None)


def attempts_of(action: Action, *attempts: Attempt, lapsed: int = 0) -> Attempts:
    """Give someone's attempts."""
    return Attempts.of(action.content, attempts, lapsed)


def typed_by(number: int) -> dict[str, str]:
    """Give what the person of a number answers: each next question right less often."""
    ids = enumerate(RIGHT)
    typed = {name: (RIGHT if number % (place + 2) else WRONG)[name] for place, name in ids}
    return typed if number % 7 else {name: typed[name] for name in list(typed)[:3]}


def persons(count: int) -> list[Person]:
    """Give so many people."""
    names = [f"{NAMES[n % len(NAMES)]} {n:03}" for n in range(count)]
    return [Person(f"tenant/p{n:03}", name, f"29:p{n:03}") for n, name in enumerate(names)]


def responses_of(action: Action, count: int) -> list[Response]:
    """Give the responses of so many people, the oldest first, one a minute."""
    made = []
    for number, person in enumerate(persons(count)):
        began = NOW + timedelta(minutes=number)
        attempts = attempts_of(action, an_attempt(action, typed_by(number), began))
        made.append(Response(person, attempts, attempts.attempts[0].ended, person.key))
    return made


def seen_by(
    action: Action,
    responses: Sequence[Response],
    viewer: str = "",
    at: datetime = NOW,
    *,
    took_part: bool = False,
) -> View:
    """Give what someone sees of an action after these responses."""
    counted = [(r.answers or {}, tags_of(r.slot, r.person.key, late=False)) for r in responses]
    own = next((r.answers for r in responses if r.person.key == viewer), None)
    tallies = recount(action.content, counted)
    return view_of(action, tallies, at, viewer, own, took_part=took_part)
