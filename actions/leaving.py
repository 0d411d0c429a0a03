"""People who leave: of what is open where they were, nobody waits for their answer any more.

What they answered stays and is counted. Who comes back may answer, as everyone who joins later.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from actions.errors import NotDelivered
from actions.people import Person
from actions.places import Conversation, Scope, thread_root
from actions.ports import Ports

PAGE = 500
"""How many people are looked at at a time."""


@dataclass(frozen=True, slots=True)
class Left:
    """People who left a chat, or a team and by that all of its channels."""

    conversation_id: str
    people: tuple[Person, ...]
    team_id: str = ""


async def left(ports: Ports, leaving: Left) -> None:
    """Expect no answer any more of people who left.

    Who was asked in another place too may still be there: what is posted in both waits for the
    next look at the rosters. Raises NotSaved.
    """
    there = {thread_root(leaving.conversation_id)}
    if leaving.team_id:
        there |= set(await ports.store.team_channels(leaving.team_id))
    for action_id in await ports.store.open_only_in(there):
        await ports.store.take_out(action_id, leaving.people)


async def refresh_roster(ports: Ports, action_id: str) -> int:
    """Look who of those that have not responded is still there; gives how many are not.

    Of them nobody expects an answer any more. While Teams does not name everyone in all the
    places where the action was posted, nobody counts as gone. Raises NotFound, NotSaved.
    """
    places = await _roots(ports, action_id)
    missing = await _missing(ports, action_id) if places else []
    for place_id in places:
        if not missing:
            break
        present = await _present(ports, await ports.store.conversation(place_id))
        if not present:
            return 0
        keys, mris = {p.key for p in present}, {p.mri for p in present}
        missing = [p for p in missing if p.key not in keys and p.mri not in mris]
    return await ports.store.take_out(action_id, missing) if missing else 0


async def _missing(ports: Ports, action_id: str) -> list[Person]:
    people: list[Person] = []
    after = ""
    while True:
        page = await ports.store.not_responded(action_id, "", after, PAGE)
        people += [response.person for response in page.responses]
        after = page.following
        if not after:
            return people


async def _roots(ports: Ports, action_id: str) -> Collection[str]:
    postings = await ports.store.postings(action_id)
    return dict.fromkeys(thread_root(posting.conversation_id) for posting in postings)


async def _present(ports: Ports, place: Conversation | None) -> Sequence[Person]:
    """Give who is in a chat or channel, nobody where that cannot be told."""
    if place is None or place.scope is Scope.PERSONAL:
        return ()
    try:
        return await ports.roster.members(place)
    except NotDelivered:
        return ()
