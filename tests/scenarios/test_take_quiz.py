"""Taking a quiz in Teams: question by question, once each, whatever is pressed and when."""

import asyncio
from typing import Any

import pytest

from actions.exam import Feedback
from tests.actions.exams import RIGHT, WRONG, a_quiz
from tests.fakes import FixedClock
from tests.scenarios.conftest import Shift
from tests.scenarios.exams import SKIP, Exam, goes_through, posts_exam
from tests.scenarios.house import running
from tests.scenarios.steps import SQLITE, a_shift, action_id, in_place, miscounted
from tests.teams import Chat, Teams
from tests.teams.cards import Card, buttons, find_action, inputs, text


async def posted(
    shift: Shift,
    database_url: str,
    chat: Chat | None = None,
    clock: FixedClock | None = None,
    **exam: Any,
) -> Exam:
    """Let Ada post a quiz of five questions."""
    where, made = chat or shift.chat, a_quiz(**exam)
    message = await posts_exam(database_url, shift.ada, where, made, clock)
    return Exam(database_url, message, action_id(message))


def data_of(card: Card, title: str) -> dict[str, Any]:
    """Give what a button sends."""
    return dict(find_action(card, title)["data"])


async def test_a_quiz_is_taken_in_a_dialog_and_marked(shift: Shift, database_url: str) -> None:
    quiz = await posted(shift, database_url, pass_mark=70)
    assert buttons(quiz.message.card)[:1] == ["Start or continue"]
    dialog = await quiz.opens(shift.ben)
    assert dialog.title == "Quiz"
    assert "70 % or more" in text(dialog.card)
    await dialog.submits("Start")
    assert "Question 1 of 5 · 1 point" in text(dialog.card)
    await goes_through(dialog, RIGHT | {"number": "9"})
    assert "✔ Passed\n83.33 %\n5 of 6 points" in text(dialog.card)
    await dialog.submits("My answers")
    assert "✘ Wrong · 0 of 1 point\nYour answer: 9" in text(dialog.card)
    assert (await quiz.attempts(shift.ben)).answers["text"] == "112"
    await shift.chat.wait_until(lambda: "1 of 3 responded" in text(quiz.message.card))
    assert await miscounted(database_url) == []


async def test_a_blank_answer_is_refused_and_a_skip_is_final(
    shift: Shift, database_url: str
) -> None:
    quiz = await posted(shift, database_url)
    dialog = await quiz.opens(shift.ben)
    await dialog.submits("Start")
    first = dialog.card
    await dialog.submits("Answer")
    assert "⚠ Give an answer, or choose “Go on without an answer”." in text(dialog.card)
    await dialog.submits(SKIP)
    assert list(inputs(dialog.card)) == ["several"]
    await dialog.submits_data(data_of(first, "Answer") | {"one": "paris"})
    assert list(inputs(dialog.card)) == ["several"]
    assert "one" not in (await quiz.attempts(shift.ben)).attempts[0].answers


@SQLITE
async def test_what_was_typed_is_there_again_on_another_device(
    shift: Shift, database_url: str
) -> None:
    quiz = await posted(shift, database_url)
    dialog = await quiz.opens(shift.ben)
    await dialog.submits("Start")
    await goes_through(dialog, RIGHT, pages=4)
    await dialog.submits("Later", {"text": "one one tw"})
    again = await quiz.opens(shift.ben)
    await again.submits("Continue")
    assert inputs(again.card) == {"text": "one one tw"}
    await again.submits("Answer", {"text": "one one two"})
    assert "100 %" in text(again.card)


async def test_two_devices_and_replays_give_no_second_chance(
    shift: Shift, database_url: str
) -> None:
    quiz = await posted(shift, database_url, feedback=Feedback.EACH)
    phone, desk = await quiz.opens(shift.ben), await quiz.opens(shift.ben)
    begin = data_of(phone.card, "Start")
    await asyncio.gather(*(device.submits_data(begin) for device in (phone, desk, phone, desk)))
    assert len((await quiz.attempts(shift.ben)).attempts) == 1
    answer = data_of(phone.card, "Answer")
    await phone.submits_data(answer | {"one": "rome"})
    assert "Right is: Paris" in text(phone.card)
    # The other device still shows the question, and now it is known what is right.
    await asyncio.gather(*(desk.submits_data(answer | {"one": "paris"}) for _ in range(5)))
    assert "what you gave first stands" in text(desk.card)
    assert "Your answer: Rome" in text(desk.card)
    assert (await quiz.attempts(shift.ben)).attempts[0].answers == {"one": ("rome",)}
    await phone.submits("Next")
    await desk.submits("Next")
    assert list(inputs(phone.card)) == list(inputs(desk.card)) == ["several"]


async def test_the_best_of_three_attempts_counts_and_no_fourth_begins(
    shift: Shift, database_url: str
) -> None:
    quiz = await posted(shift, database_url, attempts=3, pass_mark=50)
    dialog = await quiz.opens(shift.ben)
    for number, typed in enumerate((WRONG, RIGHT, WRONG), 1):
        await dialog.submits("Start" if number == 1 else f"Start attempt {number}")
        await goes_through(dialog, typed)
        if number < 3:
            await dialog.submits("Take it again")
    assert "Attempt 2 counts: 100 % · passed" in text(dialog.card)
    assert "Take it again" not in buttons(dialog.card)
    await dialog.submits_data({"muster": f"1 take.begin {quiz.action_id} 4"})
    assert "⚠ You have used all your attempts." in text(dialog.card)
    assert (await quiz.attempts(shift.ben)).counting == 1
    assert await miscounted(database_url) == []


