"""Checklists in a chat, posted without their builder, and what the tables hold of them."""

from collections.abc import Mapping
from dataclasses import replace

from actions.action import Action
from actions.history import Entry
from actions.questions import Answers
from actions.rows import ticks_of
from actions.ticks import Tick
from tests.scenarios.exams import posts_exam
from tests.scenarios.steps import action_id, opened
from tests.scenarios.surveys import person_of
from tests.teams import Chat, Message, User

PAGE = 200
"""How many lines of a history are read at a time."""


async def posts_checklist(database_url: str, user: User, chat: Chat, made: Action) -> Message:
    """Let someone post a checklist that is like `made`, without a due time."""
    # Its own title stands in the help, which is the first card in the chat.
    content = replace(made.content, title="The early round")
    return await posts_exam(database_url, user, chat, replace(made, content=content))


async def ticks(
    database_url: str, message: Message, user: User | None = None
) -> Mapping[str, Tick]:
    """Give the ticks of the list that all share, or of someone's own, by item."""
    answers: Answers | None = None
    async with opened(database_url) as store:
        action = await store.action(action_id(message))
        if user is not None:
            answers = await store.answers(action.id, person_of(user, message.chat).key)
    return ticks_of(action.content, answers)


async def history(database_url: str, message: Message) -> list[Entry]:
    """Give what was done to a list's items, the oldest first."""
    found: list[Entry] = []
    before = ""
    async with opened(database_url) as store:
        while page := await store.history(action_id(message), before, PAGE):
            found += [entry for _, entry in page]
            before = page[-1][0]
    return [entry for entry in reversed(found) if entry.verb.startswith("item_")]
