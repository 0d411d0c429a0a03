"""What an attempt at a quiz or training came to, as far as its author may know it."""

from collections.abc import Iterator

from microsoft_teams.cards.core import CardElement, Container, TextBlock

from actions.attempts import Attempt
from actions.marking import Score
from cards.asking import facts
from cards.parts import note, success
from cards.score import percent, points
from dialogs.take_frame import Seat


def outcome(seat: Seat, attempt: Attempt) -> Iterator[CardElement]:
    """Give score, and whether it was passed; before its time, that it is handed in."""
    if not seat.sitting.shows_score(attempt):
        yield success(_handed_in(seat))
    else:
        score = attempt.score(seat.sitting.content)
        yield _judged(seat, score)
        if score.of:
            yield facts([(points(score, seat.texts), percent(score, seat.texts))])
    if attempt.timed_out:
        yield note(_stopped(seat, attempt))


def in_short(seat: Seat, attempt: Attempt) -> str:
    """Give the same in a few words."""
    texts = seat.texts
    if not seat.sitting.shows_score(attempt):
        return texts("handed in")
    score = attempt.score(seat.sitting.content)
    words = [percent(score, texts)] if score.of else []
    match score.passed(seat.sitting.exam.pass_mark):
        case True:
            words.append(texts("passed"))
        case False:
            words.append(texts("not passed"))
    return " · ".join(words) or texts("completed")


def _judged(seat: Seat, score: Score) -> CardElement:
    texts, exam = seat.texts, seat.sitting.exam
    match score.passed(exam.pass_mark):
        case False:
            mark = texts("✘ Not passed: {percent} % are needed.", percent=exam.pass_mark)
            return Container(
                style="attention",
                rounded_corners=True,
                items=[TextBlock(text=mark, wrap=True)],
            )
        case True if not exam.is_course:
            return success(texts("Passed"))
    return success(texts("Completed") if exam.is_course else texts("Finished"))


def _handed_in(seat: Seat) -> str:
    action = seat.sitting.action
    if action.closes_at is None:
        return seat.texts("Handed in. You see your score once this is closed.")
    moment = seat.moment(action.closes_at)
    return seat.texts("Handed in. You see your score after {moment}.", moment=moment)


def _stopped(seat: Seat, attempt: Attempt) -> str:
    if attempt.ended == attempt.ends_at(seat.sitting.exam):
        return seat.texts("The time was over. What you had answered counts.")
    return seat.texts("It was closed before you had finished. What you had answered counts.")
