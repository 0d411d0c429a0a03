"""What people do to get an export, and what is in the tables of it afterwards."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any

from sqlalchemy import select

from actions.action import Posting
from actions.people import Person
from actions.questions import Answer, Answers
from actions.responses import Change, Decide
from storage.schema import history
from tests.actions.exported import ANSWERS, AT, a_survey
from tests.scenarios.conftest import Shift
from tests.scenarios.steps import opened
from tests.teams import Chat, Message, User
from tests.teams.cards import Card, actions, text


async def offered(user: User, title: str, form: str = "CSV") -> tuple[Chat, Message]:
    """Export something in the personal chat; gives the chat and the message that offers it."""
    chat = await user.installs()
    before = list(chat.messages)
    await user.says(chat, "my actions")
    listed = chat.latest
    for button in (title, "Export", form):
        await user.taps(chat, listed, button)
    assert "I am preparing the file. It comes below in a moment." in text(user.view(chat, listed))
    offer = await chat.wait_for_message(lambda one: one.offers_file and one not in before)
    return chat, offer


async def answered_survey(shift: Shift, database_url: str, people: Sequence[User]) -> None:
    """Put a survey by Ada with a question of every type into the tables, and people's answers."""
    ada = shift.ada
    creator = Person(_key(ada), ada.name, ada.mri)
    action = replace(a_survey(kind="survey"), tenant_id=ada.tenant_id, creator=creator)
    # The bot knows the chats that it has heard from.
    await ada.says(shift.chat, "help")
    async with opened(database_url) as store:
        assert await store.post(action, Posting("posting", action.id, shift.chat.id))
        for number, person in enumerate(people):
            key = _key(person)
            given = answers_of(number)
            who = Person(key, person.name, person.mri)
            at = AT + timedelta(minutes=number)
            await store.respond(Change(action.id, key, who, at, _saying(given)))


def answers_of(number: int) -> dict[str, Answer]:
    """Give the answers of one of many people: each person's differ, and some leave some out."""
    answers: dict[str, Answer] = {
        **ANSWERS,
        "one": (("p",), ("s",), ("o",))[number % 3],
        "either": "yes" if number % 4 else "no",
        "stars": number % 5 + 1,
        "nps": number % 11,
        "number": number * 125,
        "text": f"Words of number {number}",
    }
    gone = ("text", "number", "either")[number % 3]
    return {name: answer for name, answer in answers.items() if name != gone}


def _saying(answers: Answers) -> Decide:
    return lambda _standing: answers


def _key(user: User) -> str:
    return f"{user.tenant_id}/{user.object_id}".lower()


async def shows(chat: Chat, message: Message, words: str) -> None:
    """Wait until a message's card says something."""
    await chat.wait_until(lambda: message.has_card and words in text(message.card))


def rows_of(content: bytes | bytearray) -> list[dict[str, str]]:
    """Read a CSV export."""
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def link_of(card: Card) -> str:
    """Give the address that a card's button opens. Raises StopIteration where there is none."""
    return str(next(one["url"] for one in actions(card) if one["type"] == "Action.OpenUrl"))


async def recorded(database_url: str) -> Sequence[tuple[str, str]]:
    """Give who was given an export in which form, by the history."""
    return [(name, detail["format"]) for name, detail in await noted(database_url, "exported")]


async def noted(database_url: str, verb: str) -> Sequence[tuple[str, dict[str, Any]]]:
    """Give who did something, and what the history says of it."""
    async with opened(database_url) as store, store._database.reading() as connection:
        lines = await connection.execute(select(history).where(history.c.verb == verb))
        return [(line.name, line.detail) for line in lines]
