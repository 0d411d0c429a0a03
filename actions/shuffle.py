"""An order of options that is each person's own."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Protocol, TypeVar


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def shuffled(options: Iterable[T], seed: str) -> tuple[T, ...]:
    """Give the options in an order that is the same for the same seed, any for another."""
    return tuple(sorted(options, key=lambda o: sha256(f"{seed} {o.id}".encode()).digest()))
