"""The public keys that Bot Framework signs its tokens with, fetched and kept fresh.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import aiohttp
import jwt
import orjson
import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm
from yarl import URL

from bot.flight import SingleFlight

log = structlog.get_logger()

TIME_LIMIT: Final = 10.0
"""Seconds for both documents together."""

LARGEST_DOCUMENT: Final = 1024 * 1024
"""Bytes; Bot Framework's documents have some 10 KB."""

FRESH: Final = 6 * 3600.0
"""Seconds after which keys are fetched again, behind the requests."""

USABLE: Final = 5 * 24 * 3600.0
"""Seconds that keys serve while the key server cannot be reached; the SDK's own figure."""

PAUSE: Final = 60.0
"""Seconds between two fetches for unknown keys, and between two refreshes that fail."""

FIRST_PAUSE: Final = 1.0
"""Seconds between two attempts while there are no keys at all."""


class KeysUnavailable(Exception):
    """There are no usable keys and none can be had now, so no token can be judged."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key and the channels whose tokens it may sign."""

    public_key: RSAPublicKey
    endorsements: frozenset[str]


class KeyRing:
    """Bot Framework's keys by id; one fetch at a time, whoever needs it."""

    def __init__(
        self,
        metadata_url: str,
        session: Callable[[], aiohttp.ClientSession],
        *,
        clock: Callable[[], float] = time.monotonic,
        time_limit: float = TIME_LIMIT,
    ) -> None:
        """Fetch through the session that `session` gives; `clock` never jumps back."""
        self._metadata_url = metadata_url
        self._session = session
        self._clock = clock
        self._time_limit = time_limit
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched = self._tried = self._missed = float("-inf")
        self._flight = SingleFlight(self._fetch)
        self.generation = 0
        """Grows whenever the keys change: what was verified with the old ones is void."""

    @property
    def usable(self) -> bool:
        """There are keys, and they are not too old."""
        return self._clock() - self._fetched < USABLE

    def keep_fresh(self) -> None:
        """Start a fetch behind the requests when the keys are old; costs nothing otherwise."""
        now = self._clock()
        if now - self._fetched > FRESH and now - self._tried > PAUSE:
            self._flight.start()

    async def find(self, key_id: str) -> SigningKey | None:
        """Give the key, which may have been published just now. Raises KeysUnavailable."""
        await self.ensure()
        self.keep_fresh()
        key = self._keys.get(key_id)
        if key is None and self._may_look_again():
            try:
                await self._flight.join()
            except KeysUnavailable:
                return None
            key = self._keys.get(key_id)
        return key

    async def ensure(self) -> None:
        """See to it that there are keys. Raises KeysUnavailable."""
        if self.usable:
            return
        if not self._flight.running and self._clock() - self._tried < FIRST_PAUSE:
            raise KeysUnavailable
        await self._flight.join()

    async def close(self) -> None:
        """Stop a fetch under way."""
        await self._flight.close()

    def _may_look_again(self) -> bool:
        """Anybody can send unknown key ids, so they cost the key server one fetch a minute."""
        if self._flight.running:
            return True
        now = self._clock()
        if now - self._missed <= PAUSE:
            return False
        self._missed = now
        return True

    async def _fetch(self) -> None:
        self._tried = self._clock()
        try:
            async with asyncio.timeout(self._time_limit):
                keys = await self._download()
        except (aiohttp.ClientError, TimeoutError, ValueError, OSError) as failure:
            log.warning("keys_not_fetched", error=type(failure).__name__, usable=self.usable)
            raise KeysUnavailable from failure
        self._fetched = self._clock()
        if keys != self._keys:
            self._keys = keys
            self.generation += 1

    async def _download(self) -> Mapping[str, SigningKey]:
        metadata = await self._get_object(self._metadata_url)
        listed = await self._get_object(str(metadata.get("jwks_uri")))
        keys = dict(_signing_keys(listed.get("keys")))
        if not keys:
            raise ValueError("no usable keys")
        return keys

    async def _get_object(self, url: str) -> Mapping[str, Any]:
        if URL(url).scheme != URL(self._metadata_url).scheme:
            raise ValueError("not as safe as the address that was set")
        # A redirection would let someone else say whose tokens are good.
        async with self._session().get(url, allow_redirects=False) as response:
            if response.status != HTTPStatus.OK:
                raise ValueError("no document")
            document = orjson.loads(await _read(response))
        if not isinstance(document, dict):
            raise ValueError("not an object")  # noqa: TRY004 - a fault of the document
        return document


async def _read(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > LARGEST_DOCUMENT:
            raise ValueError("too large")
    return bytes(body)


def _signing_keys(listed: object) -> Iterator[tuple[str, SigningKey]]:
    """A key of a kind that is not known yet must not cost those that are."""
    for jwk in listed if isinstance(listed, list) else ():
        if not isinstance(jwk, dict) or jwk.get("kty") != "RSA" or jwk.get("use", "sig") != "sig":
            continue
        key_id, endorsements = jwk.get("kid"), jwk.get("endorsements")
        if not isinstance(key_id, str) or not isinstance(endorsements, list):
            continue
        try:
            public_key = RSAAlgorithm.from_jwk(jwk)
        except (jwt.PyJWTError, ValueError, TypeError):
            continue
        if isinstance(public_key, RSAPublicKey):
            channels = frozenset(name for name in endorsements if isinstance(name, str))
            yield key_id, SigningKey(public_key, channels)
