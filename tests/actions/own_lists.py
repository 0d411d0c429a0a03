"""Own lists of a checklist that people ticked, without doing it item by item."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from actions.action import Action
from actions.people import Person
from actions.responses import Response
from actions.ticks import Tick, Wish
from tests.actions.attempted import persons
from tests.actions.builders import NOW
from tests.actions.checklists import BROKEN, DONE, NOT_NEEDED


def a_list(person: Person, ticks: Mapping[str, Wish], began: datetime = NOW) -> Response:
    """Give someone's own list, ticked one item a minute."""
    made = {
        name: Tick(wish, person, began + timedelta(minutes=n)).encode()
        for n, (name, wish) in enumerate(ticks.items())
    }
    return Response(person, made, began, person.key)


def lists_of(action: Action, count: int) -> Sequence[Response]:
    """Give the own lists of so many people, the oldest first: each third has something open."""
    wishes = (DONE, DONE, DONE, BROKEN, DONE, NOT_NEEDED)
    made = []
    for number, person in enumerate(persons(count)):
        items = action.content.questions[: None if number % 3 else -1]
        ticks = {item.id: wishes[(number + n) % len(wishes)] for n, item in enumerate(items)}
        made.append(a_list(person, ticks, NOW + timedelta(hours=number)))
    return made
