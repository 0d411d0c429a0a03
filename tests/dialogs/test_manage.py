"""What creators can do, and the list of what they made."""

from dataclasses import replace
from typing import Any

import pytest

from actions.viewing import View
from cards.envelope import Envelope, decode
from cards.parts import Host
from dialogs.manage import (
    FEW_DRAFTS,
    PER_PAGE,
    Listing,
    delete_screen,
    deleted_screen,
    manage_screen,
    mine_screen,
)
from dialogs.screen import Setting
from tests.actions.builders import (
    ACTION_ID,
    CREATOR,
    DRAFT_ID,
    a_closed_poll,
    a_draft,
    a_form,
    a_poll,
    a_view,
)
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS, checked
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, envelopes, shown
from tests.teams.cards import Card, actions, buttons, rows, text, walk

EVIL = "[pay](https://evil.example)"
OPEN = a_view(a_poll(audience=12), "a", "b", viewer=CREATOR.key)
CLOSED = a_view(a_closed_poll(), "a", viewer=CREATOR.key)


def _verbs(view: View, setting: Setting) -> dict[str, str]:
    return {n: e.verb for n, e in envelopes(shown(manage_screen(view, setting))).items()}


def test_an_open_poll_can_be_closed_edited_duplicated_and_deleted() -> None:
    assert _verbs(OPEN, DIALOG) == {
        "Edit": "edit",
        "Close now": "close",
        "Duplicate": "duplicate",
        "Delete": "ask_delete",
        "Results": "results",
    }


def test_a_closed_poll_can_be_opened_again() -> None:
    verbs = _verbs(CLOSED, DIALOG)
    assert verbs["Re-open"] == "reopen"
    assert "Close now" not in verbs


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


def _mine(setting: Setting = IN_PLACE, **changes: Any) -> Card:
    listing = Listing("mine", (), (), 0, more=False)
    return shown(mine_screen(replace(listing, **changes), setting))


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_list_of_nothing_invites_to_make_something(setting: Setting) -> None:
    card = _mine(setting)
    assert "Nothing here yet." in text(card)
    assert buttons(card) == ["New poll"]
    assert envelopes(card)["New poll"] == Envelope("create", argument="poll")


def test_a_draft_is_a_row_that_continues_it() -> None:
    card = _mine(drafts=[a_draft()])
    assert "✎ Poll · draft" in text(card)
    assert envelopes(card)["Lunch?"] == Envelope("draft.open", DRAFT_ID, "poll")
    assert "Nothing here yet." not in text(card)


def test_changes_that_are_not_saved_yet_are_told_from_a_draft() -> None:
    assert "changes not saved yet" in text(_mine(drafts=[a_draft(edits=ACTION_ID)]))


def test_a_draft_without_a_title_is_still_a_row() -> None:
    assert rows(_mine(drafts=[a_draft(values=a_form(title=" "))])) == ["without a title"]
    assert rows(_mine(drafts=[a_draft(values={})])) == ["without a title"]


def test_an_action_is_a_row_that_leads_to_managing_it() -> None:
    card = _mine(views=[OPEN])
    assert "Poll · closes Fri 27 Nov, 10:00 · 2 of 12 responded" in text(card)
    assert envelopes(card)["Lunch?"] == Envelope("manage", ACTION_ID)


def test_drafts_stand_above_actions() -> None:
    card = _mine(drafts=[a_draft(values=a_form(title="Mine"))], views=[CLOSED])
    assert rows(card) == ["Mine", "Lunch?"]


def test_a_long_list_leads_to_older_ones_and_back() -> None:
    named = envelopes(_mine(views=[OPEN], offset=PER_PAGE, more=True))
    assert named["Newer"] == Envelope("mine", argument="0")
    assert named["Older"] == Envelope("mine", argument=str(2 * PER_PAGE))
    assert {"Newer", "Older"}.isdisjoint(envelopes(_mine(views=[OPEN])))


def test_more_drafts_than_fit_have_a_list_of_their_own() -> None:
    assert envelopes(_mine(drafts=[a_draft()], more_drafts=True))["All drafts"].verb == "drafts"
    pages = envelopes(_mine(verb="drafts", drafts=[a_draft()], offset=PER_PAGE, more=True))
    assert (pages["Newer"].verb, pages["Older"].verb) == ("drafts", "drafts")


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("sign", ["x", "*", '"', "\\", "😀"])
def test_the_fullest_list_fits(sign: str, setting: Setting) -> None:
    drafts = [
        a_draft(id=f"{DRAFT_ID[:-1]}{n}", values=a_form(title=sign * 500))
        for n in range(FEW_DRAFTS)
    ]
    views = [
        a_view(a_poll(id=f"{ACTION_ID[:-1]}{n}", title=sign * 500, audience=100_000))
        for n in range(PER_PAGE)
    ]
    card = _mine(setting, drafts=drafts, views=views, offset=PER_PAGE, more=True, more_drafts=True)
    assert len(rows(card)) == FEW_DRAFTS + PER_PAGE


def test_titles_in_the_list_make_no_link() -> None:
    card = _mine(drafts=[a_draft(values=a_form(title=EVIL))], views=[a_view(a_poll(title=EVIL))])
    blocks = [node["text"] for node in walk(card) if node.get("type") == "TextBlock"]
    assert not any(EVIL in block for block in blocks)
    assert sum(r"\[pay\]" in block for block in blocks) == 2


def test_the_spoken_name_of_a_row_is_the_title_as_typed() -> None:
    assert rows(_mine(views=[a_view(a_poll(title="snake_case"))])) == ["snake_case"]


def test_a_row_can_be_tapped_by_old_clients_too() -> None:
    for action in actions(_mine(views=[OPEN])):
        if action["type"] == "Action.Execute":
            assert decode(action["fallback"]["data"]) == decode(action["data"])


@pytest.mark.parametrize("view", [OPEN, CLOSED])
def test_screens_for_readers_from_right_to_left_run_that_way(view: View) -> None:
    setting = Setting(Host.DIALOG, RIGHT_TO_LEFT)
    assert checked(manage_screen(view, setting).card)["rtl"] is True
    assert checked(delete_screen(view, setting).card)["rtl"] is True


def test_the_longest_title_fits_everywhere() -> None:
    view = a_view(a_poll(title="\\" * 500), viewer=CREATOR.key)
    shown(manage_screen(view, Setting(Host.IN_PLACE, TEXTS)))
    shown(delete_screen(view, Setting(Host.IN_PLACE, TEXTS)))
