"""The list of a checklist, its items and its forms, as cards to look at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from microsoft_teams.cards.core import AdaptiveCard

from actions.action import Action, Status
from actions.errors import Problem
from actions.history import Entry
from actions.item import Item
from actions.item_filters import Filter
from actions.people import Person
from actions.ticks import State, Tick, Wish
from cards.parts import Host
from cards.texts import Texts, texts_for
from dialogs.checklist import list_screen
from dialogs.checklist_edit import add_screen, change_screen, edit_screen
from dialogs.checklist_frame import Board, Spot
from dialogs.checklist_item import item_screen, reason_screen, refuse_screen
from dialogs.screen import Screen, Setting
from tests.actions.builders import CREATOR, NOW, VOTER
from tests.actions.checklists import a_checklist
from tests.dialogs.boards import a_board, a_list, longest

BEN = Person("tenant/ben", "Ben Castillo")
HOUR = timedelta(hours=1)
LAMP = Wish(State.NOT_DONE, "The lamp is broken, and no spare.", "Facility", date(2026, 12, 1))


def checklist_list(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    """Give every screen with its name."""
    for name, screen in _screens(Setting(Host.DIALOG, texts)):
        yield f"list-{name}", screen.card


def _screens(setting: Setting) -> Iterator[tuple[str, Screen]]:
    made, closed = opening(), replace(opening(), status=Status.CLOSED)
    board, checker = _board(made, setting), _board(made, setting, CREATOR)
    yield "all", list_screen(board)
    yield "closed", list_screen(_board(closed, setting))
    done = replace(setting, done="Done: Lights", undo=board.to("list.set", "a", State.OPEN))
    yield "open", list_screen(_board(made, done, which=Filter.OPEN))
    yield "mine", list_screen(_board(made, setting, BEN, Filter.MINE))
    yield "to-check", list_screen(_board(made, setting, CREATOR, Filter.TO_CHECK))
    yield "nothing", list_screen(_board(a_checklist(), setting, which=Filter.OVERDUE))
    own = {"i0": Tick(Wish(State.DONE), VOTER, NOW)}
    mine = a_checklist("Fire drill read", "Shoes tried on", individual=True)
    yield "own", list_screen(a_board(mine, setting=setting, own=own))
    in_place = replace(setting, host=Host.IN_PLACE, notice="This item was deleted meanwhile.")
    yield "paged", list_screen(a_board(a_checklist(count=30), VOTER, Spot(first=12), in_place))
    yield "longest", list_screen(a_board(longest(), setting=setting))
    arabic = replace(setting, texts=texts_for("ar"))
    yield "arabic", list_screen(_board(made, arabic))
    lines = [
        Entry(NOW, CREATOR, "item_refused", {"text": "Floor", "reason": "Still wet"}),
        Entry(NOW - HOUR, BEN, "item_done", {"text": "Floor"}),
    ]
    yield "item", item_screen(board, "d")
    yield "item-open", item_screen(board, "b", lines)
    yield "item-check", item_screen(checker, "c")
    yield "why", reason_screen(board, "a", State.NOT_DONE)
    problems = {"reason": Problem("reason_needed"), "due": Problem("date_unreadable")}
    typed = {"owner": "Facility", "due": "soon"}
    wrong = replace(setting, problems=problems, typed=typed, notice="Please look below.")
    yield "why-wrong", reason_screen(_board(made, wrong), "a", State.NOT_DONE)
    yield "refuse", refuse_screen(checker, "c")
    yield from _editing(board, made)


def _editing(board: Board, made: Action) -> Iterator[tuple[str, Screen]]:
    setting = board.setting
    undo = replace(setting, done="Deleted: Windows", undo=board.to("list.put_back", "w"))
    yield "edit", edit_screen(_board(made, undo))
    yield "change", change_screen(board, "b")
    meanwhile = {"text": Problem("changed_meanwhile", {"text": "Count the till twice"})}
    wrong = replace(setting, problems=meanwhile, typed={"text": "Count the till again"})
    yield "change-meanwhile", change_screen(_board(made, wrong), "b")
    yield "add", add_screen(board, "new")


def opening() -> Action:
    """Give a list in the middle of a morning."""
    items = (
        Item("a", "Switch the lights on", "Hall first", "Shop floor", "Ben Castillo"),
        Item("b", "Count the till", "", "Till", "Vera Voter", NOW - HOUR),
        Item("c", "Open the emergency exits, and see that nothing stands there", "", "Shop floor"),
        Item("d", "Mop the floor", "", "Shop floor", "", NOW + HOUR),
        Item("e", "ضع اللافتة أمام الباب", "", "Till", "Ben Castillo"),
        Item("f", "Put the flag out"),
        Item("g", "Water the plants"),
    )
    ticks = {
        "c": Tick(Wish(State.DONE), BEN, NOW - HOUR),
        "d": Tick(LAMP, BEN, NOW - HOUR),
        "f": Tick(Wish(State.NOT_APPLICABLE, "Too windy"), VOTER, NOW - 2 * HOUR),
        "g": Tick(Wish(State.DONE), VOTER, NOW - 2 * HOUR, CREATOR),
    }
    made = a_list(*items, ticks=ticks, checker=CREATOR)
    return replace(made, content=replace(made.content, title="Opening the shop"))


def _board(
    made: Action, setting: Setting, reader: Person = VOTER, which: Filter = Filter.ALL
) -> Board:
    return a_board(made, reader, Spot(which), setting)
