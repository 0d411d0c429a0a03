"""Building a survey: in a dialog and in the personal chat, question by question or pasted."""

import pytest

from actions.action import Action
from actions.conditions import Operator
from actions.fields import line_id
from actions.questions import Question
from cards.envelope import Envelope
from tests.scenarios.conftest import Shift
from tests.scenarios.house import running
from tests.scenarios.steps import (
    SQLITE,
    a_shift,
    action_id,
    draft_id,
    in_place,
    makes_poll,
    manage,
    opened,
)
from tests.teams import Chat, Dialog, Message, Teams, User
from tests.teams.cards import Card, buttons, find_action, inputs, rows, text

GONE = "This draft is gone. Start a new one."
OLD_BUTTON = "This button is from another version. Ask for the card again."


async def stored(database_url: str, message: Message) -> Action:
    """Give the action that a card shows, as the tables have it."""
    async with opened(database_url) as store:
        return await store.action(action_id(message))


def asked(action: Action) -> list[str]:
    """Give what is asked, in its order."""
    return [question.text for question in action.content.questions]


def listed(card: Card) -> list[str]:
    """Give the questions in the list that a form shows, by their numbers and texts."""
    lines = text(card).splitlines()
    return [line.replace("\\", "") for line in lines if line[:1].isdigit() and ". " in line]


def field(card: Card, name: str) -> str:
    """Give the whole name of a field of the question that is shown."""
    (found,) = (one for one in inputs(card) if one.startswith("q.") and one.endswith(f".{name}"))
    return found


async def writes(dialog: Dialog, button: str, **fields: str | bool) -> None:
    """Type into fields of the question that is shown, and press a button."""
    typed = {field(dialog.card, name): value for name, value in fields.items()}
    await dialog.submits(button, typed)


async def sends(dialog: Dialog, chat: Chat) -> Message:
    """Post what a dialog previews."""
    before = list(chat.messages)
    await dialog.sends()
    return await chat.wait_for_message(lambda message: message not in before)


async def begins(user: User, chat: Chat, title: str = "Canteen") -> Message:
    """Open the form in the personal chat."""
    before = len(chat.messages)
    await user.says(chat, f"survey {title}")
    return await chat.wait_for_message(before + 1)


async def test_a_survey_is_built_from_the_message_field(shift: Shift, database_url: str) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "survey")
    assert dialog.title == "New survey"
    await dialog.submits("Add question", {"title": "Canteen", "add": "several"})
    assert dialog.title == "Question 1 of 1"
    await writes(dialog, "Done", text="Which days?", options="Mon\nTue\nWed", required=True)
    assert listed(dialog.card) == ["1. Which days?"]
    assert inputs(dialog.card)["title"] == "Canteen"

    await dialog.submits("Add question", {"add": "stars"})
    await writes(dialog, "Add another", text="How was the food?", levels="7", low_label="poor")
    await writes(dialog, "Done", text="How was the service?")
    await dialog.submits("Add question", {"add": "long_text"})
    await writes(dialog, "More", text="What went wrong?")
    await writes(dialog, "Show it only if …", help="Be frank", starts_page=True)
    await dialog.submits("Next", {"The earlier question": "2. How was the food?"})
    await dialog.submits("Done", {"Its answer": "is below", "What it is compared with": "3 of 7"})
    said = "Shown only if the answer to “2. How was the food?” is below “3 of 7”."
    assert said in text(dialog.card)
    await dialog.submits("Back to the list")
    assert "📝 Long text · has a rule · new page" in text(dialog.card)

    await dialog.submits("Preview")
    survey = await sends(dialog, shift.chat)
    action = await stored(database_url, survey)
    days, food, service, wrong = action.content.questions
    assert asked(action) == [
        *("Which days?", "How was the food?", "How was the service?", "What went wrong?"),
    ]
    assert [q.about.required for q in action.content.questions] == [True, False, False, False]
    assert days.form()["options"] == "Mon\nTue\nWed"
    assert (food.form()["levels"], service.form()["levels"]) == ("7", "5")
    rule = wrong.about.shown_if
    assert rule is not None
    assert (rule.question, rule.operator, rule.value) == (food.id, Operator.BELOW, "3")
    assert (wrong.about.help, wrong.about.starts_page) == ("Be frank", True)
    assert action.kind == "survey"


