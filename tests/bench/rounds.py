"""The measurement: every server pressed in turn, for some rounds, on one database."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.bench.cores import Cores, busy, resident
from tests.bench.counting import wrong_counts
from tests.bench.load import pressing
from tests.bench.subjects import Place, Subject, subjects
from tests.teams import Teams

ROUNDS = 3
SECONDS = 2.0
"""How long one server is pressed at a time."""

WARMING_SECONDS = 0.5
CLIENTS = (1, 16, 64)

FRESH = "muster, new tokens"
FRESH_CLIENTS = 16
"""At how many clients each request also has, once a round, a token that the bot has not seen."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One server pressed once by so many clients.

    Latencies are in milliseconds, `cpu` is the server's work for a vote in milliseconds, `memory`
    in MiB. The shares are of one core's time: the server's, other programs' on its core, the
    load's, and all programs' on the load's core.
    """

    name: str
    clients: int
    rate: float
    p50: float
    p99: float
    cpu: float
    server_share: float
    others_share: float
    load_share: float
    load_core_share: float
    memory: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """All cells of one database, by rounds, and what was wrong."""

    database: str
    rounds: list[list[Cell]]
    answer_size: int
    wrong: list[str]


@dataclass(frozen=True, slots=True)
class _Task:
    name: str
    subject: Subject
    clients: int
    fresh_token: bool = False


async def measure(place: Place) -> Outcome:
    """Measure all servers on one database, and check what they answered and stored."""
    wrong: list[str] = []
    rounds = []
    async with Teams() as teams:
        async with subjects(teams, place) as all_subjects:
            await _warm(all_subjects)
            for number in range(ROUNDS):
                _say(f"{place.database}: round {number + 1} of {ROUNDS}")
                tasks = _tasks(all_subjects, number)
                rounds.append([await _cell(task, place.cores, wrong) for task in tasks])
        wrong += await wrong_counts(place, teams, all_subjects[0].presses.standing())
    size = (place.folder / "answer.json").stat().st_size
    return Outcome(place.database, rounds, size, wrong)


def _tasks(all_subjects: Sequence[Subject], number: int) -> Iterator[_Task]:
    """Give one round's; who comes first changes from round to round."""
    first = number % len(all_subjects)
    in_turn = [*all_subjects[first:], *all_subjects[:first]]
    for clients in CLIENTS:
        for subject in in_turn:
            yield _Task(subject.name, subject, clients)
            if subject.name == "muster" and clients == FRESH_CLIENTS:
                yield _Task(FRESH, subject, clients, fresh_token=True)


async def _warm(all_subjects: Sequence[Subject]) -> None:
    for subject in all_subjects:
        presses = subject.presses.for_seconds(WARMING_SECONDS)
        await pressing(subject.server.port, CLIENTS[-1], presses)


async def _cell(task: _Task, cores: Cores, wrong: list[str]) -> Cell:
    server = task.subject.server
    presses = task.subject.presses.for_seconds(SECONDS, fresh_token=task.fresh_token)
    before = busy(server.pid, cores)
    sample = await pressing(server.port, task.clients, presses)
    after = busy(server.pid, cores)
    if sample.wrong:
        wrong.append(f"{task.name} answered {sample.wrong!r}\n{server.log.read_text()[-2000:]}")
    lasted = after.at - before.at
    worked = after.server - before.server
    return Cell(
        name=task.name,
        clients=task.clients,
        rate=sample.rate,
        p50=sample.percentile(0.50) * 1000,
        p99=sample.percentile(0.99) * 1000,
        cpu=worked * 1000 / len(sample.latencies),
        server_share=worked / lasted,
        others_share=max(0.0, (after.server_core - before.server_core - worked) / lasted),
        load_share=(after.load - before.load) / lasted,
        load_core_share=(after.load_core - before.load_core) / lasted,
        memory=resident(server.pid),
    )


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
