"""How a question with two answers is asked and shown."""

import pytest

from actions.either import NO, YES, Either
from actions.errors import Problem
from actions.tallied import Tallied
from cards.asking import Asking, Showing
from cards.either import answer, headline
from cards.parts import card
from cards.questions import question_fields, question_result
from tests.cards.looks import TEXTS, checked
from tests.cards.taps import drilled
from tests.teams.cards import Card, inputs, labels, rows, text

YES_NO = Either("q", "Will you come to [the party](https://x)?")
TRUTH = Either("q", "Lifts are safe in a fire.", "true_false")
LIKE = Either("q", "How was it?", "like")

THREE_OF_FOUR = Tallied(4, {YES: 3, NO: 1}, {})


def asked(question: Either, **asking: object) -> Card:
    """Give the card that asks it."""
    given = Asking(TEXTS, "", **asking)  # type: ignore[arg-type] # The names are Asking's.
    return checked(card(TEXTS, question_fields(question, 3, given)))


def shown(question: Either, showing: Showing) -> Card:
    """Give the card that shows three of four saying yes."""
    return checked(card(TEXTS, question_result(question, 3, THREE_OF_FOUR, showing)))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (YES_NO, ["Yes", "No"]),
        (TRUTH, ["True", "False"]),
        (LIKE, ["👍 Like", "👎 Dislike"]),
    ],
)
def test_both_answers_are_offered_in_the_words_of_the_style(
    question: Either, words: list[str]
) -> None:
    assert text(asked(question)).splitlines()[1:] == words
    assert [answer(question, given, TEXTS) for given in (YES, NO)] == words


def test_the_label_is_the_question_as_it_was_typed() -> None:
    assert labels(asked(YES_NO)) == {"q": "3. Will you come to [the party](https://x)?"}


def test_what_was_chosen_is_still_chosen_beside_what_is_wrong() -> None:
    again = asked(YES_NO, entry={"": NO}, problems={"q": Problem("no_such_option")})
    assert inputs(again) == {"q": NO}
    assert "no longer there" in text(again)


def test_each_bar_leads_to_who_said_so() -> None:
    found = shown(YES_NO, Showing(TEXTS, drill=drilled))
    assert rows(found) == ["yes Yes", "no No"]
    assert "3 · 75%" in text(found)
    assert rows(shown(YES_NO, Showing(TEXTS))) == []


def test_a_bar_without_people_leads_nowhere() -> None:
    everyone = Tallied(2, {YES: 2}, {})
    found = question_result(LIKE, 1, everyone, Showing(TEXTS, drill=drilled))
    assert rows(checked(card(TEXTS, found))) == ["yes 👍 Like"]


def test_the_headline_says_how_many_percent_say_yes() -> None:
    assert headline(YES_NO, THREE_OF_FOUR, TEXTS) == "75% yes"
    assert headline(LIKE, THREE_OF_FOUR, TEXTS) == "75% like it"
    assert headline(LIKE, Tallied(0, {}, {}), TEXTS) == "no answers yet"
