"""Answers: what comes of a press, in the words of each invoke, wherever the card is."""

from typing import Any

import orjson
import pytest
from microsoft_teams.cards.core import AdaptiveCard

from bot.answers import (
    CARD_TYPE,
    MESSAGE_TYPE,
    attachment,
    card_of,
    dialog,
    say_to_card_action,
    say_to_dialog,
    to_card_action,
    to_dialog,
)
from bot.press import CardJson, Done, MessagePreview, Outcome
from bot.summaries import Summaries
from cards.parts import Host
from cards.summary import summary
from cards.texts import texts_for
from dialogs.manage import manage_screen
from dialogs.screen import Screen, Setting
from tests.actions.builders import CREATOR, a_poll, a_view

TEXTS = texts_for("en-GB")
VIEW = a_view(a_poll(), "a", "b", viewer=CREATOR.key)


def a_screen(host: Host) -> Screen:
    return manage_screen(VIEW, Setting(host, TEXTS))


def a_preview(host: Host) -> MessagePreview:
    return MessagePreview(summary(VIEW, TEXTS, host))


def a_rendered(host: Host) -> CardJson:
    return CardJson(Summaries().card(VIEW, TEXTS, host))


def sent(body: object) -> Any:
    """Give what Teams reads."""
    return orjson.loads(orjson.dumps(body))


def plain(card: AdaptiveCard | bytes | None) -> Any:
    """Give a card as Teams must read it."""
    assert card is not None
    return orjson.loads(
        card if isinstance(card, bytes) else card.model_dump_json(exclude_none=True)
    )


SHOWN = pytest.mark.parametrize(
    "outcome",
    [make(host) for make in (a_screen, a_preview, a_rendered) for host in Host],
    ids=[f"{name}-{host}" for name in ("screen", "preview", "rendered") for host in Host],
)
"""Every outcome that shows something, on every host."""


@SHOWN
def test_a_cards_button_is_answered_with_the_card_that_replaces_it(outcome: Outcome) -> None:
    body = sent(to_card_action(outcome))
    assert body == {"statusCode": 200, "type": CARD_TYPE, "value": plain(card_of(outcome))}
    assert body["value"]["type"] == "AdaptiveCard"


@SHOWN
def test_a_card_is_an_attachment_that_says_what_it_is(outcome: Outcome) -> None:
    card = card_of(outcome)
    assert card is not None
    assert sent(attachment(card)) == {"contentType": CARD_TYPE, "content": plain(card)}


@pytest.mark.parametrize("host", Host)
def test_a_screen_is_a_dialog_that_goes_on_under_its_title(host: Host) -> None:
    screen = a_screen(host)
    body = sent(to_dialog(screen))
    assert body["task"].pop("type") == "continue"
    assert body["task"]["value"]["title"] == screen.title == "Manage"
    assert body["task"]["value"]["card"]["content"] == plain(screen.card)


@pytest.mark.parametrize("host", Host)
def test_a_summary_in_a_dialog_goes_on_under_our_name(host: Host) -> None:
    rendered = a_rendered(host)
    body = sent(to_dialog(rendered))
    assert body == sent(dialog("Muster", rendered.json))
    assert body["task"]["value"]["title"] == "Muster"
    assert body["task"]["value"]["card"]["content"] == plain(rendered.json)


@pytest.mark.parametrize("host", Host)
def test_a_preview_is_left_to_the_message_extension(host: Host) -> None:
    preview = a_preview(host)
    assert sent(to_dialog(preview)) == {
        "composeExtension": {
            "type": "botMessagePreview",
            "activityPreview": {
                "type": "message",
                "attachments": [{"contentType": CARD_TYPE, "content": plain(preview.card)}],
            },
        }
    }


def test_done_closes_a_dialog_and_leaves_a_card_as_it_is() -> None:
    assert to_dialog(Done()) is None
    assert card_of(Done()) is None
    assert to_card_action(Done()) == {"statusCode": 200, "type": MESSAGE_TYPE, "value": "✔"}


def test_a_sentence_leaves_the_card_and_ends_the_dialog() -> None:
    said = say_to_card_action("It is full.")
    assert said == {"statusCode": 200, "type": MESSAGE_TYPE, "value": "It is full."}
    assert say_to_dialog("Gone.") == {"task": {"type": "message", "value": "Gone."}}


def test_an_element_with_names_of_its_own_keeps_those_that_teams_reads() -> None:
    body = orjson.dumps(to_card_action(a_screen(Host.DIALOG)))
    assert b"select_action" not in body
    assert b"rounded_corners" not in body
    assert b"null" not in body
