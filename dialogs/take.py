"""Which screen someone sees of a quiz or training, from how it stands with them."""

from actions.attempts import Attempt, whole_moment
from actions.exam import Feedback
from actions.lesson import Lesson
from actions.questions import Question
from actions.sitting import Sitting
from cards.texts import Texts
from dialogs.place import whole
from dialogs.screen import Screen
from dialogs.take_cover import cover_screen
from dialogs.take_feedback import feedback_screen, seen_screen
from dialogs.take_frame import Seat
from dialogs.take_lesson import lesson_screen
from dialogs.take_page import question_screen
from dialogs.take_result import result_screen


def opened_screen(seat: Seat, contents: str = "") -> Screen:
    """Give what opening it shows: the cover, or the result where nothing more can be done.

    `contents` is from which entry on the contents of a training are asked for.
    """
    sitting = seat.sitting
    if contents:
        return cover_screen(seat, whole(contents))
    if sitting.running is None and not sitting.may_begin and sitting.number:
        return result_screen(seat, sitting.number)
    return cover_screen(seat)


def standing_screen(seat: Seat, part: int = 0) -> Screen:
    """Give what someone is at: a page, what is said of the last one, the result, or the cover."""
    sitting = seat.sitting
    if sitting.pausing is not None and not sitting.at:
        question, _ = sitting.pausing
        return feedback_screen(seat, sitting.number, question)
    page = sitting.page
    if isinstance(page, Lesson):
        return lesson_screen(seat, page, part)
    if page is not None:
        return seen_screen(seat, page) if sitting.at else question_screen(seat, page)
    ended = sitting.attempts.attempts[sitting.attempts.lapsed :]
    return result_screen(seat, sitting.number) if ended else cover_screen(seat)


def done_screen(seat: Seat, number: int, question_id: str) -> Screen:
    """Give what follows a page that was just done: of the last one, what is said of it."""
    last = _last(seat.sitting, number, question_id)
    if last is None:
        return standing_screen(seat)
    return feedback_screen(seat, number, last)


def stale(sitting: Sitting, number: int, question_id: str, texts: Texts) -> str:
    """Say why an answer did not count: it was not the first, or it came too late."""
    attempt = _attempt(sitting, number)
    if attempt is None:
        return ""
    given = attempt.given.get(question_id)
    if given is None:
        late = texts("This was over before your answer came, so that one does not count.")
        return late if attempt.ended is not None else ""
    if given.is_late or given.at == whole_moment(sitting.now):
        return ""
    return texts("You had done this one already; what you gave first stands.")


def _last(sitting: Sitting, number: int, question_id: str) -> Question | None:
    """Give the question that ended an attempt, where there is something to say of it."""
    attempt = _attempt(sitting, number)
    if attempt is None or attempt.ended is None or [*attempt.given][-1:] != [question_id]:
        return None
    is_told = sitting.exam.feedback is Feedback.EACH and sitting.points(question_id)
    if not is_told and not attempt.given[question_id].is_late:
        return None
    return sitting.content.question(question_id)


def _attempt(sitting: Sitting, number: int) -> Attempt | None:
    attempts = sitting.attempts.attempts
    return attempts[number - 1] if 0 < number <= len(attempts) else None
