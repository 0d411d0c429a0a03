"""How much one person, and one conversation, may ask of the bot: far more than people do.

Each has a bucket that fills at a steady rate and is emptied by what arrives. Kept as one time per
bucket, the generic cell rate algorithm (ITU-T I.371), so that it costs next to nothing.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bot.turn import Turn


@dataclass(frozen=True, slots=True)
class Rate:
    """So many a second in the long run, and so many at once."""

    per_second: float
    burst: int


PERSON: Final = Rate(10, 120)
"""Someone who taps as fast as they can does five a second."""

CONVERSATION: Final = Rate(400, 4_000)
"""Thousands in one meeting may vote within seconds; Teams asks for sixty views at each update."""

KEPT: Final = 50_000
"""How many buckets are remembered; whose is forgotten has a full one."""


QUIET: Final = 60.0
"""Seconds in which who wrote too much is told so once."""


class Verdict(Enum):
    """What is done with something that arrived: the first that is too much is told so."""

    FINE = "fine"
    TOO_MUCH = "too much"
    STILL_TOO_MUCH = "still too much"


class Throttle:
    """The buckets of all people and conversations."""

    def __init__(
        self,
        monotonic: Callable[[], float],
        person: Rate = PERSON,
        conversation: Rate = CONVERSATION,
    ) -> None:
        """Measure time by `monotonic`, in seconds."""
        self._monotonic = monotonic
        self._rates = person, conversation
        self._full_at: OrderedDict[tuple[str, ...], float] = OrderedDict()
        self._told: OrderedDict[tuple[str, ...], float] = OrderedDict()

    def judge(self, turn: Turn) -> Verdict:
        """Give whether a turn is carried out; one that is not empties no bucket."""
        now = self._monotonic()
        sender = turn.sender_object_id or f"{turn.conversation_id}/{turn.sender_mri}"
        buckets = ("person", turn.tenant_id, sender), ("conversation", turn.conversation_id)
        full = [
            max(self._full_at.get(bucket, now), now) + 1 / rate.per_second
            for bucket, rate in zip(buckets, self._rates, strict=True)
        ]
        limits = [now + rate.burst / rate.per_second for rate in self._rates]
        if any(at > limit for at, limit in zip(full, limits, strict=True)):
            return self._tell(buckets[0], now)
        for bucket, at in zip(buckets, full, strict=True):
            _keep(self._full_at, bucket, at)
        return Verdict.FINE

    def _tell(self, person: tuple[str, ...], now: float) -> Verdict:
        """Someone's messages are answered once in a while, not one by one: that would be worse."""
        if now < self._told.get(person, now):
            return Verdict.STILL_TOO_MUCH
        _keep(self._told, person, now + QUIET)
        return Verdict.TOO_MUCH


def _keep(times: OrderedDict[tuple[str, ...], float], key: tuple[str, ...], at: float) -> None:
    times[key] = at
    times.move_to_end(key)
    if len(times) > KEPT:
        times.popitem(last=False)
