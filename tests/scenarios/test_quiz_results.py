"""What comes of a quiz: figures, people, leaderboard, corrections, the file; who sees it."""

import csv
import json
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest

from actions.action import Settings, Visibility
from actions.exam import Feedback
from actions.fields import line_id
from actions.tallies import PASSED
from tests.actions.exams import RIGHT, WRONG, a_quiz, a_training
from tests.actions.quiz_drafts import a_quiz_form, planned
from tests.scenarios.conftest import Shift
from tests.scenarios.exams import Exam, goes_through, posts_exam
from tests.scenarios.exports import noted, offered
from tests.scenarios.steps import SQLITE, action_id, manage, miscounted, opened
from tests.scenarios.votes import crowd
from tests.teams import Chat, Dialog, Teams, User
from tests.teams.cards import buttons, rows, text, texts

EVERYONE = Settings(Visibility.EVERYONE, may_change=False)


async def posted(
    database_url: str, creator: User, chat: Chat, settings: Settings | None = None, **exam: Any
) -> Exam:
    """Let someone post a quiz of five questions, and take the roster."""
    made = a_quiz(**exam)
    made = replace(made, settings=settings or made.settings)
    message = await posts_exam(database_url, creator, chat, made)
    return Exam(database_url, message, action_id(message))


async def takes(quiz: Exam, user: User, typed: dict[str, str], pages: int = 99) -> Dialog:
    """Let someone take it, or only so many pages of it."""
    dialog = await quiz.opens(user)
    await dialog.submits("Start")
    await goes_through(dialog, typed, pages)
    return dialog


async def results(quiz: Exam, user: User) -> Dialog:
    """Let someone open the results."""
    return await user.opens(quiz.message.chat, quiz.message, "Results")


async def test_a_creator_who_has_not_taken_it_sees_everything(
    shift: Shift, database_url: str
) -> None:
    quiz = await posted(database_url, shift.ada, shift.chat, pass_mark=60)
    await takes(quiz, shift.ben, {**RIGHT, "one": "rome"})
    await takes(quiz, shift.chloe, WRONG, pages=2)
    dialog = await results(quiz, shift.ada)
    lines = texts(dialog.card)
    assert [lines[lines.index(name) - 1] for name in ("finished", "in progress")] == ["1", "1"]
    assert lines[lines.index("average score") - 1] == "83.3 %"
    assert "passed: 1 of 1" in lines
    await dialog.submits("Capital of France?")
    assert "Most frequent wrong answer: Rome (1 time)" in texts(dialog.card)
    await dialog.submits("Rome")
    assert "Ben Castillo" in text(dialog.card)
    await dialog.submits("All results")
    assert "✔ Paris" in texts(dialog.card)
    await dialog.submits("People")
    assert "83.33 % · passed" in text(dialog.card)
    await dialog.submits("In progress: 1")
    assert "2 of 5 done" in text(dialog.card)
    await dialog.submits("Chloé Lefèvre")
    assert "in progress" in text(dialog.card)
    assert "✘ Wrong · 0 of 1 point" in texts(dialog.card)
    await dialog.submits("Everyone")
    await dialog.submits("Ben Castillo")
    assert "Right is: Paris" in texts(dialog.card)
    assert await miscounted(database_url) == []


async def test_others_see_the_whole_while_it_runs_and_the_questions_after(
    shift: Shift, database_url: str
) -> None:
    quiz = await posted(database_url, shift.ada, shift.chat, EVERYONE, pass_mark=60)
    await takes(quiz, shift.ben, RIGHT)
    dialog = await results(quiz, shift.chloe)
    assert "average score" in texts(dialog.card)
    assert {"Questions", "Leaderboard"}.isdisjoint(buttons(dialog.card))
    for verb, argument in (
        ("question", "question=one"),
        ("texts", "question=text"),
        ("drill", "question=one&bucket=paris"),
        ("under_way", ""),
        ("leaders", ""),
    ):
        await dialog.submits_data({"muster": f"1 {verb} {quiz.action_id} {argument}".strip()})
        assert "Paris" not in text(dialog.card)
        assert text(dialog.card).count("⚠") == 1, (verb, text(dialog.card))
    await (await manage(shift.ada, shift.chat, quiz.message)).submits("Close now")
    dialog = await results(quiz, shift.chloe)
    await dialog.submits("Questions")
    assert "✔ Paris" in texts(dialog.card)
    assert "Ben Castillo" not in text(dialog.card)


