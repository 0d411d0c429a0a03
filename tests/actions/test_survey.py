"""The survey: its form, what it amounts to, and what its card watches."""

from dataclasses import replace

import pytest

from actions import drafted, survey
from actions.action import Action, Settings, Visibility
from actions.errors import Problem
from actions.fields import Values
from tests.actions.builders import BERLIN, DUE, NOW, a_poll, new_ids
from tests.actions.drafts import a_form, codes_of, every_type, planned, problems_of, typed


def _posted(values: Values) -> Action:
    plan = planned(values)
    settings, content, due = plan.settings, plan.content, plan.closes_at
    return replace(a_poll(), kind="survey", content=content, settings=settings, closes_at=due)


def test_a_new_form_has_a_title_the_usual_settings_and_no_questions() -> None:
    values = survey.blank(NOW, BERLIN, new_ids(), "C" * 600)
    assert values["title"] == "C" * 500
    assert values["questions"] == ""
    assert (values["closes"], values["date"], values["may_change"]) == (
        *("true", "2026-11-27", "true"),
    )


def test_one_line_is_no_survey() -> None:
    assert survey.from_line("Canteen | a | b", NOW, BERLIN, new_ids()) is None


def test_a_filled_in_form_is_a_plan() -> None:
    values = every_type(
        title=" Canteen ",
        description="Thanks",
        several="true",
        anonymous="true",
        visibility="creator",
        may_change="false",
    )
    plan = planned(values)
    assert (plan.content.title, plan.content.description) == ("Canteen", "Thanks")
    assert [q.id for q in plan.content.questions] == [f"q{n}" for n in range(1, 16)]
    assert plan.settings == Settings(
        Visibility.CREATOR, anonymous=True, may_change=False, several=True
    )
    assert plan.closes_at == DUE


def test_a_survey_in_which_nothing_must_be_answered_is_warned_of() -> None:
    assert planned(a_form("one", "date")).warnings == ("all_optional",)
    required = typed(a_form("one", "date"), "q2", required="true")
    assert planned(required).warnings == ()


def test_all_problems_of_the_form_are_named_at_once() -> None:
    values = a_form(
        "one", title=" ", description="x" * 5_001, date="2020-01-01", **{"q.q1.text": ""}
    )
    assert codes_of(values) == {
        "title": "untitled",
        "description": "too_long",
        "q.q1.text": "question_needed",
        "date": "due_in_past",
    }


def test_a_form_without_questions_is_refused() -> None:
    assert codes_of(a_form()) == {"questions": "questions_count"}


def test_a_posted_survey_can_be_edited_and_duplicated_without_changing() -> None:
    action = _posted(every_type(description="Thanks", several="true"))
    values = survey.values_of(action)
    again = planned(values, action)
    assert (again.content, again.settings) == (action.content, action.settings)
    assert again.closes_at == action.closes_at


def test_what_is_posted_keeps_its_types() -> None:
    action = _posted(a_form("one", "date"))
    values = drafted.change_preset(survey.values_of(action), "q1", "several")
    assert codes_of(values, action) == {}
    ranked = drafted.change_preset(values, "q1", "ranking")
    assert problems_of(ranked, action) == {"q.q1.preset": Problem("type_is_fixed")}
    assert codes_of(ranked) == {}


def test_a_number_keeps_its_decimals_once_it_is_posted() -> None:
    action = _posted(a_form("number"))
    values = {**survey.values_of(action), "q.q1.decimals": "2"}
    wrong = Problem("decimals_fixed", {"count": 1})
    assert problems_of(values, action) == {"q.q1.decimals": wrong}
    assert codes_of(values) == {}


def test_questions_can_be_added_to_what_is_posted_and_taken_out() -> None:
    action = _posted(a_form("one", "date"))
    values = drafted.remove(survey.values_of(action), "q1")
    values = drafted.add(values, "stars", "new", {"text": "How?"})
    content = planned(values, action).content
    assert [q.id for q in content.questions] == ["q2", "new"]
    assert not content.keeps_answers(action.content)


def test_what_is_typed_is_kept_as_it_is() -> None:
    values = survey.typed(a_form("one"), {"title": " New ", "q.q1.text": ""}, new_ids())
    assert (values["title"], values["q.q1.text"]) == (" New ", "")


@pytest.mark.parametrize(
    "name",
    [
        *("questions", "q.q1.preset", "q.q1.nonsense", "q.q9.text", "q.q1.options.window"),
        *("shuffle", "may_add", "edits", "of", "anyway", "kind", ""),
    ],
)
def test_nothing_but_fields_of_the_form_can_be_typed(name: str) -> None:
    values = a_form("one")
    assert survey.typed(values, {name: "x"}, new_ids()) == values


def test_a_form_that_was_never_stored_takes_its_fields_and_no_questions() -> None:
    raw = {"title": "Canteen", "questions": "a b", "q.a.text": "How?", "q.a.preset": "date"}
    assert survey.typed({}, raw, new_ids()) == {"title": "Canteen"}


def test_the_card_watches_the_first_three_questions_with_a_result_in_a_few_words() -> None:
    form = a_form("long_text", "one", "short_text", "stars", "yes_no", "number")
    assert survey.watched(planned(form).content) == ("q2", "q4", "q5")
    assert survey.watched(planned(a_form("long_text")).content) == ()
