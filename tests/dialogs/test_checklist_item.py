"""One item: all there is to know of it, and forms that ask why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from actions.action import Status
from actions.errors import NotFound, Problem
from actions.history import Entry
from actions.item import Item
from actions.people import Person
from actions.ticks import State, Tick
from cards.envelope import decode
from cards.parts import Host
from cards.texts import Texts
from dialogs.checklist_frame import Board
from dialogs.checklist_item import item_screen, reason_screen, refuse_screen
from dialogs.screen import Screen, Setting
from tests.actions.builders import CREATOR, NOW, VOTER
from tests.actions.checklists import a_checklist
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS
from tests.dialogs.boards import HOUR, LONG, a_board, a_list, longest, ticked
from tests.dialogs.builders import DIALOG, below, shown
from tests.teams.cards import (
    Card,
    buttons,
    find_action,
    input_elements,
    inputs,
    labels,
    text,
    walk,
)

LINES = [Entry(NOW, Person("k", LONG), "item_not_done", {"text": LONG[:200], "reason": LONG})] * 5
NO_BULB = ticked(State.NOT_DONE, reason="No bulb", owner="Facility", due=date(2026, 12, 1))
FULL = {"reason": LONG + "x" * 300, "owner": LONG[:400], "due": "“" * 900}

SCREENS: dict[str, Callable[[Board], Screen]] = {
    "item": lambda board: item_screen(board, "item00000000", LINES),
    "open item": lambda board: item_screen(board, "item00000001"),
    "not done": lambda board: reason_screen(board, "item00000000", State.NOT_DONE),
    "not applicable": lambda board: reason_screen(board, "item00000001", State.NOT_APPLICABLE),
    "not right": lambda board: refuse_screen(board, "item00000001"),
}


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("host", Host)
@pytest.mark.parametrize("texts", [TEXTS, RIGHT_TO_LEFT])
def test_every_screen_is_one_that_teams_takes(name: str, host: Host, texts: Texts) -> None:
    problems = {field: Problem("too_long", {"limit": 1, "length": 2}) for field in FULL}
    setting = Setting(host, texts, notice="No.", problems=problems, typed=FULL)
    shown(SCREENS[name](a_board(longest(checker=CREATOR), CREATOR, setting=setting)))


def of(tick: Tick | None, reader: Person = VOTER, **kept: Any) -> Card:
    """Give the page of an item in a state."""
    ticks = {"i0": tick} if tick else {}
    return shown(item_screen(a_board(a_checklist(ticks=ticks, **kept), reader), "i0"))


def test_an_item_is_told_whole() -> None:
    item = Item("a", "Lights\nall [of them](x)", "The *switch*", "Hall", "Ben", NOW)
    made = a_list(item, ticks={"a": NO_BULB})
    lines = [Entry(NOW, CREATOR, "item_refused", {"text": "Lights", "reason": "Not *one*"})]
    card = text(shown(item_screen(a_board(made), "a", lines)))
    for words in (
        "Lights\n\nall \\[of them\\](x)",
        "The \\*switch\\*",
        "Hall",
        "for Ben · due ",
        "✘ not done · Vera Voter · ",
        "No bulb",
        "Follow-up: Facility, until Tue, 1 Dec 2026",
        "Cleo Creator checked “Lights”: it is not right",
        "Not \\*one\\*",
    ):
        assert words in card


@pytest.mark.parametrize(
    ("tick", "offered"),
    [
        (None, ["Mark as done", "Not applicable …", "Not done …"]),
        (ticked(), ["Open again", "Not applicable …", "Not done …"]),
        (
            ticked(State.NOT_DONE, reason="x"),
            ["Mark as done", "Open again", "Not applicable …", "Change the reason"],
        ),
        (
            ticked(State.NOT_APPLICABLE, reason="x"),
            ["Mark as done", "Open again", "Change the reason", "Not done …"],
        ),
    ],
)
def test_every_other_state_is_offered(tick: Tick | None, offered: list[str]) -> None:
    assert buttons(of(tick)) == [*offered, "Back to the list", "Change this item"]


def test_who_checks_is_asked_whether_it_is_right() -> None:
    card = of(ticked(), CREATOR, checker=CREATOR)
    assert buttons(card)[:2] == ["It is right", "Not right: open again"]
    assert sent(card, "It is right") == ("list.check", "i0 yes")
    assert sent(card, "Not right: open again") == ("list.refuse", "i0")
    assert "It is right" not in buttons(of(ticked(), VOTER, checker=CREATOR))
    assert "Not right: open again" not in buttons(of(None, CREATOR, checker=CREATOR))


def sent(card: Card, title: str) -> tuple[str, str]:
    """Give what a button says: verb and argument."""
    envelope, _ = decode(find_action(card, title)["data"])
    return envelope.verb, envelope.argument


def test_what_was_checked_is_changed_only_by_who_checks() -> None:
    checked = replace(ticked(), checked=CREATOR)
    assert buttons(of(checked, VOTER, checker=CREATOR)) == ["Back to the list", "Change this item"]
    theirs = buttons(of(checked, CREATOR, checker=CREATOR))
    assert "It is right" not in theirs
    assert "Not right: open again" in theirs


def test_what_is_overdue_stands_out() -> None:
    for due, colour in ((NOW - HOUR, "Attention"), (NOW + HOUR, None)):
        made = a_list(Item("a", "Lights", due=due))
        card = shown(item_screen(a_board(made), "a"))
        line = next(one for one in walk(card) if "due" in one.get("text", ""))
        assert line.get("color") == colour


def test_a_closed_list_has_no_steps() -> None:
    closed = replace(a_checklist(), status=Status.CLOSED)
    assert buttons(shown(item_screen(a_board(closed), "i0"))) == ["Back to the list"]


def test_a_form_asks_why_and_who_follows_up_what_was_not_done() -> None:
    card = shown(reason_screen(a_board(), "i0", State.NOT_DONE))
    assert list(labels(card)) == ["reason", "owner", "due"]
    assert sent(card, "Mark as not done") == ("list.set", "i0 not_done")
    assert sent(card, "Back") == ("list.item", "i0")
    other = shown(reason_screen(a_board(), "i0", State.NOT_APPLICABLE))
    assert list(labels(other)) == ["reason"]


def test_a_reason_that_was_given_is_there_to_be_changed() -> None:
    made = a_checklist(ticks={"i0": NO_BULB})
    card = shown(reason_screen(a_board(made), "i0", State.NOT_DONE))
    assert inputs(card) == {"reason": "No bulb", "owner": "Facility", "due": "2026-12-01"}
    other = shown(reason_screen(a_board(made), "i0", State.NOT_APPLICABLE))
    assert inputs(other) == {"reason": None}


def test_what_was_typed_and_refused_is_shown_again_with_the_reason() -> None:
    problems = {"reason": Problem("reason_needed"), "due": Problem("date_unreadable")}
    typed = {"reason": "", "owner": "Ben", "due": "tomorrow"}
    setting = replace(DIALOG, problems=problems, typed=typed)
    card = shown(reason_screen(a_board(setting=setting), "i0", State.NOT_DONE))
    assert inputs(card) == {"reason": None, "owner": "Ben", "due": "tomorrow"}
    assert below(card, "reason") == "⚠ Write why."
    (due,) = (one for one in input_elements(card) if one["id"] == "due")
    assert due["type"] == "Input.Text"


@pytest.mark.parametrize("name", ["item", "not done", "not right"])
def test_an_item_that_is_gone_is_not_found(name: str) -> None:
    with pytest.raises(NotFound, match="item_gone"):
        SCREENS[name](a_board())
