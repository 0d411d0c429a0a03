"""Verbs: every button does something, and everything that can be done is offered."""

from collections.abc import Iterator, Mapping
from typing import Any

from actions.kinds import KINDS
from cards.envelope import Envelope, decode
from cards.texts import texts_for

TEXTS = texts_for("en-GB")

TAPS = {verb for kind in KINDS for verb in kind.responds}
"""What a kind's own rows and forms do."""

NOT_OFFERED = {
    "open": "",
}
"""Verbs that no button of ours carries, with the reason why there is such a verb."""


def envelopes(node: Any) -> Iterator[Envelope]:
    """Give what every button of a card says, fallbacks and refresh too."""
    if isinstance(node, Mapping):
        if "muster" in node:
            yield decode(node)[0]
        for child in node.values():
            yield from envelopes(child)
    elif isinstance(node, list):
        for child in node:
            yield from envelopes(child)
