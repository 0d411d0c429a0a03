"""`python -m tests.bench.placing`: what the leaderboard costs, of few and of many people.

Its first and its last page, and one's own place, are looked up by one of the last of all, in turn
where few took part and where many did.
"""

import asyncio
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert

from actions.action import Action, Posting
from actions.attempts import Attempt, Attempts, Given, stored_form
from actions.caller import Caller
from actions.choice import Choice, Option
from actions.content import Content
from actions.exam import Exam
from actions.keys import Key
from actions.marks import LEADERS_PER_PAGE, MOST_LEADERS, leaders
from actions.people import Person
from actions.ports import Ports
from actions.tallies import Bucket, Tallies, recount
from bot.now import RandomIds, SystemClock
from storage.engine import open_engine
from storage.migrate import migrate
from storage.schema import responses
from storage.store import SqlStore
from tests.bench.archive import BEGIN, CHAT, CHUNK, a_survey
from tests.bench.cores import chosen, pinned
from tests.bench.subjects import SECRET
from tests.fakes import FakeRoster
from tests.storage.databases import postgresql_server

FEW, MANY = 1_000, 100_000
OPENED, WARMING = 40, 5
GOAL = 2.0
"""How many times as long the leaderboard of many people may take."""

QUESTIONS = tuple(
    Choice(f"q{n}", "Which one is right?", (Option("right", "This"), Option("wrong", "That")))
    for n in range(20)
)
SCORES = len(QUESTIONS) + 1
"""How many scores there are: the person of a number has that many right, from none to all."""

PAGES = {"first": 0, "last": MOST_LEADERS - LEADERS_PER_PAGE}


def main() -> int:
    """Measure on both databases; gives 1 when the goal was missed."""
    cores = chosen()
    with TemporaryDirectory() as folder, pinned(cores.server):
        ratios = asyncio.run(_measured("sqlite", f"sqlite:///{Path(folder)}/muster.db"))
    with pinned(cores.database), postgresql_server() as url, pinned(cores.server):
        ratios += asyncio.run(_measured("postgresql", url))
    return int(max(ratios) > GOAL)


async def _measured(database: str, url: str) -> list[float]:
    await migrate(url)
    store = SqlStore(open_engine(url), SECRET.encode(), RandomIds(), SystemClock())
    ports = Ports(store, SystemClock(), RandomIds(), FakeRoster())
    for count in (FEW, MANY):
        await _fill(store, _a_quiz(count), count)
    ratios = []
    for name, first in PAGES.items():
        few, many = await _opened(ports, first)
        ratios.append(many / few)
        reached = "goal reached" if ratios[-1] <= GOAL else "short of the goal"
        sys.stdout.write(
            f"{database:>10} {name} page of the leaderboard, {FEW:,} people: {few:.1f} ms, "
            f"{MANY:,}: {many:.1f} ms, {ratios[-1]:.2f} x ({reached} of {GOAL:g})\n"
        )
    await store.close()
    return ratios


async def _opened(ports: Ports, first: int) -> tuple[float, float]:
    """Give how long a page takes, of few and of many people, in milliseconds."""
    took: dict[int, list[float]] = {FEW: [], MANY: []}
    for turn in range(WARMING + OPENED):
        for count, times in took.items():
            begun = time.perf_counter()
            await _open(ports, count, first)
            if turn >= WARMING:
                times.append((time.perf_counter() - begun) * 1000)
    return median(took[FEW]), median(took[MANY])


async def _open(ports: Ports, count: int, first: int) -> None:
    caller = Caller(_person(0), "tenant", CHAT, "en", "UTC")
    found = await leaders(ports, caller, str(count), first)
    equals = len(range(0, count, SCORES))
    stand = (found.own and found.own.place, found.scored, len(found.rows))
    if stand != (count - equals + 1, count, LEADERS_PER_PAGE):
        raise AssertionError(stand)


def _a_quiz(count: int) -> Action:
    keys = {question.id: Key(("right",)) for question in QUESTIONS}
    content = Content(
        "How well do you know it?", QUESTIONS, keys=keys, exam=Exam(leaderboard=True)
    )
    return replace(a_survey(str(count)), kind="quiz", content=content)


async def _fill(store: SqlStore, quiz: Action, count: int) -> None:
    """Post a quiz that so many people took, with its tallies as if they had been counted."""
    await store.post(quiz, Posting(f"posting-{quiz.id}", quiz.id, CHAT))
    taken = [_attempts(quiz.content, right) for right in range(SCORES)]
    async with store._database.writing() as connection:
        for first in range(0, count, CHUNK):
            some = range(first, min(first + CHUNK, count))
            rows = [_row(quiz, n, taken[n % SCORES]) for n in some]
            await connection.execute(insert(responses), rows)
        people = [len(range(right, count, SCORES)) for right in range(SCORES)]
        tallies = _times(quiz.content, taken, people)
        await store._shared.tallies.replace(connection, quiz.id, tallies)


def _attempts(content: Content, right: int) -> Attempts:
    answers = {q.id: ("right",) if n < right else ("wrong",) for n, q in enumerate(QUESTIONS)}
    given = {name: Given(answer, BEGIN, BEGIN) for name, answer in answers.items()}
    return Attempts.of(content, [Attempt(tuple(answers), BEGIN, given, ended=BEGIN)])


def _times(content: Content, taken: list[Attempts], people: list[int]) -> Tallies:
    counts: dict[Bucket, int] = {}
    sums: dict[Bucket, int] = {}
    for attempts, count in zip(taken, people, strict=True):
        one = recount(content, [(attempts, ())])
        for bucket in one.counts:
            counts[bucket] = counts.get(bucket, 0) + count * one.counts[bucket]
            sums[bucket] = sums.get(bucket, 0) + count * one.sums[bucket]
    return Tallies(counts, sums)


def _person(number: int) -> Person:
    return Person(f"tenant/{number:032x}", f"Person number {number}", f"29:{number}")


def _row(quiz: Action, number: int, attempts: Attempts) -> dict[str, Any]:
    person, at = _person(number), BEGIN + timedelta(seconds=number)
    return {
        "action_id": quiz.id,
        "slot": person.key,
        "person": person.key,
        "name": person.name,
        "mri": person.mri,
        "folded": person.name.casefold(),
        "answers": stored_form(attempts),
        "submitted_at": at,
        "changed_at": at,
        "percent": attempts.percent(quiz.content),
    }


if __name__ == "__main__":
    sys.exit(main())
