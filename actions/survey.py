"""The survey: one to 200 questions of any type, filled in page by page."""

from collections.abc import Callable, Mapping
from datetime import datetime

from actions import drafted
from actions.action import Action
from actions.builder import Builder, read_unmarked
from actions.content import Content
from actions.errors import InvalidAnswers, Problem
from actions.fields import Fields, Values
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
from actions.presets import ITEMS, PRESETS, TAUGHT
from actions.questions import Question
from actions.text import Text

NAME = "survey"

BUILDER = Builder(
    tuple(one for one in PRESETS if one.name not in {*TAUGHT, *ITEMS}), read_unmarked
)

WATCHED = 3
"""How many questions' results stand on the card."""

TYPED = frozenset(
    {"title", "description", "closes", "date", "time", "visibility", "anonymous", "may_change"}
    | {"several", "shown_from", "add", "pasted"}
    | KEPT_INFORMED
)
"""The fields of the form beside those of its questions.

Which questions there are, and of what type, is not among them: that changes by the builder's
buttons (`actions.drafted`), so a draft that was never stored has none.
"""


def blank(now: datetime, time_zone: str, new_id: Callable[[], str], title: str = "") -> Values:
    """Give a new form's values."""
    del new_id
    return {**common_defaults(now, time_zone), "title": title[:TITLE_LIMIT], drafted.ORDER: ""}


def values_of(action: Action) -> Values:
    """Give the form's values that say what this survey is, to edit or duplicate it."""
    return {**common_values(action), **drafted.values_of(action.content)}


def from_line(
    line: str, now: datetime, time_zone: str, new_id: Callable[[], str]
) -> Values | None:
    """Give nothing: one line of text is no more than a title."""
    del line, now, time_zone, new_id
    return None


def typed(values: Values, raw: Mapping[str, str], new_id: Callable[[], str]) -> Values:
    """Give the values with what was just typed in their place; unknown fields are left out."""
    del new_id
    return drafted.typed(values, raw, TYPED)


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
    problems: dict[str, Problem] = {}
    fields = Fields(values, problems)
    title = fields.text("title", TITLE_LIMIT, needed="untitled")
    description = fields.text("description", DESCRIPTION_LIMIT)
    questions = drafted.questions_of(values, problems)
    closes_at = parse_closes_at(values, time_zone, now, problems, before)
    if before is not None:
        _check_meaning(questions, before.content, problems)
    if problems:
        raise InvalidAnswers(problems)
    required = any(question.about.required for question in questions)
    return Plan(
        Content(title, questions, description),
        parse_settings(values),
        closes_at,
        () if required else ("all_optional",),
    )


def watched(content: Content) -> tuple[str, ...]:
    """Give the first questions that have a result in a few words: the card shows those."""
    return tuple(q.id for q in content.questions if not isinstance(q, Text))[:WATCHED]


def _check_meaning(
    questions: tuple[Question, ...], before: Content, problems: dict[str, Problem]
) -> None:
    """What was answered must go on meaning what it meant: its type, a number its decimals."""
    for question in questions:
        old, name = before.question(question.id), drafted.field_prefix(question.id)
        if old is not None and old.type != question.type:
            problems[f"{name}preset"] = Problem("type_is_fixed")
        if isinstance(old, Number) and _decimals(question) not in {None, old.decimals}:
            problems[f"{name}decimals"] = Problem("decimals_fixed", {"count": old.decimals})


def _decimals(question: Question) -> int | None:
    return question.decimals if isinstance(question, Number) else None
