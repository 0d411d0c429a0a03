"""Every "may X do Y", as functions of the action, the person and the time."""

from datetime import datetime

from actions.action import Action, Status, Visibility
from actions.errors import Closed, NotAllowed, NotFound

FEW = 3
"""An anonymous action with fewer responses shows no breakdown (product.md §2)."""


def is_open(action: Action, now: datetime) -> bool:
    """Give whether the action takes responses; a due time that has passed closes it too."""
    due = action.closes_at is not None and action.closes_at <= now
    return action.status is Status.ACTIVE and not due


def check_open(action: Action, now: datetime) -> None:
    """Raise Closed unless the action takes responses, NotFound when it is deleted."""
    if action.status is Status.DELETED:
        raise NotFound("deleted")
    if not is_open(action, now):
        raise Closed("closed")


def manages(action: Action, person_key: str) -> bool:
    """Give whether the person may edit, close and delete: the creator and the co-creators."""
    return person_key == action.creator.key or person_key in action.co_creators


def check_manages(action: Action, person_key: str) -> None:
    """Raise NotAllowed unless the person may manage the action."""
    if not manages(action, person_key):
        raise NotAllowed("creator_only")


def sees_results(action: Action, person_key: str, *, responded: bool, now: datetime) -> bool:
    """Give whether the person may see counts now; an empty key stands for anyone in the chat."""
    if person_key and manages(action, person_key):
        return True
    match action.settings.visibility:
        case Visibility.EVERYONE:
            return True
        case Visibility.AFTER_RESPONDING:
            return responded or not is_open(action, now)
        case Visibility.AFTER_CLOSING:
            return not is_open(action, now)
        case Visibility.CREATOR:
            return False


def sees_breakdown(action: Action, responded: int) -> bool:
    """Give whether counts by option can be shown without giving away who chose what."""
    return not action.settings.anonymous or responded >= FEW
