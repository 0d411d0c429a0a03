"""What the bot needs of an activity, as plain data: the SDK's models end here."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from botbuilder.schema import Activity

Scope: TypeAlias = Literal["personal", "groupChat", "channel"]

DEFAULT_LOCALE: Final = "en-US"

# Bounded, so that a message full of "<at>" costs no more than another.
_MENTION: Final = re.compile(r"<at[^<>]{0,100}>([^<]{0,300})</at>", re.IGNORECASE)
_CHANNEL_ENDINGS: Final = ("@thread.tacv2", "@thread.skype")


DOWNLOAD_INFO: Final = "application/vnd.microsoft.teams.file.download.info"
"""The attachment that stands for a file, in personal chats alone."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that was sent to the bot, and the address that it can be had at for some minutes."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who came or left; bots and anonymous guests have no object id."""

    mri: str
    object_id: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that happened in Teams: a message, a button, a coming or going.

    `event` is Teams' own word for a coming or going in a team: teamMemberRemoved.
    """

    tenant_id: str
    conversation_id: str
    scope: Scope
    conversation_name: str
    team_id: str
    service_url: str
    sender_mri: str
    sender_name: str
    sender_object_id: str
    bot_mri: str
    locale: str
    time_zone: str
    text: str
    value: Mapping[str, Any]
    reply_to_id: str
    activity_id: str
    activity_name: str
    members_added: tuple[Member, ...]
    members_removed: tuple[Member, ...]
    installation: str
    files: tuple[SentFile, ...] = ()
    event: str = ""


def turn_of(activity: Activity) -> Turn:
    """Read an activity; what is missing or of another shape is empty."""
    conversation, sender, bot = activity.conversation, activity.from_property, activity.recipient
    channel_data = _object(activity.channel_data)
    client = _client_info(activity)
    conversation_id, tenant_id = _text(conversation, "id"), tenant_of(activity)
    bot_mri = _text(bot, "id")
    return Turn(
        tenant_id=tenant_id,
        conversation_id=conversation_id,
        scope=_scope(_text(conversation, "conversation_type"), conversation_id),
        conversation_name=_text(conversation, "name") or _inner(channel_data, "channel", "name"),
        team_id=_inner(channel_data, "team", "id"),
        service_url=activity.service_url or "",
        sender_mri=_text(sender, "id"),
        sender_name=_text(sender, "name"),
        sender_object_id=_text(sender, "aad_object_id"),
        bot_mri=bot_mri,
        locale=activity.locale or _string(client.get("locale")) or DEFAULT_LOCALE,
        time_zone=activity.local_timezone or _string(client.get("timezone")),
        text=_spoken(activity, bot_mri),
        value=_object(activity.value),
        reply_to_id=activity.reply_to_id or "",
        activity_id=activity.id or "",
        activity_name=activity.name or "",
        members_added=_members(activity.members_added),
        members_removed=_members(activity.members_removed),
        installation=(activity.action or "") if activity.type == "installationUpdate" else "",
        files=tuple(_files(activity)),
        event=_string(channel_data.get("eventType")),
    )


def tenant_of(activity: Activity) -> str:
    """Give the tenant that hosts the conversation, or nothing."""
    conversation = activity.conversation
    return (
        # Teams writes `tenantId` where the SDK's model reads `tenantID`.
        _unknown_text(conversation, "tenantId")
        or _text(conversation, "tenant_id")
        or _inner(_object(activity.channel_data), "tenant", "id")
    )


def _scope(kind: str, conversation_id: str) -> Scope:
    """The kind is missing in some events; then the id's shape tells (teams.md §3)."""
    match kind:
        case "personal" | "groupChat" | "channel":
            return kind
    root, _, _ = conversation_id.partition(";")
    if root.endswith(_CHANNEL_ENDINGS):
        return "channel"
    return "groupChat" if root.startswith("19:") else "personal"


def _spoken(activity: Activity, bot_mri: str) -> str:
    """Give what was said to the bot: without its name, and with others' names as words."""
    text = activity.text or ""
    for entity in _entities(activity, "mention"):
        written = _string(entity.get("text"))
        if written and _inner(entity, "mentioned", "id") == bot_mri:
            text = text.replace(written, " ")
    text = html.unescape(_MENTION.sub(r"\1", text))
    return text.replace("\xa0", " ").replace("\r\n", "\n").strip()


def _client_info(activity: Activity) -> Mapping[str, Any]:
    return next(_entities(activity, "clientInfo"), {})


def _entities(activity: Activity, kind: str) -> Iterator[Mapping[str, Any]]:
    for entity in activity.entities or ():
        if entity is not None and entity.type == kind:
            yield entity.additional_properties


def _files(activity: Activity) -> Iterator[SentFile]:
    for attachment in activity.attachments or ():
        if attachment is not None and attachment.content_type == DOWNLOAD_INFO:
            address = _string(_object(attachment.content).get("downloadUrl"))
            yield SentFile(_string(attachment.name), address)


def _members(accounts: list[Any] | None) -> tuple[Member, ...]:
    read = (Member(_text(one, "id"), _text(one, "aad_object_id")) for one in accounts or ())
    return tuple(member for member in read if member.mri)


def _text(model: object, attribute: str) -> str:
    """The builder reads these attributes as texts; the model itself may be missing."""
    return _string(getattr(model, attribute, None))


def _unknown_text(model: Any, key: str) -> str:
    return _string(model.additional_properties.get(key)) if model is not None else ""


def _inner(data: Mapping[str, Any], outer: str, inner: str) -> str:
    return _string(_object(data.get(outer)).get(inner))


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
