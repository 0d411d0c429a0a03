"""Reminding people, and what became of it, as who manages an action sees it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.checklist_results import Shared
from actions.notices import Outcome
from actions.reminding import Reminded, Reminders
from actions.rows import rows_in
from actions.viewing import People, View, view_of
from cards.parts import Host
from dialogs.checklist_people import finished_screen as finished_lists_screen
from dialogs.checklist_people import under_way_screen as begun_lists_screen
from dialogs.checklist_people import waiting_screen as waiting_lists_screen
from dialogs.checklist_results import shared_screen
from dialogs.exam_people import finished_screen, under_way_screen, waiting_screen
from dialogs.reminding import MOST_LISTED, WORDS, ask_screen, outcome_screen, sent_screen
from dialogs.results import not_responded_screen, responded_screen
from dialogs.screen import Screen, Setting
from tests.actions.builders import (
    ACTION_ID,
    CREATOR,
    DUE,
    NOW,
    VOTER,
    a_closed_poll,
    a_poll,
    a_view,
)
from tests.actions.checklists import a_checklist, a_tick, ticked
from tests.actions.exams import a_quiz
from tests.cards.looks import RIGHT_TO_LEFT, TEXTS
from tests.dialogs.builders import (
    DIALOG,
    IN_PLACE,
    SETTINGS,
    a_response,
    envelopes,
    people_of,
    shown,
)
from tests.dialogs.reminded import CODES, a_round, unreached
from tests.teams.cards import text

OPEN = a_view(a_poll(audience=40), "a", "b", viewer=CREATOR.key)
CLOSED = a_view(a_closed_poll(audience=40), "a", viewer=CREATOR.key)

ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))

each_host = pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)


def told(screen: Screen) -> str:
    """Give a screen's text."""
    return text(shown(screen))


def verbs_of(screen: Screen) -> dict[str, str]:
    """Give what the buttons do, by their names."""
    return {title: one.verb for title, one in envelopes(shown(screen)).items()}


# Sending them


@each_host
def test_many_people_are_asked_about_before(setting: Setting) -> None:
    screen = ask_screen(OPEN, 240, setting)
    assert "Remind 240 people?" in told(screen)
    sure = envelopes(shown(screen))["Remind 240 people"]
    assert (sure.verb, sure.action, sure.argument) == ("remind", ACTION_ID, "sure")
    assert verbs_of(screen)["Cancel"] == "manage"


@each_host
def test_how_many_are_being_reminded_is_told(setting: Setting) -> None:
    screen = sent_screen(OPEN, Reminded(7, 7), setting)
    assert "✔ 7 people are being reminded." in told(screen)
    assert "12 hours" not in told(screen)
    assert verbs_of(screen) == {"See how it went": "reminders", "Manage": "manage"}


def test_why_some_or_all_are_not_reminded_is_told() -> None:
    some = told(sent_screen(OPEN, Reminded(9, 7), DIALOG))
    assert "2 people were reminded less than 12 hours ago, so not again yet." in some
    nobody = told(sent_screen(OPEN, Reminded(1, 0), DIALOG))
    assert "1 person was reminded less than 12 hours ago, so not again yet." in nobody
    assert "being reminded" not in nobody


def test_that_nobody_is_left_to_be_reminded_is_told() -> None:
    screen = sent_screen(OPEN, Reminded(0, 0), DIALOG)
    assert "Nobody is left to be reminded." in told(screen)
    assert verbs_of(screen) == {"Manage": "manage"}
    unknown = a_view(a_poll(), viewer=CREATOR.key)
    assert "Who is expected to respond is not known here." in told(
        sent_screen(unknown, Reminded(0, 0), DIALOG)
    )


# What became of them


