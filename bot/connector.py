"""Bot Framework's connector: what the bot posts, updates, deletes and asks in Teams.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

import aiohttp
import orjson
from yarl import URL

from actions.errors import TryLater, Unreachable
from bot.config import covers, is_loopback
from bot.credentials import TokenSource

TIME_LIMIT: Final = 15.0
"""Seconds for one request, its token and its answer included."""

PAGE: Final = 500
"""Members on a page; Teams gives no more (teams.md §3)."""

MOST_PAGES: Final = 2_000
LARGEST_ANSWER: Final = 4 * 1024 * 1024
LONGEST_PAUSE: Final = 10.0
FIRST_PAUSE: Final = 0.5
LONGEST_WISH: Final = 3600.0
"""Seconds of Retry-After that are believed."""

_AGAIN_FOR_ALL: Final = frozenset({412, 429})
"""Teams' two ways of saying "too fast" (teams.md §3); nothing was done."""

_AGAIN_IF_IDEMPOTENT: Final = frozenset({0, 502, 503, 504})
_NOT_FINAL: Final = frozenset({401, 408, 412, 429})
"""The 4xx that another attempt may overcome."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a call goes on trying, and the world it does that in."""

    attempts: int = 1
    time_limit: float = TIME_LIMIT
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random
    now: Callable[[], float] = time.time


def _unheard(_method: str, _status: int) -> None:
    """Nobody counts."""


class Connector:
    """Calls Teams' connector over one shared session, with plain dicts.

    All calls raise TryLater and Unreachable; each is a single attempt unless `with_retries`.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        credentials: TokenSource,
        hosts: Sequence[str],
        patience: Patience = Patience(),
        called: Callable[[str, int], None] = _unheard,
    ) -> None:
        """Send to `hosts` alone; one that begins with a dot takes every host below.

        `called` is told the method of each request and the status of its answer, 0 for none.
        """
        self._session = session
        self._credentials = credentials
        self._hosts = tuple(hosts)
        self._patience = patience
        self._called = called

    def with_retries(self, attempts: int = 3) -> "Connector":
        """Give one that tries again by itself, for answers that someone waits for."""
        patience = replace(self._patience, attempts=attempts)
        return Connector(self._session, self._credentials, self._hosts, patience, self._called)

    async def send(
        self, service_url: str, conversation_id: str, activity: Mapping[str, Any]
    ) -> str:
        """Post a message; gives its id, or nothing where Teams keeps that to itself."""
        path = f"/{_segment(conversation_id)}/activities"
        return _id(await self._call("POST", service_url, path, activity))

    async def update(
        self,
        service_url: str,
        conversation_id: str,
        activity_id: str,
        activity: Mapping[str, Any],
    ) -> None:
        """Replace a message of the bot's own."""
        path = f"/{_segment(conversation_id)}/activities/{_segment(activity_id)}"
        await self._call("PUT", service_url, path, {**activity, "id": activity_id})

    async def delete(self, service_url: str, conversation_id: str, activity_id: str) -> None:
        """Delete a message of the bot's own."""
        path = f"/{_segment(conversation_id)}/activities/{_segment(activity_id)}"
        await self._call("DELETE", service_url, path)

    async def members(
        self,
        service_url: str,
        conversation_id: str,
        turn: Callable[[], AbstractAsyncContextManager[None]] = nullcontext,
    ) -> AsyncIterator[list[dict[str, Any]]]:
        """Give everyone in a conversation, page by page, each fetched in a `turn` of its own."""
        query, seen = {"pageSize": str(PAGE)}, {""}
        for _ in range(MOST_PAGES):
            path = f"/{_segment(conversation_id)}/pagedmembers?{urlencode(query)}"
            async with turn():
                page = await self._ask(service_url, path)
            listed = page.get("members")
            if not isinstance(listed, list):
                raise TryLater
            yield [member for member in listed if isinstance(member, dict)]
            token = str(page.get("continuationToken") or "")
            if token in seen:
                return
            seen.add(token)
            query["continuationToken"] = token

    async def member(
        self, service_url: str, conversation_id: str, user_id: str
    ) -> dict[str, Any] | None:
        """Give a member, or None when there is no such member or conversation."""
        path = f"/{_segment(conversation_id)}/members/{_segment(user_id)}"
        try:
            return await self._ask(service_url, path)
        except _Gone:
            return None

    async def create_conversation(self, service_url: str, parameters: Mapping[str, Any]) -> str:
        """Open a conversation, which may exist already; gives its id."""
        conversation_id = _id(await self._call("POST", service_url, "", parameters))
        if not conversation_id:
            raise TryLater
        return conversation_id

    async def _ask(self, service_url: str, path: str) -> dict[str, Any]:
        body = await self._call("GET", service_url, path)
        if body is None:
            raise TryLater
        return body

    async def _call(
        self,
        method: str,
        service_url: str,
        path: str,
        json: Mapping[str, Any] | None = None,
    ) -> dict[str, Any] | None:
        url = self._address(service_url, path)
        data = None if json is None else orjson.dumps(json)
        attempt = 1
        while True:
            answer = await self._attempt(method, url, data)
            if answer.status == 401:  # noqa: PLR2004 - nothing was done, and a new token may do
                answer = await self._attempt(method, url, data)
            if answer.is_good:
                return answer.body
            if attempt >= self._patience.attempts or not _may_repeat(method, answer.status):
                raise _failure(answer) from answer.cause
            await self._patience.sleep(self._pause(attempt, answer.retry_after))
            attempt += 1

    def _address(self, service_url: str, path: str) -> URL:
        """Tokens go to Teams alone, whatever service URL was once written down."""
        try:
            url = URL(f"{service_url.rstrip('/')}/v3/conversations{path}", encoded=True)
            host = (url.host or "").lower()
        except ValueError as error:
            raise Unreachable("ServiceUrlNotAllowed") from error
        is_safe = url.scheme == "https" or (url.scheme == "http" and is_loopback(host))
        is_plain = url.user is None and service_url.isascii() and service_url.isprintable()
        if not (is_plain and is_safe and covers(self._hosts, host)):
            raise Unreachable("ServiceUrlNotAllowed")
        return url

    async def _attempt(self, method: str, url: URL, data: bytes | None) -> "_Answer":
        try:
            async with asyncio.timeout(self._patience.time_limit):
                answer = await self._request(method, url, data)
        except (aiohttp.ClientError, TimeoutError, OSError) as failure:
            answer = _Answer(status=0, cause=failure)
        self._called(method, answer.status)
        return answer

    async def _request(self, method: str, url: URL, data: bytes | None) -> "_Answer":
        token = await self._credentials.get_token()
        headers = {"Content-Type": "application/json"} if data is not None else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        async with self._session.request(
            method, url, data=data, headers=headers, allow_redirects=False
        ) as response:
            if response.status == 401:  # noqa: PLR2004 - HTTP's number
                self._credentials.forget(token)
            wish = _seconds(response.headers.get("Retry-After", ""), self._patience.now())
            return _Answer(response.status, await _read(response), wish)

    def _pause(self, attempt: int, wish: float | None) -> float:
        if wish is not None:
            return min(wish, LONGEST_PAUSE)
        longest = min(FIRST_PAUSE * 2.0**attempt, LONGEST_PAUSE)
        return longest * (1 + self._patience.chance()) / 2


