"""`python -m tests.bench`: measure votes, cards, surveys, exports and more, on both databases.

Every answer is checked, and so are the counts at the end; the exit code is 1 when one is wrong.
There are no limits of time: a slow machine is no fault.
"""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import delivering, exporting, placing, surveying, ticking
from tests.bench.cores import Cores, chosen, pinned
from tests.bench.rounds import ROUNDS, SECONDS, Outcome, measure
from tests.bench.subjects import PEOPLE, Place
from tests.bench.table import remarks, table
from tests.storage.databases import postgresql_server


def main() -> int:
    """Measure; gives the exit code."""
    cores = chosen()
    outcomes = [_on_sqlite(cores), _on_postgresql(cores)]
    _print(outcomes, cores)
    wrong = [f"{outcome.database}: {one}" for outcome in outcomes for one in outcome.wrong]
    sys.stderr.writelines(f"WRONG {one}\n" for one in wrong)
    missed = [delivering.main(()), surveying.main(), exporting.main(()), placing.main()]
    missed.append(ticking.main())
    return 1 if wrong or any(missed) else 0


def _on_sqlite(cores: Cores) -> Outcome:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/muster.db"
        return _measured(Place("sqlite", url, Path(folder), cores))


def _on_postgresql(cores: Cores) -> Outcome:
    with TemporaryDirectory() as folder, pinned(cores.database), postgresql_server() as url:
        return _measured(Place("postgresql", url, Path(folder), cores))


def _measured(place: Place) -> Outcome:
    with pinned(place.cores.load):
        return asyncio.run(measure(place))


def _print(outcomes: list[Outcome], cores: Cores) -> None:
    lines = [
        f"{PEOPLE:,} people press the rows of one poll and press again; {ROUNDS} interleaved",
        f"rounds of {SECONDS:g} s each, medians; {cores}.",
        "x bare, x stock: the ratio of votes/s. CPU ms: the server's work for one vote.",
        "CPU x bare: the bare handler's work as a part of that, the same on a busy machine.",
        "server %, others %: how busy the server, and other programs, kept the server's core.",
        "",
        table(outcomes),
        "",
        *remarks(outcomes),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
