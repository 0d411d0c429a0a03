"""The leaderboard as every store reads it: as if all scores were worked out anew and sorted."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from actions import taking
from actions.action import Action
from actions.attempts import Attempts
from actions.exam import Exam
from actions.history import Entry
from actions.keys import Key
from actions.marking import PERCENT, Placed
from actions.people import Person
from actions.responses import Change, Standing
from storage import leaders
from storage.store import SqlStore
from tests.actions.attempted import an_attempt
from tests.actions.builders import CREATOR, NOW
from tests.actions.exams import FIVE, KEYS, ONE, RIGHT, SEVERAL, WRONG, a_quiz, a_training
from tests.actions.world import a_caller
from tests.fakes import FixedClock, an_action
from tests.storage.conftest import AnyStore, opened, posted
from tests.storage.places import standings
from tests.storage.test_attempts import PEOPLE, room

CROWD = [Person(f"tenant/p{n:02}", f"Person {n}", f"29:p{n}") for n in range(14)]

ANSWERED = ("one", "several")
"""What the crowd answers; the rest is asked of them as well."""


async def hands_in(
    store: AnyStore, quiz: Action, person: Person, *typed: dict[str, str], minute: int = 0
) -> None:
    """Store someone's attempts, each of these answers, handed in at a minute."""
    attempts = tuple(an_attempt(quiz, one) for one in typed)

    def decide(standing: Standing) -> Attempts:
        return Attempts.of(standing.action.content, attempts)

    at = NOW + timedelta(minutes=minute)
    await store.respond(Change(quiz.id, person.key, person, at, decide))


async def edit(store: AnyStore, quiz: Action, keys: dict[str, Key], **exam: object) -> None:
    """Let the creator change keys or how it is marked."""

    def edited(action: Action) -> Action:
        assert action.content.exam is not None
        changed = replace(action.content.exam, **exam)  # type: ignore[arg-type]
        own = {**action.content.keys, **keys}
        return replace(action, content=replace(action.content, keys=own, exam=changed))

    await store.change(quiz.id, edited, Entry(NOW, CREATOR, "edited"))


async def board(store: AnyStore, name: str, limit: int = 10) -> list[Placed]:
    """Turn all pages of the leaderboard."""
    found: list[Placed] = []
    while page := await store.leaders(name, len(found), limit):
        found += page
    return found


async def counted_anew(store: AnyStore, name: str) -> list[Placed]:
    """Give the leaderboard as it follows from all responses."""
    content = (await store.action(name)).content
    rows = []
    async for some in store.all_responses(name):
        for one in some:
            assert isinstance(one.answers, Attempts)
            rows.append((one.person, one.answers.score(content)))
    return standings(rows)


def places(found: list[Placed]) -> list[tuple[int, str]]:
    """Give who has which place."""
    return [(one.place, one.who.key) for one in found]


async def test_equals_share_a_place_and_stand_as_they_first_finished(store: AnyStore) -> None:
    quiz = await posted(store, a_quiz())
    ada, ben, cleo = PEOPLE
    dan = CROWD[0]
    await hands_in(store, quiz, ada, {**RIGHT, "one": "rome"}, minute=3)
    await hands_in(store, quiz, ben, {"one": "paris"}, minute=1)
    await hands_in(store, quiz, cleo, {**RIGHT, "true": "yes"}, minute=2)
    await hands_in(store, quiz, dan, RIGHT, minute=4)
    third = [(1, dan.key), (2, cleo.key), (2, ada.key), (4, ben.key)]
    assert places(await board(store, quiz.id)) == third
    assert places(list(await store.leaders(quiz.id, 2, 2))) == third[2:]
    assert await store.place_of(quiz.id, ada.key) == Placed(2, ada, 83_333_333)


async def test_who_is_better_by_less_than_a_percent_has_a_better_place(store: AnyStore) -> None:
    keys = {"one": Key(("paris",), points=100), "several": replace(KEYS["several"], points=1)}
    quiz = await posted(store, a_quiz((ONE, SEVERAL), keys))
    ada, ben, cleo = PEOPLE
    await hands_in(store, quiz, ada, {"one": "paris"})
    await hands_in(store, quiz, ben, {"one": "paris", "several": "rome"})
    await hands_in(store, quiz, cleo, {"one": "paris", "several": "paris"})
    expected = [
        Placed(1, ben, 99_504_950),
        Placed(1, cleo, 99_504_950),
        Placed(3, ada, 99_009_900),
    ]
    assert await board(store, quiz.id) == expected
    assert await board(store, quiz.id, 1) == expected
    assert [await store.place_of(quiz.id, p.key) for p in (ben, cleo, ada)] == expected


async def test_who_has_no_score_has_no_place(store: AnyStore) -> None:
    quiz = await posted(store, a_quiz())
    ada, ben, _ = PEOPLE
    running = Attempts.of(quiz.content, [an_attempt(quiz, RIGHT, done=2)])
    await store.respond(Change(quiz.id, ben.key, ben, NOW, lambda _: running))
    assert await board(store, quiz.id) == []
    for person in (ada, ben):
        assert await store.place_of(quiz.id, person.key) is None


