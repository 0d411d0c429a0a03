"""People as tests see them: what they say, see and tap."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.teams import activities
from tests.teams.answers import Answer, card_answer
from tests.teams.cards import Card, find_action, walk
from tests.teams.chats import Chat, Message
from tests.teams.client import Client, Forgery
from tests.teams.dialogs import Dialog
from tests.teams.forms import Value, submitted
from tests.teams.onedrive import Upload

REFRESH_AFTER = timedelta(minutes=1)


@dataclass(slots=True)
class View:
    """A person's own card, good as long as the message has the same number of updates."""

    card: Card
    updates: int
    since: datetime


@dataclass(eq=False, kw_only=True)
class User(Client):
    """Someone who uses Teams; `notices` and `errors` are what their client told them."""

    notices: list[str] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    opened_urls: list[str] = field(default_factory=list)
    _views: dict[str, View] = field(default_factory=dict, repr=False)

    async def says(
        self,
        chat: Chat,
        text: str,
        *,
        mention: bool = True,
        thread: str = "",
        forged: Forgery | None = None,
    ) -> int:
        """Write a message and give the HTTP status, 0 where Teams would not tell the bot."""
        if not chat.has_bot or (chat.is_shared and not mention):
            return 0
        activity = activities.message(self.state, self, chat, text, mention=mention, thread=thread)
        status, _ = await self.sends(activity, forged)
        return status

    async def installs(self) -> Chat:
        """Install the app for oneself and give the personal chat."""
        chat = self.state.personal_chat(self)
        await self.adds_bot(chat)
        return chat

    async def uninstalls(self) -> None:
        """Remove the app from the personal chat."""
        await self.removes_bot(self.state.personal_chat(self))

    def view(self, chat: Chat, message: Message) -> Card:
        """Give the card that this person sees now: their own, else the base card."""
        own = self._own_view(chat, message)
        return deepcopy(own.card) if own else message.card

    async def opens_chat(self, chat: Chat) -> list[Card]:
        """Look at every card in the chat, as on opening it."""
        return [await self.looks_at(chat, m) for m in chat.messages if m.has_card]

    async def looks_at(self, chat: Chat, message: Message) -> Card:
        """Look at a card; the client refreshes it first if that is due."""
        if self._refresh_is_due(chat, message):
            await self.refreshes(chat, message, trigger="automatic")
        return self.view(chat, message)

    async def refreshes(self, chat: Chat, message: Message, trigger: str = "manual") -> Answer:
        """Choose "Refresh card"; raises LookupError where the card has no refresh."""
        action = (self.view(chat, message).get("refresh") or {}).get("action")
        if not action:
            msg = "the card cannot be refreshed"
            raise LookupError(msg)
        return await self._executes(message, action, dict(action.get("data") or {}), trigger)

    async def taps(
        self,
        chat: Chat,
        message: Message,
        title: str,
        inputs: Mapping[str, Value] | None = None,
        *,
        nth: int = 0,
        old_client: bool = False,
    ) -> Answer:
        """Tap a row or button of the card this person sees.

        `inputs` is by id or label, on top of the card's own values. An `old_client` does not
        know Action.Execute and takes its fallback. What a `task/fetch` button opens is the
        answer's `dialog`.

        Raises:
            LookupError: There is nothing of that title, or no such input or choice.
            RefusedByClient: The client found something missing and sent nothing.
        """
        card = self.view(chat, message)
        action = find_action(card, title, nth)
        if old_client and action["type"] == "Action.Execute":
            action = action["fallback"]
        match action["type"]:
            case "Action.Execute":
                data = submitted(card, action, inputs or {})
                return await self._executes(message, action, data, "manual")
            case "Action.Submit":
                return await self._submits(message, submitted(card, action, inputs or {}))
            case "Action.OpenUrl":
                self.opened_urls.append(action["url"])
            case "Action.ToggleVisibility":
                self._toggles(message, card, action)
        return Answer(0)

    async def opens(
        self, chat: Chat, message: Message, title: str, inputs: Mapping[str, Value] | None = None
    ) -> Dialog:
        """Tap a button that opens a dialog and give that dialog."""
        answer = await self.taps(chat, message, title, inputs)
        if answer.dialog is None:
            msg = f"{title!r} opened no dialog but answered {answer}"
            raise AssertionError(msg)
        return answer.dialog

    async def executes(
        self,
        chat: Chat,
        message: Message | None,
        verb: str,
        data: Any,
        *,
        trigger: str = "manual",
        forged: Forgery | None = None,
    ) -> Answer:
        """Send an `adaptiveCard/action` that no card need offer; the view stays as it is."""
        action = {"type": "Action.Execute", "verb": verb, "data": data}
        value = {"action": action, "trigger": trigger}
        sent = await self.invokes(chat, "adaptiveCard/action", value, about=message, forged=forged)
        return card_answer(sent.status, sent.body)

    async def sends_file(self, chat: Chat, name: str, content: bytes, **changes: Any) -> int:
        """Send a file in the personal chat; `changes` are to what Teams tells of it."""
        info = self.state.onedrive.keep(name, content) | changes
        activity = activities.file_message(self.state, self, chat, name, info)
        status, _ = await self.sends(activity)
        return status

    async def accepts_file(self, message: Message, **changes: Any) -> Upload:
        """Let an offered file be saved to one's OneDrive; `changes` are to what Teams tells."""
        offered = message.offered
        upload, info = self.state.onedrive.begin(offered["name"])
        context = offered["content"]["acceptContext"]
        answer = await self.answers_offer(message, "accept", context, info | changes)
        if answer.status != 200:
            msg = f"fileConsent/invoke was answered with {answer.status}"
            raise AssertionError(msg)
        return upload

    async def declines_file(self, message: Message) -> Answer:
        """Let an offered file be."""
        context = message.offered["content"]["declineContext"]
        return await self.answers_offer(message, "decline", context)

    async def answers_offer(
        self, message: Message, choice: str, context: Any, upload: Any = None
    ) -> Answer:
        """Send a `fileConsent/invoke`, whatever the message offers: for attacks, and retries."""
        value = {"type": "fileUpload", "action": choice, "context": context}
        if upload is not None:
            value["uploadInfo"] = upload
        return await self.invokes(message.chat, "fileConsent/invoke", value, about=message)

    async def uses_command(self, chat: Chat, command: str, message: str | None = None) -> Dialog:
        """Choose a command from the "+" of the compose box, or on a `message` (its HTML)."""
        context = "compose" if message is None else "message"
        value: dict[str, Any] = {"commandId": command, "commandContext": context}
        value["requestId"] = uuid4().hex
        if message is not None:
            value["messagePayload"] = self._payload(message)
        dialog = Dialog(client=self, chat=chat, command=value)
        answer = await dialog.opens()
        if answer.status != 200:
            msg = f"composeExtension/fetchTask was answered with {answer.status}"
            raise AssertionError(msg)
        return dialog

    async def _executes(self, message: Message, action: Card, data: Any, trigger: str) -> Answer:
        sent_action = {"type": "Action.Execute", "data": data}
        sent_action |= {key: action[key] for key in ("id", "title", "verb") if key in action}
        value = {"action": sent_action, "trigger": trigger}
        chat = message.chat
        sent = await self.invokes(chat, "adaptiveCard/action", value, about=message)
        answer = card_answer(sent.status, sent.body)
        if answer.status != 200:
            self.errors.append({"code": str(answer.status), "message": "Unable to reach app."})
        if answer.card is not None:
            self._sees(message, self.checks(answer.card))
        if answer.message is not None:
            self.notices.append(answer.message)
        if answer.error is not None:
            self.errors.append(answer.error)
        return answer

    async def _submits(self, message: Message, data: dict[str, Any]) -> Answer:
        teams = data.get("msteams") or {}
        if teams.get("type") == "task/fetch":
            dialog = Dialog(client=self, chat=message.chat, about=message)
            opened = await dialog.opens({"data": data})
            return Answer(opened.status, opened.body, dialog=dialog)
        activity = activities.submit(self.state, self, message, data)
        if teams.get("type") == "messageBack":
            activity |= {"text": teams.get("text", ""), "value": teams.get("value")}
        status, body = await self.sends(activity)
        return Answer(status, body)

    def _own_view(self, chat: Chat, message: Message) -> View | None:
        if message.chat is not chat:
            msg = "the message is not in that chat"
            raise LookupError(msg)
        own = self._views.get(message.id)
        return own if own and own.updates == message.updates else None

    def _sees(self, message: Message, card: Card) -> None:
        self._views[message.id] = View(deepcopy(card), message.updates, self.state.now())

    def _refresh_is_due(self, chat: Chat, message: Message) -> bool:
        refresh = self.view(chat, message).get("refresh") or {}
        own = self._own_view(chat, message)
        fresh = own is not None and self.state.now() - own.since < REFRESH_AFTER
        return self.mri in (refresh.get("userIds") or ()) and not fresh

    def _toggles(self, message: Message, card: Card, action: Card) -> None:
        for target in action["targetElements"]:
            wanted = target if isinstance(target, dict) else {"elementId": target}
            for node in walk(card):
                if node.get("id") == wanted["elementId"]:
                    now = node.get("isVisible") is not False
                    node["isVisible"] = wanted.get("isVisible", not now)
        self._sees(message, card)

    def _payload(self, html: str) -> dict[str, Any]:
        author = {"userIdentityType": "aadUser", "id": self.object_id, "displayName": self.name}
        return {
            "id": self.state.next_id(),
            "messageType": "message",
            "createdDateTime": self.state.now().isoformat(),
            "deleted": False,
            "importance": "normal",
            "locale": self.locale,
            "body": {"contentType": "html", "content": html},
            "from": {"user": author},
            "mentions": [],
            "reactions": [],
            "attachments": [],
        }
