"""What comes of a checklist: who did what, who is through, and the history."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import checklist_results as results
from actions import item_editing, ticking
from actions.action import Action, Settings, Visibility
from actions.errors import NotAllowed, NotFound
from actions.item import Item
from actions.people import Person
from actions.rows import rows_of
from actions.ticks import State, Tick, Wish
from tests.actions.builders import CREATOR, NOW, VOTER
from tests.actions.checklists import BROKEN, DONE, NOT_NEEDED, OPEN, a_checklist
from tests.actions.world import STRANGER, World, a_caller, a_world

BEN = Person("tenant/ben", "Ben Castillo", "29:ben")
ADA, CLEO = a_caller(VOTER), a_caller(CREATOR)


@pytest.fixture
async def world() -> World:
    return await a_world()


async def ticks(
    world: World, action: Action, person: Person, *items: str, wish: Wish = DONE
) -> None:
    """Bring items to a state, one a minute."""
    for item in items:
        world.clock.advance(minutes=1)
        await ticking.tick(world.ports, a_caller(person), action.id, item, wish)


# The list that all share


async def test_who_did_how_many_is_told_with_the_most_first(world: World) -> None:
    made = await world.posted(a_checklist(count=5))
    await ticks(world, made, BEN, "i0")
    await ticks(world, made, VOTER, "i1", "i2")
    await ticks(world, made, CREATOR, "i3", wish=BROKEN)
    found = await results.shared(world.ports, CLEO, made.id)
    assert [(person.name, count) for person, count in results.by_person(found.rows)] == [
        (VOTER.name, 2),
        (BEN.name, 1),
        (CREATOR.name, 1),
    ]
    assert [row.item.id for row in results.missed(found.rows)] == ["i3"]


people = st.sampled_from([CREATOR, VOTER, BEN, Person("tenant/ben", "Ben C.")])
wishes = st.sampled_from([DONE, BROKEN, NOT_NEEDED])
ticked = st.dictionaries(st.sampled_from([f"i{n}" for n in range(6)]), st.tuples(wishes, people))


@given(ticked)
def test_everything_that_is_ticked_is_somebodys(done: dict[str, tuple[Wish, Person]]) -> None:
    kept = {name: Tick(wish, person, NOW) for name, (wish, person) in done.items()}
    rows = rows_of(a_checklist(count=6).content, kept, "", NOW)
    counted = results.by_person(rows)
    assert sum(count for _, count in counted) == len(kept)
    assert len({person.key for person, _ in counted}) == len(counted)


async def test_what_may_not_be_seen_is_not_there(world: World) -> None:
    hidden = replace(a_checklist(), settings=Settings(Visibility.CREATOR))
    made = await world.posted(hidden)
    assert (await results.shared(world.ports, ADA, made.id)).rows == ()
    assert len((await results.shared(world.ports, CLEO, made.id)).rows) == 3
    for ask in (results.shared_seen, results.history):
        with pytest.raises(NotAllowed, match="results_hidden"):
            await ask(world.ports, ADA, made.id)
        assert await ask(world.ports, CLEO, made.id)


async def test_who_was_not_shown_the_list_sees_nothing_of_it(world: World) -> None:
    made = await world.posted(a_checklist())
    elsewhere = a_caller(STRANGER, "19:elsewhere@thread.v2")
    for ask in (results.shared, results.history):
        with pytest.raises(NotFound):
            await ask(world.ports, elsewhere, made.id)


async def test_a_shared_list_has_no_peoples_lists_and_the_other_way_round(world: World) -> None:
    made = await world.posted(a_checklist())
    for ask in (results.people, results.own_list):
        with pytest.raises(NotFound, match="no_such_button"):
            await ask(world.ports, CLEO, made.id)
    with pytest.raises(NotFound, match="no_such_button"):
        await results.one_list(world.ports, CLEO, made.id, VOTER.key)
    own = replace(a_checklist(individual=True), id="own")
    await world.posted(own)
    with pytest.raises(NotFound, match="no_such_button"):
        await results.shared(world.ports, CLEO, own.id)


async def test_a_poll_has_no_history_to_look_at(world: World) -> None:
    made = await world.posted()
    with pytest.raises(NotFound, match="no_such_button"):
        await results.history(world.ports, CLEO, made.id)


# The history


async def test_the_history_is_told_newest_first_with_items_that_are_gone(world: World) -> None:
    made = await world.posted(a_checklist())
    await ticks(world, made, VOTER, "i1")
    await ticks(world, made, BEN, "i1", wish=OPEN)
    await item_editing.delete_item(world.ports, CLEO, made.id, "i1")
    found = await results.history(world.ports, ADA, made.id)
    told = [(line.person.name, line.verb, line.detail["text"]) for line in found.lines]
    assert told == [
        (CREATOR.name, "item_deleted", "Till"),
        (BEN.name, "item_open", "Till"),
        (VOTER.name, "item_done", "Till"),
    ]
    assert (found.start, found.following) == ("", "")


@pytest.mark.parametrize("count", [0, 1, 14, 15, 16, 31])
async def test_the_pages_of_the_history_hold_every_line_once(world: World, count: int) -> None:
    made = await world.posted(a_checklist(count=40))
    await ticks(world, made, VOTER, *(f"i{n}" for n in range(count)))
    found, start, pages = [], "", 0
    while True:
        page = await results.history(world.ports, CLEO, made.id, start)
        found += [line.detail["item"] for line in page.lines]
        pages, start = pages + 1, page.following
        if not start:
            break
    assert found == [f"i{n}" for n in reversed(range(count))]
    assert pages == max(-(-count // results.LINES_PER_PAGE), 1)


async def test_a_line_says_until_when_somebody_follows_up(world: World) -> None:
    made = await world.posted(a_checklist())
    late = replace(BROKEN, due=date(2026, 12, 1))
    await ticks(world, made, VOTER, "i0", wish=late)
    await ticks(world, made, VOTER, "i1")
    newest, oldest = (await results.history(world.ports, CLEO, made.id)).lines
    assert (results.due_of(oldest), results.due_of(newest)) == (date(2026, 12, 1), None)


# Everybody's own lists


async def a_group(world: World) -> Action:
    """Give own lists of two items: Vera is through, Ben at it, Cleo has not begun."""
    made = await world.posted(a_checklist("Lights", "Till", individual=True))
    await world.store.set_audience(made.id, [CREATOR, VOTER, BEN])
    await ticks(world, made, VOTER, "i0")
    await ticks(world, made, VOTER, "i1", wish=BROKEN)
    await ticks(world, made, BEN, "i0")
    return made


async def test_who_is_through_at_it_and_not_begun_add_up(world: World) -> None:
    made = await a_group(world)
    seen = await results.people(world.ports, CLEO, made.id)
    assert results.people_figures(seen) == results.PeopleFigures(1, 1, 1)
    assert seen.tallies.count("i0", State.DONE) == 2
    lists = [await ask(world.ports, CLEO, made.id, "", "") for ask in (FINISHED, UNDER_WAY)]
    names = [[one.person.name for one in people.page.responses] for people in lists]
    assert names == [[VOTER.name], [BEN.name]]


FINISHED, UNDER_WAY = results.finished, results.under_way


async def test_where_nobody_knows_who_is_expected_nobody_is_waited_for(world: World) -> None:
    made = await world.posted(a_checklist(individual=True))
    seen = await results.people(world.ports, CLEO, made.id)
    assert results.people_figures(seen) == results.PeopleFigures(0, 0, None)


async def test_one_more_item_brings_those_who_were_through_back_to_it(world: World) -> None:
    made = await a_group(world)
    await item_editing.add_item(world.ports, CLEO, made.id, Item("new", "Windows"))
    seen = await results.people(world.ports, CLEO, made.id)
    assert results.people_figures(seen) == results.PeopleFigures(0, 2, 1)
    assert not (await FINISHED(world.ports, CLEO, made.id, "", "")).page.responses


async def test_people_are_found_by_a_part_of_their_name(world: World) -> None:
    made = await a_group(world)
    found = await FINISHED(world.ports, CLEO, made.id, " vera VOTER", "")
    assert [one.person for one in found.page.responses] == [VOTER]
    assert not (await FINISHED(world.ports, CLEO, made.id, "ben", "")).page.responses


async def test_one_persons_list_is_theirs_with_ways_to_the_next(world: World) -> None:
    made = await a_group(world)
    found = await results.one_list(world.ports, CLEO, made.id, VOTER.key)
    assert [row.tick.state if row.tick else None for row in found.rows] == [
        State.DONE,
        State.NOT_DONE,
    ]
    assert (found.newer, found.older) == (BEN.key, "")
    with pytest.raises(NotFound):
        await results.one_list(world.ports, CLEO, made.id, "tenant/nobody")


async def test_ones_own_list_is_seen_whoever_sees_the_results(world: World) -> None:
    hidden = replace(a_checklist(individual=True), settings=Settings(Visibility.CREATOR))
    made = await world.posted(hidden)
    await ticks(world, made, VOTER, "i1")
    own = await results.own_list(world.ports, ADA, made.id)
    assert [row.item.id for row in own.rows if row.is_settled] == ["i1"]
    for refused in (
        FINISHED(world.ports, ADA, made.id, "", ""),
        UNDER_WAY(world.ports, ADA, made.id, "", ""),
        results.one_list(world.ports, ADA, made.id, VOTER.key),
        results.of_item(world.ports, ADA, made.id, "i1", State.DONE, ""),
        results.history(world.ports, ADA, made.id),
    ):
        with pytest.raises(NotAllowed, match="results_hidden"):
            await refused


@pytest.mark.parametrize(
    ("item", "state", "names"),
    [
        ("i0", State.DONE, [BEN.name, VOTER.name]),
        ("i1", State.NOT_DONE, [VOTER.name]),
        ("i1", State.OPEN, [BEN.name]),
        ("i1", State.NOT_APPLICABLE, []),
    ],
)
async def test_who_is_behind_an_item_is_told_by_state(
    world: World, item: str, state: State, names: list[str]
) -> None:
    made = await a_group(world)
    found = await results.of_item(world.ports, CLEO, made.id, item, state, "")
    assert [one.person.name for one in found.page.responses] == names


async def test_of_an_item_that_is_gone_nobody_is_told(world: World) -> None:
    made = await a_group(world)
    with pytest.raises(NotFound, match="item_gone"):
        await results.of_item(world.ports, CLEO, made.id, "i9", State.DONE, "")


async def test_the_last_tick_is_the_newest_that_still_stands(world: World) -> None:
    made = await a_group(world)
    answers = await world.store.answers(made.id, VOTER.key)
    assert results.last_tick(answers) == made.created_at + timedelta(minutes=2)
    assert results.last_tick(None) is None