@SQLITE
async def test_the_clock_runs_on_while_the_window_is_closed_and_the_bot_is_down(
    teams: Teams, database_url: str
) -> None:
    shift, clock = a_shift(teams), FixedClock()
    async with running(teams, database_url, clock=clock):
        quiz = await posted(shift, database_url, clock=clock, seconds=600)
        dialog = await quiz.opens(shift.ben)
        await dialog.submits("Start")
        assert "⏱ 10 mins left" in text(dialog.card)
        await goes_through(dialog, RIGHT, pages=2)
        await dialog.submits("Later")
        assert "the time runs on" in text(dialog.card)
    clock.advance(seconds=300)
    async with running(teams, database_url, clock=clock):
        again = await quiz.opens(shift.ben)
        assert "You are at question 3 of 5." in text(again.card)
        await again.submits("Continue")
        assert "⏱ 5 mins left" in text(again.card)
        clock.advance(seconds=304)
        await again.submits("Answer", {"true": "no"})
        assert list(inputs(again.card)) == ["number"]
        clock.advance(seconds=1)
        await again.submits("Answer", {"number": "2.5"})
        assert "This was over before your answer came" in text(again.card)
        assert "The time was over. What you had answered counts." in text(again.card)
        assert "4 of 6 points" in text(again.card)
        attempt = (await quiz.attempts(shift.ben)).attempts[0]
        assert list(attempt.answers) == ["one", "several", "true"]


@SQLITE
async def test_a_question_out_of_time_leads_to_the_next_one(
    teams: Teams, database_url: str
) -> None:
    shift, clock = a_shift(teams), FixedClock()
    async with running(teams, database_url, clock=clock):
        quiz = await posted(shift, database_url, clock=clock, question_seconds=30)
        dialog = await quiz.opens(shift.ben)
        await dialog.submits("Start")
        clock.advance(seconds=36)
        await dialog.submits("Answer", {"one": "paris"})
        assert "The time for this question was over." in text(dialog.card)
        clock.advance(hours=1)
        await dialog.submits("Next")
        assert "⏱ 30 secs left for this question" in text(dialog.card)
        await dialog.submits("Answer", {"several": "paris,rome"})
        assert (await quiz.attempts(shift.ben)).attempts[0].answers == {
            "several": ("paris", "rome")
        }


async def test_a_quiz_is_taken_in_place_in_the_personal_chat(
    teams: Teams, database_url: str
) -> None:
    shift = a_shift(teams)
    chat = teams.personal(shift.ada)
    async with running(teams, database_url):
        quiz = await posted(shift, database_url, chat, feedback=Feedback.EACH)
        await shift.ada.taps(chat, quiz.message, "Start or continue")
        form = await chat.wait_for_message(lambda m: "Start" in buttons(m.card))
        await in_place(shift.ada, chat, form, "Start")
        await in_place(shift.ada, chat, form, "Answer", {"one": "rome"})
        assert "✘ Wrong" in text(form.card)
        await in_place(shift.ada, chat, form, "Next")
    async with running(teams, database_url):
        for typed in ({"several": "paris,rome"}, {"true": "no"}, {"number": "2.5"}):
            await in_place(shift.ada, chat, form, "Answer", typed)
            await in_place(shift.ada, chat, form, "Next")
        await in_place(shift.ada, chat, form, SKIP)
        assert "– Not answered" in text(form.card)
        await in_place(shift.ada, chat, form, "See the result")
        assert "4 of 6 points" in text(form.card)
        await chat.wait_until(lambda: "1 of 1 responded" in text(quiz.message.card))


@SQLITE
async def test_the_card_leads_to_the_result_of_who_has_finished(
    shift: Shift, database_url: str
) -> None:
    quiz = await posted(shift, database_url)
    dialog = await quiz.opens(shift.ben)
    await dialog.submits("Start")
    await goes_through(dialog, RIGHT)
    await shift.chat.wait_until(lambda: "1 of 3 responded" in text(quiz.message.card))
    await shift.ben.refreshes(shift.chat, quiz.message)
    again = await quiz.opens(shift.ben, "My result")
    assert "100 %" in text(again.card)


@SQLITE
@pytest.mark.parametrize("verb", ["begin 1", "answer 1 one", "pass 1 one", "page", "result"])
async def test_who_is_not_in_the_chat_takes_nothing(
    shift: Shift, database_url: str, verb: str
) -> None:
    quiz = await posted(shift, database_url)
    mallory = shift.teams.user("Mallory")
    own = shift.teams.personal(mallory)
    name, *argument = verb.split()
    data = {"muster": " ".join(["1", f"take.{name}", quiz.action_id, *argument]), "one": "paris"}
    answer = await mallory.executes(own, None, f"take.{name}", data)
    assert answer.message == "This is not here, or not meant for this chat."
