"""What comes of marks: figures from the tallies, hard questions, the leaderboard, the lists."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.action import Action
from actions.attempts import attempts_in
from actions.errors import NotAllowed, NotFound
from actions.keys import Key
from actions.marking import Score
from actions.marks import (
    LEADERS_PER_PAGE,
    MOST_HARD,
    MOST_LEADERS,
    commonest_wrong,
    difficulty,
    figures,
    hardest,
    leaders,
    not_begun,
    overview,
    seconds,
    under_way,
)
from actions.number import Number
from actions.people import Person
from actions.responses import Change, Response
from actions.tallied import Tallied
from actions.tallies import recount
from tests.actions.attempted import (
    an_attempt,
    attempts_of,
    persons,
    responses_of,
    seen_by,
)
from tests.actions.builders import CREATOR, NOW, VOTER
from tests.actions.exams import KEYS, ONE, RIGHT, WRONG, a_quiz, a_training, takes
from tests.actions.surveys import a_survey
from tests.actions.world import World, a_caller, a_world

QUIZ = a_quiz(pass_mark=60, leaderboard=True)


@pytest.fixture
async def world() -> World:
    return await a_world()


async def handed_in(world: World, action: Action, responses: list[Response]) -> Action:
    """Post an action with these responses."""
    posted = await world.posted(action)
    for one in responses:
        await world.store.respond(change_to(action, one))
    return posted


def change_to(action: Action, one: Response) -> Change:
    """Give the change by which a response stands."""
    return Change(action.id, one.slot, one.person, one.at or NOW, lambda _: one.answers)


def reaching(quiz: Action, *rights: int) -> list[Response]:
    """Give responses of people that many of whose five answers are right, or none asked."""
    made = []
    for number, (person, right) in enumerate(zip(persons(len(rights)), rights, strict=True)):
        names = list(RIGHT)
        typed = {
            name: (RIGHT if place < right else WRONG)[name] for place, name in enumerate(names)
        }
        began = NOW + timedelta(minutes=number)
        attempts = attempts_of(quiz, an_attempt(quiz, typed, began))
        made.append(Response(person, attempts, attempts.attempts[0].ended, person.key))
    return made


# Figures


def test_the_figures_are_counted_from_the_tallies() -> None:
    quiz = replace(QUIZ, audience=10)
    people = reaching(quiz, 5, 5, 3, 0)
    running = attempts_of(quiz, an_attempt(quiz, RIGHT, done=2))
    people.append(Response(Person("tenant/slow", "Sloan"), running, None, "tenant/slow"))
    known = figures(seen_by(quiz, people, CREATOR.key))
    assert (known.finished, known.under_way, known.waiting) == (4, 1, 5)
    assert (known.scored, known.passed) == (4, 3)
    assert known.average == Decimal("66.7")
    counts = {first: count for first, _, count in known.spread if count}
    assert counts == {0: 1, 60: 1, 90: 2}
    assert known.spread[0] == (0, 9, 1)
    assert known.spread[-1] == (90, 100, 2)


def test_nobody_is_known_to_wait_where_nobody_is_expected() -> None:
    assert figures(seen_by(QUIZ, [], CREATOR.key)).waiting is None


def test_more_who_joined_than_were_expected_leave_nobody_waiting() -> None:
    quiz = replace(QUIZ, audience=1)
    assert figures(seen_by(quiz, reaching(quiz, 5, 5), CREATOR.key)).waiting == 0


def test_without_a_pass_mark_nobody_passes_or_fails() -> None:
    quiz = a_quiz()
    known = figures(seen_by(quiz, reaching(quiz, 5, 0), CREATOR.key))
    assert (known.passed, known.average) == (None, Decimal(50))


def test_an_average_is_whole_only_if_everyone_was() -> None:
    quiz = a_quiz((ONE,), {"one": Key(("paris",))})
    right = {"one": "paris"}
    all_right = [_response(quiz, right, n) for n in range(3)]
    assert figures(seen_by(quiz, all_right, CREATOR.key)).average == Decimal(100)
    many = [_response(quiz, right, n) for n in range(3_000)]
    nearly = [*many, _response(quiz, {"one": "rome"}, 3_000)]
    assert figures(seen_by(quiz, nearly, CREATOR.key)).average == Decimal("99.9")


def _response(quiz: Action, typed: dict[str, str], number: int) -> Response:
    attempts = attempts_of(quiz, an_attempt(quiz, typed))
    key = f"tenant/{number}"
    return Response(Person(key, key), attempts, NOW, key)


@given(rights=st.lists(st.integers(0, 5), min_size=1, max_size=25))
@settings(deadline=None)
def test_the_figures_are_those_of_the_responses(rights: list[int]) -> None:
    people = reaching(QUIZ, *rights)
    scores = [attempts_in(one.answers).score(QUIZ.content) for one in people]
    percents = [one.percent for one in scores if one is not None]
    seen = seen_by(QUIZ, people, CREATOR.key)
    known = figures(seen)
    assert known.scored == sum(count for _, _, count in known.spread) == len(people)
    assert known.passed == sum(percent >= 60 for percent in percents)
    assert known.average is not None
    assert abs(Fraction(known.average) - mean(percents)) <= Fraction(1, 16)
    for first, last, count in known.spread:
        assert count == sum(first <= int(percent) <= last for percent in percents)
    for place, name in enumerate(RIGHT):
        how = difficulty(seen.tallies, name)
        assert (how.asked, how.right) == (len(rights), sum(right > place for right in rights))


# Hard questions


def test_the_hardest_questions_are_those_fewest_were_right_at() -> None:
    people = reaching(QUIZ, 1, 2, 3)
    tallies = seen_by(QUIZ, people, CREATOR.key).tallies
    found = hardest(QUIZ.content, tallies)
    assert [question.id for question, _ in found] == ["number", "text", "true", "several"]
    assert [how.right for _, how in found] == [0, 0, 1, 2]


def test_a_question_that_was_asked_of_nobody_or_missed_by_nobody_is_not_hard() -> None:
    assert hardest(QUIZ.content, recount(QUIZ.content, [])) == ()
    tallies = seen_by(QUIZ, reaching(QUIZ, 5, 5), CREATOR.key).tallies
    assert hardest(QUIZ.content, tallies) == ()


def test_only_the_hardest_few_are_named() -> None:
    questions = tuple(replace(ONE, id=f"q{n}") for n in range(9))
    quiz = a_quiz(questions, {q.id: Key(("paris",)) for q in questions})
    nothing = [Response(VOTER, attempts_of(quiz, an_attempt(quiz, {})), NOW, VOTER.key)]
    assert len(hardest(quiz.content, seen_by(quiz, nothing, CREATOR.key).tallies)) == MOST_HARD


def test_partly_right_answers_count_for_their_part() -> None:
    attempt = an_attempt(QUIZ, {**RIGHT, "several": "paris"})
    one = Response(VOTER, attempts_of(QUIZ, attempt), NOW, VOTER.key)
    how = difficulty(seen_by(QUIZ, [one], CREATOR.key).tallies, "several")
    assert (how.asked, how.right, how.part) == (1, 0, 0.5)


def test_a_drawn_question_is_as_hard_as_for_those_who_were_asked() -> None:
    quiz = a_quiz(draw=2)
    people = responses_of(quiz, 40)
    tallies = seen_by(quiz, people, CREATOR.key).tallies
    asked = [difficulty(tallies, name).asked for name in RIGHT]
    assert sum(asked) == 2 * 40
    assert all(asked)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, None),
        ({"paris": 5}, None),
        ({"paris": 5, "rome": 1, "bergen": 3}, (("bergen",), 3)),
        ({"rome": 2}, (("rome",), 2)),
    ],
)
def test_the_commonest_wrong_option_is_the_one_chosen_most(
    counts: dict[str, int], expected: tuple[tuple[str], int] | None
) -> None:
    tallied = Tallied(sum(counts.values()), counts, dict.fromkeys(counts, 0))
    assert commonest_wrong(ONE, KEYS["one"], tallied) == expected


def test_the_commonest_wrong_number_lies_outside_of_what_is_tolerated() -> None:
    question = Number("number", "How many?")
    counts, sums = {"20": 9, "25": 9, "31": 2, "40": 3, "1230": 50}, {"1230": 7}
    tallied = Tallied(73, counts, {**dict.fromkeys(counts, 0), **sums})
    assert commonest_wrong(question, Key(25, tolerance=5), tallied) == (40, 3)
    assert commonest_wrong(question, Key(25, tolerance=5), Tallied(0, {}, {})) is None


def test_texts_have_no_commonest_wrong_answer_in_the_tallies() -> None:
    text = next(q for q in QUIZ.content.questions if q.id == "text")
    assert commonest_wrong(text, KEYS["text"], Tallied(4, {}, {})) is None


# The whole


async def test_the_overview_is_for_marked_kinds_only(world: World) -> None:
    await world.posted(a_survey())
    with pytest.raises(NotFound):
        await overview(world.ports, a_caller(), a_survey().id)
    for listed in (under_way, not_begun):
        with pytest.raises(NotFound):
            await listed(world.ports, a_caller(), a_survey().id, "", "")
    with pytest.raises(NotAllowed):
        await leaders(world.ports, a_caller(), a_survey().id)


async def test_the_overview_names_hard_questions_to_who_manages_it(world: World) -> None:
    quiz = await handed_in(world, QUIZ, responses_of(QUIZ, 20))
    found = await overview(world.ports, a_caller(), quiz.id)
    assert found.figures.finished == 20
    assert found.hardest == hardest(quiz.content, await world.store.tallies(quiz.id))


# Lists


async def test_people_are_through_with_it_at_it_or_have_not_begun(world: World) -> None:
    quiz = await world.posted(QUIZ)
    late = Person("tenant/late", "Lou Late", "29:late")
    await world.store.set_audience(quiz.id, [CREATOR, VOTER, late])
    await takes(world, quiz, CREATOR, RIGHT)
    running = attempts_of(quiz, an_attempt(quiz, RIGHT, done=2))
    await world.store.respond(Change(quiz.id, VOTER.key, VOTER, NOW, lambda _: running))
    at_it = await under_way(world.ports, a_caller(), quiz.id, "", "")
    assert at_it.page.responses == (Response(VOTER, running, None, VOTER.key),)
    waiting = await not_begun(world.ports, a_caller(), quiz.id, "", "")
    assert [one.person for one in waiting.page.responses] == [late]
    assert (await under_way(world.ports, a_caller(), quiz.id, "lou", "")).page.responses == ()


# The leaderboard


async def test_equals_share_a_place_and_the_next_ones_are_left_out(world: World) -> None:
    quiz = await handed_in(world, QUIZ, reaching(QUIZ, 3, 5, 0, 3, 4))
    found = await leaders(world.ports, a_caller(), quiz.id)
    named = [(row.place, row.who.key[-3:]) for row in found.rows]
    assert named == [(1, "001"), (2, "004"), (3, "000"), (3, "003"), (5, "002")]
    assert (found.own, found.count, found.scored) == (None, 5, 5)


async def test_ones_own_place_is_known_on_every_page(world: World) -> None:
    rights = [5] * 12 + [3] * 3
    quiz = await handed_in(world, QUIZ, reaching(QUIZ, *rights))
    me = persons(15)[13]
    first = await leaders(world.ports, a_caller(me), quiz.id)
    assert len(first.rows) == LEADERS_PER_PAGE
    assert first.own is not None
    assert (first.own.place, first.own.who) == (13, me)
    second = await leaders(world.ports, a_caller(me), quiz.id, LEADERS_PER_PAGE)
    assert second.own == first.own
    assert [row.place for row in second.rows] == [1, 1, 13, 13, 13]
    assert me in [row.who for row in second.rows]


@pytest.mark.parametrize(("asked", "first"), [(-5, 0), (7, 0), (10, 10), (99, 10)])
async def test_a_page_that_there_is_not_is_one_that_there_is(
    world: World, asked: int, first: int
) -> None:
    quiz = await handed_in(world, QUIZ, reaching(QUIZ, *[5] * 12))
    assert (await leaders(world.ports, a_caller(), quiz.id, asked)).first == first


async def test_the_leaderboard_ends_after_its_last_place(world: World) -> None:
    rights = [2] * (MOST_LEADERS + 1) + [5, 0]
    quiz = await handed_in(world, QUIZ, reaching(QUIZ, *rights))
    worst = persons(len(rights))[-1]
    found = await leaders(world.ports, a_caller(worst), quiz.id, MOST_LEADERS)
    assert (found.count, found.scored, found.first) == (MOST_LEADERS, len(rights), 90)
    assert found.own is not None
    assert found.own.place == len(rights)
    best = await leaders(world.ports, a_caller(worst), quiz.id)
    assert [row.place for row in best.rows] == [1, *[2] * 9]


@given(rights=st.lists(st.integers(0, 5), min_size=1, max_size=20), place=st.integers(0, 19))
@settings(deadline=None, max_examples=25)
async def test_a_place_is_one_more_than_how_many_are_better(rights: list[int], place: int) -> None:
    world = await a_world()
    people = reaching(QUIZ, *rights)
    quiz = await handed_in(world, QUIZ, people)
    me = people[place % len(people)]
    found = await leaders(world.ports, a_caller(me.person), quiz.id)
    scores = [attempts_in(one.answers).score(quiz.content) for one in people]
    mine = attempts_in(me.answers).score(quiz.content)
    assert found.own is not None
    assert mine is not None
    better = sum(one is not None and one.percent > mine.percent for one in scores)
    assert found.own.place == better + 1
    for row in found.rows:
        if row.who == me.person:
            assert row.place == found.own.place


async def test_who_is_still_at_it_has_no_place(world: World) -> None:
    quiz = await handed_in(world, QUIZ, reaching(QUIZ, 5))
    running = attempts_of(quiz, an_attempt(quiz, RIGHT, done=4))
    await world.store.respond(Change(quiz.id, VOTER.key, VOTER, NOW, lambda _: running))
    found = await leaders(world.ports, a_caller(), quiz.id)
    assert [row.who.key for row in found.rows] == ["tenant/p000"]
    with pytest.raises(NotAllowed):
        await leaders(world.ports, a_caller(VOTER), quiz.id)


async def test_where_there_are_no_points_nobody_has_a_place(world: World) -> None:
    training = a_training(a_training().content.questions[0], leaderboard=True)
    read = attempts_of(training, an_attempt(training, {}))
    posted = await handed_in(world, training, [Response(VOTER, read, NOW, VOTER.key)])
    found = await leaders(world.ports, a_caller(VOTER), posted.id)
    assert (found.rows, found.own, found.scored) == ((), None, 0)


# One person


def test_time_is_that_of_all_attempts_that_can_count() -> None:
    first, second = an_attempt(QUIZ, RIGHT, pace=10), an_attempt(QUIZ, WRONG, pace=20)
    assert seconds(attempts_of(QUIZ, first, second)) == 150
    assert seconds(attempts_of(QUIZ, first, second, lapsed=1)) == 100


def test_a_score_is_that_of_the_attempt_that_counts() -> None:
    attempts = attempts_of(QUIZ, an_attempt(QUIZ, WRONG), an_attempt(QUIZ, RIGHT))
    assert attempts.score(QUIZ.content) == Score(Fraction(6), 6)
    assert attempts_in(None).score(QUIZ.content) is None
    assert attempts_of(QUIZ, an_attempt(QUIZ, RIGHT, done=1)).score(QUIZ.content) is None
