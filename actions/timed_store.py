"""What the store keeps of what happens by itself: deliveries, series, messages, processes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from actions.action import Action, Posting
from actions.history import Entry
from actions.notices import Notice, Outcome, Round, Told, Unreached
from actions.people import Person
from actions.series import Series


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits: postings and messages that are due, both on their way, postings given up.

    `oldest` is in seconds, how long what is due waits already.
    """

    postings: int
    notices: int
    under_way: int
    dead: int
    oldest: float


@dataclass(frozen=True, slots=True)
class Heard:
    """A process as it was last heard of; `claims` is its part of Teams' limits (`bot.shares`)."""

    id: str
    seen_at: datetime
    has_ended: bool
    claims: Mapping[str, Sequence[int]]


class TimedStore(Protocol):
    """The part of `actions.ports.Store` that clock, deliverer and notifier live by."""

    async def claim(
        self, now: datetime, lease_until: datetime, limit: int, busy: Collection[str] = ()
    ) -> Sequence[Posting]:
        """Take postings that are due, for oneself until the lease ends: those that are due first.

        At most one of each conversation, its threads included, and none of those named as `busy`.
        """

    async def delivered(
        self, posting: Posting, activity_id: str, revision: int, not_before: datetime
    ) -> None:
        """A posting shows `revision`; it is not due again earlier than `not_before`."""

    async def postpone(self, posting: Posting, until: datetime) -> None:
        """A posting could not be delivered now and is due again later.

        Unless another one has claimed it meanwhile: then it is theirs.
        """

    async def bury(self, posting: Posting, code: str) -> None:
        """A posting can never be delivered; `code` says why, in Teams' words."""

    async def next_due(self) -> datetime | None:
        """Give when the next posting falls due, None when none does."""

    async def conversation_died(self, conversation_id: str, code: str) -> None:
        """Teams takes nothing there any more; hearing from there again ends that."""

    async def team_channels(self, team_id: str) -> Sequence[str]:
        """Give the ids of the channels of a team that the bot was heard from in."""

    async def open_only_in(self, conversation_ids: Collection[str]) -> Sequence[str]:
        """Give the ids of open actions posted there, or in threads there, and nowhere else.

        Of those whose roster snapshot was taken.
        """

    async def take_out(self, action_id: str, people: Sequence[Person]) -> int:
        """Expect no response of some people any more, known by key or `29:` id; gives of how many.

        Of an open action, and not those who responded: they stay in the roster snapshot. Raises
        `revision` and makes the postings due if there is anyone. Raises NotFound.
        """

    async def save_series(self, series: Series) -> None:
        """Store a series, unless there is one of that id, and take its draft off the list."""

    async def series(self, series_id: str) -> Series:
        """Give one series. Raises NotFound."""

    async def change_series(self, series_id: str, decide: Callable[[Series], Series]) -> Series:
        """Change a series under its lock. Raises NotFound, and what `decide` does."""

    async def delete_series(self, series_id: str) -> None:
        """Remove a series, and drafts of it; what was posted of it stays."""

    async def series_of(
        self, creator_key: str, offset: int, limit: int, search: str = ""
    ) -> Sequence[Series]:
        """Give someone's series that are not over, those that are posted next first.

        Those that were stopped come first of all; only those whose title holds `search`.
        """

    async def due_series(self, now: datetime, limit: int) -> Sequence[str]:
        """Give the ids of series of which a posting is due."""

    async def post_of_series(
        self,
        series: Series,
        action: Action,
        posting: Posting,
        next_at: datetime | None,
        notices: Sequence[Notice] = (),
    ) -> bool:
        """Post one action of a series, and move the series on to `next_at`, in one transaction.

        False, and nothing stored, unless the series still stands as it was given: another process
        was first, or it was changed or stopped.
        """

    async def in_series(self, series_id: str, before: int, limit: int) -> Sequence[Action]:
        """Give what was posted of a series and not deleted: those before a number, newest first.

        From the newest on where `before` is 0.
        """

    async def due_to_remind(self, now: datetime, limit: int) -> Sequence[str]:
        """Give the ids of actions of which people are to be reminded by the clock."""

    async def due_to_notify(self, now: datetime, limit: int) -> Sequence[Action]:
        """Give actions of which the creator is to be told something, creator by creator."""

    async def remind(
        self, action_id: str, notices: Sequence[Notice], now: datetime, *, by_clock: bool
    ) -> int:
        """Put reminders of one action on their way; gives how many.

        Under the action's lock, and without those to people whom a reminder of it was sent to, or
        is on its way to, since less than `SELDOM`. `by_clock` ends `remind_at`: if it is not due
        any more, another process was first, and nothing is sent. Raises NotFound.
        """

    async def notify(self, told: Sequence[Told], notices: Sequence[Notice]) -> bool:
        """Put messages to a creator on their way, and set `notify_at` and `notified` by that.

        False, and nothing stored, unless the `notify_at` of all still is what it was when they
        were read: another process was first. One that has nothing to tell next, but whose
        `revision` has moved on since, is looked at again after `actions.telling.GATHER`: what was
        told may lack the newest response.
        """

    async def add_notices(self, notices: Sequence[Notice]) -> int:
        """Put messages on their way; gives how many are new: those of a known id are left out."""

    async def claim_notices(
        self, now: datetime, lease_until: datetime, limit: int
    ) -> Sequence[Notice]:
        """Take messages that are due, and those whose taker was not heard of again."""

    async def settle_notice(
        self, notice: Notice, outcome: Outcome, now: datetime, code: str = ""
    ) -> None:
        """Say what became of a message that was taken; what was said of it first holds.

        That of a MENTION becomes that of the reminders to the people it mentions, SENT becoming
        MENTIONED; why they did not arrive themselves stays as it was.
        """

    async def postpone_notice(self, notice: Notice, until: datetime) -> None:
        """A message could not be sent now and is due again later."""

    async def next_notice_due(self) -> datetime | None:
        """Give when the next message falls due, None when none does."""

    async def forget_notices(self, before: datetime, limit: int) -> int:
        """Remove messages that were settled before a time, so many at most; gives how many."""

    async def unreached_rounds(self, limit: int) -> Sequence[tuple[str, str]]:
        """Give action and round where reminders ended, and some reached nobody."""

    async def unreached(self, action_id: str, round_id: str) -> Sequence[Unreached]:
        """Give whom the reminders of a round did not reach, and who is mentioned nowhere yet."""

    async def mention(
        self,
        action_id: str,
        round_id: str,
        notices: Sequence[Notice],
        given_up: Mapping[str, str],
    ) -> None:
        """End a round: put messages with mentions on their way.

        `detail["people"]` of each has the keys of whom it mentions. The reminders of those and of
        the people `given_up` (their keys, with a code why) are settled by that; who is in neither
        cannot be reached for the reason that is known already. Nothing happens to a round that
        another process has ended.
        """

    async def last_round(self, action_id: str, limit: int) -> Round | None:
        """Give what became of the last reminders of an action, with some of the unreachable."""

    async def heartbeat(
        self, process_id: str, now: datetime, claims: Mapping[str, Sequence[int]]
    ) -> Sequence[Heard]:
        """Say that a process runs and what it claims; then, after the commit, give all of them.

        Those that have not been heard of for hours are left out, and forgotten.
        """

    async def end_heartbeat(
        self, process_id: str, now: datetime, claims: Mapping[str, Sequence[int]]
    ) -> None:
        """Say that a process ends, and what it still claims."""

    async def queue(self, now: datetime) -> Queue:
        """Give what waits to be delivered."""

    async def due_to_close(self, now: datetime, limit: int) -> Sequence[str]:
        """Give the ids of active actions whose due time has passed."""

    async def closed_before(self, before: datetime, limit: int) -> Sequence[str]:
        """Give the ids of actions that have been closed since before a time, the oldest first."""

    async def expire(self, action_id: str, before: datetime, entry: Entry) -> bool:
        """Delete an action, but its certificates, if it was closed before a time, and still is.

        Gives whether it did; another process may have been first.
        """

    async def forget_old(self, before: datetime, limit: int) -> int:
        """Remove what is older than a time; of each at most so many, in a transaction of its own.

        What is left of deleted actions whose cards all say so or are dead, drafts that nobody
        touched since, messages settled before, series that are over and of which nothing is left,
        and lapsed certificates of actions that are gone. Gives how many.
        """
