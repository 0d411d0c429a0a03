"""Where actions are posted."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What sort of conversation it is, in Teams' own words."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A chat or channel that the bot was heard from; `person` is the key of a personal chat's."""

    id: str
    tenant_id: str
    scope: Scope
    service_url: str
    name: str = ""
    team_id: str = ""
    person: str = ""


def thread_root(conversation_id: str) -> str:
    """Give the channel of a reply thread's id, any other id unchanged.

    A card's invoke in a channel comes from `19:…@thread.tacv2;messageid=…`, whatever id the
    card was posted to (teams.md §3).
    """
    return conversation_id.partition(";messageid=")[0]
