"""The checklist's form: what it amounts to, and what of it can be changed or made again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import checklist
from actions.action import Settings, Visibility
from actions.content import decode, encode
from actions.drafted import ORDER, add, remove
from actions.errors import Problem
from actions.item import Item
from actions.people import Person
from actions.ticks import Checklist, State, Tick, Wish
from tests.actions.builders import BERLIN, DUE, NOW, new_ids
from tests.actions.checklist_drafts import (
    CLEO,
    a_checklist_form,
    codes_of,
    items_of,
    planned,
    problems_of,
)
from tests.actions.checklists import a_checklist, a_tick
from tests.actions.drafts import FILLED, typed

CHECKER = Person(CLEO.key, CLEO.name)
"""Cleo, as content holds her."""

TICKED = {"i0": Tick(Wish(State.DONE), CLEO, NOW)}


def texts_of(line: str) -> list[tuple[str, str]]:
    """Give section and text of each item that one line makes."""
    values = checklist.from_line(line, NOW, BERLIN, new_ids())
    assert values is not None
    return [(item.section, item.text) for item in items_of(values)]


def test_a_new_form_is_of_one_list_for_all_that_everyone_may_change() -> None:
    values = checklist.blank(NOW, BERLIN, new_ids(), "C" * 600)
    assert (values["title"], values[ORDER], values["date"]) == ("C" * 500, "", "2026-11-27")
    plan = planned({**a_checklist_form("Lights"), "title": "Opening"})
    assert plan.content.checklist == Checklist(individual=False, anyone_edits=True, checker=None)
    assert (plan.settings, plan.closes_at, plan.warnings) == (Settings(), DUE, ())


def test_a_message_of_several_lines_is_a_title_and_items() -> None:
    message = "\n Opening \n\n# Floor\n- Lights\n[ ] Doors\nTill:\n1. Cash\u0000\n"
    values = checklist.blank(NOW, BERLIN, new_ids(), message)
    assert values["title"] == "Opening"
    assert [(item.section, item.text) for item in items_of(values)] == [
        *(("Floor", "Lights"), ("Floor", "Doors"), ("Till", "Cash")),
    ]


def test_one_line_is_a_whole_checklist() -> None:
    values = checklist.from_line("Opening | Lights | Till |", NOW, BERLIN, new_ids())
    assert values is not None
    assert values["title"] == "Opening"
    assert [item.text for item in items_of(values)] == ["Lights", "Till"]
    assert len({item.id for item in items_of(values)}) == 2


@pytest.mark.parametrize(
    ("line", "items"),
    [
        ("Opening\nLights\nTill", [("", "Lights"), ("", "Till")]),
        ("Opening | Floor: | Lights | Till: | Cash", [("Floor", "Lights"), ("Till", "Cash")]),
        ("Opening | Lights | Lights", [("", "Lights"), ("", "Lights")]),
    ],
    ids=["a line for each", "sections", "the same twice"],
)
def test_items_are_set_apart_by_bars_or_lines(line: str, items: list[tuple[str, str]]) -> None:
    assert texts_of(line) == items


@pytest.mark.parametrize("line", ["", "Opening", "Opening |", "Opening | | \n"])
def test_a_line_without_items_is_only_a_title(line: str) -> None:
    assert checklist.from_line(line, NOW, BERLIN, new_ids()) is None


def test_a_line_without_a_title_is_told_so() -> None:
    values = checklist.from_line("| Lights", NOW, BERLIN, new_ids())
    assert values is not None
    assert codes_of(values) == {"title": "untitled"}


def test_a_line_of_too_many_items_is_told_how_many_fit() -> None:
    line = " | ".join(["Opening", *(f"Item {n}" for n in range(201))])
    values = checklist.from_line(line, NOW, BERLIN, new_ids())
    assert values is not None
    limits = {"least": 1, "most": 200, "given": 201}
    assert problems_of(values) == {"questions": Problem("items_count", limits)}


@given(st.text(max_size=200))
def test_no_line_makes_an_item_without_words(line: str) -> None:
    values = checklist.from_line(f"Opening | {line}", NOW, BERLIN, new_ids())
    found = checklist.read(values or {}, {}).questions
    assert all(item.text.strip() for item in found)
    assert values is None or values["title"] == "Opening"


def test_an_item_has_what_was_written_about_it() -> None:
    values = typed(a_checklist_form("Lights"), "i1", **FILLED["item"])
    assert items_of(values) == [
        Item(
            "i1",
            "Lights",
            "The switch is behind the door.",
            "Shop floor",
            "Ada Okafor",
            # Nine in Berlin's winter.
            datetime(2026, 12, 1, 8, 0, tzinfo=UTC),
        )
    ]


def test_a_day_without_a_time_is_meant_as_a_whole() -> None:
    (item,) = items_of(typed(a_checklist_form("Lights"), "i1", due_date="2026-12-01"))
    assert item.due == datetime(2026, 12, 1, 22, 59, tzinfo=UTC)


def test_a_due_time_that_has_passed_is_warned_of() -> None:
    values = typed(a_checklist_form("Lights"), "i1", due_date="2026-11-01")
    assert planned(values).warnings == ("items_overdue",)


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"due_time": "09:00"}, {"due_date": "item_day_needed"}),
        ({"due_date": "tomorrow", "due_time": "9"}, {"due_date": "x", "due_time": "x"}),
        ({"due_date": "2026-02-30"}, {"due_date": "no_such_date"}),
        ({"text": " "}, {"text": "item_needed"}),
        ({"text": "x" * 4_001}, {"text": "too_long"}),
        ({"text": "x" * 5_001}, {"text": "too_long"}),
        ({"note": "x" * 4_001}, {"note": "too_long"}),
        ({"section": "x" * 101, "assignee": "x" * 101}, {"section": "x", "assignee": "x"}),
    ],
)
def test_what_is_wrong_with_an_item_is_told_at_its_field(
    fields: dict[str, str], codes: dict[str, str]
) -> None:
    found = codes_of(typed(a_checklist_form("Lights"), "i1", **fields))
    assert found.keys() == {f"q.i1.{name}" for name in codes}
    for name, code in codes.items():
        assert code in {"x", found[f"q.i1.{name}"]}


def test_a_day_at_the_end_of_all_days_is_refused_where_it_is_none_elsewhere() -> None:
    values = typed(a_checklist_form("Lights"), "i1", due_date="9999-12-31")
    wrong = {"q.i1.due_date": Problem("no_such_date")}
    assert problems_of(values, time_zone="America/New_York") == wrong
    assert problems_of(values) == {}


def test_all_problems_of_the_form_are_named_at_once() -> None:
    values = a_checklist_form(
        "", title=" ", description="x" * 5_001, date="2020-01-01", mode="own", check="me"
    )
    assert codes_of(values) == {
        "title": "untitled",
        "description": "too_long",
        "q.i1.text": "item_needed",
        "date": "due_in_past",
    }


def test_a_form_without_items_is_refused() -> None:
    limits = {"least": 1, "most": 200, "given": 0}
    assert problems_of(a_checklist_form()) == {"questions": Problem("items_count", limits)}


@pytest.mark.parametrize(
    ("mode", "editors", "anyone"),
    [
        *(("shared", "usual", True), ("shared", "anyone", True), ("shared", "maker", False)),
        *(("own", "usual", False), ("own", "anyone", True), ("own", "maker", False)),
        *(("", "", True), ("nonsense", "nonsense", True)),
    ],
)
def test_whose_list_it_is_says_who_usually_changes_it(
    mode: str, editors: str, *, anyone: bool
) -> None:
    kept = planned(a_checklist_form("Lights", mode=mode, editors=editors)).content.checklist
    assert kept == Checklist(individual=mode == "own", anyone_edits=anyone)


@pytest.mark.parametrize(
    ("mode", "tickers", "own_only"),
    [
        *(("shared", "named", True), ("shared", "anyone", False), ("shared", "", False)),
        *(("own", "named", False), ("own", "anyone", False)),
    ],
)
def test_of_a_shared_list_what_is_for_someone_may_be_theirs_alone(
    mode: str, tickers: str, *, own_only: bool
) -> None:
    kept = planned(a_checklist_form("Lights", mode=mode, tickers=tickers)).content.checklist
    assert kept is not None
    assert kept.own_only is own_only


def test_who_may_tick_is_changed_later_and_shown_again() -> None:
    made = a_checklist(ticks={"i0": a_tick(by=CHECKER)})
    values = checklist.values_of(made)
    assert values["tickers"] == "anyone"
    kept = planned({**values, "tickers": "named"}, made).content.checklist
    assert kept == replace(made.content.checklist or Checklist(), own_only=True)
    after = replace(made, content=replace(made.content, checklist=kept))
    assert checklist.values_of(after)["tickers"] == "named"
    assert decode(encode(after.content)) == after.content


@pytest.mark.parametrize("mode", ["shared", "own"])
def test_its_maker_checks_what_was_done_if_that_is_chosen(mode: str) -> None:
    kept = planned(a_checklist_form("Lights", check="me", mode=mode)).content.checklist
    assert kept is not None
    assert kept.checker == CHECKER


def test_results_of_own_lists_can_be_kept_from_others_and_a_shared_list_not() -> None:
    hidden = {"visibility": "creator", "anonymous": "true", "several": "true", "may_add": "true"}
    own = planned(a_checklist_form("Lights", mode="own", **hidden))
    assert own.settings == Settings(Visibility.CREATOR)
    assert planned(a_checklist_form("Lights", **hidden)).settings == Settings()


@pytest.mark.parametrize(
    "kept",
    [
        Checklist(individual=False, anyone_edits=True),
        Checklist(individual=False, anyone_edits=False, checker=CHECKER),
        Checklist(individual=True, anyone_edits=True),
        Checklist(individual=True, anyone_edits=False),
    ],
)
def test_what_is_posted_can_be_made_again_as_it_is(kept: Checklist) -> None:
    items = (
        Item("a", "Lights", "Note", "Floor", "Ada", NOW + timedelta(days=2)),
        Item("b", "Till"),
    )
    action = a_checklist()
    action = replace(action, content=replace(action.content, questions=items, checklist=kept))
    plan = planned(checklist.values_of(action), time_zone=action.time_zone)
    assert plan.content == action.content
    assert decode(encode(plan.content)) == action.content


def test_what_is_posted_keeps_its_items_and_ticks_whatever_the_form_holds() -> None:
    action = a_checklist("Lights", "Till", ticks=TICKED, checker=CLEO)
    values = remove(checklist.values_of(action), "i0")
    values = add(values, "item", "new", {"text": "Floor"})
    wished = {"title": "Closing", "mode": "own", "check": "nobody", "editors": "maker"}
    edited = planned({**values, **wished}, action).content
    assert (edited.title, edited.questions) == ("Closing", action.content.questions)
    assert edited.checklist == Checklist(anyone_edits=False, checker=CLEO, ticks=TICKED)
    assert edited.keeps_answers(action.content)


def test_what_another_one_added_meanwhile_stays() -> None:
    action = a_checklist("Lights")
    values = {**checklist.values_of(action), "title": "Closing"}
    more = replace(action.content, questions=(*action.content.questions, Item("x", "Till")))
    edited = planned(values, replace(action, content=more)).content
    assert [item.text for item in edited.questions] == ["Lights", "Till"]


def test_made_again_every_item_is_open_and_due_as_long_after_today() -> None:
    made = datetime(2026, 10, 19, 7, 0, tzinfo=UTC)
    due = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)
    action = replace(a_checklist(ticks=TICKED, checker=CLEO), created_at=made)
    items = (Item("i0", "Lights", due=due), Item("i1", "Till"))
    action = replace(action, content=replace(action.content, questions=items))
    content = checklist.renewed(action, datetime(2026, 10, 26, 15, 0, tzinfo=UTC)).content
    lights, till = content.questions
    # Nine o'clock in Berlin, where summer time ended on the 25th.
    assert lights == Item("i0", "Lights", due=datetime(2026, 10, 27, 8, 0, tzinfo=UTC))
    assert till == Item("i1", "Till")
    assert content.checklist == Checklist(checker=CLEO)


def test_made_again_at_the_end_of_all_days_it_is_due_at_no_time() -> None:
    end = datetime(9999, 12, 31, 12, 0, tzinfo=UTC)
    action = replace(a_checklist(), created_at=NOW)
    content = replace(action.content, questions=(Item("a", "Lights", due=end),))
    again = checklist.renewed(replace(action, content=content), NOW + timedelta(days=1))
    assert again.content.questions == (Item("a", "Lights"),)


@pytest.mark.parametrize("name", ["questions", "q.i1.preset", "q.i9.text", "several", "of", ""])
def test_nothing_but_fields_of_the_form_can_be_typed(name: str) -> None:
    values = a_checklist_form("Lights")
    assert checklist.typed(values, {name: "x"}, new_ids()) == values


def test_what_is_typed_is_kept_as_it_is() -> None:
    raw = {"title": " New ", "q.i1.due_date": "", "mode": "own", "editors": "anyone"}
    values = checklist.typed(a_checklist_form("Lights"), raw, new_ids())
    assert {name: values[name] for name in raw} == raw
