"""Forms inside a message: the message itself is kept at the step that its form has come to.

Teams does not store the answer to an invoke, so whoever reopens the chat sees the message. An
update draws the card anew, and what is being typed just then is gone: therefore it comes before
the answer, when the client waits anyway.
"""

import asyncio
from dataclasses import dataclass

from actions.errors import MusterError
from actions.places import Conversation
from bot.background import Background
from bot.messenger import Messenger
from dialogs.screen import Screen

PATIENCE = 1.0
"""Seconds that an answer waits for the update; after that the update comes when it can."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A message of the bot's own; `conversation_id` may name a thread."""

    conversation_id: str
    activity_id: str


class InPlaceForms:
    """Updates messages, each by one task at a time that sends the newest step alone."""

    def __init__(self, messenger: Messenger, background: Background) -> None:
        """Update through `messenger`, in `background`."""
        self._messenger = messenger
        self._background = background
        self._newest: dict[Spot, tuple[Conversation, Screen]] = {}
        self._under_way: dict[Spot, asyncio.Task[None]] = {}

    async def keep(self, place: Conversation, spot: Spot, screen: Screen) -> None:
        """Bring a message to a step; returns when Teams has it, or when that takes too long."""
        self._newest[spot] = place, screen
        task = self._under_way.get(spot)
        if task is None:
            task = self._background.start("keep_step", self._catch_up(spot))
            self._under_way[spot] = task
        await asyncio.wait({task}, timeout=PATIENCE)

    async def _catch_up(self, spot: Spot) -> None:
        try:
            while spot in self._newest:
                place, screen = self._newest.pop(spot)
                try:
                    await self._messenger.update(
                        place, spot.conversation_id, spot.activity_id, screen.card, screen.title
                    )
                except MusterError:
                    if spot not in self._newest:
                        raise
        finally:
            del self._under_way[spot]
