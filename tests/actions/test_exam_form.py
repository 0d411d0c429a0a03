"""The forms of quiz and training: how they are taken, and what their whole amounts to."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import drafted, exam_form, quiz
from actions.action import Action, Settings, Visibility
from actions.errors import Problem
from actions.exam import Exam, Feedback
from actions.exam_form import EXAM_FIELDS, exam_fields, read_exam
from actions.fields import Fields, Values
from actions.kinds import kind
from actions.tallies import SCORES
from tests.actions.builders import BERLIN, DUE, NOW, a_poll, new_ids
from tests.actions.drafts import typed
from tests.actions.quiz_drafts import a_quiz_form, codes_of, planned, problems_of

EXAM = {
    "feedback": "never",
    "pass_mark": "70",
    "attempts": "3",
    "counts": "last",
    "shuffle_questions": "true",
    "draw": "1",
    "minutes": "20",
    "question_seconds": "30",
    "leaderboard": "true",
}

each_kind = pytest.mark.parametrize("name", ["quiz", "training"])


def posted(values: Values, kind_name: str = "quiz") -> Action:
    """Give what a form becomes once it is posted."""
    plan = planned(values, None, kind_name)
    settings, content, due = plan.settings, plan.content, plan.closes_at
    return replace(a_poll(), kind=kind_name, content=content, settings=settings, closes_at=due)


def exam_of(values: Values, kind_name: str = "quiz") -> Exam:
    """Give how it is taken."""
    exam = planned(values, None, kind_name).content.exam
    assert exam is not None
    return exam


def test_a_new_quiz_is_taken_once_and_explained_at_the_end() -> None:
    assert exam_of(a_quiz_form("one")) == Exam()
    assert exam_of(a_quiz_form("one")).feedback is Feedback.END


def test_a_new_training_is_taken_as_often_as_one_likes_and_explains_each_question() -> None:
    exam = exam_of(a_quiz_form("one", kind_name="training"), "training")
    assert exam == Exam(Feedback.EACH, attempts=0, is_course=True)


@each_kind
def test_only_the_creator_sees_results_unless_that_is_changed(name: str) -> None:
    plan = planned(a_quiz_form("one", kind_name=name), None, name)
    assert plan.settings == Settings(Visibility.CREATOR, may_change=False)
    assert plan.closes_at == DUE


@each_kind
def test_marks_need_names_and_answers_that_stay(name: str) -> None:
    forged = dict.fromkeys(("anonymous", "may_change", "several", "may_add"), "true")
    values = a_quiz_form("one", kind_name=name, visibility="everyone", shuffle="true", **forged)
    settings = planned(values, None, name).settings
    assert settings == Settings(Visibility.EVERYONE, may_change=False, shuffle=True)


def test_all_settings_of_a_quiz_are_read() -> None:
    assert exam_of(a_quiz_form("one", "yes_no", **EXAM)) == Exam(
        Feedback.NEVER,
        pass_mark=70,
        attempts=3,
        counts="last",
        shuffle=True,
        draw=1,
        seconds=1_200,
        question_seconds=30,
        leaderboard=True,
    )


def test_a_training_keeps_its_order_and_is_never_hurried() -> None:
    values = a_quiz_form("lesson", "one", kind_name="training", **EXAM, months="12")
    assert exam_of(values, "training") == Exam(
        Feedback.EACH, pass_mark=70, attempts=3, counts="last", is_course=True, months=12
    )


@pytest.mark.parametrize(
    ("field", "given"),
    [
        *(("pass_mark", text) for text in ("0", "101", "x", "66.5")),
        *(("draw", text) for text in ("0", "3", "-1")),
        *(("minutes", text) for text in ("0", "1441")),
        *(("question_seconds", text) for text in ("4", "86401")),
    ],
)
def test_a_number_out_of_its_bounds_is_refused_at_its_field(field: str, given: str) -> None:
    values = a_quiz_form("one", "yes_no", **{field: given})
    assert codes_of(values) == {field: "whole_between"}


@pytest.mark.parametrize("given", ["0", "121"])
def test_a_training_is_valid_for_ten_years_at_most(given: str) -> None:
    values = a_quiz_form("one", kind_name="training", months=given)
    assert codes_of(values, None, "training") == {"months": "whole_between"}


@pytest.mark.parametrize("field", ["feedback", "attempts", "counts"])
@pytest.mark.parametrize("given", ["", "x", "11", "-1", "²"])
def test_a_choice_that_there_is_not_is_the_usual_one(field: str, given: str) -> None:
    assert exam_of(a_quiz_form("one", **{field: given})) == Exam()


def test_a_pass_mark_needs_something_that_gives_points() -> None:
    values = a_quiz_form("lesson", kind_name="training", pass_mark="70")
    assert codes_of(values, None, "training") == {"pass_mark": "nothing_to_pass"}
    assert codes_of({**values, "pass_mark": ""}, None, "training") == {}


def test_feedback_after_closing_without_an_end_is_warned_of() -> None:
    values = a_quiz_form("one", feedback="closed", closes="false")
    assert planned(values).warnings == ("feedback_without_end",)
    assert planned({**values, "feedback": "end"}).warnings == ()
    assert planned({**values, "closes": "true"}).warnings == ()


@each_kind
def test_all_problems_of_the_form_are_named_at_once(name: str) -> None:
    values = a_quiz_form("one", kind_name=name, title=" ", pass_mark="x", date="2020-01-01")
    values = typed(values, "q1", text="", options="Paris\nRome")
    assert codes_of(values, None, name) == {
        "title": "untitled",
        "q.q1.text": "question_needed",
        "q.q1.options": "star_needed",
        "pass_mark": "whole_between",
        "date": "due_in_past",
    }


@each_kind
def test_a_form_without_questions_is_refused(name: str) -> None:
    assert codes_of(a_quiz_form(kind_name=name), None, name) == {"questions": "questions_count"}


def test_a_posted_quiz_can_be_edited_and_duplicated_without_changing() -> None:
    action = posted(a_quiz_form("one", "several", "number", description="Hello", **EXAM))
    values = exam_form.values_of(action)
    for before in (None, action):
        again = planned(values, before)
        assert (again.content, again.settings) == (action.content, action.settings)


def test_what_is_right_can_be_corrected_after_posting() -> None:
    action = posted(a_quiz_form("one", "number"))
    values = typed(exam_form.values_of(action), "q1", options="Paris\n*Rome\nBerlin", points="5")
    values = typed(values, "q2", right="9.8", explanation="About.")
    content = planned({**values, "pass_mark": "50", "attempts": "0"}, action).content
    assert content.questions == action.content.questions
    assert content.keys["q1"].points == 5
    assert (content.keys["q2"].right, content.keys["q2"].explanation) == (980, "About.")
    assert content.exam == Exam(pass_mark=50, attempts=0)
    assert not content.keeps_answers(action.content)


def test_what_people_were_promised_stays_after_posting() -> None:
    action = posted(a_quiz_form("one", "yes_no", **EXAM))
    before = action.content.exam
    changed = {"minutes": "1", "question_seconds": "5", "draw": "", "leaderboard": "false"}
    values = {**exam_form.values_of(action), **changed, "shuffle_questions": "false"}
    assert planned(values, action).content.exam == before


def test_a_drawn_number_follows_when_questions_are_taken_out_after_posting() -> None:
    action = posted(a_quiz_form("one", "yes_no", "number", draw="3"))
    values = drafted.remove(exam_form.values_of(action), "q1")
    assert codes_of(values, action) == {}
    exam = planned(values, action).content.exam
    assert exam is not None
    assert exam.draw == 2


def test_what_is_posted_keeps_its_types() -> None:
    action = posted(a_quiz_form("one", "yes_no"))
    several = drafted.change_preset(exam_form.values_of(action), "q1", "several")
    assert codes_of(several, action) == {}
    number = typed(drafted.change_preset(several, "q1", "number"), "q1", right="1")
    assert problems_of(number, action) == {"q.q1.preset": Problem("type_is_fixed")}


def test_a_number_takes_no_finer_key_once_it_is_posted() -> None:
    action = posted(a_quiz_form("number"))
    values = typed(exam_form.values_of(action), "q1", right="9.8067")
    problem = Problem("key_decimals_fixed", {"count": 2})
    assert problems_of(values, action) == {"q.q1.right": problem}


@pytest.mark.parametrize(
    "name", [*EXAM_FIELDS, "q.q1.right", "q.q1.explanation", "q.q1.points", "shuffle", "pasted"]
)
def test_fields_of_the_form_can_be_typed(name: str) -> None:
    values = exam_form.typed(a_quiz_form("one"), {name: "typed"}, new_ids())
    assert values[name] == "typed"


@pytest.mark.parametrize(
    "name", ["questions", "q.q9.right", "anonymous", "may_change", "several", "edits", "q.q1.key"]
)
def test_nothing_but_fields_of_the_form_can_be_typed(name: str) -> None:
    values = a_quiz_form("one")
    assert exam_form.typed(values, {name: "x"}, new_ids()) == values


@each_kind
def test_one_line_is_no_more_than_a_title(name: str) -> None:
    assert kind(name).from_line("Capitals | a | b", NOW, BERLIN, new_ids()) is None


@each_kind
def test_the_card_watches_the_scores(name: str) -> None:
    assert kind(name).watched(planned(a_quiz_form("one")).content) == (SCORES,)


EXAMS = st.builds(
    Exam,
    feedback=st.sampled_from(Feedback),
    pass_mark=st.none() | st.integers(1, 100),
    attempts=st.integers(0, 10),
    counts=st.sampled_from(["best", "last", "first"]),
    shuffle=st.booleans(),
    draw=st.integers(0, 20),
    seconds=st.integers(0, 1_440).map(lambda minutes: minutes * 60),
    question_seconds=st.just(0) | st.integers(5, 86_400),
    leaderboard=st.booleans(),
)


@given(EXAMS)
def test_every_way_to_take_a_quiz_can_be_edited_without_changing(exam: Exam) -> None:
    problems: dict[str, Problem] = {}
    assert read_exam(quiz.SORT, Fields(exam_fields(exam), problems), 20) == exam
    assert not problems
