"""The fields that only a quiz's form has."""

from collections.abc import Iterator

from microsoft_teams.cards.core import CardElement

from actions.action import Draft
from actions.quiz import SORT
from actions.schedule import is_of_posted
from dialogs.exam_fields import (
    counting_field,
    leaderboard_field,
    marking_fields,
    order_fields,
    time_fields,
)
from dialogs.inputs import description_field, title_field
from dialogs.question_list import question_list
from dialogs.screen import Setting

NAME = "quiz"

HIDDEN: tuple[str, ...] = ()
"""A draft that was never stored has no questions, and everything else has a field."""

MORE = ("draw", "minutes", "question_seconds")
"""Fields with problems of their own that stand among the further settings."""


def head(draft: Draft, setting: Setting) -> Iterator[CardElement]:
    """Give the title and what people read below it."""
    texts, values = setting.texts, draft.values
    yield from title_field(setting, values, texts("Title"), texts("What is this quiz about?"))
    yield from description_field(setting, values)


def fields(draft: Draft, setting: Setting, room: int) -> Iterator[CardElement]:
    """Give the questions, and how they are marked."""
    yield from question_list(draft, setting, room)
    yield from marking_fields(draft, setting, SORT)


def more_fields(draft: Draft, setting: Setting, room: int) -> Iterator[CardElement]:
    """Give the further settings; of what is posted, those that can still be put right."""
    del room
    yield counting_field(draft, setting)
    if not is_of_posted(draft):
        yield from order_fields(draft, setting)
        yield from time_fields(draft, setting)
        yield leaderboard_field(draft, setting)
