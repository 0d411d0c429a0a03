"""Forms inside a message: the message shows the newest step before the answer is given."""

import asyncio
from dataclasses import dataclass

import pytest

from actions.errors import TryLater
from bot import in_place
from bot.background import Background
from bot.in_place import InPlaceForms, Spot
from cards.texts import texts_for
from cards.welcome import message
from dialogs.screen import Screen
from tests.bot.world import FakeMessenger, Shown, Watch
from tests.fakes import a_conversation

SPOT = Spot("chat", "7")
PLACE = a_conversation("chat")


@dataclass
class World:
    """A message in a chat, in which a form is."""

    watch: Watch
    messenger: FakeMessenger
    background: Background
    forms: InPlaceForms

    def keeps(self, title: str) -> asyncio.Task[None]:
        """Go on to a step."""
        return asyncio.create_task(self.forms.keep(PLACE, SPOT, a_step(title)))

    async def sending(self) -> None:
        """Wait until an update is under way."""
        await self.watch.until(lambda: self.messenger.under_way == 1)

    @property
    def shown(self) -> tuple[str, int]:
        """What the message shows, and how often it was updated."""
        message = self.messenger.messages["chat", "7"]
        return message.summary, message.updates


@pytest.fixture
def world() -> World:
    """A message, and a Teams that does not answer yet."""
    watch, background = Watch(), Background()
    messenger = FakeMessenger(watch)
    messenger.messages["chat", "7"] = Shown({}, "0")
    messenger.held.close("chat")
    return World(watch, messenger, background, InPlaceForms(messenger, background))


def a_step(title: str) -> Screen:
    return Screen(title, message(texts_for("en"), title), stays=True)


async def test_the_answer_waits_for_the_message(world: World) -> None:
    keeping = world.keeps("1")
    await world.sending()
    assert not keeping.done()
    world.messenger.held.open("chat")
    await keeping
    assert world.shown == ("1", 1)


async def test_of_several_steps_that_wait_only_the_newest_is_sent(world: World) -> None:
    keeping = [world.keeps("1")]
    await world.sending()
    keeping += [world.keeps(title) for title in ("2", "3", "4")]
    await asyncio.sleep(0)
    world.messenger.held.open("chat")
    await asyncio.gather(*keeping)
    assert world.shown == ("4", 2)


async def test_a_teams_that_hangs_holds_the_answer_up_for_a_moment_only(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_place, "PATIENCE", 0.01)
    await world.keeps("1")
    assert world.shown == ("0", 0)
    world.messenger.held.open("chat")
    await world.background.close()
    assert world.shown == ("1", 1)


async def test_a_failed_update_does_not_keep_a_newer_step_from_being_sent(world: World) -> None:
    world.messenger.fails("update", "chat", TryLater())
    keeping = [world.keeps("1")]
    await world.sending()
    keeping.append(world.keeps("2"))
    await asyncio.sleep(0)
    world.messenger.held.open("chat")
    await asyncio.gather(*keeping)
    assert world.shown == ("2", 1)


async def test_a_failed_update_fails_nothing_else(world: World) -> None:
    world.messenger.fails("update", "chat", TryLater())
    world.messenger.held.open("chat")
    await world.keeps("1")
    await world.keeps("2")
    assert world.shown == ("2", 1)
