"""Posting actions, and finding them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.action import Settings, Status, Visibility
from actions.errors import NotFound
from actions.history import Entry
from tests.fakes import (
    NOON,
    FixedClock,
    a_change,
    a_person,
    a_poll,
    a_posting,
    an_action,
)
from tests.storage.conftest import AnyStore, posted

LEASE = timedelta(seconds=30)


async def test_posted_action_is_given_back_as_it_was(store: AnyStore) -> None:
    action = an_action(
        content=a_poll("Ja 🎉", "Nein", most=2, places={"nein": 3}),
        settings=Settings(Visibility.CREATOR, anonymous=True, may_change=False),
        co_creators=(a_person("Bob"),),
        closes_at=None,
    )
    await store.post(action, a_posting(action))
    assert await store.action("action") == action
    assert await store.postings("action") == [a_posting(action)]


async def test_posting_twice_is_posting_once(store: AnyStore) -> None:
    action = await posted(store)
    assert not await store.post(an_action(locale="de"), a_posting(action, "second"))
    assert (await store.action("action")).locale == "en"
    assert [posting.id for posting in await store.postings("action")] == ["posting-of-action"]


async def test_action_that_a_message_shows_is_not_taken_back(
    store: AnyStore, clock: FixedClock
) -> None:
    await posted(store)
    [posting] = await store.claim(clock.now(), clock.now() + LEASE, 10)
    await store.delivered(posting, "1:message", 1, clock.now())
    await store.unpost("action")
    assert (await store.action("action")).id == "action"


async def test_action_taken_back_leaves_nothing(store: AnyStore) -> None:
    await posted(store)
    await store.set_audience("action", [a_person("Ada")])
    await store.respond(a_change("Ada", "yes"))
    await store.unpost("action")
    await store.unpost("action")
    assert (await store.tallies("action")).responded == 0
    assert not await store.in_audience("action", "tenant/ada")
    assert await store.postings("action") == []
    await posted(store)
    assert not await store.took_part("action", "tenant/ada")


async def test_posting_is_found_by_its_message(store: AnyStore, clock: FixedClock) -> None:
    action = await posted(store)
    place = a_posting(action).conversation_id
    assert await store.posting_at(place, "") is None
    [posting] = await store.claim(clock.now(), clock.now() + LEASE, 10)
    await store.delivered(posting, "1:message", 1, clock.now())
    found = await store.posting_at(place, "1:message")
    assert found is not None
    assert found.action_id == "action"
    assert await store.posting_at("elsewhere", "1:message") is None


async def test_actions_are_listed_for_those_who_manage_them(store: AnyStore) -> None:
    for i in range(5):
        made = NOON + timedelta(minutes=i)
        await posted(store, an_action(f"action{i}", created_at=made))
    shared = an_action(
        "shared", creator=a_person("Bob"), co_creators=(a_person("Ada"),), created_at=NOON
    )
    await posted(store, shared)
    listed = [action.id for action in await store.actions_of("tenant/ada", 0, 10)]
    assert listed == ["action4", "action3", "action2", "action1", "shared", "action0"]
    page = [action.id for action in await store.actions_of("tenant/ada", 1, 2)]
    assert page == ["action3", "action2"]
    assert [action.id for action in await store.actions_of("tenant/bob", 0, 10)] == ["shared"]


async def test_actions_are_searched_by_title_and_status(store: AnyStore) -> None:
    titles = ("Summer party", "PARTY food", "Straße 100%", "Lunch")
    for i, title in enumerate(titles):
        made = NOON + timedelta(minutes=i)
        content = replace(a_poll(), title=title)
        await posted(store, an_action(f"action{i}", content=content, created_at=made))
    entry = Entry(NOON, a_person("Ada"), "closed")
    await store.change("action0", lambda a: replace(a, status=Status.CLOSED), entry)

    async def found(search: str, status: Status | None = None, offset: int = 0) -> list[str]:
        listed = await store.actions_of("tenant/ada", offset, 10, search, status)
        return [action.id for action in listed]

    assert await found(" party ") == ["action1", "action0"]
    assert await found("party", offset=1) == ["action0"]
    assert await found("party", Status.CLOSED) == ["action0"]
    assert await found("", Status.ACTIVE) == ["action3", "action2", "action1"]
    assert await found("STRASSE") == await found("0%") == ["action2"]
    assert await found("%") == ["action2"]
    assert await found("_") == []
    renamed = replace(a_poll(), title="Dinner")
    await store.change("action3", lambda a: replace(a, content=renamed), entry)
    assert await found("dinner") == ["action3"]
    assert await found("lunch") == []


async def test_actions_are_due_to_close_at_their_time(store: AnyStore) -> None:
    for i in range(3):
        await posted(store, an_action(f"action{i}", closes_at=NOON - timedelta(minutes=i)))
    await posted(store, an_action("later", closes_at=NOON + timedelta(seconds=1)))
    await posted(store, an_action("never", closes_at=None))
    await posted(store, an_action("closed", closes_at=NOON, status=Status.CLOSED))
    assert await store.due_to_close(NOON, 2) == ["action2", "action1"]
    assert len(await store.due_to_close(NOON, 10)) == 3


async def test_action_is_known_by_what_never_changes(store: AnyStore) -> None:
    action = await posted(store)
    assert (await store.known("action")).creator == action.creator
    assert (await store.known("action")).tenant_id == action.tenant_id
    with pytest.raises(NotFound):
        await store.known("unknown")
    assert await store.action_ids() == ["action"]


async def test_posting_in_a_thread_is_one_in_its_channel(store: AnyStore) -> None:
    action = an_action()
    channel = "19:channel@thread.tacv2"
    assert not await store.is_posted_in("action", channel)
    await store.post(action, a_posting(action, conversation_id=f"{channel};messageid=1"))
    for _ in range(2):
        assert await store.is_posted_in("action", channel)
        assert not await store.is_posted_in("action", "19:else@thread.tacv2")


async def test_unknown_action_is_not_found(store: AnyStore) -> None:
    with pytest.raises(NotFound):
        await store.action("unknown")
    assert await store.postings("unknown") == []
