"""What people do in several steps, and what the clock does meanwhile."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

import pytest

from actions.history import Entry
from actions.managing import CLOCK
from actions.ports import Clock
from bot.now import RandomIds, SystemClock
from storage.engine import open_engine
from storage.store import SqlStore
from tests.scenarios.conftest import Shift
from tests.scenarios.house import SECRET
from tests.teams import Chat, Dialog, Message, Teams, User
from tests.teams.cards import Card, find_action, text
from tests.teams.forms import Value

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Marks tests whose outcome cannot depend on the database."""


def a_shift(teams: Teams) -> Shift:
    """Give three people in a group chat, for tests that start and stop the bot themselves."""
    ada, ben, chloe = teams.user("Ada Okafor"), teams.user("Ben Castillo"), teams.user("Chloé")
    return Shift(teams, teams.group_chat([ada, ben, chloe], "Early shift"), ada, ben, chloe)


async def makes_poll(
    user: User, chat: Chat, fields: Mapping[str, Value] | None = None, title: str = "Lunch?"
) -> Message:
    """Make a poll by the message extension's form; `fields` are those that differ."""
    before = list(chat.messages)
    dialog = await user.uses_command(chat, "poll")
    typed: dict[str, Value] = {"title": title, "more": "Pizza\nSushi\nSalad"}
    await dialog.submits("Preview", typed | dict(fields or {}))
    await dialog.sends()
    return await chat.wait_for_message(lambda message: message not in before)


async def in_place(
    user: User,
    chat: Chat,
    message: Message,
    title: str,
    inputs: Mapping[str, Value] | None = None,
) -> Card:
    """Take a step of a form in a message, and wait until the message itself shows it."""
    before = message.updates
    answer = await user.taps(chat, message, title, inputs)
    assert answer.card is not None, answer
    await chat.wait_until(lambda: message.updates > before)
    assert text(message.card) == text(answer.card)
    return answer.card


async def manage(user: User, chat: Chat, message: Message) -> Dialog:
    """Open Manage on the person's own card."""
    await user.refreshes(chat, message)
    return await user.opens(chat, message, "Manage")


def action_id(message: Message) -> str:
    """Give the id that the card's buttons carry."""
    return str(find_action(message.card, "Results")["data"]["muster"]).split()[2]


def draft_id(card: Card, title: str) -> str:
    """Give the id of the draft that a form's or a preview's button carries."""
    return str(find_action(card, title)["data"]["muster"]).split()[2]


@asynccontextmanager
async def opened(database_url: str, clock: Clock | None = None) -> AsyncIterator[SqlStore]:
    """Give the tables, beside a bot that may be running on them, by the same clock."""
    engine, ids = open_engine(database_url), RandomIds()
    store = SqlStore(engine, SECRET.encode(), ids, clock or SystemClock())
    try:
        yield store
    finally:
        await store.close()


async def set_due(database_url: str, poll: Message, at: datetime) -> None:
    """Set a poll's due time to the second, which its form cannot."""
    entry = Entry(SystemClock().now(), CLOCK, "edited")
    async with opened(database_url) as store:
        await store.change(action_id(poll), lambda action: replace(action, closes_at=at), entry)


async def miscounted(database_url: str) -> list[str]:
    """Give the ids of the actions whose tallies are not what a recount of the responses gives."""
    async with opened(database_url) as store:
        return [
            action_id
            for action_id in await store.action_ids()
            if await store.recount(action_id) != await store.tallies(action_id)
        ]
