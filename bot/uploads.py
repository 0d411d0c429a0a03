"""Bringing files into someone's OneDrive, piece by piece, to an address that Teams gave.

https://learn.microsoft.com/graph/api/driveitem-createuploadsession
"""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aiohttp
import orjson
from yarl import URL

from actions.errors import NotDelivered, TryLater, Unreachable
from bot.config import covers, is_loopback
from bot.connector import Patience

PIECE: Final = 16 * 320 * 1024
"""Bytes sent at once; every piece but the last must be a multiple of 320 KiB."""

PATIENCE: Final = Patience(attempts=4, time_limit=120.0)
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 60.0
LARGEST_ANSWER: Final = 64 * 1024

_DONE: Final = frozenset({200, 201})
_GOES_ON: Final = 202
_AGAIN: Final = frozenset({0, 408, 409, 416, 429, 500, 502, 503, 504})
"""Without an answer, or with these, what has arrived is asked for, and sending goes on there."""


class Uploads:
    """Sends files over one shared session; without a token, the address itself is secret."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        hosts: Sequence[str],
        patience: Patience = PATIENCE,
        piece: int = PIECE,
    ) -> None:
        """Send to `hosts` alone; one that begins with a dot takes every host below."""
        self._session = session
        self._hosts = tuple(hosts)
        self._patience = patience
        self._piece = piece

    async def send(self, address: str, path: Path) -> None:
        """Send a whole file. Raises TryLater, Unreachable."""
        url = onedrive_url(address, self._hosts)
        size = await asyncio.to_thread(os.path.getsize, path)
        at = failed = 0
        while at < size:
            piece = await asyncio.to_thread(_read, path, at, self._piece)
            answer = await self._put(url, piece, at, size)
            if answer.status in _DONE:
                return
            if answer.status == _GOES_ON:
                at += len(piece)
                continue
            failed += 1
            if answer.status not in _AGAIN or failed == self._patience.attempts:
                raise answer.failure()
            await self._patience.sleep(self._pause(failed, answer.wish))
            at = await self._arrived(url, at)
        raise TryLater

    async def _put(self, url: URL, piece: bytes, at: int, size: int) -> "_Answer":
        headers = {"Content-Range": f"bytes {at}-{at + len(piece) - 1}/{size}"}
        return await self._ask("PUT", url, piece, headers)

    async def _arrived(self, url: URL, at: int) -> int:
        """Give where the file goes on; where that is not said now, at the same place."""
        answer = await self._ask("GET", url, None, {})
        ranges = answer.body.get("nextExpectedRanges")
        first = str(ranges[0]) if isinstance(ranges, list) and ranges else ""
        start = first.partition("-")[0]
        return int(start) if start.isascii() and start.isdigit() else at

    async def _ask(
        self, method: str, url: URL, data: bytes | None, headers: dict[str, str]
    ) -> "_Answer":
        try:
            async with (
                asyncio.timeout(self._patience.time_limit),
                self._session.request(
                    method, url, data=data, headers=headers, allow_redirects=False
                ) as response,
            ):
                wish = response.headers.get("Retry-After", "")
                return _Answer(response.status, await _object(response), wish)
        except (aiohttp.ClientError, TimeoutError, OSError):
            return _Answer(0, {})

    def _pause(self, failed: int, wish: str) -> float:
        if wish.isascii() and wish.isdigit():
            return min(float(wish), LONGEST_PAUSE)
        longest = FIRST_PAUSE * 2.0**failed
        return longest * (1 + self._patience.chance()) / 2


def onedrive_url(address: str, hosts: Sequence[str]) -> URL:
    """Read an address that someone's OneDrive is said to have. Raises Unreachable."""
    try:
        url = URL(address, encoded=True)
        host = (url.host or "").lower()
    except ValueError as error:
        raise Unreachable("UrlNotAllowed") from error
    is_safe = url.scheme == "https" or (url.scheme == "http" and is_loopback(host))
    is_plain = url.user is None and address.isascii() and address.isprintable()
    if not (is_plain and is_safe and covers(hosts, host)):
        raise Unreachable("UrlNotAllowed")
    return url


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came back; status 0 stands for nothing."""

    status: int
    body: dict[str, Any]
    wish: str = ""

    def failure(self) -> NotDelivered:
        return TryLater() if self.status in _AGAIN else Unreachable(f"Http{self.status}")


def _read(path: Path, at: int, length: int) -> bytes:
    with path.open("rb") as file:
        file.seek(at)
        return file.read(length)


async def _object(response: aiohttp.ClientResponse) -> dict[str, Any]:
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > LARGEST_ANSWER:
            response.close()
            return {}
    try:
        parsed = orjson.loads(body)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}
