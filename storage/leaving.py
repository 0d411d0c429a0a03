"""People who leave: the roster snapshots of what is open lose them, unless they responded."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.action import Action, Status
from actions.people import Person
from actions.places import thread_root
from actions.policy import is_open
from actions.telling import with_news
from storage.among import Among
from storage.columns import Words
from storage.due import make_due
from storage.pages import CHUNK
from storage.schema import actions, audience, conversations, postings
from storage.shared import Part

_HERE = bindparam("here", type_=Words)
_POSTED_IN = select(postings.c.action_id).where(
    or_(
        postings.c.conversation_id == _HERE,
        # The threads of a channel: `;` is followed by `<`.
        (postings.c.conversation_id > _HERE + ";") & (postings.c.conversation_id < _HERE + "<"),
    )
)
_PLACES = (
    select(postings.c.action_id, postings.c.conversation_id)
    .join(actions, actions.c.id == postings.c.action_id)
    .where(
        Among(postings.c.action_id, "ids"),
        actions.c.status == Status.ACTIVE.value,
        actions.c.audience.is_not(None),
    )
)
_MEANT = select(audience.c.person).where(
    audience.c.action_id == bindparam("action_id"),
    or_(Among(audience.c.person, "keys"), Among(audience.c.mri, "mris")),
)
_TAKE_OUT = delete(audience).where(
    audience.c.action_id == bindparam("action_id"), Among(audience.c.person, "keys")
)
_FEWER = (
    update(actions)
    .where(actions.c.id == bindparam("of_action"))
    .values(
        audience=actions.c.audience - bindparam("fewer"),
        revision=actions.c.revision + 1,
        notify_at=bindparam("new_notify_at"),
    )
)


class LeavingPart(Part):
    """Where people leave, and whom that leaves to respond."""

    async def team_channels(self, team_id: str) -> Sequence[str]:
        """Give the ids of the channels of a team that the bot was heard from in."""
        statement = (
            select(conversations.c.id)
            .where(conversations.c.team_id == team_id, conversations.c.team_id != "")
            .order_by(conversations.c.id)
        )
        async with self._database.reading() as connection:
            return (await connection.execute(statement)).scalars().all()

    async def open_only_in(self, conversation_ids: Collection[str]) -> Sequence[str]:
        """Give the ids of open actions posted there and nowhere else."""
        async with self._database.reading() as connection:
            there: set[str] = set()
            for here in sorted(conversation_ids):
                there |= set((await connection.execute(_POSTED_IN, {"here": here})).scalars())
            if not there:
                return []
            rows = await connection.execute(_PLACES, {"ids": sorted(there)})
            return _only_in(conversation_ids, (tuple(row) for row in rows))

    async def take_out(self, action_id: str, people: Sequence[Person]) -> int:
        """Expect no response of some people any more. Raises NotFound.

        What it writes names people; who took part it only reads. No ballot and no participation
        is written in this transaction (docs/decisions/0002).
        """
        async with self._database.writing() as connection:
            action = await self._shared.loader.one(connection, action_id, lock=True)
            if action.audience is None or not is_open(action, self._shared.clock.now()):
                return 0
            missing = await self._missing(connection, action, people)
            if not missing:
                return 0
            asked = {"action_id": action_id, "keys": missing}
            await connection.execute(_TAKE_OUT, asked)
            now = self._shared.clock.now()
            # Perhaps everyone who is left has responded.
            told_at = with_news(action, now).notify_at
            fewer = {"of_action": action_id, "fewer": len(missing), "new_notify_at": told_at}
            await connection.execute(_FEWER, fewer)
            await make_due(connection, [action_id], now)
        self._shared.on_change()
        return len(missing)

    async def _missing(
        self, connection: AsyncConnection, action: Action, people: Sequence[Person]
    ) -> list[str]:
        """Give the keys of those who are expected to respond and have not."""
        asked = {
            "action_id": action.id,
            "keys": sorted({person.key for person in people}),
            "mris": sorted({person.mri for person in people if person.mri}),
        }
        meant = sorted((await connection.execute(_MEANT, asked)).scalars())
        missing: list[str] = []
        for start in range(0, len(meant), CHUNK):
            some = meant[start : start + CHUNK]
            found = await self._shared.records(action).found(connection, action, some)
            missing += [key for key in some if key not in found.took_part]
        return missing


def _only_in(
    conversation_ids: Collection[str], places: Iterable[tuple[str, str]]
) -> Sequence[str]:
    everywhere: dict[str, set[str]] = {}
    for action_id, conversation_id in places:
        everywhere.setdefault(action_id, set()).add(thread_root(conversation_id))
    allowed = set(conversation_ids)
    return sorted(action_id for action_id, roots in everywhere.items() if roots <= allowed)
