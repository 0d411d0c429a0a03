"""Teams' limits on what a bot may send, as the stand-in counts them.

The figures are those of
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit,
written down apart from the bot's own: each has to find the other right. What is counted is every
call that arrives, whatever becomes of it.
"""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from aiohttp import web

from tests.teams.faults import Handler
from tests.teams.state import State

TOLERANCE = 0.05
"""Seconds by which each window is shorter than Teams'.

Two calls sent 1.00 s apart may arrive 0.95 s apart: the first was held up on its way. No more is
forgiven.
"""


class Counted(StrEnum):
    """What a limit is on."""

    MESSAGES = "messages"
    ROSTER = "roster"
    TENANT = "tenant"


LIMITS: dict[Counted, tuple[tuple[int, float], ...]] = {
    Counted.MESSAGES: ((7, 1.0), (8, 2.0), (60, 30.0), (1_800, 3_600.0)),
    Counted.ROSTER: ((14, 1.0), (16, 2.0), (120, 30.0), (3_600, 3_600.0)),
    Counted.TENANT: ((50, 1.0),),
}
"""How many calls in how many seconds: in one conversation, and in a tenant."""


@dataclass(frozen=True, slots=True)
class Exceeded:
    """One call too many: more than `calls` came `within` so few seconds instead of `seconds`.

    `where` is a conversation's or a tenant's id, `at` as in `Call`.
    """

    what: Counted
    where: str
    calls: int
    seconds: float
    within: float
    at: float


class Limits:
    """Counts the bot's calls; `exceeded` lists those that were too many, oldest first.

    With `enforced` such a call is refused with 429, as in Teams; without, it is carried out.
    `clock` gives the times of arrival.
    """

    def __init__(self, state: State, clock: Callable[[], float] = time.monotonic) -> None:
        """Count the calls to the chats of `state`."""
        self.enforced = False
        self.exceeded: list[Exceeded] = []
        self._state = state
        self.clock = clock
        self._arrived: dict[tuple[Counted, str], deque[float]] = defaultdict(deque)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Count a call to the connector, and refuse it if it is one too many."""
        wait = self._count(request, self.clock())
        if not (wait and self.enforced):
            return await handler(request)
        body = {"error": {"code": "TooManyRequests", "message": "Rate limit exceeded."}}
        headers = {"Retry-After": str(math.ceil(wait))}
        return web.json_response(body, status=429, headers=headers)

    def _count(self, request: web.Request, now: float) -> float:
        """Give the seconds until one more would do, 0 if this one does."""
        chat_id = request.match_info.get("chat", "")
        chat = self._state.find_chat(chat_id)
        waits = [0.0]
        if chat is not None:
            what = Counted.ROSTER if request.method == "GET" else Counted.MESSAGES
            waits.append(self._arrive(what, chat.id, now))
        if chat_id or request.path.endswith("/v3/conversations"):
            tenant_id = chat.tenant_id if chat else self._state.tenant_id
            waits.append(self._arrive(Counted.TENANT, tenant_id, now))
        return max(waits)

    def _arrive(self, what: Counted, where: str, now: float) -> float:
        arrived = self._arrived[what, where]
        arrived.append(now)
        wait = 0.0
        for calls, seconds in LIMITS[what]:
            within = now - arrived[-calls - 1] if len(arrived) > calls else seconds
            if within < seconds - TOLERANCE:
                self.exceeded.append(Exceeded(what, where, calls, seconds, within, now))
                wait = max(wait, arrived[-calls] + seconds - now)
        if len(arrived) > LIMITS[what][-1][0]:
            arrived.popleft()
        return wait
