"""The leaderboard as it is read."""

from dataclasses import replace
from fractions import Fraction

import pytest

from actions.marking import Placed, Score
from actions.marks import Leaders
from actions.people import Person
from cards.envelope import Envelope
from dialogs.leaderboard import leaders_screen
from dialogs.screen import Setting
from tests.actions.attempted import persons, responses_of, seen_by
from tests.actions.builders import ACTION_ID, CREATOR
from tests.actions.exams import a_quiz
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import DIALOG, SETTINGS, envelopes, shown
from tests.storage.places import standings
from tests.teams.cards import Card, buttons, text, texts

QUIZ = a_quiz(leaderboard=True)
PEOPLE = persons(25)
PLACED = standings((one, Score(Fraction(24 - n // 2), 24)) for n, one in enumerate(PEOPLE))


def _board(viewer: Person, first: int = 0, setting: Setting = DIALOG, scored: int = 25) -> Card:
    view = seen_by(QUIZ, responses_of(QUIZ, 25), viewer.key)
    own = next((row for row in PLACED if row.who == viewer), None)
    rows = tuple(PLACED[first : first + 10])
    return shown(leaders_screen(Leaders(view, rows, own, first, 25, scored), setting))


def _rows(card: Card) -> list[tuple[str, str, str]]:
    """Give place, name and score of each row."""
    lines = texts(card)
    after = lines[lines.index("Leaderboard") + 1 :]
    rows = [after[n : n + 3] for n, line in enumerate(after) if line.endswith("\\.")]
    return [(place.removesuffix("\\."), name, reached) for place, name, reached in rows]


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_equals_share_a_place_that_is_shown_to_each(setting: Setting) -> None:
    rows = _rows(_board(CREATOR, setting=setting))
    assert [place for place, _, _ in rows] == [
        *("🥇 1", "🥇 1", "🥉 3", "🥉 3"),
        *("5", "5", "7", "7", "9", "9"),
    ]
    assert rows[0] == ("🥇 1", "Ben Castillo 000", "100 %")
    assert rows[2][2] == "95.83 %"


def test_ones_own_place_is_marked_by_words() -> None:
    rows = _rows(_board(PEOPLE[4]))
    assert rows[4] == ("5", "Per Sørensen 004 (you)", "91.67 %")
    assert sum("(you)" in name for _, name, _ in rows) == 1


def test_ones_own_place_stands_below_the_page_that_does_not_hold_it() -> None:
    rows = _rows(_board(PEOPLE[20]))
    assert len(rows) == 11
    assert rows[-1] == ("21", "佐藤 健 020 (you)", "58.33 %")
    assert len(_rows(_board(PEOPLE[20], 20))) == 5


def test_a_creator_without_a_score_has_no_place() -> None:
    assert "(you)" not in text(_board(CREATOR))


def test_pages_are_turned() -> None:
    first, second, last = (_board(CREATOR, start) for start in (0, 10, 20))
    assert envelopes(first)["Next page"] == Envelope("leaders", ACTION_ID, "first=10")
    assert "Previous page" not in buttons(first)
    assert envelopes(second)["Previous page"] == Envelope("leaders", ACTION_ID)
    assert envelopes(last)["Previous page"] == Envelope("leaders", ACTION_ID, "first=10")
    assert "Next page" not in buttons(last)


def test_that_it_ends_before_the_last_one_is_said() -> None:
    assert "The first 25 of 250 are shown." in texts(_board(CREATOR, scored=250))
    assert "are shown" not in text(_board(CREATOR))


def test_an_empty_one_says_so() -> None:
    view = seen_by(QUIZ, [], CREATOR.key)
    card = shown(leaders_screen(Leaders(view, (), None, 0, 0, 0), DIALOG))
    assert "Nobody has a score yet." in texts(card)


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_long_names_fit_and_are_no_markdown(sign: str) -> None:
    view = seen_by(replace(QUIZ, audience=9), [], CREATOR.key)
    row = Placed(1, Person("tenant/x", f"[{sign * 500}](https://evil.example)"), 33_333_333)
    card = shown(leaders_screen(Leaders(view, (row,) * 10, row, 0, 10, 10), DIALOG))
    assert "\\[" in text(card)
