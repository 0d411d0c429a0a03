"""The audit log: a line for every act of management, and none for what respondents do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from actions import adding, exporting, managing, reminding, scheduling, ticking
from actions.action import Action, Settings, Status
from actions.audit import OPERATOR, Act
from actions.errors import NotFound, NotSaved
from actions.exporting import Order
from actions.history import Entry
from actions.ports import Ports
from actions.series_posting import not_posted, post_due
from actions.ticks import State, Wish
from storage import audit as log
from storage.store import SqlStore
from tests.actions.checklists import a_checklist
from tests.actions.world import CHAT, a_caller
from tests.fakes import (
    NOON,
    CountingIds,
    FakeRoster,
    FixedClock,
    a_change,
    a_person,
    a_poll,
    a_posting,
    a_step,
    an_action,
)
from tests.storage.conftest import posted
from tests.storage.test_series import a_series

ADA, BEN = a_person("Ada"), a_person("Ben")
ADA_NAMED = replace(ADA, mri="")


@pytest.fixture
async def ports(sql_store: SqlStore, clock: FixedClock) -> Ports:
    """Give the outside of a poll in a chat of two."""
    await sql_store.remember_conversation(CHAT)
    action = an_action(settings=Settings(may_add=True))
    await sql_store.post(action, a_posting(action, conversation_id=CHAT.id))
    await sql_store.set_audience("action", [ADA, BEN])
    return Ports(sql_store, clock, CountingIds(), FakeRoster({CHAT.id: [ADA, BEN]}))


@pytest.fixture
def store(sql_store: SqlStore, ports: Ports) -> SqlStore:
    """Give its store."""
    del ports
    return sql_store


async def acts(store: SqlStore, since: int = 0) -> list[Act]:
    """Give the lines, but for the first."""
    return [act async for some in store.audited(NOON) for act in some][1 + since :]


async def test_posting_is_in_the_creators_name(sql_store: SqlStore, ports: Ports) -> None:
    del ports
    [[line]] = [some async for some in sql_store.audited(NOON)]
    assert line == Act(NOON, "tenant", ADA_NAMED, "posted", "action", {"kind": "poll"})


async def test_managing_an_action_leaves_a_line_each(ports: Ports, store: SqlStore) -> None:
    ada = a_caller(ADA)
    await managing.close(ports, ada, "action")
    await managing.close(ports, ada, "action")
    await managing.reopen(ports, ada, "action")
    await exporting.record(ports, Order("action", ADA.key, "csv", "en"), "Ada")
    await reminding.remind(ports, ada, "action")
    await managing.delete(ports, ada, "action")
    lines = await acts(store)
    assert [line.verb for line in lines] == [
        "closed",
        "reopened",
        "exported",
        "reminded",
        "deleted",
    ]
    assert {(line.person, line.subject, line.tenant_id) for line in lines} == {
        (ADA_NAMED, "action", "tenant")
    }
    assert [dict(line.detail) for line in lines if line.detail] == [
        {"format": "csv"},
        {"count": 2},
    ]


async def test_it_outlives_what_it_tells_of(ports: Ports, store: SqlStore) -> None:
    await managing.delete(ports, a_caller(ADA), "action")
    assert [entry.verb for _, entry in await store.history("action", "", 10)] == ["deleted"]
    assert len(await acts(store, -1)) == 2


@pytest.mark.parametrize(
    ("changed", "parts"),
    [
        (lambda a: replace(a, content=replace(a.content, title="New")), ["title"]),
        (lambda a: replace(a, content=a_poll("Yes", "No", "Perhaps")), ["questions"]),
        (lambda a: replace(a, closes_at=None), ["closes_at"]),
        (lambda a: replace(a, co_creators=(a_person("Ben"),)), ["co_creators"]),
    ],
)
async def test_an_edit_says_what_it_changed_but_not_how(
    store: SqlStore, changed: Callable[[Action], Action], parts: list[str]
) -> None:
    entry = Entry(NOON, ADA, "edited", {"passed": ["tenant/ben"], "failed": [], "changed": 1})
    await store.change("action", changed, entry)
    [line] = await acts(store)
    assert (line.verb, line.detail) == ("edited", {"changed": parts})


async def test_what_respondents_do_leaves_no_line(ports: Ports, store: SqlStore) -> None:
    anonymous = an_action("secret", settings=Settings(anonymous=True, may_add=True))
    checklist = replace(a_checklist(), created_at=NOON)
    for action in (anonymous, checklist):
        await store.post(action, a_posting(action, conversation_id=CHAT.id))
    before = await acts(store)
    for name in ("action", "secret"):
        await store.respond(a_change("Ben", "yes", action_id=name))
        await store.respond(a_change("Ben", action_id=name))
        await store.keep_progress(a_step("Ben", {"q": "x"}, action_id=name))
        await adding.add_option(ports, a_caller(BEN), name, "Perhaps")
    await ticking.tick(ports, a_caller(BEN), checklist.id, "i0", Wish(State.DONE))
    assert await acts(store) == before


async def test_a_series_leaves_lines_by_who_changed_it(
    ports: Ports, store: SqlStore, clock: FixedClock
) -> None:
    series, ada = a_series(next_at=NOON, conversation_id=CHAT.id), a_caller(ADA)
    await store.save_series(series)
    await store.save_series(series)
    assert await post_due(ports) == 1
    await scheduling.stop(ports, ada, "series")
    await scheduling.resume(ports, ada, "series")
    [action] = await store.in_series("series", 0, 10)
    [posting] = await store.postings(action.id)
    await not_posted(ports, action, posting, "BotNotInConversationRoster")
    await store.change_series("series", lambda one: replace(one, starts_at=NOON, next_at=NOON))
    # Of who manages what is posted, the lines of that tell.
    await store.change_series(
        "series", lambda one: replace(one, template=replace(one.template, co_creators=(ADA,)))
    )
    await scheduling.delete(ports, ada, "series")
    clock.advance(hours=1)
    told = [(line.verb, line.person.key, line.subject) for line in await acts(store)]
    assert told == [
        ("scheduled", ADA.key, "series"),
        ("posted", ADA.key, action.id),
        ("series_stopped", ADA.key, "series"),
        ("series_resumed", ADA.key, "series"),
        ("series_stopped", "clock", "series"),
        ("taken_back", "clock", action.id),
        ("series_edited", ADA.key, "series"),
        ("series_deleted", ADA.key, "series"),
    ]


async def test_a_line_and_its_act_are_stored_together_or_not_at_all(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_WRITE", text("INSERT INTO nowhere VALUES (:id)"))
    entry = Entry(NOON, ADA, "closed")
    with pytest.raises(NotSaved):
        await store.change("action", lambda a: replace(a, status=Status.CLOSED), entry)
    assert (await store.action("action")).status is Status.ACTIVE


async def test_what_was_refused_leaves_no_line(store: SqlStore) -> None:
    with pytest.raises(NotFound):
        await store.record("nothing", Entry(NOON, ADA, "exported"))
    assert not await store.post(an_action(), a_posting(an_action()))
    await store.change("action", lambda action: action, Entry(NOON, ADA, "edited"))
    assert await acts(store) == []


async def test_it_is_read_page_by_page_from_a_day_on(
    sql_store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "CHUNK", 3)
    for hour in range(10):
        # Two of each time: a page may end between them.
        at = NOON + timedelta(hours=hour // 2)
        await sql_store.note_act(Act(at, "", OPERATOR, "person_exported", str(hour)))
    pages = [[act.subject for act in some] async for some in sql_store.audited(NOON)]
    assert pages == [["0", "1", "2"], ["3", "4", "5"], ["6", "7", "8"], ["9"]]
    later = [some async for some in sql_store.audited(NOON + timedelta(hours=3))]
    assert [act.subject for some in later for act in some] == ["6", "7", "8", "9"]


async def test_posting_again_what_is_there_leaves_one_line(sql_store: SqlStore) -> None:
    await posted(sql_store)
    await sql_store.post(an_action(), a_posting(an_action()))
    assert len([act async for some in sql_store.audited(NOON) for act in some]) == 1
