"""Lists of people: pages and search."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.action import Action, Settings
from actions.poll import QUESTION
from actions.responses import Page
from tests.fakes import NOON, a_change, a_person, an_action
from tests.storage.conftest import AnyStore, posted

List = Callable[[str, str, str, int], Awaitable[Page]]


@pytest.fixture(params=["named", "anonymous"])
async def action(request: pytest.FixtureRequest, store: AnyStore) -> Action:
    return await posted(
        store, an_action(settings=Settings(anonymous=request.param == "anonymous"))
    )


async def all_names(listed: List, search: str = "", limit: int = 10) -> list[str]:
    """Give the names on all pages."""
    page = await listed("action", search, "", limit)
    names = [response.person.name for response in page.responses]
    while page.following:
        assert len(page.responses) == limit
        page = await listed("action", search, page.following, limit)
        names += [response.person.name for response in page.responses]
    return names


async def test_pages_hold_everyone_once(store: AnyStore, action: Action) -> None:
    names = [f"Person {i:02}" for i in range(25)]
    await store.set_audience(action.id, [a_person(name) for name in names])
    for i, name in enumerate(names[:12]):
        at = NOON + timedelta(seconds=i // 3)  # Some respond in the same second.
        await store.respond(replace(a_change(name, "yes"), at=at))
    for limit in (1, 5, 12, 50):
        assert sorted(await all_names(store.responded, limit=limit)) == names[:12]
        assert await all_names(store.not_responded, limit=limit) == names[12:]
        assert await all_names(store.audience, limit=limit) == names


async def test_those_who_responded_are_listed_newest_first_with_their_answers(
    store: AnyStore,
) -> None:
    await posted(store)
    for i in range(4):
        at = NOON + timedelta(minutes=i, microseconds=i)
        await store.respond(replace(a_change(f"P{i}", "yes"), at=at))
    later = NOON + timedelta(days=1)
    await store.respond(replace(a_change("P0", "no"), at=later))
    page = await store.responded("action", "", "", 10)
    assert [response.person.name for response in page.responses] == ["P3", "P2", "P1", "P0"]
    assert page.responses[0].at == NOON + timedelta(minutes=3, microseconds=3)
    assert page.responses[3].answers == {QUESTION: ("no",)}
    assert page.responses[3].person.mri == "29:p0"


async def test_those_who_responded_anonymously_have_no_answers(store: AnyStore) -> None:
    await posted(store, an_action(settings=Settings(anonymous=True)))
    await store.respond(a_change("Ada", "yes"))
    [response] = (await store.responded("action", "", "", 10)).responses
    assert response.person == a_person("Ada")
    assert (response.answers, response.at) == (None, None)


SEARCHES = [
    ("", 7),
    ("  ", 7),
    ("zoë", 1),
    ("ZOË", 1),
    ("zoe\N{COMBINING DIAERESIS}", 1),
    ("straße", 1),
    ("STRASSE", 1),
    ("100%", 1),
    ("%", 1),
    ("_", 1),
    ("a_b", 1),
    ("\\", 1),
    ("'", 1),
    ("\0", 1),
    ("nobody", 0),
]
NAMES = ["Zoë Straße", "100% Bob", "a_b", "axb", "back\\slash", "O'Neil", "nul\0"]


@pytest.mark.parametrize(("search", "count"), SEARCHES)
async def test_search_finds_any_part_of_a_name(
    store: AnyStore, action: Action, search: str, count: int
) -> None:
    await store.set_audience(action.id, [a_person(name) for name in NAMES])
    for listed in (store.not_responded, store.audience):
        assert len(await all_names(listed, search, 3)) == count
    for name in NAMES:
        await store.respond(a_change(name, "yes"))
    assert len(await all_names(store.responded, search, 3)) == count
    assert await all_names(store.not_responded, search, 3) == []


MARKS = [
    "x",
    "{}",
    "[1, 2]",
    '["a"]',
    '["not a time", "slot"]',
    '["2026-01-01", "slot"]',
    '["zz"]',
]


@pytest.mark.parametrize("mark", MARKS)
async def test_page_with_a_made_up_start_is_no_error(sql_store: object, mark: str) -> None:
    store: AnyStore = sql_store  # type: ignore[assignment]
    for name, anonymous in (("action", False), ("secret", True)):
        await posted(store, an_action(name, settings=Settings(anonymous=anonymous)))
        await store.respond(a_change("Ada", "yes", action_id=name))
        await store.responded(name, "", mark, 10)
        await store.not_responded(name, "", mark, 10)


async def test_newest_name_is_the_one_shown(store: AnyStore) -> None:
    await posted(store)
    await store.respond(a_change("Ada", "yes"))
    renamed = replace(a_person("Ada"), name="Ada Lovelace", mri="29:new")
    await store.respond(replace(a_change("Ada", "no"), person=renamed))
    [response] = (await store.responded("action", "love", "", 10)).responses
    assert response.person == renamed


async def test_nobody_is_missing_without_an_audience(store: AnyStore, action: Action) -> None:
    assert await store.not_responded(action.id, "", "", 10) == Page(())
