"""A lesson's links by way of the bot: who opens one goes on to it, and that is noted."""

from dataclasses import astuple, dataclass
from http import HTTPStatus
from string import printable
from typing import Final
from urllib.parse import quote

import structlog
from aiohttp import web

from actions.action import Status
from actions.errors import MusterError, NotFound, NotSaved
from actions.lesson import Lesson
from actions.material import Link
from actions.ports import Ports
from actions.taking import open_link
from bot.browser import NOT_KEPT, reader_texts
from bot.signing import Signer
from cards.sentences import sentence
from cards.texts import Texts

log = structlog.get_logger()

LINKS: Final = "/open/"

_PURPOSES: Final = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
"""Headers in which browsers say that they only fetch something beforehand."""


@dataclass(frozen=True, slots=True)
class _Opening:
    """Whose link it is: all of it signed, so that nobody opens something in another's name."""

    action_id: str
    person_key: str
    lesson_id: str
    link_id: str


class Links:
    """Gives the addresses of links, and answers who opens one."""

    def __init__(self, ports: Ports, secret: bytes, public_url: str | None) -> None:
        """Give addresses below `public_url`; without one there are none."""
        self._ports = ports
        self._signer = Signer(secret, "links of lessons")
        self._public_url = public_url

    def address(self, action_id: str, person_key: str, lesson_id: str, link_id: str) -> str:
        """Give where a link is opened by a person, nothing where the bot has no address."""
        if not self._public_url:
            return ""
        token = self._signer.sign((action_id, person_key, lesson_id, link_id))
        return f"{self._public_url}{LINKS}{token}"

    async def answer(self, request: web.Request) -> web.Response:
        """Answer GET and HEAD /open/…: on to the link, or a sentence that says why not."""
        try:
            opening = self._read(request.match_info["token"])
            link = await self._link(opening)
        except MusterError as refused:
            return _refusal(refused, reader_texts(request))
        if request.method == "GET" and not _is_beforehand(request):
            await self._note(opening)
        # Where it leads is what the lesson says now: nothing in the request can change that.
        location = quote(link.address, safe=printable)
        return web.Response(status=HTTPStatus.FOUND, headers={**NOT_KEPT, "Location": location})

    def _read(self, token: str) -> _Opening:
        parts = self._signer.read(token)
        if parts is None:
            raise NotFound("no_such_link")
        return _Opening(*parts)

    async def _link(self, opening: _Opening) -> Link:
        action = await self._ports.store.action(opening.action_id)
        if action.status is Status.DELETED:
            raise NotFound("deleted")
        lesson = action.content.question(opening.lesson_id)
        link = lesson.link(opening.link_id) if isinstance(lesson, Lesson) else None
        if link is None:
            raise NotFound("link_gone")
        return link

    async def _note(self, opening: _Opening) -> None:
        """Learning goes on when it cannot be noted."""
        try:
            await open_link(self._ports, *astuple(opening))
        except MusterError as failed:
            log.warning("link_not_noted", code=failed.code, action=opening.action_id)


def _is_beforehand(request: web.Request) -> bool:
    said = " ".join(request.headers.get(name, "") for name in _PURPOSES).lower()
    return any(word in said for word in ("prefetch", "prerender", "preview"))


def _refusal(refused: MusterError, texts: Texts) -> web.Response:
    status = HTTPStatus.NOT_FOUND
    if isinstance(refused, NotSaved):
        status = HTTPStatus.SERVICE_UNAVAILABLE
    elif refused.code in {"deleted", "link_gone"}:
        status = HTTPStatus.GONE
    return web.Response(text=sentence(texts, refused), status=status, headers=NOT_KEPT)
