"""What `GET /metrics` tells Prometheus: numbers of this process, and what waits in the database.

Nothing in it is about a person, an action or a conversation.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from aiohttp import web
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)

from actions.errors import MusterError
from actions.timed_store import Queue

log = structlog.get_logger()

PATIENCE: Final = 2.0
"""Seconds that counting what waits may take."""

LAGS: Final = (0.1, 0.25, 0.5, 1.0, 2.0, 2.5, 3.0, 5.0, 10.0, 30.0, 60.0, 300.0)
"""Seconds; a card that is voted on is shown every two."""

RELEASE: Final = "0.1.0"
"""As in pyproject.toml, which is not installed."""


class Metrics:
    """Counts of one process, in a registry of its own."""

    def __init__(self) -> None:
        """Begin at nought."""
        registry = self._registry = CollectorRegistry()
        self._responses = Counter(
            "muster_responses", "Responses that were stored", ["kind"], registry=registry
        )
        self._updates = Counter(
            "muster_card_updates",
            "Attempts to show a card's newest state",
            ["outcome"],
            registry=registry,
        )
        self._calls = Counter(
            "muster_teams_calls",
            "Requests to Teams by their answer, 0 where there was none",
            ["method", "status"],
            registry=registry,
        )
        self._lag = Histogram(
            "muster_delivery_lag_seconds",
            "From when a card was behind until Teams had its newest state",
            buckets=LAGS,
            registry=registry,
        )
        self._notices = Counter(
            "muster_notices",
            "Messages of the bot's own accord by what became of them",
            ["about", "outcome"],
            registry=registry,
        )
        self._queue = _queue_gauges(registry)
        self._known = Gauge(
            "muster_queue_known", "1 where the database told what waits", registry=registry
        )
        self._processes = Gauge(
            "muster_processes", "Processes that share Teams' limits", registry=registry
        )
        build = Gauge("muster_build_info", "Which release this is", ["version"], registry=registry)
        build.labels(RELEASE).set(1)

    def responded(self, kind: str) -> None:
        """A response was stored."""
        self._responses.labels(kind).inc()

    def delivered(self, outcome: str, lag: float | None = None) -> None:
        """A card was shown, `lag` seconds after it was behind, or was not."""
        self._updates.labels(outcome).inc()
        if lag is not None:
            self._lag.observe(max(0.0, lag))

    def called(self, method: str, status: int) -> None:
        """Teams answered a request."""
        self._calls.labels(method, str(status)).inc()

    def notified(self, about: str, outcome: str) -> None:
        """A message of the bot's own accord was sent, or will not be."""
        self._notices.labels(about, outcome).inc()

    def text(self, queue: Queue | None, processes: int) -> bytes:
        """Give it all in Prometheus' words; without numbers of a queue that nobody could count."""
        self._known.set(queue is not None)
        self._processes.set(processes)
        for name, gauge in self._queue.items():
            gauge.set(float("nan") if queue is None else getattr(queue, name))
        return generate_latest(self._registry)


def _queue_gauges(registry: CollectorRegistry) -> dict[str, Gauge]:
    said = {
        "postings": ("muster_postings_due", "Cards that are behind and due"),
        "notices": ("muster_notices_due", "Messages of the bot's own accord that are due"),
        "under_way": ("muster_under_way", "Cards and messages that some process is sending"),
        "dead": ("muster_postings_dead", "Cards that can never be updated again"),
        "oldest": ("muster_oldest_due_seconds", "How long what is due longest waits"),
    }
    return {field: Gauge(name, text, registry=registry) for field, (name, text) in said.items()}


async def counted(queue: Callable[[], Awaitable[Queue]]) -> Queue | None:
    """Give what waits, None where the database does not say in time."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await queue()
    except (MusterError, TimeoutError) as failure:
        log.warning("queue_not_counted", error=type(failure).__qualname__)
        return None


def add_metrics(app: web.Application, text: Callable[[], Awaitable[bytes]]) -> None:
    """Add `GET /metrics`."""

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=await text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app.router.add_get("/metrics", metrics)
