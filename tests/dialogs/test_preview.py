"""The preview of a poll, and what comes after the form."""

from dataclasses import replace

import pytest

from actions.action import Visibility
from actions.places import Conversation, Scope
from actions.poll import blank
from cards.parts import Host
from cards.summary import summary
from dialogs.create import form_screen, kept_screen, posted_screen, preview_screen
from dialogs.destination import HERE
from dialogs.screen import Setting
from tests.actions.builders import BERLIN, DRAFT_ID, NOW, a_draft, a_form, a_poll, a_view, new_ids
from tests.cards.looks import TEXTS, checked
from tests.cards.test_sizes import full_poll, seen_by_creator
from tests.dialogs.builders import DIALOG, IN_PLACE, SETTINGS, envelopes, shown
from tests.teams.cards import input_elements, text

EVIL = "[pay](https://evil.example)"

NEW = a_draft(values=blank(NOW, BERLIN, new_ids(), ""))

CHAT = Conversation("19:chat@thread.v2", "tenant", Scope.GROUP, "https://x.example", "Lunch club")
NAMELESS = Conversation("19:other@thread.v2", "tenant", Scope.GROUP, "https://x.example")
CHANNEL = Conversation("19:channel@thread.tacv2", "tenant", Scope.CHANNEL, "https://x.example")


def test_a_preview_holds_the_card_as_it_will_be_posted() -> None:
    view = a_view(a_poll(more="Today."))
    card = shown(preview_screen(a_draft(), view, DIALOG, []))
    bordered = next(node for node in card["body"] if node.get("showBorder"))
    alone = checked(summary(view, TEXTS, Host.CHAT, preview=True))
    assert bordered["items"] == alone["body"]


def test_a_preview_offers_to_send_schedule_or_edit() -> None:
    card = shown(preview_screen(a_draft(), a_view(a_poll()), DIALOG, []))
    named = envelopes(card)
    assert {title: envelope.verb for title, envelope in named.items()} == {
        "Send": "draft.send",
        "Schedule": "draft.schedule",
        "Edit": "draft.open",
    }
    assert {envelope.action for envelope in named.values()} == {DRAFT_ID}


def test_a_preview_in_a_dialog_posts_where_it_was_opened() -> None:
    assert input_elements(shown(preview_screen(a_draft(), a_view(a_poll()), DIALOG, [CHAT]))) == []


def test_a_preview_in_the_personal_chat_asks_where_to_post() -> None:
    places = [CHAT, NAMELESS, CHANNEL]
    card = shown(preview_screen(a_draft(), a_view(a_poll()), IN_PLACE, places))
    (where,) = input_elements(card)
    assert [choice["title"] for choice in where["choices"]] == [
        *("this chat", "Lunch club", "a group chat", "a channel")
    ]
    assert [choice["value"] for choice in where["choices"]] == [
        *(HERE, CHAT.id, NAMELESS.id, CHANNEL.id)
    ]
    assert where["value"] == HERE


def test_someone_who_shares_no_chat_with_the_bot_is_told_how_to() -> None:
    card = shown(preview_screen(a_draft(), a_view(a_poll()), IN_PLACE, []))
    assert "Add me to a group chat" in text(card)


def test_a_draft_begun_in_a_chat_offers_that_chat_once() -> None:
    draft = a_draft(origin=CHAT.id)
    card = shown(preview_screen(draft, a_view(a_poll()), IN_PLACE, [CHAT]))
    (where,) = input_elements(card)
    assert [choice["value"] for choice in where["choices"]].count(CHAT.id) == 1


def test_a_draft_begun_in_a_chat_is_not_said_to_go_to_this_chat() -> None:
    draft = a_draft(origin=NAMELESS.id)
    card = shown(preview_screen(draft, a_view(a_poll()), IN_PLACE, [CHAT]))
    (where,) = input_elements(card)
    named = {choice["title"]: choice["value"] for choice in where["choices"]}
    assert named.get("this chat") != NAMELESS.id


def test_a_preview_says_why_it_could_not_be_sent() -> None:
    setting = replace(DIALOG, notice="I am not in that chat.")
    card = shown(preview_screen(a_draft(), a_view(a_poll()), setting, []))
    assert "⚠ I am not in that chat." in text(card)


def test_a_preview_with_a_warning_asks_whether_to_send_anyway() -> None:
    view = a_view(a_poll())
    card = shown(preview_screen(a_draft(), view, DIALOG, [], ["all_optional"]))
    assert "⚠ Every question may be left out" in text(card)
    assert envelopes(card)["Send anyway"].verb == "draft.send"
    assert "Send" not in envelopes(card)


@pytest.mark.parametrize("length", [20, 100, 140, 180, 220, 260, 300, 1_000])
def test_a_preview_fits_with_every_destination_named(length: int) -> None:
    places = [
        replace(CHAT, id=f"19:{n:032}@thread.tacv2", name=f"{n} A team › A channel of it, long")
        for n in range(20)
    ]
    view = seen_by_creator(full_poll("x", length))
    shown(preview_screen(a_draft(), view, IN_PLACE, places))


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_a_form_put_aside_can_be_continued_or_thrown_away(setting: Setting) -> None:
    card = shown(kept_screen(a_draft(), setting))
    assert text(card) == "✔ Kept as a draft: Poll, Lunch?"
    assert {title: e.verb for title, e in envelopes(card).items()} == {
        "Continue": "draft.open",
        "Discard": "draft.discard",
        "My actions": "mine",
    }


def test_a_form_put_aside_without_a_title_says_so() -> None:
    card = shown(kept_screen(NEW, IN_PLACE))
    assert text(card) == "✔ Kept as a draft: Poll, without a title"


def test_the_title_of_a_draft_makes_no_link() -> None:
    card = shown(kept_screen(a_draft(values=a_form(title=EVIL)), IN_PLACE))
    assert r"\[pay\]" in text(card)


def test_the_receipt_says_where_it_was_posted() -> None:
    card = shown(posted_screen(a_view(a_poll()), IN_PLACE, "Lunch club"))
    assert text(card) == "✔ Posted in Lunch club: Lunch?"
    assert [e.verb for e in envelopes(card).values()] == ["results", "manage"]
    assert text(shown(posted_screen(a_view(a_poll()), IN_PLACE, ""))) == "✔ Posted: Lunch?"


def test_the_name_of_a_chat_makes_no_link_in_the_receipt() -> None:
    card = shown(posted_screen(a_view(a_poll()), IN_PLACE, EVIL))
    assert EVIL not in text(card)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_screens_of_the_form_replace_the_message_in_the_personal_chat(setting: Setting) -> None:
    view = a_view(a_poll(visibility=Visibility.CREATOR))
    screens = [
        form_screen(NEW, setting),
        preview_screen(a_draft(), view, setting, []),
        kept_screen(a_draft(), setting),
        posted_screen(view, setting, ""),
    ]
    assert all(screen.stays for screen in screens)
