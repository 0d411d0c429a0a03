"""The activities that Teams sends to a bot."""

from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from tests.teams.chats import Chat, Message
from tests.teams.people import Person
from tests.teams.state import State

Json = dict[str, Any]

DOWNLOAD = "application/vnd.microsoft.teams.file.download.info"

# Whether a task/submit names the message is not documented, so it does not.
FROM_A_MESSAGE = {"adaptiveCard/action", "task/fetch", "fileConsent/invoke"}


def activity(state: State, person: Person, chat: Chat, kind: str, thread: str = "") -> Json:
    """Give what all activities of a person in a chat have; `thread` is a channel's root."""
    now = state.now()
    local = now.astimezone(ZoneInfo(person.time_zone))
    return {
        "type": kind,
        "id": state.next_id(),
        "timestamp": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "localTimestamp": local.isoformat(timespec="milliseconds"),
        "localTimezone": person.time_zone,
        "channelId": "msteams",
        "serviceUrl": state.service_url,
        "from": person.account(),
        "conversation": _conversation(chat, thread),
        "recipient": {"id": state.bot_mri, "name": state.bot_name},
        "entities": [_client_info(person)],
        "channelData": _channel_data(chat),
        "locale": person.locale,
    }


def message(
    state: State, person: Person, chat: Chat, text: str, *, mention: bool, thread: str = ""
) -> Json:
    """Give a message, in shared chats with the bot mentioned if so wished."""
    built = activity(state, person, chat, "message", thread)
    if chat.kind == "channel" and not thread:
        built["conversation"] = _conversation(chat, built["id"])
    built |= {"text": text, "textFormat": "plain"}
    if chat.is_shared and mention:
        name = f"<at>{state.bot_name}</at>"
        built["text"] = f"{name} {text}"
        mentioned = {"id": state.bot_mri, "name": state.bot_name}
        built["entities"].append({"type": "mention", "mentioned": mentioned, "text": name})
    content = f"<p>{built['text'].replace(text, escape(text))}</p>"
    built["attachments"] = [{"contentType": "text/html", "content": content}]
    return built


def file_message(state: State, person: Person, chat: Chat, name: str, info: Json) -> Json:
    """Give a message with a file, as a personal chat has it."""
    built = activity(state, person, chat, "message")
    address = f"https://contoso-my.sharepoint.com/personal/Documents/{name}"
    file: Json = {"contentType": DOWNLOAD, "contentUrl": address, "name": name, "content": info}
    return built | {"attachments": [file, {"contentType": "text/html", "content": "<div></div>"}]}


def invoke(
    state: State, person: Person, chat: Chat, name: str, value: Any, about: Message | None = None
) -> Json:
    """Give an invoke; `about` is the message whose card was tapped."""
    built = activity(state, person, chat, "invoke", about.thread if about else "")
    built |= {"name": name, "value": value}
    source = "compose" if name.startswith("composeExtension/") else "message"
    built["channelData"]["source"] = {"name": source}
    if about and name in FROM_A_MESSAGE:
        built["replyToId"] = about.id
        built["channelData"]["legacy"] = {"replyToId": f"1:{about.id}"}
    return built


def submit(state: State, person: Person, about: Message, value: Any) -> Json:
    """Give what a plain Action.Submit sends: a message with a value and no text."""
    built = activity(state, person, about.chat, "message", about.thread)
    built["channelData"]["legacy"] = {"replyToId": f"1:{about.id}"}
    return built | {"value": value, "replyToId": about.id}


def conversation_update(
    state: State, by: Person, chat: Chat, change: str, members: list[Json]
) -> Json:
    """Give a conversationUpdate; `change` is membersAdded or membersRemoved."""
    built = activity(state, by, chat, "conversationUpdate")
    built[change] = members
    if chat.kind == "channel":
        word = "Added" if change == "membersAdded" else "Removed"
        built["channelData"]["eventType"] = f"teamMember{word}"
        built["channelData"]["team"]["name"] = chat.team_name
        built["channelData"]["channel"]["name"] = chat.name
    return built


def installation_update(state: State, by: Person, chat: Chat, change: str) -> Json:
    """Give an installationUpdate; `change` is add or remove."""
    return activity(state, by, chat, "installationUpdate") | {"action": change}


def _conversation(chat: Chat, thread: str) -> Json:
    account: Json = {"conversationType": chat.kind, "tenantId": chat.tenant_id, "id": chat.id}
    if chat.is_shared:
        account["isGroup"] = True
    if chat.kind == "groupChat" and chat.name:
        account["name"] = chat.name
    if chat.kind == "channel" and thread:
        account["id"] = f"{chat.id};messageid={thread}"
    return account


def _channel_data(chat: Chat) -> Json:
    data: Json = {"tenant": {"id": chat.tenant_id}}
    if chat.kind == "channel":
        ids = {"teamsChannelId": chat.id, "teamsTeamId": chat.team_id}
        data |= ids | {"channel": {"id": chat.id}, "team": {"id": chat.team_id}}
    return data


def _client_info(person: Person) -> Json:
    country = person.locale.partition("-")[2].upper()
    client = {"locale": person.locale, "country": country, "timezone": person.time_zone}
    return {"type": "clientInfo", "platform": "Web"} | client
