"""Tickets: what the bot signs and gives away, so that it knows it again when it comes back."""

from dataclasses import dataclass
from typing import Any, Literal

from actions.banked import BANK_FORMATS, BankOrder, Selection
from actions.errors import NotFound
from actions.exporting import FORMATS, AnyOrder, Order
from bot.signing import Signer


@dataclass(frozen=True, slots=True)
class Ticket:
    """One person's right to one export, by a link or a consent; `until` is a Unix time.

    `id` tells it from other tickets for the same.
    """

    way: Literal["link", "consent"]
    id: str
    order: AnyOrder
    until: int


class Tickets:
    """Signs tickets and reads them."""

    def __init__(self, secret: bytes) -> None:
        """Sign with a key made from `secret`: other uses of it cannot make tickets."""
        self._signer = Signer(secret, "tickets for exports")

    def sign(self, ticket: Ticket) -> str:
        """Give the ticket as a word that a URL can hold."""
        return self._signer.sign((ticket.way, ticket.id, ticket.until, *_parts(ticket.order)))

    def read(self, signed: str, way: Literal["link", "consent"]) -> Ticket:
        """Give back a ticket for that way, whether or not its time is over. Raises NotFound."""
        parts = self._signer.read(signed)
        if parts is None or parts[0] != way:
            raise NotFound("no_such_export")
        ticket_id, until, *rest = parts[1:]
        return Ticket(way, ticket_id, _order(rest), until)


def _parts(order: AnyOrder) -> list[str]:
    """No action has an empty id: there a bank's order has its place."""
    if isinstance(order, Order):
        return [order.action_id, order.person, order.format, order.locale]
    selection = [order.selection.search, order.selection.tag]
    return ["", order.person, order.format, order.locale, *selection]


def _order(parts: Any) -> AnyOrder:
    """What we signed ourselves is whole, but an older version may have known more formats."""
    action_id, person, form, locale, *selection = parts
    if action_id and form in FORMATS:
        return Order(action_id, person, form, locale)
    if not action_id and form in BANK_FORMATS:
        return BankOrder(person, form, locale, Selection(*selection))
    raise NotFound("no_such_export")
