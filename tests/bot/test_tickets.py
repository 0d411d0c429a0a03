"""Tickets: good ones are read, and no others."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.banked import BankOrder, Selection
from actions.errors import NotFound
from actions.exporting import Order
from bot.tickets import Ticket, Tickets

SECRET = b"a secret that only these tests have"
ORDER = Order("action", "tenant/ada", "csv", "de-AT")
TICKET = Ticket("link", "one", ORDER, 1_800_000_000)


def signed(secret: bytes = SECRET) -> str:
    return Tickets(secret).sign(TICKET)


def test_a_ticket_comes_back_as_it_was() -> None:
    assert Tickets(SECRET).read(signed(), "link") == TICKET


def test_a_banks_ticket_comes_back_as_it_was_and_is_not_too_long() -> None:
    longest = Selection("\U0001f355" * 100, "é" * 100)
    for selection in (Selection(), longest):
        order = BankOrder("tenant/ada", "gift", "de-AT", selection)
        ticket = Ticket("consent", "one", order, 1_800_000_000)
        assert Tickets(SECRET).read(Tickets(SECRET).sign(ticket), "consent") == ticket


@pytest.mark.parametrize(
    "order",
    [
        Order("action", "tenant/ada", "gift", "de"),  # type: ignore[arg-type]
        BankOrder("tenant/ada", "json", "de"),  # type: ignore[arg-type]
    ],
)
def test_a_format_that_is_no_longer_made_is_not_given(order: Order | BankOrder) -> None:
    old = Tickets(SECRET).sign(Ticket("link", "one", order, 1_800_000_000))
    with pytest.raises(NotFound, match="no_such_export"):
        Tickets(SECRET).read(old, "link")


def test_a_ticket_fits_into_a_url() -> None:
    assert set(signed()) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    )


def test_a_ticket_is_good_for_its_own_way_alone() -> None:
    with pytest.raises(NotFound, match="no_such_export"):
        Tickets(SECRET).read(signed(), "consent")


def test_a_ticket_of_another_secret_is_none() -> None:
    with pytest.raises(NotFound, match="no_such_export"):
        Tickets(SECRET).read(signed(b"another"), "link")


def test_another_order_under_the_same_signature_is_none() -> None:
    body, _, signature = signed().partition(".")
    parts = json.loads(base64.urlsafe_b64decode(body + "=="))
    parts[3] = "another"
    forged = base64.urlsafe_b64encode(json.dumps(parts).encode()).rstrip(b"=").decode()
    with pytest.raises(NotFound, match="no_such_export"):
        Tickets(SECRET).read(f"{forged}.{signature}", "link")


@given(st.integers(0, len(signed()) - 1), st.characters(max_codepoint=127))
def test_a_ticket_with_another_letter_is_none(place: int, letter: str) -> None:
    good = signed()
    forged = good[:place] + letter + good[place + 1 :]
    if forged == good:
        return
    with pytest.raises(NotFound, match="no_such_export"):
        Tickets(SECRET).read(forged, "link")


@given(st.text())
def test_what_is_no_ticket_raises_nothing_else(text: str) -> None:
    with pytest.raises(NotFound, match="no_such_export"):
        Tickets(SECRET).read(text, "link")
