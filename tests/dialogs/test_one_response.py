"""A whole response: everything that was answered, however long, and the ways on."""

from dataclasses import replace

import pytest

from actions.choice import OTHER, Choice, Option
from actions.looking import OneResponse, OwnResponses
from actions.people import Person
from actions.questions import Answers, Question
from actions.responses import Response, slot_of
from actions.text import Text
from actions.viewing import View
from cards.envelope import Envelope
from dialogs.one_response import own_screen, response_screen
from dialogs.place import Place
from dialogs.screen import Setting
from tests.actions.builders import ACTION_ID, NOW, VOTER, a_closed_poll
from tests.actions.surveys import EVERY_TYPE, a_survey, a_survey_view, responses
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, envelopes, shown
from tests.teams.cards import Card, buttons, text, texts, walk

EVIL = "[pay](https://evil.example)"
THIRTY = a_survey_view(a_survey(), 30, VOTER.key)
ADA = Person("tenant/ada", "Ada Okafor")


def _response(found: OneResponse, setting: Setting = DIALOG, place: Place | None = None) -> Card:
    there = place or Place(slot=found.response.slot)
    return shown(response_screen(found, there, setting))


def _of(answers: Answers, *questions: Question) -> OneResponse:
    view = a_survey_view(a_survey(*questions), 0, VOTER.key)
    return OneResponse(view, Response(ADA, answers, NOW, ADA.key), "", "")


def test_every_answer_is_shown_below_its_question() -> None:
    card = _response(OneResponse(THIRTY, responses(1)[0], "", ""))
    lines = texts(card)
    said = {
        "1\\. Which team are you in?": "Kitchen",
        "2\\. What do you need?": "Gloves, Boots, Other: An apron, size 0",
        "3\\. Would you come again?": "Yes",
        "8\\. Why?": "Reason 0: the \\*soup\\*\n\nand all",
        "9\\. How far is your way to work?": "0\u00a0km",
        "10\\. Since when are you here?": "Wed, 15 Jan 2020",
        "11\\. When do you start?": "00:30",
    }
    assert lines[1:3] == ["Person 0000", "Fri 20 Nov, 10:00"]
    for question, answer in said.items():
        assert lines[lines.index(question) + 1] == answer, question


def test_every_statement_of_one_scale_is_a_line() -> None:
    lines = texts(_response(OneResponse(THIRTY, responses(1)[0], "", "")))
    answer = lines[lines.index("6\\. How far do you agree?") + 1]
    assert answer == "I am heard. – No\n\nI can rest. – Yes"


def test_a_question_that_was_hidden_is_left_out_and_a_blank_one_says_so() -> None:
    answers = {"team": ("b",)}
    card = _response(OneResponse(THIRTY, Response(ADA, answers, NOW, ADA.key), "", ""))
    assert "Why?" not in text(card)
    assert texts(card).count("No answer") == len(EVERY_TYPE) - 2


def test_a_response_leads_to_its_neighbours() -> None:
    named = envelopes(_response(OneResponse(THIRTY, responses(1)[0], "new/er", "old#2")))
    newer, older = Place(slot="new/er").encode(), Place(slot="old#2").encode()
    assert named["Previous response"] == Envelope("response", ACTION_ID, newer)
    assert named["Next response"] == Envelope("response", ACTION_ID, older)
    assert named["Everyone"] == Envelope("responded", ACTION_ID)
    assert named["All results"] == Envelope("results", ACTION_ID)
    alone = buttons(_response(OneResponse(THIRTY, responses(1)[0], "", "")))
    assert {"Previous response", "Next response"}.isdisjoint(alone)


def test_a_second_response_is_told_from_the_first() -> None:
    response = replace(responses(1)[0], slot=slot_of("tenant/p0000", 2))
    card = _response(OneResponse(THIRTY, response, "", ""))
    assert "Response 2 · Fri 20 Nov, 10:00" in texts(card)


def test_someone_without_a_name_has_a_response_too() -> None:
    response = replace(responses(1)[0], person=Person("tenant/p0000", ""))
    assert "Someone without a name" in texts(_response(OneResponse(THIRTY, response, "", "")))


def test_an_option_of_a_thousand_characters_is_shown_whole() -> None:
    long = Choice("c", "Which?", (Option("a", "x" * 1_000), Option("b", "B")), 3, other=True)
    card = _response(_of({"c": ("a", OTHER + "y" * 1_000)}, long))
    assert f"{'x' * 1_000}, Other: {'y' * 1_000}" in texts(card)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("length", [20, 900, 4_000])
def test_a_long_response_is_turned_page_by_page_and_whole(setting: Setting, length: int) -> None:
    questions = [Text(f"t{n}", f"Question {n}?") for n in range(200)]
    answers = {q.id: f"<{n}>".ljust(length, "x") for n, q in enumerate(questions)}
    found = _of(answers, *questions)
    pages = _turned(found, setting, "Next page", Place(slot=ADA.key))
    forth = [line for page in pages for line in page]
    assert [line.replace("\\", "") for line in forth] == list(answers.values())
    back = _turned(found, setting, "Previous page", Place(slot=ADA.key, before=200))
    assert [line for page in reversed(back) for line in page] == forth
    assert len(pages) == len(back)


