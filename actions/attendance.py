"""Where an action is shown, and who is there at this moment as far as Teams says so in time."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from actions.action import Action, Posting
from actions.errors import NotDelivered
from actions.leaving import refresh_roster
from actions.places import Conversation, Scope, thread_root
from actions.ports import Ports

PATIENCE: Final = 1.5
"""Seconds that Teams may take to say who is there: someone waits for that, or the clock does."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A message that shows an action, and the chat or channel that it is in."""

    posting: Posting
    place: Conversation


async def spots(ports: Ports, action: Action) -> Sequence[Spot]:
    """Give the messages in chats and channels that the bot can still write to."""
    found = []
    for posting in await ports.store.postings(action.id):
        place = await ports.store.conversation(thread_root(posting.conversation_id))
        if place is None or place.scope is Scope.PERSONAL or place.dead_code:
            continue
        if posting.activity_id:
            found.append(Spot(posting, place))
    return found


async def present(ports: Ports, place: Conversation) -> frozenset[str]:
    """Give the keys of who is there; of nobody where that is not said in time."""
    try:
        async with asyncio.timeout(PATIENCE):
            return frozenset(person.key for person in await ports.roster.members(place))
    except (NotDelivered, TimeoutError):
        return frozenset()


async def look_around(ports: Ports, action: Action) -> None:
    """Expect no response any more of who left; not being told in time changes nothing."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await refresh_roster(ports, action.id)
