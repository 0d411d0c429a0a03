"""One person at a quiz or training: what stands of it, what comes next, what they may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from actions.action import Action
from actions.attempts import NEVER, Attempt, Attempts, Given, moved_on, whole_moment
from actions.calendar import months_after
from actions.content import Content
from actions.errors import Closed, NotAllowed, NotFound, Problem
from actions.exam import GRACE, Exam, Feedback
from actions.fields import Values
from actions.keys import Key
from actions.lesson import Lesson
from actions.policy import is_open, tells_scores
from actions.questions import Answer, Question
from actions.shuffle import shuffled


@dataclass(frozen=True, slots=True)
class Sitting:
    """All that the screens of taking need to know of one person, at one moment.

    `at` is a page that was gone back to, empty for the one that comes next. `typed` is what stands
    in its fields, `wrong` what is wrong with them.
    """

    action: Action
    person: str
    attempts: Attempts
    now: datetime
    at: str = ""
    typed: Values = field(default_factory=dict)
    wrong: Mapping[str, Problem] = field(default_factory=dict)

    @property
    def content(self) -> Content:
        """What is asked."""
        return self.action.content

    @property
    def exam(self) -> Exam:
        """How it is taken."""
        return exam_of(self.content)

    @property
    def is_open(self) -> bool:
        """It can be taken now."""
        return is_open(self.action, self.now)

    @property
    def running(self) -> Attempt | None:
        """The attempt that is under way."""
        return self.attempts.under_way

    @property
    def number(self) -> int:
        """The number of the newest attempt, from 1; 0 where there is none."""
        return len(self.attempts.attempts)

    @property
    def left(self) -> int | None:
        """How many attempts may still be begun, None for as many as one likes."""
        if not self.exam.attempts:
            return None
        return max(self.exam.attempts - self.attempts.used, 0)

    @property
    def may_begin(self) -> bool:
        """Another attempt may be begun."""
        return self.is_open and self.running is None and may_begin(self.content, self.attempts)

    @property
    def pages(self) -> tuple[Question, ...]:
        """The pages of the newest attempt, in its order."""
        attempts = self.attempts.attempts
        return attempts[-1].pages(self.content) if attempts else ()

    @property
    def page(self) -> Question | None:
        """The page to show: one that was gone back to, the one that comes next, None for none."""
        if self.at:
            return self.content.question(self.at)
        return None if self.running is None else self.running.current(self.content)

    @property
    def place(self) -> int:
        """The number of the page to show among its pages, from 1."""
        ids = [question.id for question in self.pages]
        page = self.page
        return ids.index(page.id) + 1 if page is not None and page.id in ids else len(ids)

    @property
    def pausing(self) -> tuple[Question, Given] | None:
        """The page that was just done, while what is to be said of it is read."""
        running = self.running
        if running is None or running.shown is not None or not running.given:
            return None
        name, given = list(running.given.items())[-1]
        question = self.content.question(name)
        return None if question is None else (question, given)

    @property
    def seconds_left(self) -> int | None:
        """How long the whole attempt may still take, without grace; None for as long as wanted."""
        running = self.running
        if running is None or running.ends_at(self.exam) == NEVER:
            return None
        return max(int((running.ends_at(self.exam) - self.now).total_seconds()), 0)

    @property
    def page_seconds_left(self) -> int | None:
        """How long the page that it is at may still take; None for as long as wanted."""
        running, limit = self.running, self.exam.question_seconds
        if running is None or running.shown is None or not limit:
            return None
        spent = int((self.now - running.shown).total_seconds())
        return max(limit - spent, 0)

    def points(self, question_id: str) -> int:
        """Give how many points a page gives, 0 where it is not marked: no secret."""
        key = self.content.keys.get(question_id)
        return key.points if key is not None else 0

    def shows_score(self, attempt: Attempt) -> bool:
        """Give whether its author may see what an attempt came to."""
        return attempt.ended is not None and tells_scores(self.exam, is_open=self.is_open)

    def key(self, attempt: Attempt, question_id: str) -> Key | None:
        """Give what is right, if its author may see that now, None otherwise."""
        match self.exam.feedback:
            case Feedback.EACH:
                shows = question_id in attempt.given
            case Feedback.END:
                shows = attempt.ended is not None
            case Feedback.CLOSED:
                shows = attempt.ended is not None and not self.is_open
            case Feedback.NEVER:
                shows = False
        return self.content.keys.get(question_id) if shows else None


def exam_of(content: Content) -> Exam:
    """Give how it is taken. Raises NotFound for what is not taken in attempts."""
    if content.exam is None:
        raise NotFound("no_such_button")
    return content.exam


def may_begin(content: Content, attempts: Attempts) -> bool:
    """Give whether there is an attempt left, each that was begun being one."""
    exam = exam_of(content)
    return attempts.used < exam.most_attempts(exam.draw or len(content.questions))


def order(content: Content, seed: str) -> tuple[str, ...]:
    """Give the pages that an attempt asks, in its order; the same seed gives the same."""
    exam, pages = exam_of(content), content.questions
    if exam.draw and not exam.is_course:
        drawn = {question.id for question in shuffled(pages, f"draw {seed}")[: exam.draw]}
        pages = tuple(question for question in pages if question.id in drawn)
    if exam.shuffle and not exam.is_course:
        pages = shuffled(pages, f"order {seed}")
    return tuple(question.id for question in pages)


def settled(action: Action, attempts: Attempts, now: datetime) -> Attempts:
    """Give what stands once the clock has had its say: limits that are over, what has lapsed."""
    content, exam, now = action.content, exam_of(action.content), whole_moment(now)
    running, after = attempts.under_way, list(attempts.attempts)
    if running is not None:
        after[-1] = _settled(action, exam, running, now)
    lapsed, judged = attempts.lapsed, Attempts.of(content, after, attempts.lapsed)
    holds_until = judged.holds_until(content)
    if holds_until is not None and holds_until <= now:
        lapsed = _lapsed(content, exam, after, now)
    return Attempts.of(content, after, lapsed)


def begun(action: Action, attempts: Attempts, number: int, seed: str, now: datetime) -> Attempts:
    """Give attempts with that one begun; one that was begun before stays as it is.

    Raises NotAllowed where none is left, Closed, NotFound for a number out of turn.
    """
    if number <= len(attempts.attempts):
        return attempts
    if number != len(attempts.attempts) + 1 or attempts.under_way is not None:
        raise NotFound("no_such_button")
    if not is_open(action, now):
        raise Closed("closed")
    if not may_begin(action.content, attempts):
        raise NotAllowed("attempts_used")
    now = whole_moment(now)
    fresh = Attempt(order(action.content, seed), began=now, shown=now)
    return Attempts.of(action.content, [*attempts.attempts, fresh], attempts.lapsed)


def answered(
    action: Action,
    attempts: Attempts,
    number: int,
    question_id: str,
    answer: Answer | None,
    now: datetime,
) -> Attempts:
    """Give attempts with an answer given, None to pass over; what was given before stays.

    The clock must have had its say (`settled`): what comes too late finds another page up. Raises
    NotAllowed where a lesson was not looked at for as long as it asks.
    """
    content, running = action.content, attempts.under_way
    page = None if running is None else running.current(content)
    if running is None or page is None or number != len(attempts.attempts):
        return attempts
    if page.id != question_id:
        return attempts
    now = whole_moment(now)
    shown = running.shown or now
    _check_seen(page, shown, now)
    after = moved_on(running, content, page.id, Given(answer, shown, now))
    pauses = exam_of(content).feedback is Feedback.EACH and page.id in content.keys
    if after.ended is None and not pauses:
        after = replace(after, shown=now)
    return Attempts.of(content, [*attempts.attempts[:-1], after], attempts.lapsed)


def gone_on(action: Action, attempts: Attempts, number: int, now: datetime) -> Attempts:
    """Give attempts with the next page up, its time beginning now; it begins once."""
    running = attempts.under_way
    if running is None or running.shown is not None or number != len(attempts.attempts):
        return attempts
    after = replace(running, shown=whole_moment(now))
    return Attempts.of(action.content, [*attempts.attempts[:-1], after], attempts.lapsed)


def followed(content: Content, attempts: Attempts, lesson_id: str, link_id: str) -> Attempts:
    """Give attempts with a link of a lesson noted as opened, in the newest of them."""
    lesson, name = content.question(lesson_id), f"{lesson_id}.{link_id}"
    if not isinstance(lesson, Lesson) or lesson.link(link_id) is None or not attempts.attempts:
        return attempts
    last = attempts.attempts[-1]
    if name in last.opened:
        return attempts
    after = replace(last, opened=(*last.opened, name))
    return Attempts.of(content, [*attempts.attempts[:-1], after], attempts.lapsed)


def _settled(action: Action, exam: Exam, running: Attempt, now: datetime) -> Attempt:
    content = action.content
    limit = running.ends_at(exam)
    closed = None if is_open(action, now) or exam.is_course else _closed_at(action, now)
    ends = [closed] if closed is not None else []
    if limit != NEVER and now >= limit + timedelta(seconds=GRACE):
        ends.append(limit)
    if ends:
        end = whole_moment(max(min(ends), running.began))
        return replace(running, ended=end, shown=None, timed_out=True)
    page = running.current(content)
    if page is None:
        return replace(running, ended=now, shown=None)
    shown = running.shown
    if shown is not None and _is_over(exam.question_seconds, shown, now):
        end = shown + timedelta(seconds=exam.question_seconds)
        return moved_on(running, content, page.id, Given(None, shown, end, is_late=True))
    return running


def _lapsed(content: Content, exam: Exam, attempts: Sequence[Attempt], now: datetime) -> int:
    """Give how many no longer count: those whose time is over, where a later one still holds.

    Otherwise all that have ended, so that there are as many to begin as at first.
    """
    ends = [one.ended for one in attempts if one.ended is not None]
    over = sum(months_after(end, exam.months) <= now for end in ends)
    later = Attempts.of(content, attempts, over)
    return len(ends) if later.holds_until(content) is None else over


def _closed_at(action: Action, now: datetime) -> datetime:
    return action.closed_at or action.closes_at or now


def _is_over(limit: int, shown: datetime, now: datetime) -> bool:
    return bool(limit) and now >= shown + timedelta(seconds=limit + GRACE)


def _check_seen(page: Question, shown: datetime, now: datetime) -> None:
    if isinstance(page, Lesson):
        left = timedelta(seconds=page.min_seconds) - (now - shown)
        if left > timedelta():
            raise NotAllowed("too_soon", seconds=int(-(-left // timedelta(seconds=1))))
