"""Reminders: one in someone's own chat, and one in the chat that mentions several people."""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote, urlencode

from microsoft_teams.cards.core import (
    Action,
    AdaptiveCard,
    CardElement,
    Mention,
    MentionedEntity,
    OpenUrlAction,
    TeamsCardProperties,
    TextBlock,
)

from actions.action import Action as Posted
from actions.attendance import Spot
from actions.kinds import Way, kind
from actions.mentioning import Mention as Mentioned
from actions.people import Person
from actions.places import Scope
from actions.reminding import Asked
from cards.envelope import Envelope
from cards.kinds import name_of
from cards.markdown import cut, plain
from cards.parts import Host, buttons, card, directed, heading, note, opens
from cards.summary import due_line
from cards.texts import Texts

LONGEST_HEADING: Final = 300
"""Characters of the title on the card."""

LONGEST_TITLE: Final = 120
"""Characters of the title on a locked phone."""

LONGEST_NAME: Final = 60

_MARKUP: Final = re.compile(r"[\\*_\[\]`~<>|&\u202a-\u202e\u2066-\u2069]+")


def reminder(asked: Asked, texts: Texts) -> tuple[AdaptiveCard, str]:
    """Give who asks for what until when, and the ways to it."""
    action = asked.action
    name = plain(action.creator.name, LONGEST_NAME) or texts("Someone without a name")
    asks = TextBlock(text=texts("{name} asks you to respond.", name=name), wrap=True)
    ways = [opens(Host.IN_PLACE, Envelope("open", action.id), _answering(action, texts))]
    if asked.spot is not None:
        ways.append(OpenUrlAction(title=texts("Show in the chat"), url=link_to(asked.spot)))
    return card(texts, [*_head(action, texts), asks, *buttons(ways)]), _summary(action, texts)


def mention(found: Mentioned, texts: Texts) -> tuple[AdaptiveCard, str]:
    """Give the people whose response is missing, each mentioned so that Teams tells them."""
    action = found.action
    named = list(_named(found.people, texts))
    people = ", ".join(str(one.text) for one in named)
    asks = TextBlock(text=texts("Please respond: {people}", people=people), wrap=True)
    way: Action = opens(Host.CHAT, Envelope("open", action.id), _answering(action, texts))
    shown = card(texts, [*_head(action, texts), asks, *buttons([way])])
    shown.msteams = TeamsCardProperties(entities=named)
    return shown, _summary(action, texts)


def link_to(spot: Spot) -> str:
    """Give the address at which Teams shows a message of a chat or channel.

    https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams
    """
    message = spot.posting.activity_id
    query = {"tenantId": spot.place.tenant_id}
    if spot.place.scope is Scope.CHANNEL:
        _, _, thread = spot.posting.conversation_id.partition(";messageid=")
        query["parentMessageId"] = thread or message
    else:
        query["context"] = '{"contextType":"chat"}'
    place, message = quote(spot.place.id, safe=""), quote(message, safe="")
    return f"https://teams.microsoft.com/l/message/{place}/{message}?{urlencode(query)}"


def _head(action: Posted, texts: Texts) -> Iterator[CardElement]:
    word, title = name_of(action.kind, texts).upper(), action.content.title
    yield note(f"{word} · {due_line(action, texts, is_open=True)}")
    yield from directed(title, [heading(title, LONGEST_HEADING)])


def _answering(action: Posted, texts: Texts) -> str:
    checklist = action.content.checklist
    match kind(action.kind).way:
        case Way.TAPS:
            return texts("Vote")
        case Way.FORM:
            return texts("Answer")
        case Way.ATTEMPTS:
            return texts("Start or continue")
        case Way.ITEMS:
            is_own = checklist is not None and checklist.individual
            return texts("Open my list") if is_own else texts("Open list")


def _summary(action: Posted, texts: Texts) -> str:
    title = cut(" ".join(action.content.title.split()), LONGEST_TITLE)
    if action.closes_at is None:
        return texts("Reminder: {title}", title=title)
    moment = texts.moment(action.closes_at, action.time_zone)
    return texts("Reminder: {title} (closes {moment})", title=title, moment=moment)


def _named(people: Sequence[Person], texts: Texts) -> Iterator[Mention]:
    """Give the mentions; each has words of its own, by which Teams knows whom it means."""
    taken: set[str] = set()
    for person in people:
        said = " ".join(_MARKUP.sub(" ", person.name).split())
        name = cut(said, LONGEST_NAME) or texts("Someone without a name")
        unlike, number = name, 1
        while unlike in taken:
            number += 1
            unlike = f"{name} ({number})"
        taken.add(unlike)
        who = MentionedEntity(id=person.mri, name=unlike)
        yield Mention(text=f"<at>{unlike}</at>", mentioned=who)
