"""The question bank: filled by pasting and by files, used in quizzes, and taken out again."""

import aiohttp
import pytest

from actions.banked import Selection
from actions.drafted import fields_of, question_ids
from bot.bank_files import LARGEST
from tests.scenarios.conftest import Shift
from tests.scenarios.exports import link_of, shows
from tests.scenarios.house import running
from tests.scenarios.steps import SQLITE, a_shift, draft_id, in_place, opened
from tests.scenarios.surveys import person_of
from tests.scenarios.test_build_survey import field
from tests.teams import Chat, Message, Teams, User
from tests.teams.cards import buttons, find_action, input_elements, inputs, rows, text

GIFT = """$CATEGORY: safety

::Alarm::What do you do first? {=Raise the alarm ~Run ####Others must know.}

Lifts are safe in a fire. {FALSE}

Tell us about your day. {}

What is the emergency number? {=112 =one one two}

You turn round at {#2.5:0.5} metres.
"""
ASKED = [
    "Alarm: What do you do first?",
    "Lifts are safe in a fire.",
    "What is the emergency number?",
    "You turn round at _____ metres.",
]
PUBLIC = "https://muster.example.org"


async def writes(user: User, chat: Chat, words: str) -> Message:
    """Write to the bot; gives the card that comes."""
    before = list(chat.messages)
    await user.says(chat, words)
    return await chat.wait_for_message(lambda one: one.has_card and one not in before)


async def sends_file(user: User, chat: Chat, name: str, content: bytes, **changes: str) -> Message:
    """Send a file to the bot; gives the card that comes."""
    before = list(chat.messages)
    assert await user.sends_file(chat, name, content, **changes) == 200
    return await chat.wait_for_message(lambda one: one.has_card and one not in before)


async def pasted(shift: Shift) -> tuple[Chat, Message]:
    """Let Ada paste the questions into her bank; gives the chat and the report."""
    chat = await shift.ada.installs()
    bank = await writes(shift.ada, chat, "question bank")
    assert "Nothing here yet." in text(bank.card)
    await in_place(shift.ada, chat, bank, "Import")
    await in_place(shift.ada, chat, bank, "Import", {"Questions as GIFT or as a table": GIFT})
    return chat, bank


async def test_questions_are_pasted_found_and_changed(shift: Shift) -> None:
    chat, bank = await pasted(shift)
    assert "4 new" in text(bank.card)
    assert "✖ Line 7: An essay cannot be marked by itself" in text(bank.card)
    await in_place(shift.ada, chat, bank, "Question bank")
    assert rows(bank.card) == ASKED
    assert "Choose one · 1 point · safety" in text(bank.card)

    await in_place(shift.ada, chat, bank, ASKED[0])
    assert "✔ Raise the alarm" in text(bank.card)
    assert "Others must know." in text(bank.card)
    card = await in_place(shift.ada, chat, bank, "Save", {"tags": "safety, fire", "name": ""})
    assert "It is saved." in text(card)
    card = await in_place(shift.ada, chat, bank, "Back")
    assert rows(card)[0] == "What do you do first?"

    await in_place(shift.ada, chat, bank, ASKED[1])
    await in_place(shift.ada, chat, bank, "Delete")
    await in_place(shift.ada, chat, bank, "Delete for good")
    assert "It is deleted." in text(bank.card)
    assert ASKED[1] not in rows(bank.card)


@SQLITE
async def test_what_is_typed_wrongly_is_told_at_its_field(shift: Shift) -> None:
    chat, bank = await pasted(shift)
    await in_place(shift.ada, chat, bank, "Import more")
    card = await in_place(shift.ada, chat, bank, "Import", {"pasted": " "})
    assert "Write or paste at least one question." in text(card)
    await in_place(shift.ada, chat, bank, "Back")
    await in_place(shift.ada, chat, bank, ASKED[0])
    tags = ", ".join(map(str, range(21)))
    card = await in_place(shift.ada, chat, bank, "Save", {"tags": tags})
    assert "These are 21 tags, and at most 20 are kept." in text(card)
    assert inputs(card)["tags"] == tags


@SQLITE
async def test_a_long_bank_is_searched_by_words_and_tags(shift: Shift) -> None:
    chat = await shift.ada.installs()
    table = "type,question,right,tags\n" + "".join(
        f"true/false,Question {n:02}?,true,{'odd' if n % 2 else 'even'}\n" for n in range(20)
    )
    report = await sends_file(shift.ada, chat, "questions.csv", table.encode())
    assert "20 new" in text(report.card)
    bank = await writes(shift.ada, chat, "bank")
    assert rows(bank.card)[-1] == "Question 07?"
    await in_place(shift.ada, chat, bank, "Next page")
    await in_place(shift.ada, chat, bank, "Next page")
    assert rows(bank.card) == [f"Question {n}?" for n in range(16, 20)]
    await in_place(shift.ada, chat, bank, "Search", {"Tag": "odd (10)"})
    assert rows(bank.card)[:2] == ["Question 01?", "Question 03?"]
    search = {"Search in names, questions, options and tags": "question 1"}
    await in_place(shift.ada, chat, bank, "Search", search)
    assert rows(bank.card) == [f"Question {n}?" for n in (11, 13, 15, 17, 19)]
    assert inputs(bank.card)["bank_tag"] == "#odd"