async def test_a_survey_is_built_in_the_personal_chat_and_survives_a_restart(
    teams: Teams, database_url: str
) -> None:
    shift = a_shift(teams)
    chat = teams.personal(shift.ada)
    async with running(teams, database_url):
        form = await begins(shift.ada, chat)
        typed = {"Description": "Two minutes", "add": "one"}
        card = await in_place(shift.ada, chat, form, "Add question", typed)
        question = {field(card, "text"): "Lunch?", field(card, "options"): "Pizza\nSushi"}
        await in_place(shift.ada, chat, form, "Done", question)
        card = await in_place(shift.ada, chat, form, "Add question", {"add": "date"})
        # What stands on the page when the bot goes down is stored by the next press only.
        await in_place(shift.ada, chat, form, "More", {field(card, "text"): "When?"})
    async with running(teams, database_url):
        await in_place(shift.ada, chat, form, "Back to the list")
        assert listed(form.card) == ["1. Lunch?", "2. When?"]
        assert inputs(form.card)["title"] == "Canteen"
        assert inputs(form.card)["description"] == "Two minutes"
        await in_place(shift.ada, chat, form, "Later")
        await shift.ada.says(chat, "my actions")
        mine = await chat.wait_for_message(2)
        await in_place(shift.ada, chat, mine, "Canteen")
        assert listed(mine.card) == ["1. Lunch?", "2. When?"]
        await in_place(shift.ada, chat, mine, "Move question 2 up")
        await in_place(shift.ada, chat, mine, "Preview")
        assert "Every question may be left out" in text(mine.card)
        await in_place(shift.ada, chat, mine, "Send anyway")
        posted = await chat.wait_for_message(3)
        assert asked(await stored(database_url, posted)) == ["When?", "Lunch?"]


async def five(dialog: Dialog) -> None:
    """Paste five questions."""
    await dialog.submits("Paste many", {"title": "Canteen"})
    lines = "? One *\n? Two\n? Three (yes/no)\n? Four (number)\n? Five\n- a\n- b"
    await dialog.submits("Add the questions", {"pasted": lines})


@SQLITE
async def test_questions_move_are_copied_deleted_and_put_back(
    shift: Shift, database_url: str
) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "survey")
    await five(dialog)
    assert "5 questions are added." in text(dialog.card)
    await dialog.submits("Move question 1 down")
    await dialog.submits("Move question 5 up")
    assert listed(dialog.card) == ["1. Two", "2. One", "3. Three", "4. Five", "5. Four"]
    await dialog.submits("Edit question 2")
    await dialog.submits("More")
    await dialog.submits("Duplicate")
    await writes(dialog, "Done", text="One again")
    await dialog.submits("Edit question 1")
    await dialog.submits("More")
    await dialog.submits("Delete")
    assert listed(dialog.card) == ["1. One", "2. One again", "3. Three", "4. Five", "5. Four"]
    assert "Question 1 is deleted." in text(dialog.card)
    await dialog.submits("Undo")
    assert listed(dialog.card)[0] == "1. Two"
    assert "Undo" not in buttons(dialog.card)
    await dialog.submits("Edit question 3")
    await dialog.submits("More")
    await dialog.submits("Delete")
    await dialog.submits("Preview")
    action = await stored(database_url, await sends(dialog, shift.chat))
    assert asked(action) == ["Two", "One", "Three", "Five", "Four"]


