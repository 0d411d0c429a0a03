"""What waits for someone's answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.action import Action, Settings, Status
from actions.history import Entry
from actions.responses import slot_of
from storage import finding
from storage.store import SqlStore
from tests.fakes import NOON, FixedClock, a_change, a_person, an_action
from tests.storage.conftest import AnyStore, posted

ADA = a_person("Ada").key
ENTRY = Entry(NOON, a_person("Bob"), "changed")


async def asked(store: AnyStore, action_id: str = "action", **changes: object) -> Action:
    """Post an action by Bob in which Ada and Joe are asked."""
    changes = {"creator": a_person("Bob"), **changes}
    action = await posted(store, an_action(action_id, **changes))
    await store.set_audience(action.id, [a_person("Ada"), a_person("Joe")])
    return action


async def waiting(store: AnyStore, offset: int = 0, limit: int = 10) -> Sequence[str]:
    """Give the ids of what waits for Ada."""
    found = await store.waiting_for(ADA, NOON, offset, limit)
    return [action.id for action in found]


async def test_what_closes_first_comes_first(store: AnyStore) -> None:
    for days in (3, 1, 2):
        await asked(store, f"in{days}", closes_at=NOON + timedelta(days=days))
    await asked(store, "never2", closes_at=None)
    await asked(store, "never1", closes_at=None)
    await asked(store, "in1too", closes_at=NOON + timedelta(days=1))
    every = ["in1", "in1too", "in2", "in3", "never1", "never2"]
    assert await waiting(store) == every
    for limit in (1, 2, 4):
        pages = [await waiting(store, offset, limit) for offset in range(0, 6, limit)]
        assert [action_id for page in pages for action_id in page] == every
    assert await waiting(store, 6) == []
    assert await store.waiting_for(a_person("Bob").key, NOON, 0, 10) == []


@pytest.mark.parametrize("anonymous", [False, True])
async def test_what_was_responded_to_waits_no_more(store: AnyStore, *, anonymous: bool) -> None:
    await asked(store, settings=Settings(anonymous=anonymous))
    await store.respond(a_change("Joe", "yes"))
    assert await waiting(store) == ["action"]
    await store.respond(a_change("Ada", "yes"))
    assert await waiting(store) == []
    await store.respond(a_change("Ada"))
    assert await waiting(store) == ["action"]


async def test_response_before_an_anonymous_action_closed_is_remembered(store: AnyStore) -> None:
    await asked(store, settings=Settings(anonymous=True))
    await store.respond(a_change("Ada", "yes"))
    await store.change("action", lambda a: replace(a, status=Status.CLOSED), ENTRY)
    await store.change("action", lambda a: replace(a, status=Status.ACTIVE), ENTRY)
    assert await waiting(store) == []


async def test_what_is_closed_due_or_deleted_waits_for_nobody(
    store: AnyStore, clock: FixedClock
) -> None:
    await asked(store, "closed")
    await store.change("closed", lambda a: replace(a, status=Status.CLOSED), ENTRY)
    await asked(store, "due", closes_at=clock.now())
    await asked(store, "deleted")
    await store.delete("deleted", ENTRY)
    await asked(store, "open", closes_at=clock.now() + timedelta(seconds=1))
    assert await waiting(store) == ["open"]


async def test_what_nobody_is_asked_in_yet_waits_for_nobody(store: AnyStore) -> None:
    await posted(store)
    assert await waiting(store) == []


async def test_second_response_of_another_is_no_answer_of_ones_own(store: AnyStore) -> None:
    await asked(store)
    await store.respond(a_change("Joe", "yes", slot=slot_of(a_person("Joe").key, 2)))
    assert await waiting(store) == ["action"]


async def test_pages_leave_nothing_out_among_many_answered_ones(
    sql_store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More anonymous actions than are looked up at once, of which every fifth is answered."""
    monkeypatch.setattr(finding, "BATCH", 4)
    many = 30
    for number in range(many):
        made = f"action{number:02}"
        await asked(sql_store, made, settings=Settings(anonymous=True))
        if number % 5 == 0:
            await sql_store.respond(a_change("Ada", "yes", action_id=made))
    expected = [f"action{number:02}" for number in range(many) if number % 5]
    found: list[str] = []
    while page := await waiting(sql_store, len(found), 7):
        found += page
    assert found == expected
