"""What comes of a press, in the words of each invoke (teams.md §1, §2)."""

from typing import Any

import orjson
from microsoft_teams.cards.core import AdaptiveCard

from bot.press import CardJson, Done, MessagePreview, Outcome
from dialogs.screen import Screen

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
MESSAGE_TYPE = "application/vnd.microsoft.activity.message"

Body = dict[str, Any]


def attachment(card: AdaptiveCard | bytes) -> Body:
    """Give a card as a message's attachment."""
    return {"contentType": CARD_TYPE, "content": content(card)}


def content(card: AdaptiveCard | bytes) -> Any:
    """Give a card ready for orjson; one that was rendered before is put in as it is."""
    if isinstance(card, bytes):
        return orjson.Fragment(card)
    return card.model_dump(exclude_none=True)


def card_of(outcome: Outcome) -> AdaptiveCard | bytes | None:
    """Give the card that an outcome shows."""
    match outcome:
        case Screen() | MessagePreview():
            return outcome.card
        case CardJson():
            return outcome.json
        case Done():
            return None


def to_card_action(outcome: Outcome) -> Body:
    """Answer `adaptiveCard/action`: the card replaces the one that was pressed."""
    card = card_of(outcome)
    if card is None:
        return {"statusCode": 200, "type": MESSAGE_TYPE, "value": "✔"}
    return {"statusCode": 200, "type": CARD_TYPE, "value": content(card)}


def say_to_card_action(text: str) -> Body:
    """Answer `adaptiveCard/action` with a sentence; the card stays."""
    return {"statusCode": 200, "type": MESSAGE_TYPE, "value": text}


def to_dialog(outcome: Outcome) -> Body | None:
    """Answer `task/fetch`, `task/submit` and the message extension's forms."""
    match outcome:
        case Done():
            return None
        case MessagePreview():
            activity = {"type": "message", "attachments": [attachment(outcome.card)]}
            return {"composeExtension": {"type": "botMessagePreview", "activityPreview": activity}}
        case Screen():
            return dialog(outcome.title, outcome.card)
        case CardJson():
            return dialog("Muster", outcome.json)


def dialog(title: str, card: AdaptiveCard | bytes) -> Body:
    """Give a dialog that goes on with a card."""
    value = {"title": title, "width": "medium", "height": "large", "card": attachment(card)}
    return {"task": {"type": "continue", "value": value}}


def say_to_dialog(text: str) -> Body:
    """Give a dialog that says a sentence and is over."""
    return {"task": {"type": "message", "value": text}}