@SQLITE
async def test_a_press_that_comes_twice_counts_once(shift: Shift) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "survey")
    first = find_action(dialog.card, "Add question")["data"] | {"title": "C", "add": "date"}
    for _ in range(2):
        await dialog.submits_data(first)
        assert dialog.title == "Question 1 of 1"
    another = find_action(dialog.card, "Add another")["data"]
    for _ in range(2):
        await dialog.submits_data(another)
        assert dialog.title == "Question 2 of 2"
    await dialog.submits("More")
    copy = find_action(dialog.card, "Duplicate")["data"]
    for _ in range(2):
        await dialog.submits_data(copy)
        assert dialog.title == "Question 3 of 3"
    await dialog.submits("Back to the list")
    down = find_action(dialog.card, "Move question 1 down")["data"]
    for _ in range(2):
        await dialog.submits_data(down)
    await dialog.submits("Paste many")
    pasted = find_action(dialog.card, "Add the questions")["data"] | {"pasted": "? One\n? Two"}
    for _ in range(2):
        await dialog.submits_data(pasted)
        assert "5 questions" in text(dialog.card)
    await dialog.submits("Edit question 5")
    await dialog.submits("More")
    delete = find_action(dialog.card, "Delete")["data"]
    await dialog.submits_data(delete)
    undo = find_action(dialog.card, "Undo")["data"]
    for _ in range(2):
        await dialog.submits_data(undo)
        assert "5 questions" in text(dialog.card)
    for words in ("4 questions", "This is no longer there."):
        await dialog.submits_data(delete)
        assert words in text(dialog.card)


@SQLITE
async def test_pasted_lines_are_all_right_or_nothing_is_added(
    shift: Shift, database_url: str
) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "survey")
    await dialog.submits("Paste many", {"title": "Canteen"})
    lines = "? Lunch? (several) *\n- Pizza\n- Pizza\n---\nwords\n? Why (long text)"
    await dialog.submits("Add the questions", {"pasted": lines})
    assert "Line 3: this option is in line 2 already." in text(dialog.card)
    assert "Line 5: “words” is neither a question nor an option." in text(dialog.card)
    assert inputs(dialog.card)["pasted"] == lines
    # Looking at the list meanwhile loses nothing.
    await dialog.submits("Back to the list")
    assert "No questions yet" in text(dialog.card)
    await dialog.submits("Paste many")
    assert inputs(dialog.card)["pasted"] == lines
    right = lines.replace("- Pizza\n---\nwords", "- Sushi\n---")
    await dialog.submits("Add the questions", {"pasted": right})
    assert listed(dialog.card) == ["1. Lunch?", "2. Why"]
    await dialog.submits("Paste many")
    assert inputs(dialog.card)["pasted"] is None
    await dialog.submits("Back to the list")
    await dialog.submits("Preview")
    lunch, why = (await stored(database_url, await sends(dialog, shift.chat))).content.questions
    assert (lunch.about.required, lunch.form()["options"]) == (True, "Pizza\nSushi")
    assert (why.form()["long"], why.about.starts_page) == ("true", True)


@SQLITE
async def test_fifty_questions_are_paged_and_a_problem_is_found(shift: Shift) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "survey")
    await dialog.submits("Paste many", {"title": "Canteen"})
    await dialog.submits("Add the questions", {"pasted": "\n".join(f"? Q{n}" for n in range(50))})
    assert "Questions 1–8 of 50" in text(dialog.card)
    for _ in range(3):
        await dialog.submits("Next questions")
    assert "Questions 25–32 of 50" in text(dialog.card)
    await dialog.submits("Edit question 30")
    await writes(dialog, "Back to the list", text="")
    assert "Questions 25–32 of 50" in text(dialog.card)
    assert "⚠ needs a look" in text(dialog.card)
    for _ in range(3):
        await dialog.submits("Previous questions")
    await dialog.submits("Preview the form")
    assert "Edit question 30" in rows(dialog.card)
    await dialog.submits("Edit question 30")
    await writes(dialog, "Done", text=" ")
    assert "Write the question." in text(dialog.card)
    await writes(dialog, "Done", text="Thirty?")
    await dialog.submits("Preview the form")
    assert "Page 1 of" in text(dialog.card)
    await dialog.submits("Next")
    assert "Page 2 of" in text(dialog.card)
    await dialog.submits("Back to the list")
    assert "50" in text(dialog.card)


