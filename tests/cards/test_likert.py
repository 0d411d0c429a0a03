"""How statements on one scale are asked and shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.content import Content
from actions.errors import Problem
from actions.fields import Line
from actions.likert import Likert, bucket_of
from actions.tallied import Tallied
from actions.tallies import recount
from cards.asking import Asking, Showing
from cards.likert import answer, headline
from cards.parts import card, size
from cards.questions import question_fields, question_result
from tests.cards.looks import TEXTS, checked
from tests.cards.taps import drilled, zoomed
from tests.teams.cards import Card, input_elements, inputs, labels, rows, text, walk

LARGEST = 18_000
"""Characters that one question may take of a card's 20,000."""

SHAPES = [(1, 2), (1, 10), (3, 5), (4, 5), (5, 5), (15, 5), (12, 10), (17, 7), (25, 5)]
"""Statements and levels: few, at each turning point, and as many as there can be."""


def a_likert(count: int, levels: int, row: str = "Statement", level: str = "Level") -> Likert:
    """Give a question with so many statements and levels."""
    return Likert(
        "abcdef",
        "How far do you agree?",
        tuple(Line(f"r{n:09}", f"{row} {n}") for n in range(count)),
        tuple(Line(f"l{n:09}", f"{level} {n}") for n in range(levels)),
    )


SMALL, LARGE = a_likert(2, 3), a_likert(8, 7)


def tallied(question: Likert, *positions: int) -> Tallied:
    """Count answers, each of which chooses the level at a position for every statement."""
    ids = [question.levels[position].id for position in positions]
    answers = [tuple(bucket_of(row.id, level) for row in question.rows) for level in ids]
    return recount(Content("", (question,)), [({question.id: given}, ()) for given in answers]).of(
        question.id
    )


def asked(question: Likert, asking: Asking) -> Card:
    """Give the card that asks it."""
    return checked(card(TEXTS, question_fields(question, 3, asking)))


def shown(question: Likert, counted: Tallied, part: str = "") -> Card:
    """Give the card that shows it, everything that can be tapped being so."""
    showing = Showing(TEXTS, drill=drilled, zoom=zoomed, part=part)
    return checked(card(TEXTS, question_result(question, 3, counted, showing)))


def charts(shown_card: Card) -> list[Card]:
    """Give the charts of a result."""
    return [e for e in walk(shown_card) if str(e.get("type")).startswith("Chart.")]


def test_each_statement_is_a_field_of_its_own_below_the_question() -> None:
    found = asked(SMALL, Asking(TEXTS, ""))
    assert text(found).startswith("3\\. How far do you agree?\nStatement 0\nLevel 0\nLevel 1")
    assert labels(found) == {
        "abcdef.r000000000": "Statement 0",
        "abcdef.r000000001": "Statement 1",
    }


def test_few_levels_are_listed_and_many_are_drop_downs() -> None:
    for question, style in ((SMALL, "expanded"), (LARGE, "compact")):
        found = input_elements(asked(question, Asking(TEXTS, "")))
        assert {element["style"] for element in found} == {style}


def test_what_was_chosen_is_still_chosen_beside_what_is_wrong() -> None:
    problems = {"abcdef.r000000001": Problem("no_such_option")}
    found = asked(SMALL, Asking(TEXTS, "", {"r000000000": "l000000002"}, problems))
    assert inputs(found) == {"abcdef.r000000000": "l000000002", "abcdef.r000000001": None}
    assert text(found).endswith("⚠ This option is no longer there. Choose another.")


def test_few_levels_are_bars_that_lead_to_who_chose_them() -> None:
    found = shown(SMALL, tallied(SMALL, 0, 2, 2))
    assert "Statement 0\nAverage 2.3 · 3 answers\nLevel 0\n1 · 33%" in text(found)
    assert rows(found) == [
        "r000000000=l000000000 Level 0",
        "r000000000=l000000002 Level 2",
        "r000000001=l000000000 Level 0",
        "r000000001=l000000002 Level 2",
    ]


