"""Building quizzes and trainings: in a dialog and pasted, corrected after they were posted."""

import json

import pytest

from actions.exam import Exam, Feedback
from actions.fields import line_id
from actions.keys import Key
from tests.scenarios.conftest import Shift
from tests.scenarios.steps import SQLITE, in_place, manage
from tests.scenarios.test_build_survey import asked, listed, sends, stored, writes
from tests.teams import Dialog
from tests.teams.cards import find_action, inputs, text

PARIS, ROME = line_id("Paris"), line_id("Rome")
PASTED_FIELD = "Questions, and their options below them"

LINES = """\
? What is the capital of France?
* Paris
- Rome
# It has been since 987.
? How many days has a leap year?
= 366
? Water boils at 50 °C at sea level.
= false
? Who wrote Faust?
= Goethe
= J. W. Goethe
? Which are capitals?
* Paris
* Rome
- York
"""


async def all_five(dialog: Dialog) -> None:
    """Add a question of each type to a quiz, each with what is right."""
    await dialog.submits("Add question", {"title": "Capitals", "add": "one"})
    await writes(dialog, "Done", text="France?", options="Rome\nParis")
    assert "⚠ Put a star (*) before the option that is right." in text(dialog.card)
    await writes(dialog, "Explanation and more", options="Rome\n*Paris", points="2")
    await writes(dialog, "Back to the list", explanation="Since 987.")
    await dialog.submits("Add question", {"add": "several"})
    await writes(dialog, "Done", text="Which?", options="*Rome\n*Paris\nYork", partial=True)
    await dialog.submits("Add question", {"add": "yes_no"})
    await writes(dialog, "Done", text="Lifts are safe in a fire.")
    assert "⚠ Choose which of the two is right." in text(dialog.card)
    await writes(dialog, "Done", right="no")
    await dialog.submits("Add question", {"add": "number"})
    await writes(dialog, "Done", text="How fast?", right="nine")
    assert "⚠ This is not a number." in text(dialog.card)
    await writes(dialog, "Done", right="9.81", tolerance="0.05", unit="m/s")
    await dialog.submits("Add question", {"add": "short_text"})
    await writes(dialog, "Done", text="Who wrote Faust?")
    assert "⚠ Write what is right" in text(dialog.card)
    await writes(dialog, "Done", right="Goethe\nJ. W. Goethe")


async def test_a_quiz_of_all_types_is_built_and_posted_without_its_keys(
    shift: Shift, database_url: str
) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "quiz")
    assert dialog.title == "New quiz"
    await all_five(dialog)
    assert len(listed(dialog.card)) == 5
    taking = {"pass_mark": "70", "attempts": "2", "feedback": "never", "minutes": "20"}
    await dialog.submits("Preview", {**taking, "draw": "6"})
    assert "⚠ Give a whole number from 1 to 5." in text(dialog.card)
    await dialog.submits("Preview", {"draw": "4", "shuffle_questions": True})
    quiz = await sends(dialog, shift.chat)
    action = await stored(database_url, quiz)
    assert action.kind == "quiz"
    assert [q.type for q in action.content.questions] == [
        *("choice", "choice", "either", "number", "text"),
    ]
    assert list(action.content.keys.values()) == [
        Key((PARIS,), points=2, explanation="Since 987."),
        Key((ROME, PARIS), partial=True),
        Key("no"),
        Key(981, tolerance=5),
        Key(("Goethe", "J. W. Goethe")),
    ]
    assert action.content.exam == Exam(
        Feedback.NEVER, pass_mark=70, attempts=2, seconds=1_200, shuffle=True, draw=4
    )
    assert not action.settings.anonymous
    sent = json.dumps([message.card for message in shift.chat.messages])
    assert not any(secret in sent for secret in ("Goethe", "987", PARIS, "9.81"))


@SQLITE
async def test_a_quiz_is_pasted_with_what_is_right(shift: Shift, database_url: str) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "quiz")
    await dialog.submits("Paste many", {"title": "Pasted"})
    await dialog.submits("Add the questions", {PASTED_FIELD: LINES.replace("= 366", "= many")})
    await dialog.submits("Edit question 2")
    assert "✏️ Short text" in text(dialog.card)
    await dialog.submits("Explanation and more")
    await dialog.submits("Delete")
    await dialog.submits("Paste many")
    await dialog.submits("Add the questions", {PASTED_FIELD: "? How many?\n- a\n- b\n? Fine\n= 1"})
    assert "Nothing was added yet." in text(dialog.card)
    assert "⚠ Line 1: Put a star (*) before the option that is right." in text(dialog.card)
    await dialog.submits("Add the questions", {PASTED_FIELD: "? How many?\n= 366"})
    assert "1 question is added." in text(dialog.card)
    await dialog.submits("Preview")
    action = await stored(database_url, await sends(dialog, shift.chat))
    assert [key.right for key in action.content.keys.values()] == [
        *((PARIS,), "no", ("Goethe", "J. W. Goethe"), (PARIS, ROME), 36_600),
    ]


