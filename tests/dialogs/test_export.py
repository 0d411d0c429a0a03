"""The screens around an export: small, checked, and saying what to do."""

from dataclasses import replace
from typing import Any

import pytest

from actions.exporting import FORMATS, Order
from actions.tallies import Tallies
from actions.viewing import View, view_of
from cards.envelope import decode
from cards.parts import Host
from cards.texts import Texts
from dialogs.export import (
    declined_card,
    export_screen,
    link_screen,
    no_way_screen,
    not_saved_card,
    preparing_screen,
    saved_card,
    saving_card,
)
from dialogs.screen import Setting
from tests.actions.builders import ACTION_ID, CREATOR, NOW, a_poll, a_view
from tests.actions.checklists import a_checklist
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS, checked
from tests.teams.cards import actions, buttons, text

ORDER = Order(ACTION_ID, "tenant/ada", "csv", "en-GB")
LINK = f"https://muster.example.org/exports/{'x' * 400}"
LONGEST = a_view(a_poll(title="*_" * 250), "a", viewer=CREATOR.key)


def a_managed(**changes: Any) -> View:
    return a_view(a_poll(**changes), "a", "b", viewer=CREATOR.key)


@pytest.mark.parametrize("host", Host)
@pytest.mark.parametrize("texts", [TEXTS, RIGHT_TO_LEFT])
@pytest.mark.parametrize("view", [a_managed(), LONGEST])
def test_every_screen_is_one_that_teams_takes(host: Host, texts: Texts, view: View) -> None:
    setting = Setting(host, texts)
    for screen in (
        export_screen(view, setting),
        preparing_screen(view, setting),
        link_screen(view, setting, LINK),
        no_way_screen(view, setting),
    ):
        assert "Back" in buttons(checked(screen.card))


@pytest.mark.parametrize(
    ("individual", "rows"), [(False, "each item in a row"), (True, "each person in a row")]
)
def test_of_a_checklist_it_says_what_is_in_the_rows(rows: str, *, individual: bool) -> None:
    view = view_of(a_checklist(individual=individual), Tallies(), NOW, CREATOR.key)
    said = text(checked(export_screen(view, Setting(Host.DIALOG, TEXTS)).card))
    assert said.count(rows) == 2
    assert "the whole history" in said
    assert "response" not in said


@pytest.mark.parametrize("host", Host)
def test_every_form_has_its_button(host: Host) -> None:
    card = checked(export_screen(a_managed(), Setting(host, TEXTS)).card)
    assert buttons(card) == ["Excel", "CSV", "JSON", "Back"]
    envelopes = [decode(action["data"])[0] for action in actions(card)]
    assert [(one.verb, one.argument) for one in envelopes[:3]] == [
        ("export.make", form) for form in FORMATS
    ]


def test_it_says_that_few_anonymous_answers_are_not_in_it() -> None:
    said = "Answers are exported from three responses on, to keep them anonymous."
    setting = Setting(Host.DIALOG, TEXTS)
    assert said in text(checked(export_screen(a_managed(anonymous=True), setting).card))
    assert said not in text(checked(export_screen(a_managed(), setting).card))


def test_a_link_is_a_button() -> None:
    card = checked(link_screen(a_managed(), Setting(Host.DIALOG, TEXTS), LINK).card)
    assert actions(card)[0]["url"] == LINK
    assert "works for 15 minutes" in text(card)


def test_each_end_of_an_offer_names_the_file() -> None:
    for card in (
        saving_card(TEXTS, "*Lunch*.csv"),
        saved_card(TEXTS, "*Lunch*.csv"),
        declined_card(TEXTS, "*Lunch*.csv"),
        not_saved_card(TEXTS, "*Lunch*.csv", ORDER),
    ):
        assert r"\*Lunch\*.csv" in text(checked(card))


def test_who_may_try_again_gets_the_same_export() -> None:
    card = checked(not_saved_card(TEXTS, "Lunch.xlsx", replace(ORDER, format="xlsx")))
    (again,) = actions(card)
    envelope, _ = decode(again["data"])
    assert (again["title"], envelope.verb, envelope.action, envelope.argument) == (
        *("Try again", "export.make"),
        *(ACTION_ID, "xlsx"),
    )
