"""What of Teams' limits is one process's, where several share them.

Teams counts per bot, so what all processes do in any of its windows must stay within it. Each
process says with its heartbeat what it may have used in each window at most, until it must be
heard of again (`Shares.claims`), and uses no more than its part and what the others' claims leave.
A claim is committed before the others' are read; so of two that claim at once, one at least sees
both. What a process claims holds until its last operation may have left the window: also when it
was killed, and for whoever starts anew.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Limits: TypeAlias = tuple[tuple[int, float], ...]
"""How many operations in how many seconds, the widest last."""

CONVERSATION: Final[Limits] = ((7, 1.0), (8, 2.0), (60, 30.0), (1_800, 3_600.0))
"""Messages that are posted, updated or deleted in one conversation."""

ROSTER: Final[Limits] = ((14, 1.0), (16, 2.0), (120, 30.0), (3_600, 3_600.0))
"""Questions who is in one conversation."""

TENANT: Final[Limits] = ((50, 1.0),)
"""All of them in all conversations of one tenant."""

ALL: Final[Limits] = CONVERSATION + ROSTER + TENANT
"""Whatever is counted, in the order in which it is claimed."""

_PLACES: Final = {
    CONVERSATION: slice(len(CONVERSATION)),
    ROSTER: slice(len(CONVERSATION), -len(TENANT)),
    TENANT: slice(-len(TENANT), None),
}

SILENT: Final = 6.0
"""Seconds after a heartbeat from which on a process sends nothing, until the next one."""

RUNNING: Final = 15.0
"""Seconds after its last heartbeat during which a process is taken for running."""


ALL_CHATS: Final = ""
"""Names what is claimed in each conversation that is not named itself."""

Claims: TypeAlias = Mapping[str, Sequence[int]]
"""How many operations of each limit of `ALL`, by conversation: the busy ones are named."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another process: `age` is how many seconds ago it was heard of."""

    age: float
    has_ended: bool
    claims: Claims

    @property
    def runs(self) -> bool:
        """It has a part of its own."""
        return not self.has_ended and self.age <= RUNNING


class Shares:
    """One process's part; all of it, as long as it was told of nobody."""

    def __init__(self, *, alone: bool = True) -> None:
        """Have everything, or if not `alone` nothing until the others were heard of."""
        self.processes = 1
        self._open_until = math.inf if alone else -math.inf
        # Who has heard of nobody yet must think that somebody has it all.
        self._others: list[tuple[float, Claims]] = [] if alone else [(math.inf, {})]
        self._named: set[str] = set()
        self._wanted = self._allowed = self._parts(0.0)

    def is_open(self, now: float) -> bool:
        """Give whether anything may be sent: the others know of us, and leave us some."""
        return now < self._open_until and all(self._allowed[ALL_CHATS])

    def of(self, limits: Limits, conversation_id: str = ALL_CHATS) -> Sequence[int]:
        """Give what is allowed of `CONVERSATION`, `ROSTER` or `TENANT`."""
        allowed = self._allowed.get(conversation_id) or self._allowed[ALL_CHATS]
        return allowed[_PLACES[limits]]

    def claim(self, used: Claims, now: float) -> Claims:
        """Give what to claim, where the fullest windows hold `used`.

        More than what is allowed is claimed here and allowed by `hear`; less holds at once.
        """
        self._named = set(used)
        self._wanted = self._parts(now)
        self._allowed = _least(self._allowed, self._wanted)
        return {
            name: [
                max(count, min(wanted, count + more))
                for count, wanted, more in zip(counts, self._wanted[name], _SOON, strict=True)
            ]
            for name, counts in used.items()
        }

    def hear(self, others: Sequence[Other], now: float) -> None:
        """Take note of the others, after one's claim is committed; it was made at `now`."""
        self.processes = 1 + sum(other.runs for other in others)
        self._others = [(_last_sent(other, now), other.claims) for other in others]
        self._allowed = _least(self._wanted, self._parts(now))
        self._open_until = now + SILENT

    def is_settled(self, now: float) -> bool:
        """Give whether all that is left for this process is its."""
        return self._allowed == self._parts(now)

    def _parts(self, now: float) -> dict[str, list[int]]:
        """Give what is left, for each conversation that somebody names, and for all others."""
        names = {ALL_CHATS, *self._named}
        for _, claims in self._others:
            names.update(claims)
        return {
            name: [self._part(name, which, now) for which in range(len(ALL))] for name in names
        }

    def _part(self, name: str, which: int, now: float) -> int:
        count, seconds = ALL[which]
        if self.processes > count:
            return 1
        taken = sum(
            _claimed(claims, name, which) for sent, claims in self._others if sent + seconds > now
        )
        return max(0, min(count // self.processes, count - taken))


def _least(some: Claims, others: Claims) -> dict[str, list[int]]:
    """Give what both allow, by the names of the `others`."""
    return {
        name: [min(pair) for pair in zip(some.get(name) or some[ALL_CHATS], counts, strict=True)]
        for name, counts in others.items()
    }


def _claimed(claims: Claims, name: str, which: int) -> int:
    """A process that says nothing of that, or of a release with other limits, may use it all."""
    counts = claims.get(name) or claims.get(ALL_CHATS) or ()
    return counts[which] if len(counts) == len(ALL) else ALL[which][0]


def _last_sent(other: Other, now: float) -> float:
    """Give when it sent for the last time, at the latest."""
    return now - other.age + (0.0 if other.has_ended else SILENT)


def _soon(limits: Limits) -> list[int]:
    """Give how many operations there can be until a process must be heard of again."""
    most = min(count * math.ceil(SILENT / seconds) for count, seconds in limits)
    return [most] * len(limits)


_SOON: Final = [*_soon(CONVERSATION), *_soon(ROSTER), *_soon(TENANT)]
