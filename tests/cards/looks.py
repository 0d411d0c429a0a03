"""Cards as the JSON that Teams gets, and pieces of it to look at."""

import json
import os
from gettext import NullTranslations
from pathlib import Path

from babel import Locale
from microsoft_teams.cards.core import AdaptiveCard

from cards.texts import Texts, texts_for
from tests.teams.card_check import check_card
from tests.teams.cards import Card

GOLDEN = Path(__file__).parent / "golden"

TEXTS = texts_for("en-GB")
"""The texts that tests read, unless they are about another language."""

RIGHT_TO_LEFT = Texts(Locale("he"), NullTranslations())
"""A reader of Hebrew, whose texts happen to be English."""


def json_of(card: AdaptiveCard) -> Card:
    """Give the card as it is sent."""
    sent: Card = json.loads(card.model_dump_json(exclude_none=True))
    return sent


def checked(card: AdaptiveCard) -> Card:
    """Give the card as it is sent, once Teams would take it. Raises AssertionError."""
    sent = json_of(card)
    check_card(sent)
    return sent


def check_golden(name: str, card: AdaptiveCard) -> None:
    """Compare a card with the stored one; `MUSTER_GOLDEN=write` stores it anew instead."""
    path = GOLDEN / f"{name}.json"
    sent = json.dumps(checked(card), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("MUSTER_GOLDEN") == "write":
        path.write_text(sent, "utf-8")
    assert path.exists(), f"no {path.name} yet: run with MUSTER_GOLDEN=write and look at it"
    assert sent == path.read_text("utf-8"), f"{path.name} differs; MUSTER_GOLDEN=write renews it"
