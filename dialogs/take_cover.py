"""The cover of a quiz or training: what awaits whoever starts it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from microsoft_teams.cards.core import Action, CardElement, Container, Fact, FactSet, TextBlock

from actions.exam import Exam, Feedback
from actions.lesson import Lesson
from actions.marking import Counts
from actions.questions import Question
from cards.markdown import plain
from cards.parts import buttons, directed, label, note, said
from dialogs.screen import Screen
from dialogs.take_frame import Seat, screen, time_lines
from dialogs.take_outcome import in_short

LISTED = 10
"""How many entries of a training's contents the cover names at once."""

FEEDBACK: dict[Feedback, str] = {
    Feedback.EACH: "After each question you see what was right.",
    Feedback.END: "At the end you see your score and what was right.",
    Feedback.CLOSED: "You see your score and what was right once this is closed.",
    Feedback.NEVER: "You see your score once this is closed. What was right is not shown.",
}
"""When one sees what."""

COUNTS: dict[Counts, str] = {
    "best": "the best one counts",
    "last": "the last one counts",
    "first": "the first one counts",
}
"""Which attempt counts."""


def cover_screen(seat: Seat, first: int | None = None) -> Screen:
    """Give what it is, on which conditions, how far one is, and the button that starts it.

    The contents of a training begin at the entry `first`, from 0, else where one is.
    """
    sitting = seat.sitting

    def body(longest: int) -> list[CardElement]:
        return [
            *said(sitting.content.description, longest),
            *_state(seat),
            *_conditions(seat),
            *(_contents(seat, first, min(longest, 200)) if sitting.exam.is_course else ()),
            *buttons(_buttons(seat)),
        ]

    return screen(seat, body)


def _state(seat: Seat) -> Iterator[CardElement]:
    """Give how far one is, what was reached before, or why it cannot be started."""
    sitting, texts = seat.sitting, seat.texts
    attempts = sitting.attempts
    if attempts.best is not None:
        result = in_short(seat, attempts.best)
        yield _strong(texts("Your result: {result}", result=result))
    elif attempts.lapsed:
        yield _strong(texts("What you completed before is no longer valid. Take it again."))
    if sitting.running is not None:
        yield _strong(_progress(seat))
        yield from (note(line) for line in time_lines(seat))
    elif not sitting.is_open:
        yield _strong(texts("This is closed, so it cannot be started any more."))
    elif not sitting.may_begin:
        yield _strong(texts("You have used all your attempts."))


def _progress(seat: Seat) -> str:
    sitting = seat.sitting
    place, total = min(len(_done(seat)) + 1, len(sitting.pages)), len(sitting.pages)
    if sitting.exam.is_course:
        return seat.texts("You are at page {place} of {total}.", place=place, total=total)
    return seat.texts("You are at question {place} of {total}.", place=place, total=total)


def _conditions(seat: Seat) -> list[CardElement]:
    facts = [Fact(title=name, value=value) for name, value in _facts(seat)]
    may_start = seat.sitting.may_begin
    return [FactSet(facts=facts), *(note(line) for line in _told(seat) if may_start)]


def _facts(seat: Seat) -> Iterator[tuple[str, str]]:
    texts, exam = seat.texts, seat.sitting.exam
    yield from _size(seat)
    if exam.seconds:
        yield texts("Time limit"), texts("{span} in all", span=texts.span(exam.seconds))
    if exam.question_seconds:
        span = texts.span(exam.question_seconds)
        yield texts("Time limit"), texts("{span} for each question", span=span)
    if exam.pass_mark is not None:
        yield texts("To pass"), texts("{percent} % or more", percent=exam.pass_mark)
    yield texts("Attempts"), _attempts(seat, exam)
    if exam.months:
        months = texts.many("{count} month", "{count} months", exam.months)
        yield texts("Valid for"), months


def _told(seat: Seat) -> Iterator[str]:
    """Give what one should know before one starts."""
    texts, exam = seat.texts, seat.sitting.exam
    if exam.seconds:
        yield texts("⏱ The clock starts when you press Start, and does not stop.")
    if exam.question_seconds:
        yield texts("⏱ The clock of each question starts when you see it, and does not stop.")
    if seat.sitting.content.keys:
        yield texts(FEEDBACK[exam.feedback])
        yield texts("An answer that was given cannot be changed.")
    if exam.leaderboard:
        yield texts("There is a leaderboard: the others see your name and your score.")
    yield texts("Who made this sees your answers and your score.")


