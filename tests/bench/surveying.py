"""`python -m tests.bench.surveying`: what surveys cost, beside each other in one run.

A page of ten questions is handed in by many people, one after the other; results are opened where
there are few responses and where there are many, in turn.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from actions.people import Person, person_key
from bot.app import MESSAGES
from bot.now import RandomIds, SystemClock
from cards.envelope import Envelope
from storage.engine import open_engine
from storage.migrate import migrate
from storage.store import SqlStore
from tests.bench.archive import QUESTIONS, a_survey, fill
from tests.bench.cores import chosen, pinned, resident
from tests.bench.servers import running
from tests.bench.subjects import SECRET, Place
from tests.storage.databases import postgresql_server
from tests.teams import Chat, Teams, User
from tests.teams.cards import Card, text

FEW, MANY = 1_000, 100_000
"""How many responses the surveys have whose results are opened."""

OPENED, HANDED_IN, WARMING = 20, 200, 3
GOAL = 2.0
"""How many times as long the results of many responses may take to open."""

EMPTY = "empty"

PATIENCE = 120.0
"""Seconds for the bot to post the surveys."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A bot with three surveys, and the people who use them."""

    people: list[User]
    chat: Chat


def main() -> int:
    """Measure on both databases; gives 1 when an answer was wrong or the goal was missed."""
    cores, missed = chosen(), False
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/muster.db"
        missed |= _on(Place("sqlite", url, Path(folder), cores))
    with TemporaryDirectory() as folder, pinned(cores.database), postgresql_server() as url:
        missed |= _on(Place("postgresql", url, Path(folder), cores))
    return int(missed)


def _on(place: Place) -> bool:
    with pinned(place.cores.load):
        lines, missed = asyncio.run(_measured(place))
    sys.stdout.writelines(f"{place.database:>10} {line}\n" for line in lines)
    return missed


async def _measured(place: Place) -> tuple[list[str], bool]:
    await migrate(place.database_url)
    async with AsyncExitStack() as stack:
        teams = await stack.enter_async_context(Teams())
        log, settings = place.folder / "muster.log", place.settings(teams)
        muster = await stack.enter_async_context(running(("app.py",), settings, log, place.cores))
        teams.connect(f"http://127.0.0.1:{muster.port}{MESSAGES}")
        scene = await _scene(teams, place.database_url)
        opened = await _opened(scene)
        handed_in = await _times(_hands_in(scene), HANDED_IN)
        memory = resident(muster.pid)
    ratio = opened[1] / opened[0]
    reached = "goal reached" if ratio <= GOAL else "short of the goal"
    lines = [
        f"a page of {len(QUESTIONS)} questions handed in: {median(handed_in):.1f} ms",
        f"all pages of results opened, {FEW:,} responses: {opened[0]:.1f} ms",
        f"the same, {MANY:,}: {opened[1]:.1f} ms, {ratio:.2f} x ({reached} of {GOAL:g})",
        f"memory of the server then: {memory:.0f} MiB",
    ]
    return lines, ratio > GOAL


async def _scene(teams: Teams, url: str) -> Scene:
    creator = teams.user("Cleo Creator")
    people = [teams.user(f"Person {number}") for number in range(HANDED_IN + WARMING)]
    chat = teams.group_chat([creator, *people], "Everybody")
    key = person_key(creator.tenant_id, creator.object_id, chat.id, creator.mri)
    person = Person(key, creator.name, creator.mri)
    # The bot posts only where it was heard from.
    await creator.says(chat, "help")
    surveys = {EMPTY: 0, str(FEW): FEW, str(MANY): MANY}
    store = SqlStore(open_engine(url), SECRET.encode(), RandomIds(), SystemClock())
    for name, count in surveys.items():
        await fill(store, a_survey(name, person, creator.tenant_id), count, chat.id)
    await store.close()
    # Who is expected to respond is looked up when a card is posted, and counted anew then.
    await chat.wait_for_message(1 + len(surveys), timeout=PATIENCE)
    return Scene(people, chat)


async def _opened(scene: Scene) -> tuple[float, float]:
    """Give how long all pages of results take to open, of few and of many, in milliseconds."""
    took: dict[int, list[float]] = {FEW: [], MANY: []}
    for turn in range(WARMING + OPENED):
        for count, times in took.items():
            begun = time.perf_counter()
            # Each turn by another person: one alone would soon ask more than people do.
            await _open_results(scene, scene.people[turn], str(count), count)
            if turn >= WARMING:
                times.append((time.perf_counter() - begun) * 1000)
    return median(took[FEW]), median(took[MANY])


async def _open_results(scene: Scene, reader: User, action_id: str, count: int) -> None:
    data = Envelope("results", action_id).encode()
    pages = 0
    while data:
        answer = await reader.executes(scene.chat, None, "results", data)
        words = text(answer.card)
        if f"{count:,} of " not in words:
            raise AssertionError(words or answer)
        pages += 1
        data = _next_page(answer.card or {})
    if pages < len(QUESTIONS) // 5:
        raise AssertionError(f"only {pages} pages")


def _next_page(card: Card) -> dict[str, str]:
    for action in (a for e in card["body"] for a in e.get("actions", ())):
        if action.get("title") == "Next page":
            return dict(action["data"])
    return {}


def _hands_in(scene: Scene) -> Callable[[], Awaitable[None]]:
    waiting: Iterator[tuple[int, User]] = iter(enumerate(scene.people))
    asked = " ".join(question.id for question in QUESTIONS)

    async def hand_in() -> None:
        number, person = next(waiting)
        data = {**Envelope("fill.hand_in", EMPTY, f"1 {asked}").encode(), **_typed(number)}
        answer = await person.executes(scene.chat, None, "fill.hand_in", data)
        if "Thank you!" not in text(answer.card):
            raise AssertionError(text(answer.card))

    return hand_in


async def _times(work: Callable[[], Awaitable[None]], count: int) -> list[float]:
    took = []
    for turn in range(WARMING + count):
        begun = time.perf_counter()
        await work()
        if turn >= WARMING:
            took.append((time.perf_counter() - begun) * 1000)
    return took


def _typed(n: int) -> dict[str, str]:
    return {
        "q0": f"o{n % 5}",
        "q1": "o1,o3",
        "q2": "yes",
        "q3": str(n % 5 + 1),
        "q4": str(n % 11),
        "q5": f"The music, number {n}",
        "q6": "It was a pleasant evening. " * 4,
        "q7": f"{n % 50}.5",
        "q8": f"2026-12-{n % 28 + 1:02}",
        "q9": f"{n % 24:02}:30",
    }


if __name__ == "__main__":
    sys.exit(main())
