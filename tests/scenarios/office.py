"""A chat with a bot whose clock is set by hand, and what the one who posts is told."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from actions.action import Action, Notify
from actions.telling import first_notice_at
from tests.actions.builders import BERLIN, a_choice, a_content, a_poll
from tests.fakes import FixedClock
from tests.scenarios.exams import posts_exam
from tests.scenarios.house import running
from tests.scenarios.steps import action_id, manage, opened
from tests.scenarios.votes import press
from tests.teams import Chat, Message, Teams, User

SATURDAY = datetime(2026, 10, 24, 12, tzinfo=UTC)
"""The day before summer time ends in Berlin."""

TITLES = ("Brunch?", "Dinner?", "Closed", "What is new")
"""What a message to the creator begins with."""


@dataclass(slots=True)
class Office:
    """Ada, who posts, and others in one chat with a bot whose clock is set by hand."""

    teams: Teams
    clock: FixedClock
    database_url: str
    chat: Chat
    people: list[User]

    @property
    def ada(self) -> User:
        """Who posts."""
        return self.people[0]

    @property
    def mine(self) -> Chat:
        """Ada's own chat with the bot."""
        return self.teams.state.personal_chat(self.ada)

    @property
    def told(self) -> list[str]:
        """What Ada was told, as a locked phone shows it, the oldest first."""
        return [one.summary for one in self.mine.messages if one.summary.startswith(TITLES)]

    async def posts(self, notify: Notify, title: str = "Brunch?", **changes: Any) -> Message:
        """Let Ada post a poll of which she wants to be told that."""
        poll = a_poll(content=a_content(a_choice("Pizza", "Sushi"), title), **changes)
        return await self.posts_like(poll, notify)

    async def posts_like(self, made: Action, notify: Notify) -> Message:
        """Let Ada post something."""
        settings = replace(made.settings, notify=notify)
        at = first_notice_at(settings, self.clock.now(), BERLIN)
        wished = replace(made, settings=settings, notify_at=at, time_zone=BERLIN)
        return await posts_exam(self.database_url, self.ada, self.chat, wished, self.clock)

    async def vote(self, message: Message, *users: User, option: str = "Pizza") -> None:
        """Let people vote, all at once."""
        pressed = await asyncio.gather(
            *(press(self.teams, user, message, option) for user in users)
        )
        assert all(pressed)

    async def closes(self, message: Message) -> None:
        """Let Ada close what she posted."""
        dialog = await manage(self.ada, self.chat, message)
        await dialog.submits("Close now")

    async def is_told(self, count: int) -> Sequence[str]:
        """Wait until Ada was told so many things; gives them."""
        await self.mine.wait_until(lambda: len(self.told) >= count)
        return self.told

    async def stands(self, message: Message) -> Action:
        """Give what the tables hold of what was posted."""
        async with opened(self.database_url, self.clock) as store:
            return await store.action(action_id(message))

    async def looked(self, message: Message) -> None:
        """Wait until the clock had a look at something that is due, and it is not any more."""
        async with opened(self.database_url, self.clock) as store, asyncio.timeout(10):
            while True:
                due_at = (await store.action(action_id(message))).notify_at
                if due_at is None or due_at > self.clock.now():
                    return

    async def settled(self) -> None:
        """Wait until nothing is on its way."""
        async with opened(self.database_url, self.clock) as store, asyncio.timeout(10):
            while (await store.queue(self.clock.now())).notices:
                continue


@asynccontextmanager
async def office(
    database_url: str, count: int = 3, *, at: datetime = SATURDAY, installs: bool = True
) -> AsyncIterator[Office]:
    """Let the bot work there; Ada has the bot in her own chat, unless `installs` is said no."""
    clock = FixedClock(at)
    async with Teams() as teams:
        people = [teams.user(f"Person {number}") for number in range(1, count)]
        ada = teams.user("Ada Okafor", time_zone=BERLIN)
        chat = teams.group_chat([ada, *people], "Everyone")
        async with running(teams, database_url, clock=clock):
            made = Office(teams, clock, database_url, chat, [ada, *people])
            if installs:
                await ada.installs()
            yield made
