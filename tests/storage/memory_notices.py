"""Messages of the bot's own accord, in plain Python."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from actions.action import Action, Status
from actions.errors import NotFound
from actions.notices import SELDOM, About, Notice, Outcome, Round, Told, Unreached
from actions.telling import GATHER
from storage.text import folded
from tests.storage.kept import Memory, Sending


class MemoryNotices(Memory):
    """Messages of the bot's own accord."""

    __slots__ = ()

    async def due_to_remind(self, now: datetime, limit: int) -> Sequence[str]:
        """List what people are to be reminded of."""
        due = [(a.remind_at, a.id) for a in self._actions() if a.remind_at is not None]
        return [action_id for at, action_id in sorted(due) if at <= now][:limit]

    async def due_to_notify(self, now: datetime, limit: int) -> Sequence[Action]:
        """List what creators are to be told of."""
        due = [
            (action.creator.key, action.notify_at, action.id)
            for action in self._actions()
            if action.notify_at is not None and action.notify_at <= now
        ]
        return [self.posted[action_id].action for _, _, action_id in sorted(due)[:limit]]

    async def remind(
        self, action_id: str, notices: Sequence[Notice], now: datetime, *, by_clock: bool
    ) -> int:
        """Put reminders on their way."""
        posted = self.found(action_id)
        action = posted.action
        if action.status is Status.DELETED:
            raise NotFound("deleted")
        if by_clock:
            if action.remind_at is None or action.remind_at > now:
                return 0
            posted.action = replace(action, remind_at=None)
        lately = {
            _key(one.notice)
            for one in self._reminders(action_id)
            if one.made_at > now - SELDOM
            and one.outcome not in {Outcome.UNREACHABLE, Outcome.NOT_NEEDED}
        }
        return self.put_on_the_way([one for one in notices if _key(one) not in lately], now)

    async def notify(self, told: Sequence[Told], notices: Sequence[Notice]) -> bool:
        """Put messages to a creator on their way."""
        now = self.clock.now()
        for one in told:
            posted = self.posted.get(one.action.id)
            if posted is None or posted.action.notify_at != one.action.notify_at:
                return False
        self.put_on_the_way(notices, now)
        for one in told:
            stands = self.posted[one.action.id].action
            may_lack = one.next_at is None and stands.revision != one.action.revision
            self.posted[stands.id].action = replace(
                stands, notified=one.count, notify_at=now + GATHER if may_lack else one.next_at
            )
        return True

    async def add_notices(self, notices: Sequence[Notice]) -> int:
        """Put messages on their way."""
        return self.put_on_the_way(notices, self.clock.now())

    async def claim_notices(
        self, now: datetime, lease_until: datetime, limit: int
    ) -> Sequence[Notice]:
        """Take messages."""
        due = [one for one in self.sending.values() if one.is_claimable(now)][:limit]
        for one in due:
            one.due_at, one.lease_until = None, lease_until
        return [one.notice for one in due]

    async def settle_notice(
        self, notice: Notice, outcome: Outcome, now: datetime, code: str = ""
    ) -> None:
        """Note what became of a message."""
        for one in self._pending(notice):
            one.outcome, one.code, one.settled_at = outcome, code, now
            one.due_at = one.lease_until = None
            if notice.about is About.MENTION:
                theirs = Outcome.MENTIONED if outcome is Outcome.SENT else outcome
                people = notice.detail["people"]
                for reminder in self._reminders(notice.action_id, notice.round, Outcome.PENDING):
                    has_ended = reminder.due_at is None and reminder.lease_until is None
                    if has_ended and _key(reminder.notice) in people:
                        reminder.outcome, reminder.settled_at = theirs, now

    async def postpone_notice(self, notice: Notice, until: datetime) -> None:
        """Give a message back for later."""
        for one in self._pending(notice):
            one.notice = replace(one.notice, attempts=notice.attempts + 1)
            one.due_at, one.lease_until = until, None

    async def next_notice_due(self) -> datetime | None:
        """Give the earliest time at which `claim_notices` would find something."""
        times = [one.lease_until or one.due_at for one in self.sending.values()]
        return min((time for time in times if time is not None), default=None)

    async def forget_notices(self, before: datetime, limit: int) -> int:
        """Drop what was settled long ago."""
        old = [
            name
            for name, one in self.sending.items()
            if one.settled_at is not None and one.settled_at < before
        ][:limit]
        for name in old:
            del self.sending[name]
        return len(old)

    async def unreached_rounds(self, limit: int) -> Sequence[tuple[str, str]]:
        """List rounds that ended and reached not everybody."""
        rounds = {
            (one.notice.action_id, one.notice.round)
            for one in self.sending.values()
            if one.outcome is Outcome.UNREACHED
        }
        ended = [at for at in sorted(rounds) if not any(self._reminders(*at, Outcome.PENDING))]
        return ended[:limit]

    async def unreached(self, action_id: str, round_id: str) -> Sequence[Unreached]:
        """List whom a round did not reach."""
        return _by_name(self._reminders(action_id, round_id, Outcome.UNREACHED))

    async def mention(
        self,
        action_id: str,
        round_id: str,
        notices: Sequence[Notice],
        given_up: Mapping[str, str],
    ) -> None:
        """End a round."""
        waiting = list(self._reminders(action_id, round_id, Outcome.UNREACHED))
        if not waiting:
            return
        now = self.clock.now()
        self.put_on_the_way(notices, now)
        mentioned = {person for one in notices for person in one.detail["people"]}
        for one in waiting:
            if _key(one.notice) in mentioned:
                one.outcome, one.settled_at = Outcome.PENDING, None
            else:
                one.outcome, one.settled_at = Outcome.UNREACHABLE, now
                one.code = given_up.get(_key(one.notice), one.code)

    async def last_round(self, action_id: str, limit: int) -> Round | None:
        """Give what became of the last reminders."""
        own = list(self._reminders(action_id))
        if not own:
            return None
        at, name = max((one.made_at, one.notice.round) for one in own)
        last = list(self._reminders(action_id, name))
        counts = Counter(one.outcome for one in last)
        unreachable = self._reminders(action_id, name, Outcome.UNREACHABLE)
        return Round(name, at, counts, _by_name(unreachable)[:limit])

    def _actions(self) -> Iterator[Action]:
        return (posted.action for posted in self.posted.values())

    def _reminders(
        self, action_id: str, round_id: str | None = None, outcome: Outcome | None = None
    ) -> Iterator[Sending]:
        for one in self.sending.values():
            is_own = one.notice.action_id == action_id and one.notice.about is About.REMINDER
            if is_own and round_id in {None, one.notice.round} and outcome in {None, one.outcome}:
                yield one

    def _pending(self, notice: Notice) -> Iterator[Sending]:
        """It may be gone, or settled already."""
        one = self.sending.get(notice.id)
        if one is not None and one.outcome is Outcome.PENDING:
            yield one


def _key(notice: Notice) -> str:
    return "" if notice.person is None else notice.person.key


def _by_name(reminders: Iterator[Sending]) -> tuple[Unreached, ...]:
    found = [Unreached(r.notice.person, r.code) for r in reminders if r.notice.person is not None]
    return tuple(sorted(found, key=lambda one: (folded(one.person.name), one.person.key)))
