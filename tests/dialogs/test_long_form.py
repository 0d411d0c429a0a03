"""Forms with more text than one card holds."""

from dataclasses import replace
from string import ascii_lowercase

import pytest

from actions.action import Draft
from actions.errors import Problem
from actions.poll import values_of
from cards.envelope import decode
from cards.parts import Host
from dialogs.create import form_screen
from dialogs.screen import Setting
from tests.actions.builders import ACTION_ID, DRAFT_ID, a_draft, a_form
from tests.cards.looks import TEXTS
from tests.cards.test_sizes import SIGNS, full_poll
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, below, envelopes, full_values, shown
from tests.teams.cards import Card, buttons, find_action, inputs, texts


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("sign", ["letters", "quotes", "backslashes", "hebrew"])
def test_a_form_with_25_options_of_1_000_characters_fits(sign: str, setting: Setting) -> None:
    shown(form_screen(a_draft(values=full_values(SIGNS[sign])), setting))


def _turns(draft: Draft, setting: Setting, most: int = 60) -> list[Card]:
    """Give the forms that someone sees who turns on until the first comes again."""
    seen = [shown(form_screen(draft, setting))]
    while len(seen) <= most:
        draft = _turned(draft, seen[-1])
        seen.append(shown(form_screen(draft, setting)))
        if _option_fields(seen[-1]) == _option_fields(seen[0]):
            return seen[:-1]
    raise AssertionError("the first options never come again")


def _turned(draft: Draft, card: Card) -> Draft:
    """Give the draft after the button that shows the next options."""
    _, sent = decode(find_action(card, "Edit the other options")["data"])
    return replace(draft, values={**draft.values, "shown_from": sent["shown_from"]})


def _option_fields(card: Card) -> list[str]:
    return [name for name in inputs(card) if name.startswith("option.")]


def test_every_option_of_a_long_form_has_its_turn_once() -> None:
    turns = _turns(a_draft(values=full_values()), DIALOG)
    named = [name for card in turns for name in _option_fields(card)]
    assert named == [f"option.{letter}" for letter in ascii_lowercase[:25]]
    assert len(turns) > 1


def test_options_that_wait_for_their_turn_are_named() -> None:
    draft = a_draft(values=full_values())
    card = shown(form_screen(draft, DIALOG))
    waiting = 25 - len(_option_fields(card))
    assert waiting
    assert sum(line.startswith("Option ") and ": " in line for line in texts(card)) == waiting
    turn = envelopes(card)["Edit the other options"]
    assert (turn.verb, turn.action, turn.argument) == ("draft.turn", DRAFT_ID, "poll")


def test_a_short_form_shows_every_option_at_once() -> None:
    card = shown(form_screen(a_draft(*(f"Option {n}" for n in range(25))), DIALOG))
    assert len(_option_fields(card)) == 25
    assert "Edit the other options" not in buttons(card)


@pytest.mark.parametrize("name", ["option", "places"])
@pytest.mark.parametrize("letter", ["a", "m", "y"])
def test_a_problem_with_an_option_that_waits_is_brought_before_the_eyes(
    letter: str, name: str
) -> None:
    problems = {
        f"{name}.{letter}": Problem("duplicate_option" if name == "option" else "places_whole")
    }
    setting = Setting(Host.DIALOG, TEXTS, problems=problems)
    card = shown(form_screen(a_draft(values=full_values()), setting))
    assert below(card, f"{name}.{letter}").startswith("⚠")


@pytest.mark.parametrize("place", ["-1", "25", "999", "00000999", "x", "²"])
def test_a_place_in_the_options_that_is_none_is_the_first(place: str) -> None:
    draft = a_draft(values=full_values() | {"shown_from": place})
    assert "option.a" in inputs(shown(form_screen(draft, DIALOG)))


def test_turning_on_works_whatever_signs_a_form_is_full_of() -> None:
    draft = a_draft(values=full_values("\\"))
    draft = _turned(draft, shown(form_screen(draft, DIALOG)))
    assert draft.values["shown_from"] != "0"


def test_a_form_with_25_long_options_fits_with_a_problem_at_each() -> None:
    problems = {
        f"option.{letter}": Problem("too_long", {"limit": 1_000, "length": 1_001})
        for letter in ascii_lowercase[:25]
    }
    setting = Setting(Host.IN_PLACE, TEXTS, problems=problems)
    shown(form_screen(a_draft(values=full_values()), setting))


def test_an_edit_of_25_long_options_fits() -> None:
    draft = a_draft(values=values_of(full_poll("x", most=25)), edits=ACTION_ID)
    shown(form_screen(draft, IN_PLACE))


def test_a_form_that_was_given_a_whole_message_as_title_fits() -> None:
    shown(form_screen(a_draft(values=a_form(title="x" * 28_000)), DIALOG))


def test_a_form_with_25_options_of_ordinary_length_fits() -> None:
    values = a_form(*(f"Option number {n}, a few words long" for n in range(25)))
    shown(form_screen(a_draft(values=values), IN_PLACE))
