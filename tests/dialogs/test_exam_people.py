"""Lists of who is through with a quiz, at it, or has not begun; and one person's attempts."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from actions.action import Action, Settings
from actions.attempts import Attempt
from actions.choice import Choice, Option
from actions.keys import Key
from actions.looking import OneResponse
from actions.people import Person
from actions.questions import Question
from actions.responses import Page, Response
from actions.text import Text
from actions.viewing import People
from cards.envelope import Envelope
from dialogs.exam_people import finished_screen, under_way_screen, waiting_screen
from dialogs.exam_person import MOST_LISTED, person_screen
from dialogs.place import Place
from dialogs.screen import Setting
from tests.actions.attempted import an_attempt, attempts_of, responses_of, seen_by
from tests.actions.builders import ACTION_ID, CREATOR, NOW, VOTER
from tests.actions.exams import RIGHT, WRONG, a_quiz, a_training
from tests.cards.test_sizes import SIGNS
from tests.dialogs.builders import DIALOG, SETTINGS, envelopes, shown
from tests.teams.cards import Card, buttons, inputs, rows, text, texts

QUIZ = replace(a_quiz(pass_mark=60, attempts=0), audience=10)
PEOPLE = responses_of(QUIZ, 3)
HOUR = timedelta(hours=1)


def a_response(action: Action, *attempts: Attempt, lapsed: int = 0) -> Response:
    """Give the voter's attempts."""
    made = attempts_of(action, *attempts, lapsed=lapsed)
    return Response(VOTER, made, None, VOTER.key)


def a_page(
    *people: Response, action: Action = QUIZ, viewer: str = CREATOR.key, **more: str
) -> People:
    """Give a page of people."""
    view = seen_by(action, PEOPLE, viewer)
    page = Page(people, more.get("following", ""))
    return People(view, page, more.get("search", ""), more.get("start", ""))


# Lists


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_who_is_through_is_listed_with_score_attempts_time_and_day(setting: Setting) -> None:
    several = a_response(
        QUIZ, an_attempt(QUIZ, WRONG), an_attempt(QUIZ, RIGHT, NOW + HOUR, pace=80)
    )
    card = shown(finished_screen(a_page(*PEOPLE[:1], several), setting))
    lines = texts(card)
    assert "0 % · not passed · 50 secs · Fri 20 Nov, 10:00" in lines
    assert "100 % · passed · 2 attempts · 7 mins · Fri 20 Nov, 11:06" in lines
    opened = envelopes(card)[VOTER.name]
    assert opened == Envelope("response", ACTION_ID, Place(slot=VOTER.key).encode())


def test_who_is_at_it_is_listed_with_how_far_they_are() -> None:
    training = a_training()
    running = a_response(training, an_attempt(training, {}, pace=300, done=2))
    card = shown(under_way_screen(a_page(running, action=training), DIALOG))
    assert "2 of 3 done · 10 mins · Fri 20 Nov, 10:00" in texts(card)
    assert VOTER.name in rows(card)


def test_whose_completion_lapsed_is_told_from_who_has_begun() -> None:
    lapsed = a_response(QUIZ, an_attempt(QUIZ, RIGHT), lapsed=1)
    assert "no longer valid" in text(shown(under_way_screen(a_page(lapsed), DIALOG)))


def test_the_lists_lead_to_each_other_with_their_sizes() -> None:
    people = a_page(*PEOPLE)
    finished, running, waiting = (
        shown(screen(people, DIALOG))
        for screen in (finished_screen, under_way_screen, waiting_screen)
    )
    assert "Finished: 3" in texts(finished)
    assert envelopes(finished)["In progress: 0"].verb == "under_way"
    assert envelopes(finished)["Not started: 7"].verb == "not_responded"
    assert "In progress: 0" in texts(running)
    assert envelopes(running)["Finished: 3"].verb == "responded"
    assert "Not started: 7" in texts(waiting)
    assert envelopes(waiting)["Summary"].verb == "results"


