"""Exports: the files themselves, the two ways in which they get to people, and to nobody else."""

import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

import aiohttp
import pytest

from actions.exporting import Order
from bot.tickets import Ticket, Tickets
from tests.bot.sheets import sheets
from tests.scenarios.conftest import Shift
from tests.scenarios.exports import (
    answered_survey,
    answers_of,
    link_of,
    offered,
    recorded,
    rows_of,
    shows,
)
from tests.scenarios.house import SECRET, running
from tests.scenarios.steps import SQLITE, a_shift, action_id, makes_poll, manage
from tests.scenarios.votes import crowd, press
from tests.teams import Teams
from tests.teams.cards import buttons, text

DONE = "Results successfully downloaded."
PUBLIC = "https://muster.example.org"
EARLY, LATE = 1_000_000_000, 4_000_000_000
"""Times long past, and long to come."""


# In the personal chat


async def test_a_file_is_saved_to_the_onedrive_of_who_accepts_it(
    shift: Shift, database_url: str
) -> None:
    poll = await shift.poll()
    await shift.ben.taps(shift.chat, poll, "Choose Pizza")
    await shift.chloe.taps(shift.chat, poll, "Choose Sushi")
    chat, offer = await offered(shift.ada, "Lunch?")
    content = offer.offered["content"]
    assert (offer.offered["name"], offer.summary) == ("Lunch.csv", "Your export is ready.")
    assert await recorded(database_url) == []

    upload = await shift.ada.accepts_file(offer)
    await shows(chat, offer, f"{DONE} Lunch.csv is in your OneDrive.")
    assert not offer.offers_file
    assert len(upload.content) == content["sizeInBytes"]
    assert [(row["Name"], row["Person"], row["Lunch?"]) for row in rows_of(upload.content)] == [
        ("Ben Castillo", shift.ben.object_id, "Pizza"),
        ("Chloé Lefèvre", shift.chloe.object_id, "Sushi"),
    ]
    assert [message.saved_file for message in chat.messages if message.saved_file] == ["Lunch.csv"]
    assert await recorded(database_url) == [("Ada Okafor", "csv")]


async def test_what_is_exported_agrees_with_what_was_pressed(
    teams: Teams, muster: str, database_url: str
) -> None:
    assert muster
    assert database_url
    chat, people = crowd(teams, 40)
    poll = await makes_poll(people[0], chat)
    options = ("Pizza", "Sushi", "Salad")
    pressed = {person.object_id: options[n % 3] for n, person in enumerate(people[:31])}
    for person in people[:31]:
        assert await press(teams, person, poll, pressed[person.object_id])

    own, offer = await offered(people[0], "Lunch?", "CSV")
    upload = await people[0].accepts_file(offer)
    await shows(own, offer, DONE)
    rows = rows_of(upload.content)
    assert {row["Person"]: row["Lunch?"] for row in rows} == pressed

    own, offer = await offered(people[0], "Lunch?", "JSON")
    upload = await people[0].accepts_file(offer)
    await shows(own, offer, DONE)
    whole = json.loads(upload.content)
    assert Counter(one["answers"]["q"] for one in whole["responses"]) == Counter(pressed.values())
    assert (whole["action"]["responded"], whole["action"]["expected"]) == (31, 40)

    own, offer = await offered(people[0], "Lunch?", "Excel")
    upload = await people[0].accepts_file(offer)
    await shows(own, offer, DONE)
    with ZipFile(BytesIO(upload.content)) as book:
        sheet = book.read("xl/worksheets/sheet2.xml").decode()
    assert sheet.count("<row ") == 1 + 31
    assert Counter({option: sheet.count(f">{option}<") for option in options}) == Counter(
        pressed.values()
    )


