"""Taking a quiz or training: every answer once, by the server's time, nothing to gain twice."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import taking
from actions.action import Status
from actions.attempts import Attempts, attempts_in, restored, stored_form
from actions.errors import Closed, NotAllowed, NotFound
from actions.exam import Feedback
from actions.history import Entry
from actions.keys import Key
from actions.managing import close
from actions.marking import Score
from actions.sitting import order
from actions.tallies import PASSED, SCORES, UNDER_WAY
from actions.typed import Sent
from tests.actions.builders import CREATOR, VOTER
from tests.actions.exams import (
    FIVE,
    KEYS,
    NUMBER,
    ONE,
    READ,
    RIGHT,
    TRUE,
    WRONG,
    a_quiz,
    a_training,
    at,
    says,
    started,
    takes,
)
from tests.actions.world import World, a_caller, a_world


@pytest.fixture
async def world() -> World:
    return await a_world()


async def kept(world: World, action_id: str) -> Attempts:
    """Give what is stored of the voter's attempts."""
    return attempts_in(await world.store.answers(action_id, VOTER.key))


async def test_a_quiz_is_taken_question_by_question_and_marked(world: World) -> None:
    quiz = await world.posted(a_quiz(pass_mark=70))
    sitting = await takes(world, quiz, VOTER, RIGHT)
    best = sitting.attempts.best
    assert best is not None
    assert best.score(quiz.content).percent == 100
    assert best.seconds == 50
    assert (sitting.may_begin, sitting.left) == (False, 0)
    tallies = await world.store.tallies(quiz.id)
    assert tallies.responded == 1
    assert tallies.counts[PASSED] == 1
    assert tallies.of(SCORES).counts == {"100": 1}


async def test_partial_credit_and_passing_over_count_as_the_docs_say(world: World) -> None:
    quiz = await world.posted(a_quiz())
    sitting = await takes(world, quiz, VOTER, {"one": "paris", "several": "paris"})
    assert sitting.attempts.best is not None
    score = sitting.attempts.best.score(quiz.content)
    assert score == Score(Fraction(2), 6)


async def test_the_first_answer_stands_however_often_another_is_sent(world: World) -> None:
    quiz = await world.posted(a_quiz())
    await started(world, quiz, VOTER)
    await says(world, quiz, VOTER, "one", WRONG["one"])
    after = await says(world, quiz, VOTER, "one", RIGHT["one"])
    assert after.page is not None
    assert after.page.id == "several"
    assert (await kept(world, quiz.id)).attempts[0].answers == {"one": ("rome",)}


async def test_two_devices_at_once_give_one_answer(world: World) -> None:
    quiz = await world.posted(a_quiz())
    await started(world, quiz, VOTER)
    await asyncio.gather(*(says(world, quiz, VOTER, "one", t) for t in ("rome", "paris", "rome")))
    attempt = (await kept(world, quiz.id)).attempts[0]
    assert list(attempt.given) == ["one"]


async def test_beginning_twice_begins_once(world: World) -> None:
    quiz = await world.posted(a_quiz(attempts=3))
    await started(world, quiz, VOTER)
    await says(world, quiz, VOTER, "one", "paris")
    again = await started(world, quiz, VOTER)
    assert again.number == 1
    assert again.page is not None
    assert again.page.id == "several"


async def test_a_question_that_is_not_up_takes_no_answer(world: World) -> None:
    quiz = await world.posted(a_quiz())
    await started(world, quiz, VOTER)
    after = await says(world, quiz, VOTER, "text", "112")
    assert after.attempts.attempts[0].given == {}


async def test_a_blank_answer_is_refused_and_what_was_typed_stays(world: World) -> None:
    quiz = await world.posted(a_quiz((*FIVE[3:],)))
    await started(world, quiz, VOTER)
    blank = await says(world, quiz, VOTER, "number", " ")
    assert blank.wrong["number"].code == "answer_or_pass"
    wrong = await says(world, quiz, VOTER, "number", "many")
    assert wrong.typed["number"] == "many"
    assert wrong.attempts.attempts[0].given == {}


