"""A dialog in Teams, opened by a card's button or by a message extension's command."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.teams.answers import Answer
from tests.teams.cards import Card, find_action
from tests.teams.chats import CARD_TYPE, Chat, Message
from tests.teams.client import Client
from tests.teams.forms import Value, submitted

Json = dict[str, Any]


@dataclass(eq=False, kw_only=True)
class Dialog:
    """What one person has open: a `card`, a `preview`, or nothing any more.

    `message` is what the bot said on closing. `command` is set for message extensions: the
    fixed part of their invokes' value.
    """

    client: Client
    chat: Chat
    about: Message | None = None
    command: Json = field(default_factory=dict)
    title: str = ""
    shown: Card | None = None
    preview: Card | None = None
    message: str | None = None
    closed: bool = False

    @property
    def card(self) -> Card:
        """The card that is shown; raises LookupError where the dialog shows none."""
        if self.shown is None:
            msg = f"no card: closed={self.closed}, message={self.message!r}"
            raise LookupError(msg)
        return self.shown

    async def opens(self, value: Json | None = None) -> Answer:
        """Ask the bot for the first card."""
        name = "composeExtension/fetchTask" if self.command else "task/fetch"
        return await self._asks(name, value or {})

    async def submits(
        self, title: str, inputs: Mapping[str, Value] | None = None, *, nth: int = 0
    ) -> Answer:
        """Press a button of the dialog's card.

        Raises:
            LookupError: There is no such button, input or choice.
            RefusedByClient: The client found something missing and sent nothing.
        """
        action = find_action(self.card, title, nth)
        if action["type"] != "Action.Submit":
            msg = f"{title!r} is an {action['type']}: in a dialog only Action.Submit works"
            raise AssertionError(msg)
        data = submitted(self.card, action, inputs or {})
        if (data.get("msteams") or {}).get("justInTimeInstall"):
            await self.client.adds_bot(self.chat)
        return await self.submits_data(data)

    async def submits_data(self, data: Any) -> Answer:
        """Submit any data, whatever the card offers: for attacks, and for retries."""
        name = "composeExtension/submitAction" if self.command else "task/submit"
        return await self._asks(name, {"data": data})

    async def sends(self) -> Answer:
        """Press Send under the preview; that adds the bot to the chat where it is missing."""
        if not self.chat.has_bot:
            await self.client.adds_bot(self.chat)
        return await self._answers_preview("send")

    async def edits(self) -> Answer:
        """Press Edit under the preview."""
        return await self._answers_preview("edit")

    async def _answers_preview(self, choice: str) -> Answer:
        if self.preview is None:
            msg = "there is no preview"
            raise LookupError(msg)
        card = {"contentType": CARD_TYPE, "content": self.preview}
        activity = {"type": "message/card", "attachments": [card], "context": _CONTEXT}
        value = {"botMessagePreviewAction": choice, "botActivityPreview": [activity]}
        return await self._asks("composeExtension/submitAction", value)

    async def _asks(self, name: str, value: Json) -> Answer:
        full = self.command | {"context": _CONTEXT} | value
        answer = await self.client.invokes(self.chat, name, full, about=self.about)
        if answer.status == 200:
            self._follows(answer.body)
        return answer

    def _follows(self, body: Any) -> None:
        self.shown = self.preview = None
        match body:
            case None | {"task": None}:
                self.closed = True
            case dict() if not body:
                self.closed = True
            case {"task": {"type": "message", "value": str() as said}}:
                self.closed, self.message = True, said
            case {"composeExtension": {"type": "message", "text": str() as said}}:
                self.closed, self.message = True, said
            case {"task": {"type": "continue", "value": {"card": attachment, **value}}}:
                self.title = str(value.get("title", ""))
                self.shown = self.client.checks(_content(attachment))
            case {"composeExtension": {"type": "botMessagePreview", "activityPreview": activity}}:
                (attachment,) = activity["attachments"]
                self.preview = self.client.checks(_content(attachment), self.chat)
            case _:
                msg = f"not an answer for a dialog: {body!r}"
                raise AssertionError(msg)


_CONTEXT = {"theme": "default"}


def _content(attachment: Any) -> Card:
    match attachment:
        case {"contentType": str() as kind, "content": dict() as card} if kind == CARD_TYPE:
            return card
    msg = f"not a card's attachment: {attachment!r}"
    raise AssertionError(msg)
