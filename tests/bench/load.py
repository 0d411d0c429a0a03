"""The load: keep-alive connections that each press again when they are answered.

Requests are built beforehand and answers are only looked through, so that one core of load keeps
one core of server busy.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length:"


class Press(NamedTuple):
    """One request as it goes over the wire, and what its answer must hold."""

    request: bytes
    expected: bytes


@dataclass(slots=True)
class Sample:
    """What came of pressing for a while; times are in seconds.

    `last` is the last body of all, `wrong` the first answer that was not as it should be.
    """

    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0
    last: bytes = b""
    wrong: bytes = b""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Give the latency that `share` of the answers stayed below."""
        ordered = sorted(self.latencies)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


class Connection(asyncio.Protocol):
    """One client of HTTP/1.1: a request, its answer, the next request."""

    def __init__(self) -> None:
        """Begin without a connection."""
        self._transport: asyncio.Transport | None = None
        self._held = b""
        self._whole = 0
        self._on_answer: Callable[[bytes], None] | None = None
        self._on_loss: Callable[[Exception], None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to the server."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def serve(
        self, on_answer: Callable[[bytes], None], on_loss: Callable[[Exception], None]
    ) -> None:
        """Say who hears of answers, and of the connection's end."""
        self._on_answer, self._on_loss = on_answer, on_loss

    def send(self, request: bytes) -> None:
        """Send a request; the one before it has been answered."""
        assert self._transport is not None
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Gather an answer."""
        held = self._held + data if self._held else data
        if not self._whole:
            end = held.find(HEAD_END)
            if end < 0:
                self._held = held
                return
            self._whole = end + len(HEAD_END) + _content_length(held[:end])
        if len(held) < self._whole:
            self._held = held
            return
        self._held, self._whole = b"", 0
        if self._on_answer:
            self._on_answer(held)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who waits for an answer that there will be none."""
        if self._on_loss:
            self._on_loss(exc or ConnectionError("the server hung up"))

    def close(self) -> None:
        """Hang up."""
        self._on_answer = self._on_loss = None
        if self._transport:
            self._transport.close()


class _Client:
    """Presses in a closed loop on one connection."""

    def __init__(
        self,
        connection: Connection,
        next_press: Callable[[], Press | None],
        sample: Sample,
        done: asyncio.Future[None],
    ) -> None:
        self._connection, self._next_press = connection, next_press
        self._sample, self._done = sample, done
        self._began = 0.0
        self._expected = self._answer = b""
        connection.serve(self._answered, self._lost)

    def press(self) -> None:
        """Send the next request, if there is one."""
        press = self._next_press()
        if press is None:
            self._sample.last = self._answer.partition(HEAD_END)[2]
            if not self._done.done():
                self._done.set_result(None)
            return
        self._expected = press.expected
        self._began = time.perf_counter()
        self._connection.send(press.request)

    def _answered(self, answer: bytes) -> None:
        self._sample.latencies.append(time.perf_counter() - self._began)
        if not answer.startswith(b"HTTP/1.1 200 ") or self._expected not in answer:
            self._sample.wrong = self._sample.wrong or answer
        self._answer = answer
        self.press()

    def _lost(self, failure: Exception) -> None:
        if not self._done.done():
            self._done.set_exception(failure)


async def pressing(port: int, clients: int, next_press: Callable[[], Press | None]) -> Sample:
    """Press on so many connections at once until `next_press` gives None."""
    sample = Sample()
    loop = asyncio.get_running_loop()
    async with _connections(port, clients) as connections:
        ends = [loop.create_future() for _ in connections]
        began = time.perf_counter()
        for connection, end in zip(connections, ends, strict=True):
            _Client(connection, next_press, sample, end).press()
        await asyncio.gather(*ends)
        sample.seconds = time.perf_counter() - began
    return sample


@asynccontextmanager
async def _connections(port: int, clients: int) -> AsyncIterator[list[Connection]]:
    loop = asyncio.get_running_loop()
    async with AsyncExitStack() as stack:
        made = []
        for _ in range(clients):
            _, connection = await loop.create_connection(Connection, "127.0.0.1", port)
            stack.callback(connection.close)
            made.append(connection)
        yield made


def _content_length(head: bytes) -> int:
    lowered = head.lower()
    start = lowered.find(LENGTH)
    if start < 0:
        raise ValueError(f"no length in {head!r}")
    end = lowered.find(b"\r\n", start)
    return int(lowered[start + len(LENGTH) : end if end >= 0 else None])
