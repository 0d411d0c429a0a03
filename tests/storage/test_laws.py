"""Laws that hold after any changes in any order."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from actions.action import Action, Settings
from actions.history import Entry
from actions.poll import QUESTION, question_of
from actions.questions import Answers
from actions.responses import Decide, Response, Standing, slot_of
from storage.engine import open_engine
from storage.store import SqlStore
from tests.fakes import (
    NOON,
    CountingIds,
    FixedClock,
    MemoryStore,
    a_change,
    a_person,
    a_poll,
    a_posting,
    an_action,
)
from tests.storage.conftest import SECRET, AnyStore
from tests.storage.databases import copied_sqlite

NAMES = ["Ada", "Bob", "Eve", "Joe"]
OPTIONS = ["a", "b", "c", "d"]
ENTRY = Entry(NOON, a_person("Ada"), "edited")

Step = tuple[str, ...]

people = st.sampled_from(NAMES)
choices = st.lists(st.sampled_from(OPTIONS), unique=True).map(sorted)
votes = st.builds(lambda name, chosen: ("vote", name, *chosen), people, choices)
again = st.builds(lambda name, chosen: ("again", name, *chosen), people, choices)
edits = st.builds(lambda chosen: ("edit", *chosen), choices)
rosters = st.builds(lambda names: ("roster", *names), st.lists(people, unique=True))
steps = st.lists(st.one_of(votes, votes, votes, again, edits, rosters), max_size=30)


@given(given_steps=steps, together=st.booleans(), anonymous=st.booleans())
@settings(max_examples=40, deadline=None)
def test_tallies_are_what_a_recount_gives(
    sqlite_template: str, given_steps: list[Step], *, together: bool, anonymous: bool
) -> None:
    with TemporaryDirectory() as folder:
        url = copied_sqlite(sqlite_template, Path(folder) / "law.db")
        asyncio.run(check(url, given_steps, together=together, anonymous=anonymous))


async def check(url: str, given_steps: list[Step], *, together: bool, anonymous: bool) -> None:
    """Carry the steps out on both stores, which must agree with each other and with a recount."""
    stores: list[AnyStore] = [
        SqlStore(open_engine(url), SECRET, CountingIds(), FixedClock()),
        MemoryStore(FixedClock()),
    ]
    action = an_action(content=a_poll(*OPTIONS), settings=Settings(anonymous=anonymous))
    for store in stores:
        await store.post(action, a_posting(action))
        await carry_out(store, given_steps, together=together)
        assert await store.tallies("action") == await store.recount("action")
    if not together:
        assert await state(stores[0]) == await state(stores[1])
    await stores[0].close()


async def state(store: AnyStore) -> object:
    """Give what can be seen of the action."""
    keys = [a_person(name).key for name in NAMES]
    return (
        await store.tallies("action"),
        [await store.answers("action", key) for key in keys],
        [await store.took_part("action", key) for key in keys],
        sorted(r.person.key for r in (await store.responded("action", "", "", 10)).responses),
        [await store.own_responses("action", key) for key in keys],
        sorted([r.slot, repr(r.answers)] for r in await streamed(store)),
        await store.not_responded("action", "", "", 10),
        (await store.action("action")).revision,
    )


async def streamed(store: AnyStore) -> list[Response]:
    """Give all responses."""
    return [response async for some in store.all_responses("action") for response in some]


async def carry_out(store: AnyStore, given_steps: list[Step], *, together: bool) -> None:
    """Carry steps out, one by one or all at once."""
    doing = [take(store, step) for step in given_steps]
    if together:
        await asyncio.gather(*doing)
    else:
        for one in doing:
            await one


async def take(store: AnyStore, step: Step) -> None:
    """Take one step."""
    match step:
        case ("vote", name, *chosen):
            await store.respond(replace(a_change(name), decide=choosing_of_these(chosen)))
        case ("again", name, *chosen):
            slot = slot_of(a_person(name).key, 2)
            change = a_change(name, slot=slot, decide=choosing_of_these(chosen))
            await store.respond(change)
        case ("edit", *kept):
            await store.change("action", lambda action: edited(action, kept), ENTRY)
        case (_, *names):
            await store.set_audience("action", [a_person(name) for name in names])


def choosing_of_these(options: Sequence[str]) -> Decide:
    """Give a decision for those of the options that there are at that moment."""

    def decide(standing: Standing) -> Answers | None:
        chosen = question_of(standing.action).ordered(options)
        return {QUESTION: chosen} if chosen else None

    return decide


def edited(action: Action, options: Sequence[str]) -> Action:
    """Give the action with these options only."""
    return replace(action, content=a_poll(*(options or OPTIONS)))
