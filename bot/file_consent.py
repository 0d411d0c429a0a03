"""Exports in someone's own chat: Teams asks whether the file may be saved to their OneDrive.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import structlog
from microsoft_teams.cards.core import AdaptiveCard

from actions.caller import Caller
from actions.errors import MusterError, NotDelivered, NotFound, NotSaved
from actions.exporting import AnyOrder
from actions.places import Conversation
from actions.ports import Ports
from bot.answers import Body
from bot.background import Background
from bot.exports import Exports, Made
from bot.messenger import Messenger
from bot.tickets import Ticket, Tickets
from bot.uploads import Uploads
from cards.sentences import sentence
from cards.texts import Texts
from cards.welcome import message
from dialogs.export import declined_card, not_saved_card, saved_card, saving_card

log = structlog.get_logger()

GOOD_FOR: Final = timedelta(days=7)
"""How long an offer stands; the file is made anew where it is no longer there."""

KEPT: Final = timedelta(minutes=30)
"""How long a file waits to be taken."""

CONSENT: Final = "application/vnd.microsoft.teams.card.file.consent"
INFO: Final = "application/vnd.microsoft.teams.card.file.info"


@dataclass(frozen=True, slots=True)
class Reply:
    """Who answered an offer, where, and which message it was made in."""

    caller: Caller
    place: Conversation
    message_id: str
    texts: Texts


class FileConsents:
    """Offers files, and saves those that are accepted; all of it goes on in the background."""

    def __init__(
        self,
        ports: Ports,
        exports: Exports,
        tickets: Tickets,
        messenger: Messenger,
        uploads: Uploads,
        background: Background,
    ) -> None:
        """Have no file yet."""
        self._ports = ports
        self._exports = exports
        self._tickets = tickets
        self._messenger = messenger
        self._uploads = uploads
        self._background = background
        self._under_way: set[AnyOrder] = set()
        self._kept: dict[AnyOrder, Made] = {}
        self._taken: set[str] = set()

    def offer(self, to: Conversation, order: AnyOrder, texts: Texts) -> None:
        """Begin to make a file, to be offered in someone's own chat when it is there.

        Who presses again meanwhile waits for that one.
        """
        if order not in self._under_way:
            self._under_way.add(order)
            self._background.start("offer_export", self._offer(to, order, texts))

    def answer(self, reply: Reply, value: Mapping[str, Any]) -> None:
        """Begin to do what someone answered in a `fileConsent/invoke`."""
        self._background.start("file_consent", self._answer(reply, value))

    async def _offer(self, to: Conversation, order: AnyOrder, texts: Texts) -> None:
        try:
            made = await self._exports.make(order)
        except MusterError as refused:
            words = sentence(texts, refused)
            await self._messenger.post(to, to.id, message(texts, words), words)
            return
        finally:
            self._under_way.discard(order)
        until = self._ports.clock.now() + GOOD_FOR
        ticket = Ticket("consent", self._ports.ids.new(), order, int(until.timestamp()))
        self._forget(order)
        self._kept[order] = made
        asyncio.get_running_loop().call_later(KEPT.total_seconds(), self._forget, order)
        words = texts("Your export is ready.")
        card = _consent(made, self._tickets.sign(ticket), words)
        await self._messenger.post_file(to, to.id, card, words)

    async def _answer(self, reply: Reply, value: Mapping[str, Any]) -> None:
        try:
            ticket = self._ticket(reply, value)
            if ticket.id in self._taken:
                return
            self._taken.add(ticket.id)
            name = await self._exports.name(ticket.order)
            if value.get("action") == "accept":
                await self._save(reply, ticket, name, _mapping(value.get("uploadInfo")))
            else:
                self._forget(ticket.order)
                await self._show(reply, declined_card(reply.texts, name))
        except MusterError as refused:
            log.info("refused", invoke="fileConsent/invoke", code=refused.code)
            await self._show(reply, message(reply.texts, sentence(reply.texts, refused)))

    def _ticket(self, reply: Reply, value: Mapping[str, Any]) -> Ticket:
        """Read what the offer was for. Raises NotFound unless it was made to who answers."""
        signed = _mapping(value.get("context")).get("muster")
        ticket = self._tickets.read(signed if isinstance(signed, str) else "", "consent")
        if ticket.order.person != reply.caller.person.key:
            raise NotFound("no_such_export")
        if self._ports.clock.now().timestamp() > ticket.until:
            raise NotFound("export_expired")
        return ticket

    async def _save(
        self, reply: Reply, ticket: Ticket, name: str, upload: Mapping[str, Any]
    ) -> None:
        """Nobody presses it again while it is saved; who is told that it failed may."""
        order, texts = ticket.order, reply.texts
        await self._show(reply, saving_card(texts, name))
        made: Made | None = None
        try:
            made = self._kept.pop(order, None) or await self._exports.make(order)
            await self._exports.record(order, reply.caller.person.name)
            await self._uploads.send(str(upload.get("uploadUrl", "")), made.path)
        except (NotDelivered, NotSaved) as failure:
            log.warning("export_not_saved", action=order.subject, code=failure.code)
            self._taken.discard(ticket.id)
            await self._show(reply, not_saved_card(texts, name, order))
            return
        finally:
            if made is not None:
                await asyncio.to_thread(made.discard)
        log.info("exported", action=order.subject, format=order.format)
        words = texts("Results successfully downloaded.")
        await self._messenger.post_file(reply.place, reply.place.id, _info(upload), words)
        await self._show(reply, saved_card(texts, name))

    async def _show(self, reply: Reply, card: AdaptiveCard) -> None:
        """Put a card in the offer's place."""
        place, words = reply.place, reply.texts("Export")
        if reply.message_id:
            await self._messenger.update(place, place.id, reply.message_id, card, words)
        else:
            await self._messenger.post(place, place.id, card, words)

    def _forget(self, order: AnyOrder) -> None:
        made = self._kept.pop(order, None)
        if made is not None:
            made.discard()


def _consent(made: Made, signed: str, description: str) -> Body:
    content = {
        "description": description,
        "sizeInBytes": made.size,
        "acceptContext": {"muster": signed},
        "declineContext": {"muster": signed},
    }
    return {"contentType": CONSENT, "name": made.name, "content": content}


def _info(upload: Mapping[str, Any]) -> Body:
    """Give the card that opens the saved file, made of what Teams said of it."""
    content = {name: upload.get(name) for name in ("uniqueId", "fileType")}
    address, name = upload.get("contentUrl"), upload.get("name")
    return {"contentType": INFO, "contentUrl": address, "name": name, "content": content}


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
