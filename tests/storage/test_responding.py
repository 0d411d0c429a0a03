"""Responses: what is stored, what is counted, what is refused."""

import asyncio
from dataclasses import replace

import pytest

from actions.action import Action, Settings
from actions.choice import Choice, Option
from actions.errors import Full, MusterError, NotFound
from actions.poll import QUESTION, choose, take_back
from actions.questions import Answers
from actions.responses import Standing
from actions.tallies import ANSWERED, LATE, RESPONDED, Bucket
from storage.engine import open_engine
from storage.store import SqlStore
from tests.fakes import (
    CountingIds,
    FixedClock,
    a_change,
    a_person,
    a_poll,
    a_survey,
    an_action,
)
from tests.storage.conftest import SECRET, AnyStore, posted
from tests.storage.databases import emptied

ANONYMOUS = Settings(anonymous=True)


@pytest.fixture(params=["named", "anonymous"])
async def action(request: pytest.FixtureRequest, store: AnyStore) -> Action:
    return await posted(
        store, an_action(settings=Settings(anonymous=request.param == "anonymous"))
    )


async def test_response_is_stored_and_counted(store: AnyStore, action: Action) -> None:
    written = await store.respond(a_change("Ada", "yes"))
    assert written.changed
    assert written.answers == {QUESTION: ("yes",)}
    assert written.tallies.responded == 1
    assert written.tallies.count(QUESTION, "yes") == 1
    assert written.action.revision == action.revision + 1
    assert await store.answers("action", "tenant/ada") == {QUESTION: ("yes",)}
    assert await store.took_part("action", "tenant/ada")
    assert not await store.took_part("action", "tenant/bob")
    assert await store.answers("action", "tenant/bob") is None


async def test_second_response_replaces_the_first(store: AnyStore, action: Action) -> None:
    await store.respond(a_change("Ada", "yes"))
    written = await store.respond(a_change("Ada", "no"))
    assert written.tallies.responded == 1
    assert written.tallies.count(QUESTION, "yes") == 0
    assert await store.tallies(action.id) == await store.recount(action.id)


async def test_response_taken_back_leaves_nothing(store: AnyStore, action: Action) -> None:
    await store.respond(a_change("Ada", "yes"))
    written = await store.respond(a_change("Ada"))
    assert written.answers is None
    assert written.tallies.responded == 0
    assert not await store.took_part(action.id, "tenant/ada")
    assert await store.tallies(action.id) == await store.recount(action.id)


async def test_same_response_again_changes_nothing(store: AnyStore, action: Action) -> None:
    first = await store.respond(a_change("Ada", "yes", action_id=action.id))
    again = await store.respond(a_change("Ada", "yes"))
    assert first.changed
    assert not again.changed
    assert again.action.revision == first.action.revision
    assert again.answers == first.answers


async def test_many_at_once_count_each_person_once(store: AnyStore, action: Action) -> None:
    changes = [a_change(f"P{i % 200}", "yes" if i < 200 else "no") for i in range(400)]
    written = await asyncio.gather(*(store.respond(change) for change in changes))
    assert max(w.tallies.responded for w in written) == 200
    tallies = await store.tallies(action.id)
    assert tallies.responded == 200
    assert tallies.count(QUESTION, "no") == 200
    assert tallies == await store.recount(action.id)


async def test_refused_change_fails_alone(store: AnyStore, action: Action) -> None:
    def refuse(_standing: Standing) -> Answers | None:
        raise Full("full", option="x")

    changes = [a_change(f"P{i}", "yes") for i in range(20)]
    changes[7] = replace(changes[7], decide=refuse)
    outcomes = await asyncio.gather(
        *(store.respond(change) for change in changes), return_exceptions=True
    )
    assert [i for i, outcome in enumerate(outcomes) if isinstance(outcome, Full)] == [7]
    assert (await store.tallies(action.id)).responded == 19


async def test_broken_decision_fails_alone(store: AnyStore, action: Action) -> None:
    def break_down(_standing: Standing) -> Answers | None:
        raise ZeroDivisionError

    changes = [a_change(f"P{i}", "yes") for i in range(20)]
    changes[7] = replace(changes[7], decide=break_down)
    outcomes = await asyncio.gather(
        *(store.respond(change) for change in changes), return_exceptions=True
    )
    assert isinstance(outcomes[7], ZeroDivisionError)
    assert (await store.tallies(action.id)).responded == 19