async def test_a_survey_of_all_types_agrees_with_a_recount_of_its_answers(
    shift: Shift, database_url: str
) -> None:
    people = [shift.teams.user(f"Person {number:02}") for number in range(12)]
    await answered_survey(shift, database_url, people)
    given = [answers_of(number) for number in range(12)]

    chat, offer = await offered(shift.ada, "Autumn survey", "CSV")
    upload = await shift.ada.accepts_file(offer)
    await shows(chat, offer, DONE)
    rows = rows_of(upload.content)
    assert [row["Name"] for row in rows] == [person.name for person in people]
    assert [row["How was it?"] for row in rows] == [str(one["stars"]) for one in given]
    assert [row["Anything else?"] for row in rows] == [one.get("text", "") for one in given]
    said = {"yes": "TRUE", "no": "FALSE", "None": ""}
    assert [row["Again?"] for row in rows] == [said[str(one.get("either"))] for one in given]
    numbers = [one.get("number") for one in given]
    assert [row["How much?"] for row in rows] == [
        f"{n // 100}.{n % 100:02}" if isinstance(n, int) else "" for n in numbers
    ]

    chat, offer = await offered(shift.ada, "Autumn survey", "JSON")
    upload = await shift.ada.accepts_file(offer)
    await shows(chat, offer, DONE)
    responses = json.loads(upload.content)["responses"]
    assert [one["answers"]["nps"] for one in responses] == [one["nps"] for one in given]
    assert all(one["answers"]["likert"] == {"Pace": "Good", "Food": "Poor"} for one in responses)

    chat, offer = await offered(shift.ada, "Autumn survey", "Excel")
    upload = await shift.ada.accepts_file(offer)
    await shows(chat, offer, DONE)
    summary, _ = sheets(BytesIO(upload.content))
    counted = Counter(one["one"] for one in given)
    for name, option in (("Pizza", "p"), ("Sushi", "s"), ("Soup", "o")):
        row = summary.row(name)
        assert summary.number(f"B{row}") == counted[option,]
        assert summary.number(f"C{row}", "0%") == counted[option,] / 12


@SQLITE
async def test_a_file_that_is_not_wanted_goes_nowhere(shift: Shift, database_url: str) -> None:
    await shift.poll()
    chat, offer = await offered(shift.ada, "Lunch?")
    answer = await shift.ada.declines_file(offer)
    assert (answer.status, answer.body) == (200, None)
    await shows(chat, offer, "Lunch.csv was not saved.")
    assert not offer.offers_file
    assert await recorded(database_url) == []


@SQLITE
async def test_accepting_twice_saves_once(shift: Shift) -> None:
    await shift.poll()
    chat, offer = await offered(shift.ada, "Lunch?")
    context = offer.offered["content"]["acceptContext"]
    first = await shift.ada.accepts_file(offer)
    second, info = shift.teams.state.onedrive.begin("Lunch.csv")
    answer = await shift.ada.answers_offer(offer, "accept", context, info)
    assert answer.status == 200
    await shows(chat, offer, DONE)
    assert first.done
    assert not second.content
    assert len([message for message in chat.messages if message.saved_file]) == 1


@SQLITE
async def test_when_the_upload_fails_one_tries_again(shift: Shift) -> None:
    await shift.poll()
    chat, offer = await offered(shift.ada, "Lunch?")
    shift.teams.faults.answer(status=404, method="PUT", path_contains="/onedrive/")
    failed = await shift.ada.accepts_file(offer)
    await shows(chat, offer, "Lunch.csv could not be saved to your OneDrive.")
    assert not failed.content
    await shift.ada.taps(chat, offer, "Try again")
    again = await chat.wait_for_message(lambda one: one.offers_file)
    upload = await shift.ada.accepts_file(again)
    await shows(chat, again, DONE)
    assert upload.done


@SQLITE
async def test_a_stumbling_upload_needs_nobody(shift: Shift) -> None:
    await shift.poll()
    chat, offer = await offered(shift.ada, "Lunch?")
    shift.teams.faults.answer(status=503, method="PUT", path_contains="/onedrive/", after=True)
    shift.teams.faults.answer(status=500, method="GET", path_contains="/onedrive/")
    upload = await shift.ada.accepts_file(offer, name="Lunch.csv")
    await chat.wait_until(lambda: upload.done)


@SQLITE
async def test_files_are_sent_to_onedrive_alone(shift: Shift) -> None:
    await shift.poll()
    chat, offer = await offered(shift.ada, "Lunch?")
    await shift.ada.accepts_file(offer, uploadUrl="https://evil.example/upload")
    await shows(chat, offer, "Lunch.csv could not be saved to your OneDrive.")


@SQLITE
@pytest.mark.parametrize("value", [None, "", [], {"muster": 5}, {"muster": "forged.ticket"}])
async def test_a_forged_consent_gets_a_sentence_and_nothing_else(
    shift: Shift, value: object
) -> None:
    await shift.poll()
    chat, offer = await offered(shift.ada, "Lunch?")
    upload, info = shift.teams.state.onedrive.begin("Lunch.csv")
    answer = await shift.ada.answers_offer(offer, "accept", value, info)
    assert answer.status == 200
    await shows(chat, offer, "This link or button is not right.")
    assert not upload.content


