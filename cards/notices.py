"""What the bot says of its own accord: the one list of what there is to say."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from microsoft_teams.cards.core import AdaptiveCard

from actions.lapsing import asked_again
from actions.mentioning import mention
from actions.notices import About, Notice
from actions.notifying import digest, news
from actions.ports import Ports
from actions.reminding import reminder
from actions.series_posting import late, unposted
from actions.sharing import asked_to_help
from cards import reminders, series, told
from cards.texts import Texts

Message: TypeAlias = tuple[AdaptiveCard, str]
"""A card and its notification text."""

Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class Words(Generic[Known]):
    """How a message is worded.

    `look_up` gives what it tells as it stands when it is sent, None where it is not needed any
    more; `word` puts that into words.
    """

    look_up: Callable[[Ports, Notice], Awaitable[Known | None]]
    word: Callable[[Known, Texts], Message]


WORDS: Mapping[About, Words[Any]] = {
    About.REMINDER: Words(reminder, reminders.reminder),
    About.MENTION: Words(mention, reminders.mention),
    About.ASK_AGAIN: Words(asked_again, told.ask_again),
    About.CLOSED: Words(news, told.closed),
    About.RESPONSES: Words(news, told.responses),
    About.EVERYONE: Words(news, told.everyone),
    About.DIGEST: Words(digest, told.digest),
    About.POSTED_LATE: Words(late, series.posted_late),
    About.NOT_POSTED: Words(unposted, series.not_posted),
    About.CO_CREATOR: Words(asked_to_help, told.co_creator),
    About.CHECKER: Words(asked_to_help, told.checker),
}
"""What there is to say."""
