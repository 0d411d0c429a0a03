"""What the bot logs, as it stands on standard error where Muster is installed."""

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import structlog

from bot.logs import Places, log_to


@contextmanager
def logged(libraries: int = logging.WARNING) -> Iterator[StringIO]:
    """Log as the real process does; gives what that comes to."""
    with restored():
        stream = StringIO()
        log_to(stream, libraries)
        yield stream


@contextmanager
def restored() -> Iterator[None]:
    """Put back whatever a process sets for its logs."""
    root, before = logging.getLogger(), structlog.get_config()
    level, hooks = root.level, (sys.excepthook, sys.unraisablehook, threading.excepthook)
    try:
        yield
    finally:
        # Others' handlers come and go meanwhile: those of pytest.
        for ours in [one for one in root.handlers if isinstance(one, Places)]:
            root.removeHandler(ours)
        root.setLevel(level)
        logging.captureWarnings(capture=False)
        sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
        structlog.configure(**before)
