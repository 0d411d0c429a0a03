"""What creators can do with what they made."""

from dataclasses import replace

import pytest

from actions.viewing import View
from cards.parts import Host
from dialogs.manage import delete_screen, deleted_screen, manage_screen
from dialogs.screen import Setting
from tests.actions.builders import (
    ACTION_ID,
    CREATOR,
    a_closed_poll,
    a_poll,
    a_view,
)
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS, checked
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, envelopes, shown
from tests.teams.cards import actions, text

EVIL = "[pay](https://evil.example)"
OPEN = a_view(a_poll(audience=12), "a", "b", viewer=CREATOR.key)
CLOSED = a_view(a_closed_poll(), "a", viewer=CREATOR.key)


def _verbs(view: View, setting: Setting) -> dict[str, str]:
    return {n: e.verb for n, e in envelopes(shown(manage_screen(view, setting))).items()}


def test_an_open_poll_can_be_closed_edited_exported_duplicated_and_deleted() -> None:
    assert _verbs(OPEN, DIALOG) == {
        "Edit": "edit",
        "Remind": "remind",
        "Close now": "close",
        "Export": "export",
        "Co-creators": "co_creators",
        "Duplicate": "duplicate",
        "Delete": "ask_delete",
        "Results": "results",
    }


def test_a_closed_poll_can_be_opened_again() -> None:
    verbs = _verbs(CLOSED, DIALOG)
    assert verbs["Re-open"] == "reopen"
    assert {"Close now", "Remind"}.isdisjoint(verbs)


def test_the_personal_chat_has_ways_back() -> None:
    verbs = _verbs(OPEN, IN_PLACE)
    assert (verbs["Back"], verbs["My actions"]) == ("show", "mine")


def test_every_button_names_the_poll() -> None:
    named = envelopes(shown(manage_screen(OPEN, DIALOG)))
    assert {envelope.action for envelope in named.values()} == {ACTION_ID}


def test_the_state_stands_above() -> None:
    assert "POLL · closes Fri 27 Nov, 10:00 · 2 of 12 responded" in text(
        shown(manage_screen(OPEN, DIALOG))
    )
    assert "POLL · closed · 1 response" in text(shown(manage_screen(CLOSED, DIALOG)))


def test_what_was_done_and_what_was_not_is_told() -> None:
    setting = replace(DIALOG, notice="Not saved.", done="It is closed.")
    card = text(shown(manage_screen(OPEN, setting)))
    assert "⚠ Not saved." in card
    assert "✔ It is closed." in card


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_deleting_is_asked_about_with_what_is_lost(setting: Setting) -> None:
    card = shown(delete_screen(OPEN, setting))
    assert "This cannot be undone. (2 of 12 responded)" in text(card)
    assert {title: e.verb for title, e in envelopes(card).items()} == {
        "Delete for good": "delete",
        "Keep": "manage",
    }


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_deleted_poll_is_said_to_be(setting: Setting) -> None:
    card = shown(deleted_screen(setting))
    assert text(card) == "✔ It is deleted."
    assert actions(card) == []


@pytest.mark.parametrize("view", [OPEN, CLOSED])
def test_screens_for_readers_from_right_to_left_run_that_way(view: View) -> None:
    setting = Setting(Host.DIALOG, RIGHT_TO_LEFT)
    assert checked(manage_screen(view, setting).card)["rtl"] is True
    assert checked(delete_screen(view, setting).card)["rtl"] is True


def test_the_longest_title_fits_everywhere() -> None:
    view = a_view(a_poll(title="\\" * 500), viewer=CREATOR.key)
    shown(manage_screen(view, Setting(Host.IN_PLACE, TEXTS)))
    shown(delete_screen(view, Setting(Host.IN_PLACE, TEXTS)))
