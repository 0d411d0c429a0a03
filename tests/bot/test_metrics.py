"""What Prometheus is told: numbers, and nothing about anybody."""

import asyncio
import math
import tomllib
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from actions.errors import NotSaved
from actions.timed_store import Queue
from bot.metrics import RELEASE, Metrics, counted

ROOT = Path(__file__).resolve().parent.parent.parent
WAITING = Queue(postings=5, notices=4, under_way=3, dead=2, oldest=1.5)


def told(
    metrics: Metrics, queue: Queue | None = WAITING, processes: int = 1
) -> dict[tuple[str, ...], float]:
    """Read what is told, by name and labels."""
    text = metrics.text(queue, processes).decode()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_what_happened_is_counted() -> None:
    metrics = Metrics()
    for kind in ("poll", "poll", "quiz"):
        metrics.responded(kind)
    metrics.called("PUT", 200)
    metrics.called("PUT", 429)
    metrics.called("POST", 0)
    metrics.notified("reminder", "sent")
    numbers = told(metrics)
    assert numbers["muster_responses_total", "poll"] == 2
    assert numbers["muster_responses_total", "quiz"] == 1
    assert numbers["muster_teams_calls_total", "PUT", "429"] == 1
    assert numbers["muster_teams_calls_total", "POST", "0"] == 1
    assert numbers["muster_notices_total", "reminder", "sent"] == 1


def test_lag_of_what_was_shown_is_told_and_that_of_nothing_else() -> None:
    metrics = Metrics()
    metrics.delivered("updated", 0.7)
    metrics.delivered("updated", 2.2)
    metrics.delivered("posted", -0.1)
    metrics.delivered("postponed")
    numbers = told(metrics)
    assert numbers["muster_card_updates_total", "updated"] == 2
    assert numbers["muster_card_updates_total", "postponed"] == 1
    assert numbers["muster_delivery_lag_seconds_count",] == 3
    assert numbers["muster_delivery_lag_seconds_bucket", "1.0"] == 2
    assert numbers["muster_delivery_lag_seconds_sum",] == pytest.approx(2.9)


def test_what_waits_is_told_as_it_is_now() -> None:
    metrics = Metrics()
    told(metrics, Queue(postings=99, notices=99, under_way=99, dead=99, oldest=99.0), 9)
    numbers = told(metrics, WAITING, 2)
    assert numbers["muster_postings_due",] == 5
    assert numbers["muster_notices_due",] == 4
    assert numbers["muster_under_way",] == 3
    assert numbers["muster_postings_dead",] == 2
    assert numbers["muster_oldest_due_seconds",] == 1.5
    assert numbers["muster_processes",] == 2
    assert numbers["muster_queue_known",] == 1


def test_what_nobody_could_count_is_no_number() -> None:
    numbers = told(Metrics(), None)
    assert math.isnan(numbers["muster_postings_due",])
    assert numbers["muster_queue_known",] == 0


def test_services_in_one_process_count_each_for_itself() -> None:
    first, second = Metrics(), Metrics()
    first.responded("poll")
    assert ("muster_responses_total", "poll") not in told(second)


def test_release_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == RELEASE
    assert told(Metrics())["muster_build_info", RELEASE] == 1


async def test_what_waits_is_counted_by_the_database() -> None:
    async def queue() -> Queue:
        return WAITING

    assert await counted(queue) == WAITING


async def test_database_that_fails_or_hangs_keeps_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fails() -> Queue:
        raise NotSaved("not_saved")

    async def hangs() -> Queue:
        await asyncio.Event().wait()
        return WAITING

    monkeypatch.setattr("bot.metrics.PATIENCE", 0.01)
    assert await counted(fails) is None
    assert await counted(hangs) is None