async def test_attempts_run_out_and_the_best_counts(world: World) -> None:
    quiz = await world.posted(a_quiz(attempts=3))
    for number, texts in enumerate((WRONG, RIGHT, WRONG), 1):
        await takes(world, quiz, VOTER, texts, number)
    stands = await kept(world, quiz.id)
    assert stands.counting == 1
    assert dict(stands) == stands.attempts[1].answers
    with pytest.raises(NotAllowed, match="attempts_used"):
        await started(world, quiz, VOTER, 4)
    assert (await world.store.tallies(quiz.id)) == await world.store.recount(quiz.id)


@pytest.mark.parametrize(("counts", "place"), [("best", 0), ("last", 1), ("first", 0)])
async def test_which_attempt_counts_is_a_setting(world: World, counts: str, place: int) -> None:
    quiz = await world.posted(a_quiz(attempts=2, counts=counts))
    await takes(world, quiz, VOTER, RIGHT)
    await takes(world, quiz, VOTER, WRONG, 2)
    assert (await kept(world, quiz.id)).counting == place


async def test_an_attempt_cannot_be_begun_out_of_turn(world: World) -> None:
    quiz = await world.posted(a_quiz(attempts=5))
    with pytest.raises(NotFound):
        await started(world, quiz, VOTER, 2)
    await started(world, quiz, VOTER)
    with pytest.raises(NotFound):
        await started(world, quiz, VOTER, 2)


async def test_a_closed_quiz_cannot_be_begun(world: World) -> None:
    quiz = await world.posted(replace(a_quiz(), status=Status.CLOSED))
    with pytest.raises(Closed):
        await started(world, quiz, VOTER)


async def test_who_has_begun_counts_as_under_way_and_not_as_responded(world: World) -> None:
    quiz = await world.posted(a_quiz())
    await world.store.set_audience(quiz.id, [VOTER])
    await started(world, quiz, VOTER)
    tallies = await world.store.tallies(quiz.id)
    assert (tallies.responded, tallies.counts[UNDER_WAY]) == (0, 1)
    missing = await world.store.not_responded(quiz.id, "", "", 10)
    assert [one.person for one in missing.responses] == [VOTER]
    waiting = await world.store.waiting_for(VOTER.key, world.clock.now(), 0, 10)
    assert [one.id for one in waiting] == [quiz.id]


async def test_within_the_grace_an_answer_counts_and_after_it_the_attempt_is_over(
    world: World,
) -> None:
    quiz = await world.posted(a_quiz(seconds=60))
    await started(world, quiz, VOTER)
    world.clock.advance(seconds=64)
    await says(world, quiz, VOTER, "one", "paris")
    world.clock.advance(seconds=1)
    late = await says(world, quiz, VOTER, "several", "paris")
    attempt = late.attempts.attempts[0]
    assert attempt.timed_out
    assert attempt.ended == attempt.began + timedelta(seconds=60)
    assert attempt.answers == {"one": ("paris",)}


async def test_the_clock_ends_an_attempt_that_nobody_comes_back_to(world: World) -> None:
    quiz = await world.posted(a_quiz(seconds=60))
    await started(world, quiz, VOTER)
    world.clock.advance(seconds=64)
    assert await taking.settle_due(world.ports) == 0
    world.clock.advance(seconds=1)
    assert await taking.settle_due(world.ports) == 1
    assert await taking.settle_due(world.ports) == 0
    assert (await world.store.tallies(quiz.id)).responded == 1


