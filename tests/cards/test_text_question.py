"""How a question that is answered in words is asked and shown."""

import pytest

from actions.errors import InvalidAnswers
from actions.tallied import Tallied
from actions.text import Text
from cards.asking import Asking, Showing
from cards.parts import card
from cards.questions import question_fields, question_result
from cards.text import answer, headline
from tests.cards.looks import TEXTS, checked
from tests.teams.cards import Card, input_elements, walk

SHORT = Text("q", "Name?", limit=5)
LONG = Text("q", "Why?", long=True, limit=4_000)


def _field(question: Text, asking: Asking) -> Card:
    (field,) = input_elements(checked(card(TEXTS, question_fields(question, 1, asking))))
    return field


def test_a_short_text_has_one_line_and_its_limit() -> None:
    field = _field(SHORT, Asking(TEXTS, ""))
    assert field["maxLength"] == 5
    assert not field.get("isMultiline")


def test_a_long_text_has_several_lines() -> None:
    field = _field(LONG, Asking(TEXTS, "", {"": "One\nTwo"}))
    assert field["isMultiline"] is True
    assert field["value"] == "One\nTwo"


def test_a_text_that_is_too_long_is_not_cut_by_its_field() -> None:
    with pytest.raises(InvalidAnswers) as refused:
        SHORT.parse({"": "too long"})
    asking = Asking(TEXTS, "", {"": "too long"}, refused.value.problems)
    field = _field(SHORT, asking)
    assert field["value"] == "too long"
    assert "maxLength" not in field
    shown = checked(card(TEXTS, question_fields(SHORT, 1, asking)))
    assert any("8 characters long; at most 5" in node.get("text", "") for node in walk(shown))


def test_the_longest_answer_in_the_worst_signs_fits_a_card() -> None:
    _field(LONG, Asking(TEXTS, "", {"": '"' * 4_000}))


def test_results_say_how_many_there_are_and_leave_the_words_to_their_reader() -> None:
    shown = question_result(SHORT, 1, Tallied(3, {}, {}), Showing(TEXTS))
    texts = [node.get("text") for node in walk(checked(card(TEXTS, shown))) if "text" in node]
    assert texts == [r"1\. Name?", "3 answers"]


def test_the_headline_is_how_many_answered() -> None:
    assert headline(SHORT, Tallied(0, {}, {}), TEXTS) == "no answers yet"
    assert headline(SHORT, Tallied(1, {}, {}), TEXTS) == "1 answer"


def test_an_answer_is_given_on_one_line() -> None:
    assert answer(LONG, "One\n\n  *Two*", TEXTS) == "One *Two*"
