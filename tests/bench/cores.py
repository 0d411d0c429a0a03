"""Which core does what, so that the load does not take from what it measures."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cores:
    """One core each, None where the system does not let one choose."""

    server: int | None
    load: int | None
    database: int | None

    def __str__(self) -> str:
        """Say who works where."""
        if self.server is None:
            return "nothing is pinned: there is one core, or the system cannot"
        shared = ", which PostgreSQL shares" if self.database == self.load else ""
        return f"server on core {self.server}, load on core {self.load}{shared}"


def chosen() -> Cores:
    """Choose: a core for the server, one for the load, a third for PostgreSQL if there is one."""
    if not hasattr(os, "sched_getaffinity"):
        return Cores(None, None, None)
    free = sorted(os.sched_getaffinity(0))
    return Cores(free[0], free[1], free[min(2, len(free) - 1)]) if free[1:] else Cores(*[None] * 3)


@contextmanager
def pinned(core: int | None) -> Iterator[None]:
    """Stay on a core meanwhile; what is started stays there for good."""
    if core is None:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@dataclass(frozen=True, slots=True)
class Busy:
    """Seconds of work so far: of a server and this process, and of all on their two cores."""

    server: float
    server_core: float
    load: float
    load_core: float
    at: float


def busy(server: int, cores: Cores) -> Busy:
    """Read the clocks; those that the system does not have stand at zero."""
    return Busy(
        server=_of_process(server),
        server_core=_of_core(cores.server),
        load=time.process_time(),
        load_core=_of_core(cores.load),
        at=time.monotonic(),
    )


def resident(process: int) -> float:
    """Give a process's memory in MiB, zero where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return 0.0
    kibibytes = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(kibibytes.split()[1]) / 1024


def _of_process(process: int) -> float:
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    # The name in parentheses may hold spaces; user and system time are the 14th and 15th field.
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _of_core(core: int | None) -> float:
    stat = Path("/proc/stat")
    if core is None or not stat.exists():
        return 0.0
    line = next(one for one in stat.read_text().splitlines() if one.startswith(f"cpu{core} "))
    user, nice, system, _idle, _wait, hard, soft, stolen, *_ = map(int, line.split()[1:])
    return (user + nice + system + hard + soft + stolen) / os.sysconf("SC_CLK_TCK")
