"""What an answer key reads from the builder's form, refuses, and keeps in its stored form."""

import json
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.about import NOTHING
from actions.choice import Choice
from actions.either import Either
from actions.errors import Problem
from actions.fields import Fields
from actions.keys import KEY_FIELDS, Key, Right, build_key, key_fields, key_needed
from actions.keys import takes_key as takes
from actions.number import Number
from actions.quantity import Quantity
from actions.questions import QUESTION_TYPES, Question
from actions.text import Text
from tests.actions.builders import a_choice

ONE = a_choice("Paris", "Rome", "Oslo")
SEVERAL = a_choice("Paris", "Rome", "Oslo", "Bern", most=4)
TRUE_FALSE = Either("q", "Ice floats.")
LENGTH = Number("q", "How long?", 2, least=0, most=25_050, unit="km")
WORD = Text("q", "Which city?", limit=20)

KEYS: tuple[tuple[Question, Key, str], ...] = (
    (ONE, Key(("b",), explanation="All roads."), '{"right": ["b"], "explanation": "All roads."}'),
    (
        SEVERAL,
        Key(("a", "c"), points=3, partial=True),
        '{"right": ["a", "c"], "points": 3, "partial": true}',
    ),
    (TRUE_FALSE, Key("yes"), '{"right": "yes"}'),
    (LENGTH, Key(1_250, tolerance=5), '{"right": 1250, "tolerance": 5}'),
    (LENGTH, Key(0), '{"right": 0}'),
    (WORD, Key(("Bern", "Berne"), points=100), '{"right": ["Bern", "Berne"], "points": 100}'),
)
"""A question, a key for it, and its bytes as version 1 stores them; never edit those."""

UNMARKED: tuple[tuple[Question, str], ...] = (
    (Choice("q", "T", ONE.options, other=True), "other_not_marked"),
    (Either("q", "T", "like"), "not_marked"),
    (Text("q", "T", long=True), "not_marked"),
)


def _built(question: Question, **typed: str) -> tuple[Key | None, dict[str, Problem]]:
    problems: dict[str, Problem] = {}
    return build_key(question, Fields(typed, problems)), problems


def _problem(question: Question, name: str = "right", **typed: str) -> Problem:
    _, problems = _built(question, **typed)
    assert problems.keys() == {name}
    return problems[name]


def _json(stored: str) -> object:
    return json.loads(stored)


@pytest.mark.parametrize(("question", "key", "stored"), KEYS)
def test_a_key_is_stored_in_these_bytes(question: Question, key: Key, stored: str) -> None:
    assert takes(question)
    assert json.dumps(key.encode()) == stored
    assert Key.decode(_json(stored)) == key


@pytest.mark.parametrize(("question", "key", "stored"), KEYS)
def test_a_keys_fields_build_it(question: Question, key: Key, stored: str) -> None:
    del stored
    fields = key_fields(question, key)
    assert tuple(fields) == KEY_FIELDS
    assert _built(question, **fields) == (key, {})


@pytest.mark.parametrize(
    "stored",
    [
        None,
        [],
        "yes",
        {},
        {"points": 3},
        {"right": None},
        {"right": ""},
        {"right": []},
        {"right": ["a", 1]},
        {"right": {"a": 1}},
        {"right": True},
        {"right": 1.5},
        {"right": 10**15},
    ],
)
def test_where_nothing_is_said_to_be_right_there_is_no_key(stored: object) -> None:
    assert Key.decode(stored) is None


@pytest.mark.parametrize(
    "damaged",
    [
        {"points": 0, "tolerance": -1},
        {"points": 101, "tolerance": 10**15},
        {"points": "3", "tolerance": 2.5},
        {"points": True, "tolerance": True},
        {"partial": "yes", "explanation": 7},
        {"partial": None, "explanation": None, "from_a_later_version": [1]},
    ],
)
def test_what_is_damaged_or_unknown_in_a_stored_key_is_left_out(
    damaged: Mapping[str, object],
) -> None:
    assert Key.decode({"right": ["a"], **damaged}) == Key(("a",))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda parts: st.lists(parts) | st.dictionaries(st.text(), parts),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(KEY_FIELDS), _JSON) | _JSON)
