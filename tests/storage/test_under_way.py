"""Lists of who has begun attempts and who has not: pages, search, and who is in neither."""

import pytest

from actions import taking
from actions.people import Person
from actions.responses import Change, Page
from tests.actions.attempted import an_attempt, attempts_of
from tests.actions.exams import RIGHT, a_quiz, a_training
from tests.actions.world import a_caller
from tests.fakes import FixedClock
from tests.storage.conftest import AnyStore
from tests.storage.test_attempts import PEOPLE, Room, room

ADA, BEN, CLEO = PEOPLE


async def a_room(store: AnyStore, clock: FixedClock) -> Room:
    """Give a quiz that Ada has finished and Ben has begun."""
    made = await room(store, clock, a_quiz(attempts=2))
    await made.takes(ADA, RIGHT)
    await taking.begin(made.ports, a_caller(BEN), made.action.id, 1)
    await taking.pass_over(made.ports, a_caller(BEN), made.action.id, 1, "one")
    return made


def named(page: Page) -> list[str]:
    """Give the names on a page."""
    return [one.person.name for one in page.responses]


async def test_everyone_is_on_one_of_three_lists(store: AnyStore, clock: FixedClock) -> None:
    name = (await a_room(store, clock)).action.id
    assert named(await store.responded(name, "", "", 10)) == ["Ada"]
    assert named(await store.under_way(name, "", "", 10)) == ["Ben"]
    assert named(await store.not_begun(name, "", "", 10)) == ["Cleo"]
    assert named(await store.not_responded(name, "", "", 10)) == ["Ben", "Cleo"]


async def test_who_is_at_it_is_listed_with_what_they_have_done(
    store: AnyStore, clock: FixedClock
) -> None:
    made = await a_room(store, clock)
    (one,) = (await store.under_way(made.action.id, "", "", 10)).responses
    assert (one.at, one.slot) == (None, BEN.key)
    assert one.answers == await made.stands(BEN)
    shown, newer, older = await store.response(made.action.id, BEN.key)
    assert (shown, newer, older) == (one, "", "")


async def test_a_second_attempt_makes_nobody_unfinished(
    store: AnyStore, clock: FixedClock
) -> None:
    made = await a_room(store, clock)
    await taking.begin(made.ports, a_caller(ADA), made.action.id, 2)
    assert named(await store.under_way(made.action.id, "", "", 10)) == ["Ben"]


async def test_who_was_not_expected_is_listed_once_they_have_begun(
    store: AnyStore, clock: FixedClock
) -> None:
    made = await a_room(store, clock)
    late = Person("tenant/late", "Aaron", "29:late")
    await taking.begin(made.ports, a_caller(late), made.action.id, 1)
    assert named(await store.under_way(made.action.id, "", "", 10)) == ["Aaron", "Ben"]
    assert named(await store.not_begun(made.action.id, "", "", 10)) == ["Cleo"]


@pytest.mark.parametrize("limit", [1, 4, 11, 50])
async def test_pages_hold_everyone_once_by_name(
    store: AnyStore, clock: FixedClock, limit: int
) -> None:
    made = await room(store, clock, a_training())
    running = attempts_of(made.action, an_attempt(made.action, {}, done=1))
    people = [Person(f"tenant/{n}", f"Person {n // 2:02}", f"29:{n}") for n in range(22)]
    await store.set_audience(made.action.id, people)
    for person in people[:11]:
        change = Change(made.action.id, person.key, person, clock.now(), lambda _: running)
        await store.respond(change)
    for listed, expected in ((store.under_way, people[:11]), (store.not_begun, people[11:])):
        found: list[Person] = []
        page = await listed(made.action.id, "", "", limit)
        found += [one.person for one in page.responses]
        while page.following:
            page = await listed(made.action.id, "", page.following, limit)
            found += [one.person for one in page.responses]
        assert sorted(found, key=lambda one: one.key) == sorted(expected, key=lambda one: one.key)
        assert [one.name for one in found] == sorted(one.name for one in expected)


@pytest.mark.parametrize(("search", "found"), [("be", ["Ben"]), ("  BEN ", ["Ben"]), ("%", [])])
async def test_search_finds_any_part_of_a_name(
    store: AnyStore, clock: FixedClock, search: str, found: list[str]
) -> None:
    made = await a_room(store, clock)
    assert named(await store.under_way(made.action.id, search, "", 10)) == found
    assert named(await store.not_begun(made.action.id, "cleo", "", 10)) == ["Cleo"]
    assert named(await store.not_begun(made.action.id, "be", "", 10)) == []
