"""The quiz: questions that are marked, taken one at a time in attempts."""

from collections.abc import Callable
from datetime import datetime

from actions import exam_form, marked
from actions.action import Action
from actions.builder import Builder
from actions.content import Content
from actions.exam import Exam, Feedback
from actions.exam_form import Sort
from actions.fields import Values
from actions.people import Person
from actions.plan import Plan
from actions.presets import MARKED, presets_of
from actions.tallies import SCORES

NAME = "quiz"

SORT = Sort(usual=Exam(), feedback=tuple(Feedback))

BUILDER = Builder(presets_of(MARKED), marked.read, marks=True)


def blank(now: datetime, time_zone: str, new_id: Callable[[], str], title: str = "") -> Values:
    """Give a new form's values."""
    del new_id
    return exam_form.blank(SORT, now, time_zone, title)


def from_line(
    line: str, now: datetime, time_zone: str, new_id: Callable[[], str]
) -> Values | None:
    """Give nothing: one line of text is no more than a title."""
    del line, now, time_zone, new_id
    return None


def build(
    values: Values,
    now: datetime,
    time_zone: str,
    new_id: Callable[[], str],
    before: Action | None = None,
    maker: Person | None = None,
) -> Plan:
    """Read a whole form. Raises InvalidAnswers with every problem at once."""
    del new_id, maker
    return exam_form.build(SORT, values, now, time_zone, before)


def watched(content: Content) -> tuple[str, ...]:
    """Give what stands for the scores: its card says no more of the answers."""
    del content
    return (SCORES,)
