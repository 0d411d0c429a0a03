"""One scheduled thing, and the results across a series."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from actions.action import Action, Status
from actions.choice import Choice
from actions.content import Content
from actions.places import Scope
from actions.scheduling import BY_CREATOR
from actions.series_results import Postings, Sum, Together
from actions.tallies import Tallies, recount
from cards.parts import Host
from dialogs.manage import manage_screen
from dialogs.place import Place
from dialogs.screen import Setting
from dialogs.series import (
    ask_delete_screen,
    deleted_series_screen,
    scheduled_screen,
    series_screen,
)
from dialogs.series_results import postings_screen, together_screen
from tests.actions.attempted import an_attempt, attempts_of
from tests.actions.builders import a_choice, a_poll, tallies_of
from tests.actions.checklists import a_checklist, a_tick, ticked
from tests.actions.exams import RIGHT, a_quiz
from tests.actions.surveys import EVERY_TYPE, a_survey, answers_of
from tests.dialogs.builders import IN_PLACE, SETTINGS, envelopes, shown, verbs
from tests.dialogs.serials import (
    BALLOTS,
    CHAT,
    FIRST,
    SERIES_ID,
    a_posting,
    a_series,
    about,
    all_together,
    seen,
)
from tests.teams.cards import Card, buttons, rows, text

EVIL = "[pay](https://evil.example)"
EACH = [seen(a_posting(number)) for number in (3, 2, 1)]
RUNNING = a_series(posted=3, next_at=FIRST + timedelta(weeks=3))


def series(setting: Setting = IN_PLACE, *views: Any, **changes: Any) -> Card:
    """Give the screen of a series."""
    return shown(series_screen(about(a_series(**changes), *views), setting))


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_series_says_when_where_and_how_often(setting: Setting) -> None:
    card = shown(series_screen(about(RUNNING, *EACH), setting))
    assert "POLL · scheduled\nLunch?\nEvery week on Monday and Thursday at 07:30" in text(card)
    assert "- Mon, 14 Dec 2026 at 07:30" in text(card)
    assert "Closes after 8 hours\nWhere: Early shift\n3 times posted" in text(card)
    assert buttons(card)[:4] == ["Edit", "Post now", "Stop", "Delete"]
    assert envelopes(card)["Post now"].argument == "4"


def test_its_last_postings_lead_to_their_results() -> None:
    card = shown(series_screen(about(RUNNING, *EACH), IN_PLACE))
    days = [f"Mon, {day} 2026 at 07:30" for day in ("7 Dec", "30 Nov", "23 Nov")]
    assert rows(card) == days
    assert text(card).count("3 of 20 responded · 🏆 Pizza") == 3
    newest = envelopes(card)[days[0]]
    assert (newest.verb, newest.action) == ("results", a_posting(3).id)
    assert envelopes(card)["Results across the series"].verb == "series.results"


def test_before_the_first_posting_there_are_no_results() -> None:
    card = series()
    assert "Not posted yet" in text(card)
    assert "Results across the series" not in buttons(card)


def test_one_that_was_stopped_goes_on() -> None:
    card = series(next_at=None, stopped=BY_CREATOR)
    assert "POLL · stopped" in text(card)
    assert "⚠ Stopped by you." in text(card)
    assert "Add me there again" not in text(card)
    assert envelopes(card)["Go on"].verb == "series.resume"
    assert "Stop" not in buttons(card)


def test_one_that_cannot_be_posted_says_what_to_do() -> None:
    card = series(next_at=None, stopped="BotNotInConversationRoster")
    assert "⚠ Stopped: I cannot post in that chat any more." in text(card)
    assert "Add me there again, then press “Go on”" in text(card)
    assert "BotNotInConversationRoster" not in text(card)


def test_one_that_is_over_says_so() -> None:
    card = series(IN_PLACE, *EACH, next_at=None, posted=3)
    assert "POLL · over" in text(card)
    assert "Nothing more is posted: it is over." in text(card)
    assert not {"Stop", "Go on"} & set(buttons(card))


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (CHAT, "Where: Early shift"),
        (replace(CHAT, name="", scope=Scope.CHANNEL), "Where: a channel"),
        (replace(CHAT, name=""), "Where: a group chat"),
        (replace(CHAT, name="", scope=Scope.PERSONAL), "Where: your chat with me"),
        (replace(CHAT, name=EVIL), r"Where: \[pay\]"),
    ],
)
def test_where_it_is_posted_is_said_by_name(place: Any, words: str) -> None:
    card = shown(series_screen(about(RUNNING, place=place), IN_PLACE))
    assert words in text(card)
    assert "Where" not in text(shown(series_screen(about(RUNNING, place=None), IN_PLACE)))


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_the_receipt_says_what_where_and_when_first(setting: Setting) -> None:
    card = shown(scheduled_screen(about(a_series()), setting))
    assert "✔ Scheduled: Lunch?\nEvery week on" in text(card)
    assert "- Mon, 23 Nov 2026 at 07:30" in text(card)
    assert verbs(card) == ["series", "mine"]


@pytest.mark.parametrize(
    ("posted", "words"), [(0, "Nothing of it was posted yet."), (2, "What was posted stays")]
)
def test_deleting_is_asked_about_first(posted: int, words: str) -> None:
    card = shown(ask_delete_screen(about(a_series(posted=posted)), IN_PLACE))
    assert words in text(card)
    assert verbs(card) == ["series.delete", "series"]


def test_what_was_deleted_leads_back_to_the_list() -> None:
    assert verbs(shown(deleted_series_screen(IN_PLACE))) == ["mine"]


@pytest.mark.parametrize("title", ["x" * 500, EVIL, "ماذا نأكل؟"])
@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_any_title_fits_every_screen(title: str, setting: Setting) -> None:
    found = about(a_series(a_poll(title=title)), *EACH)
    for screen in (series_screen, scheduled_screen, ask_delete_screen):
        assert "](https" not in text(shown(screen(found, setting))).replace(r"\](", "")


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_what_is_part_of_a_series_leads_to_it(setting: Setting) -> None:
    card = shown(manage_screen(EACH[0], setting))
    assert "Part of a series: number 3" in text(card)
    button = envelopes(card)["The series"]
    assert (button.verb, button.action) == ("series", SERIES_ID)
    alone = shown(manage_screen(seen(a_poll(status=Status.CLOSED)), setting))
    assert "The series" not in buttons(alone)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_each_posting_is_listed_with_what_came_of_it(setting: Setting) -> None:
    page = Postings(RUNNING, tuple(EACH), 9, 1)
    card = shown(postings_screen(page, setting))
    assert rows(card)[0] == "Mon, 7 Dec 2026 at 07:30"
    assert text(card).count("🏆 Pizza") == 3
    assert Place.read(envelopes(card)["More"].argument).before == 1
    assert envelopes(card)["From the start"].argument == ""
    assert envelopes(card)["Schedule"].verb == "series"


def test_nothing_posted_is_said() -> None:
    empty = shown(postings_screen(Postings(RUNNING, ()), IN_PLACE))
    assert "Nothing was posted yet." in text(empty)
    none = Together(RUNNING, None, Sum(Tallies(), 0, 0, partial=False))
    assert "Nothing was posted yet." in text(shown(together_screen(none, IN_PLACE)))


def together(action: Action, *tallies: Tallies, first: int = 0) -> Card:
    """Give postings of an action added up."""
    counted = [(a_posting(n, action), one) for n, one in enumerate(tallies, 1)]
    return shown(together_screen(all_together(RUNNING, *counted, first=first), IN_PLACE))


def test_polls_add_up_to_bars() -> None:
    card = together(a_poll(), tallies_of(a_poll(), *BALLOTS), tallies_of(a_poll(), "b"))
    assert "This adds up 2 postings.\n4 responses · 🏆 Pizza, Sushi" in text(card)
    assert text(card).count("2 · 50%") == 2
    # What people tap is the card in the chat, not this.
    assert rows(card) == []


def test_surveys_add_up_question_by_question_some_on_a_page() -> None:
    one = recount(a_survey().content, [(answers_of(n), ()) for n in range(4)])
    card = together(a_survey(), one, one)
    assert "8 responses" in text(card)
    assert "1\\. Which team are you in?\n8 answers" in text(card)
    after = Place.read(envelopes(card)["Next page"].argument).first
    assert 0 < after < len(EVERY_TYPE)
    last = together(a_survey(), one, one, first=10)
    assert "11\\. When do you start?" in text(last)
    assert "Next page" not in buttons(last)
    assert Place.read(envelopes(last)["Previous page"].argument).first == 5


def test_quizzes_add_up_to_an_average_and_to_what_was_right() -> None:
    quiz = a_quiz(pass_mark=60)
    one = recount(quiz.content, [(attempts_of(quiz, an_attempt(quiz, RIGHT)), ())])
    card = together(quiz, one, one)
    assert "2 responses · average 100 % · 100 % passed" in text(card)
    assert "1\\. Capital of France?\nasked 2 people · 2 answers" in text(card)


def test_lists_that_all_share_add_up_item_by_item() -> None:
    shared = a_checklist("Lights", "Till")
    done = recount(shared.content, [({"i0": a_tick().encode()}, ())])
    open_ones = recount(shared.content, [({}, ())])
    card = together(shared, done, open_ones)
    assert "Lights\n1 · 50%\nTill\n0 · 0%" in text(card)
    assert "response" not in text(card)
    row = shown(postings_screen(Postings(RUNNING, (_half_done(),)), IN_PLACE))
    assert "1 done · 1 open" in text(row)


def _half_done() -> Any:
    action = ticked(a_checklist("Lights", "Till"), i0=a_tick())
    return seen(a_posting(1, action, status=Status.ACTIVE), Tallies())


def test_what_is_left_out_is_said_and_why() -> None:
    found = all_together(RUNNING, (a_posting(1), tallies_of(a_poll(), *BALLOTS)))
    some = replace(found, sum=replace(found.sum, hidden=2, partial=True))
    card = shown(together_screen(some, IN_PLACE))
    assert "This adds up 1 posting." in text(card)
    assert "2 anonymous ones are left out" in text(card)
    assert "Of a question that was changed" in text(card)


def test_nothing_is_shown_of_too_few_anonymous_answers() -> None:
    secret = a_poll(anonymous=True)
    card = together(secret, tallies_of(secret, "a"))
    assert "Results are shown from three responses on" in text(card)
    assert "%" not in text(card)


@pytest.mark.parametrize("host", [Host.DIALOG, Host.IN_PLACE])
def test_the_longest_questions_fit(host: Host) -> None:
    options = [f"{n}" + "é" * 990 for n in range(25)]
    questions = tuple(
        Choice(f"q{n}", "[x](y)" * 800, a_choice(*options).options) for n in range(5)
    )
    for kind_name in ("survey", "poll"):
        asked = questions if kind_name == "survey" else (a_choice(*options),)
        action = replace(a_poll(), kind=kind_name, content=Content("x" * 500, asked))
        everyone = [({q.id: (q.options[0].id,) for q in asked}, ())] * 3
        tallies = recount(action.content, everyone)
        found = all_together(a_series(action), (a_posting(1, action), tallies))
        shown(together_screen(found, replace(IN_PLACE, host=host)))