async def test_a_question_whose_time_is_over_gets_no_answer_and_the_next_has_its_own(
    world: World,
) -> None:
    quiz = await world.posted(a_quiz(question_seconds=30))
    await started(world, quiz, VOTER)
    world.clock.advance(seconds=35)
    late = await says(world, quiz, VOTER, "one", "paris")
    assert late.pausing is not None
    assert late.pausing[1].is_late
    world.clock.advance(hours=1)
    on = await taking.go_on(world.ports, a_caller(VOTER), quiz.id, 1)
    assert on.page_seconds_left == 30
    world.clock.advance(seconds=34)
    after = await says(world, quiz, VOTER, "several", "paris")
    assert after.attempts.attempts[0].answers == {"several": ("paris",)}


async def test_reading_feedback_takes_no_time_of_the_next_question(world: World) -> None:
    quiz = await world.posted(a_quiz(question_seconds=30, feedback=Feedback.EACH))
    await started(world, quiz, VOTER)
    await says(world, quiz, VOTER, "one", "rome")
    world.clock.advance(hours=1)
    again = await at(world, quiz, VOTER)
    assert again.pausing is not None
    assert again.key(again.attempts.attempts[0], "one") == KEYS["one"]
    assert again.key(again.attempts.attempts[0], "several") is None
    on = await taking.go_on(world.ports, a_caller(VOTER), quiz.id, 1)
    assert on.page_seconds_left == 30


async def test_closing_ends_what_is_under_way_with_what_is_stored(world: World) -> None:
    quiz = await world.posted(a_quiz())
    await started(world, quiz, VOTER)
    await says(world, quiz, VOTER, "one", "paris")
    await close(world.ports, a_caller(CREATOR), quiz.id)
    assert await taking.settle_due(world.ports) == 1
    stands = await kept(world, quiz.id)
    assert stands.attempts[0].timed_out
    assert dict(stands) == {"one": ("paris",)}


async def test_what_the_clock_ended_stays_ended_although_the_press_is_refused(
    world: World,
) -> None:
    quiz = await world.posted(a_quiz(seconds=60))
    await started(world, quiz, VOTER)
    world.clock.advance(hours=1)
    with pytest.raises(NotAllowed, match="attempts_used"):
        await started(world, quiz, VOTER, 2)
    assert (await kept(world, quiz.id)).attempts[0].timed_out


@pytest.mark.parametrize("feedback", Feedback)
async def test_keys_and_scores_are_told_when_the_setting_says(
    world: World, feedback: Feedback
) -> None:
    quiz = await world.posted(a_quiz((ONE, TRUE), feedback=feedback))
    await started(world, quiz, VOTER)
    under_way = await says(world, quiz, VOTER, "one", "paris")
    attempt = under_way.attempts.attempts[0]
    assert not under_way.shows_score(attempt)
    assert (under_way.key(attempt, "one") is not None) is (feedback is Feedback.EACH)
    await taking.go_on(world.ports, a_caller(VOTER), quiz.id, 1)
    ended = await says(world, quiz, VOTER, "true", "no")
    attempt = ended.attempts.attempts[0]
    at_once = feedback in {Feedback.EACH, Feedback.END}
    assert ended.shows_score(attempt) is at_once
    assert (ended.key(attempt, "true") is not None) is at_once
    await close(world.ports, a_caller(CREATOR), quiz.id)
    closed = await at(world, quiz, VOTER)
    assert closed.shows_score(attempt)
    assert (closed.key(attempt, "true") is not None) is (feedback is not Feedback.NEVER)


async def test_correcting_a_key_marks_every_attempt_anew(world: World) -> None:
    quiz = await world.posted(a_quiz((ONE,), pass_mark=50, attempts=2))
    await takes(world, quiz, VOTER, {"one": "rome"})
    await takes(world, quiz, VOTER, {"one": "paris"}, 2)
    content = replace(quiz.content, keys={"one": Key(("rome",))})
    await world.store.change(quiz.id, lambda a: replace(a, content=content), an_entry(world))
    stands = await kept(world, quiz.id)
    assert stands.counting == 0
    tallies = await world.store.tallies(quiz.id)
    assert tallies.of(SCORES).counts == {"100": 1}
    assert tallies.of("one").counts == {"rome": 1}


