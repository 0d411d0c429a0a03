"""Whatever is sent, the bot answers, stays quick, and does not grow.

`FUZZ_REQUESTS=2000000 pytest tests/scenarios/test_fuzz.py` sends more than the suite's 200,000
requests, and `FUZZ_SEED` others.
"""

import asyncio
import gc
import os
import resource
import time
from asyncio.events import Handle
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import structlog

from bot import command_line, limits, reception, throttle
from tests.scenarios.conftest import Shift
from tests.scenarios.mutating import Json, Mutator
from tests.scenarios.steps import SQLITE, action_id
from tests.scenarios.votes import vote
from tests.teams import Teams, activities
from tests.teams.cards import actions

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "200000"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
PARTS = 4
"""In which that is done, side by side."""

AT_ONCE = 16

LONGEST_TURN = 0.1
"""Seconds of computing that one step of the loop may take.

By the processor's time, not the wall's, so that a busy machine is no reason to fail.
"""

MOST_GROWTH = 24 * 1024
"""KiB by which the process may grow in the second half of the run, when its caches are full."""

NOT_IMPLEMENTED = 501
"""What Bot Framework has for an invoke whose name the bot does not know."""


@dataclass
class Watched:
    """What was seen besides the answers."""

    longest: float = 0.0
    where: str = ""
    broken: list[Any] = field(default_factory=list)

    def note(self, _: Any, __: str, event: Any) -> Any:
        """Keep what the bot logs of what nobody foresaw."""
        if event.get("event") == "turn_failed" or str(event.get("event")).endswith("_broke"):
            self.broken.append(dict(event))
        raise structlog.DropEvent


@contextmanager
def watching(watched: Watched) -> Iterator[None]:
    """Watch every step of the event loop, and every failure."""
    run, before = Handle._run, structlog.get_config()["processors"]

    def timed(handle: Handle) -> None:
        begun = time.thread_time()
        run(handle)
        took = time.thread_time() - begun
        if took > watched.longest:
            watched.longest, watched.where = took, repr(handle)

    structlog.configure(processors=[watched.note])
    Handle._run = timed  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        Handle._run = run  # type: ignore[method-assign]
        structlog.configure(processors=before)


@SQLITE
@pytest.mark.parametrize("part", range(PARTS))
async def test_wrong_requests_break_nothing(
    shift: Shift, muster: str, part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = REQUESTS // PARTS
    for module in (limits, reception, throttle):
        monkeypatch.setattr(module, "KEPT", 500)
    # Teams' limits are kept by waiting, which is not what is tried here.
    monkeypatch.setattr(limits.Window, "wait", lambda *_: 0.0)
    seeds, ids = await right_requests(shift)
    mutator, statuses = Mutator(seeds, ids, SEED * PARTS + part), Counter[int]()
    token = shift.teams.token()
    watched, sizes = Watched(), []
    for _ in range(2):
        with watching(watched), collecting_as_a_server_does():
            await send_all(muster, mutator, count // 2, token, statuses)
        await asyncio.sleep(0)  # What follows is no step of the bot's.
        sizes.append(memory(shift.teams))
    assert watched.broken == []
    wrong = {status: n for status, n in statuses.items() if status >= 500}
    assert set(wrong) <= {NOT_IMPLEMENTED}, wrong
    assert statuses.total() == count
    assert statuses[200] > count / 5, "most never got as far as the bot"
    assert watched.longest < LONGEST_TURN, watched.where
    assert sizes[1] - sizes[0] < MOST_GROWTH
    # And it still does what it is for.
    poll = await shift.poll()
    answer = await shift.ben.taps(shift.chat, poll, "Choose Sushi")
    assert answer.status == 200


@contextmanager
def collecting_as_a_server_does() -> Iterator[None]:
    """Leave the objects of pytest and of what it loaded out of garbage collections."""
    thresholds = gc.get_threshold()
    command_line.settle()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)


async def right_requests(shift: Shift) -> tuple[list[Json], list[str]]:
    """Give what Teams sends when people use the bot, and ids of what is there."""
    state, ada, chat = shift.teams.state, shift.ada, shift.chat
    polls = [await shift.poll(), await shift.poll("survey Mood?")]
    await ada.says(chat, "checklist Opening | Lights | Till")
    personal = await ada.installs()
    await ada.says(personal, "quiz")
    form = await personal.wait_for_message(lambda message: "Preview" in str(message.card))
    requests = [vote(shift.teams, shift.ben, polls[0], "Sushi")]
    for message in (*polls, form):
        for action in actions(message.card)[:6]:
            value = {"action": action, "trigger": "manual"}
            about = (message.chat, "adaptiveCard/action", value, message)
            requests.append(activities.invoke(state, ada, *about))
            dialog = {"data": action.get("data", {}), "context": {"theme": "dark"}}
            requests.append(activities.invoke(state, ada, message.chat, "task/fetch", dialog))
            requests.append(activities.invoke(state, ada, message.chat, "task/submit", dialog))
            command = dialog | {"commandId": "poll", "commandContext": "compose"}
            for name in ("fetchTask", "submitAction"):
                full = f"composeExtension/{name}"
                requests.append(activities.invoke(state, ada, message.chat, full, command))
    requests.append(activities.conversation_update(state, ada, chat, "membersAdded", []))
    ids = [action_id(polls[0])]
    return requests, ids


async def send_all(
    address: str, mutator: Mutator, count: int, token: str, statuses: Counter[int]
) -> None:
    """Send requests over a few connections; counts what they are answered with."""
    left = iter(range(count))
    lines = [Line(address, token) for _ in range(AT_ONCE)]
    try:
        await asyncio.gather(*(one_line(line, mutator, left, statuses) for line in lines))
    finally:
        for line in lines:
            line.close()


async def one_line(
    line: "Line", mutator: Mutator, left: Iterator[int], statuses: Counter[int]
) -> None:
    for _ in left:
        statuses[await line.send(mutator.request())] += 1


class Line:
    """One HTTP connection, as cheap as can be."""

    def __init__(self, address: str, token: str) -> None:
        """Send to an address with a token."""
        url = urlsplit(address)
        self._place = url.hostname, url.port
        self._head = (
            f"POST /api/messages HTTP/1.1\r\nHost: {url.netloc}\r\n"
            f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: "
        ).encode()
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def send(self, body: bytes) -> int:
        """Send one request; gives the status."""
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(*self._place)
        self._writer.write(self._head + f"{len(body)}\r\n\r\n".encode() + body)
        async with asyncio.timeout(60):
            head = await self._reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
            await self._reader.readexactly(length)
        if b"connection: close" in head.lower():
            self.close()
        return int(head.split(b" ", 2)[1])

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


def memory(teams: Teams) -> int:
    """Give the process's size in KiB, without what the stand-in remembers."""
    teams.state.calls.clear()
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 1024
