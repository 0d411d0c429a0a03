"""Servers in processes of their own, each pinned to the one core that is measured."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.bench.cores import Cores, pinned

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
"""Seconds for a server to start, or to stop."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers at `port`; what it says goes to `log`."""

    pid: int
    port: int
    log: Path


@asynccontextmanager
async def running(
    arguments: Sequence[str], settings: Mapping[str, str], log: Path, cores: Cores
) -> AsyncIterator[Server]:
    """Run `python …` on the servers' core until the end of the block."""
    port = _free_port()
    with log.open("wb") as output, pinned(cores.server):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            env=environment() | dict(settings) | {"PORT": str(port)},
            cwd=ROOT,
            stdout=output,
            stderr=output,
        )
    try:
        await _listening(process, port, log)
        yield Server(process.pid, port, log)
    finally:
        await _stopped(process)


def environment() -> dict[str, str]:
    """Give the environment without what someone set for a bot of their own."""
    ours = ("MUSTER_", "Microsoft", "DATABASE_URL", "PORT")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


async def _listening(process: asyncio.subprocess.Process, port: int, log: Path) -> None:
    async with asyncio.timeout(PATIENCE):
        while process.returncode is None:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.02)
    said = await asyncio.to_thread(log.read_text)
    raise RuntimeError(f"a server did not start:\n{said}")


async def _stopped(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(PATIENCE):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