def test_others_see_names_of_who_has_finished_and_who_has_not() -> None:
    names = [Response(one.person, None, None) for one in PEOPLE]
    quiz = replace(QUIZ, settings=Settings())
    people = a_page(*names, action=quiz, viewer="tenant/other")
    card = shown(finished_screen(people, DIALOG))
    assert PEOPLE[0].person.name in texts(card)
    assert "%" not in text(card)
    assert rows(card) == []
    assert {"Not finished"} <= set(buttons(card))
    assert not any(button.startswith("In progress") for button in buttons(card))
    assert "Not finished" in texts(shown(waiting_screen(people, DIALOG)))


@pytest.mark.parametrize(
    ("viewer", "audience", "said"),
    [
        (CREATOR.key, 10, "Everyone has begun."),
        ("tenant/other", 10, "Everyone has finished."),
        (CREATOR.key, None, "Who is expected to respond is not known here."),
    ],
)
def test_an_empty_list_says_what_that_means(viewer: str, audience: int | None, said: str) -> None:
    quiz = replace(QUIZ, settings=Settings(), audience=audience)
    assert said in texts(shown(waiting_screen(a_page(action=quiz, viewer=viewer), DIALOG)))
    nobody = a_page(action=quiz, viewer=viewer, search="zoe")
    assert "Nobody of that name." in texts(shown(waiting_screen(nobody, DIALOG)))
    assert "Nobody yet." in texts(shown(finished_screen(a_page(), DIALOG)))
    assert "Nobody is at it." in texts(shown(under_way_screen(a_page(), DIALOG)))


@pytest.mark.parametrize("verb", ["responded", "under_way", "not_responded"])
def test_long_lists_are_searched_and_turned(verb: str) -> None:
    screens = {
        "responded": finished_screen,
        "under_way": under_way_screen,
        "not_responded": waiting_screen,
    }
    card = shown(screens[verb](a_page(*PEOPLE, following="next", start="here"), DIALOG))
    assert list(inputs(card)) == ["search"]
    named = envelopes(card)
    assert named["Search"].verb == named["More"].verb == named["From the start"].verb == verb
    assert Place.read(named["More"].argument).start == "next"


# One person


def _person(
    response: Response, action: Action = QUIZ, setting: Setting = DIALOG, **place: Any
) -> Card:
    view = seen_by(action, [response], CREATOR.key)
    found = OneResponse(view, response, "newer", "older")
    return shown(person_screen(found, Place(slot=response.slot, **place), setting))


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_each_answer_stands_with_its_mark_and_what_is_right(setting: Setting) -> None:
    typed = {"one": "rome", "several": "paris", "true": "no"}
    lines = texts(_person(a_response(QUIZ, an_attempt(QUIZ, typed)), setting=setting))
    assert lines[1] == VOTER.name
    assert lines[2] == "33.33 % · not passed · Fri 20 Nov, 10:00 · 2 of 6 points · 50 secs"
    start = lines.index("1\\. Capital of France?")
    marked = ["Rome", "✘ Wrong · 0 of 1 point", "Right is: Paris"]
    assert lines[start + 1 : start + 4] == marked
    start = lines.index("2\\. Which are capitals?")
    assert lines[start + 2] == "◐ Partly right · 1 of 2 points"
    start = lines.index("3\\. Lifts are safe in a fire.")
    assert lines[start + 1 : start + 3] == ["No", "✔ Right · 1 of 1 point"]
    start = lines.index("5\\. The number to call?")
    assert lines[start + 1] == "– Not answered · 0 of 1 point"
    assert "They stop." not in lines


def test_the_attempt_that_counts_is_shown_first_and_the_others_are_a_tap_away() -> None:
    first, second = an_attempt(QUIZ, RIGHT), an_attempt(QUIZ, WRONG, NOW + HOUR)
    third = an_attempt(QUIZ, RIGHT, NOW + 2 * HOUR, done=2)
    response = a_response(QUIZ, first, second, third)
    card = _person(response)
    lines = texts(card)
    assert "100 % · passed · 3 attempts · 2 mins" in lines
    assert "100 % · passed · this one counts · Fri 20 Nov, 10:00" in lines
    assert "in progress · Fri 20 Nov, 12:00" in lines
    assert rows(card) == ["Attempt 2", "Attempt 3"]
    named = envelopes(card)["Attempt 2"]
    assert Place.read(named.argument) == Place(slot=VOTER.key, number=2)
    assert "✘ Wrong · 0 of 1 point" in texts(_person(response, number=2))
    running = texts(_person(response, number=3))
    assert "2\\. Which are capitals?" in running
    assert "3\\. Lifts are safe in a fire." not in running


