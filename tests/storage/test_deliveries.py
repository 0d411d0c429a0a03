"""Postings on their way to their message."""

from datetime import timedelta

import pytest

from actions.action import Posting
from tests.fakes import (
    NOON,
    FixedClock,
    a_change,
    a_conversation,
    a_person,
    a_posting,
    an_action,
)
from tests.storage.conftest import AnyStore, posted

LEASE = timedelta(seconds=30)


async def claimed(store: AnyStore, clock: FixedClock) -> list[Posting]:
    """Take what is due."""
    return list(await store.claim(clock.now(), clock.now() + LEASE, 10))


async def claimed_one(store: AnyStore, clock: FixedClock) -> Posting:
    """Take the one posting that is due."""
    [posting] = await claimed(store, clock)
    return posting


async def posted_in(store: AnyStore, where: str, name: str) -> None:
    """Post an action in a conversation."""
    action = an_action(name)
    assert await store.post(action, a_posting(action, conversation_id=where))


@pytest.fixture(autouse=True)
async def _action(store: AnyStore) -> None:
    await posted(store)


async def test_new_posting_is_due_at_once_and_taken_once(
    store: AnyStore, clock: FixedClock
) -> None:
    assert await store.next_due() == NOON
    posting = await claimed_one(store, clock)
    assert (posting.activity_id, posting.shown_revision, posting.attempts) == ("", 0, 0)
    assert await claimed(store, clock) == []


async def test_delivered_posting_is_due_no_more(store: AnyStore, clock: FixedClock) -> None:
    posting = await claimed_one(store, clock)
    await store.delivered(posting, "1:message", 1, clock.now())
    assert await store.next_due() is None
    clock.advance(days=1)
    assert await claimed(store, clock) == []
    [shown] = await store.postings("action")
    assert (shown.activity_id, shown.shown_revision) == ("1:message", 1)


async def test_response_makes_its_posting_due(store: AnyStore, clock: FixedClock) -> None:
    await store.delivered(await claimed_one(store, clock), "1:message", 1, clock.now())
    await store.respond(a_change("Ada", "yes"))
    assert (await claimed_one(store, clock)).activity_id == "1:message"


async def test_response_that_changes_nothing_makes_nothing_due(
    store: AnyStore, clock: FixedClock
) -> None:
    await store.respond(a_change("Ada", "yes"))
    await store.delivered(await claimed_one(store, clock), "1:message", 2, clock.now())
    await store.respond(a_change("Ada", "yes"))
    assert await store.next_due() is None


async def test_response_during_a_delivery_is_not_lost(store: AnyStore, clock: FixedClock) -> None:
    posting = await claimed_one(store, clock)
    await store.respond(a_change("Ada", "yes"))
    assert await claimed(store, clock) == []
    await store.delivered(posting, "1:message", 1, clock.now())
    assert (await claimed_one(store, clock)).shown_revision == 1


async def test_posting_that_shows_less_than_the_newest_stays_due(
    store: AnyStore, clock: FixedClock
) -> None:
    posting = await claimed_one(store, clock)
    await store.set_audience("action", [a_person("Ada")])
    await store.delivered(posting, "1:message", 1, clock.now())
    assert (await claimed_one(store, clock)).shown_revision == 1


async def test_audience_that_the_card_shows_makes_nothing_due(
    store: AnyStore, clock: FixedClock
) -> None:
    posting = await claimed_one(store, clock)
    await store.set_audience("action", [a_person("Ada")])
    await store.delivered(posting, "1:message", 2, clock.now())
    assert await store.next_due() is None
    await store.set_audience("action", [a_person("Bob")])
    assert len(await claimed(store, clock)) == 1


async def test_updates_keep_their_distance(store: AnyStore, clock: FixedClock) -> None:
    later = clock.now() + timedelta(seconds=2)
    await store.delivered(await claimed_one(store, clock), "1:message", 1, later)
    await store.respond(a_change("Ada", "yes"))
    assert await claimed(store, clock) == []
    assert await store.next_due() == later
    clock.advance(seconds=2)
    assert len(await claimed(store, clock)) == 1


