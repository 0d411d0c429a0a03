"""The steps that ask when something is posted."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.action import Draft
from actions.errors import InvalidAnswers, Problem
from actions.recurrence import Every
from actions.schedule import SCHEDULE_FIELDS, read_schedule, upcoming
from cards.parts import Host
from dialogs.create import form_screen, preview_screen
from dialogs.destination import HERE
from dialogs.planned import Planned
from dialogs.schedule import FIELDS, WHEN, check_screen, repeat_screen, when_screen
from dialogs.screen import Setting
from tests.actions.builders import BERLIN, NOW, a_draft, a_form, a_poll, a_view
from tests.cards.looks import RIGHT_TO_LEFT
from tests.dialogs.builders import (
    DIALOG,
    IN_PLACE,
    SETTINGS,
    below,
    envelopes,
    shown,
    with_problems,
)
from tests.dialogs.serials import CHAT, a_schedule
from tests.teams.cards import Card, actions, buttons, input_elements, inputs, labels, text

REPEATED = [every.value for every in Every]


def checked(draft: Draft, setting: Setting = DIALOG, place: str = "Early shift") -> Card:
    """Give what a schedule comes to."""
    when = read_schedule(draft.values, BERLIN, NOW)
    times = upcoming(when, BERLIN, 3)
    planned = Planned(when.starts_at, when.rule, when.closes_after, BERLIN, times, place)
    return shown(check_screen(draft, planned, setting))


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_the_first_step_asks_what_every_schedule_has(setting: Setting) -> None:
    card = shown(when_screen(a_schedule(), setting, [CHAT]))
    names = WHEN if setting.host is Host.IN_PLACE else WHEN[:-1]
    assert tuple(inputs(card)) == names
    assert labels(card)["post.time"] == "Time (Europe/Berlin)"
    assert "POLL\nLunch?" in text(card)


@pytest.mark.parametrize("repeat", REPEATED)
@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_the_second_step_asks_only_what_goes_with_the_choice(
    repeat: str, setting: Setting
) -> None:
    card = shown(repeat_screen(a_schedule(repeat=repeat), setting))
    assert set(inputs(card)) == set(FIELDS[repeat])
    assert envelopes(card)["Next"].verb == "draft.plan"
    assert [one["data"]["step"] for one in actions(card)] == [repeat] * len(actions(card))


def test_the_steps_ask_for_every_field_there_is() -> None:
    asked = {*WHEN, *(name for names in FIELDS.values() for name in names)}
    assert asked == set(SCHEDULE_FIELDS)


@pytest.mark.parametrize("name", WHEN)
def test_the_first_step_says_what_is_wrong_below_each_field(name: str) -> None:
    setting = replace(IN_PLACE, problems={name: Problem("due_in_past")})
    card = shown(when_screen(a_schedule(), setting, [CHAT]))
    assert "⚠ This time has passed. Give a later one." in text(card)
    assert "Please look at the fields marked below." in text(card)


@pytest.mark.parametrize("repeat", REPEATED)
def test_the_second_step_says_what_is_wrong_below_each_field(repeat: str) -> None:
    fields = [name.removeprefix("post.") for name in FIELDS[repeat]]
    problems = {f"post__{name}": Problem("choose_something") for name in fields}
    card = shown(repeat_screen(a_schedule(repeat=repeat), with_problems(**problems)))
    for name in FIELDS[repeat]:
        assert below(card, name) == "⚠ Choose something first.", name


def test_what_was_typed_is_shown_again() -> None:
    typed = {"date": "2026-11-23", "time": "07:30", "repeat": "week", "closes_after": "480"}
    draft = a_schedule(None, **typed, where=CHAT.id)
    card = shown(when_screen(draft, IN_PLACE, [CHAT]))
    assert inputs(card) == {f"post.{n}": t for n, t in typed.items()} | {"post.where": CHAT.id}
    ending = {"interval": "x", "weekdays": "0,3", "end": "times", "until": "", "times": "-1"}
    card = shown(repeat_screen(a_schedule(draft, **ending), IN_PLACE))
    kept = inputs(card)
    assert (kept["post.interval"], kept["post.times"]) == ("x", "-1")
    assert (kept["post.weekdays"], kept["post.end"]) == ("0,3", "times")


def test_blank_choices_show_what_they_stand_for() -> None:
    draft = a_schedule(repeat="", closes_after="", date="2026-11-25", end="", where="gone")
    card = shown(when_screen(draft, IN_PLACE, [CHAT]))
    assert inputs(card)["post.repeat"] == "never"
    assert inputs(card)["post.closes_after"] == "never"
    assert inputs(card)["post.where"] == HERE
    week = shown(repeat_screen(a_schedule(draft, repeat="week"), IN_PLACE))
    assert inputs(week)["post.weekdays"] == "2"
    month = shown(repeat_screen(a_schedule(draft, repeat="month"), IN_PLACE))
    assert (inputs(month)["post.day"], inputs(month)["post.end"]) == ("25", "never")


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_it_is_said_in_words_before_it_is_so(setting: Setting) -> None:
    draft = a_schedule(repeat="week", weekdays="0,3", date="2026-11-23", time="07:30")
    card = checked(draft, setting)
    assert "Every week on Monday and Thursday at 07:30\nThe next times:" in text(card)
    for day in ("Mon, 23 Nov 2026", "Thu, 26 Nov 2026", "Mon, 30 Nov 2026"):
        assert f"- {day} at 07:30" in text(card)
    assert "Closes after 1 week\nWhere: Early shift" in text(card)
    aside = ["Later"] if setting.host is Host.IN_PLACE else []
    assert buttons(card) == ["Schedule", "Change", "Back to the form", *aside]
    assert input_elements(card) == []


def test_what_happens_once_is_said_once() -> None:
    card = checked(a_schedule(date="2026-11-23", time="07:30"), place="")
    assert "Once, on Mon, 23 Nov 2026 at 07:30\nCloses after" in text(card)
    assert "Where" not in text(card)


def test_one_time_that_is_left_is_no_list() -> None:
    draft = a_schedule(repeat="week", date="2026-11-23", end="times", times="1")
    assert "1 time in all\nThe next time:\n- Mon, 23 Nov" in text(checked(draft))


def test_changes_of_a_series_are_saved() -> None:
    card = checked(replace(a_schedule(), edits="x"))
    assert buttons(card)[0] == "Save changes"


EVIL = "[pay](https://evil.example) *now*"
PLAIN = r"\[pay\](https://evil.example) \*now\*"


def test_titles_and_chats_are_no_markdown() -> None:
    draft = a_schedule(a_draft(values=a_form(title=EVIL)))
    card = checked(draft, place=EVIL)
    assert text(card).count(PLAIN) == 2
    assert PLAIN in text(shown(when_screen(draft, IN_PLACE, [CHAT])))


@given(st.dictionaries(st.sampled_from(sorted(SCHEDULE_FIELDS)), st.text(max_size=2_000)))
def test_no_step_breaks_a_card_whatever_was_typed(typed: dict[str, str]) -> None:
    draft = a_schedule()
    draft = replace(draft, values={**draft.values, **typed})
    problems: Mapping[str, Problem] = {}
    try:
        read_schedule(draft.values, BERLIN, NOW)
    except InvalidAnswers as refused:
        problems = refused.problems
    setting = replace(IN_PLACE, texts=RIGHT_TO_LEFT, problems=problems)
    shown(when_screen(draft, setting, [CHAT]))
    if not problems.keys() & set(WHEN) and draft.values["post.repeat"] in FIELDS:
        shown(repeat_screen(draft, setting))


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_form_and_preview_lead_to_it(setting: Setting) -> None:
    draft = a_draft()
    form = shown(form_screen(draft, setting))
    assert envelopes(form)["Schedule"].verb == "draft.schedule"
    preview = shown(preview_screen(draft, a_view(a_poll()), setting, [CHAT]))
    assert envelopes(preview)["Schedule"].verb == "draft.schedule"
    assert envelopes(preview)["Schedule"].argument == "poll"


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_what_was_posted_is_not_scheduled(setting: Setting) -> None:
    assert "Schedule" not in buttons(shown(form_screen(a_draft(edits="x"), setting)))


def test_the_form_of_a_series_has_everything_but_when_it_closes() -> None:
    series = replace(a_schedule(), edits="x")
    card = shown(form_screen(series, IN_PLACE))
    assert buttons(card)[:3] == ["More settings", "Save changes", "Schedule"]
    names = set(inputs(shown(form_screen(a_draft(), IN_PLACE))))
    assert set(inputs(card)) == names - {"closes", "date", "time"}
    assert "removes its votes" not in text(card)
