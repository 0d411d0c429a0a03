"""Make the stand-in misbehave: wrong answers, late answers, silence, broken connections."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from aiohttp import web

from tests.teams.chances import Chances, Mishap

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Kind(Enum):
    """What happens to a request."""

    ANSWER = "answer"
    DELAY = "delay"
    SILENCE = "silence"
    RESET = "reset"


@dataclass(eq=False)
class Fault:
    """One fault; it counts its `hits` and ends after `times`, or when stopped."""

    kind: Kind
    method: str
    path_contains: str
    times: int | None
    after: bool
    response: Callable[[], web.Response]
    hits: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    _hit: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        """Let the waiting requests, and those to come, go on."""
        self.gate.set()

    def stop(self) -> None:
        """Leave later requests alone, and release those that wait."""
        self.times = self.hits
        self.release()

    async def reached(self, hits: int = 1, timeout: float = 10) -> None:
        """Wait until so many requests have met this fault."""
        async with asyncio.timeout(timeout):
            while self.hits < hits:
                await self._hit.wait()

    def takes(self, request: web.Request) -> bool:
        """Tell whether this request is to meet the fault, and count it if so."""
        fits = self.method in {"", request.method} and self.path_contains in request.path
        if not fits or (self.times is not None and self.hits >= self.times):
            return False
        self.hits += 1
        self._hit.set()
        self._hit = asyncio.Event()
        return True


class Faults:
    """The faults of one stand-in, for every route: keys, tokens and connector.

    A fault meets requests by `method` and a part of the decoded path (a route such as "/keys",
    or a conversation's id), so many `times` (None: until stopped). With `after` the request is
    carried out first: the bot then cannot know that it was.
    """

    def __init__(self) -> None:
        """Start without faults."""
        self._faults: list[Fault] = []
        self._chances: Chances | None = None

    def answer(
        self,
        *,
        status: int,
        method: str = "",
        path_contains: str = "",
        headers: Mapping[str, str] | None = None,
        code: str = "Fault",
        times: int | None = 1,
        after: bool = False,
    ) -> Fault:
        """Answer with `status` and Bot Framework's error body with `code`."""
        body = {"error": {"code": code, "message": f"The test asked for {status}."}}

        def response() -> web.Response:
            return web.json_response(body, status=status, headers=headers)

        return self._add(Kind.ANSWER, method, path_contains, times, response, after=after)

    def delay(
        self,
        *,
        method: str = "",
        path_contains: str = "",
        times: int | None = 1,
        after: bool = False,
    ) -> Fault:
        """Hold requests until the fault is released, then treat them as usual."""
        return self._add(Kind.DELAY, method, path_contains, times, after=after)

    def never_answer(
        self,
        *,
        method: str = "",
        path_contains: str = "",
        times: int | None = 1,
        after: bool = False,
    ) -> Fault:
        """Hold requests for ever; releasing the fault drops their connections."""
        return self._add(Kind.SILENCE, method, path_contains, times, after=after)

    def reset(
        self,
        *,
        method: str = "",
        path_contains: str = "",
        times: int | None = 1,
        after: bool = False,
    ) -> Fault:
        """Break the connection instead of answering."""
        return self._add(Kind.RESET, method, path_contains, times, after=after)

    def rates(self, rates: Mapping[Mishap, float], seed: int = 1) -> Chances:
        """Let calls of the connector go wrong by chance: `{429: 0.1, 502: 0.05, "hang": 0.02}`.

        They take the place of earlier rates. A call that meets a fault of its own is not drawn
        for; 429 comes with a Retry-After of a second.
        """
        if self._chances is not None:
            self._chances.stop()
        self._chances = Chances(rates, seed)
        return self._chances

    def clear(self) -> None:
        """End all faults and release what waits."""
        for fault in self._faults:
            fault.stop()
        self._faults.clear()
        if self._chances is not None:
            self._chances.stop()

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let the first fault that fits meet the request."""
        fault = next((one for one in self._faults if one.takes(request)), None)
        if fault is None:
            return await self._by_chance(request, handler)
        if fault.after:
            done = await handler(request)
        if fault.kind in {Kind.DELAY, Kind.SILENCE}:
            await fault.gate.wait()
        if fault.kind is Kind.ANSWER:
            return fault.response()
        if fault.kind is Kind.DELAY:
            return done if fault.after else await handler(request)
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=503)

    async def _by_chance(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        chances = self._chances
        if chances is None or "/v3/conversations" not in request.path:
            return await handler(request)
        mishap = chances.draw()
        return await (handler(request) if mishap is None else chances.happen(mishap, request))

    def _add(
        self,
        kind: Kind,
        method: str,
        path_contains: str,
        times: int | None,
        response: Callable[[], web.Response] = web.Response,
        *,
        after: bool,
    ) -> Fault:
        fault = Fault(kind, method, path_contains, times, after, response)
        self._faults.append(fault)
        return fault
