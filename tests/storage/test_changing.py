"""Changes of actions."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from actions.action import Action, Settings, Status
from actions.errors import NotAllowed, NotFound
from actions.history import Entry
from actions.poll import QUESTION
from actions.tallies import LATE
from tests.fakes import (
    NOON,
    FixedClock,
    a_change,
    a_draft,
    a_person,
    a_poll,
    an_action,
)
from tests.storage.conftest import AnyStore, posted

ENTRY = Entry(NOON, a_person("Ada"), "edited")


def with_options(*options: str) -> Callable[[Action], Action]:
    """Give the edit that leaves these options."""
    return lambda action: replace(action, content=a_poll(*options, most=3))


def closed(action: Action) -> Action:
    """Close."""
    return replace(action, status=Status.CLOSED, closed_at=NOON)


def opened(action: Action) -> Action:
    """Open again."""
    return replace(action, status=Status.ACTIVE, closed_at=None)


@pytest.fixture(params=["named", "anonymous"])
async def action(request: pytest.FixtureRequest, store: AnyStore) -> Action:
    settings = Settings(anonymous=request.param == "anonymous")
    content = a_poll("Yes", "No", "Maybe", most=3)
    return await posted(store, an_action(settings=settings, content=content))


async def test_change_raises_the_revisions(store: AnyStore, action: Action) -> None:
    later = NOON + timedelta(days=9)
    moved = await store.change(action.id, lambda a: replace(a, closes_at=later), ENTRY)
    assert (moved.revision, moved.content_revision) == (2, 1)
    edited = await store.change(action.id, with_options("Yes", "No", "Maybe", "X"), ENTRY)
    assert (edited.revision, edited.content_revision) == (3, 2)
    assert await store.action(action.id) == edited
    assert edited.closes_at == later


async def test_change_to_the_same_is_none(store: AnyStore, action: Action) -> None:
    assert await store.change(action.id, lambda a: a, ENTRY) == action
    assert (await store.action(action.id)).revision == 1


async def test_refused_change_changes_nothing(store: AnyStore, action: Action) -> None:
    def refuse(_action: Action) -> Action:
        raise NotAllowed("creator_only")

    with pytest.raises(NotAllowed):
        await store.change(action.id, refuse, ENTRY)
    assert await store.action(action.id) == action


async def test_changes_at_once_follow_each_other(store: AnyStore, action: Action) -> None:
    def longer(before: Action) -> Action:
        return replace(before, locale=before.locale, closes_at=_later(before))

    await asyncio.gather(*(store.change(action.id, longer, ENTRY) for _ in range(10)))
    after = await store.action(action.id)
    assert after.revision == 11
    assert after.closes_at == NOON + timedelta(days=7, hours=10)


def _later(action: Action) -> datetime:
    assert action.closes_at is not None
    return action.closes_at + timedelta(hours=1)


async def test_removed_option_loses_its_votes(store: AnyStore, action: Action) -> None:
    await store.set_audience(action.id, [a_person("Ada")])
    await store.respond(a_change("Ada", "yes", "no"))
    await store.respond(a_change("Bob", "no"))
    await store.respond(a_change("Eve", "maybe"))
    await store.change(action.id, with_options("Yes", "Maybe", "New"), ENTRY)
    tallies = await store.tallies(action.id)
    assert tallies == await store.recount(action.id)
    assert (tallies.responded, tallies.counts[LATE]) == (2, 1)
    assert (tallies.count(QUESTION, "yes"), tallies.count(QUESTION, "no")) == (1, 0)
    assert await store.answers(action.id, "tenant/ada") == {QUESTION: ("yes",)}
    assert not await store.took_part(action.id, "tenant/bob")
    written = await store.respond(a_change("Bob", "new"))
    assert written.tallies.responded == 3


async def test_votes_and_edits_at_once_stay_counted(store: AnyStore, action: Action) -> None:
    votes = [store.respond(a_change(f"P{i}", "yes", "no")) for i in range(60)]
    edits = [
        store.change(action.id, with_options("Yes", "Maybe", f"New{i}"), ENTRY) for i in range(3)
    ]
    await asyncio.gather(*votes[:20], edits[0], *votes[20:40], edits[1], edits[2], *votes[40:])
    await store.change(action.id, with_options("Yes", "Maybe"), ENTRY)
    assert await store.tallies(action.id) == await store.recount(action.id)
    assert (await store.tallies(action.id)).count(QUESTION, "yes") == 60


async def test_co_creators_come_and_go(store: AnyStore, action: Action) -> None:
    both = (a_person("Bob"), a_person("Eve"))
    await store.change(action.id, lambda a: replace(a, co_creators=both), ENTRY)
    assert len(await store.actions_of("tenant/bob", 0, 10)) == 1
    await store.change(action.id, lambda a: replace(a, co_creators=both[1:]), ENTRY)
    assert await store.actions_of("tenant/bob", 0, 10) == []
    assert (await store.action(action.id)).co_creators == (a_person("Eve"),)


async def test_deleted_action_keeps_nothing_but_that_it_was(
    store: AnyStore, action: Action, clock: FixedClock
) -> None:
    await store.save_draft(a_draft("edit", edits=action.id))
    await store.set_audience(action.id, [a_person("Ada"), a_person("Bob")])
    await store.respond(a_change("Ada", "yes"))
    await store.claim(clock.now(), clock.now(), 10)
    await store.delete(action.id, ENTRY)
    await store.delete(action.id, ENTRY)
    gone = await store.action(action.id)
    assert gone.status is Status.DELETED
    assert gone.content.title == ""
    assert gone.content.questions == ()
    assert (gone.recent, gone.audience, gone.closes_at) == ((), None, None)
    assert (await store.tallies(action.id)).counts == {}
    assert not await store.took_part(action.id, "tenant/ada")
    assert not await store.in_audience(action.id, "tenant/ada")
    assert (await store.responded(action.id, "", "", 10)).responses == ()
    assert await store.actions_of("tenant/ada", 0, 10) == []
    with pytest.raises(NotFound):
        await store.draft("edit")
    assert len(await store.postings(action.id)) == 1
    clock.advance(seconds=1)
    assert len(await store.claim(clock.now(), clock.now(), 10)) == 1


async def test_deleted_action_is_changed_no_more(store: AnyStore, action: Action) -> None:
    await store.delete(action.id, ENTRY)
    with pytest.raises(NotFound, match="deleted"):
        await store.change(action.id, opened, ENTRY)
    for missing in (store.delete("unknown", ENTRY), store.change("unknown", opened, ENTRY)):
        with pytest.raises(NotFound):
            await missing


async def test_new_audience_takes_the_place_of_the_old(store: AnyStore, action: Action) -> None:
    await store.set_audience(action.id, [a_person("Ada"), a_person("Bob"), a_person("Bob")])
    assert (await store.action(action.id)).audience == 2
    await store.set_audience(action.id, [a_person("Eve")])
    after = await store.action(action.id)
    assert after.audience == 1
    assert after.revision > action.revision
    assert await store.in_audience(action.id, "tenant/ada") is None
    assert await store.in_audience(action.id, "tenant/eve") == a_person("Eve")
    await store.set_audience(action.id, [])
    assert (await store.action(action.id)).audience == 0


async def test_sealed_vote_counts_and_cannot_be_changed(store: AnyStore) -> None:
    await posted(store, an_action(settings=Settings(anonymous=True)))
    for name in ("Ada", "Bob", "Eve"):
        await store.respond(a_change(name, "yes"))
    await store.change("action", closed, ENTRY)
    assert await store.answers("action", "tenant/ada") is None
    assert await store.took_part("action", "tenant/ada")
    await store.change("action", opened, ENTRY)
    with pytest.raises(NotAllowed, match="sealed"):
        await store.respond(a_change("Ada", "no"))
    await store.respond(a_change("Joe", "no"))
    await store.respond(a_change("Joe", "yes"))
    tallies = await store.tallies("action")
    assert (tallies.responded, tallies.count(QUESTION, "yes")) == (4, 4)
    assert tallies == await store.recount("action")


async def test_named_vote_can_be_changed_after_opening_again(store: AnyStore) -> None:
    await posted(store)
    await store.respond(a_change("Ada", "yes"))
    await store.change("action", closed, ENTRY)
    await store.change("action", opened, ENTRY)
    assert (await store.respond(a_change("Ada", "no"))).changed
