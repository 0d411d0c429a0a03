"""Whatever people are called and write is shown as text: it opens, mentions and computes nothing.

All cards that the bot sends or answers with are looked through, whoever sees them.
"""

import csv
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from io import BytesIO, StringIO
from zipfile import ZipFile

import aiohttp
import pytest

from actions.action import Action
from actions.choice import OTHER, Choice, Option
from actions.history import Entry
from actions.keys import Key
from actions.lesson import Lesson
from actions.managing import CLOCK
from actions.text import Text
from bot.now import SystemClock
from cards.envelope import Envelope
from tests.actions.checklists import a_checklist
from tests.actions.exams import a_quiz, a_training
from tests.actions.surveys import a_survey
from tests.scenarios.exams import goes_through, posts_exam
from tests.scenarios.exports import link_of
from tests.scenarios.hostile import WORDS, harm
from tests.scenarios.house import running
from tests.scenarios.steps import SQLITE, action_id, manage, opened
from tests.teams import Chat, Dialog, Message, Teams, User
from tests.teams.cards import Card, actions, find_action, text
from tests.teams.forms import Value

pytestmark = SQLITE

PUBLIC = {"MUSTER_PUBLIC_URL": "https://muster.example"}


@dataclass(slots=True)
class Crowd:
    """People and a chat of one name, `word`; `cards` are all that anybody was shown."""

    word: str
    teams: Teams
    address: str
    database_url: str
    chat: Chat
    ada: User
    ben: User
    session: aiohttp.ClientSession
    cards: list[Card] = field(default_factory=list)

    async def posts(self, made: Action) -> Message:
        """Let Ada post something like this, whose title becomes the word then."""
        plain = replace(made, content=replace(made.content, title="The early round"))
        message = await posts_exam(self.database_url, self.ada, self.chat, plain)
        entry = Entry(SystemClock().now(), CLOCK, "edited")
        async with opened(self.database_url) as store:
            await store.change(
                action_id(message),
                lambda action: replace(action, content=replace(action.content, title=self.word)),
                entry,
            )
        await self.chat.wait_until(lambda: shows(message.card, self.word))
        return message

    async def gets(self, url: str) -> tuple[aiohttp.ClientResponse, bytes]:
        """Open an address of the bot's as a browser does."""
        path = url.removeprefix(PUBLIC["MUSTER_PUBLIC_URL"])
        async with self.session.get(f"{self.address}{path}", allow_redirects=False) as answer:
            return answer, await answer.read()

    def harm(self) -> list[str]:
        """Give what any card would do."""
        people = frozenset(self.teams.state.people)
        return [found for card in self.cards for found in harm(card, people)]


@pytest.fixture(params=WORDS)
async def crowd(
    request: pytest.FixtureRequest, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Crowd]:
    """Give people and a chat of such a name; no card may have done harm in the end."""
    word = WORDS[request.param]
    async with Teams() as teams, aiohttp.ClientSession() as session:
        ada, ben, chloe = (teams.user(f"{word} {name}") for name in ("Ada", "Ben", "Chloé"))
        chat = teams.group_chat([ada, ben, chloe], word)
        async with running(teams, database_url, PUBLIC) as address:
            made = Crowd(word, teams, address, database_url, chat, ada, ben, session)
            check = teams.state.problem_with

            def seen(card: Card, *, shared: bool) -> str:
                made.cards.append(card)
                return check(card, shared=shared)

            monkeypatch.setattr(teams.state, "problem_with", seen)
            yield made
    assert made.cards
    assert made.harm() == []


ENDS = {"delete", "close", "reopen", "draft.send", "draft.discard", "withdraw", "remind"}
"""What a wanderer leaves alone, since it ends the way or takes others along."""

MOST_STEPS = 40


async def wander(dialog: Dialog) -> None:
    """Press whatever leads on from a dialog, each button once, as someone curious does."""
    pressed: set[str] = set()
    waiting = buttons_of(dialog.card)
    while waiting and len(pressed) < MOST_STEPS:
        data = waiting.pop(0)
        label = str(data["muster"])
        if label in pressed or label.split()[1] in ENDS:
            continue
        pressed.add(label)
        await dialog.submits_data(data)
        if dialog.shown is not None:
            waiting += buttons_of(dialog.card)
    assert pressed


def buttons_of(card: Card) -> list[dict[str, object]]:
    """Give what a dialog's buttons send."""
    return [one["data"] for one in actions(card) if one["type"] == "Action.Submit"]


async def looks_into(crowd: Crowd, message: Message) -> None:
    """Let both look at results, people and history, and Ada at what she can manage."""
    for user in (crowd.ada, crowd.ben):
        await user.refreshes(crowd.chat, message)
        await wander(await user.opens(crowd.chat, message, "Results"))
    await wander(await manage(crowd.ada, crowd.chat, message))


async def test_a_poll_shows_it_from_its_form_to_its_reminder(crowd: Crowd) -> None:
    dialog = await crowd.ada.uses_command(crowd.chat, "poll")
    typed: dict[str, Value] = {"title": crowd.word, "more": "Pizza\nSushi", "may_add": True}
    await dialog.submits("Preview", typed)
    await dialog.sends()
    poll = await crowd.chat.wait_for_message(1)
    assert shows(poll.card, crowd.word)
    assert "\n" not in poll.summary
    form = await crowd.ben.opens(crowd.chat, poll, "Add an option")
    await form.submits("Add option", {"Your own option": crowd.word[:200]})
    await crowd.chat.wait_until(lambda: shows(poll.card, crowd.word[:100]) and poll.updates)
    await looks_into(crowd, poll)
    await crowd.ada.installs()
    await crowd.ada.says(crowd.chat, f"poll {' '.join(crowd.word.split())}? | A | B")
    await crowd.chat.wait_for_message(2)
    remind = Envelope("remind", action_id(poll), "sure").encode()
    await crowd.ada.executes(crowd.chat, poll, "remind", remind)
    await crowd.chat.wait_for_message(lambda one: one.summary.startswith("Reminder: "))


