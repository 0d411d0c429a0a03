"""The table of an action: its columns, its rows, and who gets it."""

from collections.abc import Sequence
from contextlib import aclosing
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.action import Action, Settings
from actions.errors import NotAllowed, NotFound
from actions.exporting import Order, exportable, record, report, responses, table_of
from actions.history import Entry
from actions.item import Item
from actions.lesson import Lesson
from actions.people import Person
from actions.ports import Ports
from actions.questions import QUESTION_TYPES
from actions.responses import Response
from actions.text import Text
from tests.actions.exported import (
    ADA,
    ANSWERS,
    QUESTIONS,
    a_ballot,
    a_report,
    a_response,
    a_survey,
)
from tests.fakes import (
    NOON,
    CountingIds,
    FakeRoster,
    FixedClock,
    MemoryStore,
    a_change,
    a_person,
    a_posting,
    an_action,
)

ANONYMOUS = Settings(anonymous=True)


def test_the_survey_of_these_tests_has_every_type() -> None:
    asking = {one.type for one in QUESTION_TYPES} - {Lesson.type, Item.type}
    assert {question.type for question in QUESTIONS} == asking


def test_what_asks_nothing_has_no_column() -> None:
    text, lesson = Text("text", "Anything else?"), Lesson("lesson", "Read this")
    assert table_of(a_survey(lesson, text)).fields == table_of(a_survey(text)).fields
    with_lesson = table_of(a_survey(lesson, text)).row(a_response({"text": "No"}))
    assert with_lesson == table_of(a_survey(text)).row(a_response({"text": "No"}))


def test_columns_are_who_when_and_then_the_questions_in_their_order() -> None:
    fields = table_of(a_survey()).fields
    assert [(field.name, field.type) for field in fields] == [
        ("name", "text"),
        ("person", "text"),
        ("submitted", "moment"),
        ("response", "number"),
        ("Which one?", "text"),
        ("Which ones?", "list"),
        ("Again?", "boolean"),
        ("How was it?", "number"),
        ("Would you recommend it?", "number"),
        ("How was … – Pace", "text"),
        ("How was … – Food", "text"),
        ("In which order?", "text"),
        ("Anything else?", "text"),
        ("How much?", "number"),
        ("Which day?", "date"),
        ("What time?", "time"),
    ]


def test_a_row_has_a_typed_cell_for_each_column() -> None:
    row = table_of(a_survey()).row(a_response())
    assert row[:2] == ("Ada Okafor", "0000-ada")
    assert str(row[2]) == "2026-11-20 17:00:05+01:00"
    assert row[3:] == (
        1,
        "Sushi",
        ("Pizza", "Soup", "Stew"),
        True,
        4,
        10,
        "Good",
        "Poor",
        "Food > Pace",
        "=1+1",
        Decimal("-12.50"),
        date(2026, 12, 24),
        time(17, 30),
    )


def test_what_was_not_answered_is_empty_in_all_its_columns() -> None:
    row = table_of(a_survey()).row(a_response({"text": "Hm", "one": ()}))
    assert row[4:] == (None,) * 8 + ("Hm",) + (None,) * 3


def test_later_responses_of_one_person_are_numbered() -> None:
    row = table_of(a_survey()).row(a_response(slot=f"{ADA.key}#3"))
    assert row[3] == 3


def test_who_has_no_id_in_entra_is_told_apart_by_teams_own() -> None:
    guest = Person("19:meeting@thread.v2/29:guest", "Gus (Guest)", "29:guest")
    assert table_of(a_survey()).row(a_response(person=guest))[1] == "29:guest"


def test_a_ballot_has_its_answers_alone() -> None:
    table = table_of(a_survey(settings=ANONYMOUS))
    assert [field.name for field in table.fields][:2] == ["Which one?", "Which ones?"]
    assert table.row(a_ballot({"one": ("p",)})) == ("Pizza",) + (None,) * 11


