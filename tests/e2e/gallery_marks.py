"""What comes of a quiz or a training, as cards to look at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from microsoft_teams.cards.core import AdaptiveCard

from actions.action import Action, Settings, Status, Visibility
from actions.attempts import attempts_in
from actions.exam import Feedback
from actions.looking import OneResponse, Results
from actions.marks import Leaders, Overview, figures, hardest
from actions.remarking import Remarked
from actions.responses import Page, Response
from actions.viewing import People
from cards.parts import Host
from cards.summary import summary
from cards.texts import Texts, texts_for
from dialogs.exam_people import finished_screen, under_way_screen, waiting_screen
from dialogs.exam_person import person_screen
from dialogs.exam_results import overview_screen, remarked_words
from dialogs.leaderboard import leaders_screen
from dialogs.manage import manage_screen
from dialogs.place import Place
from dialogs.question_results import question_screen, results_screen
from dialogs.screen import Setting
from tests.actions.attempted import an_attempt, attempts_of, persons, responses_of, seen_by
from tests.actions.builders import CREATOR, NOW
from tests.actions.exams import RIGHT, WRONG, a_quiz, a_training
from tests.storage.places import standings

QUIZ = replace(a_quiz(pass_mark=60, attempts=3, leaderboard=True), audience=40)
OPEN = replace(QUIZ, settings=Settings(Visibility.EVERYONE))


def marks(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    """Give every screen with its name."""
    setting = Setting(Host.IN_PLACE, texts)
    people = [*responses_of(QUIZ, 25), _running(QUIZ, 30), _running(QUIZ, 31)]
    yield from _summaries(people, texts)
    yield from _figures(QUIZ, people, setting)
    yield from _people(people, setting)
    yield "marks-person", _person(QUIZ, people[12], setting)
    yield "marks-person-several", _person(QUIZ, _several(QUIZ), setting)
    training = a_training(pass_mark=80)
    yield "marks-person-running", _person(training, _running(training, 3), setting)
    yield from _leaders(setting)
    moved = Remarked(3, tuple(persons(23)[:22]), (persons(3)[1],))
    done = "\n\n".join([texts("Your changes are saved."), *remarked_words(moved, texts)])
    view = seen_by(QUIZ, people, CREATOR.key)
    yield "marks-corrected", manage_screen(view, replace(setting, done=done)).card


def _summaries(people: list[Response], texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    yield "marks-card", summary(seen_by(OPEN, people), texts, Host.CHAT)
    own = seen_by(OPEN, people, people[12].person.key)
    yield "marks-card-own", summary(own, texts, Host.CHAT)
    yield "marks-card-arabic", summary(own, texts_for("ar"), Host.CHAT)
    closed = replace(QUIZ, status=Status.CLOSED, closed_at=NOW)
    yield "marks-card-closed", summary(seen_by(closed, people, CREATOR.key), texts, Host.CHAT)


def _figures(
    action: Action, people: list[Response], setting: Setting
) -> Iterator[tuple[str, AdaptiveCard]]:
    view = seen_by(action, people, CREATOR.key)
    found = Overview(view, figures(view), hardest(action.content, view.tallies))
    yield "marks-overview", overview_screen(found, setting).card
    nobody = seen_by(action, [], CREATOR.key)
    none = Overview(nobody, figures(nobody), ())
    yield "marks-overview-nobody", overview_screen(none, setting).card
    later = a_quiz(feedback=Feedback.CLOSED)
    hidden = seen_by(replace(later, settings=Settings(Visibility.EVERYONE)), people, "tenant/x")
    shown = overview_screen(Overview(hidden, figures(hidden), ()), setting)
    yield "marks-overview-hidden", shown.card
    questions, keys = action.content.answerable, action.content.keys
    every = Results(view, 0, questions, {"text": ("112", "911")}, keys=keys)
    yield "marks-questions", results_screen(every, setting).card
    for index, question in enumerate(questions):
        one = Results(view, index, (question,), {}, keys=keys)
        shown = question_screen(one, Place(question=question.id), setting)
        yield f"marks-question-{question.id}", shown.card


def _people(people: list[Response], setting: Setting) -> Iterator[tuple[str, AdaptiveCard]]:
    view = seen_by(QUIZ, people, CREATOR.key)
    page = Page(tuple(reversed(people[:10])), "more")
    yield "marks-finished", finished_screen(People(view, page, "", ""), setting).card
    running = Page(tuple(people[-2:]))
    yield "marks-under-way", under_way_screen(People(view, running, "", ""), setting).card
    waiting = Page(tuple(Response(one, None, None) for one in persons(40)[33:39]))
    yield "marks-waiting", waiting_screen(People(view, waiting, "", ""), setting).card


def _person(action: Action, response: Response, setting: Setting) -> AdaptiveCard:
    view = seen_by(action, [response], CREATOR.key)
    found = OneResponse(view, response, "newer", "older")
    return person_screen(found, Place(slot=response.slot), setting).card


def _leaders(setting: Setting) -> Iterator[tuple[str, AdaptiveCard]]:
    people = responses_of(QUIZ, 25)
    placed = standings((r.person, attempts_in(r.answers).score(QUIZ.content)) for r in people)
    own = placed[16]
    view = seen_by(QUIZ, people, own.who.key)
    first = Leaders(view, tuple(placed[:10]), own, 0, 25, 25)
    yield "marks-leaders", leaders_screen(first, setting).card
    second = Leaders(view, tuple(placed[10:20]), own, 10, 20, 25)
    yield "marks-leaders-second", leaders_screen(second, setting).card


def _running(action: Action, number: int) -> Response:
    person, began = persons(number + 1)[number], NOW + timedelta(minutes=number)
    attempt = an_attempt(action, RIGHT, began, pace=70, done=2)
    return Response(person, attempts_of(action, attempt), None, person.key)


def _several(action: Action) -> Response:
    (person,) = persons(1)
    first, second = an_attempt(action, WRONG), an_attempt(action, RIGHT, NOW + timedelta(hours=1))
    third = an_attempt(action, RIGHT, NOW + timedelta(hours=2), done=2)
    attempts = attempts_of(action, first, second, third)
    return Response(person, attempts, first.ended, person.key)