def test_whatever_is_stored_is_a_key_that_is_stored_alike_or_none(stored: object) -> None:
    key = Key.decode(stored)
    assert key is None or Key.decode(key.encode()) == key


def test_the_order_of_ticks_in_the_form_does_not_matter() -> None:
    assert _built(SEVERAL, right=" c, a,,c ")[0] == Key(("a", "c"))


def test_partial_credit_is_for_several_options_only() -> None:
    assert _built(SEVERAL, right="a", partial="true")[0] == Key(("a",), partial=True)
    assert _built(ONE, right="a", partial="true")[0] == Key(("a",))
    assert _built(TRUE_FALSE, right="no", partial="true")[0] == Key("no")


def test_a_tolerance_is_for_numbers_only() -> None:
    assert _built(ONE, right="a", tolerance="soon")[0] == Key(("a",))


@pytest.mark.parametrize(
    ("right", "tolerance", "key"),
    [
        ("12.5", "", Key(1_250)),
        ("12,5", "0,05", Key(1_250, tolerance=5)),
        (" 250.50 ", "1 000.5", Key(25_050, tolerance=100_050)),
        ("0", "0", Key(0)),
    ],
)
def test_numbers_are_read_as_the_question_reads_them(right: str, tolerance: str, key: Key) -> None:
    assert _built(LENGTH, right=right, tolerance=tolerance) == (key, {})


@pytest.mark.parametrize(
    ("right", "code"),
    [("many", "number_unreadable"), ("1.234", "decimals_over"), ("9" * 16, "number_too_long")],
)
def test_a_number_that_cannot_be_read_is_refused(right: str, code: str) -> None:
    assert _problem(LENGTH, right=right).code == code
    assert _problem(LENGTH, "tolerance", right="1", tolerance=right).code == code


def test_a_right_number_is_one_that_can_be_answered() -> None:
    most = Quantity(Decimal("250.50"), "km")
    assert _problem(LENGTH, right="250.51") == Problem("number_over", {"most": most})


def test_a_tolerance_is_not_below_zero_whatever_the_question_takes() -> None:
    cold = Number("q", "How cold?", least=-40, most=-10)
    problem = _problem(cold, "tolerance", right="-20", tolerance="-1")
    assert problem == Problem("number_under", {"least": Quantity(Decimal(0))})
    assert _built(cold, right="-20", tolerance="2") == (Key(-20, tolerance=2), {})


def test_each_line_is_an_accepted_spelling() -> None:
    assert _built(WORD, right="  Bern \n\n Berne\n")[0] == Key(("Bern", "Berne"))


def test_spellings_are_few_different_and_no_longer_than_an_answer() -> None:
    many = "\n".join(f"Bern {n}" for n in range(21))
    assert _problem(WORD, right=many).code == "lines_count"
    assert _built(WORD, right=many.rpartition("\n")[0])[1] == {}
    assert _problem(WORD, right="Bern\nbern ").code == "duplicate_line"
    too_long = {"line": "x" * 21, "limit": 20, "length": 21}
    assert _problem(WORD, right="x" * 21) == Problem("line_too_long", too_long)
    assert _built(WORD, right="x" * 20)[1] == {}


def test_a_spelling_that_came_with_a_line_break_stays_one() -> None:
    assert key_fields(WORD, Key(("New\n York", "NY")))["right"] == "New York\nNY"


@pytest.mark.parametrize("right", ["maybe", "true", "yes,no"])
def test_what_is_neither_of_two_answers_is_refused(right: str) -> None:
    assert _problem(TRUE_FALSE, right=right) == Problem("no_such_option")


def test_a_deleted_option_that_was_right_is_told() -> None:
    assert _problem(ONE, right="z") == Problem("right_option_gone")
    assert _problem(SEVERAL, right="a,z") == Problem("right_option_gone")


def test_only_what_people_may_choose_can_be_right() -> None:
    assert _problem(ONE, right="a,b") == Problem("right_only_one")
    limited = Choice("q", "T", SEVERAL.options, most=3, least=2)
    assert _problem(limited, right="a,b,c,d") == Problem("right_over_most", {"most": 3})
    assert _problem(limited, right="a") == Problem("right_under_least", {"least": 2})
    assert _built(limited, right="a,b")[1] == _built(limited, right="a,b,c")[1] == {}


