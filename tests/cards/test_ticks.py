"""Ticks in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from actions.item import Item
from actions.rows import Row
from actions.ticks import State, Tick, Wish
from cards.ticks import (
    LONGEST_NAME,
    SIGNS,
    STATES,
    follow_up,
    person_name,
    state_of,
    style_of,
    told,
)
from tests.actions.builders import BERLIN, CREATOR, NOW, VOTER
from tests.actions.checklists import BROKEN, DONE, NOT_NEEDED
from tests.cards.looks import TEXTS

DAY = date(2026, 12, 1)


def a_row(tick: Tick | None = None, *, settled: bool = False, overdue: bool = False) -> Row:
    return Row(1, Item("i1", "Till"), tick, settled, is_own=False, is_overdue=overdue)


def words(row: Row) -> str:
    return " · ".join(told(row, BERLIN, TEXTS))


def test_every_state_has_a_sign_and_a_word_of_its_own() -> None:
    assert set(SIGNS) == set(STATES) == set(State)
    assert len(set(SIGNS.values())) == len(set(STATES.values())) == len(State)


def test_only_what_is_done_and_needs_no_check_any_more_is_green() -> None:
    ticks = [Tick(wish, VOTER, NOW) for wish in (DONE, NOT_NEEDED, BROKEN)]
    styles = [style_of(a_row(tick, settled=True)) for tick in ticks]
    assert styles == ["good", "emphasis", "warning"]
    assert style_of(a_row()) == "emphasis"
    assert style_of(a_row(ticks[0])) == "accent"


def test_what_was_done_is_told_with_who_and_when() -> None:
    row = a_row(Tick(DONE, VOTER, NOW), settled=True)
    assert words(row) == "done · Vera Voter · Fri 20 Nov, 10:00"
    assert " · ".join(told(row, BERLIN, TEXTS, with_name=False)) == "done · Fri 20 Nov, 10:00"


def test_who_looked_at_it_is_told_or_that_nobody_did() -> None:
    tick = Tick(DONE, VOTER, NOW)
    assert words(a_row(tick, overdue=True)).endswith("10:00 · waits to be checked · overdue")
    checked = a_row(replace(tick, checked=CREATOR), settled=True)
    assert words(checked).endswith("10:00 · checked by Cleo Creator")


def test_what_is_open_is_told_to_be_late_if_it_is() -> None:
    assert words(a_row()) == "open"
    assert words(a_row(overdue=True)) == "open · overdue"
    assert state_of(a_row(Tick(BROKEN, VOTER, NOW - timedelta(days=1)))) is State.NOT_DONE


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (
            Wish(State.NOT_DONE, "Why", "Facility", DAY),
            "Follow-up: Facility, until Tue, 1 Dec 2026",
        ),
        (Wish(State.NOT_DONE, "Why", "Facility"), "Follow-up: Facility"),
        (Wish(State.NOT_DONE, "Why", due=DAY), "Follow-up until Tue, 1 Dec 2026"),
        (Wish(State.NOT_DONE, "Why"), ""),
    ],
)
def test_who_follows_up_is_told_as_far_as_it_is_known(wish: Wish, said: str) -> None:
    assert follow_up(wish.owner, wish.due, TEXTS) == said


def test_names_are_cut_and_no_markdown() -> None:
    assert len(person_name("x" * 500, TEXTS)) == LONGEST_NAME
    assert person_name("*Ada*", TEXTS, 30) == "\\*Ada\\*"
    assert person_name(" ", TEXTS) == "Someone without a name"