async def test_unknown_action_is_not_found(store: AnyStore, action: Action) -> None:
    outcomes = await asyncio.gather(
        store.respond(a_change("Ada", "yes", action_id="unknown")),
        store.respond(a_change("Ada", "yes")),
        return_exceptions=True,
    )
    assert isinstance(outcomes[0], NotFound)
    assert (await store.tallies(action.id)).responded == 1


@pytest.mark.parametrize("anonymous", [False, True])
async def test_places_are_never_given_twice(store: AnyStore, *, anonymous: bool) -> None:
    content = a_poll("Yes", "No", places={"yes": 3})
    await posted(store, an_action(content=content, settings=Settings(anonymous=anonymous)))
    changes = [
        replace(a_change(f"P{i}"), decide=lambda standing: choose(standing, "yes"))
        for i in range(20)
    ]
    outcomes = await asyncio.gather(
        *(store.respond(change) for change in changes), return_exceptions=True
    )
    assert sum(isinstance(outcome, Full) for outcome in outcomes) == 17
    holder = next(i for i, o in enumerate(outcomes) if not isinstance(o, BaseException))
    freed = replace(a_change(f"P{holder}"), decide=lambda standing: take_back(standing, "yes"))
    await store.respond(freed)
    await store.respond(next(c for c, o in zip(changes, outcomes, strict=True) if is_full(o)))
    assert (await store.tallies("action")).count(QUESTION, "yes") == 3


def is_full(outcome: object) -> bool:
    return isinstance(outcome, Full)


async def test_actions_of_one_batch_do_not_mix(store: AnyStore) -> None:
    for i in range(4):
        settings = Settings(anonymous=i % 2 == 1)
        await posted(store, an_action(f"action{i}", settings=settings))
    await asyncio.gather(
        *(
            store.respond(a_change(f"P{j}", "yes", action_id=f"action{i}"))
            for j in range(10 * 4)
            for i in range(4)
            if j < 10 * (i + 1)
        )
    )
    for i in range(4):
        assert (await store.tallies(f"action{i}")).responded == 10 * (i + 1)


async def test_recent_respondents_are_named_once_and_newest_last(store: AnyStore) -> None:
    await posted(store)
    for i in range(70):
        await store.respond(a_change(f"P{i}", "yes"))
    written = await store.respond(a_change("P30", "no"))
    recent = (await store.action("action")).recent
    assert recent == written.action.recent
    assert len(recent) == 60
    assert recent[-2:] == ("29:p69", "29:p30")


async def test_recent_respondents_of_an_anonymous_action_are_not_kept(store: AnyStore) -> None:
    await posted(store, an_action(settings=ANONYMOUS))
    await store.respond(a_change("Ada", "yes"))
    assert (await store.action("action")).recent == ()


async def test_who_is_not_in_the_audience_is_counted_as_late(
    store: AnyStore, action: Action
) -> None:
    await store.set_audience(action.id, [a_person("Ada"), a_person("Bob")])
    await store.respond(a_change("Ada", "yes"))
    await store.respond(a_change("Eve", "yes"))
    assert (await store.tallies(action.id)).counts[LATE] == 1
    assert await store.tallies(action.id) == await store.recount(action.id)
    await store.respond(a_change("Eve"))
    assert (await store.tallies(action.id)).counts.get(LATE, 0) == 0


async def test_audience_taken_later_says_who_was_late(store: AnyStore, action: Action) -> None:
    await store.respond(a_change("Ada", "yes"))
    await store.respond(a_change("Eve", "yes"))
    assert (await store.tallies(action.id)).counts.get(LATE, 0) == 0
    await store.set_audience(action.id, [a_person("Ada")])
    assert (await store.tallies(action.id)).counts[LATE] == 1
    await store.respond(a_change("Eve"))
    assert await store.tallies(action.id) == await store.recount(action.id)


async def test_decision_sees_what_stands(store: AnyStore, action: Action) -> None:
    seen: list[Standing] = []

    def look(standing: Standing) -> Answers | None:
        seen.append(standing)
        return {QUESTION: ("no",)}

    await store.respond(a_change("Ada", "yes"))
    await store.respond(replace(a_change("Ada"), decide=look))
    assert seen[0].old == {QUESTION: ("yes",)}
    assert seen[0].action.content == action.content
    assert seen[0].action.closes_at == action.closes_at


