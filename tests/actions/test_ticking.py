"""Ticking: one item to a named state, by whoever may, and no tick is ever lost."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import content as codec
from actions import item_editing, ticking
from actions.action import Action, Status
from actions.errors import Closed, InvalidAnswers, NotAllowed, NotFound
from actions.item import MOST_ITEMS, Item
from actions.people import Person
from actions.tallies import FINISHED
from actions.ticks import State, Tick, Wish
from tests.actions.builders import CREATOR, VOTER
from tests.actions.checklists import BROKEN, DONE, OPEN, a_checklist
from tests.actions.world import STRANGER, World, a_caller, a_world


@pytest.fixture
async def world() -> World:
    return await a_world()


def states(action: Action) -> dict[str, State]:
    """Give the states of a shared list's items that are not open."""
    assert action.content.checklist is not None
    return {name: tick.state for name, tick in action.content.checklist.ticks.items()}


async def lines(world: World, action: Action) -> list[tuple[str, str]]:
    """Give the history's verbs and texts, the oldest first."""
    found = await world.store.history(action.id, "", 99)
    return [(entry.verb, str(entry.detail["text"])) for _, entry in reversed(found)]


async def test_a_tap_ticks_and_says_who_and_when(world: World) -> None:
    made = await world.posted(a_checklist())
    after = await ticking.tick(world.ports, a_caller(VOTER), made.id, "i1", DONE)
    assert after.content.checklist is not None
    tick = after.content.checklist.ticks["i1"]
    assert (tick.state, tick.by.key, tick.at) == (State.DONE, VOTER.key, world.clock.now())
    assert await lines(world, made) == [("item_done", "Till")]


async def test_the_same_tap_again_changes_nothing_and_leaves_no_line(world: World) -> None:
    made = await world.posted(a_checklist())
    first = await ticking.tick(world.ports, a_caller(VOTER), made.id, "i1", DONE)
    world.clock.advance(minutes=5)
    again = await ticking.tick(world.ports, a_caller(CREATOR), made.id, "i1", DONE)
    assert again.content == first.content
    assert again.revision == first.revision
    assert len(await lines(world, made)) == 1


async def test_who_ticked_last_keeps_their_own_card(world: World) -> None:
    made = await world.posted(a_checklist())
    for person, item in ((VOTER, "i0"), (CREATOR, "i1"), (VOTER, "i2"), (CREATOR, "i2")):
        after = await ticking.tick(world.ports, a_caller(person), made.id, item, DONE)
    # The last one changed nothing: it was ticked already.
    assert after.recent == (CREATOR.mri, VOTER.mri)


async def test_a_stale_card_undoes_nobody_elses_tick(world: World) -> None:
    made = await world.posted(a_checklist())
    await ticking.tick(world.ports, a_caller(VOTER), made.id, "i0", DONE)
    after = await ticking.tick(world.ports, a_caller(CREATOR), made.id, "i1", DONE)
    assert states(after) == {"i0": State.DONE, "i1": State.DONE}
    opened = await ticking.tick(world.ports, a_caller(VOTER), made.id, "i0", OPEN)
    assert states(opened) == {"i1": State.DONE}
    assert [verb for verb, _ in await lines(world, made)] == [
        "item_done",
        "item_done",
        "item_open",
    ]


@pytest.mark.parametrize("state", [State.NOT_DONE, State.NOT_APPLICABLE])
async def test_what_was_not_done_says_why(world: World, state: State) -> None:
    made = await world.posted(a_checklist())
    with pytest.raises(InvalidAnswers) as refused:
        await ticking.tick(world.ports, a_caller(VOTER), made.id, "i0", Wish(state, " "))
    assert refused.value.problems["reason"].code == "reason_needed"
    wish = Wish(state, "No key", "Ben", date(2026, 12, 1))
    after = await ticking.tick(world.ports, a_caller(VOTER), made.id, "i0", wish)
    assert after.content.checklist is not None
    assert after.content.checklist.ticks["i0"].wish == wish
    (_, entry), *_ = await world.store.history(made.id, "", 1)
    assert entry.detail["reason"] == "No key"


async def test_a_closed_list_takes_no_ticks(world: World) -> None:
    made = await world.posted(replace(a_checklist(), status=Status.CLOSED))
    with pytest.raises(Closed):
        await ticking.tick(world.ports, a_caller(VOTER), made.id, "i0", DONE)


async def test_whom_it_was_not_shown_cannot_tick(world: World) -> None:
    made = await world.posted(a_checklist())
    elsewhere = a_caller(STRANGER, "19:elsewhere@thread.v2")
    with pytest.raises(NotFound):
        await ticking.tick(world.ports, elsewhere, made.id, "i0", DONE)


