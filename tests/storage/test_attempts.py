"""Attempts as every store keeps them: whole, counted once, due when the clock is to act."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

import pytest

from actions import taking
from actions.action import Action
from actions.attempts import Attempts, attempts_in
from actions.history import Entry
from actions.keys import Key
from actions.managing import close, reopen
from actions.people import Person
from actions.ports import Ports
from actions.tallies import PASSED, SCORES, UNDER_WAY
from actions.typed import Sent
from tests.actions.builders import CREATOR
from tests.actions.exams import KEYS, ONE, RIGHT, WRONG, a_quiz, a_training
from tests.actions.world import CHAT, a_caller
from tests.fakes import CountingIds, FakeRoster, FixedClock
from tests.storage.conftest import AnyStore, posted

PEOPLE = [Person(f"tenant/{name}", name.title(), f"29:{name}") for name in ("ada", "ben", "cleo")]


@dataclass(slots=True)
class Room:
    """A quiz in a chat, and who takes it; what is asked of the store goes through its ports."""

    ports: Ports
    store: AnyStore
    clock: FixedClock
    action: Action

    async def stands(self, person: Person) -> Attempts:
        """Give someone's attempts as they are stored."""
        return attempts_in(await self.store.answers(self.action.id, person.key))

    async def takes(self, person: Person, texts: Mapping[str, str], number: int = 1) -> None:
        """Let someone take it from the beginning to the end."""
        caller, name = a_caller(person), self.action.id
        sitting = await taking.begin(self.ports, caller, name, number)
        while (page := sitting.page) is not None:
            self.clock.advance(seconds=3)
            if page.id in texts:
                sent = Sent((page.id,), {page.id: texts[page.id]})
                sitting = await taking.answer(self.ports, caller, name, number, sent)
            else:
                sitting = await taking.pass_over(self.ports, caller, name, number, page.id)


async def room(store: AnyStore, clock: FixedClock, action: Action) -> Room:
    """Post an action in the chat."""
    clock.time = action.created_at
    await store.remember_conversation(CHAT)
    await posted(store, action)
    ports = Ports(store, clock, CountingIds(), FakeRoster())
    made = Room(ports, store, clock, action)
    where = (await store.postings(action.id))[0].conversation_id
    await store.remember_conversation(replace(CHAT, id=where))
    await store.set_audience(action.id, PEOPLE)
    return made


async def test_an_attempt_counts_once_it_has_ended(store: AnyStore, clock: FixedClock) -> None:
    quiz = await room(store, clock, a_quiz(pass_mark=50, attempts=2))
    ada = PEOPLE[0]
    await taking.begin(quiz.ports, a_caller(ada), quiz.action.id, 1)
    name = quiz.action.id
    assert not await store.took_part(name, ada.key)
    assert (await store.responded(name, "", "", 10)).responses == ()
    assert [part async for part in store.all_responses(name)] == []
    assert (await store.tallies(name)).counts[UNDER_WAY] == 1
    quiz.clock.advance(minutes=1)
    await taking.pass_over(quiz.ports, a_caller(ada), name, 1, "one")
    for question in ("several", "true", "number", "text"):
        await taking.pass_over(quiz.ports, a_caller(ada), name, 1, question)
    (one,) = (await store.responded(name, "", "", 10)).responses
    assert one.at == quiz.clock.now()
    assert await store.took_part(name, ada.key)
    first = one.at
    quiz.clock.advance(minutes=1)
    await quiz.takes(ada, RIGHT, 2)
    (again,) = (await store.responded(name, "", "", 10)).responses
    assert again.at == first
    tallies = await store.tallies(name)
    assert (tallies.responded, tallies.counts[PASSED], tallies.counts.get(UNDER_WAY, 0)) == (
        1,
        1,
        0,
    )
    assert tallies.of(SCORES).counts == {"100": 1}


async def test_a_page_that_shows_nothing_to_others_updates_no_card(
    store: AnyStore, clock: FixedClock
) -> None:
    quiz = await room(store, clock, a_quiz())
    ada, name = PEOPLE[0], quiz.action.id
    await taking.begin(quiz.ports, a_caller(ada), name, 1)
    before = (await quiz.store.action(name)).revision
    await taking.pass_over(quiz.ports, a_caller(ada), name, 1, "one")
    assert (await quiz.store.action(name)).revision == before
    assert len((await quiz.stands(ada)).attempts[0].given) == 1


async def test_those_that_wait_longest_are_due_first(store: AnyStore, clock: FixedClock) -> None:
    quiz = await room(store, clock, a_quiz(seconds=60))
    for person in PEOPLE:
        await taking.begin(quiz.ports, a_caller(person), quiz.action.id, 1)
        quiz.clock.advance(seconds=1)
    quiz.clock.advance(seconds=63)
    due = await quiz.store.due_responses(quiz.clock.now(), 10)
    assert [one.person for one in due] == PEOPLE[:2]
    assert await quiz.store.due_responses(quiz.clock.now(), 1) == due[:1]
    assert await taking.settle_due(quiz.ports) == 2
    assert await quiz.store.due_responses(quiz.clock.now(), 10) == []