def an_entry(world: World) -> Entry:
    """Give the line that an edit leaves in the history."""
    return Entry(world.clock.now(), CREATOR, "edited")


async def test_a_deleted_question_is_not_asked_any_more(world: World) -> None:
    quiz = await world.posted(a_quiz((ONE, TRUE)))
    await started(world, quiz, VOTER)
    await says(world, quiz, VOTER, "one", "paris")
    content = replace(quiz.content, questions=(ONE,), keys={"one": KEYS["one"]})
    await world.store.change(quiz.id, lambda a: replace(a, content=content), an_entry(world))
    after = await at(world, quiz, VOTER)
    assert after.running is None
    assert after.attempts.best is not None


async def test_a_lesson_is_stayed_at_as_long_as_it_asks(world: World) -> None:
    training = await world.posted(a_training(replace(READ, min_seconds=20), ONE))
    await started(world, training, VOTER)
    world.clock.advance(seconds=12.5)
    with pytest.raises(NotAllowed) as refused:
        await taking.pass_over(world.ports, a_caller(VOTER), training.id, 1, "read")
    assert (refused.value.code, refused.value.values["seconds"]) == ("too_soon", 8)
    world.clock.advance(seconds=7.5)
    after = await taking.pass_over(world.ports, a_caller(VOTER), training.id, 1, "read")
    assert after.page == ONE


async def test_a_seen_page_of_a_training_can_be_gone_back_to_and_no_other(world: World) -> None:
    training = await world.posted(a_training())
    await started(world, training, VOTER)
    await taking.pass_over(world.ports, a_caller(VOTER), training.id, 1, "read")
    back = await taking.gone_back(world.ports, a_caller(VOTER), training.id, "read")
    assert back.page == READ
    ahead = await taking.gone_back(world.ports, a_caller(VOTER), training.id, "last")
    assert ahead.page == ONE


async def test_a_training_waits_although_it_closes(world: World) -> None:
    training = await world.posted(a_training())
    await started(world, training, VOTER)
    await close(world.ports, a_caller(CREATOR), training.id)
    assert await taking.settle_due(world.ports) == 0
    assert (await at(world, training, VOTER)).running is not None


async def test_an_opened_link_is_noted_once(world: World) -> None:
    training = await world.posted(a_training())
    await started(world, training, VOTER)
    for link in ("film", "film", "other"):
        await taking.open_link(world.ports, training.id, VOTER.key, "read", link)
    assert (await kept(world, training.id)).attempts[0].opened == ("read.film",)


async def test_who_has_not_begun_opens_a_link_without_leaving_anything(world: World) -> None:
    training = await world.posted(a_training())
    await taking.open_link(world.ports, training.id, VOTER.key, "read", "film")
    assert not await kept(world, training.id)


async def test_what_was_completed_lapses_and_is_asked_for_again(world: World) -> None:
    training = await world.posted(
        replace(a_training(months=3, pass_mark=50, attempts=1), closes_at=None)
    )
    await world.store.set_audience(training.id, [VOTER])
    await takes(world, training, VOTER, {"one": "paris"})
    assert await world.store.waiting_for(VOTER.key, world.clock.now(), 0, 10) == []
    world.clock.advance(days=100)
    assert await taking.settle_due(world.ports) == 1
    assert (await world.store.tallies(training.id)).responded == 0
    waiting = await world.store.waiting_for(VOTER.key, world.clock.now(), 0, 10)
    assert [one.id for one in waiting] == [training.id]
    again = await takes(world, training, VOTER, {"one": "paris"}, 2)
    assert (again.attempts.lapsed, again.attempts.counting) == (1, 1)
    assert (await world.store.tallies(training.id)).responded == 1