async def test_a_file_is_fetched_and_a_second_time_adds_nothing(shift: Shift) -> None:
    chat = await shift.ada.installs()
    report = await sends_file(shift.ada, chat, "questions.gift", GIFT.encode())
    assert "4 new" in text(report.card)
    await in_place(shift.ada, chat, report, "Question bank")
    assert rows(report.card) == ASKED
    again = await sends_file(shift.ada, chat, "questions.txt", GIFT.encode("utf-16"))
    assert "4 were there already" in text(again.card)


@SQLITE
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "There is nothing in this file."),
        (b"%PDF-1.7", "This is no file of questions that I can read."),
        (b"x" * (LARGEST + 1), "This file is too large: at most 2 MB are read."),
    ],
)
async def test_what_cannot_be_read_is_told(shift: Shift, content: bytes, said: str) -> None:
    chat = await shift.ada.installs()
    report = await sends_file(shift.ada, chat, "questions.gift", content)
    assert "nothing was imported" in text(report.card)
    assert said in text(report.card)


@SQLITE
@pytest.mark.parametrize(
    "address", ["http://169.254.169.254/latest", "https://example.com/x", "nonsense", ""]
)
async def test_nothing_is_fetched_from_anywhere_else(shift: Shift, address: str) -> None:
    chat = await shift.ada.installs()
    said = await sends_file(shift.ada, chat, "questions.gift", b"x", downloadUrl=address)
    assert "I could not fetch this file from your OneDrive." in text(said.card)


@SQLITE
async def test_findings_are_read_page_by_page_after_a_restart(
    teams: Teams, database_url: str
) -> None:
    shift = a_shift(teams)
    async with running(teams, database_url):
        chat = await shift.ada.installs()
        essays = "\n\n".join("Essay {}" for _ in range(30))
        report = await sends_file(shift.ada, chat, "essays.gift", essays.encode())
    async with running(teams, database_url):
        await in_place(shift.ada, chat, report, "Next page")
        await in_place(shift.ada, chat, report, "Next page")
        assert "To look at: 25–30 of 30" in text(report.card)
        assert "Line 59: An essay" in text(report.card)


@SQLITE
async def test_nobody_sees_the_bank_of_another(shift: Shift) -> None:
    chat, bank = await pasted(shift)
    await in_place(shift.ada, chat, bank, "Question bank")
    opens_first = find_action(bank.card, ASKED[0])
    bens = await shift.ben.installs()
    assert "Nothing here yet." in text((await writes(shift.ben, bens, "bank")).card)
    for verb in ("bank.open", "bank.save", "bank.ask_delete"):
        data = dict(opens_first["data"])
        data["muster"] = data["muster"].replace("bank.open", verb)
        answer = await shift.ben.executes(bens, bens.latest, verb, data)
        assert answer.message == "This question is no longer in your bank."


@SQLITE
async def test_in_a_group_the_bank_is_not_shown(shift: Shift) -> None:
    said = await writes(shift.ada, shift.chat, "bank")
    assert "Your questions are in our personal chat: write “bank” there." in text(said.card)


async def test_chosen_questions_come_into_a_quiz_and_one_of_its_own_into_the_bank(
    shift: Shift, database_url: str
) -> None:
    await pasted(shift)
    dialog = await shift.ada.uses_command(shift.chat, "quiz")
    await dialog.submits("From the question bank", {"title": "Safety"})
    (ticks,) = (one for one in input_elements(dialog.card) if one["id"] == "chosen")
    values = [choice["value"] for choice in ticks["choices"]]
    await dialog.submits("Add the questions")
    assert "Tick at least one question" in text(dialog.card)
    await dialog.submits("Add the questions", {"chosen": f"{values[0]},{values[2]}"})
    assert "2 questions are added." in text(dialog.card)
    assert "1. What do you do first?" in text(dialog.card).replace("\\", "")
    assert inputs(dialog.card)["title"] == "Safety"

    async with opened(database_url) as store:
        draft = await store.draft(draft_id(dialog.card, "Preview"))
    first, second = (fields_of(draft.values, one) for one in question_ids(draft.values))
    assert first["options"].splitlines() == ["*Raise the alarm", "Run"]
    assert (second["preset"], second["right"]) == ("short_text", "112\none one two")

    await dialog.submits("Add question", {"add": "yes_no"})
    await dialog.submits("Explanation and more", {field(dialog.card, "text"): "Smoke rises."})
    await dialog.submits("Keep in the question bank")
    assert "Choose which of the two is right." in text(dialog.card)
    right = {field(dialog.card, "right"): "yes"}
    await dialog.submits("Explanation and more", right)
    await dialog.submits("Keep in the question bank")
    assert "The question is in your bank." in text(dialog.card)
    bank = await writes(shift.ada, shift.teams.personal(shift.ada), "bank")
    assert rows(bank.card) == ["Smoke rises.", *ASKED]

    await dialog.submits("From the question bank")
    (ticks,) = (one for one in input_elements(dialog.card) if one["id"] == "chosen")
    assert not ticks.get("value")
    await dialog.submits("Back to the list")
    assert "3. Smoke rises." in text(dialog.card).replace("\\", "")


