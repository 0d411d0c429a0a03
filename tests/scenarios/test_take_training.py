"""Taking a training in Teams: page by page, back and on, to its certificate."""

from dataclasses import replace
from typing import Any

from actions.exam import Feedback
from actions.lesson import Lesson
from actions.questions import Question
from tests.actions.exams import ONE, READ, RIGHT, TRUE, a_training
from tests.fakes import FixedClock
from tests.scenarios.conftest import Shift
from tests.scenarios.exams import Exam, goes_through, posts_exam
from tests.scenarios.house import running
from tests.scenarios.steps import SQLITE, a_shift, action_id, in_place, miscounted
from tests.teams import Teams
from tests.teams.cards import buttons, find_action, inputs, rows, text

LAST = replace(READ, id="last", text="Remember", links=())
PUBLIC = {"MUSTER_PUBLIC_URL": "https://muster.example"}


async def posted(
    shift: Shift,
    database_url: str,
    *pages: Question,
    clock: FixedClock | None = None,
    **exam: Any,
) -> Exam:
    """Let Ada post a training."""
    made = a_training(*pages, **exam)
    message = await posts_exam(database_url, shift.ada, shift.chat, made, clock)
    return Exam(database_url, message, action_id(message))


async def test_a_training_is_read_answered_and_completed(shift: Shift, database_url: str) -> None:
    training = await posted(shift, database_url, feedback=Feedback.EACH, pass_mark=50)
    dialog = await training.opens(shift.ben)
    assert "Contents\n○ Read this\n○ 1 question\n○ Remember" in text(dialog.card)
    await dialog.submits("Start")
    assert "Page 1 of 3" in text(dialog.card)
    await dialog.submits("Next")
    await dialog.submits("Back")
    assert "Read this" in text(dialog.card)
    await dialog.submits("Continue")
    await dialog.submits("Answer", {"one": "paris"})
    assert "✔ Right" in text(dialog.card)
    await dialog.submits("Next")
    await dialog.submits("Later")
    again = await training.opens(shift.ben)
    assert "You are at page 3 of 3." in text(again.card)
    assert rows(again.card) == ["Read it again"] * 2
    await again.submits("Read it again", nth=1)
    assert "Your answer: Paris" in text(again.card)
    await again.submits("Continue")
    await again.submits("Next")
    assert "✔ Completed\n100 %" in text(again.card)
    assert await miscounted(database_url) == []


@SQLITE
async def test_a_completed_training_gives_one_certificate(teams: Teams, database_url: str) -> None:
    shift = a_shift(teams)
    async with running(teams, database_url, PUBLIC):
        training = await posted(shift, database_url, pass_mark=50, months=12)
        dialog = await training.opens(shift.ben)
        await dialog.submits("Start")
        film = find_action(dialog.card, "🔗 Page: Film")["url"]
        assert film.startswith("https://muster.example/open/")
        await dialog.submits("Next")
        await goes_through(dialog, RIGHT)
        await dialog.submits("Next")
        await dialog.submits("Certificate")
        address = find_action(dialog.card, "Download as PDF")["url"]
        assert address.startswith("https://muster.example/certificates/")
        assert shift.ben.name in text(dialog.card)
        await dialog.submits("My result")
        await dialog.submits("Certificate")
        assert find_action(dialog.card, "Download as PDF")["url"] == address


@SQLITE
async def test_without_an_address_on_the_web_it_is_said_what_to_do(
    shift: Shift, database_url: str
) -> None:
    training = await posted(shift, database_url, READ)
    dialog = await training.opens(shift.ben)
    await dialog.submits("Start")
    await dialog.submits("Next")
    await dialog.submits("Certificate")
    assert "Verification code" in text(dialog.card)
    assert "I have no address on the web" in text(dialog.card)
    assert buttons(dialog.card) == ["My result"]


@SQLITE
async def test_lessons_can_be_read_again_when_no_attempt_is_left(
    shift: Shift, database_url: str
) -> None:
    chapters = tuple(replace(READ, id=f"l{n}", text=f"Chapter {n}", links=()) for n in range(11))
    training = await posted(shift, database_url, *chapters, attempts=1)
    dialog = await training.opens(shift.ben)
    await dialog.submits("Start")
    for _ in chapters:
        await dialog.submits("Next")
    await dialog.submits("Contents")
    assert "✔ Chapter 9" in text(dialog.card)
    await dialog.submits("Next pages")
    await dialog.submits("Read it again")
    assert "Chapter 10" in text(dialog.card)


@SQLITE
async def test_a_page_is_stayed_at_and_a_training_gone_on_with_after_a_restart(
    teams: Teams, database_url: str
) -> None:
    shift, clock = a_shift(teams), FixedClock()
    long = Lesson("long", "Rules", "\n\n".join(["x" * 900] * 20), min_seconds=60)
    async with running(teams, database_url, clock=clock):
        training = await posted(shift, database_url, long, TRUE, LAST, clock=clock)
        dialog = await training.opens(shift.ben)
        await dialog.submits("Start")
        await dialog.submits("Read on")
        clock.advance(seconds=20)
        await dialog.submits("Next")
        assert "40 s are left" in text(dialog.card)
        assert "Part 2 of 2" in text(dialog.card)
        clock.advance(seconds=40)
        await dialog.submits("Next")
        assert list(inputs(dialog.card)) == ["true"]
    clock.advance(days=30)
    async with running(teams, database_url, clock=clock):
        again = await training.opens(shift.ben)
        assert "You are at page 2 of 3." in text(again.card)
        await again.submits("Continue")
        assert list(inputs(again.card)) == ["true"]


@SQLITE
async def test_a_training_is_taken_in_place_in_the_personal_chat(
    teams: Teams, database_url: str
) -> None:
    shift = a_shift(teams)
    chat = teams.personal(shift.ada)
    async with running(teams, database_url):
        message = await posts_exam(database_url, shift.ada, chat, a_training(READ, ONE, LAST))
        await shift.ada.taps(chat, message, "Start or continue")
        form = await chat.wait_for_message(lambda m: "Start" in buttons(m.card))
        await in_place(shift.ada, chat, form, "Start")
        await in_place(shift.ada, chat, form, "Next")
        await in_place(shift.ada, chat, form, "Back")
        await in_place(shift.ada, chat, form, "Continue")
        await in_place(shift.ada, chat, form, "Answer", {"one": "paris"})
        await in_place(shift.ada, chat, form, "Next")
        assert "✔ Completed" in text(form.card)
