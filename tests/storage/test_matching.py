"""Looking for responses: pages of what is wanted, and an end to the looking."""

import asyncio
from datetime import timedelta

import pytest

from actions.action import Action, Settings
from actions.poll import QUESTION
from actions.questions import Answers
from actions.responses import NOBODY, Response
from storage.pages import LOOKED_AT
from storage.store import SqlStore
from tests.fakes import NOON, a_change, a_survey, an_action
from tests.storage.conftest import AnyStore, posted


@pytest.fixture(params=["named", "anonymous"])
async def action(request: pytest.FixtureRequest, store: AnyStore) -> Action:
    return await posted(
        store, an_action(settings=Settings(anonymous=request.param == "anonymous"))
    )


def says_no(response: Response) -> bool:
    """Give whether someone answered no."""
    return response.answers is not None and response.answers.get(QUESTION) == ("no",)


async def respond(store: AnyStore, people: int, every: int) -> None:
    """Let people respond, one a second; every so many say no, the others yes."""
    changes = [
        a_change(f"P{i:05}", "yes" if i % every else "no", at=NOON + timedelta(seconds=i))
        for i in range(people)
    ]
    await asyncio.gather(*(store.respond(change) for change in changes))


async def found(store: AnyStore, limit: int) -> list[tuple[Response, ...]]:
    """Give all pages of those who said no."""
    pages, after = [], ""
    while True:
        page = await store.matching("action", says_no, after, limit)
        pages.append(page.responses)
        after = page.following
        if not after:
            return pages


async def test_pages_hold_every_match_once(store: AnyStore, action: Action) -> None:
    await respond(store, 60, every=4)
    for limit in (1, 4, 5, 15, 100):
        pages = await found(store, limit)
        assert [len(page) for page in pages[:-1]] == [limit] * (len(pages) - 1)
        assert 0 < len(pages[-1]) <= limit
        listed = [response for page in pages for response in page]
        assert len(listed) == 15
        assert all(says_no(response) for response in listed)
        if not action.settings.anonymous:
            expected = [f"P{i:05}" for i in range(56, -1, -4)]
            assert [response.person.name for response in listed] == expected


async def test_match_says_whose_it_is_unless_it_is_a_ballot(
    store: AnyStore, action: Action
) -> None:
    await store.respond(a_change("Ada", "no"))
    [match] = (await store.matching(action.id, says_no, "", 10)).responses
    if action.settings.anonymous:
        assert match == Response(NOBODY, {QUESTION: ("no",)}, None)
    else:
        assert (match.person.name, match.at, match.slot) == ("Ada", NOON, match.person.key)


async def test_only_the_answers_that_are_asked_for_are_looked_at(
    store: AnyStore, action: Action
) -> None:
    await store.respond(a_change("Ada", "no"))
    [whole] = (await store.matching(action.id, says_no, "", 10, [QUESTION])).responses
    assert whole.answers == {QUESTION: ("no",)}
    assert (await store.matching(action.id, says_no, "", 10, [])).responses == ()
    [blank] = (await store.matching(action.id, lambda _: True, "", 10, ["other"])).responses
    assert (blank.answers, blank.person) == ({}, whole.person)


async def test_answers_to_other_questions_than_those_asked_for_are_left_out(
    store: AnyStore,
) -> None:
    answers: Answers = {"q1": ("yes",), "q2": ("yes", "no")}
    await posted(store, a_survey())
    await store.respond(a_change("Ada", decide=lambda _standing: answers))
    page = await store.matching("action", lambda one: one.answers != {}, "", 10, ["q2"])
    assert [one.answers for one in page.responses] == [{"q2": ("yes", "no")}]
    page = await store.matching("action", lambda one: one.answers != {}, "", 10, ["q3"])
    assert page.responses == ()


async def test_nothing_matches_where_nobody_responded(store: AnyStore, action: Action) -> None:
    page = await store.matching(action.id, says_no, "", 10)
    assert (page.responses, page.following) == ((), "")


async def test_unreadable_mark_is_the_start(sql_store: SqlStore) -> None:
    await posted(sql_store)
    await respond(sql_store, 3, every=1)
    for mark in ("x", "[]", '["x", "y"]', "[1, 2]", '["2026-03-02T12:00:00", "x"]'):
        assert len((await sql_store.matching("action", says_no, mark, 10)).responses) == 3


@pytest.mark.parametrize("anonymous", [False, True])
async def test_looking_ends_and_goes_on_where_it_ended(
    sql_store: SqlStore, *, anonymous: bool
) -> None:
    await posted(sql_store, an_action(settings=Settings(anonymous=anonymous)))
    people = LOOKED_AT + 500
    await respond(sql_store, people, every=people)
    looked_at: list[Response] = []

    def keep(response: Response) -> bool:
        looked_at.append(response)
        return says_no(response)

    first = await sql_store.matching("action", keep, "", 10)
    assert len(looked_at) == LOOKED_AT
    assert first.following
    second = await sql_store.matching("action", keep, first.following, 10)
    assert len(looked_at) == people
    assert second.following == ""
    assert len(first.responses + second.responses) == 1