def test_columns_of_one_name_are_told_apart() -> None:
    texts = ("Why?", "Why?", "Why? (2)", "name", "Why?")
    questions = [Text(f"q{n}", text) for n, text in enumerate(texts)]
    names = [field.name for field in table_of(a_survey(*questions)).fields]
    assert names[4:] == ["Why?", "Why? (2)", "Why? (2) (2)", "name (2)", "Why? (3)"]


@given(st.lists(st.sampled_from(["a", "a (2)", "a (2) (2)", "A", "name", "a (3)"]), max_size=12))
def test_no_two_columns_ever_have_one_name(texts: list[str]) -> None:
    questions = [Text(f"q{n}", text) for n, text in enumerate(texts)]
    names = [field.name for field in table_of(a_survey(*questions)).fields]
    assert len(set(names)) == len(names)


def test_two_anonymous_responses_are_withheld_and_three_are_not() -> None:
    action = a_survey(settings=ANONYMOUS)
    assert [a_report(action, *[a_ballot()] * count).withheld for count in range(4)] == [
        False,
        True,
        True,
        False,
    ]
    assert not a_report(a_survey(), a_response()).withheld


# From the store


def ports_with(store: MemoryStore) -> Ports:
    return Ports(store, store.clock, CountingIds(), FakeRoster())


async def posted(**changes: Any) -> MemoryStore:
    store = MemoryStore(FixedClock())
    action = an_action(**changes)
    assert await store.post(action, a_posting(action))
    return store


async def exported(store: MemoryStore, action: Action) -> Sequence[Response]:
    found: list[Response] = []
    async with aclosing(responses(store, action)) as chunks:
        async for some in chunks:
            found += some
    return found


def order(person: str = "tenant/ada") -> Order:
    return Order("action", person, "csv", "en")


@pytest.mark.parametrize(("count", "given_out"), [(0, 0), (2, 0), (3, 3), (4, 4)])
async def test_anonymous_responses_are_given_out_from_three_on(count: int, given_out: int) -> None:
    store = await posted(settings=ANONYMOUS)
    for number in range(count):
        await store.respond(a_change(f"Person {number}", "yes"))
    found = await exported(store, await store.action("action"))
    assert len(found) == given_out
    assert all(one.person.key == "" and one.at is None for one in found)


async def test_one_named_response_is_given_out() -> None:
    store = await posted()
    await store.respond(a_change("Ben", "yes"))
    (found,) = await exported(store, await store.action("action"))
    assert (found.person.name, found.answers) == ("Ben", {"q": ("yes",)})


async def test_a_report_is_for_who_manages_the_action() -> None:
    store = await posted(co_creators=(a_person("Chloe"),))
    for key in ("tenant/ada", "tenant/chloe"):
        assert (await report(ports_with(store), order(key))).view.action.id == "action"
    with pytest.raises(NotAllowed, match="creator_only"):
        await report(ports_with(store), order("tenant/ben"))


async def test_a_deleted_action_is_not_exported() -> None:
    store = await posted()
    await store.delete("action", Entry(NOON, Person("tenant/ada", "Ada"), "deleted"))
    with pytest.raises(NotFound, match="deleted"):
        await exportable(ports_with(store), "tenant/ada", "action")
    with pytest.raises(NotFound, match="no_such_action"):
        await exportable(ports_with(store), "tenant/ada", "another")


async def test_who_was_given_what_is_written_down() -> None:
    store = await posted()
    await record(ports_with(store), order(), "Ada")
    (line,) = store.posted["action"].history
    assert (line.at, line.person) == (NOON, Person("tenant/ada", "Ada"))
    assert (line.verb, line.detail) == ("exported", {"format": "csv"})


def test_every_answer_of_these_tests_is_one_that_its_question_takes() -> None:
    for question in QUESTIONS:
        answer = ANSWERS[question.id]
        stored = list(answer) if isinstance(answer, tuple) else answer
        assert question.restore(stored) == answer
