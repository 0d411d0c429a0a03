"""Two processes on one PostgreSQL: whichever gets a request, Muster is one bot.

Each activity goes to the other process than the one before it.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import pytest
import pytest_asyncio

from actions.managing import CLOCK
from bot.now import SystemClock
from tests.actions.exams import RIGHT, a_quiz
from tests.scenarios.exams import Exam, goes_through, posts_exam
from tests.scenarios.exports import link_of, noted, offered, rows_of, shows
from tests.scenarios.processes import Process, processes
from tests.scenarios.steps import action_id, makes_poll, manage, miscounted, opened, set_due
from tests.scenarios.surveys import posts_survey
from tests.scenarios.test_crowd import OPTIONS
from tests.scenarios.test_fill_survey import stored
from tests.scenarios.votes import counts, crowd, press
from tests.storage.databases import emptied
from tests.teams import Chat, Message, Teams, User
from tests.teams.cards import find_action, inputs, text

# The processes are started once for all of these tests, which run in one loop with Teams.
pytestmark = pytest.mark.asyncio(loop_scope="module")


PUBLIC = "https://muster.example.org"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two processes, and a chat of forty people."""

    teams: Teams
    database_url: str
    running: Sequence[Process]
    chat: Chat
    people: Sequence[User]

    async def is_quiet(self) -> None:
        """Wait until nothing is due any more, nor anybody's."""
        async with opened(self.database_url) as store, asyncio.timeout(20):
            while await store.next_due() is not None:
                continue


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pair(postgresql_url: str) -> AsyncIterator[Pair]:
    await emptied(postgresql_url)
    async with (
        Teams() as teams,
        processes(teams, postgresql_url, 2, {"MUSTER_PUBLIC_URL": PUBLIC}) as running,
    ):
        yield Pair(teams, postgresql_url, running, *crowd(teams, 40))


def shown(message: Message) -> list[str]:
    """Give each version of a message's card."""
    return [json.dumps(version["attachments"]) for version in message.versions]


async def test_votes_at_both_count_once_and_the_card_is_brought_up_to_date_by_one(
    pair: Pair,
) -> None:
    poll = await makes_poll(pair.people[0], pair.chat, title="At both")
    wishes = [OPTIONS[number % 3] for number in range(40)]
    pressed = list(zip(pair.people, wishes, strict=True))
    # Twice each, and so at either process.
    stored = await asyncio.gather(
        *(press(pair.teams, user, poll, wish) for _ in "12" for user, wish in pressed)
    )
    assert all(stored)
    await pair.chat.wait_until(lambda: counts(poll.card) == Counter(wishes))
    await pair.is_quiet()
    # Had both brought it up to date, one state would have been sent twice.
    assert len(set(shown(poll))) == len(poll.versions)
    assert pair.chat.most_at_once == 1
    assert await miscounted(pair.database_url) == []


async def test_a_form_that_was_begun_at_one_is_gone_on_with_at_the_other(pair: Pair) -> None:
    before = list(pair.chat.messages)
    dialog = await pair.people[0].uses_command(pair.chat, "survey")
    await dialog.submits("Paste many", {"Title": "In turn"})
    lines = "? Where (short text) *\n? When (date)"
    await dialog.submits("Add the questions", {"Questions, and their options below them": lines})
    assert "2 questions are added." in text(dialog.card)
    await dialog.submits("Preview")
    await dialog.sends()
    survey = await pair.chat.wait_for_message(lambda message: message not in before)
    assert "In turn" in text(survey.card)


async def test_a_survey_is_filled_in_page_by_page_at_both(pair: Pair) -> None:
    ben = pair.people[1]
    survey = await posts_survey(pair.database_url, pair.people[0], pair.chat)
    dialog = await ben.opens(pair.chat, survey, "Answer")
    await dialog.submits("Next", {"team": "Kitchen"})
    await dialog.submits("Later", {"why": "It is"})
    await dialog.submits("Continue")
    assert inputs(dialog.card) == {"why": "It is"}
    await dialog.submits("Next", {"why": "It is warm."})
    await dialog.submits("Review", {"far": "3", "more": "Nothing."})
    await dialog.submits("Hand in")
    assert "✔ Handed in" in text(dialog.card)
    assert await stored(pair.database_url, ben, survey) == {
        "team": ("k",),
        "why": "It is warm.",
        "far": 3,
        "more": "Nothing.",
    }
    await pair.chat.wait_until(lambda: "1 of 40 responded" in text(survey.card))


async def test_an_attempt_at_a_quiz_goes_on_at_the_other(pair: Pair) -> None:
    ben = pair.people[1]
    made = a_quiz(attempts=1)
    message = await posts_exam(pair.database_url, pair.people[0], pair.chat, made)
    quiz = Exam(pair.database_url, message, action_id(message))
    phone, desk = await quiz.opens(ben), await quiz.opens(ben)
    begin = dict(find_action(phone.card, "Start")["data"])
    await asyncio.gather(*(device.submits_data(begin) for device in (phone, desk)))
    assert len((await quiz.attempts(ben)).attempts) == 1
    await goes_through(phone, RIGHT)
    assert "100 %" in text(phone.card)
    assert len((await quiz.attempts(ben)).attempts) == 1


async def test_an_export_is_given_by_either_whoever_made_its_link(pair: Pair) -> None:
    ada = pair.people[0]
    poll = await makes_poll(ada, pair.chat, title="To go")
    assert await press(pair.teams, pair.people[1], poll, "Sushi")
    dialog = await manage(ada, pair.chat, poll)
    await dialog.submits("Export")
    await dialog.submits("CSV")
    link = link_of(dialog.card)
    assert link.startswith(PUBLIC)
    async with aiohttp.ClientSession() as browser:
        for process in pair.running:
            async with browser.get(process.address + link.removeprefix(PUBLIC)) as answer:
                [row] = rows_of(await answer.read())
                assert row["To go"] == "Sushi"


async def test_a_file_that_one_offers_is_saved_by_the_other(pair: Pair) -> None:
    ada = pair.people[0]
    poll = await makes_poll(ada, pair.chat, title="To keep")
    assert await press(pair.teams, pair.people[1], poll, "Sushi")
    # Presses and the answer to the offer are as many, so that the other gets the answer.
    chat, offer = await offered(ada, "To keep")
    upload = await ada.accepts_file(offer)
    await shows(chat, offer, "Results successfully downloaded.")
    assert [row["To keep"] for row in rows_of(upload.content)] == ["Sushi"]


async def test_of_two_clocks_one_closes(pair: Pair) -> None:
    poll = await makes_poll(pair.people[0], pair.chat, title="Once")
    assert await press(pair.teams, pair.people[1], poll, "Pizza")
    await set_due(pair.database_url, poll, SystemClock().now() + timedelta(seconds=1))
    await pair.chat.wait_until(lambda: "POLL · closed" in text(poll.card))
    await pair.is_quiet()
    assert await noted(pair.database_url, "closed") == [(CLOCK.name, {})]
    assert len(set(shown(poll))) == len(poll.versions)
