"""What the bot says of its own accord is sent, each message once, whoever asked for it.

A message is sent first, and what came of it is noted at once after that: what a process that is
killed between the two has sent, and what Teams took without an answer, is sent again. A database
that is away just then is waited for. The other
way round it would be lost, and taken for sent; and Teams has no way to be told that two messages
are the same one.
"""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import structlog

from actions.errors import NotFound, NotSaved, TryLater, Unreachable
from actions.notices import About, Notice, Outcome
from actions.people import Person
from actions.places import Conversation, Scope, is_gone, thread_root
from actions.ports import Ports
from bot.messenger import Messenger
from bot.metrics import Metrics
from bot.rounds import Rounds, noted, pause_before
from cards.notices import WORDS
from cards.texts import texts_for

log = structlog.get_logger()

LEASE = timedelta(seconds=60)
"""How long a claimed message is ours: a chat may have to be opened for it first."""

GIVE_UP = timedelta(days=3)
"""How old a message gets that Teams does not take; then it is news no more."""


class Notifier:
    """The loop that sends messages, one in each process."""

    def __init__(
        self,
        ports: Ports,
        messenger: Messenger,
        random: Random,
        woken: asyncio.Event,
        metrics: Metrics | None = None,
    ) -> None:
        """Send what `ports.store` says is due; `woken` is set when something became so.

        What comes of it is counted in `metrics`.
        """
        self._ports = ports
        self._messenger = messenger
        self._random = random
        self._metrics = metrics or Metrics()
        self._rounds = Rounds[Notice](self, ports.clock, woken, LEASE)

    @property
    def last_round(self) -> datetime | None:
        """When the tables were last looked at."""
        return self._rounds.last_round

    async def run(self) -> None:
        """Send for ever."""
        await self._rounds.run()

    async def claim(
        self, now: datetime, lease_until: datetime, limit: int, under_way: Collection[Notice]
    ) -> Sequence[Notice]:
        """Take messages that are due."""
        del under_way  # Each goes to another chat, but for a few that mention people.
        return await self._ports.store.claim_notices(now, lease_until, limit)

    async def next_due(self) -> datetime | None:
        """Give when the next message falls due."""
        return await self._ports.store.next_notice_due()

    async def left_of(self, one: Notice) -> Notice | None:
        """Nothing is left of what was sent; what was not is due again by itself."""
        del one
        return None

    async def give_back(self, one: Notice) -> None:
        """Make a message due again."""
        await self._ports.store.postpone_notice(one, self._ports.clock.now())

    async def do(self, one: Notice) -> None:
        """Send one message, or note why not."""
        try:
            await self._settle(one, await self._send(one))
        except TryLater as later:
            await self._try_later(one, later)
        except Unreachable as gone:
            await self._give_up(one, gone.code)
        except NotFound:
            # What it is about is gone.
            await self._settle(one, Outcome.NOT_NEEDED)
        except NotSaved:
            raise
        except Exception as error:  # noqa: BLE001 - one message that breaks must not stop the others
            kind = type(error).__qualname__
            log.error("notice_broke", notice=one.id, about=one.about, error=kind)  # noqa: TRY400
            await self._try_later(one, TryLater())

    async def _settle(self, notice: Notice, outcome: Outcome, code: str = "") -> None:
        now = self._ports.clock.now()
        await noted(lambda: self._ports.store.settle_notice(notice, outcome, now, code))
        self._metrics.notified(notice.about.value, outcome.value)

    async def _try_later(self, notice: Notice, later: TryLater) -> None:
        now = self._ports.clock.now()
        if notice.created_at is not None and now - notice.created_at > GIVE_UP:
            await self._give_up(notice, "NoAnswer")
            return
        wait = pause_before(notice.attempts, later, self._random)
        log.info("notice_postponed", notice=notice.id, seconds=round(wait.total_seconds(), 1))
        await self._ports.store.postpone_notice(notice, now + wait)

    async def _give_up(self, notice: Notice, code: str) -> None:
        """Who cannot be reminded in a chat of their own may yet be mentioned in another."""
        log.info("notice_undeliverable", notice=notice.id, about=notice.about, code=code)
        is_reminder = notice.about is About.REMINDER
        outcome = Outcome.UNREACHED if is_reminder else Outcome.UNREACHABLE
        await self._settle(notice, outcome, code)

    async def _send(self, notice: Notice) -> Outcome:
        """Send what there is to say now; gives what came of it. Raises TryLater, Unreachable."""
        if notice.expires_at is not None and notice.expires_at <= self._ports.clock.now():
            return Outcome.NOT_NEEDED
        is_secret = await self._is_secret(notice)
        words = WORDS[notice.about]
        known = await words.look_up(self._ports, notice)
        if known is None:
            return Outcome.SENT if is_secret else Outcome.NOT_NEEDED
        card, summary = words.word(known, texts_for(notice.locale))
        place = await self._place(notice, is_secret=is_secret)
        where = notice.conversation_id if notice.person is None else place.id
        try:
            await self._messenger.post(place, where, card, summary)
        except Unreachable as gone:
            if is_gone(gone.code) and not is_secret:
                await self._ports.store.conversation_died(place.id, gone.code)
            raise
        if place.dead_code and not is_secret:
            await self._ports.store.remember_conversation(replace(place, dead_code=""))
        return Outcome.SENT

    async def _is_secret(self, notice: Notice) -> bool:
        """Give whether no row may say that someone is reminded, or needs not be.

        Who has not responded yet to an anonymous action has none of the ballots that are there.
        """
        if notice.about is not About.REMINDER:
            return False
        return (await self._ports.store.known(notice.action_id)).settings.anonymous

    async def _place(self, notice: Notice, *, is_secret: bool) -> Conversation:
        store = self._ports.store
        if notice.person is None:
            shared = await store.conversation(thread_root(notice.conversation_id))
            if shared is None:
                raise Unreachable("ConversationForgotten")
            return shared
        known = await store.personal_conversation(notice.person.key)
        # One that died is tried again: that someone unblocked the bot is said to nobody.
        if known is not None:
            return known
        made = await self._open(notice, notice.person)
        if not is_secret:
            await store.remember_conversation(made)
        return made

    async def _open(self, notice: Notice, person: Person) -> Conversation:
        """Open someone's personal chat; where it exists already, Teams gives that."""
        if not person.mri:
            raise Unreachable("NoAddress")
        service_url = await self._service_url(notice)
        opened = await self._messenger.personal(person, notice.tenant_id, service_url)
        return Conversation(
            opened, notice.tenant_id, Scope.PERSONAL, service_url, person=person.key
        )

    async def _service_url(self, notice: Notice) -> str:
        """Give where Teams is reached: as the chat of the action says, or the tenant's latest."""
        store = self._ports.store
        for posting in await store.postings(notice.action_id):
            place = await store.conversation(thread_root(posting.conversation_id))
            if place is not None:
                return place.service_url
        for latest in await store.shared_conversations(notice.tenant_id, 1):
            return latest.service_url
        raise Unreachable("NoAddress")
