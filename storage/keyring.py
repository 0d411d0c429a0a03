"""Whether the secret is the one that this database was begun with, and what goes if it is lost."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, select

from actions.action import Status
from storage.schema import actions, keyring, notices, participations, progress
from storage.shared import Part

_NAME: Final = "check"


class WrongSecret(ValueError):
    """The secret is not the one that the database was begun with; says what to do."""

    def __init__(self) -> None:
        """Say it in a sentence, as other wrong settings do."""
        super().__init__(
            "MUSTER_SECRET_KEY is not the key that this database was begun with. Restore that "
            "key or, if it is lost for good, run `python app.py accept-new-key`, which says what "
            "is lost with it."
        )


@dataclass(frozen=True, slots=True)
class Sealed:
    """How much there was that only the secret could read."""

    participations: int
    progress: int
    notices: int


class KeyringPart(Part):
    """The check value: it follows from the secret, and says nothing of it."""

    async def begin_keyring(self) -> None:
        """Keep what tells the secret, unless another process was first. Raises WrongSecret."""
        new = self._database.insert(keyring).values(self._row()).on_conflict_do_nothing()
        if not await self._kept():
            async with self._database.writing() as connection:
                await connection.execute(new)
        await self.check_secret()

    async def check_secret(self) -> None:
        """Raise WrongSecret if the database was begun with another one."""
        kept = await self._kept()
        if kept and not hmac.compare_digest(kept, self._shared.secrecy.check_value()):
            raise WrongSecret

    async def open_anonymous(self) -> Sequence[str]:
        """Give the ids of open anonymous actions."""
        is_open = actions.c.status == Status.ACTIVE.value
        statement = select(actions.c.id).where(is_open)
        statement = statement.where(actions.c.settings["anonymous"].as_boolean())
        async with self._database.reading() as connection:
            return (await connection.execute(statement.order_by(actions.c.id))).scalars().all()

    async def forget_sealed(self) -> Sealed:
        """Remove what was sealed with a secret that is lost; ballots and tallies stay."""
        async with self._database.writing() as connection:
            await self._database.take_time(connection)
            part = await connection.execute(delete(participations))
            begun = await connection.execute(delete(progress))
            told = await connection.execute(delete(notices).where(notices.c.sealed.is_not(None)))
        return Sealed(part.rowcount, begun.rowcount, told.rowcount)

    async def accept_secret(self) -> None:
        """Make the secret the one that the database goes on with."""
        async with self._database.writing() as connection:
            await connection.execute(delete(keyring).where(keyring.c.name == _NAME))
            await connection.execute(self._database.insert(keyring).values(self._row()))

    async def _kept(self) -> bytes | None:
        statement = select(keyring.c.value).where(keyring.c.name == _NAME)
        async with self._database.reading() as connection:
            return (await connection.execute(statement)).scalar_one_or_none()

    def _row(self) -> dict[str, str | bytes]:
        return {"name": _NAME, "value": self._shared.secrecy.check_value()}
