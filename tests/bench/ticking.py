"""`python -m tests.bench.ticking`: what a tick costs on a list of 200 items that all share.

Items are ticked and opened again in turn, by one person and by many at once. The whole list is one
row, which every tick reads and writes, and so longer than a vote's.
"""

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from actions.action import Posting
from actions.content import Content
from actions.item import Item
from actions.people import Person, person_key
from actions.ticking import checklist_of
from actions.ticks import Checklist, State
from bot.app import MESSAGES
from bot.now import RandomIds, SystemClock
from cards.envelope import Envelope
from storage.engine import open_engine
from storage.store import SqlStore
from tests.bench.archive import ACTION, a_survey
from tests.bench.cores import chosen, pinned
from tests.bench.servers import running
from tests.bench.subjects import SECRET, Place
from tests.storage.databases import postgresql_server
from tests.teams import Chat, Teams, User
from tests.teams.cards import text

ITEMS = 200
TICKS, WARMING = 400, 20
CLIENTS = (1, 16)
PEOPLE = 50
"""Who tick in turn: one alone would soon do more than people do."""

TITLE = "Opening the shop"


def main() -> int:
    """Measure on both databases; gives 0, for a wrong answer stops it."""
    cores = chosen()
    with TemporaryDirectory() as folder:
        _on(Place("sqlite", f"sqlite:///{folder}/muster.db", Path(folder), cores))
    with TemporaryDirectory() as folder, pinned(cores.database), postgresql_server() as url:
        _on(Place("postgresql", url, Path(folder), cores))
    return 0


def _on(place: Place) -> None:
    with pinned(place.cores.load):
        lines = asyncio.run(_measured(place))
    sys.stdout.writelines(f"{place.database:>10} {line}\n" for line in lines)


async def _measured(place: Place) -> list[str]:
    async with AsyncExitStack() as stack:
        teams = await stack.enter_async_context(Teams())
        log, settings = place.folder / "muster.log", place.settings(teams)
        muster = await stack.enter_async_context(running(("app.py",), settings, log, place.cores))
        teams.connect(f"http://127.0.0.1:{muster.port}{MESSAGES}")
        people = [teams.user(f"Person {number}") for number in range(PEOPLE)]
        chat = teams.group_chat(people, "Everybody")
        await _post(teams, people[0], chat, place.database_url)
        lines, numbers = [], count()
        await _ticking(chat, people, 1, numbers, WARMING)
        for clients in CLIENTS:
            begun = time.perf_counter()
            took = await _ticking(chat, people, clients, numbers, TICKS)
            rate = TICKS / (time.perf_counter() - begun)
            lines.append(
                f"a tick on {ITEMS} items, {clients} at once: {median(took):.1f} ms, "
                f"p99 {sorted(took)[len(took) * 99 // 100]:.1f} ms, {rate:.0f} a second"
            )
    turned = next(numbers) % (2 * ITEMS)
    done = await _done(place.database_url)
    if done != min(turned, 2 * ITEMS - turned):
        raise AssertionError(done)
    return lines


async def _done(url: str) -> int:
    """Count the items that are ticked."""
    store = SqlStore(open_engine(url), SECRET.encode(), RandomIds(), SystemClock())
    kept = checklist_of((await store.action(ACTION)).content)
    await store.close()
    return sum(tick.wish.state is State.DONE for tick in kept.ticks.values())


async def _post(teams: Teams, creator: User, chat: Chat, url: str) -> None:
    """Post a list; the bot posts only where it was heard from."""
    await creator.says(chat, "help")
    key = person_key(teams.tenant_id, creator.object_id, chat.id, creator.mri)
    person = Person(key, creator.name, creator.mri)
    items = tuple(Item(f"i{n}", f"What is to be done as number {n}") for n in range(ITEMS))
    content = Content(TITLE, items, checklist=Checklist())
    made = a_survey(creator=person, tenant=teams.tenant_id)
    made = replace(made, kind="checklist", content=content)
    store = SqlStore(open_engine(url), SECRET.encode(), RandomIds(), SystemClock())
    await store.post(made, Posting("posting", made.id, chat.id))
    await store.close()
    await chat.wait_for_message(2)


async def _ticking(
    chat: Chat, people: list[User], clients: int, numbers: Iterator[int], ticks: int
) -> list[float]:
    """Let people tick in turn, so many side by side; gives times in ms."""
    took: list[float] = []
    left = iter(range(ticks))

    async def ticks_on() -> None:
        for _ in left:
            number = next(numbers)
            person, (turn, item) = people[number % PEOPLE], divmod(number, ITEMS)
            verb = ("tick", "untick")[turn % 2]
            data = Envelope(verb, ACTION, f"i{item}").encode()
            begun = time.perf_counter()
            answer = await person.executes(chat, None, verb, data)
            took.append((time.perf_counter() - begun) * 1000)
            words = text(answer.card)
            if TITLE not in words or "⚠" in words:
                raise AssertionError(words or answer)

    await asyncio.gather(*(ticks_on() for _ in range(clients)))
    return took


if __name__ == "__main__":
    sys.exit(main())
