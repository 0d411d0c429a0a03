"""Attempts at a quiz or training: what stands of one person's, and how it is stored.

One person has one response, which holds all their attempts. Its answers, those that count in the
tallies and are shown as theirs, are those of the attempt that counts. Scores follow from the
answers and the keys as they are now; stored is only what the leaderboard is ordered by.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Self

from actions.calendar import months_after
from actions.content import Content
from actions.exam import GRACE, Exam
from actions.marking import Score, counting, score_of
from actions.questions import Answer, Answers, Question, restore_answers

NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""When an attempt ends by itself that has no time limit: with its action, not before."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was given to one page: no `answer` where it was passed over, or where it asks nothing.

    `shown` is when the page came up, `at` when it was left; `is_late`: its time was over.
    """

    answer: Answer | None
    shown: datetime
    at: datetime
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt. What was given to a page stays: there is no second answer.

    `asked` are the ids of its pages in their order. `shown` is when the page that it is at came
    up, None while the feedback to the last one is read. `timed_out`: it was ended by the clock.
    `opened` are links of lessons that were followed, as `lesson.link`.
    """

    asked: tuple[str, ...]
    began: datetime
    given: Mapping[str, Given] = field(default_factory=dict)
    shown: datetime | None = None
    ended: datetime | None = None
    timed_out: bool = False
    opened: tuple[str, ...] = ()

    def pages(self, content: Content) -> tuple[Question, ...]:
        """Give its pages in their order, as far as they are still there."""
        known = {question.id: question for question in content.questions}
        return tuple(known[name] for name in self.asked if name in known)

    def current(self, content: Content) -> Question | None:
        """Give the page that it is at: the first to which nothing was given yet."""
        return next((q for q in self.pages(content) if q.id not in self.given), None)

    @property
    def answers(self) -> Answers:
        """What was answered, by question."""
        answers = {name: given.answer for name, given in self.given.items()}
        return {name: answer for name, answer in answers.items() if answer is not None}

    def score(self, content: Content) -> Score:
        """Give what it amounts to by the keys as they are now; what was not asked is left out."""
        return score_of(self.pages(content), content.keys, self.answers)

    def ends_at(self, exam: Exam) -> datetime:
        """Give when its time is over, without the grace; NEVER where it has no limit."""
        return self.began + timedelta(seconds=exam.seconds) if exam.seconds else NEVER

    @property
    def seconds(self) -> int:
        """How long its pages were in front, all together."""
        spans = ((given.at - given.shown) for given in self.given.values())
        return int(sum(spans, timedelta()).total_seconds())


@dataclass(frozen=True, slots=True, eq=False)
class Attempts(Mapping[str, Answer]):
    """All attempts of one person, a mapping of the answers of the one that counts.

    `attempts` are in their order in time; only the last may not have ended. The first `lapsed` of
    them no longer count, because their validity ended. `counting` is the place of the one that
    counts, None where none has ended yet.
    """

    attempts: tuple[Attempt, ...] = ()
    lapsed: int = 0
    counting: int | None = None
    answers: Answers = field(default_factory=dict)

    @classmethod
    def of(cls, content: Content, attempts: Sequence[Attempt], lapsed: int = 0) -> Self:
        """Give attempts with the one that counts by the content as it is."""
        ended = [n for n, one in enumerate(attempts) if n >= lapsed and one.ended is not None]
        if content.exam is None or not ended:
            return cls(tuple(attempts), lapsed)
        chosen = ended[0]
        if len(ended) > 1:
            # Marking is most of the work where many responses are read.
            scores = [attempts[n].score(content) for n in ended]
            chosen = ended[counting(scores, content.exam.counts)]
        return cls(tuple(attempts), lapsed, chosen, attempts[chosen].answers)

    @property
    def best(self) -> Attempt | None:
        """The attempt that counts."""
        return None if self.counting is None else self.attempts[self.counting]

    @property
    def under_way(self) -> Attempt | None:
        """The attempt that has not ended."""
        return self.attempts[-1] if self.attempts and self.attempts[-1].ended is None else None

    @property
    def used(self) -> int:
        """How many attempts were begun, of those that can still count."""
        return len(self.attempts) - self.lapsed

    def score(self, content: Content) -> Score | None:
        """Give the score that counts, None where there is none or nothing to get."""
        found = None if self.best is None else self.best.score(content)
        return found if found is not None and found.of else None

    def percent(self, content: Content) -> int | None:
        """Give what places are by, in millionths of a percent; None for who has no place."""
        reached = self.score(content)
        return None if reached is None else reached.millionths

    def holds_until(self, content: Content) -> datetime | None:
        """Give when what was completed lapses, None where it does not or nothing was."""
        exam, best = content.exam, self.best
        if exam is None or not exam.months or best is None or best.ended is None:
            return None
        if best.score(content).passed(exam.pass_mark) is False:
            return None
        return months_after(best.ended, exam.months)

    def due_at(self, content: Content) -> datetime | None:
        """Give when the clock has something to do: an attempt ends, or what was completed lapses.

        An attempt at a course waits for as long as its time limit lets it.
        """
        running, exam = self.under_way, content.exam
        if running is not None and exam is not None and (exam.seconds or not exam.is_course):
            end = running.ends_at(exam)
            return end if end == NEVER else end + timedelta(seconds=GRACE)
        return self.holds_until(content)

    def __getitem__(self, question_id: str) -> Answer:
        return self.answers[question_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.answers)

    def __len__(self) -> int:
        return len(self.answers)

    def __bool__(self) -> bool:
        """An attempt without an answer is an attempt."""
        return bool(self.attempts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Attempts):
            return NotImplemented
        return (self.attempts, self.lapsed) == (other.attempts, other.lapsed)

    __hash__ = None  # type: ignore[assignment]


def attempts_in(answers: Answers | None) -> Attempts:
    """Give the attempts that a response holds, none where there is no response."""
    return answers if isinstance(answers, Attempts) else Attempts()


def is_handed_in(answers: Answers | None) -> bool:
    """Give whether a response counts; attempts do once one of them has ended."""
    if isinstance(answers, Attempts):
        return answers.counting is not None
    return answers is not None


def stored_form(answers: Answers) -> dict[str, Any]:
    """Give a response as it is stored, JSON types only. The rule of change is `content`'s."""
    if not isinstance(answers, Attempts):
        return dict(answers)
    attempts = [_stored_attempt(attempt) for attempt in answers.attempts]
    return {"attempts": attempts, **({"lapsed": answers.lapsed} if answers.lapsed else {})}


