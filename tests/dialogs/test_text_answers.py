"""Texts: whole, page by page, found again, and nobody's where they shall be nobody's."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from actions.looking import FEW_TEXTS, TEXTS_PER_PAGE, TextAnswer, TextAnswers
from actions.people import Person
from actions.responses import NOBODY, Response
from actions.text import Text
from cards.envelope import Envelope, decode
from dialogs.place import LONGEST_SEARCH, Place
from dialogs.screen import Setting
from dialogs.text_answers import texts_screen
from tests.actions.builders import ACTION_ID, NOW, VOTER
from tests.actions.surveys import a_survey, a_survey_view
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, envelopes, shown
from tests.teams.cards import Card, buttons, find_action, inputs, rows, text, texts, walk

EVIL = "[pay](https://evil.example)"
LONG = "x" * 4_000


def found_of(*words: str, search: str = "", following: str = "", name: str = "") -> TextAnswers:
    """Give a page of texts, each by another person, without a name by nobody."""
    action = a_survey(Text("why", "Why?", long=True), anonymous=not name)
    view = a_survey_view(action, 0, VOTER.key)
    said = tuple(
        TextAnswer(one, _response(f"{name} {n}", n) if name else Response(NOBODY, None, None))
        for n, one in enumerate(words)
    )
    return TextAnswers(view, action.content.questions[0], said, search, following)


def _response(name: str, number: int) -> Response:
    person = Person(f"tenant/{name}", name)
    return Response(person, {"why": "x"}, NOW + timedelta(minutes=number), person.key)


def _texts(found: TextAnswers, setting: Setting = DIALOG, **place: Any) -> Card:
    there = replace(Place(question="why", search=found.search), **place)
    return shown(texts_screen(found, there, setting))


def test_a_text_stands_with_whose_it_is_and_leads_to_the_whole_response() -> None:
    card = _texts(found_of("Because", "So", name="Ada"))
    lines = texts(card)
    assert lines[lines.index("Because") + 1] == "Ada 0 · Fri 20 Nov, 10:00"
    tap = envelopes(card)["Ada 1"]
    assert (tap.verb, Place.read(tap.argument)) == ("response", Place(slot="tenant/Ada 1"))


def test_the_question_stands_above() -> None:
    lines = texts(_texts(found_of("Because")))
    assert lines[:2] == ["SURVEY · How was it?", "1\\. Why?"]
    named = envelopes(_texts(found_of("Because")))
    assert named["All results"] == Envelope("results", ACTION_ID)


def test_a_text_of_nobody_says_nothing_else_and_leads_nowhere() -> None:
    card = _texts(found_of("Because", "So"))
    assert rows(card) == []
    assert texts(card)[2:] == ["Because", "So"]


def test_a_text_without_a_name_is_still_someones() -> None:
    found = found_of("Because", name="x")
    response = replace(found.texts[0].response, person=Person("tenant/x", " "), at=None)
    card = _texts(replace(found, texts=(TextAnswer("Because", response),)))
    assert "Someone without a name" in texts(card)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (found_of(), "No texts yet."),
        (found_of(search="zebra"), "No text holds these words."),
    ],
)
def test_no_text_says_so(found: TextAnswers, words: str) -> None:
    assert words in texts(_texts(found))


def test_a_few_texts_need_no_search_and_no_pages() -> None:
    card = _texts(found_of(*"abc"))
    assert inputs(card) == {}
    assert {"Search", "More", "From the start", "Look further"}.isdisjoint(buttons(card))


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_search_sends_what_is_typed_and_shows_it_again(setting: Setting) -> None:
    card = _texts(found_of("soup", search="So"), setting)
    assert inputs(card) == {"search": "So"}
    assert "search" in inputs(_texts(found_of(*"abcd"[: FEW_TEXTS + 1])))
    button = find_action(card, "Search")
    assert Place.read(decode(button["data"])[0].argument) == Place(question="why")
    assert button.get("associatedInputs") != "none"


def test_a_full_page_leads_to_the_next_of_the_same_search() -> None:
    found = found_of(*("soup",) * TEXTS_PER_PAGE, search="a b&c", following="m=1")
    place = Place.read(envelopes(_texts(found))["More"].argument)
    assert place == Place(question="why", search="a b&c", start="m=1")
    assert "From the start" not in buttons(_texts(found))
    first = envelopes(_texts(found, start="x"))["From the start"]
    assert Place.read(first.argument) == Place(question="why", search="a b&c")


def test_a_page_that_ended_early_says_that_there_may_be_more() -> None:
    card = _texts(found_of("soup", search="soup", following="m"))
    assert "Not everything was looked through yet." in texts(card)
    assert Place.read(envelopes(card)["Look further"].argument).start == "m"
    none = _texts(found_of(search="soup", following="m"))
    assert "No text holds these words." not in texts(none)
    assert "Look further" in buttons(none)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("name", ["Ada", ""])
def test_long_texts_are_shown_whole_on_more_cards(setting: Setting, name: str) -> None:
    found = found_of(*(f"{n}{LONG[1:]}" for n in range(10)), name=name, following="m")
    met: list[str] = []
    place, cards = Place(question="why"), 0
    while not place.start:
        card = shown(texts_screen(found, place, setting))
        met += [line for line in texts(card) if line.endswith("xx")]
        place, cards = Place.read(envelopes(card)["More"].argument), cards + 1
    assert met == [one.words for one in found.texts]
    assert cards == 3
    assert place == Place(question="why", start="m")


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_the_longest_texts_fit(sign: str, setting: Setting) -> None:
    words = (SIGNS[sign] * 4_000,) * 10
    found = found_of(*words, search=SIGNS[sign] * LONGEST_SEARCH, name=SIGNS[sign] * 90)
    question = replace(Text("why", "x"), text=SIGNS[sign] * 5_000)
    action = a_survey(question, title=SIGNS[sign] * 500)
    found = replace(found, view=a_survey_view(action, 0), question=question, following="x" * 200)
    assert "More" in buttons(_texts(found, setting, start="x" * 200))


def test_a_skip_past_the_end_shows_the_way_back() -> None:
    card = _texts(found_of("a"), skip=7)
    assert envelopes(card)["From the start"].argument == "question=why"


def test_texts_and_names_make_no_link() -> None:
    blocks = [node.get("text", "") for node in walk(_texts(found_of(EVIL, name=EVIL)))]
    assert not any(EVIL in block for block in blocks)
    assert sum(r"\[pay\]" in block for block in blocks) == 2


def test_lines_of_a_text_stay_lines() -> None:
    assert "One\n\nTwo" in texts(_texts(found_of("One\nTwo"), IN_PLACE))


def test_a_text_from_right_to_left_runs_that_way() -> None:
    card = _texts(found_of("שלום", name="Ada"))
    assert any(node.get("rtl") and "שלום" in str(node) for node in walk(card))
    assert "שלום" in text(card)