async def test_closing_makes_what_is_under_way_due_and_reopening_does_not_bring_it_back(
    store: AnyStore,
    clock: FixedClock,
) -> None:
    quiz = await room(store, clock, a_quiz(attempts=2))
    ada, ben, name = PEOPLE[0], PEOPLE[1], quiz.action.id
    await quiz.takes(ada, RIGHT)
    await taking.begin(quiz.ports, a_caller(ben), name, 1)
    await close(quiz.ports, a_caller(CREATOR), name)
    assert [one.person for one in await quiz.store.due_responses(quiz.clock.now(), 10)] == [ben]
    await taking.settle_due(quiz.ports)
    await reopen(quiz.ports, a_caller(CREATOR), name)
    assert (await quiz.stands(ben)).under_way is None
    assert (await quiz.store.tallies(name)).responded == 2


async def test_reopening_at_once_lets_what_is_under_way_go_on(
    store: AnyStore, clock: FixedClock
) -> None:
    quiz = await room(store, clock, a_quiz(seconds=60))
    ada, name = PEOPLE[0], quiz.action.id
    await taking.begin(quiz.ports, a_caller(ada), name, 1)
    await close(quiz.ports, a_caller(CREATOR), name)
    await reopen(quiz.ports, a_caller(CREATOR), name)
    assert await store.due_responses(clock.now(), 10) == []
    assert (await quiz.stands(ada)).under_way is not None
    due = await store.due_responses(clock.advance(seconds=65), 10)
    assert [one.person for one in due] == [ada]


async def test_what_closing_made_due_stays_so_over_an_edit(
    store: AnyStore, clock: FixedClock
) -> None:
    quiz = await room(store, clock, a_quiz())
    ada, name = PEOPLE[0], quiz.action.id
    await taking.begin(quiz.ports, a_caller(ada), name, 1)
    await close(quiz.ports, a_caller(CREATOR), name)
    await keyed(quiz, Key(("rome",)))
    assert [one.person for one in await store.due_responses(clock.now(), 10)] == [ada]
    await taking.settle_due(quiz.ports)
    assert (await quiz.stands(ada)).under_way is None


async def test_a_new_time_limit_holds_for_attempts_under_way(
    store: AnyStore, clock: FixedClock
) -> None:
    quiz = await room(store, clock, a_quiz())
    ada, name = PEOPLE[0], quiz.action.id
    await taking.begin(quiz.ports, a_caller(ada), name, 1)

    def limited(action: Action) -> Action:
        exam = replace(quiz.action.content.exam, seconds=30)  # type: ignore[type-var]
        return replace(action, content=replace(action.content, exam=exam))

    await quiz.store.change(name, limited, Entry(quiz.clock.now(), CREATOR, "edited"))
    due = await quiz.store.due_responses(quiz.clock.now() + timedelta(seconds=35), 10)
    assert [one.person for one in due] == [ada]


async def test_what_no_longer_holds_is_asked_for_again(store: AnyStore, clock: FixedClock) -> None:
    training = await room(store, clock, replace(a_training(months=1, attempts=1), closes_at=None))
    ada = PEOPLE[0]
    await training.takes(ada, RIGHT)
    training.clock.advance(days=40)
    assert await taking.settle_due(training.ports) == 1
    assert await training.store.due_responses(training.clock.now(), 10) == []
    missing = await training.store.not_responded(training.action.id, "", "", 10)
    assert ada in [one.person for one in missing.responses]
    assert (await training.stands(ada)).lapsed == 1


@pytest.mark.parametrize("seed", range(4))
async def test_tallies_are_a_recount_whatever_people_do(
    store: AnyStore, clock: FixedClock, seed: int
) -> None:
    quiz = await room(store, clock, a_quiz(pass_mark=50, attempts=0, seconds=40, counts="last"))
    chance, name = Random(seed), quiz.action.id  # noqa: S311 - The same each time.
    for _ in range(120):
        person = chance.choice(PEOPLE)
        stands = await quiz.stands(person)
        quiz.clock.advance(seconds=chance.choice((0, 1, 9)))
        running = stands.under_way
        page = None if running is None else running.current(quiz.action.content)
        if chance.random() < 0.03:
            await corrected(quiz, chance)
        elif page is None:
            await taking.begin(quiz.ports, a_caller(person), name, len(stands.attempts) + 1)
        else:
            text = chance.choice((RIGHT, WRONG))[page.id]
            sent = Sent((page.id,), {page.id: text})
            number = len(stands.attempts)
            await taking.answer(quiz.ports, a_caller(person), name, number, sent)
        if chance.random() < 0.1:
            await taking.settle_due(quiz.ports)
    tallies = await quiz.store.tallies(name)
    counted = await quiz.store.recount(name)
    assert {b: n for b, n in tallies.counts.items() if n} == dict(counted.counts)
    scores = [
        attempts.best.score((await quiz.store.action(name)).content)
        for attempts in [await quiz.stands(person) for person in PEOPLE]
        if attempts.best is not None
    ]
    passed = sum(1 for score in scores if score.passed(50))
    assert (tallies.responded, tallies.counts.get(PASSED, 0)) == (len(scores), passed)


async def corrected(quiz: Room, chance: Random) -> None:
    """Let the creator change what is right."""
    await keyed(quiz, Key((chance.choice(ONE.options).id,), points=chance.choice((1, 3))))


async def keyed(quiz: Room, right: Key) -> None:
    """Let the creator give the first question another key."""

    def edited(action: Action) -> Action:
        return replace(action, content=replace(action.content, keys={**KEYS, "one": right}))

    await quiz.store.change(quiz.action.id, edited, Entry(quiz.clock.now(), CREATOR, "edited"))