@SQLITE
async def test_moodles_questions_are_pasted_and_what_is_lost_is_told(
    shift: Shift, database_url: str
) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "quiz")
    await dialog.submits("Paste many", {"title": "Moodle"})
    gift = "::One:: Capital? {=Paris ~%50%Lyon ####Why}\n\nWater is wet. {T}\n\nEssay {}"
    await dialog.submits("Add the questions", {PASTED_FIELD: gift})
    assert "⚠ Line 5: An essay cannot be marked by itself" in text(dialog.card)
    await dialog.submits("Add the questions", {PASTED_FIELD: gift.removesuffix("Essay {}")})
    assert "2 questions are added." in text(dialog.card)
    assert "Line 1: “Lyon” gives 50 % of the points in Moodle." in text(dialog.card)
    await dialog.submits("Preview")
    action = await stored(database_url, await sends(dialog, shift.chat))
    assert list(action.content.keys.values()) == [Key((PARIS,), explanation="Why"), Key("yes")]


async def test_what_is_right_is_corrected_after_posting_and_types_stay(
    shift: Shift, database_url: str
) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "quiz")
    await all_five(dialog)
    await dialog.submits("Preview", {"minutes": "20"})
    quiz = await sends(dialog, shift.chat)
    before = await stored(database_url, quiz)
    edit = await manage(shift.ada, shift.chat, quiz)
    await edit.submits("Edit")
    assert edit.title == "Change quiz"
    assert {"minutes", "visibility", "leaderboard"}.isdisjoint(inputs(edit.card))
    await edit.submits("Edit question 1")
    await writes(edit, "Done", options="*Rome\nParis", points="3")
    await edit.submits("Edit question 4")
    await writes(edit, "Done", right="9.8067")
    assert "so what is right cannot have more" in text(edit.card)
    await edit.submits("Back to the list")
    await edit.submits("Save changes")
    assert text(edit.card).count("⚠ needs a look") == 1
    await edit.submits("Edit question 4")
    await writes(edit, "Done", right="9.8")
    await edit.submits("Save changes", {"pass_mark": "50"})
    assert "Your changes are saved." in text(edit.card)
    after = await stored(database_url, quiz)
    first, *_, number, _ = after.content.keys.values()
    assert (first.right, first.points, first.explanation) == ((ROME,), 3, "Since 987.")
    assert number == Key(980, tolerance=5)
    kept = [(q.id, q.type) for q in before.content.questions]
    assert [(q.id, q.type) for q in after.content.questions] == kept
    assert after.content.exam == Exam(pass_mark=50, seconds=1_200)


@SQLITE
async def test_a_training_of_lessons_and_questions_is_built_in_the_personal_chat(
    shift: Shift, database_url: str
) -> None:
    chat = await shift.ada.installs()
    await shift.ada.says(chat, "training Fire drill")
    form = await chat.wait_for_message(2)
    card = await in_place(shift.ada, chat, form, "Add page", {"add": "lesson"})
    assert "Page 1 of 1" in text(card)
    (heading,) = (name for name in inputs(card) if name.endswith(".text"))
    body = heading.replace(".text", ".body")
    card = await in_place(
        shift.ada, chat, form, "Done", {heading: "Leave", body: "By the stairs."}
    )
    card = await in_place(shift.ada, chat, form, "Add page", {"add": "yes_no"})
    (question,) = (name for name in inputs(card) if name.endswith(".text"))
    right = question.replace(".text", ".right")
    await in_place(shift.ada, chat, form, "Done", {question: "Lifts are safe.", right: "no"})
    card = await in_place(shift.ada, chat, form, "Preview", {"months": "12", "pass_mark": "100"})
    assert "Fire drill" in text(card)
    await in_place(shift.ada, chat, form, "Send")
    action = await stored(database_url, await chat.wait_for_message(3))
    assert (action.kind, asked(action)) == ("training", ["Leave", "Lifts are safe."])
    assert list(action.content.keys.values()) == [Key("no")]
    assert action.content.exam == Exam(
        Feedback.EACH, pass_mark=100, attempts=0, is_course=True, months=12
    )


@pytest.mark.parametrize(
    ("kind", "button", "preset"),
    [
        ("quiz", "Add question", "stars"),
        ("quiz", "Add question", "lesson"),
        ("training", "Add page", "likert"),
        ("survey", "Add question", "lesson"),
    ],
)
@SQLITE
async def test_only_what_a_kind_asks_can_be_added(
    shift: Shift, kind: str, button: str, preset: str
) -> None:
    dialog = await shift.ada.uses_command(shift.chat, kind)
    forged = find_action(dialog.card, button)["data"] | {"title": "Forged", "add": preset}
    await dialog.submits_data(forged)
    assert "Choose a type first." in text(dialog.card)


@pytest.mark.parametrize("kind", ["poll", "survey", "quiz", "training"])
@SQLITE
async def test_a_due_time_that_was_cleared_does_not_come_back(shift: Shift, kind: str) -> None:
    dialog = await shift.ada.uses_command(shift.chat, kind)
    await dialog.submits("Preview", {"title": "Kept"})
    await dialog.submits("Preview", {"date": "", "time": ""})
    assert inputs(dialog.card)["date"] is None
    assert inputs(dialog.card)["time"] is None
    assert "Give a day, or switch off" in text(dialog.card)


@SQLITE
async def test_numbers_of_a_poll_that_were_cleared_do_not_come_back(
    shift: Shift, database_url: str
) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "poll")
    typed = {"title": "Lunch?", "more": "Pizza\nSushi\nSoup", "choose": "several", "most": "x"}
    await dialog.submits("Preview", typed)
    await dialog.submits("Preview", {"most": "2"})
    await dialog.edits()
    await dialog.submits("Preview", {"most": ""})
    action = await stored(database_url, await sends(dialog, shift.chat))
    assert action.content.questions[0].form()["most"] == ""
    assert action.content.questions[0].encode()["most"] == 3
