"""How a scale is asked and shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.content import Content
from actions.errors import Problem
from actions.scale import Scale, Style
from actions.tallied import Tallied
from actions.tallies import recount
from cards.asking import Asking, Showing
from cards.parts import card
from cards.questions import question_fields, question_result
from cards.scale import answer, headline
from cards.texts import texts_for
from tests.cards.looks import TEXTS, checked
from tests.cards.taps import drilled
from tests.teams.cards import Card, input_elements, rows, text

STARS = Scale("q", "How was it?", "stars", 5, "poor", "*excellent*")
NPS = Scale("q", "Would you recommend us?", "nps", 10)


def numbers(top: int) -> Scale:
    """Give a scale of numbers."""
    return Scale("q", "How hard was it?", "numbers", top, "easy", "far too hard")


def tallied(question: Scale, *levels: int) -> Tallied:
    """Count answers."""
    return recount(Content("", (question,)), [({"q": level}, ()) for level in levels]).of("q")


def asked(question: Scale, typed: str = "", **problems: Problem) -> Card:
    """Give the card that asks it, something being typed."""
    given = Asking(TEXTS, "", {"": typed}, problems)
    return checked(card(TEXTS, question_fields(question, 3, given)))


def field(question: Scale, typed: str = "") -> Card:
    """Give the one field that asks it."""
    (found,) = input_elements(asked(question, typed))
    return found


def shown(question: Scale, *levels: int, taps: bool = True) -> Card:
    """Give the card that shows these answers."""
    showing = Showing(TEXTS, drill=drilled) if taps else Showing(TEXTS)
    found = question_result(question, 3, tallied(question, *levels), showing)
    return checked(card(TEXTS, found))


def chart(shown_card: Card) -> Card:
    """Give the chart of a result."""
    (found,) = [e for e in shown_card["body"][0]["items"] if e["type"].startswith("Chart.")]
    return dict(found)


def test_five_stars_are_stars_and_a_list_where_stars_are_not_known() -> None:
    stars = field(STARS, "4.0")
    assert (stars["type"], stars["max"], stars["value"]) == ("Input.Rating", 5, 4)
    instead = stars["fallback"]
    assert (instead["type"], instead["id"], instead["value"]) == ("Input.ChoiceSet", "q", "4")
    assert instead["label"] == stars["label"] == "3. How was it?"


def test_more_stars_than_clients_draw_are_chosen_from_a_list() -> None:
    choices = field(Scale("q", "?", "stars", 6))
    assert (choices["type"], len(choices["choices"])) == ("Input.ChoiceSet", 6)


def test_the_ends_are_named_below_the_stars_with_their_signs_taken_as_such() -> None:
    assert "1 ★ – poor · 5 ★ – \\*excellent\\*" in text(asked(STARS))


def test_few_numbers_are_a_list_with_its_ends_named() -> None:
    choices = field(numbers(3), "2")
    assert (choices["style"], choices["value"]) == ("expanded", "2")
    assert [c["title"] for c in choices["choices"]] == ["1 – easy", "2", "3 – far too hard"]


def test_many_numbers_are_a_drop_down_with_its_ends_named_below() -> None:
    assert field(numbers(10))["style"] == "compact"
    assert "1 – easy · 10 – far too hard" in text(asked(numbers(10)))


def test_how_likely_one_recommends_goes_from_0_to_10_in_words_of_ours() -> None:
    titles = [c["title"] for c in field(NPS, "0")["choices"]]
    assert (len(titles), field(NPS, "0")["value"]) == (11, "0")
    assert (titles[0], titles[-1]) == ("0 – not at all likely", "10 – extremely likely")


@pytest.mark.parametrize("typed", ["", "0", "3.5", "9", "NaN"])
@pytest.mark.parametrize("question", [STARS, numbers(5)])
def test_what_is_no_level_leaves_the_field_without_one(question: Scale, typed: str) -> None:
    assert "value" not in field(question, typed)


def test_a_problem_stands_below_the_field() -> None:
    wrong = Problem("level_between", {"least": 1, "most": 5})
    assert "Give a whole number from 1 to 5." in text(asked(STARS, "3.5", q=wrong))


def test_few_levels_are_bars_that_lead_to_who_chose_them() -> None:
    found = shown(STARS, 5, 5, 2)
    assert rows(found) == ["2 2 ★", "5 5 ★ – *excellent*"]
    assert "4\nAverage, from 1 to 5" in text(found)


def test_many_levels_are_a_chart_and_bars_where_charts_are_not_drawn() -> None:
    drawn = chart(shown(numbers(7), 7, 7, 2))
    assert [point["y"] for point in drawn["data"]] == [0, 1, 0, 0, 0, 0, 2]
    assert "7 – far too hard\n2 · 67%" in text(drawn["fallback"])


def test_below_a_chart_each_level_that_was_chosen_leads_to_who_chose_it() -> None:
    assert rows(shown(numbers(7), 7, 7, 2)) == ["2 2", "7 7 – far too hard"]
    assert "Choose a level" not in text(shown(numbers(7), 7, 7, 2, taps=False))


def test_the_recommendation_shows_its_score_and_its_groups() -> None:
    found = text(shown(NPS, 10, 9, 9, 8, 0))
    assert "40\nNPS, from -100 to 100" in found
    assert "7.2\nAverage, from 0 to 10" in found
    assert "Promoters (9 and 10)\n3 · 60%\nPassives (7 and 8)\n1 · 20%" in found
    assert "Detractors (0 to 6)\n1 · 20%" in found


def test_the_average_is_written_in_the_readers_way() -> None:
    german = texts_for("de")
    found = question_result(STARS, 1, tallied(STARS, 4, 5), Showing(german))
    assert "4,5\n" in text(checked(card(german, found)))


def test_the_headline_is_the_average_or_the_score() -> None:
    assert headline(STARS, tallied(STARS, 4, 5), TEXTS) == "4.5 of 5 on average"
    assert headline(NPS, tallied(NPS, 10, 3), TEXTS) == "NPS 0"
    assert headline(NPS, tallied(NPS), TEXTS) == "no answers yet"


def test_an_answer_says_of_how_many() -> None:
    assert answer(STARS, 4, TEXTS) == "4 of 5"
    assert answer(NPS, 0, TEXTS) == "0 of 10"


@given(
    st.sampled_from(["stars", "numbers", "nps"]),
    st.integers(2, 10),
    st.text(max_size=100),
    st.text(max_size=5_000),
)
def test_whatever_was_typed_teams_takes_the_cards(
    style: Style, top: int, words: str, typed: str
) -> None:
    question = Scale("q", "?", style, 10 if style == "nps" else top, words, words)
    asked(question, typed)
    shown(question, *question.levels)
