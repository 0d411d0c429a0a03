"""Whether Muster counted right: beside what was pressed, and beside its own recount."""

import asyncio
import sys
from collections.abc import Mapping

from actions.poll import question_of
from bot.now import RandomIds, SystemClock
from storage.engine import open_engine
from storage.store import SqlStore
from tests.bench.servers import ROOT, environment
from tests.bench.subjects import SECRET, Place
from tests.teams import Teams


async def wrong_counts(place: Place, teams: Teams, standing: Mapping[str, int]) -> list[str]:
    """Say what is wrong, nothing if all is right; the servers are stopped."""
    wrong = []
    counted, people = await _counted(place)
    if counted != standing or people != sum(standing.values()):
        wrong.append(f"pressed {dict(standing)}, counted {counted} of {people} people")
    recount = await asyncio.create_subprocess_exec(
        sys.executable,
        "app.py",
        "recount",
        env=environment() | place.settings(teams),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await recount.communicate()
    if recount.returncode:
        wrong.append(f"python app.py recount: {said.decode()}")
    return wrong


async def _counted(place: Place) -> tuple[dict[str, int], int]:
    """Give the tallies by option, and of how many people they are."""
    engine = open_engine(place.database_url)
    store = SqlStore(engine, SECRET.encode(), RandomIds(), SystemClock())
    try:
        (action_id,) = await store.action_ids()
        question = question_of(await store.action(action_id))
        tallies = await store.tallies(action_id)
    finally:
        await store.close()
    counts = {one.text: tallies.count(question.id, one.id) for one in question.options}
    return counts, tallies.responded
