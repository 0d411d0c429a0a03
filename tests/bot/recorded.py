"""Activities in the shape in which Teams sends them."""

from typing import Any

Json = dict[str, Any]

BOT: Json = {"id": "28:11111111-2222-3333-4444-555555555555", "name": "Muster"}
TENANT = "aaaaaaaa-0000-0000-0000-000000000001"
CLIENT: Json = {
    "type": "clientInfo",
    "locale": "de-DE",
    "country": "DE",
    "platform": "Web",
    "timezone": "Europe/Berlin",
}


def an_activity(kind: str, **more: Any) -> Json:
    """Give what all activities have, from Anna's chat with the bot."""
    return {
        "type": kind,
        "id": "1700000000001",
        "timestamp": "2026-03-01T09:30:00.1234567Z",
        "localTimestamp": "2026-03-01T10:30:00.123+01:00",
        "localTimezone": "Europe/Berlin",
        "channelId": "msteams",
        "serviceUrl": "https://smba.trafficmanager.net/emea/",
        "from": {
            "id": "29:anna",
            "name": "Anna Berg",
            "aadObjectId": "bbbbbbbb-0000-0000-0000-000000000001",
        },
        "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": "a:chat"},
        "recipient": BOT,
        "entities": [CLIENT],
        "channelData": {"tenant": {"id": TENANT}},
        "locale": "de-DE",
        **more,
    }


def a_channel(**more: Any) -> Json:
    """Give what differs in a channel's thread."""
    return {
        "conversation": {
            "isGroup": True,
            "conversationType": "channel",
            "tenantId": TENANT,
            "id": "19:general@thread.tacv2;messageid=1700000000000",
        },
        "channelData": {
            "teamsChannelId": "19:general@thread.tacv2",
            "teamsTeamId": "19:team@thread.tacv2",
            "channel": {"id": "19:general@thread.tacv2", "name": "General"},
            "team": {"id": "19:team@thread.tacv2", "name": "Sales"},
            "tenant": {"id": TENANT},
            **more,
        },
    }


MESSAGE = an_activity(
    "message",
    **a_channel(),
    text="<at>Muster</at>&nbsp;poll Tea &amp; cake?\r\nYes\r\nNo",
    textFormat="plain",
    attachments=[{"contentType": "text/html", "content": "<p>poll Tea &amp; cake?</p>"}],
    entities=[
        {"type": "mention", "mentioned": BOT, "text": "<at>Muster</at>"},
        CLIENT,
    ],
)
SUBMIT = an_activity("message", value={"verb": "vote"}, replyToId="1700000000000")
CARD_ACTION = an_activity(
    "invoke",
    name="adaptiveCard/action",
    value={
        "action": {"type": "Action.Execute", "verb": "vote", "data": {"a": "1", "n": None}},
        "trigger": "manual",
    },
    replyToId="1700000000000",
    relatesTo={"activityId": "1", "bot": BOT, "conversation": {"id": "a:chat"}},
)
FETCH_TASK = an_activity(
    "invoke",
    name="composeExtension/fetchTask",
    value={"commandId": "poll", "commandContext": "compose", "context": {"theme": "dark"}},
)
MEMBERS_ADDED = an_activity(
    "conversationUpdate",
    **a_channel(eventType="teamMemberAdded"),
    membersAdded=[{"id": "29:ben", "aadObjectId": "b"}, {"id": BOT["id"]}],
)
MEMBERS_REMOVED = an_activity("conversationUpdate", membersRemoved=[{"id": "29:ben"}])
INSTALLED = an_activity("installationUpdate", action="add")
REACTION = an_activity(
    "messageReaction", reactionsAdded=[{"type": "like"}], replyToId="1700000000000"
)
RARE = an_activity(
    "message",
    text="x",
    historyDisclosed="true",
    expiration="2026-03-01T09:30:00Z",
    listenFor=["a", None, "b"],
    suggestedActions={"to": ["29:anna"], "actions": [{"type": "imBack", "value": {"a": [1]}}]},
    textHighlights=[{"text": "x", "occurrence": "3"}],
    semanticAction={"id": "s", "state": "start", "entities": {"e": {"type": "t", "more": 1}}},
    label=7,
    somethingNew={"deep": [1, {"er": None}]},
)
ALL = {
    "message": MESSAGE,
    "submit": SUBMIT,
    "invoke": CARD_ACTION,
    "fetchTask": FETCH_TASK,
    "members added": MEMBERS_ADDED,
    "members removed": MEMBERS_REMOVED,
    "installationUpdate": INSTALLED,
    "messageReaction": REACTION,
    "rare": RARE,
}
