"""Fifty people on one checklist at once: no tick is lost, and the history says how it came."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from actions import ticking
from actions.action import Action
from actions.history import Entry
from actions.people import Person
from actions.ports import Ports
from actions.ticks import State, Wish
from tests.actions.checklists import DONE, OPEN, a_checklist
from tests.actions.world import CHAT, a_caller
from tests.fakes import CountingIds, FakeRoster, FixedClock
from tests.storage.conftest import AnyStore, posted

PEOPLE = [Person(f"tenant/p{n}", f"Person {n}", f"29:p{n}") for n in range(50)]
WISHES = (DONE, DONE, OPEN, Wish(State.NOT_DONE, "No time"), Wish(State.NOT_APPLICABLE, "Closed"))


async def in_chat(store: AnyStore, clock: FixedClock, action: Action) -> Ports:
    """Post a checklist in the chat."""
    clock.time = action.created_at
    await posted(store, action)
    where = (await store.postings(action.id))[0].conversation_id
    for name in (CHAT.id, where):
        await store.remember_conversation(replace(CHAT, id=name))
    await store.set_audience(action.id, PEOPLE)
    return Ports(store, clock, CountingIds(), FakeRoster())


async def whole_history(store: AnyStore, action: Action) -> list[Entry]:
    """Give all lines, the oldest first, read page by page."""
    found: list[Entry] = []
    before = ""
    while page := await store.history(action.id, before, 70):
        found += [entry for _, entry in page]
        before = page[-1][0]
    return found[::-1]


def replayed(lines: Sequence[Entry]) -> dict[str, tuple[str, str]]:
    """Give what a list is when its history happens again: state and by whom, by item."""
    stands: dict[str, tuple[str, str]] = {}
    for line in lines:
        item, state = str(line.detail["item"]), line.verb.removeprefix("item_")
        assert stands.get(item, ("open", ""))[0] != state or state != "open"
        stands.pop(item, None)
        if state != State.OPEN:
            stands[item] = (state, line.person.key)
    return stands


@pytest.mark.parametrize("individual", [False, True])
async def test_fifty_people_tick_two_hundred_items_at_once(
    store: AnyStore, clock: FixedClock, *, individual: bool
) -> None:
    made = a_checklist(count=200, individual=individual)
    ports = await in_chat(store, clock, made)

    async def ticks(number: int) -> None:
        chance = Random(number)  # noqa: S311 - The same each time.
        for _ in range(8):
            item, wish = f"i{chance.randrange(200)}", chance.choice(WISHES)
            for _ in range(chance.choice((1, 1, 2))):
                caller = a_caller(PEOPLE[number])
                await ticking.tick(ports, caller, made.id, item, wish)

    await asyncio.gather(*(ticks(number) for number in range(len(PEOPLE))))
    lines = await whole_history(store, made)
    if individual:
        for person in PEOPLE:
            own = [line for line in lines if line.person.key == person.key]
            answers = await store.answers(made.id, person.key) or {}
            told = {
                item: str(tick[0]) for item, tick in answers.items() if isinstance(tick, tuple)
            }
            assert told == {item: state for item, (state, _) in replayed(own).items()}
        tallies = await store.tallies(made.id)
        counted = await store.recount(made.id)
        assert {b: n for b, n in tallies.counts.items() if n} == dict(counted.counts)
    else:
        kept = ticking.checklist_of((await store.action(made.id)).content)
        told_by = {item: (t.state.value, t.by.key) for item, t in kept.ticks.items()}
        assert told_by == replayed(lines)
