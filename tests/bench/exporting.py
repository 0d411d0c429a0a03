"""`python -m tests.bench.exporting [responses]`: time and memory of exports, 100,000 unless said.

Each file is made in a process of its own, so that its peak is its own. "longest pause" is how
long the event loop, which answers votes meanwhile, was away at most.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from actions.exporting import FORMATS, Format, Order
from actions.ports import Ports
from bot.command_line import settle
from bot.exports import Exports
from bot.now import RandomIds, SystemClock
from storage.engine import open_engine
from storage.migrate import migrate
from storage.store import SqlStore
from tests.bench.archive import ACTION, CREATOR, QUESTIONS, a_survey, fill
from tests.bench.servers import ROOT, environment
from tests.fakes import FakeRoster
from tests.storage.databases import postgresql_server

RESPONSES = 100_000
MOST_MEMORY = 200.0
"""MiB that an export of any size may take."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a file took: seconds, MiB at the peak and before, MiB of the file, ms of a pause."""

    format: str
    seconds: float
    peak: float
    before: float
    size: float
    pause: float


def main(arguments: Sequence[str]) -> int:
    """Measure on both databases; gives the exit code: 1 when one took too much memory."""
    match arguments:
        case ["make", url, form]:
            sys.stdout.write(json.dumps(asyncio.run(_make(url, cast("Format", form)))))
            return 0
        case [count]:
            return _measure(int(count))
        case _:
            return _measure(RESPONSES)


def _measure(count: int) -> int:
    worst = 0.0
    with TemporaryDirectory() as folder, postgresql_server() as postgresql:
        for name, url in (("sqlite", f"sqlite:///{folder}/muster.db"), ("postgresql", postgresql)):
            asyncio.run(_fill(url, count))
            for form in FORMATS:
                cost = _cost(url, form)
                worst = max(worst, cost.peak)
                sys.stdout.write(_line(name, count, cost))
                sys.stdout.flush()
    return int(worst >= MOST_MEMORY)


def _cost(url: str, form: Format) -> Cost:
    arguments = [sys.executable, "-m", "tests.bench.exporting", "make", url, form]
    made = subprocess.run(  # noqa: S603 - ourselves
        arguments, env=environment(), cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    return Cost(**json.loads(made.stdout))


def _line(name: str, count: int, cost: Cost) -> str:
    figures = (
        f"{cost.seconds:7.1f} s, {count / cost.seconds:9,.0f} responses/s, "
        f"peak {cost.peak:4.0f} MiB ({cost.before:.0f} before), file {cost.size:5.1f} MiB, "
        f"longest pause {cost.pause:.0f} ms"
    )
    return f"{name:>10} {cost.format:>4} {count:>9,} x {len(QUESTIONS)}: {figures}\n"


async def _make(url: str, form: Format) -> dict[str, Any]:
    """Make one file in this process."""
    store = SqlStore(open_engine(url), b"s" * 32, RandomIds(), SystemClock())
    ports = Ports(store, SystemClock(), RandomIds(), FakeRoster())
    with TemporaryDirectory() as folder:
        exports, order = Exports(ports, Path(folder)), Order(ACTION, CREATOR.key, form, "en")
        settle()
        before, pauses = _peak(), [0.0]
        ticking = asyncio.create_task(_tick(pauses))
        begun = time.monotonic()
        made = await exports.make(order)
        seconds = time.monotonic() - begun
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking
        await store.close()
        pause = pauses[0] * 1000
        return {
            "format": form,
            "seconds": seconds,
            "peak": _peak(),
            "before": before,
            "size": made.size / 2**20,
            "pause": pause,
        }


async def _tick(pauses: list[float]) -> None:
    """Note by how much a short sleep was longer than it should be, at most."""
    nap = 0.001
    while True:
        begun = time.monotonic()
        await asyncio.sleep(nap)
        pauses[0] = max(pauses[0], time.monotonic() - begun - nap)


def _peak() -> float:
    """Give the most memory so far in MiB; `getrusage` would count what the parent had, too."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else ["VmHWM: 0"]
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


async def _fill(url: str, count: int) -> None:
    await migrate(url)
    store = SqlStore(open_engine(url), b"s" * 32, RandomIds(), SystemClock())
    await fill(store, a_survey(), count)
    await store.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
