"""Who sends a request: Bot Framework's signed tokens, verified once and remembered.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import jwt
from jwt.types import Options

from bot.keys import KeyRing, SigningKey

LEEWAY: Final = 300
"""Seconds that clocks may differ."""

LONGEST: Final = 8192
"""Characters of a token; real ones have about 1,500."""

REMEMBERED: Final = 2048
"""How many verified tokens are known without verifying them again."""

_SCHEME: Final = "Bearer "
_CHECKS: Final[Options] = {
    "require": ["exp", "iss", "aud", "serviceurl"],
    # These depend on the time, which is ours to give: see `_check_times`.
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
}


class Unauthorized(Exception):
    """The token is not good; the reason is for the log, never for the sender."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A good token: what it claims, and the channels it may speak for."""

    claims: Mapping[str, Any]
    service_url: str
    channels: frozenset[str]
    expires_at: float

    def covers(self, channel_id: str, service_url: str) -> bool:
        """Give whether it speaks for this channel at this service URL."""
        same_place = _plain(service_url) == _plain(self.service_url)
        return bool(service_url) and same_place and channel_id in self.channels


class TokenValidator:
    """Verifies the tokens of one bot; no emulator and no skills, whose tokens prove less."""

    def __init__(
        self, app_id: str, issuer: str, keys: KeyRing, *, now: Callable[[], float] = time.time
    ) -> None:
        """Take tokens of `issuer` for `app_id`; `now` gives seconds since 1970."""
        self._app_id = app_id
        self._issuer = issuer
        self._keys = keys
        self._now = now
        self._generation = keys.generation
        self._known: OrderedDict[bytes, Verified] = OrderedDict()

    @property
    def ready(self) -> bool:
        """Tokens can be verified."""
        return self._keys.usable

    async def warm(self) -> None:
        """Fetch the keys before the first request. Raises KeysUnavailable."""
        await self._keys.ensure()

    async def verify(self, header: str) -> Verified:
        """Judge an Authorization header. Raises Unauthorized, KeysUnavailable."""
        token = header.removeprefix(_SCHEME)
        if token == header:
            raise Unauthorized("no bearer token")
        if len(token) > LONGEST or not token.isascii():
            raise Unauthorized("no token of ours")
        digest = hashlib.sha256(token.encode()).digest()
        known = self._recall(digest)
        return known or await self._verify(token, digest)

    def _recall(self, digest: bytes) -> Verified | None:
        self._keys.keep_fresh()
        if self._generation != self._keys.generation:
            self._generation = self._keys.generation
            self._known.clear()
        verified = self._known.get(digest)
        if verified is None or not self._keys.usable:
            return None
        if verified.expires_at <= self._now():
            del self._known[digest]
            return None
        self._known.move_to_end(digest)
        return verified

    async def _verify(self, token: str, digest: bytes) -> Verified:
        key = await self._keys.find(_key_id(token))
        if key is None:
            raise Unauthorized("unknown key")
        verified = self._decode(token, key)
        self._recall(digest)  # Forgets what the old keys verified, if they changed meanwhile.
        self._known[digest] = verified
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return verified

    def _decode(self, token: str, key: SigningKey) -> Verified:
        try:
            claims = jwt.decode(
                token,
                key.public_key,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=self._issuer,
                options=_CHECKS,
            )
        except (jwt.PyJWTError, ValueError, RecursionError) as error:
            raise Unauthorized(type(error).__name__) from error
        service_url = claims["serviceurl"]
        if not isinstance(service_url, str) or not service_url:
            raise Unauthorized("no service URL")
        expires_at = self._check_times(claims)
        return Verified(claims, service_url, key.endorsements, expires_at)

    def _check_times(self, claims: Mapping[str, Any]) -> float:
        """Give when the token ends. Raises Unauthorized when it ended or has not begun."""
        now = self._now()
        ends, begins = claims["exp"], claims.get("nbf", 0)
        if not _is_time(ends) or not _is_time(begins):
            raise Unauthorized("no times")
        if not begins - LEEWAY <= now < ends + LEEWAY:
            raise Unauthorized("not now")
        return float(ends) + LEEWAY


def _key_id(token: str) -> str:
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, RecursionError) as error:
        raise Unauthorized(type(error).__name__) from error
    key_id = header.get("kid")
    if not isinstance(key_id, str) or header.get("alg") != "RS256":
        raise Unauthorized("no key named")
    return key_id


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value < float("inf")


def _plain(url: str) -> str:
    return url.rstrip("/")
