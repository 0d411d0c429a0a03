"""The list: sections, filters with counts, pages, and rows that say and do what they should."""

from dataclasses import replace

import pytest

from actions.action import Status
from actions.item import Item
from actions.item_filters import Filter
from actions.ticks import State
from cards.envelope import decode
from cards.parts import Host
from cards.texts import Texts
from dialogs.checklist import list_screen
from dialogs.checklist_edit import edit_screen
from dialogs.checklist_frame import PER_PAGE, Spot
from dialogs.screen import Setting
from tests.actions.builders import CREATOR, NOW, VOTER
from tests.actions.checklists import a_checklist
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS
from tests.dialogs.boards import HOUR, a_board, a_list, longest, ticked
from tests.dialogs.builders import DIALOG, shown
from tests.teams.cards import Card, buttons, find_action, rows, text, walk

MIXED = a_list(
    Item("a", "Lights", section="Hall", assignee="vera  VOTER"),
    Item("b", "Till", section="Shop", due=NOW - HOUR),
    Item("c", "Doors", section="hall", due=NOW + HOUR),
    Item("d", "Floor"),
    ticks={"c": ticked(), "d": ticked(State.NOT_DONE, reason="No *mop*")},
)


def sent(card: Card, title: str) -> tuple[str, str]:
    """Give what a button or a row says: verb and argument."""
    envelope, _ = decode(find_action(card, title)["data"])
    return envelope.verb, envelope.argument


def of(which: Filter, reader: object = VOTER) -> Card:
    """Give the mixed list, those items that are looked for."""
    assert reader in {VOTER, CREATOR}
    person = VOTER if reader is VOTER else CREATOR
    return shown(list_screen(a_board(MIXED, person, Spot(which))))


@pytest.mark.parametrize("host", Host)
@pytest.mark.parametrize("texts", [TEXTS, RIGHT_TO_LEFT])
@pytest.mark.parametrize("which", Filter)
@pytest.mark.parametrize("checker", [None, CREATOR])
def test_200_items_of_any_length_give_pages_that_teams_takes(
    host: Host, texts: Texts, which: Filter, checker: object
) -> None:
    setting = Setting(host, texts, notice="No.", done="Done.")
    made = longest(checker=checker, individual=checker is None)
    shown(list_screen(a_board(made, CREATOR, Spot(which, 150), setting)))


def test_items_stand_in_their_sections_which_come_in_the_order_of_the_list() -> None:
    card = shown(list_screen(a_board(MIXED)))
    lines = text(card).splitlines()
    names = ("Hall", "☐ Lights", "✔ Doors", "Shop", "☐ Till", "Without a section", "✘ Floor")
    assert [line for line in lines if line in names] == list(names)


def test_a_list_without_sections_has_no_headings() -> None:
    assert "Without a section" not in text(shown(list_screen(a_board())))


def test_rows_say_whose_when_and_why_in_words() -> None:
    lines = text(shown(list_screen(a_board(MIXED)))).splitlines()
    after = {line: lines[n + 1] for n, line in enumerate(lines) if line[:1] in "☐✔✘"}
    assert after["☐ Lights"] == "for you"
    assert after["☐ Till"].startswith("overdue since ")
    assert after["✔ Doors"].startswith("done · Vera Voter · ")
    assert after["✘ Floor"].endswith("No \\*mop\\*")


def test_how_far_it_is_stands_above() -> None:
    assert "2 of 4 dealt with" in text(shown(list_screen(a_board(MIXED))))
    fresh = shown(list_screen(a_board()))
    assert "0 of 3 done" in text(fresh)
    assert not [one for one in walk(fresh) if one.get("minHeight")]


def test_a_tap_says_which_item_and_which_state_and_keeps_the_place() -> None:
    card = shown(list_screen(a_board(MIXED)))
    assert sent(card, "Tick: Lights") == ("list.set", "a done")
    assert sent(card, "Open again: Doors") == ("list.set", "c open")
    card = of(Filter.OVERDUE)
    assert sent(card, "Tick: Till") == ("list.set", "b done overdue 0")
    assert sent(card, "More about: Till") == ("list.item", "b overdue 0")


def test_what_is_tapped_is_coloured_itself_so_that_it_is_hit_up_to_its_edges() -> None:
    card = shown(list_screen(a_board(MIXED)))
    styles = [one["style"] for one in walk(card) if "selectAction" in one]
    assert styles == [*["emphasis"] * 2, *["good"] * 2, *["emphasis"] * 2, *["warning"] * 2]
    card = shown(edit_screen(a_board(MIXED)))
    assert {one["style"] for one in walk(card) if "selectAction" in one} == {"emphasis"}