@pytest.mark.parametrize("points", ["0", "101", "-1", "1.5", "many"])
def test_points_are_whole_and_from_1_to_100(points: str) -> None:
    limits = {"least": 1, "most": 100}
    assert _problem(ONE, "points", right="a", points=points) == Problem("whole_between", limits)


def test_the_least_and_most_points_are_taken() -> None:
    assert _built(ONE, right="a", points="1")[0] == _built(ONE, right="a")[0] == Key(("a",))
    assert _built(ONE, right="a", points="100")[0] == Key(("a",), points=100)


def test_an_explanation_has_at_most_5000_characters() -> None:
    assert _built(ONE, right="a", explanation="e" * 5_000)[1] == {}
    limits = {"limit": 5_000, "length": 5_001}
    problem = _problem(ONE, "explanation", right="a", explanation="e" * 5_001)
    assert problem == Problem("too_long", limits)


def test_all_problems_are_told_at_once_under_the_whole_names() -> None:
    typed = {"right": "x", "tolerance": "y", "points": "0", "explanation": "e" * 5_001}
    problems: dict[str, Problem] = {}
    key = build_key(LENGTH, Fields({f"q.1.{n}": v for n, v in typed.items()}, problems, "q.1."))
    assert {name: problem.code for name, problem in problems.items()} == {
        "q.1.right": "number_unreadable",
        "q.1.tolerance": "number_unreadable",
        "q.1.points": "whole_between",
        "q.1.explanation": "too_long",
    }
    assert key is not None


@pytest.mark.parametrize(
    ("question", "blank", "code"),
    [
        (ONE, "", "right_option_needed"),
        (SEVERAL, " , ", "right_options_needed"),
        (TRUE_FALSE, " ", "right_either_needed"),
        (LENGTH, "", "right_number_needed"),
        (WORD, "\n\n", "right_text_needed"),
    ],
)
def test_where_nothing_is_typed_to_be_right_there_is_no_key(
    question: Question, blank: str, code: str
) -> None:
    assert _built(question, right=blank, points="3", explanation="Because.") == (None, {})
    assert key_needed(question) == Problem(code)


@pytest.mark.parametrize(("question", "code"), UNMARKED)
def test_what_cannot_be_marked_takes_no_key(question: Question, code: str) -> None:
    assert not takes(question)
    assert _built(question, right="a") == (None, {})
    assert key_needed(question) == Problem(code)


def test_no_other_type_of_question_takes_a_key() -> None:
    fields = Fields({"options": "A\nB", "rows": "A", "levels": "1\n2"}, {})
    taking = {made.type for made in QUESTION_TYPES if takes(made.build("q", "T", NOTHING, fields))}
    assert taking == {"choice", "either", "text", "number"}


@pytest.mark.parametrize("right", [(), "", "yes", 5, ("a",), ("a", "b")])
@pytest.mark.parametrize(
    ("question", "fitting"),
    [
        (ONE, [("a",)]),
        (SEVERAL, [("a",), ("a", "b")]),
        (TRUE_FALSE, ["yes"]),
        (LENGTH, [5]),
        (WORD, [("a",), ("a", "b")]),
    ],
)
def test_a_key_that_does_not_fit_its_question_is_not_built_again(
    question: Question, fitting: list[Right], right: Right
) -> None:
    key, problems = _built(question, **key_fields(question, Key(right)))
    assert (key == Key(right) and not problems) is (right in fitting)


@given(
    st.sampled_from([ONE, SEVERAL, TRUE_FALSE, LENGTH, WORD, *(q for q, _ in UNMARKED)]),
    st.dictionaries(st.sampled_from(KEY_FIELDS), st.text() | st.sampled_from(["a,b", "1", "yes"])),
)
def test_whatever_is_typed_is_a_key_that_lasts_or_a_problem(
    question: Question, typed: dict[str, str]
) -> None:
    key, problems = _built(question, **typed)
    if key is not None and not problems:
        assert _built(question, **key_fields(question, key)) == (key, {})
        assert Key.decode(json.loads(json.dumps(key.encode()))) == key