@SQLITE
async def test_a_survey_takes_and_gives_no_questions_with_keys(shift: Shift) -> None:
    await pasted(shift)
    dialog = await shift.ada.uses_command(shift.chat, "survey")
    assert "From the question bank" not in buttons(dialog.card)
    draft = draft_id(dialog.card, "Preview")
    for verb in ("build.bank", "build.picked", "build.unpicked"):
        await dialog.submits_data({"muster": f"1 {verb} {draft} survey"})
        assert "This button is from another version." in text(dialog.card)


@SQLITE
async def test_there_is_no_other_form_of_an_export(shift: Shift) -> None:
    chat = await shift.ada.installs()
    data = {"muster": "1 bank.file - json"}
    answer = await shift.ada.executes(chat, chat.latest, "bank.file", data)
    assert answer.message == "This button is from another version. Ask for the card again."


@SQLITE
async def test_ticks_stay_from_page_to_page(shift: Shift) -> None:
    chat = await shift.ada.installs()
    lines = "".join(f"Question {n:02}? {{TRUE}}\n\n" for n in range(10))
    await sends_file(shift.ada, chat, "questions.gift", lines.encode())
    quiz = await writes(shift.ada, chat, "quiz Safety")
    card = await in_place(shift.ada, chat, quiz, "From the question bank")
    (ticks,) = (one for one in input_elements(card) if one["id"] == "chosen")
    third = ticks["choices"][2]["value"]
    card = await in_place(shift.ada, chat, quiz, "Next page", {"chosen": third})
    assert "1 more is ticked on other pages." in text(card)
    (ticks,) = (one for one in input_elements(card) if one["id"] == "chosen")
    last = ticks["choices"][1]["value"]
    card = await in_place(shift.ada, chat, quiz, "Add the questions", {"chosen": last})
    assert "2 questions are added." in text(card)
    lines = text(card).replace("\\", "")
    assert "1. Question 02?" in lines
    assert "2. Question 09?" in lines


@pytest.mark.parametrize(("form", "ending"), [("Excel", "xlsx"), ("CSV", "csv"), ("GIFT", "gift")])
async def test_what_is_exported_is_imported_the_same(
    shift: Shift, database_url: str, form: str, ending: str
) -> None:
    chat, bank = await pasted(shift)
    await in_place(shift.ada, chat, bank, "Question bank")
    before = list(chat.messages)
    await shift.ada.taps(chat, bank, "Export")
    await shift.ada.taps(chat, bank, form)
    assert "It comes below in a moment." in text(shift.ada.view(chat, bank))
    offer = await chat.wait_for_message(lambda one: one.offers_file and one not in before)
    assert offer.offered["name"] == f"Question bank.{ending}"
    upload = await shift.ada.accepts_file(offer)
    await shows(chat, offer, "Results successfully downloaded.")

    report = await sends_file(shift.ada, chat, upload.name, bytes(upload.content))
    assert "4 were there already" in text(report.card)
    bens = await shift.ben.installs()
    report = await sends_file(shift.ben, bens, f"mine.{ending}", bytes(upload.content))
    assert "4 new" in text(report.card)
    async with opened(database_url) as store:
        banks = [
            await store.bank_page(person_of(user, place).key, Selection(), "", 10)
            for user, place in ((shift.ada, chat), (shift.ben, bens))
        ]
    adas, copied = ([one.item for one in page.items] for page in banks)
    assert (len(adas), copied) == (4, adas)


@SQLITE
async def test_by_a_link_only_what_is_looked_at_comes(teams: Teams, database_url: str) -> None:
    shift = a_shift(teams)
    async with running(teams, database_url, {"MUSTER_PUBLIC_URL": PUBLIC}) as address:
        chat = await shift.ada.installs()
        table = "type,question,right,tags\ntrue/false,A?,true,odd\ntrue/false,=B?,true,even\n"
        await sends_file(shift.ada, chat, "questions.csv", table.encode())
        quiz = await shift.ada.uses_command(shift.chat, "quiz")
        await quiz.submits_data({"muster": "1 bank.file - csv", "in_tag": "even"})
        link = link_of(quiz.card).replace(PUBLIC, address)
        async with aiohttp.ClientSession() as session, session.get(link) as answer:
            assert answer.status == 200
            assert "Question%20bank.csv" in answer.headers["Content-Disposition"]
            lines = (await answer.read()).decode("utf-8-sig").splitlines()
    assert [line.split(",")[1] for line in lines] == ["question", "'=B?"]
    assert buttons(quiz.card) == ["Download", "Back"]
