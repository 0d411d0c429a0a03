"""Shared cards follow the votes: what the tables say is due is sent until Teams has it.

A change is shown at once when the card was still for two seconds, otherwise with the next
update; after a crash it goes on where the tables say (architecture.md §2).
"""

import asyncio
import contextlib
from datetime import datetime, timedelta
from random import Random
from typing import TypeAlias

import structlog
from microsoft_teams.cards.core import AdaptiveCard

from actions.action import Action, Posting, Status
from actions.errors import MusterError, NotFound, TryLater, Unreachable
from actions.places import Conversation, Scope, thread_root
from actions.ports import Ports
from actions.viewing import View, view_of
from bot.messenger import Messenger
from bot.summaries import Summaries
from cards.parts import Host
from cards.summary import deleted, notification
from cards.texts import texts_for
from cards.welcome import message

log = structlog.get_logger()

PACE = timedelta(seconds=2)
"""The least time between two updates of one card."""

LEASE = timedelta(seconds=60)
"""How long a claimed posting is ours; longer than all of Teams' time-outs together."""

AT_ONCE = 16
"""How many postings are delivered side by side."""

IDLE = 1.0
"""Seconds between two looks at the tables when nothing wakes the loop."""

FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0
"""Seconds before trying again: doubled each time, up to the longest."""

Rendered: TypeAlias = tuple[AdaptiveCard | bytes, str]
"""A card and its notification text."""


class Deliverer:
    """The loop that brings postings up to date, one in each process."""

    def __init__(
        self,
        ports: Ports,
        messenger: Messenger,
        summaries: Summaries,
        random: Random,
        woken: asyncio.Event,
    ) -> None:
        """Deliver what `ports.store` says is due; `woken` is set when something became so."""
        self._ports = ports
        self._messenger = messenger
        self._summaries = summaries
        self._random = random
        self._woken = woken
        self.last_round: datetime | None = None

    async def run(self) -> None:
        """Deliver for ever; a failing database is asked again."""
        while True:
            self._woken.clear()
            try:
                busy = await self.round()
            except MusterError as failure:
                log.warning("deliver_round_failed", code=failure.code)
                busy = False
            if not busy:
                await self._pause()

    async def round(self) -> bool:
        """Deliver what is due now; gives whether there was anything."""
        now = self._ports.clock.now()
        claimed = await self._ports.store.claim(now, now + LEASE, AT_ONCE)
        await asyncio.gather(*(self._deliver(posting) for posting in claimed))
        self.last_round = now
        return bool(claimed)

    async def _pause(self) -> None:
        longest = await self._until_due()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(longest):
                await self._woken.wait()

    async def _until_due(self) -> float:
        """The loop also looks by itself: another process may have written, or a time come."""
        try:
            due = await self._ports.store.next_due()
        except MusterError:
            return IDLE
        if due is None:
            return IDLE
        return min(max((due - self._ports.clock.now()).total_seconds(), 0.01), IDLE)

    async def _deliver(self, posting: Posting) -> None:
        try:
            await self._send(posting)
        except TryLater as later:
            wait = self._wait(posting, later)
            log.info("delivery_postponed", posting=posting.id, seconds=round(wait, 1))
            until = self._ports.clock.now() + timedelta(seconds=wait)
            await self._ports.store.postpone(posting, until)
        except Unreachable as gone:
            log.warning("delivery_impossible", posting=posting.id, code=gone.code)
            await self._give_up(posting, gone.code)
        except NotFound:
            await self._ports.store.bury(posting, "ActionNotFound")

    async def _send(self, posting: Posting) -> None:
        store = self._ports.store
        place = await store.conversation(thread_root(posting.conversation_id))
        if place is None:
            raise Unreachable("ConversationForgotten")
        action = await store.action(posting.action_id)
        if not posting.activity_id and action.audience is None:
            await self._take_roster(action, place)
            action = await store.action(posting.action_id)
        view = await self._view(action, place)
        activity_id = await self._show(posting, place, view)
        if not activity_id:
            # It is shown, but can never be updated; posting it again would show it twice.
            await store.bury(posting, "NoActivityId")
            return
        not_before = self._ports.clock.now() + PACE
        await store.delivered(posting, activity_id, view.action.revision, not_before)

    async def _show(self, posting: Posting, place: Conversation, view: View) -> str:
        """Post the card, or bring the posted one up to date; gives the message's id."""
        card, summary = self._render(view, place)
        where, activity_id = posting.conversation_id, posting.activity_id
        if not activity_id:
            return await self._messenger.post(place, where, card, summary)
        await self._messenger.update(place, where, activity_id, card, summary)
        return activity_id

    async def _take_roster(self, action: Action, place: Conversation) -> None:
        """Snapshot who is expected to respond, just before the card is first shown."""
        if place.scope is Scope.PERSONAL:
            people = [action.creator]
        else:
            people = list(await self._messenger.members(place))
        await self._ports.store.set_audience(action.id, people)

    async def _view(self, action: Action, place: Conversation) -> View:
        """In a personal chat the one reader's own view is the shared card."""
        tallies = await self._ports.store.tallies(action.id)
        now = self._ports.clock.now()
        if place.scope is not Scope.PERSONAL or action.status is Status.DELETED:
            return view_of(action, tallies, now)
        answers = await self._ports.store.answers(action.id, place.person)
        took_part = answers is not None or await self._ports.store.took_part(
            action.id, place.person
        )
        return view_of(action, tallies, now, place.person, answers, took_part=took_part)

    def _render(self, view: View, place: Conversation) -> Rendered:
        texts = texts_for(view.action.locale)
        if view.action.status is Status.DELETED:
            return deleted(view.action, texts), texts("Deleted")
        host = Host.IN_PLACE if place.scope is Scope.PERSONAL else Host.CHAT
        return self._summaries.card(view, texts, host), notification(view.action, texts)

    def _wait(self, posting: Posting, later: TryLater) -> float:
        """Teams' own wish, or else exponential back-off; with jitter, so bots do not march."""
        backoff = min(FIRST_WAIT * 2.0 ** min(posting.attempts, 20), LONGEST_WAIT)
        wait = backoff if later.retry_after is None else later.retry_after
        return wait * self._random.uniform(1.0, 1.25)

    async def _give_up(self, posting: Posting, code: str) -> None:
        """A card that was never shown goes back to being a draft, and its creator is told."""
        if posting.activity_id:
            await self._ports.store.bury(posting, code)
            return
        action = await self._ports.store.action(posting.action_id)
        await self._ports.store.unpost(posting.action_id)
        chat = await self._ports.store.personal_conversation(action.creator.key)
        if chat is None:
            return
        texts = texts_for(action.locale)
        text = texts(
            "“{title}” could not be posted: I am not in that chat, or may not write there. "
            "It is kept under “my actions” as a draft.",
            title=action.content.title,
        )
        try:
            await self._messenger.post(chat, chat.id, message(texts, text), text)
        except (TryLater, Unreachable) as failure:
            log.warning("creator_not_told", action=action.id, code=failure.code)