async def test_person_who_stops_waiting_still_has_responded(sql_store: SqlStore) -> None:
    await posted(sql_store)
    task = asyncio.create_task(sql_store.respond(a_change("Ada", "yes")))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await sql_store.respond(a_change("Bob", "yes"))
    assert (await sql_store.tallies("action")).responded == 2


async def test_closing_the_store_finishes_what_waits(store: AnyStore, action: Action) -> None:
    changes = [a_change(f"P{i}", "yes", action_id=action.id) for i in range(50)]
    waiting = [asyncio.create_task(store.respond(change)) for change in changes]
    await asyncio.sleep(0)
    await store.close()
    for task in waiting:
        assert (await task).changed


async def test_any_text_is_a_name(store: AnyStore, action: Action) -> None:
    names = ["Åsa 🧪", "a\0b", "half \ud83d pair", "'; DROP TABLE responses; --", "名前", ""]
    await store.set_audience(action.id, [a_person(name) for name in names])
    for name in names:
        await store.respond(a_change(name, "yes"))
    assert (await store.tallies(action.id)).responded == len(names)
    assert len((await store.responded(action.id, "", "", 50)).responses) == len(names)
    assert await store.took_part(action.id, a_person("a\0b").key)


async def test_any_text_is_an_id_that_is_not_found(store: AnyStore) -> None:
    for text in ("", "\0", "\ud800", "x" * 10_000):
        with pytest.raises(MusterError) as refused:
            await store.action(text)
        assert isinstance(refused.value, NotFound)


async def test_tallies_are_given_of_some_questions_only(store: AnyStore) -> None:
    answers: Answers = {"q1": ("yes",), "q2": ("yes", "no")}
    await posted(store, a_survey())
    await store.respond(a_change("Ada", decide=lambda _standing: answers))
    tallies = await store.tallies("action", ["q2", "unknown"])
    assert tallies.counts == {
        RESPONDED: 1,
        ("q2", ANSWERED): 1,
        ("q2", "yes"): 1,
        ("q2", "no"): 1,
    }
    assert (await store.tallies("action", [])).counts == {RESPONDED: 1}
    assert (await store.tallies("action")).of("q1").counts == {"yes": 1}


async def test_change_is_told_of_what_it_watches_only(store: AnyStore) -> None:
    """So a batch reads a few rows of tallies, however many questions there are."""
    seen: list[dict[Bucket, int]] = []

    def answer(standing: Standing) -> Answers | None:
        seen.append(dict(standing.tallies.counts))
        return {"q1": ("yes",), "q2": ("no",)}

    await posted(store, a_survey())
    await store.respond(a_change("Ada", decide=answer))
    written = await store.respond(a_change("Bob", decide=answer, watched=("q1",)))
    assert seen[-1] == {RESPONDED: 1, ("q1", ANSWERED): 1, ("q1", "yes"): 1}
    assert written.tallies.counts == {RESPONDED: 2, ("q1", ANSWERED): 2, ("q1", "yes"): 2}
    written = await store.respond(a_change("Eve", decide=answer, watched=()))
    assert written.tallies.counts == {RESPONDED: 3}
    assert await store.tallies("action") == await store.recount("action")


async def test_answers_to_hundreds_of_questions_are_one_response(store: AnyStore) -> None:
    options = (Option("yes", "Yes"), Option("no", "No"))
    questions = [Choice(f"q{i}", f"Question {i}?", options) for i in range(200)]
    answers: Answers = {question.id: ("yes",) for question in questions}
    await posted(store, a_survey(*questions))
    for name in ("Ada", "Bob"):
        await store.respond(a_change(name, decide=lambda _standing: answers, watched=()))
    tallies = await store.tallies("action")
    assert {tallies.count(question.id, "yes") for question in questions} == {2}
    assert tallies == await store.recount("action")


async def test_response_that_changes_something_is_told_by_its_kind(
    database_url: str, clock: FixedClock
) -> None:
    await emptied(database_url)
    told: list[str] = []
    store = SqlStore(
        open_engine(database_url), SECRET, CountingIds(), clock, on_response=told.append
    )
    await posted(store)
    for _ in range(2):
        await store.respond(a_change("Ada", "yes"))
    await store.respond(a_change("Ben", "no"))
    await store.close()
    assert told == ["poll", "poll"]
