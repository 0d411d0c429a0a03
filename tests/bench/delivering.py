"""`python -m tests.bench.delivering [part]`: how shared cards follow the votes.

People vote at a steady pace in one chat, whatever becomes of the votes before. A vote is on the
card once the card counts as many people as had voted by then; `part` of each run's time is enough
to see whether all is well.
"""

import asyncio
import re
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import MESSAGES
from tests.bench.cores import Busy, Cores, busy, chosen, pinned
from tests.bench.electorate import OPTIONS
from tests.bench.servers import Server, running
from tests.bench.subjects import Place
from tests.bench.table import aligned
from tests.scenarios.pace import paced
from tests.scenarios.votes import press
from tests.storage.databases import postgresql_server
from tests.teams import Chat, Message, Teams, User
from tests.teams.cards import text

RUNS = ((1, 60.0), (20, 30.0), (200, 10.0))
"""Votes a second, and for how many seconds."""

HEADINGS = (
    *("database", "votes/s", "votes", "updates", "updates per 1,000", "lag p50 s", "lag p99 s"),
    *("over limits", "server %", "others %"),
)
PATIENCE = 60.0
"""Seconds for the last card to be right."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one run; lags are in seconds, shares of one core's time."""

    rate: int
    votes: int
    updates: int
    lags: list[float]
    over_limits: int
    server_share: float
    others_share: float
    wrong: str


def main(arguments: Sequence[str]) -> int:
    """Measure on both databases; gives 1 when a vote was lost or a card is behind."""
    cores, part = chosen(), float(arguments[0]) if arguments else 1.0
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/muster.db"
        runs = {"sqlite": _on(Place("sqlite", url, Path(folder), cores), part)}
    with TemporaryDirectory() as folder, pinned(cores.database), postgresql_server() as url:
        runs["postgresql"] = _on(Place("postgresql", url, Path(folder), cores), part)
    rows = [_row(database, run) for database, own in runs.items() for run in own]
    sys.stdout.write("Shared cards of one chat, from the vote to the card; one run each.\n\n")
    sys.stdout.write(aligned([HEADINGS, *rows]) + "\n")
    wrong = [run.wrong for own in runs.values() for run in own if run.wrong]
    sys.stderr.writelines(f"WRONG {one}\n" for one in wrong)
    return int(bool(wrong))


def _on(place: Place, part: float) -> list[Run]:
    with pinned(place.cores.load):
        return asyncio.run(_measured(place, part))


async def _measured(place: Place, part: float) -> list[Run]:
    async with AsyncExitStack() as stack:
        teams = await stack.enter_async_context(Teams())
        log, settings = place.folder / "muster.log", place.settings(teams)
        server = await stack.enter_async_context(running(("app.py",), settings, log, place.cores))
        teams.connect(f"http://127.0.0.1:{server.port}{MESSAGES}")
        return [
            await _run(teams, server, place.cores, rate, max(2, round(rate * seconds * part)))
            for rate, seconds in RUNS
        ]


async def _run(teams: Teams, server: Server, cores: Cores, rate: int, votes: int) -> Run:
    people = [teams.user(f"Person {number}") for number in range(votes)]
    chat = teams.group_chat(people, f"{rate} a second")
    poll = await _poll(chat, people[0])
    begun: list[float] = []
    exceeded = len(teams.limits.exceeded)

    async def votes_once(number: int) -> bool:
        begun.append(time.monotonic())
        return await press(teams, people[number], poll, OPTIONS[number % len(OPTIONS)])

    before = busy(server.pid, cores)
    stored = await paced(rate, votes, votes_once)
    after = busy(server.pid, cores)
    wrong = "" if all(stored) else f"{stored.count(False)} votes were not stored"
    wrong = wrong or await _behind(poll, votes)
    over = len(teams.limits.exceeded) - exceeded
    lags = _lags(begun, _shown(teams, poll))
    return Run(rate, votes, poll.updates, lags, over, *_shares(before, after), wrong)


async def _poll(chat: Chat, creator: User) -> Message:
    await creator.says(chat, " | ".join(["poll Lunch?", *OPTIONS]))
    return await chat.wait_for_message(lambda one: one.has_card, timeout=PATIENCE)


async def _behind(poll: Message, votes: int) -> str:
    """Wait for the last card; says what is wrong if it does not come."""
    try:
        await poll.chat.wait_until(lambda: _responded(poll.activity) == votes, PATIENCE)
    except TimeoutError:
        return f"the card counts {_responded(poll.activity)} of {votes} people"
    return ""


def _shown(teams: Teams, poll: Message) -> list[tuple[float, int]]:
    """Give when each update came, and how many people it counts."""
    came = [
        call.at
        for call in teams.calls
        if call.method == "PUT" and call.status == 200 and call.path.endswith(f"/{poll.id}")
    ]
    counted = accumulate(map(_responded, poll.versions[1:]), max)
    return list(zip(came, counted, strict=True))


def _responded(activity: dict[str, object]) -> int:
    attachments = activity["attachments"]
    assert isinstance(attachments, list)
    found = re.search(r"([\d,]+) of [\d,]+ responded", text(attachments[0]["content"]))
    return int(found[1].replace(",", "")) if found else 0


def _lags(begun: list[float], shown: list[tuple[float, int]]) -> list[float]:
    """Give how long each vote took to the card; one that is on none is not counted here."""
    waiting, lags = iter(enumerate(begun, 1)), []
    vote = next(waiting, None)
    for at, counted in shown:
        while vote is not None and vote[0] <= counted:
            lags.append(at - vote[1])
            vote = next(waiting, None)
    return sorted(lags)


def _shares(before: Busy, after: Busy) -> tuple[float, float]:
    lasted = after.at - before.at
    worked = after.server - before.server
    others = max(0.0, after.server_core - before.server_core - worked)
    return worked / lasted, others / lasted


def _row(database: str, run: Run) -> tuple[str, ...]:
    return (
        database,
        str(run.rate),
        f"{run.votes:,}",
        f"{run.updates:,}",
        f"{run.updates * 1000 / run.votes:,.0f}",
        *(f"{_percentile(run.lags, share):.2f}" for share in (0.50, 0.99)),
        str(run.over_limits),
        f"{run.server_share:.0%}",
        f"{run.others_share:.0%}",
    )


def _percentile(ordered: list[float], share: float) -> float:
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
