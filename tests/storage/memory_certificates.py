"""Certificates, in plain Python."""

from actions.action import Status
from actions.certificates import Certificate
from actions.errors import NotFound
from tests.storage.kept import Memory


class MemoryCertificates(Memory):
    """Certificates, each with the action that it is for."""

    __slots__ = ()

    async def keep_certificate(self, certificate: Certificate) -> Certificate:
        """Keep the first one of an attempt."""
        posted = self.found(certificate.action_id)
        if posted.action.status is Status.DELETED:
            raise NotFound("deleted")
        attempt = certificate.person, certificate.attempt
        return posted.certificates.setdefault(attempt, certificate)

    async def certificate_for(
        self, action_id: str, person_key: str, attempt: int
    ) -> Certificate | None:
        """Look an attempt's up."""
        posted = self.posted.get(action_id)
        return None if posted is None else posted.certificates.get((person_key, attempt))

    async def certificate(self, code: str) -> Certificate:
        """Look one up by its code."""
        for posted in self.posted.values():
            for certificate in posted.certificates.values():
                if certificate.code == code:
                    return certificate
        if code in self.outlived:
            return self.outlived[code]
        raise NotFound("no_such_certificate")
