"""The keys that Bot Framework signs with, and its tokens: good ones and forged ones."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Sequence
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

ISSUER = "https://api.botframework.com"
FOREIGN = -1


@cache
def rsa_key(number: int) -> rsa.RSAPrivateKey:
    """Give a key of this process; making one takes long, so stand-ins share them."""
    del number
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class SigningKeys:
    """The key server's keys; `fetches` counts how often the bot asked for them."""

    def __init__(self, audience: str) -> None:
        """Start with one key; tokens are for `audience`, the bot's app id."""
        self.audience = audience
        self.endorsements = ["msteams", "webchat", "directline"]
        self.fetches = 0
        self._listed = [0]
        self._good: dict[tuple[int, str], str] = {}

    def rotate(self, *, keep_old: bool = False) -> None:
        """Sign with a new key from now on; the old ones vanish from the list unless kept."""
        newest = self._listed[-1] + 1
        self._listed = [*self._listed, newest] if keep_old else [newest]

    def jwks(self) -> dict[str, Any]:
        """Give the public keys as the key server lists them."""
        return {"keys": [self._jwk(number) for number in self._listed]}

    def good_token(self, service_url: str) -> str:
        """Give a token as Teams sends it; the same one again, so that signing costs nothing."""
        key = (self._listed[-1], service_url)
        if key not in self._good:
            self._good[key] = self.token(service_url=service_url)
        return self._good[key]

    def token(
        self,
        *,
        service_url: str,
        audience: str | None = None,
        issuer: str = ISSUER,
        expires_in: float = 3600,
        starts_in: float = 0,
        algorithm: str = "RS256",
        foreign_key: bool = False,
        kid: str | None = None,
        without: Sequence[str] = (),
    ) -> str:
        """Make a token; `without` names claims (or "kid") to leave out.

        "none" is unsigned; "HS256" takes the public key as the secret, a known attack.
        """
        now = time.time()
        claims: dict[str, Any] = {"serviceurl": service_url, "iss": issuer}
        claims |= {"nbf": int(now + starts_in), "exp": int(now + expires_in)}
        claims["aud"] = self.audience if audience is None else audience
        number = self._listed[-1]
        headers = {"kid": _kid(number) if kid is None else kid, "typ": "JWT"}
        claims = {name: value for name, value in claims.items() if name not in without}
        headers = {name: value for name, value in headers.items() if name not in without}
        key = rsa_key(FOREIGN if foreign_key else number)
        if algorithm == "HS256":
            return _signed_with_public_key(claims, headers, key)
        secret = "" if algorithm == "none" else key
        return jwt.encode(claims, secret, algorithm=algorithm, headers=headers)

    def _jwk(self, number: int) -> dict[str, Any]:
        jwk: dict[str, Any] = RSAAlgorithm.to_jwk(rsa_key(number).public_key(), as_dict=True)
        known = {"kid": _kid(number), "x5t": _kid(number), "use": "sig", "alg": "RS256"}
        return jwk | known | {"endorsements": self.endorsements}


def _kid(number: int) -> str:
    return f"key-{number}"


def _signed_with_public_key(
    claims: dict[str, Any], headers: dict[str, str], key: rsa.RSAPrivateKey
) -> str:
    # PyJWT refuses to make such a token, rightly, so it is put together by hand.
    secret = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    parts = [_base64(json.dumps(part).encode()) for part in ({"alg": "HS256"} | headers, claims)]
    signature = hmac.digest(secret, ".".join(parts).encode(), hashlib.sha256)
    return ".".join([*parts, _base64(signature)])


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
