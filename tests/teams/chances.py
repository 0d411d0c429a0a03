"""Faults by chance: some calls of the connector in a hundred go wrong, the same ones each time."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from random import Random
from typing import Literal, TypeAlias

from aiohttp import web

Mishap: TypeAlias = int | Literal["hang"]
"""A status to answer with, or no answer at all."""


class Chances:
    """What goes wrong by chance, as often as `rates` say; `met` counts what did.

    Nothing that goes wrong is carried out. A call that hangs does so until it is released or the
    bot gives up.
    """

    def __init__(self, rates: Mapping[Mishap, float], seed: int) -> None:
        """Draw by a generator with that seed."""
        self.met: Counter[Mishap] = Counter()
        self._rates = dict(rates)
        self._random = Random(seed)  # noqa: S311 - nothing secret
        self._gate, self._hit = asyncio.Event(), asyncio.Event()

    def draw(self) -> Mishap | None:
        """Give what happens to the next call, None for nothing."""
        drawn = self._random.random()
        for mishap, rate in self._rates.items():
            if drawn < rate:
                self.met[mishap] += 1
                self._hit.set()
                self._hit = asyncio.Event()
                return mishap
            drawn -= rate
        return None

    async def reached(self, mishap: Mishap, timeout: float = 10) -> None:
        """Wait until that has happened."""
        async with asyncio.timeout(timeout):
            while not self.met[mishap]:
                await self._hit.wait()

    def stop(self) -> None:
        """Let later calls be, and release those that hang."""
        self._rates.clear()
        self._gate.set()

    async def happen(self, mishap: Mishap, request: web.Request) -> web.Response:
        """Answer a call that goes wrong."""
        if mishap == "hang":
            await self._gate.wait()
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=503)
        body = {"error": {"code": "Fault", "message": f"Chance has it: {mishap}."}}
        headers = {"Retry-After": "1"} if mishap == 429 else {}
        return web.json_response(body, status=mishap, headers=headers)
