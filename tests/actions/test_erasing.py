"""Answers without someone's words count, and are marked, as before."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.choice import OTHER, Choice, Option
from actions.erasing import ERASED, Erasure, closed_for_good, without_words
from actions.history import Entry
from actions.keys import Key
from actions.marking import mark
from actions.people import Person
from actions.questions import QUESTION_TYPES, Answer, Question
from actions.text import Text
from tests.actions.builders import CREATOR, NOW, VOTER, a_closed_poll, a_poll

TEXT = Text("why", "Why?")
OWN = Choice("own", "Which?", (Option("a", "A"), Option("b", "B")), 3, other=True)
GONE = Erasure({VOTER.key: Person("erased/1", "")}, frozenset({VOTER.mri}))

spellings = st.lists(st.text(min_size=1, max_size=4), min_size=1, max_size=20).map(tuple)


@given(answer=st.text(min_size=1, max_size=4), right=spellings)
def test_words_are_replaced_by_what_is_marked_alike(answer: str, right: tuple[str, ...]) -> None:
    key = Key(right)
    after = without_words(TEXT, answer, key)
    assert mark(TEXT, key, after) == mark(TEXT, key, answer)
    assert after in right or set(str(after)) == set(ERASED)


@pytest.mark.parametrize("right", [(ERASED,), tuple(ERASED * n for n in range(1, 21))])
def test_what_means_nothing_may_itself_be_right(right: tuple[str, ...]) -> None:
    key = Key(right)
    assert mark(TEXT, key, without_words(TEXT, "wrong", key)) == 0
    assert mark(TEXT, key, without_words(TEXT, ERASED, key)) == 1


@pytest.mark.parametrize(
    ("question", "answer", "after"),
    [
        (TEXT, "I say so", ERASED),
        (OWN, ("a", OTHER + "mine"), ("a", OTHER + ERASED)),
        (OWN, ("a", "b"), ("a", "b")),
    ],
)
def test_words_count_as_before(question: Question, answer: Answer, after: Answer) -> None:
    assert without_words(question, answer) == after
    assert list(question.buckets(after)) == list(question.buckets(answer))


def test_every_type_that_takes_words_can_replace_them() -> None:
    worded = {kind for kind in QUESTION_TYPES if hasattr(kind, "words")}
    assert worded == {kind for kind in QUESTION_TYPES if hasattr(kind, "reworded")}
    assert worded


def test_a_line_of_the_history_tells_of_others_as_before() -> None:
    own = Entry(NOW, VOTER, "item_not_done", {"text": "Till", "reason": "Broken", "owner": "Me"})
    assert GONE.entry(own) == Entry(
        NOW,
        Person("erased/1", ""),
        "item_not_done",
        {"text": "Till", "reason": ERASED, "owner": ERASED},
    )
    other = replace(own, person=CREATOR)
    assert GONE.entry(other) == other
    about = Entry(NOW, CREATOR, "edited", {"passed": [VOTER.key, "tenant/x"], "failed": []})
    assert GONE.entry(about).detail == {"passed": ["erased/1", "tenant/x"], "failed": []}


def test_what_is_closed_stays_as_it_was_closed() -> None:
    closed = a_closed_poll()
    assert closed_for_good(closed, NOW) == closed
    assert closed_for_good(a_poll(), NOW).closed_at == NOW


def test_an_action_without_them_is_the_same() -> None:
    assert GONE.action(a_poll()) == a_poll()
