"""My actions: what is on which part of the list, page by page."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from actions.action import Action
from actions.listing import LOOKED_AT, PER_PAGE, Listing, Tab, first_list, own_list
from actions.managing import close
from actions.people import Person
from actions.tallies import Tallies
from tests.actions.builders import CREATOR, DUE, NOW, VOTER, a_draft, a_poll
from tests.actions.checklists import a_checklist, a_tick, ticked
from tests.actions.world import CHAT, World, a_caller
from tests.dialogs.serials import a_series

ADA = Person("tenant/ada", "Ada")


async def _posted(world: World, name: str, **changes: Any) -> Action:
    action = a_poll(id=name, title=f"Poll {name}", **changes)
    posted = await world.posted(action)
    await world.store.set_audience(name, [CREATOR, VOTER])
    return posted


def _ids(listing: Listing) -> list[str]:
    return [view.action.id for view in listing.views]


async def test_what_is_open_and_what_is_closed_are_apart(world: World) -> None:
    await _posted(world, "a")
    await _posted(world, "b", created_at=NOW + timedelta(hours=1))
    await _posted(world, "c")
    await close(world.ports, a_caller(), "c")
    assert _ids(await own_list(world.ports, a_caller(), Tab.ACTIVE)) == ["b", "a"]
    assert _ids(await own_list(world.ports, a_caller(), Tab.CLOSED)) == ["c"]


async def test_what_is_scheduled_is_searched_and_paged(world: World) -> None:
    for number in range(PER_PAGE + 1):
        planned = a_series(a_poll(title=f"Lunch {number}?"))
        await world.store.save_series(replace(planned, id=f"series-{number}"))
    page = await own_list(world.ports, a_caller(), Tab.SCHEDULED)
    assert (len(page.series), page.more) == (PER_PAGE, True)
    rest = await own_list(world.ports, a_caller(), Tab.SCHEDULED, "", PER_PAGE)
    assert ([one.id for one in rest.series], rest.more) == ([f"series-{PER_PAGE}"], False)
    found = await own_list(world.ports, a_caller(), Tab.SCHEDULED, "LUNCH 3")
    assert [one.id for one in found.series] == ["series-3"]
    assert (await first_list(world.ports, a_caller())).tab is Tab.SCHEDULED


async def test_nobody_finds_what_others_made(world: World) -> None:
    await _posted(world, "a")
    await world.store.save_series(a_series())
    await world.store.save_draft(a_draft())
    for tab in Tab:
        assert (await own_list(world.ports, a_caller(ADA), tab)).is_empty
    assert (await own_list(world.ports, a_caller(VOTER), Tab.ACTIVE)).is_empty


async def test_a_co_creator_finds_what_they_manage(world: World) -> None:
    await _posted(world, "a", co_creators=(VOTER,))
    assert _ids(await own_list(world.ports, a_caller(VOTER), Tab.ACTIVE)) == ["a"]


async def test_what_waits_is_open_asked_of_one_and_not_answered(world: World) -> None:
    first = await _posted(world, "00000000-0000-7000-8000-000000000001")
    await _posted(world, "b", closes_at=DUE + timedelta(hours=1))
    await _posted(world, "c", closes_at=None)
    await _posted(world, "d")
    await close(world.ports, a_caller(), "d")
    waiting = await own_list(world.ports, a_caller(VOTER), Tab.WAITING)
    assert _ids(waiting) == [first.id, "b", "c"]
    await world.vote(VOTER, "a")
    assert _ids(await own_list(world.ports, a_caller(VOTER), Tab.WAITING)) == ["b", "c"]
    assert (await own_list(world.ports, a_caller(ADA), Tab.WAITING)).is_empty


async def test_what_was_answered_anonymously_does_not_wait(world: World) -> None:
    await world.posted(a_poll(anonymous=True))
    await world.store.set_audience("00000000-0000-7000-8000-000000000001", [VOTER])
    assert _ids(await own_list(world.ports, a_caller(VOTER), Tab.WAITING))
    await world.vote(VOTER, "a")
    assert (await own_list(world.ports, a_caller(VOTER), Tab.WAITING)).is_empty


async def test_drafts_are_listed(world: World) -> None:
    draft = a_draft()
    await world.store.save_draft(draft)
    assert (await own_list(world.ports, a_caller(), Tab.DRAFTS)).drafts == [draft]


@pytest.mark.parametrize("tab", [Tab.ACTIVE, Tab.WAITING, Tab.DRAFTS])
async def test_pages_hold_everything_once(world: World, tab: Tab) -> None:
    names = {f"p{n:02}" for n in range(2 * PER_PAGE + 1)}
    for name in names:
        await _posted(world, name)
        await world.store.save_draft(a_draft(id=f"draft-{name}"))
    found: list[str] = []
    offset, more = 0, True
    while more:
        listing = await own_list(world.ports, a_caller(), tab, offset=offset)
        found += _ids(listing) or [d.id.removeprefix("draft-") for d in listing.drafts]
        assert listing.offset == offset
        offset, more = offset + PER_PAGE, listing.more
    assert sorted(found) == sorted(names)
    assert offset == 3 * PER_PAGE


async def test_a_search_looks_at_titles(world: World) -> None:
    await _posted(world, "a")
    await _posted(world, "b")
    await world.store.save_draft(a_draft())
    found = await own_list(world.ports, a_caller(), Tab.ACTIVE, "POLL B")
    assert (_ids(found), found.search) == (["b"], "POLL B")
    assert (await own_list(world.ports, a_caller(), Tab.CLOSED, "b")).is_empty
    assert (await own_list(world.ports, a_caller(), Tab.DRAFTS, "dinner")).is_empty
    assert (await own_list(world.ports, a_caller(), Tab.DRAFTS, "lun")).drafts


async def test_what_waits_is_not_searched(world: World) -> None:
    await _posted(world, "a")
    found = await own_list(world.ports, a_caller(VOTER), Tab.WAITING, "zebra")
    assert (_ids(found), found.search) == (["a"], "")


async def test_a_list_reads_how_many_responded_and_no_questions_tallies(world: World) -> None:
    await world.posted()
    await world.vote(VOTER, "a")
    (view,) = (await own_list(world.ports, a_caller(), Tab.ACTIVE)).views
    assert view.tallies == Tallies({("", "responded"): 1}, view.tallies.sums)


async def test_the_first_part_that_holds_something_is_shown_first(world: World) -> None:
    assert await first_list(world.ports, a_caller()) == Listing(Tab.ACTIVE, is_all=True)
    action = await _posted(world, "a")
    await close(world.ports, a_caller(), action.id)
    assert (await first_list(world.ports, a_caller())).tab is Tab.CLOSED
    await world.store.save_draft(a_draft())
    assert (await first_list(world.ports, a_caller())).tab is Tab.DRAFTS
    await _posted(world, "b")
    assert (await first_list(world.ports, a_caller(VOTER))).tab is Tab.WAITING
    assert _ids(await first_list(world.ports, a_caller())) == ["b"]
    assert (await first_list(world.ports, a_caller(conversation=CHAT.id))).tab is Tab.ACTIVE


async def _listed(world: World, name: str, action: Action) -> None:
    await world.posted(replace(action, id=name, closes_at=None))
    await world.store.set_audience(name, [CREATOR, VOTER])


async def test_a_shared_list_waits_only_for_who_has_something_left_on_it(world: World) -> None:
    through = {f"i{number}": a_tick() for number in range(3)}
    await _listed(world, "a", a_checklist())
    await _listed(world, "b", ticked(a_checklist(), **through))
    await _listed(world, "c", ticked(a_checklist(checker=CREATOR), **through))
    await _listed(world, "d", a_checklist(individual=True))
    assert _ids(await own_list(world.ports, a_caller(VOTER), Tab.WAITING)) == ["a", "d"]
    assert _ids(await own_list(world.ports, a_caller(CREATOR), Tab.WAITING)) == ["a", "c", "d"]


async def test_lists_on_which_nothing_is_left_leave_no_gap_on_a_page(world: World) -> None:
    through = {f"i{number}": a_tick() for number in range(3)}
    for number in range(LOOKED_AT + 2):
        await _listed(world, f"a{number:03}", ticked(a_checklist(), **through))
    for number in range(PER_PAGE + 2):
        await _listed(world, f"b{number:03}", a_checklist())
    first = await own_list(world.ports, a_caller(VOTER), Tab.WAITING)
    rest = await own_list(world.ports, a_caller(VOTER), Tab.WAITING, "", PER_PAGE)
    assert (len(_ids(first)), first.more) == (PER_PAGE, True)
    assert (_ids(rest), rest.more) == (["b008", "b009"], False)
