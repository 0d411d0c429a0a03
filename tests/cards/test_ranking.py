"""How a ranking is asked and shown."""

import pytest

from actions.content import Content
from actions.entry import MAIN, field_of
from actions.errors import InvalidAnswers, Problem
from actions.fields import Line
from actions.ranking import FIRST, Ranking
from actions.tallied import Tallied
from actions.tallies import recount
from cards.asking import Asking, Showing
from cards.envelope import Envelope, decode
from cards.parts import Host, card, opens
from cards.questions import question_fields, question_result
from cards.ranking import MOST_LISTED, answer, headline
from tests.cards.looks import TEXTS, checked
from tests.teams.cards import Card, input_elements, walk

OPTIONS = (Line("a", "Pay"), Line("b", "*Team*"), Line("c", "Tools"))
QUESTION = Ranking("q", "What matters?", OPTIONS)
LONG = Ranking("q", "x" * 5_000, tuple(Line(f"o{n}", "[" * 1_000) for n in range(25)))


def _asked(question: Ranking, asking: Asking) -> Card:
    return checked(card(TEXTS, question_fields(question, 1, asking)))


def _tallied(*answers: tuple[str, ...], question: Ranking = QUESTION) -> Tallied:
    content = Content("T", (question,))
    return recount(content, [({"q": given}, ()) for given in answers]).of("q")


def _shown(showing: Showing, *answers: tuple[str, ...]) -> Card:
    return checked(card(TEXTS, question_result(QUESTION, 1, _tallied(*answers), showing)))


def _texts(shown: Card) -> list[str]:
    return [node["text"] for node in walk(shown) if node.get("type") == "TextBlock"]


def test_each_option_has_a_field_for_its_place() -> None:
    fields = list(input_elements(_asked(QUESTION, Asking(TEXTS, "", {"a": "2"}))))
    assert [field["id"] for field in fields] == ["q.a", "q.b", "q.c"]
    assert [field["label"] for field in fields] == ["Pay", "*Team*", "Tools"]
    assert [field.get("value") for field in fields] == ["2", None, None]
    titles = [choice["title"] for choice in fields[0]["choices"]]
    assert titles == ["1", "2", "3", "No place"]


def test_no_place_can_be_chosen_again() -> None:
    (field, *_) = input_elements(_asked(QUESTION, Asking(TEXTS, "")))
    none = field["choices"][-1]["value"]
    assert QUESTION.parse(dict.fromkeys("abc", none)) is None


def test_many_options_have_number_fields_that_keep_what_was_typed() -> None:
    options = tuple(Line(f"o{n}", f"Option {n}") for n in range(MOST_LISTED + 1))
    typed = {"o0": "7", "o1": "first"}
    fields = list(input_elements(_asked(Ranking("q", "T", options), Asking(TEXTS, "", typed))))
    assert [(field["type"], field.get("value")) for field in fields[:3]] == [
        ("Input.Number", 7),
        ("Input.Text", "first"),
        ("Input.Number", None),
    ]


def test_what_is_wrong_stands_at_its_option() -> None:
    typed = {"a": "1", "b": "1"}
    with pytest.raises(InvalidAnswers) as refused:
        QUESTION.parse(typed)
    texts = _texts(_asked(QUESTION, Asking(TEXTS, "", typed, refused.value.problems)))
    assert texts.count("⚠ Place 1 is given more than once. Give each place once.") == 2
    assert texts.count("⚠ Give this a place, too, or no place to any.") == 1


def test_a_gap_is_said_above_the_places() -> None:
    problems = {field_of("q", MAIN): Problem("choose_something")}
    assert "⚠ Choose something first." in _texts(_asked(QUESTION, Asking(TEXTS, "", {}, problems)))


def test_a_shuffled_ranking_is_asked_in_the_persons_own_order() -> None:
    question = Ranking("q", "T", LONG.options, shuffle=True)
    for seed in ("ada", "ben"):
        fields = input_elements(_asked(question, Asking(TEXTS, "", seed=seed, longest=20)))
        own = [f"q.{option.id}" for option in question.shuffled(seed)]
        assert [field["id"] for field in fields] == own


def test_the_longest_ranking_fits_a_card_once_texts_are_cut() -> None:
    problems = {field_of("q", o.id): Problem("place_missing") for o in LONG.options}
    _asked(LONG, Asking(TEXTS, "", {}, problems, longest=200))
    order = tuple(option.id for option in LONG.options)
    elements = question_result(LONG, 1, _tallied(order, question=LONG), Showing(TEXTS, 50))
    checked(card(TEXTS, elements))


def test_results_are_in_the_order_of_the_average_place() -> None:
    texts = _texts(_shown(Showing(TEXTS), ("b", "a", "c"), ("b", "c", "a"), ("a", "b", "c")))
    assert [text for text in texts if text in {"Pay", r"\*Team\*", "Tools"}] == [
        r"\*Team\*",
        "Pay",
        "Tools",
    ]
    assert "1.3 · first 2×" in texts


def test_winners_are_marked_once_it_is_over() -> None:
    final = Showing(TEXTS, is_final=True)
    assert r"🏆 \*Team\*" in _texts(_shown(final, ("b", "a", "c")))
    assert not any("🏆" in text for text in _texts(_shown(Showing(TEXTS), ("b", "a", "c"))))


def test_a_tap_leads_to_who_placed_an_option_first() -> None:
    showing = Showing(
        TEXTS, drill=lambda b, title: opens(Host.IN_PLACE, Envelope("who", "x", b), title)
    )
    shown = _shown(showing, ("b", "a", "c"))
    taps = [node["selectAction"] for node in walk(shown) if "selectAction" in node]
    assert [decode(tap["data"])[0].argument for tap in taps] == [FIRST + "b"]


def test_the_headline_names_the_best() -> None:
    assert headline(QUESTION, _tallied(), TEXTS) == "no answers yet"
    assert headline(QUESTION, _tallied(("b", "a", "c")), TEXTS) == r"\*Team\* · average 1"


def test_an_answer_is_said_place_by_place() -> None:
    assert answer(QUESTION, ("b", "a", "c"), TEXTS) == "1. *Team*, 2. Pay, 3. Tools"