async def test_an_item_that_someone_deletes_cannot_be_ticked_and_its_history_stays(
    world: World,
) -> None:
    made = await world.posted(a_checklist())
    await ticking.tick(world.ports, a_caller(VOTER), made.id, "i1", DONE)
    after = await item_editing.delete_item(world.ports, a_caller(CREATOR), made.id, "i1")
    assert states(after) == {}
    with pytest.raises(NotFound, match="item_gone"):
        await ticking.tick(world.ports, a_caller(VOTER), made.id, "i1", OPEN)
    assert await lines(world, made) == [("item_done", "Till"), ("item_deleted", "Till")]


async def test_editing_saves_only_what_was_changed_and_keeps_the_tick(world: World) -> None:
    made = await world.posted(a_checklist())
    ada, ben = a_caller(CREATOR), a_caller(VOTER)
    await ticking.tick(world.ports, ben, made.id, "i0", DONE)
    await item_editing.edit_item(world.ports, ada, made.id, "i0", {"note": "All of them"})
    after = await item_editing.edit_item(world.ports, ben, made.id, "i0", {"text": "All lights"})
    item = ticking.item_of(after.content, "i0")
    assert (item.text, item.note) == ("All lights", "All of them")
    assert states(after) == {"i0": State.DONE}


async def test_items_are_added_once_and_moved(world: World) -> None:
    made = await world.posted(a_checklist())
    for _ in range(2):
        after = await item_editing.add_item(
            world.ports, a_caller(VOTER), made.id, Item("new", "Windows")
        )
    assert [item.id for item in after.content.questions] == ["i0", "i1", "i2", "new"]
    moved = await item_editing.move_item(world.ports, a_caller(VOTER), made.id, "new", 0)
    assert [item.id for item in moved.content.questions] == ["new", "i0", "i1", "i2"]


async def test_no_more_items_than_fit(world: World) -> None:
    made = await world.posted(a_checklist(count=MOST_ITEMS))
    with pytest.raises(InvalidAnswers) as refused:
        await item_editing.add_item(world.ports, a_caller(), made.id, Item("new", "One more"))
    assert refused.value.problems["text"].code == "items_full"


async def test_only_the_creator_edits_where_the_setting_says_so(world: World) -> None:
    made = await world.posted(a_checklist(anyone_edits=False))
    with pytest.raises(NotAllowed, match="items_fixed"):
        await item_editing.delete_item(world.ports, a_caller(VOTER), made.id, "i0")
    after = await item_editing.delete_item(world.ports, a_caller(CREATOR), made.id, "i0")
    assert len(after.content.questions) == 2


async def test_what_is_done_counts_once_the_checker_has_looked(world: World) -> None:
    made = await world.posted(a_checklist(checker=CREATOR))
    kept = ticking.checklist_of
    after = await ticking.tick(world.ports, a_caller(VOTER), made.id, "i0", DONE)
    assert not kept(after.content).counts(kept(after.content).ticks["i0"])
    with pytest.raises(NotAllowed, match="checker_only"):
        await ticking.check(world.ports, a_caller(VOTER), made.id, "i0", is_right=True)
    after = await ticking.check(world.ports, a_caller(CREATOR), made.id, "i0", is_right=True)
    assert kept(after.content).counts(kept(after.content).ticks["i0"])
    with pytest.raises(NotAllowed, match="item_checked"):
        await ticking.tick(world.ports, a_caller(VOTER), made.id, "i0", OPEN)
    refused = await ticking.check(world.ports, a_caller(CREATOR), made.id, "i0", is_right=False)
    assert states(refused) == {}


def for_someone(**kept: bool) -> Action:
    """Give a list with an item for the voter, one for somebody else, and one for anyone."""
    made = a_checklist("Lights", "Till", "Floor", **kept)
    names = (VOTER.name.upper(), "Somebody Else", "")
    items = tuple(
        Item(item.id, item.text, assignee=name)
        for item, name in zip(made.content.questions, names, strict=True)
    )
    return replace(made, content=replace(made.content, questions=items))


@pytest.mark.parametrize("wish", [DONE, OPEN, BROKEN])
async def test_where_people_tick_their_own_nobody_ticks_for_another(
    world: World, wish: Wish
) -> None:
    made = await world.posted(for_someone(own_only=True))
    for item in ("i0", "i2"):
        await ticking.tick(world.ports, a_caller(VOTER), made.id, item, wish)
    with pytest.raises(NotAllowed, match="item_of_another"):
        await ticking.tick(world.ports, a_caller(VOTER), made.id, "i1", wish)
    nameless = a_caller(replace(VOTER, name=""))
    with pytest.raises(NotAllowed, match="item_of_another"):
        await ticking.tick(world.ports, nameless, made.id, "i0", wish)
    after = await ticking.tick(world.ports, a_caller(CREATOR), made.id, "i1", DONE)
    assert states(after)["i1"] is State.DONE


