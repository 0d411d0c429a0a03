"""The fields that every kind's form has."""

from dataclasses import replace
from json import dumps, loads

import pytest

from actions.action import Notify, Settings, Visibility
from actions.errors import Problem
from actions.kinds import KINDS, Kind
from actions.plan import (
    REMINDED,
    common_defaults,
    common_values,
    parse_closes_at,
    parse_settings,
    with_cleared,
)
from tests.actions.builders import BERLIN, CREATOR, DUE, NOW, a_form, a_poll, new_ids
from tests.actions.checklist_drafts import a_checklist_form
from tests.actions.drafts import a_form as a_survey_form
from tests.actions.quiz_drafts import a_quiz_form


def test_a_new_form_is_due_in_a_week_and_has_the_default_settings() -> None:
    defaults = common_defaults(NOW, BERLIN)
    assert (defaults["closes"], defaults["date"], defaults["time"]) == (
        "true",
        "2026-11-27",
        "10:00",
    )
    assert parse_settings(defaults) == Settings()


@pytest.mark.parametrize("visibility", list(Visibility))
@pytest.mark.parametrize("anonymous", [True, False])
@pytest.mark.parametrize("may_change", [True, False])
def test_settings_survive_the_form(
    visibility: Visibility, *, anonymous: bool, may_change: bool
) -> None:
    action = a_poll(visibility=visibility, anonymous=anonymous, may_change=may_change)
    assert parse_settings(common_values(action)) == action.settings


def test_settings_that_are_missing_or_unknown_have_their_defaults() -> None:
    assert parse_settings({}) == Settings()
    assert parse_settings({"visibility": "nobody", "anonymous": "perhaps"}) == Settings()
    for hours in ("", "-1", "1.5", "999", "soon"):
        assert parse_settings({"remind_hours": hours, "notify": "always"}) == Settings()


@pytest.mark.parametrize("hours", REMINDED)
@pytest.mark.parametrize("notify", list(Notify))
def test_when_people_are_reminded_and_the_creator_is_told_survives_the_form(
    hours: int, notify: Notify
) -> None:
    settings = Settings(remind_hours=hours, notify=notify)
    assert parse_settings(common_values(replace(a_poll(), settings=settings))) == settings
    assert Settings.decode(loads(dumps(settings.encode()))) == settings


def test_stored_settings_that_lack_a_setting_have_its_default() -> None:
    assert Settings.decode({}) == Settings()
    stored = {"visibility": "creator", "anonymous": True, "may_change": False}
    assert Settings.decode(stored).encode() == {
        **stored,
        "shuffle": False,
        "several": False,
        "may_add": False,
        "remind_hours": 24,
        "notify": "close",
    }


def test_a_form_that_does_not_close_has_no_due_time_whatever_the_fields_say() -> None:
    problems: dict[str, Problem] = {}
    values = {"closes": "false", "date": "never", "time": "soon"}
    assert parse_closes_at(values, BERLIN, NOW, problems, None) is None
    assert problems == {}


def test_problems_of_the_due_time_join_those_found_before() -> None:
    problems = {"title": Problem("title_needed")}
    assert parse_closes_at({"closes": "true"}, BERLIN, NOW, problems, None) is None
    assert set(problems) == {"title", "date", "time"}


def test_a_due_time_is_read() -> None:
    values = common_values(a_poll())
    assert parse_closes_at(values, BERLIN, NOW, {}, None) == DUE


def test_a_day_that_the_client_leaves_out_was_cleared() -> None:
    assert with_cleared({"closes": "true", "time": "08:00"}) == {
        "closes": "true",
        "date": "",
        "time": "08:00",
    }


def test_what_is_typed_elsewhere_clears_no_day() -> None:
    assert with_cleared({"q.q1.text": "How?"}) == {"q.q1.text": "How?"}


FORMS = {
    "poll": a_form("Pizza", "Sushi"),
    "survey": a_survey_form("yes_no"),
    "quiz": a_quiz_form("one"),
    "training": a_quiz_form("one", kind_name="training"),
    "checklist": a_checklist_form("Lights"),
}


@pytest.mark.parametrize("one", KINDS, ids=lambda one: one.name)
def test_every_kinds_form_says_when_people_are_reminded_and_the_creator_told(one: Kind) -> None:
    wished = {"remind_hours": "4", "notify": "each"}
    values = one.typed(FORMS[one.name], wished, new_ids())
    plan = one.build(values, NOW, BERLIN, new_ids(), None, CREATOR)
    assert (plan.settings.remind_hours, plan.settings.notify) == (4, Notify.EACH)
    made = replace(a_poll(), kind=one.name, content=plan.content, settings=plan.settings)
    again = one.values_of(made)
    assert {name: again[name] for name in wished} == wished
