"""Rounds of reminders that are over, or not yet."""

from actions.notices import Outcome, Round, Unreached
from actions.people import Person
from tests.actions.builders import NOW

CODES = ("ConversationBlockedByUser", "ForbiddenOperation", "Left")


def a_round(
    sent: int = 0,
    mentioned: int = 0,
    pending: int = 0,
    spared: int = 0,
    unreachable: tuple[Unreached, ...] = (),
    missed: int = 0,
) -> Round:
    """Give a round; `missed` people were not reached where that is more than are named."""
    counts = {
        Outcome.SENT: sent,
        Outcome.MENTIONED: mentioned,
        Outcome.PENDING: pending,
        Outcome.NOT_NEEDED: spared,
        Outcome.UNREACHABLE: missed or len(unreachable),
    }
    return Round("round", NOW, {name: n for name, n in counts.items() if n}, unreachable)


def unreached(count: int, name: str = "Person", code: str = "") -> tuple[Unreached, ...]:
    """Give so many people whom no message reached, for one reason after the other."""
    return tuple(
        Unreached(Person(f"t/{n}", f"{name} {n}"), code or CODES[n % len(CODES)])
        for n in range(count)
    )
