"""Settings and people for screens."""

from datetime import datetime
from string import ascii_lowercase
from typing import Any

from actions.errors import Problem
from actions.people import Person
from actions.poll import QUESTION
from actions.responses import Page, Response
from actions.viewing import People, View
from cards.envelope import Envelope, decode
from cards.parts import Host
from dialogs.screen import Screen, Setting
from tests.actions.builders import NOW, a_form
from tests.cards.looks import TEXTS, checked
from tests.teams.cards import Card, actions, walk

DIALOG = Setting(Host.DIALOG, TEXTS)
IN_PLACE = Setting(Host.IN_PLACE, TEXTS)
SETTINGS = {"dialog": DIALOG, "in place": IN_PLACE}


def with_problems(**problems: Problem) -> Setting:
    """Give a dialog in which these fields are wrong; a "." in a name is written as "__"."""
    named = {name.replace("__", "."): problem for name, problem in problems.items()}
    return Setting(Host.DIALOG, TEXTS, problems=named)


def shown(screen: Screen) -> Card:
    """Give a screen's card as it is sent, once Teams would take it."""
    return checked(screen.card)


def envelopes(card: Card) -> dict[str, Envelope]:
    """Give what every button means, by its title."""
    return {
        action["title"]: decode(action["data"])[0]
        for action in actions(card)
        if action["type"] != "Action.ToggleVisibility"
    }


def verbs(card: Card) -> list[str]:
    """Give the verbs of the buttons in reading order."""
    return [envelope.verb for envelope in envelopes(card).values()]


def a_response(name: str, chosen: str = "", at: datetime | None = NOW) -> Response:
    """Give someone's response; without a choice they did not respond."""
    person = Person(f"tenant/{name}", name)
    return Response(person, {QUESTION: tuple(chosen)} if chosen else None, at if chosen else None)


def people_of(
    view: View, *responses: Response, search: str = "", start: str = "", following: str = ""
) -> People:
    """Give a page of people."""
    return People(view, Page(responses, following), search, start)


def blocks(card: Card) -> list[Any]:
    """Give the card's elements from top to bottom."""
    return list(card["body"])


def below(card: Card, name: str) -> str:
    """Give the text that stands right below a field."""
    nodes = [node for node in walk(card) if node.get("id") or node.get("type") == "TextBlock"]
    place = next(i for i, node in enumerate(nodes) if node.get("id") == name)
    following = nodes[place + 1 : place + 2]
    return following[0].get("text", "") if following else ""


def full_values(sign: str = "x") -> dict[str, str]:
    """Give the longest form of one sign: 25 options of 1,000 characters."""
    options = [(letter + sign * 1_000)[:1_000] for letter in ascii_lowercase[:25]]
    return a_form(*options, title=sign * 500, description=sign * 5_000, choose="several")