async def test_a_poll_has_no_leaders(store: AnyStore) -> None:
    poll = await posted(store, an_action())
    await store.respond(Change(poll.id, "tenant/ada", PEOPLE[0], NOW, lambda _: {"q": ("yes",)}))
    assert await board(store, poll.id) == []
    assert await store.place_of(poll.id, "tenant/ada") is None


async def test_a_corrected_key_moves_people_whose_answers_stay(store: AnyStore) -> None:
    quiz = await posted(store, a_quiz((ONE, SEVERAL)))
    ada, ben, cleo = PEOPLE
    await hands_in(store, quiz, ada, {"one": "paris"}, minute=1)
    await hands_in(store, quiz, ben, {"one": "rome"}, minute=2)
    await hands_in(store, quiz, cleo, RIGHT, minute=3)
    await edit(store, quiz, {"one": Key(("rome",), points=6)})
    assert places(await board(store, quiz.id)) == [(1, ben.key), (2, cleo.key), (3, ada.key)]


async def test_another_rule_of_what_counts_moves_people(store: AnyStore) -> None:
    quiz = await posted(store, a_quiz(attempts=2))
    ada, ben, _ = PEOPLE
    await hands_in(store, quiz, ada, RIGHT, WRONG)
    await hands_in(store, quiz, ben, {"one": "paris"})
    assert places(await board(store, quiz.id)) == [(1, ada.key), (2, ben.key)]
    await edit(store, quiz, {}, counts="last")
    assert places(await board(store, quiz.id)) == [(1, ben.key), (2, ada.key)]


async def test_what_has_lapsed_has_no_place(store: AnyStore, clock: FixedClock) -> None:
    training = replace(a_training(months=1, leaderboard=True), closes_at=None)
    made = await room(store, clock, training)
    await made.takes(PEOPLE[0], RIGHT)
    assert places(await board(store, training.id)) == [(1, PEOPLE[0].key)]
    clock.advance(days=40)
    await taking.settle_due(made.ports)
    assert await board(store, training.id) == []
    await taking.begin(made.ports, a_caller(PEOPLE[0]), training.id, 2)
    assert await store.place_of(training.id, PEOPLE[0].key) is None


@pytest.mark.parametrize("seed", range(6))
async def test_the_board_is_what_all_scores_come_to_whatever_people_do(
    store: AnyStore, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 - The same each time.
    quiz = await posted(store, a_quiz(attempts=0))
    for step in range(90):
        if chance.random() < 0.08:
            await corrected(store, quiz, chance)
        else:
            await something_done(store, quiz, chance)
        if step % 5 == 0:
            expected = await counted_anew(store, quiz.id)
            assert await board(store, quiz.id, chance.choice((1, 3, 10, 50))) == expected
            own = [await store.place_of(quiz.id, person.key) for person in CROWD]
            assert {one for one in own if one} == set(expected)
            assert all(o is None or o.who == p for o, p in zip(own, CROWD, strict=True))


async def something_done(store: AnyStore, quiz: Action, chance: Random) -> None:
    """Let someone have other attempts than before: more, fewer, lapsed ones, one under way."""
    person, made = chance.choice(CROWD), []
    count = chance.randint(0, 3)
    for number in range(count):
        typed = {name: chance.choice((RIGHT[name], WRONG[name], "paris")) for name in ANSWERED}
        done = chance.choice((None, 2)) if number == count - 1 else None
        made.append(an_attempt(quiz, typed, done=done))
    lapsed, minute = chance.randint(0, max(count - 1, 0)), chance.randint(0, 4)

    def decide(standing: Standing) -> Attempts | None:
        return Attempts.of(standing.action.content, made, lapsed) if made else None

    at = NOW + timedelta(minutes=minute)
    await store.respond(Change(quiz.id, person.key, person, at, decide))


async def corrected(store: AnyStore, quiz: Action, chance: Random) -> None:
    """Let the creator change what is right, what counts, or take questions out."""
    kept = tuple(q for q in FIVE if q.id in ANSWERED or chance.random() < 0.7)
    names = {question.id for question in kept}
    right = tuple(chance.sample(("paris", "rome", "bergen"), 2))
    several = Key(right, points=chance.choice((1, 7)), partial=True)
    one = Key((chance.choice(("paris", "rome")),), points=chance.choice((1, 3, 100)))
    keys = {n: k for n, k in {**KEYS, "several": several, "one": one}.items() if n in names}
    exam = Exam(attempts=0, counts=chance.choice(("best", "last", "first")))

    def edited(action: Action) -> Action:
        return replace(
            action, content=replace(action.content, questions=kept, keys=keys, exam=exam)
        )

    await store.change(quiz.id, edited, Entry(NOW, CREATOR, "edited"))


async def test_the_best_are_read_in_the_order_of_the_index(sqlite_url: str) -> None:
    store = await opened(sqlite_url, FixedClock())
    assert isinstance(store, SqlStore)
    best = str(leaders._BEST_FIRST.limit(10).compile(store._database.engine))
    better = str(leaders._BETTER.compile(store._database.engine))
    async with store._database.reading() as connection:
        for statement, values in ((best, ("a", 10, 0)), (better, ("a", 7, PERCENT))):
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            (step,) = [row.detail for row in plan]
            assert "ix_responses_leaders" in step
    await store.close()