@SQLITE
async def test_what_was_offered_to_one_is_not_given_to_another(shift: Shift) -> None:
    await shift.poll()
    _, offer = await offered(shift.ada, "Lunch?")
    context = offer.offered["content"]["acceptContext"]
    chat = await shift.ben.installs()
    await shift.ben.says(chat, "my actions")
    upload, info = shift.teams.state.onedrive.begin("Lunch.csv")
    await shift.ben.answers_offer(chat.latest, "accept", context, info)
    await shows(chat, chat.latest, "This link or button is not right.")
    assert not upload.content


@SQLITE
async def test_what_was_deleted_meanwhile_is_not_saved(shift: Shift) -> None:
    poll = await shift.poll()
    chat, offer = await offered(shift.ada, "Lunch?")
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Delete")
    await dialog.submits("Delete for good")
    upload = await shift.ada.accepts_file(offer)
    await shows(chat, offer, "This was deleted by the person who made it.")
    assert not upload.content


async def test_a_file_that_a_restart_lost_is_made_again(teams: Teams, database_url: str) -> None:
    shift = a_shift(teams)
    async with running(teams, database_url):
        poll = await shift.poll()
        await shift.ben.taps(shift.chat, poll, "Choose Pizza")
        chat, offer = await offered(shift.ada, "Lunch?", "Excel")
    async with running(teams, database_url):
        upload = await shift.ada.accepts_file(offer)
        await shows(chat, offer, DONE)
    assert ZipFile(BytesIO(upload.content)).testzip() is None


@SQLITE
async def test_only_who_made_it_exports_it(shift: Shift) -> None:
    poll = await shift.poll()
    for verb in ("export", "export.make"):
        data = {"muster": f"1 {verb} {action_id(poll)} csv"}
        answer = await shift.ben.executes(shift.chat, poll, verb, data)
        assert answer.message == "Only the person who made this can do that."
    odd = {"muster": f"1 export.make {action_id(poll)} exe"}
    answer = await shift.ada.executes(shift.chat, poll, "export.make", odd)
    assert answer.message is not None
    assert answer.message.startswith("This button is from another version.")


@SQLITE
async def test_few_anonymous_answers_are_not_exported(teams: Teams, muster: str) -> None:
    assert muster
    shift = a_shift(teams)
    poll = await makes_poll(shift.ada, shift.chat, {"anonymous": True})
    for person, option in ((shift.ben, "Pizza"), (shift.chloe, "Sushi")):
        await person.taps(shift.chat, poll, f"Choose {option}")
    chat, offer = await offered(shift.ada, "Lunch?")
    upload = await shift.ada.accepts_file(offer)
    await shows(chat, offer, DONE)
    assert upload.content.decode("utf-8-sig") == "Lunch?\r\n"
    await shift.ada.taps(shift.chat, poll, "Choose Pizza")
    chat, offer = await offered(shift.ada, "Lunch?")
    upload = await shift.ada.accepts_file(offer)
    await shows(chat, offer, DONE)
    found = Counter(row["Lunch?"] for row in rows_of(upload.content))
    assert found == {"Pizza": 2, "Sushi": 1}


# From a chat: in the personal chat where there are no links


@SQLITE
async def test_without_a_public_address_the_file_comes_to_the_personal_chat(shift: Shift) -> None:
    poll = await shift.poll()
    chat = await shift.ada.installs()
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Export")
    await dialog.submits("CSV")
    assert "It comes to you in our personal chat in a moment." in text(dialog.card)
    offer = await chat.wait_for_message(lambda one: one.offers_file)
    upload = await shift.ada.accepts_file(offer)
    await shows(chat, offer, DONE)
    assert upload.done


@SQLITE
async def test_without_either_one_is_told_what_to_do(shift: Shift) -> None:
    poll = await shift.poll()
    dialog = await manage(shift.ada, shift.chat, poll)
    await dialog.submits("Export")
    await dialog.submits("CSV")
    assert "look for Muster under Apps in Teams, press Add" in text(dialog.card)
    await dialog.submits("Back")
    assert "Export" in buttons(dialog.card)


# By link


