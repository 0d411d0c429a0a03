"""Start Muster and the Agents Playground, and stop both at Ctrl-C: what `make run` does."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOT_PORT = int(os.environ.get("PORT", "3978"))
PLAYGROUND_PORT = int(os.environ.get("PLAYGROUND_PORT", "56150"))
PATIENCE = 60.0
"""Seconds that either may take to answer."""

ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, a service manager, a terminal that was closed."""


def main() -> int:
    """Start both, wait until one ends or Ctrl-C, and leave nothing behind."""
    for name, port in (("PORT", BOT_PORT), ("PLAYGROUND_PORT", PLAYGROUND_PORT)):
        _refuse_taken(name, port)
    running: list[subprocess.Popen[bytes]] = []
    for number in ENDS:
        signal.signal(number, _interrupt)
    try:
        here = f"http://127.0.0.1:{BOT_PORT}"
        # Links to exports and certificates lead to this machine, unless said otherwise.
        environment = {"MUSTER_PUBLIC_URL": here, **os.environ}
        bot = _start(running, [sys.executable, "app.py"], environment)
        _wait_for(f"{here}/healthz", bot)
        print(f"Muster answers at {here}/api/messages")
        _start_playground(running)
        print("Ctrl-C stops it.", flush=True)
        while all(process.poll() is None for process in running):
            time.sleep(0.2)
    except KeyboardInterrupt:
        return 0
    finally:
        # Impatience must not leave one of them behind.
        for number in ENDS:
            signal.signal(number, signal.SIG_IGN)
        _stop(running)
    return 1


def _refuse_taken(name: str, port: int) -> None:
    """Whatever else answers there would pass for what is about to be started."""
    with socket.socket() as probe:
        # As servers do: a port that was in use a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Port {port} is taken: stop what runs there, or set {name} to another one.")


def _start_playground(running: list[subprocess.Popen[bytes]]) -> None:
    program = ROOT / "node_modules" / ".bin" / "agentsplayground"
    if shutil.which("node") is None or not program.exists():
        print("The Agents Playground is not here; it needs Node.js 20 or later. Bot alone.")
        return
    endpoint = f"http://127.0.0.1:{BOT_PORT}/api/messages"
    arguments = ["start", "-e", endpoint, "-c", "msteams", "-p", str(PLAYGROUND_PORT), "--dt"]
    log = str(ROOT / "build" / "playground.log")
    environment = {
        **os.environ,
        "TEAMSAPPTESTER_BROWSER": "none",
        "M365_AGENTS_PLAYGROUND_LOGFILE": log,
    }
    playground = _start(running, [str(program), *arguments], environment, quiet=True)
    _wait_for(f"http://127.0.0.1:{PLAYGROUND_PORT}/", playground)
    print(f"Open http://127.0.0.1:{PLAYGROUND_PORT} and write: poll")


def _start(
    running: list[subprocess.Popen[bytes]],
    command: list[str],
    environment: dict[str, str] | None = None,
    *,
    quiet: bool = False,
) -> subprocess.Popen[bytes]:
    """Each is the head of a process group of its own, so that all of it can be stopped."""
    output = subprocess.DEVNULL if quiet else None
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=output, start_new_session=True
    )
    running.append(process)
    return process


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            sys.exit(f"It stopped at once (exit code {process.returncode}); see above.")
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 (loopback, http)
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{address} did not answer within {PATIENCE:.0f} seconds.")


def _stop(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    for process in running:
        try:
            process.wait(timeout=12)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