def test_many_levels_are_a_chart_and_words_that_say_the_same() -> None:
    found = shown(LARGE, tallied(LARGE, 0, 6, 6))
    (chart,) = charts(found)
    assert [point["value"] for point in chart["data"][0]["data"]] == [1, 0, 0, 0, 0, 0, 2]
    assert "1 = Level 0 · 2 = Level 1" in text(found)
    words = "Average 5 · 1:\u00a033% · 2:\u00a00% · 3:\u00a00% · 4:\u00a00% · 5:\u00a00%"
    assert f"Statement 7\n{words} · 6:\u00a00% · 7:\u00a067%" in text(found)


def test_each_statement_leads_to_its_bars_which_lead_to_who_chose_them() -> None:
    counted = tallied(LARGE, 0, 6)
    assert rows(shown(LARGE, counted))[7] == "r000000007 Statement 7"
    part = shown(LARGE, counted, "r000000007")
    assert "Statement 7" in text(part)
    assert "Statement 6" not in text(part)
    assert rows(part) == ["r000000007=l000000000 Level 0", "r000000007=l000000006 Level 6"]


def test_a_part_that_is_not_there_shows_all() -> None:
    assert len(rows(shown(LARGE, tallied(LARGE, 1), "gone"))) == 8


def test_a_statement_that_nobody_answered_says_so() -> None:
    counted = Tallied(1, {bucket_of("r000000000", "l000000001"): 1}, {})
    assert "Statement 1\nNo answers yet" in text(shown(LARGE, counted))
    assert "Statement 1\n0 answers" in text(shown(SMALL, counted))


def test_the_headline_is_the_statement_with_the_highest_average() -> None:
    counts = {bucket_of("r000000000", "l000000001"): 1, bucket_of("r000000001", "l000000002"): 1}
    assert headline(SMALL, Tallied(1, counts, {}), TEXTS) == "Statement 1 · 3 of 3 on average"
    assert headline(SMALL, Tallied(0, {}, {}), TEXTS) == "no answers yet"


def test_an_answer_names_the_level_of_each_statement() -> None:
    both = ("r000000000=l000000002", "r000000001=l000000000")
    assert answer(SMALL, both, TEXTS) == "Statement 0: Level 2; Statement 1: Level 0"
    assert answer(SMALL, both[1:], TEXTS) == "Statement 1: Level 0"


@pytest.mark.parametrize("letter", ["s", '"', "\\"])
@pytest.mark.parametrize(("count", "levels"), SHAPES)
def test_as_much_as_there_can_be_fits_a_card_with_every_problem(
    count: int, levels: int, letter: str
) -> None:
    question = a_likert(count, levels, letter * 990, letter * 95)
    problems = {f"abcdef.{row.id}": Problem("no_such_option") for row in question.rows}
    entry = {row.id: question.levels[0].id for row in question.rows}
    asking = Asking(TEXTS, "", entry, problems, longest=20)
    assert size(card(TEXTS, question_fields(question, 3, asking))) < LARGEST
    asked(question, asking)


@pytest.mark.parametrize("letter", ["s", '"', "\\"])
@pytest.mark.parametrize(("count", "levels"), SHAPES)
def test_a_result_of_long_words_fits_a_card_once_they_are_cut(
    count: int, levels: int, letter: str
) -> None:
    question = a_likert(count, levels, letter * 990, letter * 95)
    showing = Showing(TEXTS, 10)
    found = card(TEXTS, question_result(question, 3, tallied(question, *range(levels)), showing))
    assert size(found) < LARGEST
    checked(found)


@pytest.mark.parametrize(("count", "levels"), [one for one in SHAPES if one[0] < 20])
def test_a_result_that_can_be_tapped_fits_a_card_once_long_words_are_cut(
    count: int, levels: int
) -> None:
    question = a_likert(count, levels, "s" * 990, "l" * 95)
    showing = Showing(TEXTS, 60, drilled, zoomed)
    found = card(TEXTS, question_result(question, 3, tallied(question, *range(levels)), showing))
    assert size(found) < LARGEST


@given(st.sampled_from(SHAPES), st.text(max_size=300), st.text(max_size=90))
def test_whatever_was_typed_teams_takes_the_cards(
    shape: tuple[int, int], row: str, level: str
) -> None:
    question = a_likert(*shape, row, level)
    asked(question, Asking(TEXTS, "", longest=20))
    found = question_result(question, 3, tallied(question, 0), Showing(TEXTS, 10))
    checked(card(TEXTS, found))
