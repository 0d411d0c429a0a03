"""What goes to standard error: a line of JSON for each event, and nobody's words.

Our own events have names of ours and hold ids. What Python and the libraries would say may quote
anything: SQLAlchemy what was stored, asyncio what a task was given, aiohttp a request. Of theirs
only the kinds of the errors are told, and the places: whoever looks there finds the words.
"""

import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import TextIO

import structlog

log = structlog.get_logger()


def log_to(stream: TextIO, libraries: int = logging.WARNING) -> None:
    """Log to `stream`, of what libraries say that of a level, and of errors that nobody caught."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(stream),
    )
    root = logging.getLogger()
    root.addHandler(Places())
    root.setLevel(libraries)
    logging.captureWarnings(capture=True)
    sys.excepthook = _ended
    sys.unraisablehook = _unraisable
    threading.excepthook = _thread_ended


def told(error: BaseException) -> dict[str, list[str]]:
    """Give what may be logged of an error and its causes: their kinds, and where they arose."""
    chain = list(_causes(error))
    return {
        "error": [type(one).__qualname__ for one in chain],
        "where": [
            f"{frame.f_globals.get('__name__')}:{line} {frame.f_code.co_name}"
            for one in chain
            for frame, line in traceback.walk_tb(one.__traceback__)
        ],
    }


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and all(cause is not one for one in seen):
        yield cause
        seen.append(cause)
        cause = cause.__cause__ or cause.__context__


class Places(logging.Handler):
    """Takes what libraries log."""

    def emit(self, record: logging.LogRecord) -> None:
        """Tell where in the library's source it is said, not what is said there."""
        error = record.exc_info[1] if record.exc_info else None
        say = log.error if record.levelno >= logging.ERROR else log.warning
        say(
            "library",
            logger=record.name,
            said_at=f"{record.module}:{record.lineno} {record.funcName}",
            **(told(error) if error else {}),
        )


def _ended(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    log.error("process_broke", **told(error.with_traceback(trace)))


def _unraisable(unraisable: "sys.UnraisableHookArgs") -> None:
    if unraisable.exc_value is not None:
        log.error("broke_while_tidying", **told(unraisable.exc_value))


def _thread_ended(thread: threading.ExceptHookArgs) -> None:
    if thread.exc_value is not None:
        log.error("thread_broke", **told(thread.exc_value))
