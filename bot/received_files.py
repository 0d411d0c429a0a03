"""Files that people send to the bot in their own chat: they lie in the sender's OneDrive.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
"""

import asyncio
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

import aiohttp
from yarl import URL

from actions.errors import TryLater, Unreachable
from bot.uploads import onedrive_url

TIME_LIMIT: Final = 60.0
"""Seconds for a whole file."""

MOST_REDIRECTS: Final = 3

_ELSEWHERE: Final = frozenset({301, 302, 303, 307, 308})
_LATER: Final = frozenset({408, 429, 500, 502, 503, 504})


class ReceivedFiles:
    """Fetches files over one shared session; without a token, the address itself is secret."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        hosts: Sequence[str],
        time_limit: float = TIME_LIMIT,
    ) -> None:
        """Fetch from `hosts` alone; one that begins with a dot takes every host below."""
        self._session = session
        self._hosts = tuple(hosts)
        self._time_limit = time_limit

    async def fetch(self, address: str, most: int) -> bytes:
        """Give a file, of a larger one no more than one byte over `most`.

        Raises TryLater, Unreachable.
        """
        url = onedrive_url(address, self._hosts)
        try:
            async with asyncio.timeout(self._time_limit):
                for _ in range(MOST_REDIRECTS + 1):
                    found = await self._get(url, most)
                    if isinstance(found, bytes):
                        return found
                    url = onedrive_url(found, self._hosts)
        except (aiohttp.ClientError, TimeoutError, OSError) as failure:
            raise TryLater from failure
        raise Unreachable("TooManyRedirects")

    async def _get(self, url: URL, most: int) -> bytes | str:
        """Give the content, or the address where it is instead."""
        # What is packed could be far more than it seems.
        headers = {"Accept-Encoding": "identity"}
        async with self._session.get(url, headers=headers, allow_redirects=False) as response:
            if response.status in _ELSEWHERE:
                return _joined(url, response.headers.get("Location", ""))
            if response.status in _LATER:
                raise TryLater
            if response.status != HTTPStatus.OK:
                raise Unreachable(f"Http{response.status}")
            content = bytearray()
            async for chunk in response.content.iter_chunked(64 * 1024):
                content += chunk
                if len(content) > most:
                    break
            return bytes(content[: most + 1])


def _joined(url: URL, location: str) -> str:
    try:
        return str(url.join(URL(location, encoded=True)))
    except ValueError as error:
        raise Unreachable("UrlNotAllowed") from error
