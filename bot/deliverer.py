"""Shared cards follow the votes: what the tables say is due is sent until Teams has it.

A change is shown at once when the card was still for two seconds, otherwise with the next
update; after a crash it goes on where the tables say (architecture.md §2).
"""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import TypeAlias

import structlog
from microsoft_teams.cards.core import AdaptiveCard

from actions.action import Action, Posting, Status
from actions.attempts import is_handed_in
from actions.errors import NotFound, NotSaved, TryLater, Unreachable
from actions.people import Person
from actions.places import Conversation, Scope, is_gone, thread_root
from actions.ports import Ports
from actions.series_posting import check_creator_is_there, not_posted
from actions.viewing import View, view_of
from bot.messenger import Messenger
from bot.metrics import Metrics
from bot.rounds import Rounds, noted, pause_before
from bot.summaries import Summaries
from cards.parts import Host
from cards.summary import deleted, notification
from cards.texts import texts_for
from cards.welcome import message

log = structlog.get_logger()

PACE = timedelta(seconds=2)
"""The least time between two updates of one card."""

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
        metrics: Metrics | None = None,
    ) -> None:
        """Deliver what `ports.store` says is due; `woken` is set when something became so.

        What comes of it is counted in `metrics`.
        """
        self._ports = ports
        self._messenger = messenger
        self._summaries = summaries
        self._random = random
        self._metrics = metrics or Metrics()
        self._rounds = Rounds[Posting](self, ports.clock, woken)

    @property
    def last_round(self) -> datetime | None:
        """When the tables were last looked at."""
        return self._rounds.last_round

    async def run(self) -> None:
        """Deliver for ever."""
        await self._rounds.run()

    async def claim(
        self, now: datetime, lease_until: datetime, limit: int, under_way: Collection[Posting]
    ) -> Sequence[Posting]:
        """Take postings that are due, none of a conversation in which one is under way."""
        busy = {thread_root(posting.conversation_id) for posting in under_way}
        return await self._ports.store.claim(now, lease_until, limit, busy)

    async def next_due(self) -> datetime | None:
        """Give when the next posting falls due."""
        return await self._ports.store.next_due()

    async def left_of(self, one: Posting) -> Posting | None:
        """Give a posting as it is now: it may have got its message meanwhile."""
        postings = await self._ports.store.postings(one.action_id)
        return next((posting for posting in postings if posting.id == one.id), None)

    async def give_back(self, one: Posting) -> None:
        """Make a posting due again."""
        await self._ports.store.postpone(one, self._ports.clock.now())

    async def do(self, one: Posting) -> None:
        """Bring one posting up to date, or note why not."""
        try:
            await self._send(one)
        except TryLater as later:
            await self._try_later(one, later)
        except Unreachable as gone:
            log.warning("delivery_impossible", posting=one.id, code=gone.code)
            self._metrics.delivered("impossible")
            await self._give_up(one, gone.code)
        except NotSaved:
            raise
        except Exception as error:  # noqa: BLE001 - one posting that breaks must not stop the others
            code = getattr(error, "code", "")
            if isinstance(error, NotFound) and code == "no_such_action":
                await self._ports.store.bury(one, "ActionNotFound")
                return
            kind = type(error).__qualname__
            log.error("delivery_broke", posting=one.id, error=kind, code=code)  # noqa: TRY400
            await self._try_later(one, TryLater())

    async def _try_later(self, posting: Posting, later: TryLater) -> None:
        self._metrics.delivered("postponed")
        wait = pause_before(posting.attempts, later, self._random)
        log.info("delivery_postponed", posting=posting.id, seconds=round(wait.total_seconds(), 1))
        await self._ports.store.postpone(posting, self._ports.clock.now() + wait)

    async def _send(self, posting: Posting) -> None:
        store = self._ports.store
        place = await store.conversation(thread_root(posting.conversation_id))
        if place is None:
            raise Unreachable("ConversationForgotten")
        if place.dead_code and posting.activity_id:
            # A first card is tried all the same: whoever posts it is there, maybe the bot again.
            raise Unreachable(place.dead_code)
        action = await store.action(posting.action_id)
        if not posting.activity_id and not await self._may_post(posting, action, place):
            return
        view = await self._view(action, place)
        activity_id = await self._show(posting, place, view)
        if not activity_id:
            # It is shown, but can never be updated; posting it again would show it twice.
            await store.bury(posting, "NoActivityId")
            return
        now = self._ports.clock.now()
        shown, not_before = view.action.revision, now + PACE
        await noted(lambda: store.delivered(posting, activity_id, shown, not_before))
        self._count(posting, now)
        if place.dead_code:
            await store.remember_conversation(replace(place, dead_code=""))

    def _count(self, posting: Posting, now: datetime) -> None:
        lag = None if posting.due_at is None else (now - posting.due_at).total_seconds()
        self._metrics.delivered("updated" if posting.activity_id else "posted", lag)

    async def _show(self, posting: Posting, place: Conversation, view: View) -> str:
        """Post the card, or bring the posted one up to date; gives the message's id."""
        card, summary = self._render(view, place)
        where, activity_id = posting.conversation_id, posting.activity_id
        if not activity_id:
            return await self._messenger.post(place, where, card, summary)
        await self._messenger.update(place, where, activity_id, card, summary)
        return activity_id

    async def _may_post(self, posting: Posting, action: Action, place: Conversation) -> bool:
        """Snapshot who is expected to respond, before the card is first shown.

        A large roster takes a while, so the card is then posted under a lease of its own.
        """
        if action.status is Status.DELETED:
            await self._ports.store.bury(posting, "DeletedBeforePosting")
            return False
        if action.audience is not None:
            return True
        if place.scope is Scope.PERSONAL:
            people: Sequence[Person] = [action.creator]
        else:
            people = await self._messenger.members(place)
            check_creator_is_there(action, people)
        await self._ports.store.set_audience(action.id, people)
        await self._ports.store.postpone(posting, self._ports.clock.now())
        return False

    async def _view(self, action: Action, place: Conversation) -> View:
        """In a personal chat the one reader's own view is the shared card."""
        tallies = await self._ports.store.tallies(action.id)
        now = self._ports.clock.now()
        if place.scope is not Scope.PERSONAL or action.status is Status.DELETED:
            return view_of(action, tallies, now)
        answers = await self._ports.store.answers(action.id, place.person)
        took_part = is_handed_in(answers) or await self._ports.store.took_part(
            action.id, place.person
        )
        # Who is in a personal chat is told by the key alone, but for whoever posted there.
        reader = action.creator.name if action.creator.key == place.person else ""
        person = place.person
        return view_of(action, tallies, now, person, answers, took_part=took_part, reader=reader)

    def _render(self, view: View, place: Conversation) -> Rendered:
        texts = texts_for(view.action.locale)
        if view.action.status is Status.DELETED:
            return deleted(view.action, texts), texts("Deleted")
        host = Host.IN_PLACE if place.scope is Scope.PERSONAL else Host.CHAT
        return self._summaries.card(view, texts, host), notification(view.action, texts)

    async def _give_up(self, posting: Posting, code: str) -> None:
        """Note that a posting, and maybe its chat, can be reached no more, and tell the creator.

        In this order: when the bot is heard from there again, what was given up is due; and who
        is told may add it there at once.
        """
        unposted = await self._take_back(posting, code)
        if is_gone(code):
            where = thread_root(posting.conversation_id)
            await self._ports.store.conversation_died(where, code)
        if unposted is not None:
            await self._tell_creator(unposted)

    async def _take_back(self, posting: Posting, code: str) -> Action | None:
        """Give the action that goes back to being a draft, if its card was never shown."""
        if posting.activity_id:
            await self._ports.store.bury(posting, code)
            return None
        action = await self._ports.store.action(posting.action_id)
        if action.series:
            await not_posted(self._ports, action, posting, code)
            return None
        await self._ports.store.unpost(posting.action_id)
        return action

    async def _tell_creator(self, action: Action) -> None:
        chat = await self._ports.store.personal_conversation(action.creator.key)
        if chat is None or chat.dead_code:
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