@dataclass(frozen=True, slots=True)
class Linked:
    """A bot with a public address, and a browser."""

    shift: Shift
    address: str
    browser: aiohttp.ClientSession

    async def link(self, form: str = "CSV") -> str:
        """Let Ada export her newest poll; gives the link."""
        dialog = await manage(self.shift.ada, self.shift.chat, self.shift.chat.latest)
        await dialog.submits("Export")
        await dialog.submits(form)
        link = link_of(dialog.card)
        assert link.startswith(f"{PUBLIC}/exports/")
        return link

    async def get(self, link: str, method: str = "GET") -> tuple[int, str, bytes]:
        """Open a link: status, file name, and what there is."""
        address = link.replace(PUBLIC, self.address)
        async with self.browser.request(method, address) as answer:
            assert "no-store" in answer.headers.get("Cache-Control", "") or answer.status == 405
            return (
                answer.status,
                answer.headers.get("Content-Disposition", ""),
                await answer.read(),
            )


@asynccontextmanager
async def linked(teams: Teams, database_url: str) -> AsyncIterator[Linked]:
    shift = a_shift(teams)
    more = {"MUSTER_PUBLIC_URL": PUBLIC}
    async with (
        running(teams, database_url, more) as address,
        aiohttp.ClientSession() as browser,
    ):
        yield Linked(shift, address, browser)


def ticket_for(poll_id: str, person: str, until: int = LATE) -> str:
    """Sign a ticket as the bot itself does."""
    order = Order(poll_id, person, "csv", "en-GB")
    return Tickets(SECRET.encode()).sign(Ticket("link", "id", order, until))


async def test_a_link_gives_the_file_as_often_as_it_is_opened(
    teams: Teams, database_url: str
) -> None:
    async with linked(teams, database_url) as bot:
        poll = await bot.shift.poll("Was für ein Essen? | Pizza | Sushi")
        await bot.shift.ben.taps(bot.shift.chat, poll, "Choose Pizza")
        link = await bot.link()
        for _ in range(2):
            status, name, content = await bot.get(link)
            assert status == 200
            assert name == "attachment; filename*=UTF-8''Was%20f%C3%BCr%20ein%20Essen.csv"
            assert [row["Was für ein Essen?"] for row in rows_of(content)] == ["Pizza"]
        # A closed one is exported as well.
        dialog = await manage(bot.shift.ada, bot.shift.chat, poll)
        await dialog.submits("Close now")
        status, _, content = await bot.get(await bot.link("Excel"))
        assert (status, content[:2]) == (200, b"PK")
    assert await recorded(database_url) == [
        ("Ada Okafor", form) for form in ("csv", "csv", "xlsx")
    ]


@SQLITE
async def test_a_link_that_is_not_ours_or_too_old_gives_a_sentence(
    teams: Teams, database_url: str
) -> None:
    async with linked(teams, database_url) as bot:
        poll = await bot.shift.poll()
        link, ada = await bot.link(), f"{teams.tenant_id}/{bot.shift.ada.object_id}".lower()
        base = f"{PUBLIC}/exports/"
        ben = f"{teams.tenant_id}/{bot.shift.ben.object_id}".lower()
        gone = {
            link[:-1] + ("A" if link[-1] != "A" else "B"): 404,
            f"{base}x": 404,
            f"{base}%ff.%00": 404,
            base + ticket_for("another", ada): 404,
            base + ticket_for(action_id(poll), ben): 404,
            base + ticket_for(action_id(poll), ada, EARLY): 410,
        }
        for address, expected in gone.items():
            status, name, content = await bot.get(address)
            assert (status, name) == (expected, ""), address
            assert content.decode().endswith((".", "Manage."))
        assert (await bot.get(base + ticket_for(action_id(poll), ada)))[0] == 200
        assert (await bot.get(link, "HEAD"))[0] == 405
        dialog = await manage(bot.shift.ada, bot.shift.chat, poll)
        await dialog.submits("Delete")
        await dialog.submits("Delete for good")
        status, _, content = await bot.get(link)
        assert (status, content) == (410, b"This was deleted by the person who made it.")


@SQLITE
async def test_a_consent_is_no_link(teams: Teams, database_url: str) -> None:
    async with linked(teams, database_url) as bot:
        await bot.shift.poll()
        _, offer = await offered(bot.shift.ada, "Lunch?")
        signed = offer.offered["content"]["acceptContext"]["muster"]
        assert (await bot.get(f"{PUBLIC}/exports/{signed}"))[0] == 404
