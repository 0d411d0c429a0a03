"""Which questions are asked, and on which card."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from actions.about import About
from actions.choice import Choice, Option
from actions.conditions import Condition, Operator
from actions.content import Content
from actions.paging import ROOM, asked, page_at, pages
from actions.questions import Answers, Question

OPTIONS = (Option("y", "Yes"), Option("n", "No"))


def a_question(name: str, about: About | None = None, text: str = "") -> Choice:
    """Give a question of yes or no."""
    return Choice(name, text or f"Question {name}", OPTIONS, about=about or About())


def if_yes(question: str) -> About:
    """Give the rule that shows a question to who said yes to another."""
    return About(shown_if=Condition(question, Operator.IS, "y"))


def ids(questions: tuple[Question, ...]) -> str:
    """Give the ids in one word."""
    return "".join(question.id for question in questions)


def spread(content: Content, answers: Answers | None = None) -> list[str]:
    """Give the ids on each card."""
    return [ids(page) for page in pages(content, answers or {})]


def test_questions_stand_together_until_a_page_break() -> None:
    content = Content("T", (a_question("a"), a_question("b", About(starts_page=True))))
    assert spread(content) == ["a", "b"]
    assert spread(Content("T", (a_question("a"), a_question("b")))) == ["ab"]


def test_a_page_break_stands_also_where_its_question_is_hidden() -> None:
    hidden = replace(if_yes("a"), starts_page=True)
    content = Content("T", (a_question("a"), a_question("b", hidden), a_question("c")))
    assert spread(content) == ["a", "c"]


def test_a_question_that_depends_on_its_card_starts_the_next_one() -> None:
    content = Content("T", (a_question("a"), a_question("b", if_yes("a")), a_question("c")))
    assert spread(content, {"a": ("y",)}) == ["a", "bc"]
    assert spread(content, {"a": ("n",)}) == ["a", "c"]
    assert spread(content) == ["a", "c"]


def test_a_rule_about_a_hidden_question_is_not_met() -> None:
    content = Content(
        "T", (a_question("a"), a_question("b", if_yes("a")), a_question("c", if_yes("b")))
    )
    stale: Answers = {"a": ("n",), "b": ("y",)}
    assert ids(tuple(asked(content, stale))) == "a"
    assert ids(tuple(asked(content, {**stale, "a": ("y",)}))) == "abc"


def test_a_card_takes_no_more_than_its_room() -> None:
    long = "x" * (ROOM // 2)
    questions = tuple(a_question(name, text=long) for name in "abc")
    assert spread(Content("T", questions)) == ["a", "b", "c"]


def test_a_question_larger_than_a_card_has_one_of_its_own() -> None:
    questions = (a_question("a"), a_question("b", text="x" * ROOM), a_question("c"))
    assert spread(Content("T", questions)) == ["a", "b", "c"]


def test_the_card_of_a_question_is_found() -> None:
    found = pages(Content("T", (a_question("a"), a_question("b", About(starts_page=True)))), {})
    assert [page_at(found, name) for name in ("a", "b", "gone")] == [0, 1, 0]


rules = st.none() | st.tuples(st.integers(0, 9), st.sampled_from(Operator))
shapes = st.lists(st.tuples(st.booleans(), st.integers(0, 5_000), rules), max_size=10)


@given(shapes, st.dictionaries(st.sampled_from("0123456789"), st.sampled_from([("y",), ("n",)])))
def test_every_asked_question_stands_on_one_card_in_its_order(
    made: list[tuple[bool, int, tuple[int, Operator] | None]], answers: Answers
) -> None:
    questions = []
    for number, (starts, length, rule) in enumerate(made):
        shown_if = Condition(str(rule[0]), rule[1], "y") if rule else None
        about = About(starts_page=starts, shown_if=shown_if)
        questions.append(a_question(str(number), about, "x" * (length + 1)))
    content = Content("T", tuple(questions))
    flat = [question for page in pages(content, answers) for question in page]
    assert flat == list(asked(content, answers))
    assert all(pages(content, answers))
