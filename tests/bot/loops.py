"""The loops that send, in their surroundings."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from random import Random
from typing import Any

from actions.action import Posting
from actions.notices import Outcome
from actions.ports import Ports
from bot.deliverer import PACE, Deliverer
from bot.messenger import Messenger
from bot.metrics import Metrics
from bot.notifier import Notifier
from bot.summaries import Summaries
from tests.bot.world import CHAT, PATIENCE, FakeMessenger, Watch, WatchedStore
from tests.fakes import (
    CountingIds,
    FixedClock,
    a_change,
    a_conversation,
    a_person,
    a_posting,
    an_action,
)
from tests.storage.kept import Delivery
from tests.teams.cards import text


class Round:
    """A deliverer in its surroundings; time stands still until a test moves it."""

    def __init__(self) -> None:
        """Set everything up, with nothing running and nothing due."""
        self.clock, self.watch, self.woken = FixedClock(), Watch(), asyncio.Event()
        self.store = WatchedStore(self.clock, self.watch, self.woken.set)
        self.messenger = FakeMessenger(self.watch)
        self.deliverer = self.deliverer_with(self.messenger)

    def deliverer_with(self, messenger: Messenger, metrics: Metrics | None = None) -> Deliverer:
        """Give a deliverer that sends by a messenger."""
        ports = Ports(self.store, self.clock, CountingIds(), self.messenger)
        chance = Random(1)  # noqa: S311 - jitter, not a secret
        return Deliverer(ports, messenger, Summaries(), chance, self.woken, metrics)

    async def run(self) -> None:
        """Deliver for ever."""
        await self.deliverer.run()

    async def next_due(self) -> datetime | None:
        """Give when something falls due."""
        return await self.store.next_due()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Deliver, until the end."""
        self.ends = asyncio.create_task(self.run())
        try:
            yield
        finally:
            if not self.ends.cancelling():
                self.ends.cancel()
            with suppress(asyncio.CancelledError):
                await self.ends

    async def post(self, name: str = "action", **changes: Any) -> Posting:
        """Post an action in the group chat, or in a conversation of its own."""
        place = changes.pop("place", a_conversation())
        await self.store.remember_conversation(place)
        action = an_action(name, **changes)
        posting = a_posting(action, conversation_id=place.id)
        assert await self.store.post(action, posting)
        return posting

    async def shown(self, name: str = "action", **changes: Any) -> Posting:
        """Post an action, and wait until Teams shows it and its pace allows an update."""
        posting = await self.post(name, **changes)
        await self.settled()
        self.clock.time += PACE
        assert self.delivery(posting).posting.activity_id
        return posting

    async def vote(self, name: str = "Ben", option: str = "yes", action: str = "action") -> None:
        """Vote."""
        await self.store.respond(a_change(name, option, action_id=action))

    async def settled(self) -> None:
        """Wait until there is nothing left to do now."""
        async with asyncio.timeout(PATIENCE):
            while not await self._is_settled():
                pass

    async def _is_settled(self) -> bool:
        """Give whether there is nothing left to do, once everything was looked at."""
        await self.looked()
        due = await self.next_due()
        return not self.store.taken and (due is None or due > self.clock.time)

    async def looked(self) -> None:
        """Wait until the deliverer has looked, and found nothing more that is due."""
        looks = self.store.empty_claims
        self.woken.set()
        await self.watch.until(lambda: self.store.empty_claims > looks)

    async def later(self, **by: float) -> None:
        """Let time pass, and all that falls due happen."""
        self.clock.advance(**by)
        await self.settled()

    def delivery(self, posting: Posting) -> Delivery:
        """Give what the store knows of a posting."""
        return self.store.deliveries[posting.id]

    def wait_of(self, posting: Posting) -> float:
        """Give in how many seconds a posting is due again."""
        due = self.delivery(posting).due_at
        assert due is not None
        return (due - self.clock.time).total_seconds()

    def card_text(self, conversation_id: str = CHAT) -> str:
        """Give the words of the one card in a conversation."""
        (shown,) = self.messenger.messages_in(conversation_id)
        return text(shown.card)


class NoticeRound(Round):
    """A notifier in its surroundings: a poll in the group chat, which nobody brings up to date."""

    def __init__(self) -> None:
        """Set everything up, with nothing running and nothing due."""
        super().__init__()
        self.metrics = Metrics()
        self.notifier = self.notifier_with(self.messenger)

    def notifier_with(self, messenger: Messenger) -> Notifier:
        """Give a notifier that sends by a messenger."""
        ports = Ports(self.store, self.clock, CountingIds(), self.messenger)
        chance = Random(1)  # noqa: S311 - jitter, not a secret
        return Notifier(ports, messenger, chance, self.woken, self.metrics)

    async def run(self) -> None:
        """Send for ever."""
        await self.notifier.run()

    async def next_due(self) -> datetime | None:
        """Give when a message falls due."""
        return await self.store.next_notice_due()

    async def expect(self, *names: str, **changes: Any) -> None:
        """Post an action that waits for some people."""
        await self.post(**changes)
        await self.store.set_audience("action", [a_person(name) for name in names])

    def outcome(self, name: str) -> tuple[Outcome, str]:
        """Give what became of a message, and its code."""
        sent = self.store.sending[name]
        return sent.outcome, sent.code

    def wait_for(self, name: str) -> float:
        """Give in how many seconds a message is due again."""
        due = self.store.sending[name].due_at
        assert due is not None
        return (due - self.clock.time).total_seconds()
