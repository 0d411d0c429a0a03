"""Shared cards follow the votes: what the tables say is due is sent until Teams has it.

A change is shown at once when the card was still for two seconds, otherwise with the next
update; after a crash it goes on where the tables say (architecture.md §2).
"""

import asyncio
import contextlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TypeAlias

import structlog
from microsoft_teams.cards.core import AdaptiveCard

from actions.action import Action, Posting, Status
from actions.attempts import is_handed_in
from actions.errors import MusterError, NotFound, NotSaved, TryLater, Unreachable
from actions.people import Person
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

LEASE = timedelta(seconds=30)
"""How long a claimed posting is ours; longer than a turn in the lane and a call take."""

AT_ONCE = 16
"""How many postings are delivered side by side."""

GRACE = 5.0
"""Seconds that a shutdown gives deliveries under way."""

BREATH = 0.1
"""Seconds between two looks that found nothing: a busy writer wakes the loop at each commit."""

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
        self._under_way: dict[asyncio.Task[None], Posting] = {}
        self.last_round: datetime | None = None

    async def run(self) -> None:
        """Deliver for ever; a failing database is asked again."""
        try:
            while True:
                self._woken.clear()
                if not await self._start_what_is_due():
                    await self._pause()
        finally:
            await self._finish()

    async def _start_what_is_due(self) -> bool:
        """Take what there are hands for; gives whether more may be due."""
        now = self._ports.clock.now()
        hands = AT_ONCE - len(self._under_way)
        if not hands:
            return False
        try:
            claimed = await self._ports.store.claim(now, now + LEASE, hands)
        except MusterError as failure:
            log.warning("claim_failed", code=failure.code)
            return False
        mine = {posting.id: task for task, posting in self._under_way.items()}
        for posting in claimed:
            before = mine.get(posting.id)
            work = self._deliver(posting) if before is None else self._again(before, posting)
            task = asyncio.create_task(work)
            self._under_way[task] = posting
            task.add_done_callback(self._done)
        self.last_round = now
        return bool(claimed)

    def _done(self, task: asyncio.Task[None]) -> None:
        del self._under_way[task]
        self._woken.set()

    async def _finish(self) -> None:
        """Let what is under way end, and give back what does not."""
        under_way = dict(self._under_way)
        if not under_way:
            return
        _, late = await asyncio.wait(under_way, timeout=GRACE)
        for task in late:
            if task.cancel():
                with contextlib.suppress(MusterError):
                    await self._ports.store.postpone(under_way[task], self._ports.clock.now())

    async def _pause(self) -> None:
        """Sleep until something becomes due or is done, or a while has passed."""
        await asyncio.sleep(BREATH)
        longest = IDLE if len(self._under_way) == AT_ONCE else await self._until_due()
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
        """Bring one posting up to date, or note why not; nothing that happens here gets out."""
        try:
            await self._attempt(posting)
        except NotSaved as failure:
            # The lease ends by itself; until then the database has time to recover.
            log.warning("delivery_not_noted", posting=posting.id, code=failure.code)
        except Exception as error:  # noqa: BLE001 - what breaks here must not stop the others
            log.error("delivery_broke", posting=posting.id, error=type(error).__qualname__)  # noqa: TRY400

    async def _again(self, before: asyncio.Task[None], posting: Posting) -> None:
        """Go on with a posting whose delivery here is ending, or outlived its lease."""
        await asyncio.wait([before])
        with contextlib.suppress(NotSaved):
            for fresh in await self._ports.store.postings(posting.action_id):
                if fresh.id == posting.id:
                    await self._deliver(fresh)

    async def _attempt(self, posting: Posting) -> None:
        try:
            await self._send(posting)
        except TryLater as later:
            await self._try_later(posting, later)
        except Unreachable as gone:
            log.warning("delivery_impossible", posting=posting.id, code=gone.code)
            await self._give_up(posting, gone.code)
        except NotSaved:
            raise
        except Exception as error:  # noqa: BLE001 - one posting that breaks must not stop the others
            code = getattr(error, "code", "")
            if isinstance(error, NotFound) and code == "no_such_action":
                await self._ports.store.bury(posting, "ActionNotFound")
                return
            kind = type(error).__qualname__
            log.error("delivery_broke", posting=posting.id, error=kind, code=code)  # noqa: TRY400
            await self._try_later(posting, TryLater())

    async def _try_later(self, posting: Posting, later: TryLater) -> None:
        wait = self._wait(posting, later)
        log.info("delivery_postponed", posting=posting.id, seconds=round(wait, 1))
        until = self._ports.clock.now() + timedelta(seconds=wait)
        await self._ports.store.postpone(posting, until)

    async def _send(self, posting: Posting) -> None:
        store = self._ports.store
        place = await store.conversation(thread_root(posting.conversation_id))
        if place is None:
            raise Unreachable("ConversationForgotten")
        action = await store.action(posting.action_id)
        if not posting.activity_id and not await self._may_post(posting, action, place):
            return
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

    def _wait(self, posting: Posting, later: TryLater) -> float:
        """Teams' own wish, or else exponential back-off; with jitter, so bots do not march."""
        backoff = min(FIRST_WAIT * 2.0 ** min(posting.attempts, 20), LONGEST_WAIT)
        wait = later.retry_after or backoff
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
