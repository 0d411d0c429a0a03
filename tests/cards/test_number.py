"""How a question that is answered with a number is asked and shown."""

from gettext import NullTranslations

import pytest
from babel import Locale

from actions.content import Content
from actions.entry import Reading
from actions.errors import InvalidAnswers
from actions.number import Number
from actions.tallied import Tallied
from actions.tallies import recount
from cards.asking import Asking, Showing
from cards.number import answer, headline
from cards.parts import card
from cards.questions import question_fields, question_result
from cards.texts import Texts
from tests.cards.looks import TEXTS, checked
from tests.teams.cards import Card, input_elements, walk

COUNT = Number("q", "How many?")
LENGTH = Number("q", "How long?", 1, 0, 5_000, "km")
GERMAN = Texts(Locale("de"), NullTranslations())


def _asked(question: Number, typed: str = "", texts: Texts = TEXTS) -> Card:
    problems = {}
    try:
        question.parse({"": typed}, texts.reading)
    except InvalidAnswers as refused:
        problems = dict(refused.problems)
    asking = Asking(texts, "", {"": typed}, problems)
    return checked(card(texts, question_fields(question, 1, asking)))


def _field(question: Number, typed: str = "") -> Card:
    (field,) = input_elements(_asked(question, typed))
    return field


def _texts(shown: Card) -> list[str]:
    return [node["text"] for node in walk(shown) if node.get("type") == "TextBlock"]


def _tallied(question: Number, *numbers: int) -> Tallied:
    content = Content("T", (question,))
    return recount(content, [({"q": number}, ()) for number in numbers]).of("q")


def _shown(question: Number, *numbers: int) -> Card:
    elements = question_result(question, 1, _tallied(question, *numbers), Showing(TEXTS))
    return checked(card(TEXTS, elements))


@pytest.mark.parametrize(
    ("typed", "value"), [("", None), ("12", 12), ("-0.5", -0.5), ("999999999999999", 10**15 - 1)]
)
def test_a_number_is_typed_into_a_number_field(typed: str, value: float | None) -> None:
    field = _field(COUNT, typed)
    assert (field["type"], field.get("value")) == ("Input.Number", value)


@pytest.mark.parametrize("typed", ["3,5", "1e5", "NaN", "a lot", "1 000", "9" * 16, "٣"])
def test_what_a_number_field_cannot_hold_is_not_lost(typed: str) -> None:
    field = _field(COUNT, typed)
    assert (field["type"], field["value"]) == ("Input.Text", typed)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (COUNT, "A whole number."),
        (LENGTH, "From 0 km to 500 km. Up to 1 decimal."),
        (Number("q", "T", 2, least=0, unit="€"), "0 € or more. Up to 2 decimals."),
        (Number("q", "T", most=1_000), "1,000 or less. A whole number."),
        (Number("q", "T", unit="*kg*"), r"In \*kg\*. A whole number."),
    ],
)
def test_what_the_field_takes_stands_below_it(question: Number, words: str) -> None:
    assert words in _texts(_asked(question))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("501", "⚠ Give at most 500 km."),
        ("-1", "⚠ Give at least 0 km."),
        ("3.55", "⚠ It has 2 decimals, and only 1 can be kept. Round it."),
        ("3,5", r"⚠ Write decimals like this: 3\.5. Thousands may be set apart by spaces."),
        ("Infinity", "⚠ This is not a number. Write it with the digits 0 to 9."),
    ],
)
def test_what_is_wrong_stands_below_the_field(typed: str, sentence: str) -> None:
    assert sentence in _texts(_asked(LENGTH, typed))


def test_bounds_are_written_as_the_reader_does() -> None:
    question = Number("q", "T", 1, most=12_345, unit="km")
    assert r"⚠ Give at most 1\.234,5 km." in _texts(_asked(question, "9999", GERMAN))


def test_figures_and_a_histogram_are_shown() -> None:
    shown = _shown(LENGTH, 5, 10, 10, 20)
    texts = _texts(shown)
    figures = {"average": "1.1\u00a0km", "median": "1\u00a0km", "sum": "4.5\u00a0km"}
    figures |= {"smallest": "0.5\u00a0km", "largest": "2\u00a0km"}
    for name, value in figures.items():
        assert texts[texts.index(name) - 1] == value
    (chart,) = (node for node in walk(shown) if node.get("type") == "Chart.VerticalBar")
    assert sum(bar["y"] for bar in chart["data"]) == 4
    assert len(chart["fallback"]["items"]) == len(chart["data"])


def test_what_is_not_exact_is_marked_and_explained() -> None:
    texts = _texts(_shown(COUNT, 12_345, 12_399, 12_301))
    assert texts[texts.index("median") - 1] == "≈ 12,300"
    assert "37,045" in texts
    assert texts[-1].startswith("≈ is right to one percent.")


def test_exact_figures_are_not_explained() -> None:
    assert not any("≈" in text for text in _texts(_shown(COUNT, 1, 2, 3)))


def test_bins_end_where_the_question_does() -> None:
    percent = Number("q", "How sure?", least=0, most=100)
    shown = _shown(percent, *range(101))
    (chart,) = (node for node in walk(shown) if node.get("type") == "Chart.VerticalBar")
    names = [bar["x"] for bar in chart["data"]]
    assert names == ["0 – 19", "20 – 39", "40 – 59", "60 – 79", "80 – 99", "100"]


def test_results_of_the_largest_numbers_fit_a_card() -> None:
    wide = Number("q", "[" * 5_000, 6, unit="*" * 30)
    _shown(wide, *(number * 10**13 + 1 for number in range(-90, 90, 7)))


def test_the_headline_is_the_average() -> None:
    assert headline(LENGTH, _tallied(LENGTH), TEXTS) == "no answers yet"
    assert headline(LENGTH, _tallied(LENGTH, 10, 15), TEXTS) == "average 1.3\u00a0km"


def test_an_answer_has_its_unit_and_all_its_decimals() -> None:
    assert answer(LENGTH, 1_255, TEXTS) == "125.5\u00a0km"
    assert answer(Number("q", "T", 6), 1, GERMAN) == "0,000001"


def test_a_reader_with_a_comma_is_read_with_a_comma() -> None:
    assert GERMAN.reading == Reading(",")
    assert TEXTS.reading == Reading(".")
