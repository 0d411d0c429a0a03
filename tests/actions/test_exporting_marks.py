"""The table of a quiz or training: what each person reached, and each answer with its points."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from actions.action import Action
from actions.attempts import Attempts
from actions.exporting import POINTS, table_of
from actions.responses import Response
from tests.actions.attempted import an_attempt, attempts_of
from tests.actions.builders import NOW, VOTER
from tests.actions.exams import ONE, RIGHT, WRONG, a_quiz, a_training

QUIZ = a_quiz(pass_mark=60, attempts=0)


def a_response(attempts: Attempts) -> Response:
    """Give the voter's attempts as a response."""
    return Response(VOTER, attempts, NOW, VOTER.key)


def row_of(action: Action, attempts: Attempts) -> dict[str, object]:
    """Give a row's cells by the names of their columns."""
    table = table_of(action)
    row = table.row(a_response(attempts))
    return {field.name: cell for field, cell in zip(table.fields, row, strict=True)}


def test_columns_are_what_was_reached_and_each_answer_with_its_points() -> None:
    fields = table_of(QUIZ).fields
    assert [(field.name, field.type) for field in fields][:11] == [
        ("name", "text"),
        ("person", "text"),
        ("submitted", "moment"),
        ("score", "number"),
        ("of", "number"),
        ("percent", "number"),
        ("passed", "boolean"),
        ("attempt_count", "number"),
        ("seconds", "number"),
        ("Capital of France?", "text"),
        ("Capital of France? – points", "number"),
    ]
    assert [field.is_points for field in fields[9:]] == [False, True] * 5


def test_a_row_holds_the_attempt_that_counts_as_it_is_shown() -> None:
    first = an_attempt(QUIZ, {**RIGHT, "several": "paris", "true": "yes"})
    second = an_attempt(QUIZ, WRONG, NOW + timedelta(hours=1))
    row = row_of(QUIZ, attempts_of(QUIZ, first, second))
    assert row["score"] == Decimal(4)
    assert row["of"] == 6
    assert row["percent"] == Decimal("66.67")
    assert row["passed"] is True
    assert (row["attempt_count"], row["seconds"]) == (2, 100)
    assert row["Which are capitals?"] == ("Paris",)
    assert row["Which are capitals? – points"] == Decimal(1)
    assert row["Lifts are safe in a fire."] is True
    assert row["Lifts are safe in a fire. – points"] == Decimal(0)
    assert row["How many metres?"] == Decimal("2.5")


def test_a_question_that_was_passed_over_has_no_answer_and_no_points() -> None:
    row = row_of(QUIZ, attempts_of(QUIZ, an_attempt(QUIZ, {})))
    assert row["Capital of France?"] is None
    assert row["Capital of France? – points"] == Decimal(0)


def test_a_question_that_was_not_drawn_has_not_even_no_points() -> None:
    quiz = a_quiz(draw=1)
    row = row_of(quiz, attempts_of(quiz, an_attempt(quiz, RIGHT)))
    points = [cell for name, cell in row.items() if name.endswith("– points")]
    assert sorted(cell is None for cell in points) == [False, True, True, True, True]


def test_without_a_pass_mark_nobody_passes_or_fails() -> None:
    quiz = a_quiz()
    assert row_of(quiz, attempts_of(quiz, an_attempt(quiz, RIGHT)))["passed"] is None


def test_lessons_have_no_columns_and_nothing_to_get_is_no_score() -> None:
    lesson = a_training().content.questions[0]
    training = a_training(lesson)
    assert len(table_of(training).fields) == 9
    row = row_of(training, attempts_of(training, an_attempt(training, {})))
    assert (row["score"], row["of"], row["percent"], row["passed"]) == (None,) * 4
    assert (row["attempt_count"], row["seconds"]) == (1, 10)


def test_columns_are_called_as_the_reader_calls_them() -> None:
    evil = replace(ONE, text="{question} {0}")
    quiz = replace(QUIZ, content=replace(QUIZ.content, questions=(evil,)))
    names = {"percent": "Prozent", POINTS: "Punkte: {question}"}
    named = [field.name for field in table_of(quiz, names).fields]
    assert named[5] == "Prozent"
    assert named[-2:] == ["{question} {0}", "Punkte: {question} {0}"]