async def test_scores_that_may_not_be_known_yet_are_in_nobodys_results(
    shift: Shift, database_url: str
) -> None:
    quiz = await posted(
        database_url, shift.ada, shift.chat, EVERYONE, feedback=Feedback.NEVER, leaderboard=True
    )
    await takes(quiz, shift.ben, RIGHT)
    dialog = await results(quiz, shift.ben)
    assert "Everyone sees the results after closing." in texts(dialog.card)
    assert "%" not in text(dialog.card)
    await shift.ben.refreshes(shift.chat, quiz.message)
    assert "%" not in text(shift.ben.view(shift.chat, quiz.message))
    await (await manage(shift.ada, shift.chat, quiz.message)).submits("Close now")
    dialog = await results(quiz, shift.ben)
    assert "100 %" in text(dialog.card)
    assert "Questions" not in buttons(dialog.card)
    await dialog.submits("Leaderboard")
    assert "Ben Castillo (you)" in texts(dialog.card)


async def test_everyone_who_took_part_sees_the_leaderboard(
    teams: Teams, muster: str, database_url: str
) -> None:
    assert muster
    chat, people = crowd(teams, 14)
    quiz = await posted(database_url, people[-1], chat, leaderboard=True)
    for number, person in enumerate(people[:13]):
        right = 5 if number < 2 else 4 if number < 4 else 3
        typed = {n: (RIGHT if p < right else WRONG)[n] for p, n in enumerate(RIGHT)}
        await takes(quiz, person, typed)
    dialog = await results(quiz, people[12])
    await dialog.submits("Leaderboard")
    lines = texts(dialog.card)
    places = [line.removesuffix("\\.") for line in lines if line.endswith("\\.")]
    assert places == ["🥇 1", "🥇 1", "🥉 3", "🥉 3", *["5"] * 7]
    assert "Person 0012 (you)" in lines
    await dialog.submits("Next page")
    assert [line for line in texts(dialog.card) if line.startswith("Person")] == [
        "Person 0010",
        "Person 0011",
        "Person 0012 (you)",
    ]
    creator = await results(quiz, people[-1])
    await creator.submits("Leaderboard")
    assert "(you)" not in text(creator.card)


@SQLITE
async def test_a_corrected_key_moves_scores_and_names_who_passes(
    shift: Shift, database_url: str
) -> None:
    plan = planned(a_quiz_form("one", "several", pass_mark="60"))
    made = replace(a_quiz(), content=plan.content, settings=plan.settings)
    message = await posts_exam(database_url, shift.ada, shift.chat, made)
    quiz = Exam(database_url, message, action_id(message))
    paris, rome = line_id("Paris"), line_id("Rome")
    await takes(quiz, shift.ben, {"q1": rome, "q2": f"{paris},{rome}"})
    await takes(quiz, shift.chloe, {"q1": paris, "q2": rome})
    dialog = await manage(shift.ada, shift.chat, message)
    await dialog.submits("Edit")
    await dialog.submits("Edit question 1")
    options = {"q.q1.options": "Paris\n*Rome\nBerlin"}
    await dialog.submits("Back to the list", dict(options))
    await dialog.submits("Save changes")
    said = text(dialog.card)
    assert "2 scores have changed." in said
    assert "Now passed: Ben Castillo." in said
    assert "No longer passed: Chloé Lefèvre." in said
    async with opened(database_url) as store:
        assert (await store.tallies(quiz.action_id)).counts[PASSED] == 1
    ((_, detail),) = await noted(database_url, "edited")
    assert (detail["changed"], len(detail["passed"]), len(detail["failed"])) == (2, 1, 1)
    assert await miscounted(database_url) == []


@pytest.mark.parametrize("form", ["CSV", "JSON"])
@SQLITE
async def test_the_file_has_scores_and_points(shift: Shift, database_url: str, form: str) -> None:
    quiz = await posted(database_url, shift.ada, shift.chat, pass_mark=60)
    await takes(quiz, shift.ben, RIGHT)
    await takes(quiz, shift.chloe, RIGHT, pages=1)
    chat, offer = await offered(shift.ada, "Fire drill", form)
    file = await shift.ada.accepts_file(offer)
    await chat.wait_until(lambda: file.done)
    if form == "CSV":
        (row,) = csv.DictReader(StringIO(file.content.decode("utf-8-sig")))
        assert (row["Name"], row["Percent"], row["Passed"]) == ("Ben Castillo", "100.00", "TRUE")
        assert row["Which are capitals? – points"] == "2.00"
    else:
        (one,) = json.loads(file.content)["responses"]
        assert (one["percent"], one["attempts"][0]["counts"]) == (100, True)


async def test_a_trainings_people_are_completed_in_progress_or_not_started(
    shift: Shift, database_url: str
) -> None:
    message = await posts_exam(database_url, shift.ada, shift.chat, a_training(pass_mark=50))
    training = Exam(database_url, message, action_id(message))
    dialog = await training.opens(shift.ben)
    await dialog.submits("Start")
    await dialog.submits("Next")
    shown = await results(training, shift.ada)
    await shown.submits("People")
    await shown.submits("In progress: 1")
    assert "1 of 3 done" in text(shown.card)
    assert rows(shown.card) == ["Ben Castillo"]