def _turned(found: OneResponse, setting: Setting, button: str, place: Place) -> list[list[str]]:
    pages = []
    while True:
        card = _response(found, setting, place)
        pages.append([line for line in texts(card) if line.startswith("\\<")])
        if button not in buttons(card):
            return pages
        place = Place.read(envelopes(card)[button].argument)
        assert place.slot == ADA.key


@pytest.mark.parametrize("place", [Place(first=999), Place(before=999), Place(before=1)])
def test_a_page_that_is_not_there_is_the_nearest_one(place: Place) -> None:
    questions = [Text(f"t{n}", f"Question {n}?") for n in range(3)]
    card = _response(_of({q.id: q.id for q in questions}, *questions), place=place)
    assert any(q.id in texts(card) for q in questions)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_the_longest_answers_to_the_longest_questions_fit(sign: str, setting: Setting) -> None:
    long = SIGNS[sign]
    options = tuple(Option(f"o{n}", f"{n}{long * 999}") for n in range(25))
    questions = (
        Text("t", long * 5_000),
        Choice("c", long * 5_000, options, 26, other=True),
    )
    every = (*(option.id for option in options), OTHER + long * 1_000)
    found = _of({"t": long * 4_000, "c": every}, *questions)
    response = replace(found.response, person=Person("tenant/x", long * 300), slot="s" * 200)
    found = replace(found, response=response, newer="n" * 200, older="o" * 200)
    first = _response(found, setting)
    assert envelopes(first)["Next page"].verb == "response"
    place = Place.read(envelopes(first)["Next page"].argument)
    assert "Next page" not in buttons(_response(found, setting, place))


def test_answers_and_names_make_no_link() -> None:
    found = _of({"t": EVIL}, Text("t", EVIL))
    named = replace(found, response=replace(found.response, person=Person("x", EVIL)))
    blocks = [node.get("text", "") for node in walk(_response(named))]
    assert not any(EVIL in block for block in blocks)
    assert sum(r"\[pay\]" in block for block in blocks) == 3


# One's own


def _own(*own: Response, view: View = THIRTY, setting: Setting = DIALOG, number: int = 0) -> Card:
    found = OwnResponses(view, own)
    return shown(own_screen(found, Place(number=number), setting))


def _mine(number: int, slot: int = 1) -> Response:
    response = responses(number)[0]
    return replace(response, person=VOTER, slot=slot_of(VOTER.key, slot))


def test_the_own_response_is_shown_with_a_way_to_edit_it() -> None:
    card = _own(_mine(1))
    lines = texts(card)
    assert "My response" in lines
    assert "Fri 20 Nov, 10:00" in lines
    assert lines[lines.index("1\\. Which team are you in?") + 1] == "Kitchen"
    assert envelopes(card)["Edit my response"] == Envelope("fill.open", ACTION_ID, "1")
    assert {"Previous response", "Next response"}.isdisjoint(buttons(card))


def test_of_several_own_responses_the_last_is_shown_first() -> None:
    own = (_mine(1), _mine(2, 2), _mine(3, 3))
    card = _own(*own)
    assert "Response 3 · Fri 20 Nov, 10:02" in texts(card)
    named = envelopes(card)
    assert named["Previous response"] == Envelope("my_response", ACTION_ID, "number=2")
    assert named["Edit my response"].argument == "3"
    middle = _own(*own, number=2)
    assert "Response 2 · Fri 20 Nov, 10:01" in texts(middle)
    assert envelopes(middle)["Next response"].argument == "number=3"
    assert "Response 3" in text(_own(*own, number=99))


def test_a_response_that_is_known_is_edited_by_its_own_number() -> None:
    """An anonymous one before it may no longer be told from the others."""
    named = envelopes(_own(_mine(2, 2)))
    assert named["Edit my response"].argument == "2"


@pytest.mark.parametrize(
    "view",
    [
        a_survey_view(a_survey(may_change=False), 3, VOTER.key),
        a_survey_view(replace(a_survey(), status=a_closed_poll().status), 3, VOTER.key),
    ],
    ids=["not changeable", "closed"],
)
def test_what_cannot_be_changed_has_no_way_to_edit_it(view: View) -> None:
    assert "Edit my response" not in buttons(_own(_mine(1), view=view))


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (THIRTY, "You have not responded."),
        (
            a_survey_view(a_survey(anonymous=True), 3, VOTER.key, took_part=True),
            "You responded; which answer is yours is no longer known to anyone.",
        ),
    ],
)
def test_no_own_response_is_told(view: View, words: str) -> None:
    assert words in texts(_own(view=view))


def test_an_own_anonymous_response_has_no_time() -> None:
    view = a_survey_view(a_survey(anonymous=True), 3, VOTER.key)
    card = _own(replace(_mine(1), at=None), view=view)
    assert "20 Nov" not in text(card)
    assert "Kitchen" in texts(card)


def test_a_long_own_response_keeps_its_number_from_page_to_page() -> None:
    questions = [Text(f"t{n}", f"Question {n}?") for n in range(40)]
    view = a_survey_view(a_survey(*questions), 0, VOTER.key)
    own = [
        Response(VOTER, {q.id: "x" * 900 for q in questions}, NOW, slot_of(VOTER.key, n))
        for n in (1, 2)
    ]
    named = envelopes(_own(*own, view=view, setting=IN_PLACE, number=1))
    place = Place.read(named["Next page"].argument)
    assert (place.number, named["Next page"].verb) == (1, "my_response")
    assert place.first > 0
