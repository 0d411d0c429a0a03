"""Where actions are posted."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

GONE: Final = frozenset(
    {
        "BotDisabledByAdmin",
        "BotNotInConversationRoster",
        "ConversationBlockedByUser",
        "ConversationForgotten",
        "ConversationNotFound",
        "MessageWritesBlocked",
    }
)
"""Why nothing can be sent to a conversation, in Teams' words (teams.md §3), and one of ours."""


class Scope(StrEnum):
    """What sort of conversation it is, in Teams' own words."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A chat or channel that the bot was heard from; `person` is the key of a personal chat's.

    `dead_code` is why Teams takes nothing there any more (`is_gone`), empty while it does.
    """

    id: str
    tenant_id: str
    scope: Scope
    service_url: str
    name: str = ""
    team_id: str = ""
    person: str = ""
    dead_code: str = ""


def is_gone(code: str) -> bool:
    """Give whether a refusal is about the conversation or the bot's place in it.

    Others are about one message: too large, or not there any more. What Teams will call in words
    that nobody knows yet is taken for such.
    """
    return code in GONE


def thread_root(conversation_id: str) -> str:
    """Give the channel of a reply thread's id, any other id unchanged.

    A card's invoke in a channel comes from `19:…@thread.tacv2;messageid=…`, whatever id the
    card was posted to (teams.md §3).
    """
    return conversation_id.partition(";messageid=")[0]
