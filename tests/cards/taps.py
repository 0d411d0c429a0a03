"""Taps that say what they would open."""

from microsoft_teams.cards.core import Action

from cards.envelope import Envelope
from cards.markdown import cut
from cards.parts import Host, opens

ID = "00000000-0000-7000-8000-000000000001"


LONGEST = 60
"""Characters of a tap's name."""


def drilled(bucket: str, title: str) -> Action:
    """Lead to who is behind a bucket; as large as such a tap gets."""
    return _tap("drill", bucket, title)


def zoomed(part: str, title: str) -> Action:
    """Lead to a part of a result; as large as such a tap gets."""
    return _tap("question", part, title)


def _tap(verb: str, name: str, title: str) -> Action:
    envelope = Envelope(verb, ID, f"question=abcdef&bucket={name}")
    return opens(Host.IN_PLACE, envelope, cut(f"{name} {title}", LONGEST))
