"""Logs, metrics and refusals hold no name, no answer and no secret, whatever people do.

In all that is called or written here is one word. Each test lets people do something with it; what
the bot logs meanwhile, by its own configuration and with the libraries at their most talkative, is
searched at the end, as are its numbers and its answers to what was wrong.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import typst
from sqlalchemy import text as sql

from bot.certificate_pdf import FONTS
from cards.envelope import Envelope
from storage.engine import open_engine
from tests.actions.checklists import a_checklist
from tests.actions.exams import a_quiz, a_training
from tests.actions.surveys import a_survey
from tests.scenarios.exams import Exam, goes_through, posts_exam
from tests.scenarios.exports import link_of, offered, shows
from tests.scenarios.house import SECRET
from tests.scenarios.processes import processes
from tests.scenarios.secretive import ASKED, KEYS, LESSON, WORD, Secretive, secretive
from tests.scenarios.steps import SQLITE, action_id, manage
from tests.scenarios.test_attacks import BAD_TOKENS
from tests.scenarios.votes import counts
from tests.teams import Forgery, Message, Teams
from tests.teams.cards import find_action, text

pytestmark = SQLITE

SAID = {"one": "a", "text": f"{WORD} in my own words"}


@pytest.fixture
async def there(database_url: str) -> AsyncIterator[Secretive]:
    """Give the chat; nothing may have leaked when the test is over."""
    async with secretive(database_url, logging.DEBUG) as made:
        yield made
        # The libraries do talk: what follows would find nothing in silence.
        assert "library" in made.events()


async def test_the_search_finds_what_leaks(database_url: str) -> None:
    with pytest.raises(AssertionError, match=r"logs: .*Quibble"):
        async with secretive(database_url, logging.WARNING) as there:
            there.stream.write(f'{{"event": "careless", "name": "{there.shift.ben.name}"}}\n')


async def test_a_poll_is_voted_on_managed_and_exported(there: Secretive) -> None:
    ada, ben, chloe = there.people
    poll = await there.poll()
    await ben.taps(there.chat, poll, f"Choose {WORD} pizza")
    await chloe.taps(there.chat, poll, f"Choose {WORD} sushi")
    dialog = await ada.opens(there.chat, poll, "Results")
    assert f"{WORD} pizza" in text(dialog.card)
    own, offer = await offered(ada, f"{WORD} lunch?")
    await ada.accepts_file(offer)
    await shows(own, offer, "is in your OneDrive.")
    dialog = await manage(ada, there.chat, poll)
    await dialog.submits("Export")
    await dialog.submits("Excel")
    address = link_of(dialog.card).removeprefix("https://muster.example")
    assert (await there.gets(address))[0] == 200
    assert (await there.gets(f"{address}x"))[0] == 404
    dialog = await manage(ada, there.chat, poll)
    await dialog.submits("Close now")
    assert {"exported", "export_refused"} <= there.events()


async def test_a_survey_is_answered_and_its_texts_are_searched(there: Secretive) -> None:
    ada, ben, _ = there.people
    made = a_survey(*ASKED)
    made = replace(made, content=replace(made.content, title=f"{WORD} survey"))
    survey = await posts_exam(there.database_url, ada, there.chat, made, there.clock)
    dialog = await ben.opens(there.chat, survey, "Answer")
    await dialog.submits("Hand in", SAID)
    assert "✔ Handed in" in text(dialog.card)
    dialog = await ada.opens(there.chat, survey, "Results")
    searched = Envelope("texts", action_id(survey), "").encode() | {"search": WORD}
    await dialog.submits_data(searched)


async def test_a_quiz_is_taken_and_looked_into(there: Secretive) -> None:
    ada, ben, _ = there.people
    made = a_quiz(ASKED, dict(KEYS), pass_mark=50)
    made = replace(made, content=replace(made.content, title=f"{WORD} quiz"))
    message = await posts_exam(there.database_url, ada, there.chat, made, there.clock)
    quiz = Exam(there.database_url, message, action_id(message))
    dialog = await quiz.opens(ben)
    await dialog.submits("Start")
    await goes_through(dialog, SAID)
    await dialog.submits("My answers")
    assert f"{WORD} therefore" in text(dialog.card)
    assert WORD in text((await ada.opens(there.chat, message, "Results")).card)


async def test_a_training_leads_to_a_certificate_in_letters_that_no_font_has(
    there: Secretive, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    monkeypatch.setattr("bot.certificate_pdf._fonts", lambda: fonts)
    _, ben, _ = there.people
    ben.name = f"{WORD} தமிழ்"
    made = a_training(LESSON, *ASKED, pass_mark=50)
    made = replace(made, content=replace(made.content, title=f"{WORD} training", keys=KEYS))
    message = await posts_exam(there.database_url, there.shift.ada, there.chat, made, there.clock)
    dialog = await ben.opens(there.chat, message, "Start or continue")
    await dialog.submits("Start")
    film = find_action(dialog.card, f"🔗 Page: {WORD} film")["url"]
    assert (await there.gets(film.removeprefix("https://muster.example")))[0] == 302
    await dialog.submits("Next")
    await goes_through(dialog, SAID)
    await dialog.submits("Certificate")
    address = find_action(dialog.card, "Download as PDF")["url"]
    path = address.removeprefix("https://muster.example")
    for form in (path, path.removesuffix(".pdf")):
        status, content = await there.gets(form)
        assert status == 200
        assert content
    assert "certificate_letters_missing" in there.events()


async def test_a_checklist_is_ticked_with_reasons(there: Secretive) -> None:
    ada, ben, _ = there.people
    made = a_checklist(f"{WORD} lights", f"{WORD} till")
    made = replace(made, content=replace(made.content, title=f"{WORD} round"))
    message = await posts_exam(there.database_url, ada, there.chat, made, there.clock)
    dialog = await ben.opens(there.chat, message, "Open list")
    await dialog.submits(f"More about: {WORD} lights")
    await dialog.submits("Not done …")
    why = {"Why?": f"{WORD} is broken", "Who follows it up (may stay empty)": f"{WORD} facility"}
    await dialog.submits("Mark as not done", why)
    assert f"{WORD} is broken" in text(dialog.card)


async def test_people_are_reminded_by_a_press_and_by_the_clock(there: Secretive) -> None:
    ada, ben, _ = there.people
    await ben.installs()
    poll = await there.poll()
    dialog = await ada.opens(there.chat, poll, "Results")
    await dialog.submits("Manage")
    await dialog.submits("Remind")
    await there.chat.wait_for_message(lambda one: one.summary.startswith("Reminder: "))
    await ada.installs()
    there.clock.advance(days=8)
    await there.chat.wait_until(lambda: "POLL · closed" in text(poll.card))


async def test_something_is_posted_later(there: Secretive) -> None:
    ada, _, _ = there.people
    dialog = await ada.uses_command(there.chat, "poll")
    typed = {"title": f"{WORD} later?", "more": f"{WORD} yes\n{WORD} no"}
    await dialog.submits("Schedule", dict(typed))
    await dialog.submits("Next", {"post.date": "2026-11-23", "post.time": "07:30"})
    await dialog.submits("Schedule")
    there.clock.advance(days=3)
    assert f"{WORD} later?" in text((await there.chat.wait_for_message(1)).card)


# What goes wrong


async def test_wrong_tokens_and_bodies_are_refused(there: Secretive) -> None:
    _, ben, _ = there.people
    poll = await there.poll()
    data = dict(find_action(poll.card, f"Choose {WORD} pizza")["data"])
    for wrong in BAD_TOKENS.values():
        forged = Forgery(token=there.shift.teams.token(**wrong))
        answer = await ben.executes(there.chat, poll, "choose", data, forged=forged)
        assert answer.status == 401
        there.refusals.append(json.dumps(answer.body))
    for body in (f'{{"text": "{WORD}"', f'["{WORD}"]', f'{{"type": "message", "from": "{WORD}"}}'):
        headers = {"Authorization": f"Bearer {there.shift.teams.token()}"}
        headers["Content-Type"] = "application/json"
        url = f"{there.address}/api/messages"
        async with there.session.post(url, data=body, headers=headers) as refused:
            assert refused.status == 400
            there.refusals.append(await refused.text())
    assert "request_refused" in there.events()


async def test_buttons_that_there_are_not_are_refused(there: Secretive) -> None:
    _, ben, _ = there.people
    poll = await there.poll()
    for verb, data in {
        WORD: Envelope("explode", action_id(poll), WORD).encode(),
        "choose": Envelope("choose", action_id(poll), WORD).encode(),
        "manage": Envelope("manage", action_id(poll)).encode() | {"text": WORD},
        "results": {"muster": WORD},
    }.items():
        answer = await ben.executes(there.chat, poll, verb, data)
        assert answer.status == 200
        # Whose card it is may be shown; a refusal is words of ours alone.
        there.refusals.append(json.dumps([answer.message, answer.error]))
    for path in (f"/{WORD}", f"/exports/{WORD}", f"/certificates/{WORD}.pdf", f"/open/{WORD}"):
        status, content = await there.gets(path)
        assert status == 404
        there.refusals.append(content.decode())
    assert "refused" in there.events()


async def test_the_database_is_gone(there: Secretive) -> None:
    ada, ben, _ = there.people
    poll = await there.poll()
    dialog = await ada.uses_command(there.chat, "poll")
    await breaks(there, "ALTER TABLE responses RENAME TO gone")
    answer = await ben.taps(there.chat, poll, f"Choose {WORD} pizza")
    assert answer.card is None
    there.refusals.append(json.dumps([answer.message, answer.error]))
    await breaks(there, "ALTER TABLE drafts RENAME TO gone_too")
    await dialog.submits("Preview", {"title": f"{WORD}?", "more": f"{WORD}\nB"})
    there.refusals.append(str(dialog.message))
    await breaks(there, "ALTER TABLE certificates RENAME TO gone_three")
    status, content = await there.gets(f"/certificates/{WORD}")
    assert status in {404, 503}
    there.refusals.append(content.decode())


async def test_something_breaks_that_nobody_foresaw(
    there: Secretive, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, ben, _ = there.people
    poll = await there.poll()

    def breaks(*told: object) -> Any:
        raise ValueError(f"{WORD} cannot be shown: {told}")

    monkeypatch.setattr("bot.looking.results.summary_screen", breaks)
    monkeypatch.setattr("bot.messages.help_card", breaks)
    monkeypatch.setattr("bot.certificates.Certificates._found", breaks)
    monkeypatch.setattr("bot.deliverer.view_of", breaks)
    dialog = await ben.opens(there.chat, poll, "Results")
    there.refusals.append(str(dialog.message))
    await ben.says(there.chat, "help")
    await ben.taps(there.chat, poll, f"Choose {WORD} pizza")
    status, content = await there.gets(f"/certificates/{WORD}")
    assert status == 500
    there.refusals.append(content.decode())
    assert "turn_failed" in there.events()


async def test_teams_refuses_breaks_off_and_is_slow(there: Secretive) -> None:
    _, ben, chloe = there.people
    poll = await there.poll()
    faults = there.shift.teams.faults
    resets = faults.reset(method="PUT", path_contains="/activities/")
    await ben.taps(there.chat, poll, f"Choose {WORD} pizza")
    there.clock.advance(seconds=5)
    await resets.reached()
    there.clock.advance(minutes=1)
    await there.chat.wait_until(lambda: counts(poll.card)[f"{WORD} pizza"] == 1)
    refused = faults.answer(
        status=403, method="PUT", code=f"{WORD} forbids", path_contains="/activities/"
    )
    await chloe.taps(there.chat, poll, f"Choose {WORD} pizza")
    there.clock.advance(seconds=5)
    await refused.reached()
    async with asyncio.timeout(10):
        while "delivery_impossible" not in there.events():
            await there.gets("/healthz")


async def breaks(there: Secretive, statement: str) -> None:
    """Do something to the tables behind the bot's back."""
    engine = open_engine(there.database_url)
    async with engine.begin() as connection:
        await connection.execute(sql(statement))
    await engine.dispose()


# The real process


async def test_the_real_process_says_nothing_either(
    database_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    async with Teams() as teams:
        ada = teams.user(f"{WORD} Ada")
        chat = teams.group_chat([ada], f"{WORD} chat")
        async with processes(teams, database_url, 1):
            await ada.says(chat, f"poll {WORD} lunch? | {WORD} pizza | {WORD} sushi")
            poll: Message = await chat.wait_for_message(1)
            await ada.taps(chat, poll, f"Choose {WORD} pizza")
            await ada.executes(chat, poll, "choose", {"muster": WORD})
            forged = Forgery(token=teams.token(foreign_key=True))
            await ada.executes(chat, poll, "choose", {}, forged=forged)
            await chat.wait_until(lambda: counts(poll.card)[f"{WORD} pizza"] == 1)
        out, err = capfd.readouterr()
        assert out == ""
        assert {json.loads(line)["event"] for line in err.splitlines()} >= {
            "refused",
            "request_refused",
        }
        for secret in (WORD, SECRET, teams.app_password, "eyJhbGci", "bot-token-", ada.object_id):
            assert secret.lower() not in err.lower()