async def test_a_survey_shows_it_in_questions_answers_and_results(crowd: Crowd) -> None:
    word = crowd.word
    asked = (
        Choice("one", word, (Option("a", f"{word} a"), Option("b", f"{word} b")), other=True),
        Text("text", f"{word} why?", long=True, limit=4_000),
    )
    made = a_survey(*asked)
    message = await crowd.posts(made)
    for user, answer in ((crowd.ada, "a"), (crowd.ben, f"{OTHER}{word[:100]}")):
        dialog = await user.opens(crowd.chat, message, "Answer")
        data = dict(find_action(dialog.card, "Hand in")["data"])
        own = {"one": OTHER, "one.other": word[:100]} if answer != "a" else {"one": "a"}
        await dialog.submits_data(data | own | {"text": word})
    await looks_into(crowd, message)


async def test_a_training_shows_it_up_to_its_certificate(crowd: Crowd) -> None:
    # A lesson may be formatted, and its links open.
    word, here = crowd.word, crowd.word.replace("https:", "http:").replace("**", "")
    options = (Option("a", f"{word} a"), Option("b", f"{word} b"))
    lesson = Lesson("read", word, here, links=())
    made = a_training(lesson, Choice("one", word, options), pass_mark=50)
    keys = {"one": Key(("a",), explanation=word)}
    message = await crowd.posts(replace(made, content=replace(made.content, keys=keys)))
    dialog = await crowd.ben.opens(crowd.chat, message, "Start or continue")
    await dialog.submits("Start")
    await dialog.submits("Next")
    await goes_through(dialog, {"one": "a"})
    await dialog.submits("Certificate")
    address = find_action(dialog.card, "Download as PDF")["url"]
    _, pdf = await crowd.gets(address)
    assert pdf.startswith(b"%PDF")
    _, page = await crowd.gets(address.removesuffix(".pdf"))
    assert not re.search(rb"<(script|at|img|a href=.//)", page)
    await looks_into(crowd, message)


async def test_a_quiz_shows_it_in_answers_and_marks(crowd: Crowd) -> None:
    word = crowd.word
    text = Text("text", word)
    made = a_quiz((text,), {"text": Key((word[:200],), explanation=word)})
    message = await crowd.posts(made)
    dialog = await crowd.ben.opens(crowd.chat, message, "Start or continue")
    await dialog.submits("Start")
    await goes_through(dialog, {"text": word[:100]})
    await wander(dialog)
    await looks_into(crowd, message)


async def test_a_checklist_shows_it_in_items_reasons_and_history(crowd: Crowd) -> None:
    word = crowd.word
    made = a_checklist(word, f"{word} b")
    message = await crowd.posts(made)
    dialog = await crowd.ben.opens(crowd.chat, message, "Open list")
    reason = Envelope("list.set", action_id(message), "i0 not_done").encode()
    await dialog.submits_data(reason | {"reason": word, "owner": word[:100]})
    await wander(dialog)
    await looks_into(crowd, message)


async def test_files_hold_it_and_compute_nothing(crowd: Crowd) -> None:
    made = a_survey(Text("text", crowd.word, long=True, limit=4_000))
    message = await crowd.posts(made)
    dialog = await crowd.ben.opens(crowd.chat, message, "Answer")
    data = dict(find_action(dialog.card, "Hand in")["data"])
    await dialog.submits_data(data | {"text": crowd.word})
    for form in ("CSV", "Excel", "JSON"):
        dialog = await manage(crowd.ada, crowd.chat, message)
        await dialog.submits("Export")
        await dialog.submits(form)
        answer, content = await crowd.gets(link_of(dialog.card))
        assert answer.status == 200
        assert "Set-Cookie" not in answer.headers
        assert re.fullmatch(
            r"attachment; filename\*=UTF-8''[\w.%~-]+", answer.headers["Content-Disposition"]
        )
        READERS[form](content, crowd.word)


def reads_csv(content: bytes, _word: str) -> None:
    """Check that no cell begins as a formula does."""
    lines = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(lines) == 2
    for cell in (cell for line in lines for cell in line):
        assert not cell or cell[0] not in "=+@\t\r\n" or cell.lstrip("+").isdigit()


def reads_xlsx(content: bytes, _word: str) -> None:
    """Check that nothing is computed, and nothing opens."""
    with ZipFile(BytesIO(content)) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    assert not any("<f>" in part or "<f " in part for part in parts.values())
    assert not any("hyperlink" in part for part in parts.values())
    assert not any('TargetMode="External"' in part for part in parts.values())


def reads_json(content: bytes, word: str) -> None:
    """Check that it is what was written."""
    whole = json.loads(content)
    (given,) = whole["responses"]
    assert given["answers"]["text"] == word.strip()


READERS = {"CSV": reads_csv, "Excel": reads_xlsx, "JSON": reads_json}


def shows(card: Card, word: str) -> bool:
    """Give whether a card shows this, as far as it can be seen."""
    return _seen(word)[:60] in _seen(text(card))


def _seen(words: str) -> str:
    plain = re.sub(r"\\(.)", r"\1", words)
    return re.sub("[\u200b\u202a-\u202e\u2066-\u2069\\s\\\\]+", "", plain)
