"""What is posted later, as cards to look at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from microsoft_teams.cards.core import AdaptiveCard

from actions.action import Action, Draft
from actions.errors import InvalidAnswers
from actions.listing import Listing, Tab
from actions.recurrence import Every, Rule
from actions.schedule import read_schedule, upcoming
from actions.scheduling import BY_CREATOR
from actions.series_results import Postings, Sum, Together
from actions.tallies import Tallies, recount
from cards.parts import Host
from cards.texts import Texts, texts_for
from dialogs.create import form_screen
from dialogs.manage import manage_screen
from dialogs.my_actions import mine_screen
from dialogs.planned import Planned
from dialogs.schedule import check_screen, repeat_screen, when_screen
from dialogs.screen import Setting
from dialogs.series import (
    ask_delete_screen,
    deleted_series_screen,
    scheduled_screen,
    series_screen,
)
from dialogs.series_results import postings_screen, together_screen
from tests.actions.attempted import an_attempt, attempts_of, typed_by
from tests.actions.builders import BERLIN, NOW, a_draft, a_form, a_poll, tallies_of
from tests.actions.checklists import a_checklist, a_tick
from tests.actions.exams import a_quiz
from tests.actions.surveys import a_survey, answers_of
from tests.dialogs.serials import (
    BALLOTS,
    CHAT,
    FIRST,
    SERIES_ID,
    a_posting,
    a_schedule,
    a_series,
    about,
    all_together,
    seen,
)

LONG = (
    "Which of these shall we do first, given that the hall is closed until noon and the lift " * 4
)
ARABIC = "ماذا نأكل يوم الجمعة؟"


def scheduled(texts: Texts) -> Iterator[tuple[str, AdaptiveCard]]:
    """Give every screen with its name."""
    setting = Setting(Host.IN_PLACE, texts)
    yield from _steps(setting)
    yield from _series(setting)
    yield from _lists(setting)
    yield from _results(setting)


def _steps(setting: Setting) -> Iterator[tuple[str, AdaptiveCard]]:
    weekly = a_schedule(
        repeat="week", date="2026-11-23", time="07:30", weekdays="0,3", where=CHAT.id
    )
    yield "time-when", when_screen(weekly, setting, [CHAT]).card
    yield "time-when-dialog", when_screen(a_schedule(), replace(setting, host=Host.DIALOG)).card
    wrong = a_schedule(repeat="week", date="2020-01-01", time="", end="until", interval="0")
    marked = _marked(wrong, setting)
    yield "time-when-wrong", when_screen(wrong, marked).card
    yield "time-week", repeat_screen(weekly, setting).card
    yield "time-week-wrong", repeat_screen(a_schedule(wrong, date="2026-11-23"), marked).card
    yield "time-day", repeat_screen(a_schedule(repeat="day"), setting).card
    yield "time-month", repeat_screen(a_schedule(repeat="month", day="31"), setting).card
    yield "time-check", _checked(weekly, setting)
    once = a_schedule(date="2026-11-23", time="07:30", closes_after="")
    yield "time-check-once", _checked(once, setting)
    monthly = a_schedule(repeat="month", day="30", end="times", times="12", interval="3")
    yield "time-check-month", _checked(monthly, setting)
    arabic = replace(a_draft(values=a_form(title=ARABIC)))
    typed = a_schedule(arabic, repeat="week", weekdays="0,3,6", end="until", until="2027-06-01")
    yield "time-check-arabic", _checked(typed, replace(setting, texts=texts_for("ar")))
    yield "time-edit", form_screen(replace(weekly, edits=SERIES_ID), setting).card


def _marked(draft: Draft, setting: Setting) -> Setting:
    try:
        read_schedule(draft.values, BERLIN, NOW)
    except InvalidAnswers as refused:
        return replace(setting, problems=refused.problems)
    return setting


def _checked(draft: Draft, setting: Setting) -> AdaptiveCard:
    when = read_schedule(draft.values, BERLIN, NOW)
    planned = Planned(
        when.starts_at,
        when.rule,
        when.closes_after,
        BERLIN,
        upcoming(when, BERLIN, 3),
        "Early shift",
    )
    return check_screen(draft, planned, setting).card


def _series(setting: Setting) -> Iterator[tuple[str, AdaptiveCard]]:
    new, views = a_series(), [seen(a_posting(n)) for n in (5, 4, 3, 2, 1)]
    running = replace(new, posted=5, next_at=FIRST + timedelta(weeks=5))
    yield "time-scheduled", scheduled_screen(about(new), setting).card
    yield "time-series-new", series_screen(about(new), setting).card
    done = replace(setting, done=setting.texts("It is posted."))
    yield "time-series", series_screen(about(running, *views), done).card
    stopped = replace(running, next_at=None, stopped=BY_CREATOR)
    yield "time-series-stopped", series_screen(about(stopped, *views), setting).card
    long = a_series(a_poll(title=LONG), rule=Rule(Every.MONTH, 2, day=29, until=date(2027, 8, 1)))
    gone = replace(long, next_at=None, stopped="BotNotInConversationRoster")
    yield "time-series-gone", series_screen(about(gone), setting).card
    arabic = replace(running, template=a_poll(title=ARABIC))
    shown = replace(setting, texts=texts_for("ar"))
    yield "time-series-arabic", series_screen(about(arabic, *views), shown).card
    yield "time-delete", ask_delete_screen(about(running), setting).card
    yield "time-deleted", deleted_series_screen(setting).card


def _lists(setting: Setting) -> Iterator[tuple[str, AdaptiveCard]]:
    stopped = a_series(a_poll(title=LONG), next_at=None, stopped=BY_CREATOR)
    gone = a_series(a_quiz(), next_at=None, stopped="Forbidden")
    every = [stopped, gone, a_series(), a_series(a_survey())]
    yield "time-mine", mine_screen(Listing(Tab.SCHEDULED, series=every), setting).card
    yield "time-mine-none", mine_screen(Listing(Tab.SCHEDULED), setting).card
    yield "time-manage", manage_screen(seen(a_posting(3)), setting).card


def _results(setting: Setting) -> Iterator[tuple[str, AdaptiveCard]]:
    for name, action, tallies in _posted():
        series = replace(a_series(action), posted=30)
        posted = [(a_posting(n, action), tallies) for n in range(30, 22, -1)]
        page = Postings(series, tuple(seen(*one) for one in posted), 0, 23)
        yield f"time-results-{name}", postings_screen(page, setting).card
        found = all_together(series, *posted)
        yield f"time-together-{name}", together_screen(found, setting).card
    hidden = replace(found, sum=Sum(found.sum.tallies, 5, 2, partial=True))
    yield "time-together-partial", together_screen(hidden, setting).card
    none = Together(a_series(), None, Sum(Tallies(), 0, 0, partial=False))
    yield "time-together-none", together_screen(none, setting).card


def _posted() -> Iterator[tuple[str, Action, Tallies]]:
    yield "poll", a_poll(), tallies_of(a_poll(), *BALLOTS)
    survey = a_survey()
    yield "survey", survey, recount(survey.content, [(answers_of(n), ()) for n in range(12)])
    quiz = a_quiz(pass_mark=60)
    taken = [attempts_of(quiz, an_attempt(quiz, typed_by(n))) for n in range(9)]
    yield "quiz", quiz, recount(quiz.content, [(one, ()) for one in taken])
    ticks = {"i0": a_tick().encode(), "i1": a_tick().encode()}
    shared = a_checklist()
    yield "checklist", shared, recount(shared.content, [(ticks, ())])
