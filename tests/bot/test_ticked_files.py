"""Exports of checklists in each form: the items or the people, and the whole history."""

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from actions import item_editing, ticking
from actions.action import Action
from actions.content import Content
from actions.exporting import Format, Order
from actions.exporting_ticks import ABOUT_TICKS, HISTORY_COLUMNS, ITEM_COLUMNS, LINES_AT_A_TIME
from actions.item import Item
from actions.people import Person
from actions.ticks import Checklist, State, Wish
from bot.exports import Exports, code_words, column_names
from cards.texts import LOCALES, texts_for
from tests.actions.builders import CREATOR, NOW, VOTER
from tests.actions.checklists import DONE, a_checklist
from tests.actions.world import World, a_caller, a_world
from tests.bot.sheets import Sheet, sheets
from tests.cards.looks import TEXTS

BEN = Person("tenant/0000-ben", "=Ben()", "29:ben")
NO_KEY = Wish(State.NOT_DONE, "=no key", "Facility", date(2026, 12, 1))


@pytest.fixture
async def world() -> World:
    return await a_world()


def a_list(**kept: Any) -> Action:
    """Give a list with an item that has everything."""
    made = a_checklist(**kept)
    full = Item("i0", "=Lights", "All of them", "Shop", "Ben", NOW + timedelta(minutes=1))
    items = (full, Item("i1", "Till"), Item("i2", "Floor"))
    return replace(made, content=Content("Opening", items, checklist=Checklist(**kept)))


async def ticks(world: World, action: Action, *done: tuple[Person, str, Wish]) -> None:
    """Let people tick, one item a minute."""
    for person, item, wish in done:
        world.clock.advance(minutes=1)
        await ticking.tick(world.ports, a_caller(person), action.id, item, wish)


async def file_of(world: World, folder: Path, action: Action, form: Format) -> Path:
    order = Order(action.id, CREATOR.key, form, "en-GB")
    return (await Exports(world.ports, folder).make(order)).path


async def table_of(world: World, folder: Path, action: Action) -> list[dict[str, str]]:
    path = await file_of(world, folder, action, "csv")
    return list(csv.DictReader(StringIO(path.read_text("utf-8-sig"), newline="")))


async def book_of(world: World, folder: Path, action: Action) -> list[Sheet]:
    return sheets(await file_of(world, folder, action, "xlsx"))


async def json_of(world: World, folder: Path, action: Action) -> Any:
    return json.loads((await file_of(world, folder, action, "json")).read_bytes())


async def shared(world: World) -> Action:
    """Give a list that all share: one done, one not done, one open and gone by."""
    made = await world.posted(a_list())
    steps = ((BEN, "i1", DONE), (VOTER, "i2", NO_KEY))
    await ticks(world, made, *steps)
    await item_editing.add_item(world.ports, a_caller(), made.id, Item("gone", "Keys"))
    await ticks(world, made, (BEN, "gone", DONE))
    await item_editing.delete_item(world.ports, a_caller(), made.id, "gone")
    return made


async def own(world: World) -> Action:
    """Give own lists: Ben is through, Vera at it."""
    made = await world.posted(a_list(individual=True))
    await world.store.set_audience(made.id, [CREATOR, VOTER, BEN])
    steps = ((BEN, "i0", DONE), (BEN, "i1", DONE), (BEN, "i2", NO_KEY), (VOTER, "i1", DONE))
    await ticks(world, made, *steps)
    return made


def summed_up(sheet: Sheet) -> dict[str, str]:
    cells = sheet.cells.items()
    values = {name[1:]: value for name, (_, value, _) in cells if name[0] == "B"}
    return {value: values.get(n[1:], "") for n, (_, value, _) in cells if n[0] == "A"}


# The list that all share


