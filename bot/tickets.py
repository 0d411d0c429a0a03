"""Tickets: what the bot signs and gives away, so that it knows it again when it comes back."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Final, Literal

from actions.errors import NotFound
from actions.exporting import FORMATS, Order

LONGEST: Final = 2_000
"""Characters; what we make ourselves is far shorter."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One person's right to one export, by a link or a consent; `until` is a Unix time.

    `id` tells it from other tickets for the same.
    """

    way: Literal["link", "consent"]
    id: str
    order: Order
    until: int


class Tickets:
    """Signs tickets and reads them."""

    def __init__(self, secret: bytes) -> None:
        """Sign with a key made from `secret`: other uses of it cannot make tickets."""
        self._key = hmac.digest(secret, b"tickets for exports", "sha256")

    def sign(self, ticket: Ticket) -> str:
        """Give the ticket as a word that a URL can hold."""
        order = ticket.order
        parts = [ticket.way, ticket.id, ticket.until]
        parts += [order.action_id, order.person, order.format, order.locale]
        body = _encoded(json.dumps(parts, separators=(",", ":")).encode())
        return f"{body}.{self._signature(body)}"

    def read(self, signed: str, way: Literal["link", "consent"]) -> Ticket:
        """Give back a ticket for that way, whether or not its time is over. Raises NotFound."""
        body, _, signature = signed[:LONGEST].partition(".")
        # Only ASCII can be compared in constant time.
        if not signed.isascii() or not hmac.compare_digest(signature, self._signature(body)):
            raise NotFound("no_such_export")
        found, ticket_id, until, action_id, person, form, locale = json.loads(_decoded(body))
        # What we signed ourselves is whole, but an older version may have known more formats.
        if found != way or form not in FORMATS:
            raise NotFound("no_such_export")
        return Ticket(way, ticket_id, Order(action_id, person, form, locale), until)

    def _signature(self, body: str) -> str:
        return _encoded(hmac.digest(self._key, body.encode(), "sha256"))


def _encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
