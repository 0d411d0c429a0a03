"""Every "may X do Y", as functions of the action, the person and the time."""

from datetime import datetime

from actions.action import Action, Draft, Status, Visibility
from actions.caller import Caller
from actions.errors import Closed, NotAllowed, NotFound
from actions.exam import Exam, Feedback
from actions.fields import fold
from actions.item import Item
from actions.people import Person
from actions.ticks import Checklist

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


def knows(action: Action, caller: Caller, *, has_met: bool) -> bool:
    """Give whether someone may know that an action exists: never from another tenant.

    `has_met`: it was posted where they ask from, they are expected to respond, or they have.
    """
    is_theirs = has_met or manages(action, caller.person.key)
    return is_theirs and action.tenant_id == caller.tenant_id


def check_owns(draft: Draft, caller: Caller) -> None:
    """Raise NotFound unless a draft is the caller's own: nobody else knows of it."""
    if draft.creator.key != caller.person.key or draft.tenant_id != caller.tenant_id:
        raise NotFound("no_such_draft")


def check_schedules(template: Action, caller: Caller) -> None:
    """Raise NotFound from another tenant, NotAllowed unless it is the caller's own series.

    `template` is what is posted of it. Co-creators manage that, and not what comes when.
    """
    if template.tenant_id != caller.tenant_id:
        raise NotFound("no_such_series")
    if template.creator.key != caller.person.key:
        raise NotAllowed("creator_only")


def manages(action: Action, person_key: str) -> bool:
    """Give whether the person may edit, close and delete: the creator and the co-creators."""
    return any(person.key == person_key for person in (action.creator, *action.co_creators))


def check_manages(action: Action, person_key: str) -> None:
    """Raise NotAllowed unless the person may manage the action."""
    if not manages(action, person_key):
        raise NotAllowed("creator_only")


def sees_results(action: Action, person_key: str, *, responded: bool, now: datetime) -> bool:
    """Give whether the person may see counts now; an empty key stands for anyone in the chat."""
    if person_key and (manages(action, person_key) or _checks_list(action, person_key)):
        return True
    match visibility_of(action):
        case Visibility.EVERYONE:
            return True
        case Visibility.AFTER_RESPONDING:
            return responded or not is_open(action, now)
        case Visibility.AFTER_CLOSING:
            return not is_open(action, now)
        case Visibility.CREATOR:
            return False


def visibility_of(action: Action) -> Visibility:
    """Give who sees the results: what is marked hides them while it hides everyone's score."""
    chosen, exam = action.settings.visibility, action.content.exam
    if exam is None or chosen is Visibility.CREATOR or tells_scores(exam, is_open=True):
        return chosen
    return Visibility.AFTER_CLOSING


def tells_scores(exam: Exam, *, is_open: bool) -> bool:
    """Give whether people may know their scores, and so what all scores come to.

    A score tells, with a few attempts, what is right: it is known when that may be, and where
    that never is, once nobody can take it any more.
    """
    return exam.feedback in {Feedback.EACH, Feedback.END} or not is_open


def sees_questions(action: Action, person_key: str, *, is_open: bool) -> bool:
    """Give whether someone who sees the results sees those of each question, too.

    They tell what is right, so who does not manage what is marked waits for its end.
    """
    exam = action.content.exam
    if exam is None or manages(action, person_key):
        return True
    return not is_open and exam.feedback is not Feedback.NEVER


def sees_marked(action: Action, person_key: str) -> bool:
    """Give whether someone who sees the results sees who answered what: marks are private."""
    return action.content.exam is None or manages(action, person_key)


def tells_who_answered(action: Action, person_key: str) -> bool:
    """Give whether someone who sees the results sees who answered what: of ballots nobody does."""
    return sees_marked(action, person_key) and not action.settings.anonymous


def sees_leaderboard(action: Action, person_key: str, *, responded: bool, is_open: bool) -> bool:
    """Give whether the person sees who was best; people were told so before they took part."""
    exam = action.content.exam
    if exam is None or not exam.leaderboard:
        return False
    return manages(action, person_key) or (responded and tells_scores(exam, is_open=is_open))


def sees_breakdown(action: Action, responded: int) -> bool:
    """Give whether counts by option can be shown without giving away who chose what."""
    return not action.settings.anonymous or responded >= FEW


def may_tick(action: Action, item: Item, person: Person) -> bool:
    """Give whether someone may tick an item: who it is for, or anyone, as the list is kept."""
    kept = action.content.checklist
    if kept is None:
        return False
    is_anyones = kept.individual or not kept.own_only or not item.assignee
    is_theirs = bool(person.name) and fold(item.assignee) == fold(person.name)
    return is_anyones or is_theirs or manages(action, person.key)


def may_edit_items(action: Action, person_key: str) -> bool:
    """Give whether someone may change what is on a list."""
    kept = action.content.checklist
    return kept is not None and (kept.anyone_edits or manages(action, person_key))


def checks(kept: Checklist, person_key: str) -> bool:
    """Give whether it is this person who says that what was done on a list is right."""
    return kept.checker is not None and kept.checker.key == person_key


def _checks_list(action: Action, person_key: str) -> bool:
    """Give whether someone has to see who did what, as they look at it."""
    kept = action.content.checklist
    return kept is not None and checks(kept, person_key)


def check_checks(kept: Checklist, person_key: str) -> None:
    """Raise NotAllowed unless it is this person who looks at what was done."""
    if not checks(kept, person_key):
        raise NotAllowed("checker_only")