async def test_csv_has_every_item_as_it_stands(world: World, tmp_path: Path) -> None:
    rows = await table_of(world, tmp_path, await shared(world))
    assert [row["Item"] for row in rows] == ["'=Lights", "Till", "Floor"]
    assert rows[0] == {
        "Section": "Shop",
        "Item": "'=Lights",
        "Note": "All of them",
        "For": "Ben",
        "Due": "2026-11-20 10:01:00",
        "State": "open",
        "Overdue": "TRUE",
        **dict.fromkeys(("By", "Person", "When", "Reason", "Follow-up by", "Until"), ""),
        "Checked by": "",
    }
    assert (rows[1]["State"], rows[1]["By"], rows[1]["Person"]) == ("done", "'=Ben()", "0000-ben")
    assert (rows[1]["When"], rows[1]["Overdue"]) == ("2026-11-20 10:01:00", "FALSE")
    assert [rows[2][name] for name in ("State", "Reason", "Follow-up by", "Until")] == [
        "not done",
        "'=no key",
        "Facility",
        "2026-12-01",
    ]


async def test_excel_has_the_items_and_the_whole_history(world: World, tmp_path: Path) -> None:
    summary, items, history = await book_of(world, tmp_path, await shared(world))
    assert [sheet.name for sheet in (summary, items, history)] == ["Summary", "Items", "History"]
    assert items.rows == 4
    assert items.text("B2") == "=Lights"
    assert items.cells["G2"][:2] == ("b", "1")
    assert items.number("M4", "yyyy-mm-dd") > 46_000
    assert items.number("J3", "yyyy-mm-dd hh:mm:ss") > 46_000
    told = [
        (history.text(f"B{n}"), history.text(f"D{n}"), history.text(f"E{n}")) for n in range(2, 7)
    ]
    assert told == [
        (CREATOR.name, "deleted", "Keys"),
        (BEN.name, "done", "Keys"),
        (CREATOR.name, "added", "Keys"),
        (VOTER.name, "not done", "Floor"),
        (BEN.name, "done", "Till"),
    ]
    assert history.text("G5") == "=no key"
    assert '<autoFilter ref="A1:J6"/>' in history.xml


async def test_excel_sums_the_list_up(world: World, tmp_path: Path) -> None:
    summary, *_ = await book_of(world, tmp_path, await shared(world))
    found = summed_up(summary)
    known = {
        "Kind": "Checklist",
        "Items": "3",
        "Items done": "1",
        "Not done": "1",
        "Not applicable": "0",
        "Items open": "1",
        "Overdue": "1",
        "=Ben()": "1",
        VOTER.name: "1",
    }
    assert {name: found[name] for name in known} == known
    assert "People who responded" not in found


async def test_what_waits_to_be_checked_is_counted_so(world: World, tmp_path: Path) -> None:
    made = await world.posted(a_list(checker=CREATOR))
    await ticks(world, made, (BEN, "i1", DONE), (BEN, "i2", DONE))
    await ticking.check(world.ports, a_caller(), made.id, "i2", is_right=True)
    summary, items, _ = await book_of(world, tmp_path, made)
    found = summed_up(summary)
    assert (found["Items done"], found["To be checked"], found["Items open"]) == ("1", "1", "1")
    assert items.text("N4") == CREATOR.name


async def test_json_has_items_and_history_in_codes(world: World, tmp_path: Path) -> None:
    whole = await json_of(world, tmp_path, await shared(world))
    assert list(whole) == [
        *("muster_export", "exported_at", "action", "questions", "items", "history")
    ]
    assert whole["items"][1] == {
        "item": "Till",
        "state": "done",
        "overdue": False,
        "by": "=Ben()",
        "person": "0000-ben",
        "at": "2026-11-20T10:01:00+01:00",
    }
    assert whole["items"][2]["until"] == "2026-12-01"
    assert [line["what"] for line in whole["history"]] == [
        *("item_deleted", "item_done", "item_added", "item_not_done", "item_done")
    ]
    assert whole["history"][1]["item_id"] == "gone"


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
async def test_a_list_to_which_nothing_was_done_is_exported_too(
    world: World, tmp_path: Path, form: Format
) -> None:
    made = await world.posted(a_checklist())
    path = await file_of(world, tmp_path, made, form)
    match form:
        case "csv":
            assert len(path.read_text("utf-8-sig").splitlines()) == 4
        case "xlsx":
            assert [sheet.rows for sheet in sheets(path)[1:]] == [4, 1]
        case "json":
            assert json.loads(path.read_bytes())["history"] == []