def test_what_was_not_done_for_a_reason_is_opened_by_a_tap_and_not_undone() -> None:
    card = shown(list_screen(a_board(MIXED)))
    assert "Open again: Floor" not in rows(card)
    assert rows(card).count("More about: Floor") == 2


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (Filter.ALL, ["Lights", "Doors", "Till", "Floor"]),
        (Filter.MINE, ["Lights"]),
        (Filter.OPEN, ["Lights", "Till"]),
        (Filter.OVERDUE, ["Till"]),
    ],
)
def test_filters_find_what_they_say(which: Filter, found: list[str]) -> None:
    names = [title.partition(": ")[2] for title in rows(of(which))]
    assert list(dict.fromkeys(names)) == found


def test_filters_are_buttons_with_counts_and_the_own_one_is_the_heading() -> None:
    card = of(Filter.OPEN)
    assert buttons(card)[:3] == ["All (4)", "Mine (1)", "Overdue (1)"]
    assert "Still open (2)" in text(card).splitlines()
    assert sent(card, "All (4)") == ("list.open", "")
    assert sent(card, "Mine (1)") == ("list.open", "mine 0")


@pytest.mark.parametrize(
    ("which", "words"),
    [
        (Filter.MINE, "Nothing on this list is meant for you by name."),
        (Filter.OPEN, "Nothing is open: all of it is ticked."),
        (Filter.OVERDUE, "Nothing is overdue."),
        (Filter.TO_CHECK, "Nothing waits for you to look at it."),
    ],
)
def test_a_filter_that_finds_nothing_says_so(which: Filter, words: str) -> None:
    done = a_checklist("Lights", ticks={"i0": ticked()})
    assert words in text(shown(list_screen(a_board(done, spot=Spot(which)))))


def test_long_lists_turn_pages_and_keep_the_filter() -> None:
    made = a_checklist(count=30)
    card = shown(list_screen(a_board(made, spot=Spot(Filter.OPEN, PER_PAGE))))
    assert "Still open (13–24 of 30)" in text(card)
    assert sent(card, "Next items") == ("list.open", "open 24")
    assert sent(card, "Previous items") == ("list.open", "open 0")
    last = shown(list_screen(a_board(made, spot=Spot(Filter.ALL, 24))))
    assert "Next items" not in buttons(last)
    assert "Previous items" not in buttons(shown(list_screen(a_board(made))))


def test_a_page_that_is_no_more_is_the_last_one() -> None:
    card = shown(list_screen(a_board(a_checklist(count=13), spot=Spot(Filter.ALL, 60))))
    assert "All (2–13 of 13)" in text(card)


def test_who_checks_finds_what_waits_and_looks_at_it_first() -> None:
    made = a_checklist(checker=CREATOR, ticks={"i0": ticked()})
    card = shown(list_screen(a_board(made, CREATOR, Spot(Filter.TO_CHECK))))
    assert set(rows(card)) == {"More about: Lights"}
    assert "waits to be checked" in text(card)
    others = shown(list_screen(a_board(made)))
    assert "To check (1)" not in buttons(others)
    assert "Open again: Lights" in rows(others)


def test_what_was_checked_is_opened_again_only_by_who_checks() -> None:
    tick = replace(ticked(), checked=CREATOR)
    made = a_checklist("Lights", checker=CREATOR, ticks={"i0": tick})
    card = shown(list_screen(a_board(made)))
    assert set(rows(card)) == {"More about: Lights"}
    assert "checked by" in text(card)


def test_a_closed_list_is_only_looked_at() -> None:
    card = shown(list_screen(a_board(replace(MIXED, status=Status.CLOSED))))
    assert {title.partition(":")[0] for title in rows(card)} == {"More about"}
    assert "Change items" not in buttons(card)


def test_only_who_may_change_items_is_offered_it() -> None:
    fixed = a_checklist(anyone_edits=False)
    assert "Change items" in buttons(shown(list_screen(a_board(a_checklist()))))
    assert "Change items" not in buttons(shown(list_screen(a_board(fixed))))
    assert "Change items" in buttons(shown(list_screen(a_board(fixed, CREATOR))))


def test_a_list_of_ones_own_shows_ones_own_ticks() -> None:
    made = a_checklist("Lights", "Till", individual=True)
    card = shown(list_screen(a_board(made, own={"i1": ticked()})))
    assert "This is your own list" in text(card)
    assert "✔ Till" in text(card)
    assert sent(card, "Open again: Till") == ("list.set", "i1 open")


def test_places_are_read_back_and_what_is_odd_says_nothing() -> None:
    assert Spot.read(Spot(Filter.MINE, 24).words) == Spot(Filter.MINE, 24)
    assert Spot.read(("x", "-3", "y")) == Spot()
    assert Spot(Filter.ALL, 12).around(30) == Spot(Filter.ALL, 24)
    assert Spot(Filter.ALL, 12).around(23) == Spot(Filter.ALL, 12)


def test_an_undo_is_offered_beside_what_was_done() -> None:
    board = a_board()
    undo = board.to("list.set", "i0", State.OPEN)
    setting = replace(DIALOG, done="Done: Lights", undo=undo)
    card = shown(list_screen(a_board(setting=setting)))
    assert sent(card, "Undo") == ("list.set", "i0 open")
