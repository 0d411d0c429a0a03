"""Offers of files: what is told when one cannot be made or kept, and that files do not stay."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from actions.errors import NotSaved, TryLater
from actions.exporting import Order
from actions.history import Entry
from actions.people import Person
from actions.places import Scope
from actions.ports import Ports
from bot.background import Background
from bot.exports import Exports
from bot.file_consent import GOOD_FOR, FileConsents, Reply
from bot.reception import caller
from bot.tickets import Tickets
from cards.texts import texts_for
from tests.bot.exporting import FakeUploads
from tests.bot.world import FakeMessenger, Watch, a_turn
from tests.fakes import CountingIds, FixedClock, MemoryStore, a_conversation, a_posting, an_action
from tests.teams.cards import text

CHAT = a_conversation("a:ada", scope=Scope.PERSONAL, person="tenant/ada")
TEXTS = texts_for("en-GB")
ORDER = Order("action", "tenant/ada", "csv", "en-GB")
UPLOAD = {
    "uploadUrl": "https://contoso-my.sharepoint.com/upload",
    "contentUrl": "https://contoso-my.sharepoint.com/Lunch.csv",
    "name": "Lunch.csv",
    "uniqueId": "unique",
    "fileType": "csv",
}


class ForgetfulStore(MemoryStore):
    """Writes nothing down while `records` is not set."""

    def __init__(self, clock: FixedClock) -> None:
        """Write everything down."""
        super().__init__(clock)
        self.records = True

    async def record(self, action_id: str, entry: Entry) -> None:
        """Add a line to the history."""
        if not self.records:
            raise NotSaved("not_saved")
        await super().record(action_id, entry)


class Desk:
    """An offer's surroundings: Ada's own chat, a folder, a OneDrive."""

    def __init__(self, folder: Path) -> None:
        """Have nothing offered."""
        self.clock = FixedClock()
        self.store = ForgetfulStore(self.clock)
        self.messenger = FakeMessenger(Watch())
        self.uploads, self.background, self.folder = FakeUploads(), Background(), folder
        ports = Ports(self.store, self.clock, CountingIds(), self.messenger)
        self.consents = FileConsents(
            ports,
            Exports(ports, folder),
            Tickets(b"secret"),
            self.messenger,
            self.uploads,
            self.background,
        )

    async def offers(self) -> dict[str, Any]:
        """Offer Ada's poll to her; gives the message's attachment."""
        self.consents.offer(CHAT, ORDER, TEXTS)
        await self.background.close()
        card: dict[str, Any] = self.messenger.messages_in(CHAT.id)[0].card
        return card

    async def answers(self, choice: str, offer: dict[str, Any], **changes: Any) -> None:
        """Let Ada answer the offer."""
        turn = a_turn(conversation_id=CHAT.id, scope="personal")
        reply = Reply(caller(turn), CHAT, "m1", TEXTS)
        context = offer["content"][f"{choice}Context"]
        value = {"action": choice, "context": context, "uploadInfo": UPLOAD}
        self.consents.answer(replace(reply, **changes), value)
        await self.background.close()

    def words(self) -> str:
        """Give what the first message says now."""
        return text(self.messenger.messages_in(CHAT.id)[0].card)

    def files(self) -> list[Path]:
        """Give what is in the folder."""
        return list(self.folder.iterdir())


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = Desk(tmp_path)
    action = an_action()
    assert await made.store.post(action, a_posting(action))
    yield made
    await made.background.close()


async def test_an_accepted_file_is_sent_and_does_not_stay(desk: Desk) -> None:
    offer = await desk.offers()
    assert len(desk.files()) == 1
    await desk.answers("accept", offer)
    assert desk.uploads.files[UPLOAD["uploadUrl"]].startswith(b"\xef\xbb\xbfName,")
    assert desk.files() == []
    assert desk.messenger.names(CHAT.id) == ["post_file", "update", "post_file", "update"]
    info = desk.messenger.messages_in(CHAT.id)[1].card
    assert info == {
        "contentType": "application/vnd.microsoft.teams.card.file.info",
        "contentUrl": UPLOAD["contentUrl"],
        "name": "Lunch.csv",
        "content": {"uniqueId": "unique", "fileType": "csv"},
    }


async def test_who_presses_twice_is_offered_one_file(desk: Desk) -> None:
    desk.consents.offer(CHAT, ORDER, TEXTS)
    await desk.offers()
    assert desk.messenger.names(CHAT.id) == ["post_file"]
    assert len(desk.files()) == 1


async def test_a_newer_file_takes_the_place_of_the_older_one(desk: Desk) -> None:
    first = await desk.offers()
    await desk.offers()
    assert desk.messenger.names(CHAT.id) == ["post_file", "post_file"]
    assert len(desk.files()) == 1
    await desk.answers("accept", first)
    assert "Results successfully downloaded." in desk.words()
    assert desk.files() == []


async def test_a_declined_file_does_not_stay(desk: Desk) -> None:
    offer = await desk.offers()
    await desk.answers("decline", offer)
    assert desk.files() == []
    assert "Lunch.csv was not saved." in desk.words()


async def test_a_file_that_could_not_be_sent_does_not_stay_and_may_be_accepted_again(
    desk: Desk,
) -> None:
    offer = await desk.offers()
    desk.uploads.failures = [TryLater()]
    await desk.answers("accept", offer)
    assert desk.files() == []
    assert "could not be saved to your OneDrive" in desk.words()
    await desk.answers("accept", offer)
    assert "Results successfully downloaded." in desk.words()


async def test_that_a_file_cannot_be_made_is_told(desk: Desk) -> None:
    entry = Entry(desk.clock.time, Person("tenant/ada", "Ada"), "deleted")
    await desk.store.delete("action", entry)
    offer = await desk.offers()
    assert "This was deleted by the person who made it." in text(offer)


async def test_an_offer_is_too_old_after_a_while(desk: Desk) -> None:
    offer = await desk.offers()
    desk.clock.time += GOOD_FOR + timedelta(seconds=1)
    await desk.answers("accept", offer)
    assert "This is too old by now." in desk.words()
    assert desk.uploads.files == {}


async def test_where_the_offers_message_is_not_known_the_answer_is_a_new_one(desk: Desk) -> None:
    offer = await desk.offers()
    await desk.answers("decline", offer, message_id="")
    assert desk.messenger.names(CHAT.id) == ["post_file", "post"]


async def test_nothing_is_sent_that_could_not_be_written_down(desk: Desk) -> None:
    offer = await desk.offers()
    desk.store.records = False
    await desk.answers("accept", offer)
    assert (desk.uploads.files, desk.files()) == ({}, [])
    assert "could not be saved to your OneDrive" in desk.words()


async def test_a_file_that_nobody_takes_does_not_stay(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.file_consent.KEPT", timedelta())
    offer = await desk.offers()
    later = asyncio.Event()
    asyncio.get_running_loop().call_later(0, later.set)
    await later.wait()
    assert desk.files() == []
    await desk.answers("accept", offer)
    assert "Results successfully downloaded." in desk.words()
