"""What creators are told, as every store keeps it: noted with the message, or not at all."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from actions import ticking
from actions.action import Notify, Settings
from actions.history import Entry
from actions.managing import close
from actions.notices import About, Notice, Told
from actions.notifying import notify_due
from actions.ports import Ports
from actions.telling import GATHER
from tests.actions.checklists import DONE, a_checklist
from tests.actions.world import a_caller
from tests.fakes import (
    NOON,
    CountingIds,
    FakeRoster,
    FixedClock,
    a_change,
    a_person,
    an_action,
)
from tests.storage.conftest import AnyStore, posted

EACH = Settings(notify=Notify.EACH)


def a_notice(notice_id: str = "n", person: str = "Ada") -> Notice:
    """Give a message to a creator."""
    who, detail = a_person(person), {"new": 1}
    return Notice(notice_id, About.RESPONSES, "tenant", "action", who, detail=detail)


async def sent(store: AnyStore, clock: FixedClock) -> Sequence[Notice]:
    """Give what is on its way, by taking it."""
    return await store.claim_notices(clock.now(), clock.now() + timedelta(minutes=1), 100)


@pytest.mark.parametrize("notify", list(Notify))
async def test_a_response_makes_telling_due_where_each_or_all_are_waited_for(
    store: AnyStore, notify: Notify
) -> None:
    await posted(store, an_action(settings=Settings(notify=notify)))
    written = await store.respond(a_change("Ben", "yes"))
    expected = NOON + GATHER if notify in {Notify.EACH, Notify.ALL} else None
    assert written.action.notify_at == expected
    assert (await store.action("action")).notify_at == expected


async def test_the_first_of_many_responses_says_when(store: AnyStore, clock: FixedClock) -> None:
    await posted(store, an_action(settings=EACH))
    for name in ("Ben", "Cleo", "Dan"):
        await store.respond(a_change(name, "yes"))
        clock.advance(seconds=5)
    assert (await store.action("action")).notify_at == NOON + GATHER


async def test_a_vote_that_moves_makes_nothing_due(store: AnyStore) -> None:
    await posted(store, an_action(settings=EACH))
    await store.respond(a_change("Ben", "yes"))
    (read,) = await store.due_to_notify(NOON + GATHER, 10)
    assert await store.notify([Told(read, 1)], [])
    await store.respond(a_change("Ben", "no"))
    assert (await store.action("action")).notify_at is None
    await store.respond(a_change("Ben"))
    assert (await store.action("action")).notify_at is not None


async def test_votes_at_once_are_due_once(store: AnyStore) -> None:
    await posted(store, an_action(settings=EACH))
    names = [f"P{n}" for n in range(30)]
    await asyncio.gather(*(store.respond(a_change(name, "yes")) for name in names))
    action = await store.action("action")
    assert (action.notify_at, action.revision > 1) == (NOON + GATHER, True)


async def test_what_is_due_comes_creator_by_creator(store: AnyStore) -> None:
    makers = ("Ada", "Ben", "Ada", "Ben")
    for number, maker in enumerate(makers):
        at = NOON + timedelta(minutes=number)
        action = an_action(f"a{number}", creator=a_person(maker), notify_at=at)
        await posted(store, action)
    due = await store.due_to_notify(NOON + timedelta(minutes=3), 10)
    assert [one.id for one in due] == ["a0", "a2", "a1", "a3"]
    early = await store.due_to_notify(NOON + timedelta(minutes=1), 10)
    assert [one.id for one in early] == ["a0", "a1"]
    assert len(await store.due_to_notify(NOON + timedelta(minutes=3), 3)) == 3


async def test_telling_is_noted_with_the_message(store: AnyStore, clock: FixedClock) -> None:
    await posted(store, an_action(notify_at=NOON))
    (read,) = await store.due_to_notify(NOON, 10)
    later = NOON + timedelta(days=1)
    assert await store.notify([Told(read, 7, later)], [a_notice()])
    action = await store.action("action")
    assert (action.notified, action.notify_at) == (7, later)
    assert [one.id for one in await sent(store, clock)] == ["n"]


async def test_who_comes_second_tells_nothing(store: AnyStore, clock: FixedClock) -> None:
    for name in ("first", "second"):
        await posted(store, an_action(name, notify_at=NOON))
    read = await store.due_to_notify(NOON, 10)
    assert await store.notify([Told(read[0], 1)], [a_notice("one")])
    assert not await store.notify([Told(one, 2) for one in read], [a_notice("two")])
    assert (await store.action("second")).notify_at == NOON
    assert [one.id for one in await sent(store, clock)] == ["one"]


async def test_what_is_told_by_many_at_once_is_told_once(
    store: AnyStore, clock: FixedClock
) -> None:
    for name in ("first", "second"):
        await posted(store, an_action(name, notify_at=NOON))
    read = await store.due_to_notify(NOON, 10)
    turns = (read, read[::-1], read[:1], read)
    came_to = await asyncio.gather(
        *(
            store.notify([Told(one, 1) for one in turn], [a_notice(f"n{number}")])
            for number, turn in enumerate(turns)
        )
    )
    assert len(await sent(store, clock)) == sum(came_to)
    assert 1 <= sum(came_to) <= 2


async def test_what_was_answered_while_it_was_told_is_looked_at_again(
    store: AnyStore, clock: FixedClock
) -> None:
    await posted(store, an_action(settings=EACH))
    await store.respond(a_change("Ben", "yes"))
    clock.advance(seconds=GATHER.total_seconds())
    (read,) = await store.due_to_notify(clock.now(), 10)
    await store.respond(a_change("Cleo", "yes"))
    assert await store.notify([Told(read, 1)], [a_notice()])
    assert (await store.action("action")).notify_at == clock.now() + GATHER


async def test_a_deleted_action_is_told_of_no_more(store: AnyStore, clock: FixedClock) -> None:
    await posted(store, an_action(notify_at=NOON))
    (read,) = await store.due_to_notify(NOON, 10)
    await store.delete("action", Entry(NOON, a_person(), "deleted"))
    assert await store.due_to_notify(NOON, 10) == []
    assert not await store.notify([Told(read, 1)], [a_notice()])
    assert await sent(store, clock) == []


async def test_who_leaves_may_be_the_last_one_that_was_waited_for(store: AnyStore) -> None:
    await posted(store, an_action(settings=Settings(notify=Notify.ALL)))
    await store.set_audience("action", [a_person("Ben"), a_person("Cleo")])
    assert await store.take_out("action", [a_person("Cleo")]) == 1
    assert (await store.action("action")).notify_at == NOON + GATHER


async def test_an_anonymous_vote_makes_telling_due_too(store: AnyStore) -> None:
    await posted(store, an_action(settings=replace(EACH, anonymous=True)))
    await store.respond(a_change("Ben", "yes"))
    assert (await store.action("action")).notify_at == NOON + GATHER


async def test_the_clock_tells_what_ticks_and_closing_left(
    store: AnyStore, clock: FixedClock
) -> None:
    checklist = replace(a_checklist(), settings=EACH, creator=a_person("Ada"))
    clock.time = checklist.created_at
    await posted(store, checklist)
    ports = Ports(store, clock, CountingIds(), FakeRoster())
    caller = a_caller(a_person("Ada"), "19:chat@thread.v2")
    for item in ("i0", "i1"):
        await ticking.tick(ports, caller, checklist.id, item, DONE)
        clock.advance(seconds=GATHER.total_seconds())
        assert await notify_due(ports) == 1
    await ticking.tick(ports, caller, checklist.id, "i2", DONE)
    await close(ports, caller, checklist.id)
    assert await notify_due(ports) == 1
    assert await notify_due(ports) == 0
    news = [one.detail for one in await sent(store, clock)]
    assert news == [{"new": 1}] * 3
