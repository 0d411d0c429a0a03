"""Surveys in a chat, posted without their builder."""

import asyncio

from actions.about import About
from actions.action import Action, Posting, Settings, Status
from actions.choice import Choice, Option
from actions.conditions import Condition, Operator
from actions.content import Content
from actions.number import Number
from actions.people import Person, person_key
from actions.questions import Question
from actions.text import Text
from bot.now import RandomIds, SystemClock
from tests.scenarios.steps import opened
from tests.teams import Chat, Message, User
from tests.teams.cards import text

BREAK = About(starts_page=True)

QUESTIONS: tuple[Question, ...] = (
    Choice(
        "team",
        "Which team are you in?",
        (Option("k", "Kitchen"), Option("s", "Service")),
        about=About(required=True),
    ),
    Text("why", "Why the kitchen?", about=About(shown_if=Condition("team", Operator.IS, "k"))),
    Number("far", "How far is it?", unit="km", about=BREAK),
    Text("more", "What else?", long=True, limit=4_000),
)
"""Three pages; the second is for the kitchen only."""


def person_of(user: User, chat: Chat) -> Person:
    """Give someone as the tables know them."""
    key = person_key(user.tenant_id, user.object_id, chat.id, user.mri)
    return Person(key, user.name, user.mri)


async def posts_survey(
    database_url: str,
    user: User,
    chat: Chat,
    questions: tuple[Question, ...] = QUESTIONS,
    settings: Settings | None = None,
) -> Message:
    """Let someone post a survey."""
    before = list(chat.messages)
    await user.says(chat, "help")
    await chat.wait_for_message(lambda message: message not in before)
    ids, now = RandomIds(), SystemClock().now()
    action = Action(
        id=ids.new(),
        kind="survey",
        tenant_id=user.tenant_id,
        creator=person_of(user, chat),
        content=Content("How is it going?", questions),
        settings=settings or Settings(),
        status=Status.ACTIVE,
        created_at=now,
        locale="en-GB",
        time_zone="Europe/Berlin",
    )
    async with opened(database_url) as store, asyncio.timeout(10):
        await store.post(action, Posting(ids.new(), action.id, chat.id))
        message = await chat.wait_for_message(lambda m: "How is it going?" in text(m.card))
        # The card stands in the chat a moment before the bot knows which message it is.
        while await store.posting_at(chat.id, message.id) is None:
            continue
    return message
