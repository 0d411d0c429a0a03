"""Exports by link: signed, for one person, and good for a quarter of an hour."""

import asyncio
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

import structlog
from aiohttp import web

from actions.banked import BankOrder
from actions.errors import MusterError, NotFound, NotSaved
from actions.exporting import LINK_LASTS, AnyOrder, exportable
from actions.ports import Ports
from bot.browser import NOT_KEPT
from bot.exports import Exports, Made
from bot.tickets import Ticket, Tickets
from cards.sentences import sentence
from cards.texts import texts_for

log = structlog.get_logger()

DOWNLOADS: Final = "/exports/"
CHUNK: Final = 256 * 1024

TYPES: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "gift": "text/plain; charset=utf-8",
}


class Downloads:
    """Makes links, and answers who opens one."""

    def __init__(
        self, ports: Ports, exports: Exports, tickets: Tickets, public_url: str | None
    ) -> None:
        """Give links below `public_url`; without one there are none."""
        self._ports = ports
        self._exports = exports
        self._tickets = tickets
        self._public_url = public_url

    def link(self, order: AnyOrder) -> str:
        """Give the address of an export, nothing where the bot has no address."""
        if not self._public_url:
            return ""
        until = self._ports.clock.now() + LINK_LASTS
        ticket = Ticket("link", self._ports.ids.short(), order, int(until.timestamp()))
        return f"{self._public_url}{DOWNLOADS}{self._tickets.sign(ticket)}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer GET /exports/…: the file, or a sentence that says why not."""
        locale, made = "", None
        try:
            ticket = self._tickets.read(request.match_info["ticket"], "link")
            locale = ticket.order.locale
            name = await self._checked(ticket)
            # It is whole before its first byte is sent: half a table looks like a whole one.
            made = await self._exports.make(ticket.order)
            await self._exports.record(ticket.order, name)
            order = ticket.order
            log.info("exported", action=order.subject, format=order.format)
            return await _send(request, made, order.format)
        except MusterError as refused:
            log.info("export_refused", code=refused.code)
            return _refusal(refused, locale)
        finally:
            if made is not None:
                await asyncio.to_thread(made.discard)

    async def _checked(self, ticket: Ticket) -> str:
        """Give who opens a ticket that is good now: their name is known of creators alone.

        Raises NotFound, NotAllowed.
        """
        if self._ports.clock.now().timestamp() > ticket.until:
            raise NotFound("export_expired")
        order = ticket.order
        if isinstance(order, BankOrder):
            return ""
        creator = (await exportable(self._ports, order.person, order.action_id)).creator
        return creator.name if order.person == creator.key else ""


async def _send(request: web.Request, made: Made, form: str) -> web.StreamResponse:
    """Send it in one piece: asked for in parts, each would come from a file made anew."""
    disposition = f"attachment; filename*=UTF-8''{quote(made.name, safe='')}"
    headers = {
        "Content-Type": TYPES[form],
        "Content-Disposition": disposition,
        "Accept-Ranges": "none",
    }
    response = web.StreamResponse(headers=NOT_KEPT | headers)
    response.content_length = made.size
    await response.prepare(request)
    with await asyncio.to_thread(made.path.open, "rb") as file:
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            await response.write(chunk)
    await response.write_eof()
    return response


def _refusal(refused: MusterError, locale: str) -> web.Response:
    status = HTTPStatus.NOT_FOUND
    if isinstance(refused, NotSaved):
        status = HTTPStatus.SERVICE_UNAVAILABLE
    elif refused.code in {"deleted", "export_expired"}:
        status = HTTPStatus.GONE
    text = sentence(texts_for(locale), refused)
    return web.Response(text=text, status=status, headers=NOT_KEPT)