class _Gone(Unreachable):
    """404: the conversation, the message or the member is not there."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came back; status 0 stands for nothing."""

    status: int
    body: dict[str, Any] | None = field(default=None)
    retry_after: float | None = None
    cause: BaseException | None = None

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300  # noqa: PLR2004 - HTTP's numbers


def _may_repeat(method: str, status: int) -> bool:
    """A POST that went unanswered may have been carried out; twice would be two messages."""
    return status in _AGAIN_FOR_ALL or (method != "POST" and status in _AGAIN_IF_IDEMPOTENT)


def _failure(answer: _Answer) -> TryLater | Unreachable:
    if answer.status in _NOT_FINAL or not 400 <= answer.status < 500:  # noqa: PLR2004 - HTTP's
        return TryLater(answer.retry_after)
    kind = _Gone if answer.status == 404 else Unreachable  # noqa: PLR2004 - HTTP's number
    return kind(_code(answer))


def _code(answer: _Answer) -> str:
    """Give Teams' own word, if it is one: it goes into logs and tables."""
    error = (answer.body or {}).get("error")
    code = error.get("code") if isinstance(error, dict) else None
    is_word = isinstance(code, str) and code.isidentifier() and len(code) <= 64  # noqa: PLR2004
    return str(code) if is_word else f"Http{answer.status}"


async def _read(response: aiohttp.ClientResponse) -> dict[str, Any] | None:
    """Read an answer's object; what is empty, too large or something else is None."""
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > LARGEST_ANSWER:
            response.close()
            return None
    try:
        parsed = orjson.loads(body)
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None


def _seconds(wish: str, now: float) -> float | None:
    """Read Retry-After: seconds or a date (RFC 9110 §10.2.3)."""
    try:
        seconds = float(wish) if wish[:1].isdigit() else _until(wish, now)
    except (ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_WISH)


def _until(date: str, now: float) -> float:
    when: datetime = parsedate_to_datetime(date)
    return when.timestamp() - now


def _id(body: dict[str, Any] | None) -> str:
    found = (body or {}).get("id")
    return found if isinstance(found, str) else ""


def _segment(value: str) -> str:
    """Ids hold colons, semicolons and slashes; none of them may lead elsewhere."""
    if value in {"", ".", ".."}:
        raise Unreachable("BadId")
    return quote(value, safe="")
