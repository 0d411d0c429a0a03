"""Signing: what was signed is known again, and nothing else is."""

import hmac
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.signing import Signer

SIGNER = Signer(b"secret", "tests")
PARTS: list[str | int] = ["tenant/ada", 7, "ü"]
SIGNED = SIGNER.sign(PARTS)


def test_what_was_signed_comes_back_as_it_was() -> None:
    assert SIGNER.read(SIGNED) == PARTS
    assert set(SIGNED) <= set(string.ascii_letters + string.digits + "-_.")


def test_what_was_signed_for_something_else_is_nothing() -> None:
    assert Signer(b"secret", "others").read(SIGNED) is None
    assert Signer(b"other", "tests").read(SIGNED) is None


@given(st.integers(0, len(SIGNED) - 1), st.characters(max_codepoint=127))
def test_another_letter_makes_it_nothing(place: int, letter: str) -> None:
    forged = SIGNED[:place] + letter + SIGNED[place + 1 :]
    assert SIGNER.read(forged) == (PARTS if forged == SIGNED else None)


@pytest.mark.parametrize("verdict", [True, False])
def test_a_signature_is_judged_in_constant_time_and_by_nothing_else(
    monkeypatch: pytest.MonkeyPatch, *, verdict: bool
) -> None:
    asked: list[tuple[str, str]] = []

    def compared(given: str, right: str) -> bool:
        asked.append((given, right))
        return verdict

    monkeypatch.setattr(hmac, "compare_digest", compared)
    body, _, signature = SIGNED.partition(".")
    assert SIGNER.read(f"{body}.wrong") == (PARTS if verdict else None)
    assert asked == [("wrong", signature)]


@given(st.text())
def test_any_other_text_is_nothing(text: str) -> None:
    assert SIGNER.read(text) is None