def test_the_outcome_is_told_in_figures_and_names() -> None:
    last = a_round(7, 2, spared=1, unreachable=unreached(3, "Ben"))
    lines = told(outcome_screen(Reminders(OPEN, last), DIALOG)).splitlines()
    start = lines.index("Reminded Fri 20 Nov, 10:00")
    assert lines[start + 1 :] == [
        *("9", "reminded", "2", "of these mentioned in the chat", "3", "not reached"),
        "1 person responded before it was sent",
        "Not reached",
        "Ben 0: has blocked me",
        "Ben 1: does not have the app",
        "Ben 2: is not in the chat any more",
    ]


def test_what_is_on_its_way_can_be_looked_at_again() -> None:
    screen = outcome_screen(Reminders(OPEN, a_round(sent=3, pending=4)), DIALOG)
    assert "4 are on their way" in told(screen)
    assert verbs_of(screen) == {"Refresh": "reminders", "Remind": "remind", "Manage": "manage"}
    over = outcome_screen(Reminders(OPEN, a_round(sent=7)), DIALOG)
    assert "Refresh" not in verbs_of(over)
    assert "on their way" not in told(over)


def test_who_waits_for_the_mention_is_on_the_way() -> None:
    last = a_round(sent=1)
    last = replace(last, counts={**last.counts, Outcome.UNREACHED: 1})
    assert "1 is on its way" in told(outcome_screen(Reminders(OPEN, last), DIALOG))


@each_host
def test_nobody_was_reminded_yet(setting: Setting) -> None:
    screen = outcome_screen(Reminders(OPEN, None), setting)
    assert "Nobody was reminded yet." in told(screen)
    assert verbs_of(screen) == {"Remind": "remind", "Manage": "manage"}


def test_what_is_closed_says_so_and_reminds_nobody() -> None:
    screen = outcome_screen(Reminders(CLOSED, None), replace(DIALOG, notice="It is closed."))
    assert "⚠ It is closed." in told(screen)
    assert "POLL · closed" in told(screen)
    assert "Remind" not in verbs_of(screen)


def test_when_the_clock_reminds_is_told() -> None:
    at = DUE - timedelta(hours=24)
    later = replace(OPEN, action=replace(OPEN.action, remind_at=at))
    line = "Who has not responded by Thu 26 Nov, 10:00 is reminded then."
    assert line in told(outcome_screen(Reminders(later, None), DIALOG))
    assert line not in told(outcome_screen(Reminders(OPEN, None), DIALOG))


@pytest.mark.parametrize("code", [*WORDS, "SomethingNew"])
def test_every_code_has_words(code: str) -> None:
    last = a_round(unreachable=unreached(1, "Ben", code))
    why = WORDS.get(code, "Teams did not take the message (SomethingNew)")
    assert f"Ben 0: {why}" in told(outcome_screen(Reminders(OPEN, last), DIALOG))


@pytest.mark.parametrize("name", ["Ben", "ليلى حداد", "\\" * 300, "[x](y)" * 50])
def test_fifty_of_the_unreachable_fit_or_as_many_as_do(name: str) -> None:
    last = a_round(unreachable=unreached(50, name), missed=300)
    for setting in (*SETTINGS.values(), Setting(Host.IN_PLACE, RIGHT_TO_LEFT)):
        # The signs around what is put into a sentence for readers from right to left.
        words = told(outcome_screen(Reminders(OPEN, last), setting)).translate(ISOLATES)
        named = sum(line.endswith(tuple(WORDS[c] for c in CODES)) for line in words.splitlines())
        assert named in MOST_LISTED
        assert f"and {300 - named} more" in words
        assert "[x](y)" not in words


def test_someone_without_a_name_is_told_of() -> None:
    (one,) = unreached(1, code="TooMany")
    nameless = replace(one, person=replace(one.person, name=""))
    last = a_round(unreachable=(nameless,))
    assert "Someone without a name: too many people to mention all of them" in told(
        outcome_screen(Reminders(OPEN, last), DIALOG)
    )


