"""Messages of the bot's own accord, on their way."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from actions.action import Action, Notify, Settings
from actions.history import Entry
from actions.notices import About, Notice, Outcome, Told
from actions.telling import GATHER
from tests.fakes import NOON, TENANT, FixedClock, a_change, a_person, an_action
from tests.storage.conftest import AnyStore, posted

LEASE = timedelta(seconds=30)


def a_notice(name: str = "notice", **changes: Any) -> Notice:
    """Give a message to Ada."""
    return replace(Notice(name, About.CLOSED, TENANT, "action", a_person("Ada")), **changes)


async def claimed(store: AnyStore, clock: FixedClock, limit: int = 10) -> list[Notice]:
    """Take what is due."""
    return list(await store.claim_notices(clock.now(), clock.now() + LEASE, limit))


async def test_new_message_is_due_at_once_and_taken_once(
    store: AnyStore, clock: FixedClock
) -> None:
    assert await store.add_notices([a_notice()]) == 1
    assert await store.next_notice_due() == NOON
    assert len(await claimed(store, clock)) == 1
    assert await claimed(store, clock) == []


async def test_message_comes_back_as_it_was_given(store: AnyStore, clock: FixedClock) -> None:
    to_ada = a_notice(
        locale="de",
        detail={"new": 3, "actions": [["a", 1]]},
        created_at=NOON - timedelta(hours=1),
        expires_at=NOON + timedelta(days=1),
    )
    to_a_chat = a_notice(
        "other", about=About.MENTION, person=None, conversation_id="19:chat", round="r"
    )
    await store.add_notices([to_ada, to_a_chat])
    found = {one.id: one for one in await claimed(store, clock)}
    assert found == {"notice": to_ada, "other": replace(to_a_chat, created_at=NOON)}


async def test_message_that_is_added_twice_is_sent_once(
    store: AnyStore, clock: FixedClock
) -> None:
    await store.add_notices([a_notice()])
    assert await store.add_notices([a_notice(), a_notice("new")]) == 1
    [old, new] = await claimed(store, clock)
    await store.settle_notice(old, Outcome.SENT, NOON)
    await store.settle_notice(new, Outcome.SENT, NOON)
    assert await store.add_notices([a_notice()]) == 0
    assert await claimed(store, clock) == []


async def test_more_messages_than_fit_into_one_statement_are_all_kept(
    store: AnyStore, clock: FixedClock
) -> None:
    many = [a_notice(f"n{number}") for number in range(2500)]
    assert await store.add_notices(many[:10]) == 10
    assert await store.add_notices(many) == 2490
    assert len(await claimed(store, clock, 5000)) == 2500


async def test_settled_message_is_due_no_more(store: AnyStore, clock: FixedClock) -> None:
    await store.add_notices([a_notice()])
    [notice] = await claimed(store, clock)
    await store.settle_notice(notice, Outcome.SENT, clock.now())
    assert await store.next_notice_due() is None
    clock.advance(days=1)
    assert await claimed(store, clock) == []


async def test_postponed_message_is_due_later(store: AnyStore, clock: FixedClock) -> None:
    await store.add_notices([a_notice()])
    [notice] = await claimed(store, clock)
    await store.postpone_notice(notice, NOON + timedelta(seconds=7))
    assert await claimed(store, clock) == []
    assert await store.next_notice_due() == NOON + timedelta(seconds=7)
    clock.advance(seconds=7)
    [again] = await claimed(store, clock)
    assert again.attempts == 1


async def test_message_of_a_process_that_crashed_is_taken_again(
    store: AnyStore, clock: FixedClock
) -> None:
    await store.add_notices([a_notice()])
    await claimed(store, clock)
    assert await store.next_notice_due() == NOON + LEASE
    clock.advance(seconds=31)
    assert len(await claimed(store, clock)) == 1


async def test_what_was_said_first_of_a_message_holds(store: AnyStore, clock: FixedClock) -> None:
    """A lease ran out, two had it, and the slower one failed."""
    await store.add_notices([a_notice()])
    [slow] = await claimed(store, clock)
    clock.advance(seconds=31)
    [quick] = await claimed(store, clock)
    await store.settle_notice(quick, Outcome.SENT, clock.now())
    await store.postpone_notice(slow, clock.now())
    assert await store.next_notice_due() is None
    await store.settle_notice(slow, Outcome.UNREACHABLE, clock.now(), "Gone")
    assert await store.next_notice_due() is None


async def test_those_that_wait_longest_are_taken_first_and_so_many_at_most(
    store: AnyStore, clock: FixedClock
) -> None:
    for number in range(7):
        await store.add_notices([a_notice(f"n{number}")])
        clock.advance(seconds=1)
    taken = [[one.id for one in await claimed(store, clock, 3)] for _ in range(3)]
    assert taken == [["n0", "n1", "n2"], ["n3", "n4", "n5"], ["n6"]]


async def test_messages_about_an_action_go_with_it(store: AnyStore, clock: FixedClock) -> None:
    await posted(store)
    await store.add_notices([a_notice(), a_notice("other", action_id="series")])
    await store.delete("action", Entry(NOON, a_person("Ada"), "deleted"))
    assert [one.id for one in await claimed(store, clock)] == ["other"]


async def test_messages_about_an_action_that_was_never_shown_go_with_it(
    store: AnyStore, clock: FixedClock
) -> None:
    await posted(store)
    await store.add_notices([a_notice(), a_notice("other", action_id="series")])
    await store.unpost("action")
    assert [one.id for one in await claimed(store, clock)] == ["other"]


async def test_what_was_settled_long_ago_is_forgotten(store: AnyStore, clock: FixedClock) -> None:
    await store.add_notices([a_notice(f"n{number}") for number in range(5)])
    for notice in (await claimed(store, clock))[:4]:
        await store.settle_notice(notice, Outcome.SENT, NOON)
    assert await store.forget_notices(NOON, 10) == 0
    later = NOON + timedelta(seconds=1)
    assert [await store.forget_notices(later, 3) for _ in range(3)] == [3, 1, 0]
    clock.advance(days=100)
    [pending] = await claimed(store, clock)
    assert pending.id == "n4"


# What creators are told


def told_each(**changes: Any) -> Action:
    """Give an action whose creator is told of each response."""
    return an_action(settings=Settings(notify=Notify.EACH), **changes)


async def test_actions_with_news_come_creator_by_creator(store: AnyStore) -> None:
    for name, creator, minutes in [("a", "Ben", 1), ("b", "Ada", 2), ("c", "Ben", 0)]:
        at = NOON + timedelta(minutes=minutes)
        await posted(store, an_action(name, creator=a_person(creator), notify_at=at))
    await posted(store, an_action("later", notify_at=NOON + timedelta(hours=1)))
    due = await store.due_to_notify(NOON + timedelta(minutes=2), 10)
    assert [action.id for action in due] == ["b", "c", "a"]
    assert [a.id for a in await store.due_to_notify(NOON + timedelta(minutes=1), 1)] == ["c"]


async def test_what_is_told_is_noted_and_put_on_its_way(
    store: AnyStore, clock: FixedClock
) -> None:
    action = await posted(store, told_each(notify_at=NOON))
    next_at = NOON + timedelta(days=1)
    assert await store.notify([Told(action, 3, next_at)], [a_notice()])
    stands = await store.action("action")
    assert (stands.notified, stands.notify_at) == (3, next_at)
    assert stands.revision == action.revision
    assert len(await claimed(store, clock)) == 1


async def test_what_another_process_told_is_not_told_again(
    store: AnyStore, clock: FixedClock
) -> None:
    action = await posted(store, told_each(notify_at=NOON))
    assert await store.notify([Told(action, 3)], [a_notice()])
    assert not await store.notify([Told(action, 3)], [a_notice("other")])
    assert [one.id for one in await claimed(store, clock)] == ["notice"]


async def test_of_several_actions_all_or_none_are_told(store: AnyStore, clock: FixedClock) -> None:
    one = await posted(store, told_each(notify_at=NOON))
    gone = told_each(id="gone", notify_at=NOON)
    assert not await store.notify([Told(one, 3), Told(gone, 3)], [a_notice()])
    assert await claimed(store, clock) == []
    assert (await store.action("action")).notified == 0


async def test_response_that_comes_while_a_message_is_made_is_told_soon(
    store: AnyStore,
) -> None:
    action = await posted(store, told_each(notify_at=NOON))
    await store.respond(a_change("Ben", "yes"))
    assert await store.notify([Told(action, 0)], [])
    assert (await store.action("action")).notify_at == NOON + GATHER


@pytest.mark.parametrize("method", ["due_to_notify", "due_to_remind"])
async def test_nothing_is_due_of_an_action_that_was_deleted(store: AnyStore, method: str) -> None:
    await posted(store, an_action(notify_at=NOON, remind_at=NOON))
    assert len(await getattr(store, method)(NOON, 10)) == 1
    await store.delete("action", Entry(NOON, a_person("Ada"), "deleted"))
    assert await getattr(store, method)(NOON, 10) == []