@SQLITE
async def test_a_question_shows_what_is_wrong_and_keeps_what_was_typed(shift: Shift) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "survey")
    await dialog.submits("Add question", {"title": "Canteen", "add": "several"})
    await writes(dialog, "Done", text="", options="Pizza\npizza", most="9000", other=True)
    for words in ("Write the question.", "“pizza” is there twice", "Give a whole number"):
        assert words in text(dialog.card)
    held = inputs(dialog.card)
    assert held[field(dialog.card, "options")] == "Pizza\npizza"
    assert held[field(dialog.card, "most")] == "9000"
    assert held[field(dialog.card, "other")] == "true"
    await writes(dialog, "Done", text="Lunch?", options="Pizza\nSushi", most="")
    assert "needs a look" not in text(dialog.card)
    # A picture's address is wrong: the screen with that field is the one that opens.
    await dialog.submits("Edit question 1")
    await dialog.submits("More")
    await writes(dialog, "Back", image="cat.png")
    assert "⚠ More" in buttons(dialog.card)
    await dialog.submits("Done")
    assert "beginning with https://" in text(dialog.card)


@SQLITE
async def test_a_rule_loses_its_question_and_says_so(shift: Shift, database_url: str) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "survey")
    await five(dialog)
    await dialog.submits("Edit question 5")
    await dialog.submits("More")
    await dialog.submits("Show it only if …")
    await dialog.submits("Next", {"The earlier question": "3. Three"})
    await dialog.submits("Another question")
    await dialog.submits("Next", {"The earlier question": "4. Four"})
    await dialog.submits("Done", {"Its answer": "is above", "What it is compared with": "x"})
    assert "is above" in text(dialog.card)
    assert "⚠" in text(dialog.card)
    await dialog.submits("Done", {"What it is compared with": "3"})
    await dialog.submits("Back to the list")
    await dialog.submits("Edit question 4")
    await dialog.submits("More")
    await dialog.submits("Delete")
    assert text(dialog.card).count("⚠ needs a look") == 1
    await dialog.submits("Preview")
    await dialog.submits("Edit question 4")
    await dialog.submits("⚠ More")
    await dialog.submits("⚠ Show it only if …")
    assert "was deleted. Choose another, or no rule." in text(dialog.card)
    await dialog.submits("Next", {"The earlier question": "3. Three"})
    await dialog.submits("Done", {"Its answer": "is", "What it is compared with": "Yes"})
    await dialog.submits("Back to the list")
    await dialog.submits("Preview")
    action = await stored(database_url, await sends(dialog, shift.chat))
    rule = action.content.questions[3].about.shown_if
    assert rule is not None
    assert (rule.question, rule.value) == (action.content.questions[2].id, "yes")


@SQLITE
async def test_a_rule_can_be_taken_away(shift: Shift, database_url: str) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "survey")
    await five(dialog)
    await dialog.submits("Edit question 5")
    await dialog.submits("More")
    await dialog.submits("Show it only if …")
    await dialog.submits("Next", {"The earlier question": "3. Three"})
    await dialog.submits("No rule")
    assert "Shown to everyone." in text(dialog.card)
    await dialog.submits("Back to the list")
    await dialog.submits("Preview")
    action = await stored(database_url, await sends(dialog, shift.chat))
    assert all(q.about.shown_if is None for q in action.content.questions)


