"""What was typed into a form, read as a whole."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.about import About
from actions.choice import Choice, Option
from actions.conditions import Condition, Operator
from actions.content import Content
from actions.entry import Reading
from actions.number import Number
from actions.paging import asked
from actions.text import Text
from actions.typed import KEPT, Sent, entered, read, taken
from tests.actions.surveys import EVERY_TYPE, answers_of

OPTIONS = (Option("y", "Yes"), Option("n", "No"))
REQUIRED = About(required=True)


def yes_or_no(name: str, about: About | None = None) -> Choice:
    """Give a question of yes or no."""
    return Choice(name, f"Question {name}", OPTIONS, about=about or About())


def if_yes(name: str, *, required: bool = False) -> About:
    """Give the rule that a question is asked of who said yes to another."""
    return About(required=required, shown_if=Condition(name, Operator.IS, "y"))


def codes(content: Content, **values: str) -> dict[str, str]:
    """Give the problems' codes by field."""
    return {name: problem.code for name, problem in read(content, values).problems.items()}


def test_all_problems_of_a_form_are_found_at_once() -> None:
    questions = (Number("a", "A"), Text("b", "B", limit=3), yes_or_no("c", REQUIRED))
    found = codes(Content("T", questions), a="nine", b="long")
    assert set(found) == {"a", "b", "c"}
    assert found["b"] == "too_long"
    assert found["c"] == "answer_needed"


def test_a_required_question_needs_each_of_its_rows() -> None:
    likert = next(q for q in EVERY_TYPE if q.type == "likert")
    content = Content("T", (replace(likert, about=REQUIRED),))  # type: ignore[type-var]
    assert codes(content, **{"work.s": "1"}) == {"work.t": "answer_needed"}
    assert codes(content, **{"work.s": "1", "work.t": "2"}) == {}


def test_a_wrong_answer_is_not_also_a_missing_one() -> None:
    content = Content("T", (Number("a", "A", about=REQUIRED),))
    (code,) = codes(content, a="nine").values()
    assert code != "answer_needed"


def test_rules_look_at_what_is_typed_before_them() -> None:
    content = Content("T", (yes_or_no("a"), Text("b", "B", about=if_yes("a", required=True))))
    assert codes(content, a="y") == {"b": "answer_needed"}
    assert codes(content, a="n") == {}
    assert read(content, {"a": "y", "b": "Because."}).answers == {"a": ("y",), "b": "Because."}


def test_an_answer_that_is_no_longer_asked_for_is_left_out_and_told() -> None:
    hidden, blank = Text("b", "B", about=if_yes("a")), Text("c", "C", about=if_yes("a"))
    content = Content("T", (yes_or_no("a"), hidden, blank))
    found = read(content, {"a": "n", "b": "Because.", "c": " "})
    assert found.answers == {"a": ("n",)}
    assert found.dropped == (hidden,)
    assert read(content, {"a": "y", "b": "Because."}).dropped == ()


def test_a_wrong_answer_that_is_no_longer_asked_for_is_no_problem() -> None:
    hidden = Number("b", "B", about=if_yes("a"))
    found = read(Content("T", (yes_or_no("a"), hidden)), {"a": "n", "b": "nine"})
    assert found.problems == {}
    assert found.dropped == (hidden,)


def test_stars_that_nobody_tapped_are_no_answer_that_is_left_out() -> None:
    scale = next(q for q in EVERY_TYPE if q.type == "scale")
    hidden = replace(scale, about=if_yes("a"))  # type: ignore[type-var]
    assert read(Content("T", (yes_or_no("a"), hidden)), {"a": "n", "food": "0"}).dropped == ()


def test_numbers_are_read_as_the_person_writes_them() -> None:
    content = Content("T", (Number("a", "A", decimals=1),))
    assert read(content, {"a": "3,5"}, Reading(",")).answers == {"a": 35}


@pytest.mark.parametrize("number", range(8))
def test_answers_are_entered_so_that_they_are_read_again(number: int) -> None:
    content, answers = Content("T", EVERY_TYPE), answers_of(number)
    found = read(content, entered(content, answers))
    assert found.answers == answers
    assert found.problems == {}


def test_a_field_of_the_page_that_is_missing_was_cleared() -> None:
    several = replace(yes_or_no("a"), most=3, other=True)
    content = Content("T", (several, Number("b", "B"), Text("c", "C")))
    sent = Sent(("a", "b"), {"a.other": "A third"})
    assert taken(content, sent) == {"a": "", "a.other": "A third", "b": ""}


def test_only_fields_of_questions_are_taken() -> None:
    content = Content("T", (yes_or_no("a"), Text("b", "B")))
    inputs = {"a": "y", "a.other": "x", "b.c": "x", "questions": "x", "zz": "x", "b": "Elsewhere"}
    assert taken(content, Sent(("a", "gone"), inputs)) == {"a": "y", "b": "Elsewhere"}


def test_what_is_far_too_long_is_kept_in_part_and_without_control_characters() -> None:
    content = Content("T", (Text("a", "A"),))
    kept = taken(content, Sent(("a",), {"a": "\x00" + "x" * 100_000}))
    assert kept == {"a": "x" * KEPT}
    assert codes(content, **kept) == {"a": "too_long"}


words = st.text(max_size=12) | st.sampled_from(["a", "b", "g,h", "=", "yes", "3", "1", "2"])
names = st.sampled_from([f"{q.id}.{p}".rstrip(".") for q in EVERY_TYPE for p in q.parts])


@given(st.dictionaries(names, words))
def test_whatever_is_typed_is_an_answer_a_problem_or_blank(values: dict[str, str]) -> None:
    content = Content("T", EVERY_TYPE)
    found = read(content, values)
    shown = [question.id for question in asked(content, found.answers)]
    assert set(found.answers) <= set(shown)
    assert {name.partition(".")[0] for name in found.problems} <= set(shown)
    assert not {question.id for question in found.dropped} & set(shown)
    assert read(content, entered(content, found.answers)).answers == found.answers


@given(st.dictionaries(names, words), st.dictionaries(names, words))
def test_keeping_a_page_twice_is_keeping_it_once(
    before: dict[str, str], inputs: dict[str, str]
) -> None:
    content, ids = Content("T", EVERY_TYPE), tuple(q.id for q in EVERY_TYPE[:4])
    once = {**before, **taken(content, Sent(ids, inputs))}
    assert {**once, **taken(content, Sent(ids, inputs))} == once
    untouched = {n for n in before if n.partition(".")[0] not in ids and n not in inputs}
    assert all(once[name] == before[name] for name in untouched)
