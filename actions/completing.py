"""Completing a training: whether it was, and the certificate that says so."""

from actions.caller import Caller
from actions.certificates import Certificate
from actions.certifying import issue
from actions.errors import NotAllowed
from actions.ports import Ports
from actions.sitting import Sitting
from actions.taking import opened


def is_completed(sitting: Sitting) -> bool:
    """Give whether the attempt that counts reached what is asked for, as far as one may know."""
    best = sitting.attempts.best
    if best is None or not sitting.exam.is_course or not sitting.shows_score(best):
        return False
    return best.score(sitting.content).passed(sitting.exam.pass_mark) is not False


async def certified(ports: Ports, caller: Caller, action_id: str) -> tuple[Sitting, Certificate]:
    """Give the caller's certificate for the attempt that counts, the same one each time.

    Raises NotFound, NotAllowed where nothing was completed.
    """
    sitting = await opened(ports, caller, action_id)
    attempts = sitting.attempts
    best, place = attempts.best, attempts.counting
    if best is None or best.ended is None or place is None or not is_completed(sitting):
        raise NotAllowed("not_completed")
    score = best.score(sitting.content)
    certificate = await issue(
        ports,
        action_id,
        caller.person,
        place + 1,
        title=sitting.content.title,
        score=score if score.of else None,
        completed_at=best.ended,
        valid_until=attempts.holds_until(sitting.content),
    )
    return sitting, certificate