@SQLITE
async def test_a_question_becomes_one_of_another_type(shift: Shift, database_url: str) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "survey")
    await dialog.submits("Add question", {"title": "Canteen", "add": "one"})
    await writes(dialog, "More", text="Lunch?", options="Pizza\nSushi", required=True)
    await dialog.submits("Change the type", {"change": "ranking"})
    assert "🏅 Ranking" in text(dialog.card)
    await dialog.submits("Done")
    await dialog.submits("Preview")
    (lunch,) = (await stored(database_url, await sends(dialog, shift.chat))).content.questions
    assert (lunch.type, lunch.text, lunch.form()["options"]) == (
        *("ranking", "Lunch?", "Pizza\nSushi"),
    )


@SQLITE
async def test_a_cleared_date_is_cleared(shift: Shift, database_url: str) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "survey")
    await dialog.submits("Add question", {"title": "Canteen", "add": "date"})
    await writes(dialog, "Done", text="When?", min="2026-12-01", max="2026-12-24", required=True)
    await dialog.submits("Edit question 1")
    await writes(dialog, "Done", max="")
    await dialog.submits("Preview")
    (when,) = (await stored(database_url, await sends(dialog, shift.chat))).content.questions
    assert when.form() == {"min": "2026-12-01", "max": ""}


@SQLITE
async def test_nothing_that_must_be_answered_is_asked_about_before_teams_previews(
    shift: Shift, database_url: str
) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "survey")
    await dialog.submits("Add question", {"title": "Canteen", "add": "date"})
    await writes(dialog, "Done", text="When?")
    await dialog.submits("Preview")
    assert "Every question may be left out" in text(dialog.card)
    await dialog.submits("Edit")
    assert listed(dialog.card) == ["1. When?"]
    await dialog.submits("Preview")
    await dialog.submits("Go on")
    survey = await sends(dialog, shift.chat)
    assert asked(await stored(database_url, survey)) == ["When?"]


async def test_what_is_posted_can_be_changed(shift: Shift, database_url: str) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "survey")
    await five(dialog)
    await dialog.submits("Preview")
    survey = await sends(dialog, shift.chat)
    before = await stored(database_url, survey)
    edit = await manage(shift.ada, shift.chat, survey)
    await edit.submits("Edit")
    assert edit.title == "Change survey"
    assert "removes answers" in text(edit.card)
    await edit.submits("Edit question 5")
    await writes(edit, "More", options="b\nc")
    await edit.submits("Back to the list")
    await edit.submits("Edit question 1")
    await edit.submits("More")
    await edit.submits("Delete")
    await edit.submits("Add question", {"add": "stars"})
    await writes(edit, "Done", text="Six")
    await edit.submits("Save changes", {"title": "Canteen, changed"})
    assert "Your changes are saved." in text(edit.card)
    after = await stored(database_url, survey)
    assert after.content.title == "Canteen, changed"
    assert asked(after) == ["Two", "Three", "Four", "Five", "Six"]
    kept = [question.id for question in before.content.questions[1:]]
    assert [question.id for question in after.content.questions[:4]] == kept
    assert options_of(after.content.questions[3]) == [line_id("b"), line_id("c")]


def options_of(question: Question) -> list[str]:
    """Give the ids of a question's options."""
    return [str(option[0]) for option in question.encode()["options"]]


@SQLITE
async def test_a_survey_can_be_duplicated(shift: Shift, database_url: str) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "survey")
    await five(dialog)
    await dialog.submits("Preview")
    survey = await sends(dialog, shift.chat)
    copy = await manage(shift.ada, shift.chat, survey)
    await copy.submits("Duplicate")
    assert copy.title == "New survey"
    await copy.submits("Preview", {"title": "Canteen II"})
    await copy.submits("Send")
    posted = await shift.chat.wait_for_message(lambda m: "Canteen II" in text(m.card))
    original = await stored(database_url, survey)
    assert (await stored(database_url, posted)).content.questions == original.content.questions