def test_the_longest_title_fits() -> None:
    view = a_view(a_poll(title="\\" * 500, audience=2), viewer=CREATOR.key)
    shown(ask_screen(view, 240, IN_PLACE))
    shown(sent_screen(view, Reminded(9, 7), IN_PLACE))
    last = a_round(unreachable=unreached(50, "\\" * 100))
    shown(outcome_screen(Reminders(view, last), Setting(Host.IN_PLACE, TEXTS)))


# Beside the lists of who is missing


LAST = a_round(7, unreachable=unreached(2))
LINE = "Last reminded Fri 20 Nov, 10:00: 7 reached, 2 not"


def view_by(viewer: str, kind: str) -> View:
    """Give what is open as someone sees it."""
    action = {"poll": a_poll(), "quiz": a_quiz(), "own": a_checklist(count=2, individual=True)}
    return view_of(replace(action[kind], audience=3), OPEN.tallies, NOW, viewer)


@pytest.mark.parametrize(
    ("kind", "screen"),
    [
        ("poll", not_responded_screen),
        ("quiz", waiting_screen),
        ("quiz", under_way_screen),
        ("own", waiting_lists_screen),
        ("own", begun_lists_screen),
    ],
)
def test_who_is_missing_can_be_reminded_by_who_manages_it(
    kind: str, screen: Callable[[People, Setting], Screen]
) -> None:
    own = people_of(view_by(CREATOR.key, kind), a_response("Ben"))
    assert verbs_of(screen(own, DIALOG))["Remind"] == "remind"
    assert "Last reminded" not in told(screen(own, DIALOG))
    again = screen(replace(own, reminded=LAST), DIALOG)
    assert LINE in told(again)
    assert verbs_of(again)["Last reminders"] == "reminders"


def test_others_who_see_who_is_missing_cannot_remind_them() -> None:
    seen = not_responded_screen(people_of(view_by(VOTER.key, "poll"), a_response("Ben")), DIALOG)
    assert {"Remind", "Last reminders"}.isdisjoint(verbs_of(seen))


def test_who_responded_is_not_reminded() -> None:
    for kind, screen in (
        ("poll", responded_screen),
        ("quiz", finished_screen),
        ("own", finished_lists_screen),
    ):
        own = people_of(view_by(CREATOR.key, kind), a_response("Ben"))
        assert "Remind" not in verbs_of(screen(replace(own, reminded=LAST), DIALOG))


def test_reminders_on_their_way_are_said_to_be() -> None:
    people = people_of(view_by(CREATOR.key, "poll"), a_response("Ben"))
    going = replace(people, reminded=a_round(sent=1, pending=1))
    line = "Last reminded Fri 20 Nov, 10:00: still on its way"
    assert line in told(not_responded_screen(going, DIALOG))


def test_nobody_can_be_reminded_where_nobody_is_missing_or_it_is_closed() -> None:
    nobody = people_of(view_by(CREATOR.key, "poll"))
    assert "Remind" not in verbs_of(not_responded_screen(nobody, DIALOG))
    not_found = people_of(view_by(CREATOR.key, "poll"), search="zoe")
    assert "Remind" in verbs_of(not_responded_screen(not_found, DIALOG))
    closed = people_of(CLOSED, a_response("Ben"))
    closed_screen = not_responded_screen(replace(closed, reminded=LAST), DIALOG)
    assert "Remind" not in verbs_of(closed_screen)
    assert LINE in told(closed_screen)


def test_a_shared_list_with_open_items_reminds() -> None:
    def screen(action_ticks: int, viewer: str) -> Screen:
        made = a_checklist(count=2)
        ticks = {f"i{n}": a_tick() for n in range(action_ticks)}
        seen = view_of(ticked(made, **ticks), OPEN.tallies, NOW, viewer)
        return shared_screen(Shared(seen, rows_in(seen), LAST), DIALOG)

    assert LINE in told(screen(1, CREATOR.key))
    assert verbs_of(screen(1, CREATOR.key))["Remind"] == "remind"
    assert "Remind" not in verbs_of(screen(2, CREATOR.key))
    assert "Remind" not in verbs_of(screen(1, VOTER.key))
