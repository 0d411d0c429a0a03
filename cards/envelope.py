"""What a button sends: a verb, an action, an argument. Untrusted when it comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Self

from actions.errors import NotFound

VERSION = 1
_KEY = "muster"
"""The data's one field of ours; its parts stand in one text, the argument last."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One button's meaning. `hidden` are form values that the client sends back unseen."""

    verb: str
    action: str = ""
    argument: str = ""
    hidden: tuple[tuple[str, str], ...] = ()

    def with_verb(self, verb: str, argument: str = "") -> Self:
        """Give the envelope of another button of the same card."""
        return replace(self, verb=verb, argument=argument)

    def encode(self) -> dict[str, Any]:
        """Give the data of the button, short because a card has up to 50 of them."""
        parts = [str(VERSION), self.verb, self.action or _NOTHING, self.argument]
        return {_KEY: " ".join(parts).removesuffix(f" {_NOTHING} ").rstrip(), **dict(self.hidden)}


def decode(data: object) -> tuple[Envelope, dict[str, str]]:
    """Read what a button sent: the envelope, and the inputs as text. Raises NotFound."""
    if not isinstance(data, Mapping):
        raise NotFound("no_such_button")
    packed = data.get(_KEY)
    if not isinstance(packed, str) or len(packed) > _LONGEST:
        raise NotFound("no_such_button")
    version, verb, action, argument = (*packed.split(" ", 3), "", "", "")[:4]
    action = "" if action == _NOTHING else action
    if version != str(VERSION) or not verb:
        raise NotFound("no_such_button")
    inputs = {
        name: _text(value)
        for name, value in data.items()
        if isinstance(name, str) and name not in {_KEY, "msteams"}
    }
    return Envelope(verb, action, argument), inputs


def find(card: object) -> Envelope | None:
    """Give the first envelope in a card that a client sent back, None where there is none."""
    stack = [card]
    while stack:
        part = stack.pop()
        if isinstance(part, Mapping):
            if _KEY in part:
                return decode(part)[0]
            stack.extend(reversed(list(part.values())))
        elif isinstance(part, list):
            stack.extend(reversed(part))
    return None


_NOTHING = "-"
"""Stands where a button has an argument but no action."""

_LONGEST = 4_000
"""Characters; what we make ourselves is far shorter."""


def _text(value: object) -> str:
    """Clients send numbers and toggles as text or as JSON's own."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        # Python writes a small one as 1e-05, which nobody typed.
        return f"{Decimal(repr(value)):f}"
    return value if isinstance(value, str) else "" if value is None else str(value)