BUILDING = [
    *("build.list", "build.add", "build.another", "build.open", "build.done", "build.more"),
    *("build.change", "build.rule", "build.ruled", "build.rule_anew", "build.unruled"),
    *("build.move", "build.duplicate", "build.delete", "build.put_back"),
    *("build.paste", "build.pasted", "build.try"),
]


@pytest.mark.parametrize("verb", BUILDING)
@SQLITE
async def test_only_its_creator_builds_a_survey(shift: Shift, verb: str) -> None:
    chat, other = await shift.ada.installs(), await shift.ben.installs()
    form = await begins(shift.ada, chat)
    card = await in_place(shift.ada, chat, form, "Add question", {"add": "date"})
    await in_place(shift.ada, chat, form, "Done", {field(card, "text"): "When?"})
    name = str(find_action(form.card, "Edit question 1")["data"]["of"])
    stolen = Envelope(verb, draft_id(form.card, "Preview"), "survey").encode() | {
        "of": name,
        "title": "Mine now",
        "pasted": "? Mine",
        f"q.{name}.text": "Mine",
    }
    for where in (other, shift.chat):
        answer = await shift.ben.executes(where, None, verb, stolen)
        assert answer.message == GONE
    await in_place(shift.ada, chat, form, "Edit question 1")
    assert inputs(form.card)[field(form.card, "text")] == "When?"


@pytest.mark.parametrize("verb", BUILDING)
@SQLITE
async def test_a_poll_is_not_built_from_questions(shift: Shift, verb: str) -> None:
    poll = await makes_poll(shift.ada, shift.chat)
    chat = await shift.ada.installs()
    await shift.ada.says(chat, "poll")
    form = await chat.wait_for_message(1)
    data = Envelope(verb, draft_id(form.card, "Preview"), "poll").encode()
    answer = await shift.ada.executes(chat, form, verb, data | {"add": "date", "of": "q"})
    assert answer.message == OLD_BUTTON
    posted = Envelope(verb, action_id(poll), "survey").encode()
    answer = await shift.ada.executes(chat, form, verb, posted | {"add": "date", "of": "q"})
    assert answer.message is not None


@pytest.mark.parametrize("of", ["", "q9", "constructor", "x" * 500])
@SQLITE
async def test_a_question_that_there_is_not_leads_to_the_list(shift: Shift, of: str) -> None:
    chat = await shift.ada.installs()
    form = await begins(shift.ada, chat)
    await in_place(shift.ada, chat, form, "Paste many")
    await in_place(shift.ada, chat, form, "Add the questions", {"pasted": "? One\n? Two"})
    draft = draft_id(form.card, "Preview")
    for verb in ("build.open", "build.done", "build.delete", "build.move", "build.rule"):
        data = Envelope(verb, draft, "survey").encode() | {"of": of, "place": "x"}
        answer = await shift.ada.executes(chat, form, verb, data)
        assert "This is no longer there." in text(answer.card)
        assert listed(answer.card or {}) == ["1. One", "2. Two"]


@SQLITE
async def test_what_a_survey_asks_cannot_be_forged_past_its_builder(shift: Shift) -> None:
    dialog = await shift.ada.uses_command(shift.chat, "survey")
    forged = find_action(dialog.card, "Preview")["data"] | {
        "title": "Canteen",
        "questions": "a",
        "q.a.preset": "date",
        "q.a.text": "When?",
        "q.a.required": "true",
        "closes": "false",
    }
    await dialog.submits_data(forged)
    assert "Give 1 to 200 questions; you have 0." in text(dialog.card)
    await dialog.submits("Add question", {"add": "date"})
    done = find_action(dialog.card, "Done")["data"]
    name = done["of"]
    await dialog.submits_data(
        done | {f"q.{name}.text": "When?", f"q.{name}.preset": "stars", "questions": ""}
    )
    assert "📅 Date" in text(dialog.card)
    assert listed(dialog.card) == ["1. When?"]
