"""The questions of a draft that are marked: read with their keys, and given back."""

import pytest

from actions import drafted, marked
from actions.choice import Choice
from actions.either import Either
from actions.errors import Problem
from actions.fields import Values, line_id
from actions.keys import KEY_FIELDS, Key
from actions.number import Number
from actions.presets import MARKED
from tests.actions.drafts import typed
from tests.actions.quiz_drafts import RIGHT, a_quiz_form

PARIS, ROME, GREEN = (line_id(text) for text in ("Paris", "Rome", "Green"))


def keys(values: Values) -> dict[str, Key]:
    """Give the keys of a form without problems."""
    problems: dict[str, Problem] = {}
    content = marked.read(values, problems)
    assert not problems
    return dict(content.keys)


def wrong(values: Values) -> dict[str, str]:
    """Give the codes of what is wrong, by field."""
    problems: dict[str, Problem] = {}
    marked.read(values, problems)
    return {name: problem.code for name, problem in problems.items()}


def test_every_question_is_read_with_its_key() -> None:
    assert keys(a_quiz_form(*MARKED)) == {
        "q1": Key((PARIS,), points=2, explanation="Since 987."),
        "q2": Key((PARIS, ROME), partial=True),
        "q3": Key((GREEN,)),
        "q4": Key("no"),
        "q5": Key(981, tolerance=5),
        "q6": Key(("Goethe", "J. W. Goethe")),
    }


def test_a_question_holds_nothing_of_its_key() -> None:
    content = marked.read(a_quiz_form("one"), {})
    (question,) = content.questions
    assert isinstance(question, Choice)
    assert [option.text for option in question.options] == ["Paris", "Rome", "Berlin"]


@pytest.mark.parametrize(
    ("preset", "field", "code"),
    [
        ("one", "options", "star_needed"),
        ("drop_down", "options", "star_needed"),
        ("several", "options", "stars_needed"),
        ("yes_no", "right", "right_either_needed"),
        ("number", "right", "right_number_needed"),
        ("short_text", "right", "right_text_needed"),
    ],
)
def test_every_question_needs_a_right_answer(preset: str, field: str, code: str) -> None:
    blank = typed(a_quiz_form(preset), "q1", options="Paris\nRome", right="")
    assert wrong(blank) == {f"q.q1.{field}": code}


def test_what_is_wrong_with_a_key_is_said_at_its_field() -> None:
    two_right = typed(a_quiz_form("one"), "q1", options="*Paris\n*Rome", points="1000")
    assert wrong(two_right) == {"q.q1.options": "right_only_one", "q.q1.points": "whole_between"}
    number = typed(a_quiz_form("number"), "q1", right="nine", tolerance="-1")
    assert wrong(number) == {"q.q1.right": "number_unreadable", "q.q1.tolerance": "number_under"}


def test_what_is_wrong_with_the_options_is_said_before_the_stars() -> None:
    assert wrong(typed(a_quiz_form("one"), "q1", options="Paris")) == {
        "q.q1.options": "lines_count"
    }


def test_a_lesson_has_no_key() -> None:
    values = a_quiz_form("lesson", "yes_no", kind_name="training")
    assert list(keys(values)) == ["q2"]


def test_what_is_not_offered_counts_for_nothing() -> None:
    values = typed(
        a_quiz_form("yes_no", "several", "number"),
        "q2",
        required="true",
        starts_page="true",
        other="true",
        least="2",
        most="2",
        shuffle="true",
        if_question="q1",
        if_operator="is",
        if_value="yes",
    )
    content = marked.read(typed(values, "q3", min="0", max="5"), {})
    _, several, number = content.questions
    assert several.about == drafted.questions_of(a_quiz_form("several"), {})[0].about
    assert isinstance(several, Choice)
    assert (several.other, several.least, several.most, several.shuffle) == (False, 0, 3, False)
    assert isinstance(number, Number)
    assert (number.least, number.most) == (None, None)


def test_options_are_shuffled_all_or_none() -> None:
    content = marked.read(a_quiz_form("one", "several", shuffle="true"), {})
    assert all(isinstance(one, Choice) and one.shuffle for one in content.questions)


def test_yes_or_no_is_asked_as_true_or_false() -> None:
    (question,) = marked.read(a_quiz_form("yes_no"), {}).questions
    assert isinstance(question, Either)
    assert question.style == "true_false"


@pytest.mark.parametrize(
    ("right", "tolerance", "decimals"),
    [
        ("3", "", 2),
        ("3.5", "", 2),
        ("3,14159", "", 5),
        ("3", "0.001", 3),
        ("1,500,000", "", 2),
        ("0.123456", "", 6),
    ],
)
def test_a_number_takes_as_many_decimals_as_what_is_right(
    right: str, tolerance: str, decimals: int
) -> None:
    values = typed(a_quiz_form("number"), "q1", right=right, tolerance=tolerance)
    (question,) = marked.read(values, {}).questions
    assert isinstance(question, Number)
    assert question.decimals == decimals


def test_decimals_that_were_there_stay() -> None:
    (question,) = marked.read(typed(a_quiz_form("number"), "q1", decimals="4"), {}).questions
    assert isinstance(question, Number)
    assert question.decimals == 4


def test_a_number_with_more_decimals_than_can_be_kept_is_refused() -> None:
    values = typed(a_quiz_form("number"), "q1", right="0.1234567")
    assert wrong(values) == {"q.q1.right": "decimals_over"}


@pytest.mark.parametrize("shuffle", ["true", "false"])
def test_a_form_can_be_edited_without_changing(shuffle: str) -> None:
    starred = r"*\*Star" + "\nRome\n" + r"*\\*Two"
    values = typed(a_quiz_form(*MARKED, shuffle=shuffle), "q2", options=starred)
    content = marked.read(values, {})
    fields = marked.values_of(content)
    again: dict[str, Problem] = {}
    assert marked.read({**fields, "shuffle": shuffle}, again) == content
    assert not again
    assert fields["q.q2.options"] == starred
    assert fields["q.q4.style"] == "yes_no"


def test_fields_of_keys_can_be_typed_for_questions_that_there_are() -> None:
    names = {f"q.q{n}.{name}" for n in (1, 2) for name in KEY_FIELDS}
    assert marked.known_fields(a_quiz_form("one", "number")) == names


@pytest.mark.parametrize("preset", RIGHT)
def test_changing_the_type_keeps_points_and_explanation(preset: str) -> None:
    values = drafted.change_preset(a_quiz_form("one", kind_name="training"), "q1", preset)
    fields = drafted.fields_of(values, "q1")
    assert (fields["points"], fields["explanation"]) == ("2", "Since 987.")


def test_changing_the_type_keeps_the_stars() -> None:
    values = drafted.change_preset(a_quiz_form("one"), "q1", "several")
    assert keys(values)["q1"].right == (PARIS,)
