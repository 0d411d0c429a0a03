"""What stands once a form was handed in."""

from dataclasses import replace
from typing import Any

import pytest

from actions.sheet import Receipt
from cards.parts import Host
from dialogs.receipt import NEWEST, receipt_screen
from dialogs.screen import Setting
from tests.actions.surveys import a_survey
from tests.cards.looks import RIGHT_TO_LEFT
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, envelopes, shown
from tests.dialogs.fillings import a_receipt
from tests.teams.cards import buttons, rows, text


def without_times(receipt: Receipt, **changes: Any) -> Receipt:
    """Give the receipt of an anonymous survey, whose responses have no times."""
    own = tuple(replace(response, at=None, **changes) for response in receipt.own)
    return replace(receipt, own=own)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_it_says_when_it_was_handed_in_and_that_it_can_be_changed(setting: Setting) -> None:
    card = shown(receipt_screen(a_receipt(a_survey()), setting))
    assert "✔ Handed in Fri 20 Nov, 10:00. Thank you!" in text(card)
    assert "You can change it until it closes." in text(card)
    assert envelopes(card)["Edit my response"].verb == "fill.open"
    assert envelopes(card)["Results"].verb == "results"


def test_what_cannot_be_changed_can_be_looked_at() -> None:
    card = shown(receipt_screen(a_receipt(a_survey(may_change=False)), DIALOG))
    assert "It cannot be changed." in text(card)
    assert buttons(card) == ["My response", "Results"]
    assert envelopes(card)["My response"].verb == "my_response"


def test_after_closing_nothing_is_offered_that_is_refused() -> None:
    closed = a_receipt(a_survey(), is_open=False)
    card = shown(receipt_screen(closed, DIALOG))
    assert "closed" in text(card)
    assert "change it" not in text(card)
    assert buttons(card) == ["My response", "Results"]


def test_results_that_may_not_be_seen_are_not_offered() -> None:
    card = shown(receipt_screen(a_receipt(a_survey(), sees_results=False), DIALOG))
    assert buttons(card) == ["Edit my response"]


def test_an_anonymous_response_cannot_be_traced_and_can_be_changed() -> None:
    card = shown(receipt_screen(without_times(a_receipt(a_survey(anonymous=True))), DIALOG))
    assert "✔ Handed in. Thank you!" in text(card)
    assert "Nobody can trace it to you." in text(card)
    assert "Edit my response" in buttons(card)


def test_an_anonymous_response_that_is_no_longer_known_says_so() -> None:
    sealed = without_times(a_receipt(a_survey(anonymous=True)), answers=None)
    card = shown(receipt_screen(sealed, DIALOG))
    assert "Which answers are yours is no longer known" in text(card)
    assert "Edit my response" not in buttons(card)


def test_who_handed_nothing_in_is_told_so() -> None:
    card = shown(receipt_screen(a_receipt(a_survey(), 0, is_open=False), DIALOG))
    assert "You have not handed anything in." in text(card)
    assert buttons(card) == ["Results"]


def test_why_something_was_refused_stands_above() -> None:
    card = shown(receipt_screen(a_receipt(a_survey()), replace(DIALOG, notice="Too late.")))
    assert "⚠ Too late." in text(card)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_each_of_several_responses_can_be_changed(setting: Setting) -> None:
    card = shown(receipt_screen(a_receipt(a_survey(several=True), 2), setting))
    assert rows(card) == ["Change response 2", "Change response 1"]
    assert "Response 2 · Fri 20 Nov, 11:00" in text(card)
    assert "Service · Gloves · Yes · 2 of 5 · …" in text(card)
    named = envelopes(card)
    assert (named["Change response 1"].verb, named["Change response 1"].argument) == (
        "fill.open",
        "1",
    )
    assert named["Answer again"].argument == "3"


def test_several_responses_that_cannot_be_changed_are_listed_only() -> None:
    card = shown(receipt_screen(a_receipt(a_survey(several=True, may_change=False), 2), DIALOG))
    assert rows(card) == []
    assert "Response 1" in text(card)
    assert "Answer again" in buttons(card)


def test_the_newest_of_many_responses_are_listed() -> None:
    card = shown(receipt_screen(a_receipt(a_survey(several=True), NEWEST + 5), DIALOG))
    assert len(rows(card)) == NEWEST
    assert envelopes(card)["5 more"].verb == "my_response"


@pytest.mark.parametrize("sign", ['"', "😀", "*"])
def test_a_receipt_fits_its_card(sign: str) -> None:
    survey = a_survey(several=True, title=sign * 500, anonymous=True)
    setting = Setting(Host.IN_PLACE, RIGHT_TO_LEFT, notice="n" * 300)
    assert shown(receipt_screen(a_receipt(survey, 20), setting))
    assert receipt_screen(a_receipt(survey), IN_PLACE).stays
