"""Who could not be reminded in a chat of their own is mentioned in the chat of the action."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from actions.action import Action
from actions.attendance import Spot, present, spots
from actions.notices import MENTION_MESSAGES, MENTIONS, About, Notice
from actions.people import Person
from actions.policy import is_open
from actions.ports import Ports
from actions.reminding import is_waited_for, side_by_side

LEFT: Final = "Left"
NO_ADDRESS: Final = "NoAddress"
TOO_MANY: Final = "TooMany"
"""Our own codes, beside Teams', for why someone is not even mentioned."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What a message with mentions is about, and whom it mentions."""

    action: Action
    people: tuple[Person, ...]


async def finish_rounds(ports: Ports, limit: int = 20) -> int:
    """End rounds of reminders that some could not be sent of; gives how many rounds.

    Whom no reminder reached is mentioned where the action was posted, unless they are not there
    any more, or nobody can be mentioned there.
    """
    rounds = await ports.store.unreached_rounds(limit)
    return await side_by_side(_finish(ports, *one) for one in rounds)


async def mention(ports: Ports, notice: Notice) -> Mention | None:
    """Give whom a message mentions; None when all of them have responded meanwhile."""
    action = await ports.store.action(notice.action_id)
    people = [Person(*person) for person in notice.detail.get("mentioned", ())]
    waited_for = [one for one in people if await is_waited_for(ports, action, one)]
    return Mention(action, tuple(waited_for)) if waited_for else None


async def _finish(ports: Ports, action_id: str, round_id: str) -> int:
    action = await ports.store.action(action_id)
    shown = await spots(ports, action) if is_open(action, ports.clock.now()) else []
    if not shown:
        await ports.store.mention(action_id, round_id, (), {})
        return 1
    unreached = [one.person for one in await ports.store.unreached(action_id, round_id)]
    given_up = _out_of_reach(unreached, await present(ports, shown[0].place))
    reachable = [person for person in unreached if person.key not in given_up]
    most = MENTIONS * MENTION_MESSAGES
    given_up |= {person.key: TOO_MANY for person in reachable[most:]}
    notices = _mentions(ports, action, shown[0], round_id, reachable[:most])
    await ports.store.mention(action_id, round_id, notices, given_up)
    return 1


def _out_of_reach(people: Sequence[Person], here: frozenset[str]) -> dict[str, str]:
    """Give why some cannot be mentioned; where it is not known who is there, all are.

    Teams gives a mention that means nobody there the next one's name.
    """
    codes = {person.key: LEFT for person in people if here and person.key not in here}
    return codes | {person.key: NO_ADDRESS for person in people if not person.mri}


def _mentions(
    ports: Ports, action: Action, spot: Spot, round_id: str, people: Sequence[Person]
) -> Sequence[Notice]:
    parts = [people[start : start + MENTIONS] for start in range(0, len(people), MENTIONS)]
    return [
        Notice(
            id=ports.ids.of("mention", round_id, str(number)),
            about=About.MENTION,
            tenant_id=action.tenant_id,
            action_id=action.id,
            conversation_id=spot.posting.conversation_id,
            locale=action.locale,
            round=round_id,
            detail=_whom(part),
            created_at=ports.clock.now(),
            expires_at=action.closes_at,
        )
        for number, part in enumerate(parts)
    ]


def _whom(people: Sequence[Person]) -> Mapping[str, object]:
    """Give the keys by which the reminders are found, and what the message itself needs."""
    return {
        "people": [person.key for person in people],
        "mentioned": [[person.key, person.name, person.mri] for person in people],
    }
