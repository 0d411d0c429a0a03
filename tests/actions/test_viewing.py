"""What someone sees of an action, worked out without a store."""

import pytest

from actions.action import Action, Visibility
from actions.people import Person
from actions.poll import question_of
from actions.tallies import LATE, RESPONDED, Tallies
from actions.viewing import Shown, View, bars, sees_answers, sees_people, view_of
from tests.actions.builders import (
    CREATOR,
    DUE,
    NOW,
    VOTER,
    a_choice,
    a_closed_poll,
    a_poll,
    a_view,
)


def _bars(view: View) -> list[tuple[int, float, bool]]:
    return [(b.count, b.share, b.wins) for b in bars(view, question_of(view.action))]


def test_bars_stand_in_the_order_of_the_options_with_their_share_of_people() -> None:
    view = a_view(a_poll(), "b", "b", "b", "a")
    assert _bars(view) == [(1, 0.25, False), (3, 0.75, False), (0, 0.0, False)]


def test_shares_are_of_people_also_where_several_may_be_chosen() -> None:
    view = a_view(a_poll(a_choice(most=3)), "ab", "a")
    assert _bars(view) == [(2, 1.0, False), (1, 0.5, False), (0, 0.0, False)]


def test_bars_without_responses_are_empty() -> None:
    assert _bars(a_view(a_closed_poll())) == [(0, 0.0, False)] * 3


def test_the_winner_is_marked_once_closed() -> None:
    assert [wins for *_, wins in _bars(a_view(a_closed_poll(), "b", "b", "a"))] == [
        False,
        True,
        False,
    ]


def test_two_first_places_both_win() -> None:
    assert [wins for *_, wins in _bars(a_view(a_closed_poll(), "b", "a"))] == [True, True, False]


def test_a_due_time_that_has_passed_marks_the_winner() -> None:
    assert _bars(a_view(a_poll(), "a", at=DUE))[0] == (1, 1.0, True)


@pytest.mark.parametrize(("ballots", "full"), [(("a",), False), (("a", "a"), True)])
def test_an_option_is_full_once_its_places_are_taken(
    ballots: tuple[str, ...], *, full: bool
) -> None:
    view = a_view(a_poll(a_choice(places={"a": 2})), *ballots)
    results = bars(view, question_of(view.action))
    assert (results[0].is_full, results[1].is_full) == (full, False)


def _shown(action: Action, responses: int, viewer: str = "", *, responded: bool = False) -> Shown:
    tallies = Tallies({RESPONDED: responses})
    return view_of(action, tallies, NOW, viewer, took_part=responded).shown


@pytest.mark.parametrize(
    ("visibility", "hidden"),
    [
        (Visibility.AFTER_RESPONDING, Shown.AFTER_RESPONDING),
        (Visibility.AFTER_CLOSING, Shown.AFTER_CLOSING),
        (Visibility.CREATOR, Shown.CREATOR),
    ],
)
def test_hidden_results_say_why(visibility: Visibility, hidden: Shown) -> None:
    action = a_poll(visibility=visibility)
    assert _shown(action, 5) is hidden
    assert _shown(action, 5, VOTER.key) is hidden
    assert _shown(action, 5, CREATOR.key) is Shown.YES


def test_results_for_everyone_are_shown_to_anyone() -> None:
    assert _shown(a_poll(), 0) is Shown.YES


def test_who_took_part_sees_results_though_their_answer_is_unknown() -> None:
    action = a_poll(visibility=Visibility.AFTER_RESPONDING)
    assert _shown(action, 1, VOTER.key, responded=True) is Shown.YES


@pytest.mark.parametrize(("responses", "shown"), [(2, Shown.TOO_FEW), (3, Shown.YES)])
@pytest.mark.parametrize("viewer", ["", VOTER.key, CREATOR.key])
def test_few_anonymous_responses_are_hidden_from_the_creator_too(
    responses: int, shown: Shown, viewer: str
) -> None:
    assert _shown(a_poll(anonymous=True), responses, viewer) is shown


def test_results_hidden_by_visibility_say_that_also_where_they_are_few() -> None:
    action = a_poll(anonymous=True, visibility=Visibility.AFTER_CLOSING)
    assert _shown(action, 1) is Shown.AFTER_CLOSING


def test_who_joined_later_counts_as_expected_once_they_responded() -> None:
    tallies = Tallies({RESPONDED: 3, LATE: 2})
    assert view_of(a_poll(audience=12), tallies, NOW).expected == 14


def test_nothing_is_expected_before_the_roster_is_known() -> None:
    assert a_view(a_poll(audience=None), "a").expected is None


@pytest.mark.parametrize(
    ("viewer", "manager"), [(CREATOR.key, True), (VOTER.key, False), ("", False)]
)
def test_a_view_knows_whether_its_reader_manages(viewer: str, *, manager: bool) -> None:
    assert a_view(a_poll(), viewer=viewer).manages is manager


def test_a_view_for_anyone_manages_nothing_even_of_a_creator_without_a_key() -> None:
    action = a_poll(co_creators=(Person("", ""),))
    assert not a_view(action).manages


@pytest.mark.parametrize(
    ("view", "people", "answers"),
    [
        (a_view(a_poll(), "a"), True, True),
        (a_view(a_poll(visibility=Visibility.CREATOR), "a"), False, False),
        (a_view(a_poll(visibility=Visibility.CREATOR), viewer=CREATOR.key), True, True),
        (a_view(a_poll(visibility=Visibility.AFTER_CLOSING), own="a"), False, False),
        (a_view(a_poll(anonymous=True), "a"), True, False),
        (a_view(a_poll(anonymous=True), "a", "a", "a"), True, False),
        (a_view(a_poll(anonymous=True), viewer=CREATOR.key), True, False),
        (
            a_view(a_poll(anonymous=True, visibility=Visibility.CREATOR), viewer=VOTER.key),
            False,
            False,
        ),
    ],
)
def test_people_and_their_answers_are_seen_as_the_results_are(
    view: View, *, people: bool, answers: bool
) -> None:
    assert (sees_people(view), sees_answers(view)) == (people, answers)