@pytest.mark.parametrize("kept", [{}, {"own_only": True, "individual": True}])
async def test_else_who_an_item_is_for_keeps_nobody_from_it(
    world: World, kept: dict[str, bool]
) -> None:
    made = await world.posted(for_someone(**kept))
    for item in ("i0", "i1", "i2"):
        await ticking.tick(world.ports, a_caller(VOTER), made.id, item, DONE)
    assert len(await lines(world, made)) == 3


async def test_an_own_list_is_finished_once_the_checker_has_looked(world: World) -> None:
    made = await world.posted(a_checklist("Lights", "Till", individual=True, checker=CREATOR))
    ben, ada, slot = a_caller(VOTER), a_caller(CREATOR), VOTER.key
    for item in ("i0", "i1"):
        await ticking.tick(world.ports, ben, made.id, item, DONE)
    with pytest.raises(NotAllowed, match="checker_only"):
        await ticking.check(world.ports, ben, made.id, "i0", is_right=True, slot=slot)
    with pytest.raises(NotFound, match="no_such_response"):
        await ticking.check(world.ports, ada, made.id, "i0", is_right=True, slot="mystery")
    for item in ("i0", "i0", "i1"):
        before = await world.store.tallies(made.id)
        assert before.counts.get(FINISHED, 0) == 0
        await ticking.check(world.ports, ada, made.id, item, is_right=True, slot=slot)
    assert (await world.store.tallies(made.id)).counts[FINISHED] == 1
    kept, _, _ = await world.store.response(made.id, slot)
    assert kept.person == VOTER
    assert len(await lines(world, made)) == 4
    with pytest.raises(NotAllowed, match="item_checked"):
        await ticking.tick(world.ports, ben, made.id, "i0", OPEN)
    await ticking.check(world.ports, ada, made.id, "i0", is_right=False, slot=slot)
    assert list(await world.store.answers(made.id, slot) or {}) == ["i1"]
    assert (await world.store.tallies(made.id)).counts.get(FINISHED, 0) == 0


async def test_on_individual_lists_everyone_ticks_their_own(world: World) -> None:
    made = await world.posted(a_checklist("Lights", "Till", individual=True))
    for item in ("i0", "i1", "i1"):
        await ticking.tick(world.ports, a_caller(VOTER), made.id, item, DONE)
    await ticking.tick(world.ports, a_caller(CREATOR), made.id, "i0", BROKEN)
    tallies = await world.store.tallies(made.id)
    assert (tallies.responded, tallies.counts[FINISHED]) == (2, 1)
    assert tallies.of("i0").counts == {"done": 1, "not_done": 1}
    assert len(await lines(world, made)) == 3
    await ticking.tick(world.ports, a_caller(CREATOR), made.id, "i0", OPEN)
    assert await world.store.answers(made.id, CREATOR.key) is None


async def test_one_more_item_opens_lists_that_were_finished(world: World) -> None:
    made = await world.posted(a_checklist("Lights", individual=True))
    await ticking.tick(world.ports, a_caller(VOTER), made.id, "i0", DONE)
    await item_editing.add_item(world.ports, a_caller(CREATOR), made.id, Item("new", "Windows"))
    assert not (await world.store.tallies(made.id)).counts.get(FINISHED)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
people = st.builds(Person, st.text("abc/", min_size=1), texts)
wishes = st.builds(
    Wish,
    st.sampled_from([state for state in State if state is not State.OPEN]),
    texts,
    texts,
    st.none() | st.dates(),
)
moments = st.datetimes(min_value=datetime(2020, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ticks = st.builds(Tick, wishes, people, moments, st.just(Person("", "")) | people)


@given(ticks)
def test_a_tick_is_stored_whole(tick: Tick) -> None:
    assert Tick.decode(list(tick.encode())) == tick


@given(kept=st.dictionaries(st.sampled_from(["i0", "i1", "i2"]), ticks), individual=st.booleans())
def test_a_checklist_is_stored_whole(kept: dict[str, Tick], *, individual: bool) -> None:
    content = a_checklist(ticks=kept, individual=individual, checker=VOTER).content
    checker = Person(VOTER.key, VOTER.name)
    assert content.checklist is not None
    expected = replace(content, checklist=replace(content.checklist, checker=checker))
    assert codec.decode(codec.encode(content)) == expected


@given(st.recursive(st.none() | st.integers() | texts, st.lists, max_leaves=8))
def test_what_is_damaged_is_no_tick(stored: object) -> None:
    tick = Tick.decode(stored)
    assert tick is None or Tick.decode(tick.encode()) == tick
