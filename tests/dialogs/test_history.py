"""The history of a checklist, line by line."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import actions
from actions.checklist_results import LINES_PER_PAGE, History
from actions.history import Entry
from actions.managing import CLOCK
from actions.people import Person
from actions.tallies import Tallies
from actions.ticks import State
from actions.viewing import view_of
from cards.deeds import DEEDS, WORDS, deed
from cards.envelope import Envelope
from dialogs.history import history_screen
from dialogs.screen import Setting
from tests.actions.builders import ACTION_ID, NOW, VOTER
from tests.actions.checklists import a_checklist
from tests.cards.looks import TEXTS
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import DIALOG, SETTINGS, envelopes, shown
from tests.teams.cards import text, texts


def a_line(verb: str = "item_done", person: Person = VOTER, **detail: Any) -> Entry:
    return Entry(NOW, person, verb, {"item": "i1", "text": "Till"} | detail)


def a_page(*lines: Entry, start: str = "", following: str = "") -> History:
    view = view_of(a_checklist(), Tallies(), NOW, VOTER.key)
    return History(view, lines, start, following)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_line_says_who_did_what_when_and_why(setting: Setting) -> None:
    line = a_line("item_not_done", reason="No key", owner="Ben", due="2026-12-01")
    lines = texts(shown(history_screen(a_page(line), setting)))
    start = lines.index("Vera Voter: “Till” was not done")
    assert lines[start + 1] == (
        "Fri 20 Nov, 10:00 · No key · Follow-up: Ben, until Tue, 1 Dec 2026"
    )


def test_what_is_told_of_the_list_itself_names_no_item() -> None:
    assert deed(Entry(NOW, CLOCK, "closed"), TEXTS) == "Muster closed the checklist"


def test_what_a_later_version_writes_is_told_in_general() -> None:
    assert deed(a_line("item_painted"), TEXTS) == "Vera Voter changed the checklist"


def test_everything_that_is_written_down_has_words() -> None:
    folder = Path(actions.__file__).parent
    code = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    verbs = set(re.findall(r'"(item_[a-z_]+)", (?:item|after)', code)) | {
        f"item_{s.value}" for s in State
    }
    assert {"item_added", "item_deleted", "item_edited", "item_put_back"} <= verbs
    assert verbs | {"item_checked", "item_refused", "closed", "exported"} <= DEEDS.keys()
    assert DEEDS.keys() == WORDS.keys()


def test_a_list_to_which_nothing_was_done_says_so() -> None:
    assert "Nothing has been done yet." in texts(shown(history_screen(a_page(), DIALOG)))


def test_older_lines_are_on_further_pages_and_the_newest_one_tap_away() -> None:
    card = shown(history_screen(a_page(a_line(), start="b", following="a"), DIALOG))
    named = envelopes(card)
    assert named["Older"] == Envelope("history", ACTION_ID, "start=a")
    assert named["The newest"] == Envelope("history", ACTION_ID)
    assert "History" in texts(card)


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_whatever_was_typed_fits_a_card(sign: str) -> None:
    who = Person("tenant/x", sign * 200)
    worst = a_line(
        "item_not_done",
        who,
        text=sign * 200,
        reason=sign * 4_000,
        owner=sign * 100,
        due="2026-12-01",
    )
    page = a_page(*[worst] * LINES_PER_PAGE, start="b" * 36, following="a" * 36)
    content = replace(page.view.action.content, title=sign * 500)
    view = replace(page.view, action=replace(page.view.action, content=content))
    for setting in SETTINGS.values():
        card = shown(history_screen(replace(page, view=view), setting))
        assert text(card).count("was not done") == LINES_PER_PAGE


def test_words_of_people_are_no_markdown() -> None:
    evil = "[pay](https://evil.example)"
    line = a_line("item_not_done", Person("tenant/x", evil), text=evil, reason=evil, owner=evil)
    said = text(shown(history_screen(a_page(line), DIALOG)))
    assert "[pay](" not in said.replace("\\[pay\\](", "")
