"""Quizzes and trainings in a chat, posted without their builder, and how people take them."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace

from actions.action import Action, Posting, Status
from actions.attempts import Attempts, attempts_in
from actions.ports import Clock
from bot.now import RandomIds, SystemClock
from tests.scenarios.steps import opened
from tests.scenarios.surveys import person_of
from tests.teams import Chat, Dialog, Message, User
from tests.teams.cards import input_elements, text

SKIP = "Go on without an answer"


async def posts_exam(
    database_url: str, user: User, chat: Chat, made: Action, clock: Clock | None = None
) -> Message:
    """Let someone post a quiz or training that is like `made`, without a due time."""
    before, clock = list(chat.messages), clock or SystemClock()
    await user.says(chat, "help")
    await chat.wait_for_message(lambda message: message not in before)
    ids = RandomIds()
    action = replace(
        made,
        id=ids.new(),
        tenant_id=user.tenant_id,
        creator=person_of(user, chat),
        status=Status.ACTIVE,
        created_at=clock.now(),
        closes_at=None,
    )
    async with opened(database_url, clock) as store, asyncio.timeout(10):
        await store.post(action, Posting(ids.new(), action.id, chat.id))
        title = made.content.title
        message = await chat.wait_for_message(lambda m: title in text(m.card) and m not in before)
        # The card stands in the chat a moment before the bot knows which message it is.
        while await store.posting_at(chat.id, message.id) is None:
            continue
    return message


@dataclass(frozen=True, slots=True)
class Exam:
    """A posted quiz or training."""

    database_url: str
    message: Message
    action_id: str

    async def attempts(self, user: User) -> Attempts:
        """Give what the tables hold of someone's attempts."""
        key = person_of(user, self.message.chat).key
        async with opened(self.database_url) as store:
            return attempts_in(await store.answers(self.action_id, key))

    async def opens(self, user: User, button: str = "Start or continue") -> Dialog:
        """Let someone open the cover."""
        return await user.opens(self.message.chat, self.message, button)


async def goes_through(dialog: Dialog, typed: Mapping[str, str], pages: int = 99) -> None:
    """Answer one page after the other; what is not in `typed` is passed over."""
    for _ in range(pages):
        fields = [str(element["id"]) for element in input_elements(dialog.card)]
        if not fields:
            return
        given = {name: typed[name] for name in fields if name in typed}
        await dialog.submits("Answer" if given else SKIP, dict(given))