def _size(seat: Seat) -> Iterator[tuple[str, str]]:
    texts, pages, exam = seat.texts, seat.sitting.content.questions, seat.sitting.exam
    lessons = sum(isinstance(page, Lesson) for page in pages)
    total = len(pages) - lessons
    if lessons:
        yield texts("Lessons"), texts.number(lessons)
    if exam.draw and not exam.is_course and exam.draw < total:
        drawn = texts("{count} of {total}, drawn by lot", count=exam.draw, total=total)
        yield texts("Questions"), drawn
    elif total:
        yield texts("Questions"), texts.number(total)


def _attempts(seat: Seat, exam: Exam) -> str:
    texts, left = seat.texts, seat.sitting.left
    if exam.attempts == 1 and not exam.months:
        return texts("one")
    counts = texts(COUNTS[exam.counts])
    if left is None:
        return texts("as many as you like; {counts}", counts=counts)
    total = exam.attempts
    return texts("{left} of {total} left; {counts}", left=left, total=total, counts=counts)


def _contents(seat: Seat, first: int | None, longest: int) -> Iterator[CardElement]:
    """Name lessons by their headings and questions by their number; seen ones can be tapped."""
    entries = list(_entries(seat.sitting.content.questions))
    if first is None or first >= len(entries):
        first = _reached(seat, entries) // LISTED * LISTED
    following = first + LISTED
    yield label(seat.texts("Contents"))
    for pages in entries[first:following]:
        yield _entry(seat, pages, longest)
    if following < len(entries):
        more = len(entries) - following
        yield note(seat.texts.many("and {count} more", "and {count} more", more))
    yield from buttons(_turns(seat, first, following, len(entries)))


def _reached(seat: Seat, entries: Sequence[Sequence[Question]]) -> int:
    """Give the first entry that is not done, from 0; once all is done one begins anew."""
    done = _done(seat)
    pending = (n for n, pages in enumerate(entries) if any(page.id not in done for page in pages))
    return next(pending, 0)


def _turns(seat: Seat, first: int, following: int, count: int) -> Iterator[Action]:
    if first:
        yield seat.button("open", seat.texts("Previous pages"), max(first - LISTED, 0))
    if following < count:
        yield seat.button("open", seat.texts("Next pages"), following)


def _entries(pages: Sequence[Question]) -> Iterator[list[Question]]:
    """Questions that follow each other are one entry, each lesson is one of its own."""
    for is_lesson, run in groupby(pages, lambda page: isinstance(page, Lesson)):
        if is_lesson:
            yield from ([lesson] for lesson in run)
        else:
            yield list(run)


def _entry(seat: Seat, pages: list[Question], longest: int) -> CardElement:
    texts, first, done = seat.texts, pages[0], _done(seat)
    is_done = all(page.id in done for page in pages)
    name = texts.many("{count} question", "{count} questions", len(pages))
    if isinstance(first, Lesson):
        name = plain(first.text, longest)
    line = TextBlock(text=f"{'✔' if is_done else '○'} {name}", wrap=True)
    title = texts("Read it again")
    return Container(
        spacing="Small",
        select_action=seat.button("take.page", title, first.id) if first.id in done else None,
        items=directed(name, [line]),
    )


def _done(seat: Seat) -> frozenset[str]:
    """Give the pages of the newest attempt that are done, and still there."""
    attempts, pages = seat.sitting.attempts.attempts, {page.id for page in seat.sitting.pages}
    return frozenset(attempts[-1].given) & pages if attempts else frozenset()


def _buttons(seat: Seat) -> Iterator[Action]:
    sitting, texts = seat.sitting, seat.texts
    following = sitting.number + 1
    if sitting.running is not None:
        yield seat.button("take.page", texts("Continue"))
    elif sitting.may_begin:
        title = texts("Start")
        if sitting.attempts.used:
            title = texts("Start attempt {number}", number=following)
        yield seat.button("take.begin", title, following)
    if sitting.attempts.best is not None:
        yield seat.button("take.result", texts("My result"))


def _strong(text: str) -> CardElement:
    return TextBlock(text=text, weight="Bolder", wrap=True, spacing="Small")
