"""Changing items: arrows that name places, forms that remember what they showed."""

from dataclasses import replace

import pytest

from actions.errors import Problem
from actions.item import Item
from actions.item_changes import FIELDS
from actions.item_filters import Filter
from actions.people import Person
from cards.envelope import decode
from cards.parts import Host
from cards.texts import Texts
from dialogs.checklist_edit import add_screen, change_screen, edit_screen
from dialogs.checklist_frame import Spot
from dialogs.screen import Setting
from tests.actions.builders import CREATOR, NOW
from tests.actions.checklists import a_checklist
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS
from tests.dialogs.boards import LONG, a_board, a_list, longest
from tests.dialogs.builders import DIALOG, below, shown
from tests.teams.cards import Card, buttons, find_action, inputs, rows, text

SECTIONS = a_list(
    Item("a", "Lights", section="Hall"),
    Item("b", "Till", section="Shop"),
    Item("c", "Doors", section="Hall"),
    Item("d", "Safe", "Twice", "Shop", "Ben", NOW),
)


def sent(card: Card, title: str) -> tuple[str, str]:
    """Give what a button or a row says: verb and argument."""
    envelope, _ = decode(find_action(card, title)["data"])
    return envelope.verb, envelope.argument


@pytest.mark.parametrize("host", Host)
@pytest.mark.parametrize("texts", [TEXTS, RIGHT_TO_LEFT])
def test_every_screen_is_one_that_teams_takes(host: Host, texts: Texts) -> None:
    too_long = Problem("too_long", {"limit": 4_000, "length": 4_200})
    over = {"text": '"' * 4_300, "note": '"' * 4_300, "section": LONG[:400]}
    typed = {**over, "assignee": LONG[:400], "due_date": "2026-12-01", "due_time": "09:00"}
    problems = dict.fromkeys(FIELDS, too_long)
    setting = Setting(host, texts, notice="No.", problems=problems, typed=typed)
    made = longest(individual=True)
    board = a_board(made, CREATOR, Spot(Filter.ALL, 100), setting)
    shown(edit_screen(board))
    shown(add_screen(board, "new0item0000"))
    shown(change_screen(board, "item00000000"))
    shown(change_screen(a_board(made, CREATOR, setting=Setting(host, texts)), "item00000000"))


def test_an_arrow_names_the_place_and_stays_within_the_section() -> None:
    card = shown(edit_screen(a_board(SECTIONS)))
    arrows = [title for title in rows(card) if title.startswith("Move")]
    assert arrows == ["Move down: Lights", "Move up: Doors", "Move down: Till", "Move up: Safe"]
    assert sent(card, "Move down: Lights") == ("list.move", "a 2")
    assert sent(card, "Move up: Safe") == ("list.move", "d 1")
    assert sent(card, "Change: Till") == ("list.change", "b")


def test_a_full_list_takes_no_more_items_and_says_so() -> None:
    card = shown(edit_screen(a_board(a_checklist(count=200))))
    assert "Add an item" not in buttons(card)
    assert "There are 200 items; no more fit." in text(card)
    assert "Add an item" in buttons(shown(edit_screen(a_board())))


def test_pages_stay_in_edit_mode() -> None:
    card = shown(edit_screen(a_board(a_checklist(count=30), spot=Spot(Filter.ALL, 12))))
    assert sent(card, "Next items") == ("list.edit", "all 24")
    assert sent(card, "Back to the list") == ("list.open", "all 12")


def test_the_form_shows_the_item_and_carries_marks_of_it() -> None:
    card = shown(change_screen(a_board(SECTIONS), "d"))
    assert inputs(card) == {
        "q.d.text": "Safe",
        "q.d.note": "Twice",
        "q.d.assignee": "Ben",
        "q.d.section": "Shop",
        "q.d.due_date": "2026-11-20",
        "q.d.due_time": "10:00",
    }
    envelope, hidden = decode(find_action(card, "Save")["data"])
    assert (envelope.verb, envelope.argument) == ("list.save", "d")
    assert len(hidden["marks"].split()) == len(FIELDS)


def test_marks_are_of_what_stands_and_not_of_what_was_typed() -> None:
    setting = replace(DIALOG, typed={"text": "Other"})
    marks = [
        decode(find_action(shown(change_screen(board, "d")), "Save")["data"])[1]["marks"]
        for board in (a_board(SECTIONS), a_board(SECTIONS, setting=setting))
    ]
    assert marks[0] == marks[1]


def test_what_was_refused_is_shown_again_beside_its_field() -> None:
    problems = {"text": Problem("item_needed")}
    setting = replace(DIALOG, problems=problems, typed={"text": "", "note": "Mine"})
    card = shown(change_screen(a_board(SECTIONS, setting=setting), "d"))
    assert below(card, "q.d.text") == "⚠ Write what is to be done."
    assert (inputs(card)["q.d.text"], inputs(card)["q.d.note"]) == (None, "Mine")


def test_the_last_item_cannot_be_deleted() -> None:
    assert "Delete" in buttons(shown(change_screen(a_board(SECTIONS), "d")))
    one = a_board(a_checklist("Lights"))
    assert "Delete" not in buttons(shown(change_screen(one, "i0")))


def test_on_individual_lists_it_is_said_what_deleting_loses() -> None:
    words = "Deleting it removes what people ticked there"
    own = a_board(a_checklist(individual=True), CREATOR)
    assert words in text(shown(change_screen(own, "i0")))
    assert words not in text(shown(change_screen(a_board(), "i0")))


def test_a_new_item_has_its_id_before_it_is_added() -> None:
    card = shown(add_screen(a_board(spot=Spot(Filter.ALL, 12)), "new1"))
    assert sent(card, "Add") == ("list.add", "new1 last all 12")
    assert sent(card, "Add, then another") == ("list.add", "new1 another all 12")
    assert set(inputs(card).values()) == {None}


def test_someone_without_a_name_owns_no_items() -> None:
    card = shown(edit_screen(a_board(SECTIONS, Person("tenant/x", ""))))
    assert "for you" not in text(card)