async def test_who_completes_it_again_in_time_is_not_asked_again(world: World) -> None:
    training = await world.posted(
        replace(a_training(months=3, pass_mark=50, attempts=2), closes_at=None)
    )
    await takes(world, training, VOTER, {"one": "paris"})
    world.clock.advance(days=80)
    await takes(world, training, VOTER, {"one": "paris"}, 2)
    world.clock.advance(days=20)
    assert await taking.settle_due(world.ports) == 1
    stands = await kept(world, training.id)
    assert (stands.lapsed, stands.counting, stands.used) == (1, 1, 1)
    assert (await world.store.tallies(training.id)).responded == 1
    world.clock.advance(days=80)
    assert await taking.settle_due(world.ports) == 1
    assert (await kept(world, training.id)).lapsed == 2


async def test_failing_it_later_does_not_use_up_the_attempts_after_it_lapsed(
    world: World,
) -> None:
    training = await world.posted(
        replace(a_training(months=3, pass_mark=50, attempts=2), closes_at=None)
    )
    await takes(world, training, VOTER, {"one": "paris"})
    world.clock.advance(days=80)
    await takes(world, training, VOTER, {"one": "rome"}, 2)
    world.clock.advance(days=20)
    assert (await at(world, training, VOTER)).left == 2


async def test_polls_have_no_attempts(world: World) -> None:
    poll = await world.posted()
    with pytest.raises(NotFound):
        await started(world, poll, VOTER)


async def test_whom_it_was_not_shown_cannot_take_it(world: World) -> None:
    quiz = await world.posted(a_quiz())
    elsewhere = a_caller(VOTER, "19:elsewhere@thread.v2")
    for press in (
        taking.begin(world.ports, elsewhere, quiz.id, 1),
        taking.pass_over(world.ports, elsewhere, quiz.id, 1, "one"),
        taking.go_on(world.ports, elsewhere, quiz.id, 1),
        taking.opened(world.ports, elsewhere, quiz.id),
    ):
        with pytest.raises(NotFound):
            await press


@given(seed=st.text(), draw=st.integers(0, 6), shuffle=st.booleans())
def test_shuffling_loses_nothing_and_drawing_takes_as_many_as_it_says(
    seed: str, draw: int, *, shuffle: bool
) -> None:
    content = a_quiz(draw=draw, shuffle=shuffle).content
    asked = order(content, seed)
    ids = [question.id for question in FIVE]
    assert len(asked) == len(set(asked)) == (min(draw, 5) or 5)
    assert set(asked) <= set(ids)
    assert order(content, seed) == asked
    if not shuffle:
        assert list(asked) == [name for name in ids if name in asked]


async def test_attempts_are_stored_whole(world: World) -> None:
    quiz = await world.posted(a_quiz(attempts=2, seconds=90, question_seconds=20))
    await takes(world, quiz, VOTER, RIGHT)
    await started(world, quiz, VOTER, 2)
    world.clock.advance(seconds=30)
    await says(world, quiz, VOTER, "one", "paris", 2)
    stands = await kept(world, quiz.id)
    assert stands.attempts[1].given["one"].is_late
    assert restored(quiz.content, json.loads(json.dumps(stored_form(stands)))) == stands


async def test_what_was_typed_and_not_given_is_there_again(world: World) -> None:
    quiz = await world.posted(a_quiz((*FIVE[3:],)))
    caller = a_caller(VOTER)
    await started(world, quiz, VOTER)
    sent = Sent(("number",), {"number": "12,"})
    await taking.put_aside(world.ports, caller, quiz.id, 1, "number", sent)
    again = await taking.gone_on_with(world.ports, caller, quiz.id)
    assert (again.page, again.typed) == (NUMBER, {"number": "12,"})
    assert again.attempts.attempts[0].given == {}
    await says(world, quiz, VOTER, "number", "2.5")
    assert (await taking.gone_on_with(world.ports, caller, quiz.id)).typed == {}
