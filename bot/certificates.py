"""Certificates for whoever has their code: a page that confirms one, and its file."""

import asyncio
import base64
import hashlib
from html import escape
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from aiohttp import web

from actions.certificates import Certificate
from actions.certifying import confirmed
from actions.errors import MusterError, NotSaved
from actions.ports import Ports
from bot.browser import NOT_KEPT, reader_texts
from bot.certificate_pdf import certificate_pdf, facts
from bot.exports import file_name
from cards.sentences import sentence
from cards.texts import Texts

CERTIFICATES: Final = "/certificates/"

_STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 1.125rem/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 40rem;
  padding: 0 1.5rem; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; }
dt { margin-top: 1rem; opacity: .8; }
dd { margin: 0; font-size: 1.25rem; }
.state { border-inline-start: .375rem solid; padding-inline-start: 1rem; font-weight: bold; }
"""

_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

_HEADERS: Final = NOT_KEPT | {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}


class Certificates:
    """Gives the addresses of certificates, and answers who opens one."""

    def __init__(self, ports: Ports, public_url: str | None) -> None:
        """Give addresses below `public_url`; without one there are none."""
        self._ports = ports
        self._public_url = public_url

    def link(self, code: str) -> str:
        """Give where a certificate is confirmed, nothing where the bot has no address."""
        return f"{self._public_url}{CERTIFICATES}{code}" if self._public_url else ""

    async def page(self, request: web.Request) -> web.Response:
        """Answer GET /certificates/{code}: what is confirmed, or that nothing is."""
        texts = reader_texts(request)
        try:
            certificate, time_zone = await self._found(request)
        except MusterError as refused:
            return _refusal(refused, texts)
        state = texts("This certificate is valid.")
        if not certificate.is_valid(self._ports.clock.now()):
            state = texts("This certificate is no longer valid.")
        return _answer(_confirmation(certificate, texts, state, time_zone), texts)

    async def file(self, request: web.Request) -> web.Response:
        """Answer GET /certificates/{code}.pdf."""
        texts = reader_texts(request)
        try:
            certificate, time_zone = await self._found(request)
        except MusterError as refused:
            return _refusal(refused, texts)
        address = self.link(certificate.code)
        pdf = await asyncio.to_thread(certificate_pdf, certificate, texts, time_zone, address)
        name = quote(file_name(certificate.title, "pdf"), safe="")
        disposition = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return web.Response(
            body=pdf, content_type="application/pdf", headers=_HEADERS | disposition
        )

    async def _found(self, request: web.Request) -> tuple[Certificate, str]:
        """Days are those of the time zone of who made it, for everybody who looks at it."""
        certificate = await confirmed(self._ports, request.match_info["code"])
        if certificate.time_zone:
            return certificate, certificate.time_zone
        action = await self._ports.store.known(certificate.action_id)
        return certificate, action.time_zone


def _confirmation(certificate: Certificate, texts: Texts, state: str, time_zone: str) -> str:
    """Give what the page says of a certificate."""
    said = [
        (texts("Name"), certificate.name),
        (texts("Completed"), certificate.title),
        *facts(certificate, texts, time_zone),
        (texts("Verification code"), certificate.code),
    ]
    rows = "".join(
        f'<dt>{escape(label)}</dt><dd dir="auto">{escape(value)}</dd>' for label, value in said
    )
    return (
        f'<p class="state">{escape(state)}</p><dl>{rows}</dl>'
        f'<p><a href="{certificate.code}.pdf">{escape(texts("Download as PDF"))}</a></p>'
    )


def _refusal(refused: MusterError, texts: Texts) -> web.Response:
    is_passing = isinstance(refused, NotSaved)
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_passing else HTTPStatus.NOT_FOUND
    words = sentence(texts, refused)
    if is_passing:
        words = texts("This cannot be looked up just now. Please try again in a moment.")
    return _answer(f'<p class="state">{escape(words)}</p>', texts, status)


def _answer(content: str, texts: Texts, status: HTTPStatus = HTTPStatus.OK) -> web.Response:
    title = escape(texts("Certificate"))
    page = (
        f'<!doctype html><html lang="{texts.tag}" dir="{"rtl" if texts.right_to_left else "ltr"}">'
        f'<head><meta charset="utf-8"><title>{title} · Muster</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head>"
        f"<body><main><h1>{title}</h1>{content}</main></body></html>"
    )
    return web.Response(text=page, content_type="text/html", status=status, headers=_HEADERS)
