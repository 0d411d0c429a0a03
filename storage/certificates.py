"""Certificates."""

from typing import Any

from sqlalchemy import Row, Select, select

from actions.action import Status
from actions.certificates import Certificate
from actions.errors import NotFound
from actions.marking import Score
from storage.schema import certificates
from storage.shared import Part


class CertificatePart(Part):
    """Certificates: one for each attempt, and the first that is stored stands."""

    async def keep_certificate(self, certificate: Certificate) -> Certificate:
        """Store a certificate, unless one is there for the attempt; gives what stands."""
        new = self._database.insert(certificates).values(_row(certificate))
        once = new.on_conflict_do_nothing(
            index_elements=[
                certificates.c.action_id,
                certificates.c.person,
                certificates.c.attempt,
            ]
        )
        stands = _for(certificate.action_id, certificate.person, certificate.attempt)
        async with self._database.writing() as connection:
            # Under its lock: a deletion at the same time leaves none behind.
            action = await self._shared.loader.one(connection, certificate.action_id, lock=True)
            if action.status is Status.DELETED:
                raise NotFound("deleted")
            await connection.execute(once)
            return _certificate((await connection.execute(stands)).one())

    async def certificate_for(
        self, action_id: str, person_key: str, attempt: int
    ) -> Certificate | None:
        """Give someone's certificate for an attempt, None if there is none."""
        async with self._database.reading() as connection:
            row = (await connection.execute(_for(action_id, person_key, attempt))).one_or_none()
        return None if row is None else _certificate(row)

    async def certificate(self, code: str) -> Certificate:
        """Give the certificate of a code. Raises NotFound."""
        of_code = select(certificates).where(certificates.c.code == code)
        async with self._database.reading() as connection:
            row = (await connection.execute(of_code)).one_or_none()
        if row is None:
            raise NotFound("no_such_certificate")
        return _certificate(row)


def _for(action_id: str, person_key: str, attempt: int) -> Select[Any]:
    return select(certificates).where(
        certificates.c.action_id == action_id,
        certificates.c.person == person_key,
        certificates.c.attempt == attempt,
    )


def _row(certificate: Certificate) -> dict[str, Any]:
    return {
        "code": certificate.code,
        "action_id": certificate.action_id,
        "person": certificate.person,
        "attempt": certificate.attempt,
        "name": certificate.name,
        "title": certificate.title,
        "score": None if certificate.score is None else certificate.score.encode(),
        "completed_at": certificate.completed_at,
        "valid_until": certificate.valid_until,
    }


def _certificate(row: Row[Any]) -> Certificate:
    return Certificate(
        code=row.code,
        action_id=row.action_id,
        person=row.person,
        attempt=row.attempt,
        name=row.name,
        title=row.title,
        score=Score.decode(row.score),
        completed_at=row.completed_at,
        valid_until=row.valid_until,
        time_zone=row.time_zone or "",
    )
