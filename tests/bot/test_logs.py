"""Logs: our events as they are, of everything else the place and the kind, and no words."""

import asyncio
import gc
import json
import logging
import subprocess
import sys
import warnings
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import structlog

from tests.logged import logged
from tests.scenarios.house import ROOT, environment
from tests.scenarios.house import SECRET as KEY

SECRET = "what Anna answered"
PASSWORD = "Quibble"


@pytest.fixture
def stream() -> Iterator[StringIO]:
    """Log as the real process does."""
    with logged() as made:
        yield made


def lines(stream: StringIO) -> list[dict[str, Any]]:
    """Read what was logged."""
    assert SECRET not in stream.getvalue()
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def breaks() -> None:
    """Fail for a cause."""
    try:
        dict[str, str]()[SECRET]
    except KeyError as missing:
        raise ValueError(SECRET) from missing


def test_an_event_of_ours_is_a_line_with_its_ids(stream: StringIO) -> None:
    structlog.get_logger().info("delivered", posting="p1")
    structlog.get_logger().debug("not told")
    (line,) = lines(stream)
    assert line.items() >= {"event": "delivered", "posting": "p1", "level": "info"}.items()
    assert line["timestamp"].endswith("Z")


def test_what_a_library_says_is_told_by_its_place(stream: StringIO) -> None:
    logging.getLogger("some.library").warning("storing %s", SECRET)
    logging.getLogger("some.library").info("not told")
    (line,) = lines(stream)
    assert (line["event"], line["logger"], line["level"]) == ("library", "some.library", "warning")
    assert line["said_at"].startswith("test_logs:")
    assert line["said_at"].endswith("test_what_a_library_says_is_told_by_its_place")


def test_an_error_that_a_library_logs_is_told_by_kind_and_place(stream: StringIO) -> None:
    try:
        breaks()
    except ValueError:
        logging.getLogger("aiohttp.server").exception("handling %s", SECRET)
    (line,) = lines(stream)
    assert (line["level"], line["error"]) == ("error", ["ValueError", "KeyError"])
    assert all("tests.bot.test_logs" in place for place in line["where"])


def test_an_error_that_was_raised_in_a_circle_is_told_once(stream: StringIO) -> None:
    first, second = ValueError(SECRET), KeyError(SECRET)
    first.__cause__, second.__cause__ = second, first
    logging.getLogger("x").error("round", exc_info=first)
    (line,) = lines(stream)
    assert line["error"] == ["ValueError", "KeyError"]


async def test_a_task_that_nobody_waited_for_is_told_without_its_words(stream: StringIO) -> None:
    async def fails() -> None:
        breaks()

    task = asyncio.create_task(fails(), name=SECRET)
    await asyncio.wait([task])
    del task
    gc.collect()
    (line,) = lines(stream)
    assert (line["logger"], line["error"]) == ("asyncio", ["ValueError", "KeyError"])


def test_a_warning_is_told_by_its_place(stream: StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn(SECRET, stacklevel=1)
    (line,) = lines(stream)
    assert line["logger"] == "py.warnings"


BREAKS = {
    "process_broke": "raise ValueError(words)",
    "thread_broke": "t = threading.Thread(target=int, args=[words]); t.start(); t.join()",
    "broke_while_tidying": "made = Dying(); del made",
}


@pytest.mark.parametrize("event", BREAKS)
def test_what_nobody_caught_is_told_without_its_words(event: str) -> None:
    program = f"""
import sys, threading
from bot.logs import log_to
words = {SECRET!r}

class Dying:
    def __del__(self):
        raise ValueError(words)

log_to(sys.stderr)
{BREAKS[event]}
"""
    ended = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment({}),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == (1 if event == "process_broke" else 0)
    assert ended.stdout == ""
    (line,) = lines(StringIO(ended.stderr))
    assert (line["event"], line["error"]) == (event, ["ValueError"])
    assert line["level"] == "error"


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://muster:{PASSWORD}@127.0.0.1:1/muster",
        f"postgresql://muster:x@127.0.0.1:{PASSWORD}/muster",
        f"postgresql://muster:1/{PASSWORD}@127.0.0.1/muster",
        f"{PASSWORD}",
        f"sqlite:///{PASSWORD}\x01/\x00muster.db",
    ],
    ids=["away", "no port", "a slash", "nonsense", "bytes"],
)
def test_a_database_that_cannot_be_had_does_not_tell_its_password(
    address: str, tmp_path: Path
) -> None:
    settings = {"DATABASE_URL": address.replace("\x00", "%00"), "MUSTER_SECRET_KEY": KEY}
    ended = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, str(ROOT / "app.py")],
        cwd=tmp_path,
        env=environment(settings) | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode in {1, 2}
    assert ended.stderr.count("\n") == 1
    assert PASSWORD not in ended.stdout + ended.stderr
    assert KEY not in ended.stdout + ended.stderr
