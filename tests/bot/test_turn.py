"""Turns: what is read from Teams' activities, and what stands for what is missing."""

import time
from typing import Any

import pytest

from bot.activities import activity_of
from bot.turn import DOWNLOAD_INFO, Member, SentFile, Turn, tenant_of, turn_of
from tests.bot.recorded import (
    BOT,
    CARD_ACTION,
    INSTALLED,
    MEMBERS_ADDED,
    MEMBERS_REMOVED,
    MESSAGE,
    SUBMIT,
    TENANT,
    an_activity,
)


def a_turn(kind: str = "message", **more: Any) -> Turn:
    return turn_of(activity_of(an_activity(kind, **more)))


def said(text: str, *mentions: dict[str, Any]) -> str:
    return a_turn(text=text, entities=list(mentions)).text


def mention(account: dict[str, Any], text: str) -> dict[str, Any]:
    return {"type": "mention", "mentioned": account, "text": text}


def test_a_channel_message_is_read() -> None:
    turn = turn_of(activity_of(MESSAGE))
    assert turn.tenant_id == TENANT
    assert turn.conversation_id == "19:general@thread.tacv2;messageid=1700000000000"
    assert turn.scope == "channel"
    assert (turn.conversation_name, turn.team_id) == ("General", "19:team@thread.tacv2")
    assert turn.service_url == "https://smba.trafficmanager.net/emea/"
    assert (turn.sender_mri, turn.sender_name) == ("29:anna", "Anna Berg")
    assert turn.sender_object_id == "bbbbbbbb-0000-0000-0000-000000000001"
    assert turn.bot_mri == BOT["id"]
    assert (turn.locale, turn.time_zone) == ("de-DE", "Europe/Berlin")
    assert turn.text == "poll Tea & cake?\nYes\nNo"
    assert turn.activity_id == "1700000000001"
    assert turn.value == {}


def test_an_invoke_is_read() -> None:
    turn = turn_of(activity_of(CARD_ACTION))
    assert turn.activity_name == "adaptiveCard/action"
    assert turn.reply_to_id == "1700000000000"
    assert turn.value["trigger"] == "manual"
    assert turn_of(activity_of(SUBMIT)).value == {"verb": "vote"}


def test_the_files_of_a_message_are_read() -> None:
    info = {"downloadUrl": "https://contoso-my.sharepoint.com/x?tempauth=y", "fileType": "txt"}
    odd: list[Any] = [
        {"contentType": DOWNLOAD_INFO, "name": "bank.txt", "content": info},
        {"contentType": "text/html", "content": "<p>bank</p>"},
        {"contentType": DOWNLOAD_INFO, "content": "nothing"},
        None,
    ]
    files = a_turn(attachments=odd).files
    assert files == (SentFile("bank.txt", info["downloadUrl"]), SentFile("", ""))
    assert turn_of(activity_of(MESSAGE)).files == ()


def test_comings_and_goings_are_read() -> None:
    added = turn_of(activity_of(MEMBERS_ADDED))
    assert added.members_added == (Member("29:ben", "b"), Member(BOT["id"]))
    assert added.event == "teamMemberAdded"
    removed = turn_of(activity_of(MEMBERS_REMOVED))
    assert (removed.members_removed, removed.event) == ((Member("29:ben"),), "")
    assert turn_of(activity_of(INSTALLED)).installation == "add"
    assert a_turn(action="add").installation == ""
    assert a_turn(membersAdded=[None, {}, {"id": "29:x"}]).members_added == (Member("29:x"),)


def test_an_empty_activity_gives_an_empty_turn() -> None:
    turn = turn_of(activity_of({"type": "message"}))
    assert (turn.tenant_id, turn.sender_mri, turn.text, turn.time_zone) == ("", "", "", "")
    assert (turn.scope, turn.locale) == ("personal", "en-US")


@pytest.mark.parametrize(
    ("conversation", "scope"),
    [
        ({"conversationType": "groupChat", "id": "a:1"}, "groupChat"),
        ({"id": "19:x@thread.tacv2;messageid=1"}, "channel"),
        ({"id": "19:x@thread.skype"}, "channel"),
        ({"id": "19:meeting_x@thread.v2"}, "groupChat"),
        ({"id": "a:1", "conversationType": "novelty"}, "personal"),
        ({}, "personal"),
    ],
)
def test_the_scope_is_what_teams_says_or_what_the_id_shows(
    conversation: dict[str, Any], scope: str
) -> None:
    assert a_turn(conversation=conversation).scope == scope


def test_the_tenant_is_found_in_either_place() -> None:
    def tenant(**more: Any) -> str:
        return tenant_of(activity_of(an_activity("message", **more)))

    assert tenant(conversation={"tenantId": "t1"}, channelData={"tenant": {"id": "t2"}}) == "t1"
    assert tenant(conversation={"tenantID": "t1"}, channelData=None) == "t1"
    assert tenant(conversation=None, channelData={"tenant": {"id": "t2"}}) == "t2"
    assert tenant(conversation={}, channelData={"tenant": "t2"}) == ""
    assert tenant(conversation={"tenantId": 3}, channelData=[1]) == ""


def test_language_and_time_zone_come_from_the_client_where_the_activity_has_none() -> None:
    turn = a_turn(locale=None, localTimezone=None)
    assert (turn.locale, turn.time_zone) == ("de-DE", "Europe/Berlin")


def test_the_bots_name_is_taken_out_and_others_stay() -> None:
    ben = {"id": "29:ben", "name": "Ben"}
    text = "<at>Muster</at> poll <at id='1'>Ben</at> or <at>Muster</at>?"
    mentions = [mention(BOT, "<at>Muster</at>"), mention(ben, "<at id='1'>Ben</at>")]
    assert said(text, *mentions) == "poll Ben or  ?"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  poll \n", "poll"),
        ("a\r\nb\n\nc", "a\nb\n\nc"),
        ("a\xa0b&nbsp;c", "a b c"),
        ("1 &lt; 2 &amp;amp; &lt;at&gt;x&lt;/at&gt;", "1 < 2 &amp; <at>x</at>"),
        ("", ""),
    ],
)
def test_text_is_plain_and_keeps_its_lines(text: str, words: str) -> None:
    assert said(text) == words


def test_odd_mentions_change_nothing() -> None:
    odd = [mention(BOT, ""), {"type": "mention", "mentioned": 3, "text": "poll"}, {"type": 1}]
    assert said("poll", *odd) == "poll"


def test_a_text_full_of_brackets_costs_no_more_than_another() -> None:
    began = time.process_time()
    assert said("<at>" * 60_000)
    assert time.process_time() - began < 2