def restored(content: Content, stored: Mapping[str, Any]) -> Answers:
    """Give the response that a stored form stands for, without answers to what is gone."""
    if content.exam is None:
        return restore_answers(content.questions, stored)
    known = {question.id: question for question in content.questions}
    attempts = [_attempt(known, one) for one in stored.get("attempts", ())]
    return Attempts.of(content, attempts, stored.get("lapsed", 0))


def whole_moment(moment: datetime) -> datetime:
    """Give a time as exact as it is stored: in milliseconds."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _stored_attempt(attempt: Attempt) -> dict[str, Any]:
    given = [
        [name, one.answer, _number(one.shown), _number(one.at), *([1] if one.is_late else [])]
        for name, one in attempt.given.items()
    ]
    stored: dict[str, Any] = {"asked": attempt.asked, "began": _number(attempt.began)}
    more = {
        "given": given,
        "shown": None if attempt.shown is None else _number(attempt.shown),
        "ended": None if attempt.ended is None else _number(attempt.ended),
        "timed_out": attempt.timed_out,
        "opened": list(attempt.opened),
    }
    return {**stored, **{name: value for name, value in more.items() if value}}


def _attempt(known: Mapping[str, Question], stored: Mapping[str, Any]) -> Attempt:
    given = {}
    for name, answer, shown, at, *late in stored.get("given", ()):
        own = known[name].restore(answer) if name in known and answer is not None else None
        given[name] = Given(own, _moment(shown), _moment(at), bool(late))
    shown, ended = stored.get("shown"), stored.get("ended")
    return Attempt(
        asked=tuple(stored["asked"]),
        began=_moment(stored["began"]),
        given=given,
        shown=None if shown is None else _moment(shown),
        ended=None if ended is None else _moment(ended),
        timed_out=stored.get("timed_out", False),
        opened=tuple(stored.get("opened", ())),
    )


def moved_on(attempt: Attempt, content: Content, question_id: str, given: Given) -> Attempt:
    """Give an attempt with one more page done; with the last one it ends."""
    after = replace(attempt, given={**attempt.given, question_id: given}, shown=None)
    is_over = after.current(content) is None
    return replace(after, ended=given.at) if is_over else after


def _number(moment: datetime) -> int:
    """Milliseconds since 1970, exactly."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def _moment(number: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=number)


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
