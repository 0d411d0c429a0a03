"""What the bot signs and gives away, so that it knows it again when it comes back."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any, Final

LONGEST: Final = 2_000
"""Characters; what we make ourselves is shorter."""


class Signer:
    """Signs for one purpose: what it signed is nothing to a signer for another one."""

    def __init__(self, secret: bytes, purpose: str) -> None:
        """Sign with a key made from `secret` and `purpose`."""
        self._key = hmac.digest(secret, purpose.encode(), "sha256")

    def sign(self, parts: Sequence[str | int]) -> str:
        """Give the parts, for all to read, as a word that a URL can hold."""
        text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        body = _encoded(text.encode())
        return f"{body}.{self._signature(body)}"

    def read(self, signed: str) -> list[Any] | None:
        """Give the parts back as they were signed, None for what was not signed by this."""
        body, _, signature = signed[:LONGEST].partition(".")
        # Only ASCII can be compared in constant time.
        if not signed.isascii() or not hmac.compare_digest(signature, self._signature(body)):
            return None
        parts: list[Any] = json.loads(_decoded(body))
        return parts

    def _signature(self, body: str) -> str:
        return _encoded(hmac.digest(self._key, body.encode(), "sha256"))


def _encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
