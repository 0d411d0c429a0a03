"""The form of what is marked: how it is taken, and what its whole amounts to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import get_args

from actions import drafted, marked
from actions.action import Action, Settings, Visibility
from actions.content import Content
from actions.errors import InvalidAnswers, Problem
from actions.exam import MOST_ATTEMPTS, MOST_MONTHS, MOST_SECONDS, Exam, Feedback
from actions.fields import Fields, Values, whole
from actions.marking import Counts
from actions.number import Number
from actions.people import Person
from actions.plan import (
    DESCRIPTION_LIMIT,
    KEPT_INFORMED,
    TITLE_LIMIT,
    Plan,
    common_defaults,
    common_values,
    parse_closes_at,
    parse_settings,
)
from actions.tallies import SCORES

LEAST_SECONDS = 5
"""The shortest time limit of one question."""

EXAM_FIELDS = (
    *("feedback", "pass_mark", "attempts", "counts", "months"),
    *("shuffle_questions", "draw", "minutes", "question_seconds", "leaderboard"),
)
"""The fields of how it is taken."""

TYPED = frozenset(
    {"title", "description", "closes", "date", "time", "visibility", "shuffle", *EXAM_FIELDS}
    | {"shown_from", "add", "pasted"}
    | KEPT_INFORMED
)
"""The fields of the form beside those of its questions (as in `actions.survey`)."""


@dataclass(frozen=True, slots=True)
class Sort:
    """What is particular to one kind that is marked.

    `usual` is how it is taken where nothing else is said, `feedback` are those to choose from.
    """

    usual: Exam
    feedback: tuple[Feedback, ...]


def blank(
    sort: Sort, now: datetime, time_zone: str, new_id: Callable[[], str], title: str = ""
) -> Values:
    """Give a new form's values; only the creator sees the results unless that is changed."""
    del new_id
    settings = {"visibility": Visibility.CREATOR.value, "may_change": "false"}
    defaults = {**common_defaults(now, time_zone), **settings, **exam_fields(sort.usual)}
    return {**defaults, "title": title[:TITLE_LIMIT], drafted.ORDER: ""}


def values_of(action: Action) -> Values:
    """Give the form's values that say what this is, to edit or duplicate it."""
    exam = action.content.exam or Exam()
    return {**common_values(action), **exam_fields(exam), **marked.values_of(action.content)}


def from_line(
    line: str, now: datetime, time_zone: str, new_id: Callable[[], str]
) -> Values | None:
    """Give nothing: one line of text is no more than a title."""
    del line, now, time_zone, new_id
    return None


def typed(values: Values, raw: Mapping[str, str], new_id: Callable[[], str]) -> Values:
    """Give the values with what was just typed in their place; unknown fields are left out."""
    del new_id
    return drafted.typed(values, raw, TYPED | marked.known_fields(values))


def build(
    sort: Sort,
    values: Values,
    now: datetime,
    time_zone: str,
    new_id: Callable[[], str],
    before: Action | None = None,
    maker: Person | None = None,
) -> Plan:
    """Read a whole form. Raises InvalidAnswers with every problem at once."""
    del new_id, maker
    problems: dict[str, Problem] = {}
    fields = Fields(values, problems)
    title = fields.text("title", TITLE_LIMIT, needed="untitled")
    description = fields.text("description", DESCRIPTION_LIMIT)
    read = marked.read(values, problems)
    count = len(read.questions)
    exam = read_exam(sort, fields, count, before.content.exam if before else None)
    if exam.pass_mark is not None and read.questions and not read.keys and not problems:
        fields.wrong("pass_mark", "nothing_to_pass")
    closes_at = parse_closes_at(values, time_zone, now, problems, before)
    if before is not None:
        _check_meaning(read, before.content, problems)
    if problems:
        raise InvalidAnswers(problems)
    content = replace(read, title=title, description=description, exam=exam)
    is_hidden = exam.feedback is Feedback.CLOSED and closes_at is None
    warnings = ("feedback_without_end",) if is_hidden else ()
    return Plan(content, _settings(values), closes_at, warnings)


def watched(content: Content) -> tuple[str, ...]:
    """Give what stands for the scores: its card says no more of the answers."""
    del content
    return (SCORES,)


def exam_fields(exam: Exam) -> dict[str, str]:
    """Give the fields from which `read_exam` makes this."""
    return {
        "feedback": exam.feedback.value,
        "pass_mark": str(exam.pass_mark or ""),
        "attempts": str(exam.attempts),
        "counts": exam.counts,
        "months": str(exam.months or ""),
        "shuffle_questions": str(exam.shuffle).lower(),
        "draw": str(exam.draw or ""),
        "minutes": str(exam.seconds // 60 or ""),
        "question_seconds": str(exam.question_seconds or ""),
        "leaderboard": str(exam.leaderboard).lower(),
    }


def read_exam(sort: Sort, fields: Fields, count: int, before: Exam | None = None) -> Exam:
    """Read how it is taken, `count` being how many questions there are; adds to the problems.

    A course is read in its order and without hurry, and only a course is valid for some time.
    `before` is that of the posted action that is edited: order, time and names stay.
    """
    usual, chosen = sort.usual, fields.raw("feedback")
    counts: tuple[Counts, ...] = get_args(Counts)
    attempts = whole(fields.raw("attempts"))
    is_known = attempts is not None and 0 <= attempts <= MOST_ATTEMPTS
    exam = Exam(
        feedback=next((one for one in sort.feedback if one == chosen), usual.feedback),
        pass_mark=fields.whole("pass_mark", 1, 100, 0) or None,
        attempts=attempts if attempts is not None and is_known else usual.attempts,
        counts=next((one for one in counts if one == fields.raw("counts")), usual.counts),
        is_course=usual.is_course,
    )
    if usual.is_course:
        return replace(exam, months=fields.whole("months", 1, MOST_MONTHS, 0))
    if before is not None:
        return _as_promised(exam, before, count)
    return replace(
        exam,
        shuffle=fields.flag("shuffle_questions"),
        draw=fields.whole("draw", 1, max(count, 1), 0),
        seconds=60 * fields.whole("minutes", 1, MOST_SECONDS // 60, 0),
        question_seconds=fields.whole("question_seconds", LEAST_SECONDS, MOST_SECONDS, 0),
        leaderboard=fields.flag("leaderboard"),
    )


def _settings(values: Values) -> Settings:
    """Marks need names, and an answer that was marked stays."""
    read = parse_settings(values)
    return replace(read, anonymous=False, may_change=False, several=False, may_add=False)


def _as_promised(exam: Exam, before: Exam, count: int) -> Exam:
    """Keep what people who have begun were promised: their time and their privacy."""
    return replace(
        exam,
        shuffle=before.shuffle,
        draw=min(before.draw, count),
        seconds=before.seconds,
        question_seconds=before.question_seconds,
        leaderboard=before.leaderboard,
    )


def _check_meaning(read: Content, before: Content, problems: dict[str, Problem]) -> None:
    """What was answered must go on meaning what it meant: its type, a number its decimals."""
    for question in read.questions:
        old, name = before.question(question.id), drafted.field_prefix(question.id)
        if old is not None and old.type != question.type:
            problems[f"{name}preset"] = Problem("type_is_fixed")
        match old, question:
            case Number(decimals=kept), Number(decimals=given) if given != kept:
                problem = Problem("key_decimals_fixed", {"count": kept})
                problems.setdefault(f"{name}right", problem)
