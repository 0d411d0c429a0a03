"""Voting: what a tap and a form change, and what they cannot."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.action import Action
from actions.content import Content
from actions.errors import Full, InvalidAnswers, NotAllowed, NotFound, Problem
from actions.poll import QUESTION, choose, question_of, take_back, vote
from actions.questions import Answers
from actions.responses import Standing
from tests.actions.builders import a_choice, a_poll, a_standing

Tap = Callable[[Standing, str], Answers | None]

ONE = a_poll()
SEVERAL = a_poll(a_choice(most=3))
AT_MOST_TWO = a_poll(a_choice(most=2))
FIXED = a_poll(may_change=False)
FIXED_SEVERAL = a_poll(a_choice(most=3), may_change=False)
TWO_PLACES = a_poll(a_choice(places={"a": 2}))
SEVERAL_TWO_PLACES = a_poll(a_choice(most=3, places={"a": 2}))


@pytest.mark.parametrize(
    ("action", "own", "tapped", "chosen"),
    [
        (ONE, "", "b", "b"),
        (ONE, "a", "b", "b"),
        (ONE, "b", "b", "b"),
        (SEVERAL, "", "b", "b"),
        (SEVERAL, "c", "a", "ac"),
        (SEVERAL, "ac", "a", "ac"),
        (AT_MOST_TWO, "ac", "c", "ac"),
        (FIXED, "", "a", "a"),
        (FIXED, "a", "a", "a"),
        (FIXED_SEVERAL, "a", "c", "ac"),
    ],
)
def test_a_tap_reaches_the_choice_that_it_names(
    action: Action, own: str, tapped: str, chosen: str
) -> None:
    assert choose(a_standing(action, own), tapped) == {QUESTION: tuple(chosen)}


@pytest.mark.parametrize(
    ("action", "own", "tapped", "left"),
    [
        (ONE, "b", "b", None),
        (ONE, "b", "a", "b"),
        (ONE, "", "a", None),
        (SEVERAL, "ac", "a", "c"),
        (SEVERAL, "c", "c", None),
        (SEVERAL, "ac", "b", "ac"),
        (FIXED, "b", "a", "b"),
        (FIXED_SEVERAL, "", "a", None),
    ],
)
def test_taking_back_leaves_what_else_was_chosen(
    action: Action, own: str, tapped: str, left: str | None
) -> None:
    expected = None if left is None else {QUESTION: tuple(left)}
    assert take_back(a_standing(action, own), tapped) == expected


@given(
    st.sampled_from([ONE, SEVERAL, AT_MOST_TWO]),
    st.sampled_from(["", "a", "b"]),
    st.sampled_from("abc"),
    st.sampled_from([choose, take_back]),
)
def test_a_tap_repeated_changes_nothing(action: Action, own: str, tapped: str, tap: Tap) -> None:
    first = a_standing(action, own)
    once = tap(first, tapped)
    again = tap(replace(first, old=once), tapped)
    assert again == once


def test_a_stale_tap_takes_no_other_choice_back() -> None:
    standing = a_standing(ONE, "b")
    assert take_back(standing, "a") == standing.old


def test_a_vote_that_may_not_change_stays() -> None:
    with pytest.raises(NotAllowed) as refused:
        choose(a_standing(FIXED, "a"), "b")
    assert refused.value.code == "no_change"


@pytest.mark.parametrize("action", [FIXED, FIXED_SEVERAL])
def test_a_vote_that_may_not_change_cannot_be_taken_back(action: Action) -> None:
    with pytest.raises(NotAllowed) as refused:
        take_back(a_standing(action, "a"), "a")
    assert refused.value.code == "no_change"


def test_one_more_than_allowed_is_refused_with_the_limit() -> None:
    with pytest.raises(NotAllowed) as refused:
        choose(a_standing(AT_MOST_TWO, "ab"), "c")
    assert (refused.value.code, refused.value.values) == ("too_many_chosen", {"most": 2})


@pytest.mark.parametrize("tap", [choose, take_back])
def test_an_option_that_is_gone_cannot_be_tapped(tap: Tap) -> None:
    with pytest.raises(NotFound) as missing:
        tap(a_standing(ONE, "a"), "gone")
    assert missing.value.code == "no_such_option"


@pytest.mark.parametrize("action", [TWO_PLACES, SEVERAL_TWO_PLACES])
def test_a_full_option_cannot_be_chosen(action: Action) -> None:
    with pytest.raises(Full) as refused:
        choose(a_standing(action, "", ("a", "a")), "a")
    assert (refused.value.code, refused.value.values) == ("full", {"option": "Pizza"})


def test_the_last_place_can_be_taken() -> None:
    assert choose(a_standing(TWO_PLACES, "", ("a", "b")), "a") == {QUESTION: ("a",)}


def test_who_holds_a_place_keeps_it_by_another_tap() -> None:
    assert choose(a_standing(TWO_PLACES, "a", ("a",)), "a") == {QUESTION: ("a",)}


def test_a_place_can_be_given_up_for_another_option() -> None:
    assert choose(a_standing(TWO_PLACES, "a", ("a",)), "b") == {QUESTION: ("b",)}


@pytest.mark.parametrize(
    ("action", "own", "raw", "chosen"),
    [
        (ONE, "", "b", "b"),
        (ONE, "a", "b", "b"),
        (ONE, "a", "a", "a"),
        (SEVERAL, "a", "c,b", "bc"),
        (FIXED, "a", "a", "a"),
        (FIXED_SEVERAL, "a", "c,a", "ac"),
    ],
)
def test_a_form_votes_for_what_it_names(action: Action, own: str, raw: str, chosen: str) -> None:
    assert vote(a_standing(action, own), raw) == {QUESTION: tuple(chosen)}


def test_an_empty_form_takes_the_vote_back() -> None:
    assert vote(a_standing(ONE, "a"), "") is None


def test_an_empty_form_of_someone_who_has_not_voted_is_refused() -> None:
    with pytest.raises(InvalidAnswers) as refused:
        vote(a_standing(ONE), " ")
    assert refused.value.problems == {QUESTION: Problem("choose_something")}


@pytest.mark.parametrize(
    ("action", "own", "raw"), [(FIXED, "a", "b"), (FIXED, "a", ""), (FIXED_SEVERAL, "ab", "b,c")]
)
def test_a_form_cannot_drop_what_may_not_change(action: Action, own: str, raw: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        vote(a_standing(action, own), raw)
    assert refused.value.code == "no_change"


def test_a_form_with_too_many_choices_is_refused() -> None:
    with pytest.raises(InvalidAnswers) as refused:
        vote(a_standing(AT_MOST_TWO), "a,b,c")
    assert refused.value.problems == {QUESTION: Problem("choose_at_most", {"most": 2})}


def test_a_form_cannot_take_a_place_in_a_full_option() -> None:
    with pytest.raises(Full):
        vote(a_standing(SEVERAL_TWO_PLACES, "b", ("a", "a")), "a,b")


def test_a_form_keeps_a_place_in_an_option_that_became_full() -> None:
    standing = a_standing(SEVERAL_TWO_PLACES, "a", ("a",))
    assert vote(standing, "a,b") == {QUESTION: ("a", "b")}


def test_a_choice_whose_option_is_gone_does_not_count_against_the_limit() -> None:
    standing = replace(a_standing(AT_MOST_TWO), old={QUESTION: ("b",)})
    assert choose(standing, "a") == {QUESTION: ("a", "b")}


def test_an_action_without_the_question_is_no_poll() -> None:
    with pytest.raises(NotFound):
        question_of(replace(ONE, content=Content("Not a poll")))


def test_a_tap_leaves_what_stood_before_as_it_was() -> None:
    standing = a_standing(SEVERAL, "a")
    choose(standing, "b")
    assert standing == a_standing(SEVERAL, "a")


def test_a_due_time_does_not_concern_the_rules_of_the_vote() -> None:
    late = replace(ONE, closes_at=ONE.created_at - timedelta(days=1))
    assert choose(a_standing(late), "a") == {QUESTION: ("a",)}