async def test_a_long_history_is_whole(world: World, tmp_path: Path) -> None:
    made = await world.posted(a_checklist())
    count = LINES_AT_A_TIME + 3
    for n in range(count):
        world.clock.advance(seconds=1)
        wish = DONE if n % 2 == 0 else Wish(State.OPEN)
        await ticking.tick(world.ports, a_caller(BEN), made.id, "i0", wish)
    whole = await json_of(world, tmp_path, made)
    moments = [line["at"] for line in whole["history"]]
    assert len(set(moments)) == count
    assert moments == sorted(moments, reverse=True)


# Everybody's own lists


async def test_csv_is_a_grid_of_people_and_items(world: World, tmp_path: Path) -> None:
    rows = await table_of(world, tmp_path, await own(world))
    assert rows == [
        {
            "Name": "'=Ben()",
            "Person": "0000-ben",
            "Last tick": "2026-11-20 10:03:00",
            "Items ticked": "3",
            "Finished": "TRUE",
            "'=Lights": "done",
            "Till": "done",
            "Floor": "not done",
        },
        {
            "Name": VOTER.name,
            "Person": "voter",
            "Last tick": "2026-11-20 10:04:00",
            "Items ticked": "1",
            "Finished": "FALSE",
            "'=Lights": "",
            "Till": "done",
            "Floor": "",
        },
    ]


async def test_excel_has_the_grid_typed_and_the_history(world: World, tmp_path: Path) -> None:
    summary, grid, history = await book_of(world, tmp_path, await own(world))
    assert [grid.name, history.name] == ["Responses", "History"]
    assert grid.number("C2", "yyyy-mm-dd hh:mm:ss") > 46_000
    assert (grid.number("D2"), grid.cells["E2"][:2]) == (3, ("b", "1"))
    assert history.rows == 5
    found = summed_up(summary)
    assert [found[name] for name in ("Finished", "In progress", "Not started")] == ["1", "1", "1"]
    assert [found[name] for name in ("=Lights", "Till", "Floor")] == ["1", "2", "0"]
    assert summary.number(f"C{summary.row('=Lights')}", "0%") == 0.5


async def test_json_has_every_tick_with_its_reason(world: World, tmp_path: Path) -> None:
    whole = await json_of(world, tmp_path, await own(world))
    assert [(one["id"], one["text"]) for one in whole["questions"]] == [
        ("i0", "=Lights"),
        ("i1", "Till"),
        ("i2", "Floor"),
    ]
    ben, vera = whole["responses"]
    assert {name: ben[name] for name in ("name", "settled", "finished")} == {
        "name": "=Ben()",
        "settled": 3,
        "finished": True,
    }
    assert ben["items"]["i2"] == {
        "state": "not_done",
        "at": "2026-11-20T09:03:00Z",
        "reason": "=no key",
        "owner": "Facility",
        "until": "2026-12-01",
    }
    assert list(vera["items"]) == ["i1"]
    assert len(whole["history"]) == 4


# Names


@pytest.mark.parametrize("columns", [ABOUT_TICKS, ITEM_COLUMNS, HISTORY_COLUMNS])
def test_every_column_has_a_name_of_its_own(columns: Sequence[str]) -> None:
    names = column_names(TEXTS)
    assert len({names[code] for code in columns}) == len(columns)


def test_every_state_has_a_word() -> None:
    assert {state.value for state in State} <= code_words(TEXTS).keys()


@pytest.mark.parametrize("language", ["en", *(path.stem for path in LOCALES.glob("*.po"))])
def test_in_every_language_the_sheets_have_names_of_their_own(language: str) -> None:
    texts = texts_for(language)
    names = [texts(name).casefold() for name in ("Summary", "Responses", "Items", "History")]
    assert len(set(names)) == len(names)


async def test_what_people_wrote_is_never_taken_for_a_state(world: World, tmp_path: Path) -> None:
    made = await world.posted(a_checklist("not_done", "item_done"))
    rows = await table_of(world, tmp_path, made)
    assert [row["Item"] for row in rows] == ["not_done", "item_done"]
