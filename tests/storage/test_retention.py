"""What is older than it is to be kept goes; nothing that is open."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from actions.action import Action, Status
from actions.certificates import Certificate
from actions.errors import NotFound
from actions.history import Entry
from actions.managing import CLOCK
from actions.notices import About, Notice, Outcome
from tests.fakes import (
    NOON,
    TENANT,
    FixedClock,
    a_change,
    a_draft,
    a_person,
    a_posting,
    an_action,
)
from tests.storage.conftest import AnyStore, posted
from tests.storage.test_notices import claimed
from tests.storage.test_series import a_series

DAY = timedelta(days=1)
OLD, BEFORE = NOON - DAY, NOON
"""When what is old ended, and the time before which that counts as old."""


def entry(at: datetime = NOON, verb: str = "deleted") -> Entry:
    """Give what the clock did."""
    return Entry(at, CLOCK, verb)


async def closed(store: AnyStore, action_id: str, at: datetime) -> Action:
    """Post an action that closed at a time."""
    return await posted(store, an_action(action_id, status=Status.CLOSED, closed_at=at))


async def shown(store: AnyStore, clock: FixedClock) -> None:
    """Bring all cards up to date."""
    for posting in await store.claim(clock.now(), clock.now() + DAY, 100):
        action = await store.action(posting.action_id)
        await store.delivered(posting, "message", action.revision, clock.now())


async def exists(store: AnyStore, action_id: str = "action") -> bool:
    """Give whether anything is left of an action."""
    try:
        await store.action(action_id)
    except NotFound:
        return False
    return True


async def old(store: AnyStore) -> Sequence[str]:
    """Give what has been closed for too long."""
    return await store.closed_before(BEFORE, 10)


async def test_actions_that_closed_before_a_time_are_found_oldest_first(store: AnyStore) -> None:
    for action_id, at in (("old", OLD), ("older", OLD - DAY), ("just", BEFORE)):
        await closed(store, action_id, at)
    await posted(store, an_action("open", closed_at=OLD))
    assert await old(store) == ["older", "old"]
    assert await store.closed_before(BEFORE, 1) == ["older"]


async def test_expired_action_is_deleted_by_the_clock(store: AnyStore, clock: FixedClock) -> None:
    await posted(store)
    await store.respond(a_change("Ben", "yes"))
    await store.change(
        "action", lambda a: replace(a, status=Status.CLOSED, closed_at=OLD), entry(OLD, "closed")
    )
    await shown(store, clock)
    assert await store.expire("action", BEFORE, entry())
    gone = await store.action("action")
    assert (gone.status, gone.content.title) == (Status.DELETED, "")
    assert (await store.tallies("action")).responded == 0
    [(_, line)] = await store.history("action", "", 10)
    assert (line.verb, line.person.key) == ("deleted", CLOCK.key)
    clock.advance(hours=1)
    [due] = await store.claim(clock.now(), clock.now() + DAY, 10)
    assert due.action_id == "action"
    assert not await store.expire("action", BEFORE, entry())
    assert await old(store) == []


@pytest.mark.parametrize(
    "changes",
    [{}, {"closed_at": OLD}, {"status": Status.CLOSED, "closed_at": BEFORE}],
    ids=["open", "opened again", "closed later"],
)
async def test_action_that_is_open_or_not_closed_for_long_stays(
    store: AnyStore, changes: dict[str, Any]
) -> None:
    """It may have been opened again since it was looked up."""
    action = await posted(store, an_action(**changes))
    assert not await store.expire("action", BEFORE, entry())
    assert await store.action("action") == action
    assert not await store.expire("no such action", BEFORE, entry())


async def test_processes_that_expire_one_action_at_once_do_it_once(store: AnyStore) -> None:
    await closed(store, "action", OLD)
    did = await asyncio.gather(*(store.expire("action", BEFORE, entry()) for _ in range(4)))
    assert sorted(did) == [False, False, False, True]
    assert len(await store.history("action", "", 10)) == 1


async def test_deleted_action_is_removed_once_its_cards_say_so(
    store: AnyStore, clock: FixedClock
) -> None:
    await posted(store)
    await store.delete("action", entry(OLD))
    assert await store.forget_old(BEFORE, 10) == 0
    assert await exists(store)
    await shown(store, clock)
    assert await store.forget_old(OLD, 10) == 0
    assert await exists(store)
    assert await store.forget_old(BEFORE, 10) == 1
    assert not await exists(store)
    assert await store.postings("action") == []
    assert await store.forget_old(BEFORE, 10) == 0


async def test_deleted_action_whose_card_is_dead_is_removed(
    store: AnyStore, clock: FixedClock
) -> None:
    await posted(store)
    await store.delete("action", entry(OLD))
    [posting] = await store.claim(clock.now(), clock.now() + DAY, 10)
    assert await store.forget_old(BEFORE, 10) == 0
    await store.bury(posting, "ConversationNotFound")
    assert await store.forget_old(BEFORE, 10) == 1
    assert not await exists(store)


async def test_what_was_removed_can_be_posted_anew(store: AnyStore, clock: FixedClock) -> None:
    action = await posted(store)
    await store.delete("action", entry(OLD))
    await shown(store, clock)
    await store.forget_old(BEFORE, 10)
    assert await store.post(action, a_posting(action))


async def test_only_drafts_that_nobody_touched_go(store: AnyStore) -> None:
    await posted(store, an_action("posted"))
    for draft_id, at in (("old", OLD), ("new", BEFORE), ("posted", OLD)):
        await store.save_draft(a_draft(draft_id, updated_at=at))
    action = an_action("later")
    await store.save_draft(a_draft("later", updated_at=OLD))
    assert await store.post(action, a_posting(action, "another"))
    assert await store.forget_old(BEFORE, 10) >= 1
    left = await store.drafts(a_person("Ada").key, 0, 10)
    assert "old" not in [draft.id for draft in left]
    assert "new" in [draft.id for draft in left]
    with pytest.raises(NotFound, match="posted"):
        await store.draft("later")


async def test_only_messages_that_were_settled_before_go(
    store: AnyStore, clock: FixedClock
) -> None:
    notices = [Notice(f"n{n}", About.CLOSED, TENANT, person=a_person()) for n in range(3)]
    await store.add_notices(notices)
    for notice, at in zip(await claimed(store, clock, 2), (OLD, BEFORE), strict=True):
        await store.settle_notice(notice, Outcome.SENT, at)
    assert await store.forget_old(BEFORE, 10) == 1
    assert await store.forget_notices(BEFORE + DAY, 10) == 1


async def test_only_series_that_are_over_and_of_which_nothing_is_left_go(
    store: AnyStore, clock: FixedClock
) -> None:
    over = a_series("over", next_at=None, starts_at=OLD)
    for series in (
        over,
        replace(over, id="goes on", next_at=BEFORE + DAY),
        replace(over, id="stopped", stopped="by_creator"),
        replace(over, id="new", starts_at=BEFORE),
        replace(over, id="left"),
    ):
        await store.save_series(series)
        await store.save_draft(a_draft(f"edit of {series.id}", edits=series.id))
    left = an_action("of the series", series="left", created_at=OLD)
    await posted(store, left)
    assert await store.forget_old(BEFORE, 10) == 1
    with pytest.raises(NotFound):
        await store.series("over")
    with pytest.raises(NotFound):
        await store.draft("edit of over")
    for series_id in ("goes on", "stopped", "new", "left"):
        await store.series(series_id)
        await store.draft(f"edit of {series_id}")
    await store.delete("of the series", entry(NOON))
    await shown(store, clock)
    assert await store.forget_old(BEFORE, 10) == 1


def certificate(code: str, person: str, valid_until: datetime | None) -> Certificate:
    """Give a certificate of the training."""
    key = a_person(person).key
    return Certificate(code, "action", key, 1, person, "Fire safety", None, OLD, valid_until)


async def test_certificates_outlive_their_training_until_they_have_lapsed_for_as_long(
    store: AnyStore, clock: FixedClock
) -> None:
    await posted(store)
    for code, until in (("forever", None), ("valid", BEFORE), ("lapsed", OLD)):
        await store.keep_certificate(certificate(code, code, until))
    await shown(store, clock)
    assert await store.forget_old(BEFORE, 10) == 0
    await store.change(
        "action", lambda a: replace(a, status=Status.CLOSED, closed_at=OLD), entry(OLD, "closed")
    )
    assert await store.forget_old(BEFORE, 10) == 0
    assert await store.expire("action", BEFORE, entry(OLD))
    assert (await store.certificate("forever")).time_zone == ""
    assert await store.forget_old(BEFORE, 10) == 1
    clock.advance(hours=1)
    await shown(store, clock)
    assert await store.forget_old(BEFORE, 10) == 1
    assert not await exists(store)
    for code in ("forever", "valid"):
        kept = await store.certificate(code)
        assert (kept.name, kept.time_zone) == (code, "Europe/Berlin")
    with pytest.raises(NotFound):
        await store.certificate("lapsed")
    assert await store.forget_old(BEFORE + DAY, 10) == 1


async def test_no_more_goes_at_once_than_is_said(store: AnyStore) -> None:
    for number in range(5):
        await store.save_draft(a_draft(f"d{number}", updated_at=OLD))
    assert [await store.forget_old(BEFORE, 2) for _ in range(4)] == [2, 2, 1, 0]