async def test_postponed_posting_is_due_later(store: AnyStore, clock: FixedClock) -> None:
    until = clock.now() + timedelta(seconds=7)
    posting = await claimed_one(store, clock)
    await store.postpone(posting, until)
    await store.postpone(posting, until)
    assert await claimed(store, clock) == []
    assert await store.next_due() == until
    clock.advance(seconds=7)
    again = await claimed_one(store, clock)
    assert again.attempts == 1
    await store.delivered(again, "1:message", 1, clock.now())
    [shown] = await store.postings("action")
    assert shown.attempts == 0


async def test_who_lost_a_posting_to_another_leaves_it_to_them(
    store: AnyStore, clock: FixedClock
) -> None:
    slow = await claimed_one(store, clock)
    clock.advance(seconds=31)
    assert await claimed_one(store, clock)
    taken = await store.next_due()
    await store.postpone(slow, clock.now())
    assert await claimed(store, clock) == []
    assert await store.next_due() == taken


async def test_change_does_not_bring_a_postponed_posting_forward(
    store: AnyStore, clock: FixedClock
) -> None:
    await store.postpone(await claimed_one(store, clock), clock.now() + timedelta(seconds=7))
    await store.respond(a_change("Ada", "yes"))
    assert await claimed(store, clock) == []


async def test_posting_of_a_crashed_deliverer_is_taken_again(
    store: AnyStore, clock: FixedClock
) -> None:
    await claimed_one(store, clock)
    assert await store.next_due() == clock.now() + LEASE
    clock.advance(seconds=31)
    posting = await claimed_one(store, clock)
    assert posting.action_id == "action"


async def test_slow_deliverer_does_not_hide_a_newer_state(
    store: AnyStore, clock: FixedClock
) -> None:
    slow = await claimed_one(store, clock)
    await store.respond(a_change("Ada", "yes"))
    clock.advance(seconds=31)
    await claimed_one(store, clock)
    await store.delivered(slow, "1:message", 1, clock.now())
    assert len(await claimed(store, clock)) == 1


async def test_buried_posting_is_never_due(store: AnyStore, clock: FixedClock) -> None:
    await store.bury(await claimed_one(store, clock), "BotNotInConversationRoster")
    await store.respond(a_change("Ada", "yes"))
    clock.advance(days=1)
    assert await claimed(store, clock) == []
    assert await store.next_due() is None


async def test_claim_takes_so_many_at_most(store: AnyStore, clock: FixedClock) -> None:
    for i in range(20):
        await posted_in(store, f"19:{i}", f"action{i}")
    taken: set[str] = set()
    for _ in range(3):
        some = await claimed(store, clock)
        assert not taken & {posting.id for posting in some}
        taken |= {posting.id for posting in some}
    assert len(taken) == 21


# Many in one conversation


async def test_of_one_conversation_the_posting_that_waits_longest_is_taken_alone(
    store: AnyStore, clock: FixedClock
) -> None:
    for i in range(3):
        clock.advance(seconds=1)
        await posted_in(store, a_conversation().id, f"action{i}")
        await posted_in(store, f"{a_conversation().id};messageid={i}", f"reply{i}")
    await posted_in(store, "19:else", "elsewhere")
    taken = await claimed(store, clock)
    assert [(p.action_id, p.due_at) for p in taken] == [
        ("action", NOON),
        ("elsewhere", NOON + timedelta(seconds=3)),
    ]


async def test_nothing_is_taken_of_a_conversation_that_is_busy(
    store: AnyStore, clock: FixedClock
) -> None:
    await posted_in(store, "19:else", "elsewhere")
    await posted_in(store, f"{a_conversation().id};messageid=1", "reply")
    busy = [a_conversation().id]
    [posting] = await store.claim(clock.now(), clock.now() + LEASE, 10, busy)
    assert posting.action_id == "elsewhere"
    assert await store.claim(clock.now(), clock.now() + LEASE, 10, busy) == []
    assert len(await claimed(store, clock)) == 1


async def test_what_is_listed_has_no_time_since_when_it_is_due(
    store: AnyStore, clock: FixedClock
) -> None:
    await store.delivered(await claimed_one(store, clock), "1:message", 1, clock.now())
    [shown] = await store.postings("action")
    assert shown.due_at is None