def test_an_attempt_that_lapsed_says_so() -> None:
    response = a_response(QUIZ, an_attempt(QUIZ, RIGHT), an_attempt(QUIZ, WRONG), lapsed=1)
    card = _person(response)
    assert "100 % · passed · no longer valid · Fri 20 Nov, 10:00" in texts(card)


def test_an_attempt_that_the_clock_ended_says_so() -> None:
    stopped = replace(an_attempt(QUIZ, RIGHT, done=2), ended=NOW, shown=None, timed_out=True)
    lines = texts(_person(a_response(QUIZ, stopped)))
    assert "It was ended by the clock; what had been answered counts." in lines
    assert lines.count("– Not answered · 0 of 1 point") == 3


def test_a_late_answer_says_that_its_time_was_over() -> None:
    attempt = an_attempt(QUIZ, {**RIGHT, "one": ""})
    late = replace(attempt.given["one"], answer=None, is_late=True)
    given = {**attempt.given, "one": late}
    lines = texts(_person(a_response(QUIZ, replace(attempt, given=given))))
    assert "The time for this question was over." in lines


def test_lessons_are_not_among_the_answers() -> None:
    training = a_training(pass_mark=50)
    lines = texts(_person(a_response(training, an_attempt(training, RIGHT)), training))
    assert "1\\. Capital of France?" in lines
    assert "Read this" not in lines


@pytest.mark.parametrize(
    ("number", "listed"), [(0, range(16, 26)), (3, range(3, 13)), (25, range(16, 26)), (99, None)]
)
def test_of_many_attempts_some_are_listed_around_the_one_that_is_shown(
    number: int, listed: range | None
) -> None:
    quiz = a_quiz(attempts=0, counts="last")
    attempts = [an_attempt(quiz, RIGHT, NOW + n * HOUR) for n in range(25)]
    card = _person(a_response(quiz, *attempts), quiz, number=number)
    named = [line for line in texts(card) if line.startswith("Attempt ")]
    expected = listed or range(16, 26)
    assert named[:MOST_LISTED] == [f"Attempt {n}" for n in expected]


def test_the_people_before_and_after_are_a_tap_away() -> None:
    named = envelopes(_person(a_response(QUIZ, an_attempt(QUIZ, RIGHT))))
    assert Place.read(named["Previous response"].argument) == Place(slot="newer")
    assert Place.read(named["Next response"].argument) == Place(slot="older")
    assert (named["Everyone"].verb, named["All results"].verb) == ("responded", "results")


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_whatever_was_typed_fits_a_card_and_is_all_on_some_page(sign: str) -> None:
    options = tuple(Option(f"o{n}", sign * 1_000) for n in range(6))
    asked: tuple[Question, ...] = (
        *(Choice(f"q{n}", sign * 5_000, options) for n in range(4)),
        *(Text(f"t{n}", sign * 5_000) for n in range(12)),
    )
    keys = {q.id: Key(("o1",) if q.id[0] == "q" else (sign * 120,)) for q in asked}
    quiz = a_quiz(asked, keys)
    typed = {q.id: "o4" if q.id[0] == "q" else sign * 120 for q in asked}
    response = a_response(quiz, an_attempt(quiz, typed))
    response = replace(response, person=Person(VOTER.key, sign * 120))
    seen, first = 0, 0
    while True:
        card = _person(response, quiz, first=first)
        seen += sum(line.startswith(("✔", "✘")) for line in texts(card))
        if "Next page" not in buttons(card):
            break
        first = Place.read(envelopes(card)["Next page"].argument).first
    assert seen == len(asked)


def test_names_are_no_markdown() -> None:
    person = Person(VOTER.key, "[pay](https://evil.example)")
    response = replace(a_response(QUIZ, an_attempt(QUIZ, RIGHT)), person=person)
    assert "\\[pay\\](" in text(_person(response))
