"""The law of the tallies: moved by differences, they equal a recount at any time."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from actions.choice import Choice, Option
from actions.content import Content
from actions.questions import Answers
from actions.tallied import Tallied
from actions.tallies import (
    ANSWERED,
    LATE,
    REPEATED,
    RESPONDED,
    Tallies,
    moves,
    recount,
    tags_of,
)
from tests.actions.builders import a_choice, a_content, votes

CONTENT = Content(
    "Two questions",
    (
        a_choice("Pizza", "Sushi", "Salad", most=3),
        Choice("r", "When?", (Option("x", "Now"), Option("y", "Later"))),
    ),
)

ballots = st.fixed_dictionaries(
    {},
    optional={
        "q": st.sets(st.sampled_from("abc")).map(lambda chosen: tuple(sorted(chosen))),
        "r": st.sampled_from([("x",), ("y",)]),
    },
)
changes = st.lists(st.tuples(st.integers(0, 5), st.none() | ballots), max_size=40)
late_people = st.sets(st.integers(0, 5))


def _nonzero(tallies: Tallies) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]]:
    """An emptied bucket is the same as none."""
    counts = {bucket: count for bucket, count in tallies.counts.items() if count}
    return counts, {bucket: amount for bucket, amount in tallies.sums.items() if amount}


@given(changes, late_people)
def test_moved_tallies_equal_a_recount_after_every_change(
    history: list[tuple[int, Answers | None]], late: set[int]
) -> None:
    standing: dict[int, Answers | None] = {}
    moved = Tallies()
    for person, new in history:
        old = standing.get(person)
        moved = moved.moved(moves(CONTENT, old, new, tags=(LATE,) if person in late else ()))
        standing[person] = new
        responses = [
            (a, (LATE,) if p in late else ()) for p, a in standing.items() if a is not None
        ]
        assert _nonzero(moved) == _nonzero(recount(CONTENT, responses))


@given(st.lists(ballots, max_size=8), st.randoms())
def test_the_order_in_which_moves_are_made_does_not_matter(
    responses: list[Answers], random: Random
) -> None:
    made = [moves(CONTENT, None, answers) for answers in responses]
    in_order, shuffled = Tallies(), Tallies()
    for move in made:
        in_order = in_order.moved(move)
    random.shuffle(made)
    for move in made:
        shuffled = shuffled.moved(move)
    assert _nonzero(in_order) == _nonzero(shuffled)


def test_a_first_vote_adds_a_response_and_its_option() -> None:
    (vote,) = votes("a")
    assert moves(a_content(), None, vote) == {
        RESPONDED: (1, 0),
        ("q", ANSWERED): (1, 0),
        ("q", "a"): (1, 0),
    }


def test_a_moved_vote_leaves_the_number_of_responses() -> None:
    old, new = votes("a", "b")
    assert moves(a_content(), old, new) == {("q", "a"): (-1, 0), ("q", "b"): (1, 0)}


def test_a_vote_taken_back_takes_its_response_along() -> None:
    (vote,) = votes("a")
    assert moves(a_content(), vote, None) == {
        RESPONDED: (-1, 0),
        ("q", ANSWERED): (-1, 0),
        ("q", "a"): (-1, 0),
    }


def test_the_same_vote_again_moves_nothing() -> None:
    (vote,) = votes("ab")
    assert moves(a_content(), vote, vote, tags=(LATE,)) == {}


def test_a_late_vote_is_counted_as_late_once() -> None:
    (first, second) = votes("a", "b")
    assert moves(a_content(), None, first, tags=(LATE,))[LATE] == (1, 0)
    assert LATE not in moves(a_content(), first, second, tags=(LATE,))
    assert moves(a_content(), second, None, tags=(LATE,))[LATE] == (-1, 0)


def test_a_vote_in_time_is_not_late() -> None:
    assert LATE not in moves(a_content(), None, votes("a")[0])


def test_an_answer_to_a_question_that_is_gone_still_counts_as_a_response() -> None:
    assert moves(Content("Empty"), None, votes("a")[0]) == {RESPONDED: (1, 0)}


def test_moving_leaves_the_tallies_before_as_they_were() -> None:
    before = Tallies({RESPONDED: 1}, {})
    before.moved({RESPONDED: (1, 0)})
    assert before.responded == 1


def test_what_nobody_chose_counts_nothing() -> None:
    assert recount(a_content(), []).count("q", "a") == 0
    assert recount(a_content(), []).responded == 0


def test_one_questions_tallies_are_told_apart() -> None:
    both: list[Answers] = [{"q": ("a", "b"), "r": ("x",)}, {"q": ("a",)}, {}]
    tallies = recount(CONTENT, [(answers, ()) for answers in both])
    assert tallies.of("q") == Tallied(2, {"a": 2, "b": 1}, {"a": 0, "b": 0})
    assert tallies.of("q").share("b") == 0.5
    assert tallies.of("r").answered == 1
    assert tallies.of("nothing").share("a") == 0.0


def test_people_count_once_however_often_they_respond() -> None:
    tags = [tags_of(slot, "t/ada", late=True) for slot in ("t/ada", "t/ada#2", "t/ada#3")]
    assert tags == [(LATE,), (REPEATED,), (REPEATED,)]
    tallies = recount(CONTENT, [({"q": ("a",)}, one) for one in tags])
    assert (tallies.responded, tallies.people) == (3, 1)
    assert tallies.counts[LATE] == 1
