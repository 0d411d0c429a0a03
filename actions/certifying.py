"""Giving certificates out, and confirming them to whoever has the code."""

from datetime import datetime

from actions.certificates import Certificate, code_of, normalised
from actions.errors import NotFound
from actions.marking import Score
from actions.people import Person
from actions.ports import Ports


async def issue(
    ports: Ports,
    action_id: str,
    person: Person,
    attempt: int,
    *,
    title: str,
    score: Score | None,
    completed_at: datetime,
    valid_until: datetime | None,
) -> Certificate:
    """Give someone's certificate for an attempt: the first that was issued stands for good.

    Raises NotFound when there is no such action, or it was deleted.
    """
    issued = await ports.store.certificate_for(action_id, person.key, attempt)
    if issued is not None:
        return issued
    return await ports.store.keep_certificate(
        Certificate(
            code=code_of(ports.ids.chance()),
            action_id=action_id,
            person=person.key,
            attempt=attempt,
            name=person.name,
            title=title,
            score=score,
            completed_at=completed_at,
            valid_until=valid_until,
        )
    )


async def confirmed(ports: Ports, typed: str) -> Certificate:
    """Give the certificate of a code, as someone typed it. Raises NotFound."""
    code = normalised(typed)
    if not code:
        raise NotFound("no_such_certificate")
    return await ports.store.certificate(code)
