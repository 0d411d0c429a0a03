"""No summary card is larger than Teams takes, whatever was typed and whoever voted."""

from dataclasses import replace
from string import ascii_lowercase

import pytest

from actions.action import Action
from actions.choice import Choice, Option
from actions.poll import QUESTION
from actions.tallies import Tallies, recount
from actions.viewing import View, view_of
from cards.parts import LONGEST_CARD, Fit, Host, card, fitting, note, size
from cards.summary import summary
from tests.actions.builders import CREATOR, NOW, a_poll
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS, checked
from tests.teams.cards import buttons, text

MANY_PEOPLE = tuple(f"29:{number:02}".ljust(110, "x") for number in range(60))

SIGNS = {
    "letters": "x",
    "stars": "*",
    "quotes": '"',
    "backslashes": "\\",
    "emoji": "😀",
    "hebrew": "ש",
}


def many_options(sign: str, length: int = 1_000, most: int = 1) -> Choice:
    """Give 25 options of that length, all different; ids as long as those that are given out."""
    options = tuple(
        Option(f"opt-{letter}x", (letter + sign * length)[:length])
        for letter in ascii_lowercase[:25]
    )
    return Choice(QUESTION, "T", options, most)


def full_poll(sign: str, length: int = 1_000, most: int = 1, **changes: object) -> Action:
    """Give the longest poll of one sign that the form takes."""
    longest = {"title": sign * 500, "more": sign * 5_000, "audience": 100_000}
    return a_poll(many_options(sign, length, most), **longest, **changes)


def all_added(sign: str, but: int = 0) -> Action:
    """Give the longest poll, its options added by people with long names; `but` are missing."""
    question = many_options(sign)
    options = tuple(replace(o, added_by=sign * 200) for o in question.options[but:])
    longest = {"title": sign * 500, "more": sign * 5_000, "may_add": True}
    return a_poll(replace(question, options=options), **longest)


def seen_by_creator(action: Action) -> View:
    """Give the view with the most to show: the creator's, who chose as much as they may."""
    question = action.content.questions[0]
    assert isinstance(question, Choice)
    chosen = {QUESTION: tuple(o.id for o in question.options[: question.most])}
    return view_of(action, recount(action.content, [(chosen, ())]), NOW, CREATOR.key, chosen)


@pytest.mark.parametrize("host", list(Host))
@pytest.mark.parametrize("most", [1, 25])
@pytest.mark.parametrize("sign", SIGNS)
def test_25_options_of_1_000_characters_fit(sign: str, most: int, host: Host) -> None:
    view = seen_by_creator(full_poll(SIGNS[sign], most=most))
    checked(summary(view, TEXTS, host))


@pytest.mark.parametrize("sign", SIGNS)
def test_60_people_who_are_refreshed_fit_beside_25_options(sign: str) -> None:
    view = seen_by_creator(full_poll(SIGNS[sign], recent=MANY_PEOPLE))
    checked(summary(view, TEXTS, Host.CHAT))


@pytest.mark.parametrize("host", list(Host))
@pytest.mark.parametrize("but", [0, 1])
@pytest.mark.parametrize("sign", SIGNS)
def test_long_options_that_people_with_long_names_added_fit(
    sign: str, but: int, host: Host
) -> None:
    action = replace(all_added(SIGNS[sign], but), recent=MANY_PEOPLE)
    shown = checked(summary(seen_by_creator(action), TEXTS, host))
    assert ("Add an option" in buttons(shown)) is bool(but)


@pytest.mark.parametrize("length", [10, 40, 100, 200, 400])
def test_60_people_and_25_options_fit_at_every_length(length: int) -> None:
    view = seen_by_creator(full_poll("x", length, recent=MANY_PEOPLE))
    checked(summary(view, TEXTS, Host.CHAT))


def test_25_short_options_and_60_people_fit() -> None:
    options = tuple(Option(f"opt{number:03}", f"Option {number}") for number in range(25))
    view = view_of(a_poll(Choice(QUESTION, "T", options), recent=MANY_PEOPLE), Tallies(), NOW)
    checked(summary(view, TEXTS, Host.CHAT))


def test_a_notice_as_long_as_they_get_fits() -> None:
    view = seen_by_creator(full_poll("x"))
    notice = TEXTS("“{option}” has no places left.", option="x" * 1_000)
    checked(summary(view, TEXTS, Host.IN_PLACE, notice))


@pytest.mark.parametrize("sign", SIGNS)
def test_a_preview_of_25_options_fits(sign: str) -> None:
    view = seen_by_creator(full_poll(SIGNS[sign]))
    checked(summary(view, RIGHT_TO_LEFT, Host.DIALOG, preview=True))


def test_a_card_with_room_shows_texts_whole() -> None:
    question = Choice(QUESTION, "T", (Option("a", "x" * 300), Option("b", "y" * 300)))
    shown = checked(summary(view_of(a_poll(question), Tallies(), NOW), TEXTS, Host.CHAT))
    assert "x" * 300 in text(shown)
    assert "…" not in text(shown)


def test_texts_are_cut_before_bars_are_left_out() -> None:
    view = seen_by_creator(full_poll("x", 250))
    shown = checked(summary(view, TEXTS, Host.DIALOG, preview=True))
    assert "…" in text(shown)
    assert "minHeight" in str(shown)


def test_the_first_card_that_fits_is_taken_and_else_the_last() -> None:
    fits = (Fit(300, bars=True), Fit(10, bars=False))
    small = [summary(view_of(a_poll(), Tallies(), NOW), TEXTS, Host.CHAT) for _ in fits]
    assert fitting(small) is small[0]
    large = [card(TEXTS, [note("n" * 20_000)]) for _ in fits]
    assert size(large[0]) > LONGEST_CARD
    assert fitting([large[0], small[1]]) is small[1]
    assert fitting(large) is large[1]
